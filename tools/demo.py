#!/usr/bin/env python3
"""What Marsad does, in a minute: explains the first example report, then codes them all into out/. Used by `make demo`."""
import collections
import json
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def run(*command):
    """Shows a command, runs it, and ends where it fails."""
    print(f"\n$ {shlex.join(('marsad', *command[1:]))}\n", flush=True)
    done = subprocess.run(command, cwd=ROOT)
    if done.returncode:
        sys.exit(done.returncode)


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    first = min((ROOT / "examples").glob("*.txt")).name
    about = next(row for row in rows(ROOT / "examples/manifest.jsonl") if row["file"] == first)
    known = [text for key in ("published", "outlet") if about.get(key) for text in (f"--{key}", about[key])]
    (ROOT / "out").mkdir(exist_ok=True)
    run(program, "explain", f"examples/{first}", *known)
    run(program, "explain", f"examples/{first}", *known, "--html", "out/explained.html")
    run(program, "code", "examples/articles.jsonl", "-o", "out/events.jsonl")

    coded = rows(ROOT / "out/events.jsonl")
    actions = collections.Counter(event["action"] for row in coded for event in row.get("events", []))
    print(f"{len(coded)} reports coded, {sum(actions.values())} events: " +
          ", ".join(f"{action} {count}" for action, count in actions.most_common()))
    print("records: out/events.jsonl · the first report explained as a page: out/explained.html")


if __name__ == "__main__":
    main()
