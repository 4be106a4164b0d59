"""Marsad on Apache Spark: the coder and the linker of this package, on every executor.

    from pyspark.sql import SparkSession
    from marsad.spark import code_articles, link_events

    spark = SparkSession.builder.getOrCreate()
    code_articles(spark.read.parquet("articles")).write.parquet("coded")
    incidents = link_events(spark.read.parquet("coded"), checkpoints="s3://bucket/tmp")
    incidents.write.parquet("incidents")

The package must be installed on all executors, everywhere in one version. Needs Spark 4.0 or later (or an engine that speaks
its protocol and has ``mapInArrow``; ``link_events`` also needs ``applyInArrow``).
"""

from __future__ import annotations

import tempfile
import uuid
from typing import TYPE_CHECKING, Any, Callable, Iterator

import pyarrow as pa

from . import _native

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

__all__ = ["code_articles", "code_files", "coded_ddl", "incidents_ddl", "link_events"]

#: Rows of a bucket that are brought together in one call: small enough for the memory of a Python worker.
BUCKET = 50_000


def code_articles(df: DataFrame, *, published: str | None = None, outlet: str | None = None, record: bool = False) -> DataFrame:
    """Codes a table of articles: a row in, a row out, in no particular order.

    ``df`` has the columns ``id`` and ``text``, and if known ``url``, ``outlet``, ``title``, ``published`` and ``language``; others are
    left behind. The result has the columns of :func:`marsad.code_many`; a row that cannot be coded has its reason in
    ``diagnostics``. ``published`` (ISO 8601) and ``outlet`` stand in for articles that name none. With ``record`` there is also a
    column of that name, with the line that ``marsad code`` prints.

    Each task codes on one thread, so that as many tasks as cores keep them busy.

    Raises ``ValueError`` for a column that is missing or of a type that cannot be read, before any work.
    """
    wanted = ["id", "text", "url", "outlet", "title", "published", "language"]
    names = {name.lower(): name for name in df.columns}
    for name in wanted[:2]:
        if name not in names:
            raise ValueError(f"column “{name}”: there is none; the columns are {', '.join(df.columns[:20])}")
    chosen = df.select(*[df[names[name]].alias(name) for name in wanted if name in names])
    how = _how(published, outlet, record)
    _native.code_batch(pa.RecordBatch.from_pylist([], schema=_arrow_schema(chosen)), how)

    def code(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield _native.code_batch(batch, how)

    return chosen.mapInArrow(code, coded_ddl(record))


def code_files(
    df: DataFrame,
    *,
    fetch: Callable[[str, str], str] | None = None,
    published: str | None = None,
    outlet: str | None = None,
    record: bool = False,
) -> DataFrame:
    """Codes archives: ``df`` has a column ``path``, a file for each row, of any format that ``marsad batch`` reads.

    A path must be one that executors can open. Where it is not, ``fetch`` brings it: it is given the path and an empty folder, puts
    the file there under a name with the same ending, and gives the name. The folder is removed when the file was coded. The result has
    the columns of :func:`code_articles`; a file that cannot be opened or fetched is a row with the reason in ``diagnostics``.

    A file is coded by one task: give the data frame as many partitions as there are files, or a tenth of that.
    """

    how = _how(published, outlet, record)

    def code(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for path in batch.column("path").to_pylist():
                with tempfile.TemporaryDirectory(prefix="marsad-") as folder:
                    try:
                        local = fetch(path, folder) if fetch else path
                        yield from _native.Files([local], how)
                    except (OSError, ValueError) as error:
                        yield _unread(path, error, record)

    return df.select("path").mapInArrow(code, coded_ddl(record))


def _how(published: str | None, outlet: str | None, record: bool) -> _native.How:
    return {"threads": 1, "record": record, "published": published, "outlet": outlet, "limit": None}


def _unread(path: str, error: Exception, record: bool) -> pa.RecordBatch:
    row = {"events": [], "diagnostics": [f"error: {path}: {error}"]}
    return pa.RecordBatch.from_pylist([row], schema=_native.coded_schema(record))


def link_events(df: DataFrame, *, checkpoints: str | None = None, buckets: int | None = None, components: Any = None) -> DataFrame:
    """Links coded articles: the incidents that ``marsad link`` finds in them on one machine, a row for each.

    ``df`` is what :func:`code_articles` or ``marsad batch`` gave, or has lines of ``marsad code`` in a column ``record``. The result has
    the columns of :func:`marsad.link`; ``orderBy("when.start", "id")`` gives them in its order.

    Between its steps the work is kept in ``checkpoints``, a folder that all executors reach (``hdfs://``, ``s3://``, a shared disk),
    as Parquet files in a folder of their own, which may be removed when the result was written. Where it is ``None``, Spark's own checkpoints are taken, for
    which ``spark.sparkContext.setCheckpointDir`` must have been called.

    ``buckets`` is how many pieces the work is cut into at each step; as many as fit where ``None``. ``components`` may be a function that
    finds connected components in place of the one here: it is given a data frame of ``src`` and ``dst`` (each pair once) and gives one of
    ``event`` and ``chain``, for example made with GraphFrames (see ``docs/cluster.md``).
    """
    from pyspark.sql import functions as F

    keep = _Keeper(df, checkpoints)
    records = df.mapInArrow(_mapped("records"), "id string, sha256 string, record string")
    # Of the records of one id the least counts, as on one machine.
    least = F.min(F.struct("sha256", "record"))
    documents = keep(records.groupBy("id").agg(least.alias("least")).select(F.col("id").alias("document"), "least.record"))
    cards = keep(documents.select("record").mapInArrow(_mapped("cards"), _CARDS))
    count = buckets or max(_partitions(df), -(-cards.count() * 4 // BUCKET))

    stalls = cards.select("event", "document", "facts", F.explode("blocks").alias("stall"))
    stalls = stalls.select("event", "document", "facts", "stall.block", "stall.seeks", "stall.found")
    meetings = keep(_apply(stalls, F.col("block"), count, "meet", "a string, b string, odds bigint"))

    bonds = meetings.where(F.col("odds").isNull()).select(F.col("a").alias("src"), F.col("b").alias("dst")).distinct()
    chains = components(bonds) if components else _components(bonds, keep)
    firm = cards.where(F.col("kind") == "firm").select("event", "document", "facts")
    chained = firm.join(chains, "event")
    grouped = _apply(chained, F.col("chain"), count, "group_chains", _HOMES)
    # A firm event that hangs together with no other is a group.
    alone = firm.join(chains, "event", "left_anti").select("event", F.col("event").alias("home"))
    firm_homes = keep(grouped.unionByName(alone))

    likenesses = meetings.where(F.col("odds").isNotNull()).select(F.col("a").alias("event"), F.col("b").alias("firm"), "odds")
    links = likenesses.join(firm_homes.withColumnRenamed("event", "firm"), "firm").select("event", "odds", "home")
    joined = keep(_apply(links, F.col("event"), count, "settle", _HOMES))

    vague = cards.where(F.col("kind") == "vague").join(joined, "event", "left_anti")
    grouped = vague.where(F.col("unit").isNotNull()).select("event", "document", "facts", "unit")
    grouped = _apply(grouped, F.col("unit"), count, "group_units", _HOMES)
    undated = vague.where(F.col("unit").isNull()).select("event", F.col("event").alias("home"))

    homes = firm_homes.unionByName(joined).unionByName(grouped).unionByName(undated)
    members = homes.join(cards.select("event", "document", "place", "kind"), "event")
    counted = members.where(F.col("kind") != "background").groupBy("home", "document").agg(F.collect_list("place").alias("places"))
    told = counted.join(documents, "document").select("home", "record", "places", F.lit(None).cast("array<string>").alias("retold"))
    retold = members.where(F.col("kind") == "background").groupBy("home").agg(F.collect_list("event").alias("retold"))
    retold = retold.select("home", F.lit(None).cast("string").alias("record"), F.lit(None).cast("array<int>").alias("places"), "retold")
    return _apply(told.unionByName(retold), F.col("home"), count, "fuse", incidents_ddl())


def coded_ddl(record: bool = False) -> str:
    """The columns of coded articles, as Spark's DDL has them."""
    return _ddl(_native.coded_schema(record))


def incidents_ddl() -> str:
    """The columns of incidents, as Spark's DDL has them."""
    return _ddl(_native.incident_schema())


_CARDS = (
    "event string, document string, place int, kind string, facts binary, "
    "blocks array<struct<block: bigint, seeks: boolean, found: boolean>>, unit bigint"
)
_HOMES = "event string, home string"


def _mapped(step: str) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """A step that takes any rows together."""

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield _native.spread(step, batch)

    return run


def _apply(df: DataFrame, key: Column, count: int, step: str, schema: str) -> DataFrame:
    """A step that takes groups whole: many of them in a call, since a call costs more than most groups."""
    from pyspark.sql import functions as F

    def run(table: pa.Table) -> pa.Table:
        table = table.drop_columns(["bucket"]).combine_chunks()
        whole = table.to_batches()
        empty = pa.RecordBatch.from_pylist([], schema=table.schema)
        done = pa.Table.from_batches([_native.spread(step, whole[0] if whole else empty)])
        return done.cast(pa.schema([(field.name, _nullable(field.type)) for field in done.schema]))

    return df.withColumn("bucket", F.pmod(F.xxhash64(key), F.lit(count))).groupBy("bucket").applyInArrow(run, schema)


def _nullable(kind: pa.DataType) -> pa.DataType:
    """The type as Spark has it, which looks whether they are the same: all may be null, and elements of lists are called so."""
    if pa.types.is_list(kind):
        return pa.list_(pa.field("element", _nullable(kind.value_type)))
    if pa.types.is_struct(kind):
        return pa.struct([(kind.field(n).name, _nullable(kind.field(n).type)) for n in range(kind.num_fields)])
    return kind


class _Keeper:
    """Keeps the work between two steps, so that what comes after does not do it again when an executor dies."""

    def __init__(self, df: DataFrame, folder: str | None):
        self.spark = df.sparkSession
        self.folder = folder and f"{folder.rstrip('/')}/marsad-{uuid.uuid4().hex[:12]}"
        self.count = 0
        if folder is None:
            try:
                there = self.spark.sparkContext.getCheckpointDir() is not None
            except Exception:  # Spark Connect has no context here
                there = False
            if not there:
                raise ValueError("there is no folder for checkpoints: give one as `checkpoints`, or call `spark.sparkContext.setCheckpointDir`")

    def __call__(self, df: DataFrame) -> DataFrame:
        if self.folder is None:
            return df.checkpoint()
        self.count += 1
        path = f"{self.folder}/{self.count:03}"
        df.write.parquet(path)
        return self.spark.read.schema(df.schema).parquet(path)


def _components(edges: DataFrame, keep: _Keeper) -> DataFrame:
    """Connected components: ``event`` and ``chain``, the least event of its component, for all events that edges name.

    Large stars and small stars in turn (Kiveris and others, *Connected components in MapReduce and beyond*, 2014): each pass
    points every event to lesser ones that it is connected with, until all of a component point to its least. The number of passes
    grows with the logarithm of the longest path.
    """
    from pyspark.sql import functions as F

    def stars(edges: DataFrame, large: bool) -> DataFrame:
        down = edges.select(F.greatest("src", "dst").alias("u"), F.least("src", "dst").alias("v")).where("u != v")
        near = down.unionByName(down.select(F.col("v").alias("u"), F.col("u").alias("v"))) if large else down
        least = near.groupBy("u").agg(F.min("v").alias("least"))
        # In a large star the event itself may be the least.
        least = least.select("u", F.least("u", "least").alias("least"))
        linked = near.join(least, "u")
        if large:
            linked = linked.where("v > u").select(F.col("v").alias("src"), F.col("least").alias("dst"))
        else:
            own = least.select(F.col("u").alias("src"), F.col("least").alias("dst"))
            linked = linked.select(F.col("v").alias("src"), F.col("least").alias("dst")).unionByName(own)
        return linked.where("src != dst").distinct()

    edges = keep(edges.select(F.greatest("src", "dst").alias("src"), F.least("src", "dst").alias("dst")).where("src != dst"))
    while not _are_stars(edges):
        edges = keep(stars(stars(edges, large=True), large=False))
    roots = edges.select("dst").distinct().select(F.col("dst").alias("event"), F.col("dst").alias("chain"))
    return keep(edges.select(F.col("src").alias("event"), F.col("dst").alias("chain")).unionByName(roots))


def _are_stars(edges: DataFrame) -> bool:
    """Whether every event points to one other, and none of those points on."""
    from pyspark.sql import functions as F

    twice = edges.groupBy("src").count().where("count > 1").limit(1)
    onward = edges.join(edges.select(F.col("dst").alias("src")), "src", "left_semi").limit(1)
    return not twice.select("src").unionByName(onward.select("src")).take(1)


def _partitions(df: DataFrame) -> int:
    try:
        return int(df.sparkSession.conf.get("spark.sql.shuffle.partitions", "8"))
    except Exception:  # an engine without this setting
        return 8


_PLAIN = {
    pa.string(): "string",
    pa.int64(): "bigint",
    pa.int32(): "int",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.date32(): "date",
}


def _ddl(schema: pa.Schema) -> str:
    return ", ".join(f"`{field.name}` {_type(field.type)}" for field in schema)


def _type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"array<{_type(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'`{kind.field(n).name}`: {_type(kind.field(n).type)}' for n in range(kind.num_fields))}>"
    return _PLAIN[kind]


def _arrow_schema(df: DataFrame) -> pa.Schema:
    """The Arrow types of simple columns, for the coder to look at before any work."""
    kinds = {"string": pa.string(), "date": pa.date32(), "timestamp": pa.timestamp("us", "UTC"), "timestamp_ntz": pa.timestamp("us")}
    kinds |= {"tinyint": pa.int8(), "smallint": pa.int16(), "int": pa.int32(), "bigint": pa.int64(), "void": pa.null()}
    kinds |= {"float": pa.float32(), "double": pa.float64(), "boolean": pa.bool_(), "binary": pa.binary()}
    return pa.schema([(name, kinds.get(kind, pa.list_(pa.string()))) for name, kind in df.dtypes])
