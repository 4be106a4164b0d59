#!/usr/bin/env bash
# What storing costs: bench/ingest.sh [ARTICLES], 20,000 by default, on SQLite.
#
# Articles are those of the development data, each made another one by a number, or of examples/ where that is absent. They are coded
# (`marsad code`, output thrown away) and ingested with the same number of threads, in turn, three times each; the medians count.
# The last line has `ratio`, the throughput of ingest over that of coding alone.
source "$(dirname "$0")/prepare.sh"
python3 - "$MARSAD" "${1:-20000}" <<'PYTHON'
import json, pathlib, statistics, subprocess, sys, tempfile, time

program, count = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
texts = []
for folder in ("../shared/eval", "examples"):
    for path in sorted(pathlib.Path(folder).glob("**/*.jsonl")):
        with open(path, encoding="utf-8") as lines:
            rows = (json.loads(line) for line in lines if line.strip())
            texts += [row["text"] for row in rows if isinstance(row.get("text"), str) and len(row["text"]) > 300]
    if texts:
        break

def seconds(*arguments):
    began = time.perf_counter()
    done = subprocess.run([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode not in (0, 2):  # 2: some documents need a look
        sys.exit(done.stderr)
    return time.perf_counter() - began

with tempfile.TemporaryDirectory() as folder:
    articles = pathlib.Path(folder, "articles.jsonl")
    size = 0
    with open(articles, "w", encoding="utf-8") as out:
        for n in range(count):
            text = f"خبر {n}. {texts[n % len(texts)]}"
            size += len(text.encode())
            row = {"id": str(n), "url": f"https://x.example/{n}", "published": "2022-01-16", "language": "ar", "text": text}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    coding, ingesting = [], []
    for run in range(3):
        coding.append(seconds("code", articles))
        store = pathlib.Path(folder, f"store{run}")
        seconds("init", store)
        ingesting.append(seconds("ingest", articles, "--store", store))
    coded, stored = statistics.median(coding), statistics.median(ingesting)
    print(f"articles={count} mb={size / 1e6:.1f} code_s={coded:.2f} ingest_s={stored:.2f} docs_per_s={count / stored:.0f} ratio={coded / stored:.2f}")
PYTHON
