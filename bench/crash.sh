#!/usr/bin/env bash
# Whether a killed run loses anything: bench/crash.sh [KILLS], 200 by default, on SQLite.
#
# Ingests 20,000 invented articles, is killed (SIGKILL) after a random time, and begins again, until it was killed so often; a store
# that is full is begun anew. At the end every store must hold every article once, and `marsad check` must find nothing.
source "$(dirname "$0")/prepare.sh"
python3 - "$MARSAD" "${1:-200}" <<'PYTHON'
import json, pathlib, random, sqlite3, subprocess, sys, tempfile, time

program, kills = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
random.seed(7)
ARTICLES = 20_000

def run(*arguments):
    return subprocess.run([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

lost = doubled = unclean = done = stores = 0
with tempfile.TemporaryDirectory() as folder:
    articles = pathlib.Path(folder, "articles.jsonl")
    with open(articles, "w", encoding="utf-8") as out:
        for n in range(ARTICLES):
            text = f"خبر {n}. قتل {n % 9 + 2} مدنيين بقصف مدفعي على مدينة الباب في ريف حلب الشرقي، أمس الأحد. " * 4
            out.write(json.dumps({"id": str(n), "url": f"https://x.example/{n}", "published": "2023-08-14", "language": "ar", "text": text}) + "\n")
    while done < kills:
        store = pathlib.Path(folder, f"store{stores}")
        stores += 1
        run("init", store)
        while done < kills:
            process = subprocess.Popen([program, "ingest", articles, "--store", store], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(random.uniform(0.02, 0.6))
            if process.poll() is not None:
                break
            process.kill()
            process.wait()
            done += 1
        finished = run("ingest", articles, "--store", store)
        if finished.returncode != 0:
            sys.exit(finished.stderr)
        rows = [row[0] for row in sqlite3.connect(store / "marsad.db").execute("SELECT given_id FROM documents")]
        lost += ARTICLES - len(set(rows))
        doubled += len(rows) - len(set(rows))
        unclean += run("check", "--store", store).returncode != 0
print(f"stores={stores} unclean={unclean} kills={done} lost={lost} doubled={doubled}")
PYTHON
