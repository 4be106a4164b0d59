#!/usr/bin/env python3
"""What Marsad does, in a minute: explains the first example report, codes them all into out/, and serves them. Used by `make demo`.

In a terminal the server runs until it is ended with Ctrl-C; elsewhere it is asked once whether it is well, and stopped.
"""
import collections
import json
import pathlib
import shlex
import shutil
import subprocess
import sys
import urllib.request

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

    shutil.rmtree(ROOT / "out/observatory", ignore_errors=True)
    run(program, "init", "out/observatory")
    run(program, "ingest", "examples/articles.jsonl", "--store", "out/observatory")
    run(program, "link", "--store", "out/observatory")
    serve(program)


def serve(program):
    """Serves the examples."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    command = [program, "serve", "--store", "out/observatory", "--listen", "127.0.0.1:0", "--log", "quiet"]
    print(f"\n$ {shlex.join(('marsad', *command[1:]))}\n", flush=True)
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().strip()
        if not address:
            sys.exit(server.wait() or 1)
        if terminal:
            print(f"the observatory of the examples: {address} (Ctrl-C ends it)", flush=True)
            server.wait()
        else:
            with urllib.request.urlopen(address + "healthz", timeout=10) as answer:
                print(f"{address} answered {answer.read().decode().strip()}; stopped, since this is no terminal")
    except KeyboardInterrupt:
        print()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
