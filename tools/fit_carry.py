#!/usr/bin/env python3
"""Fit the model that gives news without a time of its own the day told last, and write crates/marsad-coder/src/carry_weights.rs.

usage: tools/fit_carry.py [--bin target/quick/examples/code] [--data ../shared/eval] [--dry]

Every event is given to the event of the coders that it is most like, by the scorer's own measure; the day told last goes on where the coders
gave theirs that day. A logistic model by Newton's method; figures are of five-fold cross-validation by document. A day is carried on from a
chance of `--least`, since a right one is worth more than a wrong one costs. What is carried on changes what is told last: run it twice.
Python's standard library only."""
import argparse, hashlib, json, math, pathlib, sys
import coded

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "crates/marsad-coder/src/carry_weights.rs"

def examples(binary, data):
    sys.path.insert(0, str(data))
    import score
    docs, gold = coded.reports(data)
    two = {json.loads(line)["id"] for line in open(data / "slots/documents.jsonl", encoding="utf-8")}
    written = {json.loads(line)["id"] for path in (ROOT / "tools/written").glob("*.jsonl") for line in open(path, encoding="utf-8")}
    rows = coded.rows(binary, "chances", docs)
    out = []
    for r in rows:
        id, events = r["document"]["id"], r["events"]
        mates = {j: gold[id][i] for i, j in score.align(gold[id], events)}
        at = {e["trigger"]["span"][0]: j for j, e in enumerate(events)}
        for start, first, last, x in r["chances"]:
            if start not in at: continue
            when = (mates.get(at[start]) or {}).get("when") or {}
            right = when.get("precision") not in (None, "unknown") and (when["start"], when["end"]) == (first, last)
            # Reports that two coders agreed on, and those of other countries, count more.
            out.append((id, [k for k, v in enumerate(x) if v], right, 3.0 if id in two else 1.5 if id in written else 1.0))
    return out

def solve(a, y):
    n, m = len(y), [row[:] + [v] for row, v in zip(a, y)]
    for c in range(n):
        p = max(range(c, n), key=lambda r: abs(m[r][c])); m[c], m[p] = m[p], m[c]
        for r in range(c + 1, n):
            f = m[r][c] / m[c][c]
            if f: m[r] = [u - f * v for u, v in zip(m[r], m[c])]
    x = [0.0] * n
    for c in range(n - 1, -1, -1): x[c] = (m[c][n] - sum(m[c][k] * x[k] for k in range(c + 1, n))) / m[c][c]
    return x

def fit(rows, penalty):
    n = len(coded.names(OUT)) + 1; w = [0.0] * n
    for _ in range(8):
        a, g = [[0.0] * n for _ in range(n)], [penalty * v for v in w]; g[0] = 0.0
        for k in range(n): a[k][k] = penalty if k else 1e-6
        for _, x, y, weight in rows:
            on = [0] + [k + 1 for k in x]
            p = 1 / (1 + math.exp(-sum(w[k] for k in on)))
            for k in on:
                g[k] += weight * (p - y)
                for l in on: a[k][l] += weight * p * (1 - p)
        w = [u - d for u, d in zip(w, solve(a, g))]
    return w

def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--bin", default=str(ROOT / "target/quick/examples/code")); p.add_argument("--data", default=str(ROOT / "../shared/eval"))
    p.add_argument("--penalty", type=float, default=6.0); p.add_argument("--least", type=float, default=0.3); p.add_argument("--dry", action="store_true")
    a = p.parse_args(); rows = examples(a.bin, pathlib.Path(a.data))
    fold = lambda r: int(hashlib.sha256(r[0].encode()).hexdigest(), 16) % 5
    chance = lambda w, r: 1 / (1 + math.exp(-w[0] - sum(w[k + 1] for k in r[1])))
    scored = []
    for k in range(5):
        w = fit([r for r in rows if fold(r) != k], a.penalty)
        scored += [(chance(w, r), r) for r in rows if fold(r) == k]
    for least in (a.least, .4, .5):
        parts = []
        for label, weight in (("double", 3.0), ("single", 1.0), ("written", 1.5)):
            took = [r for c, r in scored if c >= least and r[3] == weight]
            parts.append(f"{label} {sum(r[2] for r in took)} of {len(took)}")
        print(f"cross-validated at {least}: {', '.join(parts)}; right of all {sum(r[2] for r in rows)} of {len(rows)}")
    w = fit(rows, a.penalty)
    for n, v, k in sorted(zip(coded.names(OUT), w[1:], range(len(w))), key=lambda t: -abs(t[1])): print(f"  {n:16} {v:6.2f}  {sum(k in r[1] for r in rows)}")
    w[0] -= math.log(a.least / (1 - a.least))
    if not a.dry: coded.write(OUT, w)

if __name__ == "__main__": main()
