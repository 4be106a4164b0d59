#!/usr/bin/env python3
"""Fit the model that links events of different documents, and write crates/marsad-link/src/weights.rs.

usage: tools/fit_incidents.py [--bin target/quick/examples/code] [--pairs target/quick/examples/pairs] [--data ../shared/eval] [--dry]

One command, to be run whenever the coder or what is compared has changed:

  cargo build --profile quick -p marsad-coder -p marsad-link --example code --example pairs && tools/fit_incidents.py

`--bin` may be the program itself, too: what is run is `BIN code FILE`.

The development data say which documents belong to one incident, not which events. So of two documents of one incident the likeliest
pair of events is an example of a link, chosen anew in every round by the model so far; all pairs of events of two documents of
different incidents are examples of none, which together weigh little more than one. A logistic model by Newton's method, whose L2 penalty
draws the weights to `PRIOR`, what a reader would expect. Figures are pairs of documents after grouping, of five-fold cross-validation
by spans of four days, so that neither an incident nor what else happened on its days is in two folds (but for incidents at the seam):
the weights of a fold are fitted without its documents, and of the linked pairs those count in which a document is of the fold. The
threshold is the one of the best cross-validated F1 of those with a precision of at least `--precision` when all is fitted. (The table of common words, `tools/common_words.py`,
is made of all of the data, but an incident counts only once in it.)

The development data set `published` to the incident's last day for every document, which says more than publication days do in life:
fitted freely (`--stiff 4`) their weight grows to -7 and the figure by some four points, and reports of the day after would no longer be
linked. So that weight has a penalty of its own. Python's standard library and numpy."""
import argparse, collections, datetime, hashlib, itertools, json, os, pathlib, subprocess, tempfile
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the matrices are small
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "crates/marsad-link/src/weights.rs"
FOLDS, SPAN, THRESHOLDS = 5, 4, [t / 4 for t in range(-8, 5)]
# What a reader expects before any example is seen; the penalty draws to it, so that what this data is blind to keeps its sense.
PRIOR = dict(day_same=1, day_next=-1, untold_near=-.5, untold_far=-1, published_apart=-.5, near=2, beyond_15_km=-1, in_area=.5, outside_area=-.5,
    placeless=-.5, around=.5, around_apart=-.5, who_same=.7, who_other=-.7, whom_same=.3, whom_other=-.3, action_same=.5, family_same=.5, means_same=.2,
    means_other=-.2, objects_same=.5, objects_other=-.2, killed_same=.5, killed_same_many=1, killed_close=.2, killed_other=-.8, injured_same=.5,
    injured_same_many=1, injured_close=.2, injured_other=-.5, name_same=1,
    one_spot=.5, both_lead=.3, none_leads=-.3, one_late=-.3, both_late=-.5,
    rare_word=.5, rare_words=.5, seldom_words=.5, one_old=-.5, two_towns=-.5, many_places=-.5)

def lines(*command): return [json.loads(l) for l in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()]
def code(binary, docs, where):
    keep = ("id", "url", "outlet", "title", "published", "language", "text"); src = where / "documents.jsonl"
    src.write_text("".join(json.dumps({k: d[k] for k in keep if d.get(k)}, ensure_ascii=False) + "\n" for d in docs))
    out = where / "coded.jsonl"
    with out.open("w") as f: subprocess.run([binary, "code", str(src)], stdout=f, check=True)
    return out

def newton(x, y, w, prior, penalty):
    b, ridge = prior.copy(), penalty.copy()
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -30, 30)))
        step = np.linalg.solve((x * (w * p * (1 - p))[:, None]).T @ x + np.diag(ridge), x.T @ (w * (y - p)) - ridge * (b - prior))
        b += step
        if np.abs(step).max() < 1e-7: break
    return b

def fit(names, x, group, true, keep, penalty, rounds, stiff):
    """`group` numbers the pairs of documents; `true` tells of each whether it is one incident; `keep` which may be seen."""
    penalty = np.array([1e-3] + [stiff if n == "published_apart" else penalty for n in names])
    prior = np.array([-2.0] + [PRIOR.get(n, 0.0) for n in names]); b = prior.copy()
    rows = keep[group]
    xs, gs = x[rows], group[rows]; y = true[gs]
    # A pair of long documents has many pairs of events; together they weigh little more than one.
    n = np.bincount(gs, minlength=len(true))
    for _ in range(rounds):
        z = xs @ b; best = np.full(len(true), -np.inf); np.maximum.at(best, gs, z)
        chosen = np.where(y, z >= best[gs] - 1e-12, True)
        w = np.where(y, 1.0, n[gs] ** -0.7)
        b = newton(xs[chosen], y[chosen].astype(float), w[chosen], prior, penalty)
    return b

def f1(tp, fp, fn): return tp / max(1, tp + fp), tp / max(1, tp + fn), 2 * tp / max(1, 2 * tp + fp + fn)

def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--bin", default=str(ROOT / "target/quick/examples/code")); p.add_argument("--pairs", default=str(ROOT / "target/quick/examples/pairs"))
    p.add_argument("--data", default=str(ROOT / "../shared/eval")); p.add_argument("--penalty", type=float, default=4.0); p.add_argument("--rounds", type=int, default=6)
    p.add_argument("--stiff", type=float, default=300.0, help="penalty of the weight of publication days")
    p.add_argument("--precision", type=float, default=.855); p.add_argument("--dry", action="store_true")
    p.add_argument("--threshold", type=float, choices=THRESHOLDS, help="this one instead of the best one")
    a = p.parse_args(); data = pathlib.Path(a.data) / "airwars"
    docs, incs = ([json.loads(l) for l in (data / f).open()] for f in ("documents.jsonl", "incidents.jsonl"))
    span = lambda d: datetime.date.fromisoformat(d["published"][:10]).toordinal() // SPAN
    fold = {d["id"]: int(hashlib.sha256(f"{span(d)}".encode()).hexdigest(), 16) % FOLDS for d in docs}
    truth = {tuple(sorted(q)) for g in incs for q in itertools.combinations(g["documents"], 2)}
    with tempfile.TemporaryDirectory() as where:
        coded = str(code(a.bin, docs, pathlib.Path(where)))
        names, *rows = lines(a.pairs, "features", coded)
        doc = lambda e: e.rsplit("#", 1)[0]
        key = [tuple(sorted((doc(e), doc(f)))) for e, f, _ in rows]
        number = {k: n for n, k in enumerate(sorted(set(key)))}; pairs = sorted(number)
        group = np.array([number[k] for k in key]); true = np.array([k in truth for k in pairs])
        x = np.hstack([np.ones((len(rows), 1)), np.array([r[2] for r in rows])])
        folds = np.array([[fold[d] for d in k] for k in pairs])
        print(f"{len(rows)} pairs of events in {len(pairs)} pairs of documents, {true.sum()} of {len(truth)} true ones reachable")
        def linked(b, thresholds):
            out = {t: set() for t in thresholds}
            for t, d in lines(a.pairs, "link", coded, ",".join(map(str, thresholds)), *(f"{v:.4f}" for v in b)):
                out[t] |= set(itertools.combinations(sorted(set(d)), 2))
            return out
        total = collections.defaultdict(lambda: np.zeros(3))
        for k in range(FOLDS):
            b = fit(names, x, group, true, (folds != k).all(1), a.penalty, a.rounds, a.stiff)
            inside = lambda q: k in (fold[q[0]], fold[q[1]])
            want = {q for q in truth if inside(q)}
            for t, got in linked(b, THRESHOLDS).items():
                got = {q for q in got if inside(q)}
                # A wrong pair of two folds is met twice.
                wrong = sum(1 if fold[q[0]] == fold[q[1]] else .5 for q in got - want)
                total[t] += [len(got & want), wrong, len(want - got)]
        table = {t: f1(*total[t]) for t in THRESHOLDS}
        b = fit(names, x, group, true, np.ones(len(pairs), bool), a.penalty, a.rounds, a.stiff)
        own = {t: f1(len(got & truth), len(got - truth), len(truth - got)) for t, got in linked(b, THRESHOLDS).items()}
        tell = lambda figures: "p {:.3f} r {:.3f} f1 {:.3f}".format(*figures)
        for t in THRESHOLDS: print(f"threshold {t:+.2f}: cross-validated {tell(table[t])}; fitted on all {tell(own[t])}")
        good = [t for t in THRESHOLDS if own[t][0] >= a.precision] or THRESHOLDS[-1:]
        threshold = a.threshold if a.threshold is not None else max(good, key=lambda t: table[t][2])
    print(f"threshold {threshold:+.2f}")
    for n, v, c in zip(names, b[1:], (x[:, 1:] != 0).sum(0)): print(f"  {n:18} {v:6.2f}  {c}")
    if a.dry: return
    table_rs = "\n".join(f'    ("{n}", {v:.4f}),' for n, v in zip(names, b[1:]))
    pr, re, f = table[threshold]
    OUT.write_text(f"""//! Weights of the linking model, fitted by `tools/fit_incidents.py`; do not edit by hand.
//!
//! Five-fold cross-validated by spans of days on the development data, pairs of documents after grouping:
//! precision {pr:.3f}, recall {re:.3f}, F1 {f:.3f}.

/// Groups are merged while the mean log-odds of their pairs are at least this.
pub(crate) const THRESHOLD: f64 = {threshold:.2f};
/// The model's constant.
pub(crate) const BIAS: f64 = {b[0]:.4f};
/// The weight of every feature; one that is not here weighs nothing.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
{table_rs}
];
""")

if __name__ == "__main__": main()
