#!/usr/bin/env bash
# What one document more costs: bench/add.sh [DOCUMENTS], 100,000 by default, on SQLite.
#
# Builds an observatory of so many invented reports at the density of long wars (some 270 a day from the towns of six countries, an
# incident told by one to eight of them), links it, and then ingests 200 reports more, each with a run of `marsad ingest` of its own: start, coding, storing,
# linking with its neighbours, and the incidents written anew. The last line has the median and the 95th percentile of these runs in
# thousandths of a second; incidents must then be those of linking everything anew (`same=1`).
source "$(dirname "$0")/prepare.sh"
python3 - "$MARSAD" "${1:-100000}" <<'PYTHON'
import datetime, json, pathlib, random, statistics, subprocess, sys, tempfile, time

program, count = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
A_DAY, ADDED = 270, 200
random.seed(7)
towns = []
for path in sorted(pathlib.Path("languages/ar/places/generated").glob("*.tsv")):
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    names = {name: n for n, name in enumerate(rows[0])}
    towns += [row[names["names"]].split("|")[0] for row in rows[1:] if row[names["country"]] in ("SY", "IQ", "YE", "LB", "LY", "PS") and row[names["kind"]] in ("town", "village", "city")]
towns = sorted(set(towns))
DEEDS = ["قصف مدفعي", "غارة جوية", "انفجار لغم أرضي", "هجوم مسلح شنه مجهولون"]
OPENINGS = ["قتل {n} مدنيين وأصيب {m} آخرون في {deed} على {town}، أمس.", "أسفر {deed} على {town} أمس عن مقتل {n} مدنيين وإصابة {m} آخرين.",
    "أفادت مصادر محلية بمقتل {n} مدنيين جراء {deed} استهدف {town} أمس.", "شهدت {town} أمس {deed} أدى إلى مقتل {n} مدنيين بحسب شهود."]
LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"

def words(n):
    return " ".join("".join(random.choice(LETTERS) for _ in range(random.randint(3, 6))) for _ in range(n))

def reports():
    number = 0
    first = datetime.date(2013, 1, 1)
    while True:
        day = first + datetime.timedelta(days=number // A_DAY)
        town = towns[int(random.random() ** 2 * len(towns))]
        deed, n, m = random.choice(DEEDS), random.randint(2, 7), random.randint(2, 9)
        for _ in range(min(8, 1 + int(random.expovariate(0.8)))):
            opening = random.choice(OPENINGS).format(n=n + (random.random() < 0.2), m=m, deed=deed, town=town)
            text = f"{opening} {words(60)}. وقال شهود إن {words(20)}."
            yield {"id": str(number), "url": f"https://x.example/{number}", "outlet": f"وكالة {number % 40}", "title": words(5),
                   "published": str(day + datetime.timedelta(days=1)), "language": "ar", "text": text}
            number += 1

def run(*arguments):
    done = subprocess.run([program, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode not in (0, 2):  # 2: some documents need a look
        sys.exit(done.stderr)
    return done

with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    made = []
    for report in reports():
        made.append(json.dumps(report, ensure_ascii=False) + "\n")
        if len(made) == count + ADDED:
            break
    # The reports that come later are of any day.
    random.shuffle(made)
    (folder / "all.jsonl").write_text("".join(made[:count]), encoding="utf-8")
    store = folder / "store"
    run("init", store)
    began = time.perf_counter()
    run("ingest", folder / "all.jsonl", "--store", store)
    ingested = time.perf_counter() - began
    run("link", "--store", store, "--anew")
    linked = time.perf_counter() - began - ingested
    print(f"documents={count} ingest_s={ingested:.1f} link_s={linked:.1f}", flush=True)
    times = []
    for n, line in enumerate(made[count:]):
        one = folder / "one.jsonl"
        one.write_text(line, encoding="utf-8")
        began = time.perf_counter()
        run("ingest", one, "--store", store)
        times.append((time.perf_counter() - began) * 1000)
    run("link", "--store", store, "-o", folder / "followed.jsonl")
    run("link", "--store", store, "--anew", "-o", folder / "anew.jsonl")
    followed, anew = ((folder / name).read_bytes() for name in ("followed.jsonl", "anew.jsonl"))
    incidents = anew.count(b"\n")
    times.sort()
    print(f"documents={count} added={len(times)} incidents={incidents} same={int(followed == anew)} "
          f"median_ms={statistics.median(times):.1f} p95_ms={times[int(len(times) * 0.95)]:.1f}")
PYTHON
