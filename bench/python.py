#!/usr/bin/env python3
"""Throughput from Python against the command line: bench/python.py [DOCUMENTS] [THREADS].

Both read the same file of example reports (100,000 by default, with variations) with the same number of threads and code all
of it, each in a process of its own, in turn, five rounds; the best of each counts. Times are of the whole process, so they
hold starting Python and importing pyarrow on one side, and writing JSON on the other. The wheel has to be installed in the
Python that runs this, and built in release like the command line (`make bench-python` sees to both).
Ends with one line of name=value pairs: ratio is the throughput of `marsad.code_many` by that of `marsad code`.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("MARSAD") or ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "release" / "marsad"
ROUNDS = 5

SCRIPT = """
import sys, time
began = time.perf_counter()
import marsad, pathlib
imported = time.perf_counter()
table = marsad.code_many(pathlib.Path(sys.argv[1]), threads=int(sys.argv[2]))
ended = time.perf_counter()
print(table.num_rows, sum(map(len, table["events"].to_pylist())) if sys.argv[3] else 0, imported - began, ended - imported)
"""


def timed(command):
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - began, done.stdout.decode()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    threads = sys.argv[2] if len(sys.argv) > 2 else str(os.cpu_count())
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "articles.jsonl", Path(folder) / "coded.jsonl"
        size = corpus.write(file, count)
        program = [str(PROGRAM), "code", str(file), "--threads", threads, "-o", str(out)]
        python = [sys.executable, "-c", SCRIPT, str(file), threads]
        # Once unmeasured, for the same result and for the cache of files.
        timed(program)
        rows, events, *_ = timed([*python, "count"])[1].split()
        lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        assert (int(rows), int(events)) == (len(lines), sum(len(line["events"]) for line in lines)), "the results differ"
        programs, pythons, inner = [], [], []
        for _ in range(ROUNDS):
            programs.append(timed(program)[0])
            took, told = timed([*python, ""])
            pythons.append(took)
            inner.append(float(told.split()[3]))
        best, other, call = min(programs), min(pythons), min(inner)
    print(f"{count} documents, {size / 1e6:.0f} MB, {events} events, {threads} threads, best of {ROUNDS} rounds")
    for name, took in (("marsad code", best), ("python, whole process", other), ("python, the call alone", call)):
        print(f"  {name:24} {took:7.2f} s  {count / took:8.0f} documents/s  {size / took / 1e6:6.2f} MB/s")
    print(f"documents={count} threads={threads} cli_s={best:.2f} python_s={other:.2f} call_s={call:.2f} ratio={best / other:.3f}")


if __name__ == "__main__":
    main()
