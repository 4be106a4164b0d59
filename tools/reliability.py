#!/usr/bin/env python3
"""Whether confidence means what it says: of the events coded with confidence 0.9, about nine in ten should be right.

usage: tools/reliability.py [--bin target/release/marsad] [--data ../shared/eval] [--bins N]

Codes the double-coded development articles and aligns the events with the gold as the scorer does (`align` of score.py).
Prints, for each bin of confidence: the number of events, their mean confidence, the share that a gold event answers to, and
the share whose action is the gold's too. Ends with one line of name=value pairs; `calibration_error` is the mean distance of
confidence and share right, weighted by the number of events. Python's standard library only."""
import argparse
import importlib.util
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def scorer(data):
    """The scorer that lies beside the data, as a module."""
    path = data / "score.py"
    if not path.exists():
        sys.exit(f"reliability: {path} is absent; the table needs the development data")
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(score, program, data):
    """(confidence, answered by a gold event, with the same action) of every event coded."""
    documents, gold = score.read(data / "slots/documents.jsonl"), score.read(data / "slots/gold.jsonl")
    coded, _, _ = score.code(program, documents)
    rows = []
    for row in gold:
        events = coded.get(row["id"], [])
        mates = {j: i for i, j in score.align(row["events"], events)}
        for j, event in enumerate(events):
            answered = j in mates
            rows.append((event["confidence"], answered, answered and row["events"][mates[j]]["action"] == event["action"]))
    return rows


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bin", default=os.environ.get("MARSAD", str(ROOT / "target/release/marsad")))
    arguments.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/eval")
    arguments.add_argument("--bins", type=int, default=10)
    options = arguments.parse_args()
    rows = judged(scorer(options.data), options.bin, options.data)
    if not rows:
        sys.exit("reliability: no event was coded")
    print(f"{'confidence':<14}{'events':>8}{'mean':>8}{'right':>8}{'action too':>12}")
    error = 0.0
    for k in range(options.bins):
        low, high = k / options.bins, (k + 1) / options.bins
        inside = [row for row in rows if min(int(row[0] * options.bins), options.bins - 1) == k]
        if not inside:
            continue
        n = len(inside)
        mean, right, action = (sum(row[column] for row in inside) / n for column in range(3))
        error += abs(mean - right) * n / len(rows)
        print(f"{f'{low:.2f} – {high:.2f}':<14}{n:>8}{mean:>8.2f}{right:>8.2f}{action:>12.2f}")
    n = len(rows)
    mean, right, action = (sum(row[column] for row in rows) / n for column in range(3))
    print(f"{'all':<14}{n:>8}{mean:>8.2f}{right:>8.2f}{action:>12.2f}")
    print(f"events={n} mean_confidence={mean:.3f} right={right:.3f} calibration_error={error:.3f}")


if __name__ == "__main__":
    main()
