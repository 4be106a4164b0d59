#!/usr/bin/env python3
"""Fit the confidence model on the development data and write crates/marsad-coder/src/weights.rs.

usage: tools/fit_confidence.py [--bin target/quick/examples/code] [--data ../shared/eval] [--keep P] [--products]

Every event that the coder drafts is one example: right when a coder wrote it down too. In `slots` that is alignment by the scorer;
in `oeda` the panel's unanimous yes or no; in `everyday` nothing violent is right; in `codebook/` the pages say what is. A logistic model with L2 penalty over the
features of `features::features` and the frame that opens it, by Newton's method; scope by a multinomial one whose penalty draws the weights to `PRIORS`, what a reader would
expect, since few examples say it; figures are of five-fold cross-validation by document. `--products` also lists
the pairs of features whose product would help most (score test on the cross-validated residuals), for `TOGETHER` in `features.rs`. Python's standard library and numpy."""
import argparse, collections, hashlib, itertools, json, pathlib, re, subprocess, sys, tempfile
import numpy as np
import coded

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "crates/marsad-coder/src/weights.rs"

# By how much an incident must be likelier than the other scopes, as in `features::learned_scope`.
LEAN = 1.25
SCOPES = ("aggregate", "background")

# What the words and the slots of an event say of its scope, as a reader would weigh it.
PRIORS = {
    "aggregate": dict(aggregate=1.0, habit=1.0, habit_now=.5, many=1.0, series=.8, plural_at_large=.8, plural=.5, present_at_large=.8, escalation=.5, escalation_undated=.5, row=.6, since=1.0,
        long=.7, total_word=.7, rising=.4, generic=.3, wide_place=.4, bare=.5, exact_place=-.6, exact_toll=-.4, on_lead_day=-.7, recent_day=-.5,
        weapon=-.4, object=-.4, first_sentence=-.4, speech=.3, idle_undated=.4, month_or_year=.3),
    "background": dict(background=1.0, old=1.0, very_old=.8, month_or_year=.7, before_lead=.4, before_lead_late=.5, outdated=.5, range_ended=.5, had_done=1.0,
        recall=.4, earlier_word=.5, background_word=.4, past_background=.4, after_clause=.6, before_word=1.5, span_after=1.2, time_first=.8, control_after=.8, deal=.5, memory=.8, condemn=.4, reaction=.6,
        wide_place=.4, first_sentence=-1.0, headline=-.5, recent_day=-.7, on_lead_day=-.7, perpetrator=-.3, idle=.3, toll_only=.2),
}

def table(weights):
    rows = "\n".join(f'    ("{n}", {w:.4f}),' for n, w in sorted(weights))
    return f"&[\n{rows}\n]" if weights else "&[]"

# A frame that opens fewer drafts has no weight of its own; the others are held near 0 by this penalty.
FRAMES, HOLD = 8, 8.0

def write(weights, frames, bias, keep, note, scopes={}):
    more = ""
    for name, text in (("aggregate", "a total, series or habit"), ("background", "an earlier happening, retold")):
        w, b = scopes.get(name, ([], -9.0))
        more += f"/// The constant of the model that an event is {text}.\npub(crate) const {name.upper()}_BIAS: f64 = {b:.4f};\n/// Its weights.\npub(crate) const {name.upper()}: &[(&str, f64)] = {table(w)};\n"
    OUT.write_text(f"""//! Weights of the confidence model, fitted by `tools/fit_confidence.py`; do not edit by hand.
//!
{note}
/// Drafts below this confidence are not written down.
pub(crate) const KEEP: f64 = {keep};
/// The model's constant.
pub(crate) const BIAS: f64 = {bias:.4f};
/// The weight of every feature, in the order of names.
pub(crate) const WEIGHTS: &[(&str, f64)] = {table(weights)};
/// How much surer, or less sure, the frames that open drafts are, in the order of their ids.
pub(crate) const FRAMES: &[(&str, f64)] = {table(frames)};
{more}""")

def records(binary, docs):
    keep = ("id", "url", "outlet", "title", "published", "language", "text")
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as f:
        f.write("".join(json.dumps({k: d[k] for k in keep if d.get(k)}, ensure_ascii=False) + "\n" for d in docs)); f.flush()
        run = subprocess.run([binary, "features", f.name], capture_output=True, text=True, check=True)
    return {r["document"]["id"]: r for r in map(json.loads, run.stdout.splitlines())}

def examples(binary, data):
    sys.path.insert(0, str(data))
    import score
    out = []
    docs, gold = coded.reports(data)
    lone = set(gold) - set(coded.reports(data, more=False)[1])
    got = records(binary, docs)
    for d in docs:
        r, events = got[d["id"]], gold[d["id"]]
        right = {j: events[i]["scope"] for i, j in score.align(events, r["events"])}
        # Reports that two coders agreed on count four times: they are few, and of outlets that the others are not of.
        for j, f in enumerate(r["features"]): out.append((d["id"], f, j in right, 2.0 if d["id"] in lone else 8.0, "reports", right.get(j)))
    for name, yes in (("assault", score.ASSAULT), ("protest", {"protest", "riot"})):
        docs = score.read(data / f"oeda/{name}.jsonl"); got = records(binary, docs)
        for d in docs:
            if d["label"] == "difficult no": continue
            r = got[d["id"]]
            for e, f in zip(r["events"], r["features"]):
                if e["action"] in yes: out.append((d["id"], f, d["label"] == "yes", 1.0, name, None))
    out += codebook(binary)
    docs = score.read(data / "everyday.jsonl"); got = records(binary, docs)
    for d in docs:
        r = got[d["id"]]
        for e, f in zip(r["events"], r["features"]):
            if e["action"] in score.VIOLENT: out.append((d["id"], f, False, 16.0, "everyday", None))
    return out

def codebook(binary):
    """The project's own sentences: an event is right when its page expects the action."""
    docs, want = [], {}
    for page in sorted((ROOT / "codebook").glob("*.md")):
        for n, m in enumerate(re.finditer(r"```marsad published=(\S+)\n(.*?)\n---\n(.*?)\n```", page.read_text(), re.S)):
            i = f"codebook/{page.stem}/{n}"
            docs.append({"id": i, "published": m[1], "text": m[2]}); want[i] = {b.split()[0]: (b.split() + ["incident"])[1].split(":")[0] for b in m[3].split("\n\n")}
    got, out = records(binary, docs), []
    for d in docs:
        for e, f in zip(got[d["id"]]["events"], got[d["id"]]["features"]):
            out.append((d["id"], f, e["action"] in want[d["id"]], 2.0, "codebook", None))
    return out

def fit(X, y, w, frames, l2=2.0):
    """The weights; those of the last `frames` columns are of frames."""
    beta = np.zeros(X.shape[1])
    penalty = np.full(X.shape[1], l2); penalty[0] = 1e-6; penalty[X.shape[1] - frames:] = HOLD
    for _ in range(40):
        p = 1 / (1 + np.exp(-X @ beta))
        g = X.T @ (w * (y - p)) - penalty * beta
        H = (X * (w * p * (1 - p))[:, None]).T @ X + np.diag(penalty)
        step = np.linalg.solve(H, g); beta += step
        if np.abs(step).max() < 1e-7: break
    return beta

def fit_scopes(X, told, w, names, l2):
    """The weights of each scope beside an incident, and their constants."""
    d = X.shape[1]; prior = np.concatenate([[-1.0] + [PRIORS[s].get(n, 0.0) for n in names] for s in SCOPES]); beta = prior.copy()
    penalty = np.full(2 * d, l2); penalty[[0, d]] = 1e-6
    Y = np.stack([told == s for s in SCOPES], 1).astype(float)
    for _ in range(40):
        P = chances(X, beta)
        g = (X.T @ (w[:, None] * (Y - P))).T.ravel() - penalty * (beta - prior)
        H = np.block([[(X * (w * P[:, i] * ((i == j) - P[:, j]))[:, None]).T @ X for j in (0, 1)] for i in (0, 1)]) + np.diag(penalty)
        step = np.linalg.solve(H, g); beta += step
        if np.abs(step).max() < 1e-7: break
    return beta

def chances(X, beta):
    e = np.exp(np.stack([X @ b for b in np.split(beta, 2)], 1))
    return e / (1 + e.sum(1, keepdims=True))

def products(X, residual, weight, names, most=40):
    """Pairs of features by how much their product explains of what the model left, with how many examples have it."""
    out = []
    for a, b in itertools.combinations([i for i in range(1, X.shape[1]) if (X[:, i] != 0).sum() >= 50 and "*" not in names[i - 1]], 2):
        v = X[:, a] * X[:, b]
        if (v != 0).sum() >= 50: out.append(((residual @ v) ** 2 / (weight @ (v * v) + 2), names[a - 1], names[b - 1], int((v != 0).sum())))
    return sorted(out, reverse=True)[:most]

def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--bin", default=str(ROOT / "target/quick/examples/code")); a.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/eval")
    a.add_argument("--keep", type=float, default=0.42); a.add_argument("--products", action="store_true")
    o = a.parse_args()
    rows = examples(o.bin, o.data.resolve())
    names = sorted({n for _, f, *_ in rows for n in f if not n.startswith("frame:")})
    often = collections.Counter(n for _, f, *_ in rows for n in f if n.startswith("frame:")); frames = sorted(n for n, c in often.items() if c >= FRAMES)
    X = np.array([[1.0] + [f.get(n, 0.0) for n in names] for _, f, *_ in rows]); XF = np.hstack([X, np.array([[f.get(n, 0.0) for n in frames] for _, f, *_ in rows])]); y = np.array([float(r[2]) for r in rows]); w = np.array([r[3] for r in rows])
    fold = np.array([int(hashlib.sha256(r[0].encode()).hexdigest(), 16) % 5 for r in rows])
    p = np.zeros(len(y))
    for k in range(5):
        beta = fit(XF[fold != k], y[fold != k], w[fold != k], len(frames)); p[fold == k] = 1 / (1 + np.exp(-XF[fold == k] @ beta))
    if o.products:
        for row in products(X, w * (y - p), w * p * (1 - p), names): print("%.1f %s %s %d" % row)
    note = ["//! Five-fold cross-validated on the development data: confidence bin, examples, share right."]
    sets = np.array([r[4] for r in rows])
    for lo in np.arange(0, 1, .1):
        m = (p >= lo) & (p < lo + .1)
        if m.any(): note.append(f"//! {lo:.1f}-{lo+.1:.1f}  {m.sum():5d}  {y[m].mean():.2f}")
    print("\n".join(note))
    for s in sorted(set(sets)):
        m = sets == s; kept = m & (p >= o.keep)
        print(f"{s}: {m.sum()} drafts, right {int(y[m].sum())}; kept {kept.sum()}, of them right {int(y[kept].sum())}")
    told = np.array([r[5] or "" for r in rows]); m = told != ""
    votes = np.zeros((len(y), 2))
    for k in range(5):
        tr, te = m & (fold != k), m & (fold == k)
        votes[te] = chances(X[te], fit_scopes(X[tr], told[tr], w[tr] / 2, names, 4.0))
    scopes = {s: (list(zip(names, b[1:])), b[0]) for s, b in zip(SCOPES, np.split(fit_scopes(X[m], told[m], w[m] / 2, names, 4.0), 2))}
    def scope_at(lean): return np.where(1 - votes.sum(1) >= votes.max(1) * lean, "incident", np.where(votes[:, 0] >= votes[:, 1], "aggregate", "background"))
    for lean in (0.8, 1.0, 1.25, 1.5, 2.0):
        g = scope_at(lean)[m]; hit = ((g == "incident") & (told[m] == "incident")).sum()
        print(f"lean {lean}: right {(g == told[m]).mean():.3f}, incidents f1 {2 * hit / ((g == 'incident').sum() + (told[m] == 'incident').sum()):.3f}")
    guess = scope_at(LEAN)
    line = f"//! Scope, five-fold cross-validated: {(guess[m] == told[m]).mean():.3f} of {m.sum()} right."
    print(line); note.append(line)
    beta = fit(XF, y, w, len(frames))
    write(list(zip(names, beta[1:])), [(n.removeprefix("frame:"), b) for n, b in zip(frames, beta[1 + len(names):])], beta[0], o.keep, "\n".join(note) + "\n", scopes)
    for n, b in sorted(zip(names + frames, beta[1:]), key=lambda t: t[1]): print(f"  {b:+.2f} {n}")

if __name__ == "__main__":
    main()
