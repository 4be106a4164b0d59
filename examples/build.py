#!/usr/bin/env python3
"""Write articles.jsonl from manifest.jsonl and the .txt reports beside it.

The reports are fiction: outlets, happenings and tolls are invented, only places and armed groups exist.
usage: build.py [--check]      --check writes nothing and fails if articles.jsonl is out of date
"""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent


def articles():
    for line in (HERE / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = (HERE / row["file"]).read_text(encoding="utf-8").rstrip("\n")
        if text.split("\n", 1)[0] != row["title"]:
            sys.exit(f"{row['file']}: the first line is not the title of the manifest")
        yield {
            "id": row["file"].removesuffix(".txt"),
            "text": text,
            "outlet": row["outlet"],
            "title": row["title"],
            "published": row["published"],
            "language": "ar",
        }


def main():
    out = "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles())
    target = HERE / "articles.jsonl"
    if "--check" in sys.argv[1:]:
        if not target.exists() or target.read_text(encoding="utf-8") != out:
            sys.exit("articles.jsonl is out of date: run examples/build.py")
    else:
        target.write_text(out, encoding="utf-8")


main()
