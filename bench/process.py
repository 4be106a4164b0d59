#!/usr/bin/env python3
"""Start-up time and peak memory of the program: bench/process.py PROGRAM.

Start-up is the median wall time of 20 runs of `marsad code` on a text of one sentence. Peak memory is that of `marsad code`
on a single report, the longest at hand. Python's standard library only."""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
RUNS = 20


def longest_report():
    """The longest text of the development data or, where that is absent, of the examples."""
    for folder in (ROOT / "../shared/eval", ROOT / "examples"):
        texts = []
        for path in sorted(folder.glob("**/*.jsonl")):
            with open(path, encoding="utf-8") as lines:
                texts += [json.loads(line).get("text") or "" for line in lines if line.strip()]
        if texts:
            return max(texts, key=len)
    sys.exit("no texts: neither ../shared/eval nor examples/articles.jsonl holds any")


def run(program, path):
    """Runs the program on one file; gives the wall time in seconds and the peak resident memory in bytes."""
    start = time.perf_counter()
    child = subprocess.Popen([program, "code", path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{program} code {path} exited with {child.returncode}: {errors.decode(errors='replace')[-300:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_maxrss * unit


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.splitlines()[0])
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        tiny, long = pathlib.Path(folder, "tiny.txt"), pathlib.Path(folder, "long.txt")
        tiny.write_text("قُتل جنديان بانفجار لغم شرقي حمص.\n", encoding="utf-8")
        text = longest_report()
        long.write_text(text, encoding="utf-8")
        startup = statistics.median(run(program, str(tiny))[0] for _ in range(RUNS))
        peak = run(program, str(long))[1]
    print(f"start-up  {startup * 1e3:.1f} ms (median of {RUNS} runs of `marsad code` on one sentence)")
    print(f"memory    {peak / 1e6:.1f} MB at its peak, for one report of {len(text):,} characters")
    print(f"startup_ms={startup * 1e3:.1f} peak_mb={peak / 1e6:.1f}")


if __name__ == "__main__":
    main()
