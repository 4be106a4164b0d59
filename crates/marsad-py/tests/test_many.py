"""Many reports, in whatever shape they come."""

import datetime
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pandas
import polars
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import marsad

STRIKE = "قُتل ثلاثة مدنيين أمس السبت بقصف مدفعي على بلدة كفرنبل في ريف إدلب."


@pytest.fixture(scope="module")
def coded(documents):
    return marsad.code_many(documents)


def test_every_shape_gives_the_same_table(documents, coded, tmp_path, examples):
    assert coded.num_rows == len(documents) and coded.schema == marsad.coded_schema()
    table = pa.Table.from_pylist(documents)
    frame = pandas.DataFrame(documents)
    parquet = tmp_path / "articles.parquet"
    pq.write_table(table, parquet)
    shapes = {
        "generator": (document for document in documents),
        "table": table,
        "chunks": pa.concat_tables([table.slice(0, 5), table.slice(5)]),
        "reader": table.to_reader(max_chunksize=7),
        "batch": table.combine_chunks().to_batches()[0],
        "pandas": frame,
        "pandas dates": frame.assign(published=pandas.to_datetime(frame["published"])),
        "categorical": frame.assign(outlet=frame["outlet"].astype("category")),
        "polars": polars.DataFrame(documents),
        "polars dates": polars.DataFrame(documents).with_columns(polars.col("published").str.to_date()),
        "other columns": table.append_column("embedding", pa.array([[1.0]] * len(documents))),
        "jsonl": examples,
        "parquet": parquet,
        "two files": [examples],
    }
    for name, shape in shapes.items():
        assert marsad.code_many(shape).equals(coded), name


def test_neither_threads_nor_batches_change_anything(documents, coded):
    assert marsad.code_many(documents, threads=1).equals(coded)
    assert marsad.code_many(documents, threads=3).equals(coded)
    batches = [marsad.code_batch(batch) for batch in pa.Table.from_pylist(documents).to_batches(max_chunksize=4)]
    assert pa.Table.from_batches(batches).equals(coded)


def test_pieces_of_files_come_out_in_order(documents, tmp_path):
    many = [{**document, "id": f"{n}/{document['id']}"} for n in range(40) for document in documents]
    file = tmp_path / "many.jsonl"
    file.write_text("".join(json.dumps(document, ensure_ascii=False) + "\n" for document in many), "utf-8")
    expected = marsad.code_many(many)
    for threads in (1, 2, 5):
        assert marsad.code_many(file, threads=threads).equals(expected)


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_files_that_nobody_reads_on_are_let_go(documents, tmp_path):
    file = tmp_path / "many.jsonl"
    file.write_text("".join(json.dumps({**documents[0], "id": str(n)}) + "\n" for n in range(5000)), "utf-8")
    how = {"threads": 2, "record": False, "published": None, "outlet": None, "limit": None}
    files = marsad._native.Files([file], how)
    assert next(files).num_rows > 0 and readers() == 1
    del files
    until = time.monotonic() + 20
    while readers() and time.monotonic() < until:
        time.sleep(0.01)
    assert readers() == 0


def readers():
    """The threads of this process that read files."""
    return sum(name.read_text() == "marsad-reader\n" for name in Path("/proc/self/task").glob("*/comm"))


def test_records_are_the_lines_of_the_command_line(examples, marsad_program):
    out = subprocess.run([marsad_program, "code", str(examples)], capture_output=True, check=True)
    lines = out.stdout.decode().splitlines()
    assert marsad.code_many(examples, record=True)["record"].to_pylist() == lines


def test_strings_are_numbered_and_defaults_are_taken():
    table = marsad.code_many([STRIKE, STRIKE], published=datetime.date(2024, 3, 3), outlet="وكالة الضفاف")
    assert table["id"].to_pylist() == ["1", "2"] and table["outlet"].to_pylist() == ["وكالة الضفاف"] * 2
    assert table["events"][0][0]["when"]["start"].as_py() == datetime.date(2024, 3, 2)
    assert marsad.code_many(pandas.Series([STRIKE])).num_rows == marsad.code_many(polars.Series([STRIKE])).num_rows == 1


def test_bad_rows_are_told_and_cost_no_other():
    rows = [
        {"id": "a", "text": None},
        {"id": None, "text": STRIKE},
        {"id": 3, "text": STRIKE, "published": "2024-02-30"},
        {"id": "d", "text": "قصف " * 1000},
    ]
    table = marsad.code_many(rows, limit=4000, record=True)
    assert pc.list_value_length(table["events"]).to_pylist() == [0, 0, 1, 0]
    told = [row[0] for row in table["diagnostics"].to_pylist()]
    assert told[0].startswith("error: the “text” is missing")
    assert told[1].startswith("error: the “id” is missing")
    assert told[2].startswith("warning: “published” was left out: “2024-02-30” is not a day of the calendar")
    assert told[3].startswith("error: the text has 7000 bytes, more than 4000 bytes")
    assert table["record"].null_count == 3


def test_a_cell_of_a_gibibyte_is_a_diagnostic():
    huge = pa.array(["ا" * (1 << 29), STRIKE], pa.large_string())
    table = marsad.code_many(pa.table({"id": ["a", "b"], "text": huge}))
    assert pc.list_value_length(table["events"]).to_pylist() == [0, 1]
    assert "the text has 1024 MiB" in table["diagnostics"][0][0].as_py()


def test_no_rows_give_no_rows(tmp_path):
    empty = pa.table({"id": pa.array([], pa.string()), "text": pa.array([], pa.string())})
    for nothing in ([], empty, empty.to_reader(), pandas.DataFrame({"id": [], "text": []}, dtype=str), empty.to_batches()):
        table = marsad.code_many(nothing)
        assert table.num_rows == 0 and table.schema == marsad.coded_schema()
    assert marsad.code_batch(pa.RecordBatch.from_pylist([], schema=empty.schema)).num_rows == 0
    assert marsad.link(marsad.code_many([])).num_rows == 0
    assert marsad.events(marsad.code_many([])).num_rows == 0


@pytest.mark.parametrize(
    "given, error, reason",
    [
        (pa.table({"id": ["a"]}), ValueError, "column “text”: there is none; the columns are id"),
        (pa.table({"id": ["a"], "text": [1]}), ValueError, "column “text”: it is of type Int64; it must hold strings"),
        (pa.table({"id": ["a"], "text": [[STRIKE]]}), ValueError, "column “text”: it is of type List"),
        (pa.table({"id": [1.5], "text": [STRIKE]}), ValueError, "column “id”: it is of type Float64"),
        (pandas.DataFrame({"id": ["a", "b"], "text": [STRIKE, 3]}), TypeError, "text"),
        ([{"id": "a", "text": 3}], TypeError, "document 1: “text” is of type int"),
        ([{"id": "a", "text": STRIKE}, 7], TypeError, "document 2 is of type int"),
        (STRIKE, TypeError, "give a list of documents, not one str"),
        (7, TypeError, "documents cannot be read from int"),
    ],
)
def test_wrong_columns_and_values_are_named(given, error, reason):
    with pytest.raises(error, match=reason):
        marsad.code_many(given)


def test_wrong_text_in_a_buffer_does_not_reach_the_coder():
    broken = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")])
    with pytest.raises(Exception, match="(?i)utf"):
        marsad.code_batch(pa.record_batch({"id": ["a"], "text": broken}))


def test_files_that_cannot_be_opened_are_told_before_any_work(tmp_path, documents):
    parquet = tmp_path / "cut.parquet"
    pq.write_table(pa.Table.from_pylist(documents), parquet)
    parquet.write_bytes(parquet.read_bytes()[:-20])
    with pytest.raises(ValueError, match="cut.parquet: its footer cannot be read"):
        marsad.code_many(parquet)
    pq.write_table(pa.table({"id": ["a"], "body": [STRIKE]}), parquet)
    with pytest.raises(ValueError, match="cut.parquet: there is no column “text”; its columns are id, body"):
        marsad.code_many(parquet)
    with pytest.raises(ValueError, match="none.jsonl: it cannot be read"):
        marsad.code_many(tmp_path / "none.jsonl")


def test_lines_that_cannot_be_read_are_rows(tmp_path):
    file = tmp_path / "articles.jsonl"
    file.write_text('{"id": "a"}\n' + json.dumps({"id": "b", "text": STRIKE}) + "\n{\n", "utf-8")
    table = marsad.code_many(file)
    assert table["id"].to_pylist() == [None, "b", None]
    assert f"{file}:1: the “text” is missing" in table["diagnostics"][0][0].as_py()


def test_other_threads_run_meanwhile(documents):
    many = [{**document, "id": f"{n}/{document['id']}"} for n in range(60) for document in documents]
    table = pa.Table.from_pylist(many)
    ticks, done = [], threading.Event()

    def tick():
        while not done.wait(0.001):
            ticks.append(time.perf_counter())

    thread = threading.Thread(target=tick)
    thread.start()
    began = time.perf_counter()
    marsad.code_batch(table.combine_chunks().to_batches()[0], threads=1)
    ended = time.perf_counter()
    done.set()
    thread.join()
    within = [one for one in ticks if began < one < ended]
    assert len(within) > 5, "the lock was held while a batch was coded"


@pytest.mark.skipif(sys.platform != "linux", reason="processes fork on Linux")
def test_a_forked_process_codes_too():
    script = (
        "import os, sys, marsad\n"
        f"documents = [{STRIKE!r}] * 50\n"
        "whole = marsad.code_many(documents, threads=2)\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    os._exit(0 if marsad.code_many(documents, threads=2).equals(whole) else 1)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) if hasattr(os, 'waitstatus_to_exitcode') else 0)\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], check=True, timeout=60)
