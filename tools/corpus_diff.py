#!/usr/bin/env python3
"""What a change of rules changes: codes the fixed corpus with a commit and with the working tree, and shows the difference.

usage: tools/corpus_diff.py [--base COMMIT] [--only SET[,SET]] [--limit N] [--words N]

The corpus is every text of ../shared/eval; where that is absent, the repository's examples. The commit (HEAD if none is
given) is checked out under target/corpus-diff and built there once; its records are kept until the commit or the corpus
changes. Read the output before you commit: every line is a claim that the tool makes now and did not make before, or the
other way round. Python's standard library only."""
import argparse
import collections
import hashlib
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HOUSE = ROOT / "target/corpus-diff"
SLOTS = ("action", "scope", "realis", "trigger", "when", "where", "participants", "weapons", "objects", "casualties", "strikes",
         "attribution", "relations")


def git(*arguments, cwd=ROOT):
    return subprocess.run(("git", *arguments), cwd=cwd, check=True, capture_output=True, text=True).stdout.strip()


def build(source, target):
    """Builds the program of one source tree; gives its path."""
    environment = {**os.environ, "CARGO_TARGET_DIR": str(target)}
    run = subprocess.run(("cargo", "build", "--quiet", "--release", "-p", "marsad"), cwd=source, env=environment)
    if run.returncode:
        sys.exit(f"corpus-diff: the program of {source} does not build")
    return target / "release/marsad"


def base_program(commit):
    """The program as it was at a commit, built in a worktree of its own, which later commits reuse."""
    program = HOUSE / "programs" / commit
    if program.exists():
        return program
    tree = HOUSE / "tree"
    git("worktree", "prune")
    if (tree / ".git").exists():
        git("checkout", "--quiet", "--force", "--detach", commit, cwd=tree)
    else:
        git("worktree", "add", "--quiet", "--force", "--detach", str(tree), commit)
    built = build(tree, HOUSE / "build")
    program.parent.mkdir(parents=True, exist_ok=True)
    partial = program.with_suffix(".partial")
    partial.write_bytes(built.read_bytes())
    partial.chmod(0o755)
    partial.rename(program)
    return program


def corpus(only):
    """The documents by set: `{"slots": [...], …}`, each with id and text."""
    shared = ROOT / "../shared/eval"
    files = {
        "slots": shared / "slots/documents.jsonl", "airwars": shared / "airwars/documents.jsonl",
        "assault": shared / "oeda/assault.jsonl", "protest": shared / "oeda/protest.jsonl", "everyday": shared / "everyday.jsonl",
    }
    if not any(path.exists() for path in files.values()):
        files = {"examples": ROOT / "examples/articles.jsonl"}
    keep = ("url", "outlet", "title", "published", "language", "text")
    sets = {}
    for name, path in files.items():
        if path.exists() and (not only or name in only):
            with open(path, encoding="utf-8") as lines:
                rows = [json.loads(line) for line in lines if line.strip()]
            sets[name] = [{"id": f"{name}:{row['id']}", **{key: row[key] for key in keep if row.get(key)}} for row in rows]
    if not sets:
        sys.exit("corpus-diff: no texts")
    return sets


def coded(program, path):
    """The records of one program by document id."""
    run = subprocess.run((str(program), "code", str(path)), capture_output=True, text=True)
    if run.returncode:
        print(f"{program} code exited with {run.returncode}: {run.stderr.strip()[-500:]}", file=sys.stderr)
    records = {}
    for line in run.stdout.splitlines():
        record = json.loads(line)
        if "document" in record:
            records[record["document"]["id"]] = record["events"]
    return records


def cached(program, commit, path, digest):
    """The records of the base, kept by commit and corpus."""
    keep = HOUSE / "records" / f"{commit}-{digest}.json"
    if keep.exists():
        return json.loads(keep.read_text(encoding="utf-8"))
    records = coded(program, path)
    keep.parent.mkdir(parents=True, exist_ok=True)
    for old in keep.parent.glob("*.json"):
        old.unlink()
    keep.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    return records


def slot(event, name):
    """One slot of an event as a short, comparable line."""
    value = event.get(name)
    if value is None or value == []:
        return "–"
    if name == "trigger":
        return f"«{value['text']}»"
    if name == "when":
        days = value["start"] if value["start"] == value["end"] else f"{value['start']}…{value['end']}"
        return f"{days} ({value['precision']})"
    if name == "where":
        return " · ".join(f"«{place['text']}» {place['precision']} {place.get('name') or '?'} "
                          f"{place.get('country') or '?'} {place.get('lat')},{place.get('lon')}" for place in value)
    if name == "participants":
        return " · ".join(sorted(f"{one['role']} {one['actor']} {one['certainty']} «{one['text']}»" for one in value))
    if name in ("weapons", "objects"):
        return " · ".join(sorted(one["class"] for one in value))
    if name == "casualties":
        return " · ".join(sorted(f"{one['outcome']} {one['group']} {bounds(one)}{' of ' + one['of'] if one.get('of') else ''}"
                                 for one in value))
    if name == "attribution":
        return " ← ".join(f"{one['kind']} «{one['text']}»" for one in value)
    if name == "relations":
        return " · ".join(f"{one['kind']} {one['event'].rsplit('#', 1)[-1]}" for one in value)
    return str(value)


def bounds(count):
    low, best, high = ("·" if count[key] is None else count[key] for key in ("low", "best", "high"))
    return f"{low}/{best}/{high}{' vague' if count.get('vague') else ''}"


def likeness(one, other):
    """How surely two events are the same claim; 0 is not at all."""
    (start, end), (begin, stop) = one["trigger"]["span"], other["trigger"]["span"]
    same_words, same_action = min(end, stop) > max(start, begin), one["action"] == other["action"]
    if not (same_words or same_action):
        return 0
    shared = sum(slot(one, name) == slot(other, name) for name in ("when", "where", "participants", "casualties", "scope"))
    return 6 * same_words + 3 * same_action + shared


def pairs(before, after):
    """Aligns the events of two records: (before, after), with `None` where one side has none."""
    ranked = sorted(((likeness(one, other), -i, -j) for i, one in enumerate(before) for j, other in enumerate(after)), reverse=True)
    left, right, out = set(), set(), []
    for score, i, j in ranked:
        if score >= 4 and -i not in left and -j not in right:
            left.add(-i)
            right.add(-j)
            out.append((before[-i], after[-j]))
    out += [(event, None) for i, event in enumerate(before) if i not in left]
    out += [(None, event) for j, event in enumerate(after) if j not in right]
    return sorted(out, key=lambda pair: (pair[1] or pair[0])["trigger"]["span"])


def surroundings(text, span, words):
    """The trigger with some words on both sides, on one line."""
    start, end = span
    before, after = text[:start].split()[-words:], text[end:].split()[:words]
    return " ".join((*before, f"[{text[start:end]}]", *after))


def headline(event):
    told = (slot(event, name) for name in ("participants", "where", "casualties", "when"))
    return f"{event['action']} {event['scope']} {event['realis']} {event['confidence']:.2f} | " + " | ".join(told)


def report(documents, before, after, limit, words):
    """Prints the difference, counts first."""
    counts, changed_slots, actions, lines, touched = collections.Counter(), collections.Counter(), collections.Counter(), [], 0
    for document in documents:
        old, new = before.get(document["id"]), after.get(document["id"])
        if old is None or new is None:
            if old is not new:
                lines.append(f"\n{document['id']}: {'coded now, not before' if old is None else 'no record any more'}")
            continue
        block = []
        for one, other in pairs(old, new):
            kind = "added" if one is None else "removed" if other is None else "changed"
            event = other or one
            context = surroundings(document["text"], event["trigger"]["span"], words)
            if kind != "changed":
                actions[f"{'+' if kind == 'added' else '-'} {event['action']}"] += 1
                block += [f"  {'+' if kind == 'added' else '-'} {headline(event)}", f"      … {context} …"]
            else:
                differing = [name for name in SLOTS if slot(one, name) != slot(other, name)]
                if not differing:
                    counts["the same"] += 1
                    continue
                changed_slots.update(differing)
                block.append(f"  ~ {other['action']} … {context} …")
                block += [f"      {name}: {slot(one, name)}  →  {slot(other, name)}" for name in differing]
            counts[kind] += 1
        if block:
            touched += 1
            lines += [f"\n{document['id']}", *block]
    print(f"{len(documents)} documents, {touched} touched; events: " +
          ", ".join(f"{counts[kind]} {kind}" for kind in ("added", "removed", "changed", "the same")))
    if changed_slots:
        print("slots changed:  " + ", ".join(f"{name} {count}" for name, count in changed_slots.most_common()))
    if actions:
        print("by action:      " + ", ".join(f"{name} ×{count}" for name, count in actions.most_common()))
    shown = lines if limit == 0 else lines[:limit]
    print("\n".join(shown))
    if len(shown) < len(lines):
        print(f"\n… {len(lines) - len(shown)} more lines; --limit 0 shows all")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--base", default="HEAD", help="the commit to compare with (HEAD)")
    arguments.add_argument("--only", help="sets to code: slots, airwars, assault, protest, everyday (all)")
    arguments.add_argument("--limit", type=int, default=2000, help="lines to print at most, 0 for all (2000)")
    arguments.add_argument("--words", type=int, default=6, help="words shown on each side of a trigger (6)")
    options = arguments.parse_args()
    try:
        commit = git("rev-parse", "--verify", f"{options.base}^{{commit}}")
    except subprocess.CalledProcessError:
        sys.exit(f"corpus-diff: there is no commit {options.base} to compare with")
    documents = [document for rows in corpus(options.only and options.only.split(",")).values() for document in rows]
    text = "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents)
    HOUSE.mkdir(parents=True, exist_ok=True)
    path = HOUSE / "corpus.jsonl"
    path.write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    before = cached(base_program(commit), commit, path, digest)
    working = build(ROOT, pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")))
    after = coded(working, path)
    print(f"from {commit[:10]} ({git('log', '-1', '--format=%s', commit)}) to the working tree")
    report(documents, before, after, options.limit, options.words)


if __name__ == "__main__":
    main()
