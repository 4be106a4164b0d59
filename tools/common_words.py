#!/usr/bin/env python3
"""Count in how many reports words stand, and write crates/marsad-copies/src/common.bin, the table by which words are rare.

usage: tools/common_words.py [--signs target/quick/examples/signs] [--data ../shared/eval]

Counted are the texts of the development data: 3,800 news pages, posts and newswire sentences of 2007 to 2022, on wars and on everyday life.
Of the monitor's texts it is not texts that are counted but the spans of four days in which a word stands, so that a name that ten reports
of one incident tell stays as rare as it is. Many reports have a word that
is counted ten times, some one that is counted three times; what stands in fewer is in no table. Words are hashes of their last letters
(`signs` in `marsad-copies`), and only those of common words are written: no text can be read out of the table.

  cargo build --profile quick -p marsad-copies --example signs && tools/common_words.py

Python's standard library."""
import argparse, collections, datetime, json, pathlib, struct, subprocess, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "crates/marsad-copies/src/common.bin"
MANY, SOME, DAYS = 11, 4, 4
EVERYDAY = ("everyday.jsonl", "oeda/assault.jsonl", "oeda/protest.jsonl")

def signs(program, rows):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as f:
        f.write("".join(json.dumps({"text": r["text"]}, ensure_ascii=False) + "\n" for r in rows)); f.flush()
        return [json.loads(l) for l in subprocess.run([program, f.name], capture_output=True, text=True, check=True).stdout.splitlines()]

def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--signs", default=str(ROOT / "target/quick/examples/signs")); p.add_argument("--data", default=str(ROOT / "../shared/eval"))
    a = p.parse_args(); data = pathlib.Path(a.data)
    read = lambda name: [json.loads(l) for l in open(data / name, encoding="utf-8")]
    count, spans = collections.Counter(), collections.defaultdict(set)
    for name in EVERYDAY:
        for words in signs(a.signs, read(name)): count.update(words)
    reports = read("airwars/documents.jsonl")
    for report, words in zip(reports, signs(a.signs, reports)):
        span = datetime.date.fromisoformat(report["published"][:10]).toordinal() // DAYS
        for word in words: spans[word].add(span)
    for word, of in spans.items(): count[word] += len(of)
    many, some = (sorted(w for w, n in count.items() if least <= n < most) for least, most in ((MANY, 1 << 60), (SOME, MANY)))
    OUT.write_bytes(struct.pack(f"<{1 + len(many) + len(some)}I", len(many), *many, *some))
    print(f"{len(count)} words counted: {len(many)} of many reports, {len(some)} of some, {OUT.stat().st_size} bytes")

if __name__ == "__main__": main()
