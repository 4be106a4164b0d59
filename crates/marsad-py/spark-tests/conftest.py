"""What the tests on engines share: articles, what one machine makes of them, and how two tables are compared."""

import pyarrow as pa
import pytest

import marsad

import reports


@pytest.fixture(scope="session")
def articles():
    return reports.articles(600)


@pytest.fixture(scope="session")
def coded(articles):
    return marsad.code_many(articles, record=True)


@pytest.fixture(scope="session")
def records(coded):
    """Lines of `marsad code`: of the articles, and thousands made of them."""
    lines = [line for line in coded["record"].to_pylist() if line]
    return pa.table({"record": lines + reports.variants(lines, 4000)})


@pytest.fixture(scope="session")
def incidents(records):
    linked = reports.one_machine(records)
    assert linked.num_rows > 500
    assert any(len(row["documents"]) > 3 for row in linked.to_pylist()) and any(row["retold_by"] for row in linked.to_pylist())
    return linked
