"""Sail's cluster in one process: another engine, with Spark's protocol. Run it apart from the others: a process speaks either
Spark's protocol or with Spark itself."""

import os

import pytest

pysail = pytest.importorskip("pysail")

from marsad.spark import code_articles, link_events  # noqa: E402

from reports import in_order, rows  # noqa: E402


@pytest.fixture(scope="module")
def sail():
    os.environ["SAIL_MODE"] = "local-cluster"
    os.environ["SAIL_CLUSTER__WORKER_INITIAL_COUNT"] = "2"
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    server = SparkConnectServer()
    server.start(background=True)
    session = SparkSession.builder.remote(f"sc://localhost:{server.listening_address[1]}").getOrCreate()
    yield session
    session.stop()
    server.stop()


def test_articles_are_coded_as_on_one_machine(sail, articles, coded):
    assert rows(code_articles(sail.createDataFrame(articles), record=True).toArrow()) == rows(coded)


def test_incidents_are_those_of_one_machine(sail, records, incidents, tmp_path):
    found = link_events(sail.createDataFrame(records), checkpoints=str(tmp_path), buckets=5).toArrow()
    assert in_order(found) == incidents.to_pylist()


def test_checkpoints_of_its_own_are_not_asked_for(sail, coded):
    with pytest.raises(ValueError, match="no folder for checkpoints"):
        link_events(sail.createDataFrame(coded))
