#!/usr/bin/env python3
"""What Spark costs: bench/spark.py [ARTICLES] [--runs N], 200,000 articles by default.

The same Parquet file of articles is coded by `marsad batch --threads 2` and by `marsad.spark.code_articles` on `local[2]`, both written
as Parquet, in turn; the medians count. Spark's start and that of its Python workers are not counted: a few articles go first, and
`marsad batch` is charged with its own start. Articles are those of the development data, or of examples/ where that is absent, each
made another one by a number. The last line has `ratio`, Spark's articles per second over those of `marsad batch`.

`make bench-spark` runs it with all that it needs."""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = pathlib.Path(__file__).resolve().parent.parent
BATCH = 10_000


def texts():
    for folder in (ROOT / "../shared/eval", ROOT / "examples"):
        found = []
        for path in sorted(folder.glob("**/*.jsonl")):
            with open(path, encoding="utf-8") as lines:
                rows = (json.loads(line) for line in lines if line.strip())
                found += [row["text"] for row in rows if isinstance(row.get("text"), str) and len(row["text"]) > 300]
        if found:
            return found
    sys.exit("no texts: neither ../shared/eval nor examples/ holds any")


def articles(path, count):
    given = texts()
    schema = pa.schema([("id", pa.string()), ("published", pa.string()), ("text", pa.string())])
    with pq.ParquetWriter(path, schema) as out:
        for start in range(0, count, BATCH):
            numbers = range(start, min(start + BATCH, count))
            rows = [{"id": str(n), "published": "2022-01-16", "text": f"خبر {n}. {given[n % len(given)]}"} for n in numbers]
            out.write_table(pa.Table.from_pylist(rows, schema=schema), row_group_size=BATCH)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", nargs="?", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()
    program = os.environ.get("MARSAD", ROOT / "target/release/marsad")

    from pyspark.sql import SparkSession

    from marsad.spark import code_articles

    with tempfile.TemporaryDirectory() as folder:
        given = pathlib.Path(folder, "articles.parquet")
        few = pathlib.Path(folder, "few.parquet")
        articles(given, options.articles)
        articles(few, 64)
        size = max(given.stat().st_size // 16, 1 << 20)
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.sql.files.maxPartitionBytes", size).config("spark.driver.memory", "3g")
        spark = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "1000").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        out = pathlib.Path(folder, "out")

        def on_spark(path):
            shutil.rmtree(out, ignore_errors=True)
            began = time.perf_counter()
            code_articles(spark.read.parquet(str(path))).write.parquet(str(out))
            return time.perf_counter() - began

        def on_one_machine():
            shutil.rmtree(out, ignore_errors=True)
            began = time.perf_counter()
            subprocess.run([program, "batch", given, "-o", out, "--threads", "2"], stderr=subprocess.DEVNULL)
            return time.perf_counter() - began

        on_spark(few)
        cluster, machine = [], []
        for _ in range(options.runs):
            machine.append(on_one_machine())
            events = sum(json.loads(line)["events"] for line in (out / "manifest.jsonl").read_text().splitlines())
            cluster.append(on_spark(given))
            of_spark = spark.read.parquet(str(out)).selectExpr("sum(size(events))").first()[0]
            if events != of_spark:
                sys.exit(f"marsad batch found {events} events, Spark {of_spark}")
        spark.stop()
    machine, cluster = statistics.median(machine), statistics.median(cluster)
    print(f"articles={options.articles} batch_s={machine:.1f} spark_s={cluster:.1f} "
          f"batch_docs_per_s={options.articles / machine:.0f} spark_docs_per_s={options.articles / cluster:.0f} ratio={machine / cluster:.2f}")


if __name__ == "__main__":
    main()
