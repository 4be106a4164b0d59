"""One Spark in one process: `local[2]`."""

import pyarrow as pa
import pytest

pytest.importorskip("py4j")
from pyspark.errors import PythonException  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql import functions as F  # noqa: E402

from marsad.spark import code_articles, link_events  # noqa: E402

from reports import in_order, one_machine, rows  # noqa: E402


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2")
    session = builder.config("spark.sql.session.timeZone", "UTC").config("spark.ui.showConsoleProgress", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def test_articles_are_coded_as_on_one_machine(spark, articles, coded):
    df = spark.createDataFrame(articles).repartition(5)
    assert rows(code_articles(df, record=True).toArrow()) == rows(coded)


def test_incidents_are_those_of_one_machine(spark, records, incidents, tmp_path):
    df = spark.createDataFrame(records).repartition(7)
    found = link_events(df, checkpoints=str(tmp_path), buckets=13).toArrow()
    assert in_order(found) == incidents.to_pylist()


def test_the_order_of_the_result_is_that_of_marsad_link(spark, coded, tmp_path):
    spark.sparkContext.setCheckpointDir(str(tmp_path))
    found = link_events(spark.createDataFrame(coded.drop_columns(["record"]))).orderBy(F.coalesce("when.start", F.lit("0001-01-01").cast("date")), "id")
    assert found.toArrow().to_pylist() == one_machine(coded).to_pylist()


def test_components_may_be_found_by_others(spark, coded, tmp_path):
    asked = []

    def components(edges):
        pairs = [(row.src, row.dst) for row in edges.collect()]
        asked.append(pairs)
        chain = {event: event for pair in pairs for event in pair}
        for _ in chain:
            for a, b in pairs:
                chain[a] = chain[b] = min(chain[a], chain[b])
        return spark.createDataFrame(list(chain.items()), "event string, chain string")

    found = link_events(spark.createDataFrame(coded), checkpoints=str(tmp_path), components=components).toArrow()
    assert in_order(found) == one_machine(coded).to_pylist() and asked[0]


def test_components_of_long_paths(spark, tmp_path):
    from marsad.spark import _components, _Keeper

    path = [(f"{(n * 37) % 60:03}", f"{((n + 1) * 37) % 60:03}") for n in range(50)]
    edges = spark.createDataFrame(path + [("x", "y"), ("y", "z"), ("z", "x")], "src string, dst string")
    found = {row.event: row.chain for row in _components(edges, _Keeper(edges, str(tmp_path))).collect()}
    least = min(end for pair in path for end in pair)
    assert found == {end: least for pair in path for end in pair} | {"x": "x", "y": "x", "z": "x"}


def test_nothing_in_nothing_out(spark, coded, tmp_path):
    empty = spark.createDataFrame(coded.slice(0, 0))
    assert link_events(empty, checkpoints=str(tmp_path)).count() == 0
    assert code_articles(spark.createDataFrame([], "id string, text string")).count() == 0


def test_what_cannot_be_coded_is_told_before_any_work(spark, coded):
    with pytest.raises(ValueError, match="column “text”: there is none; the columns are id, body"):
        code_articles(spark.createDataFrame([("1", "x")], "id string, body string"))
    with pytest.raises(ValueError, match="column “text”: it is of type Int64; it must hold strings"):
        code_articles(spark.createDataFrame([("1", 5)], "id string, text bigint"))


def test_a_damaged_record_is_told(spark, tmp_path):
    df = spark.createDataFrame(pa.table({"record": ["{}"]}))
    with pytest.raises(PythonException, match="column “record”: row 1: not a line of `marsad code`"):
        link_events(df, checkpoints=str(tmp_path))
