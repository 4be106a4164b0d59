#!/usr/bin/env python3
"""Fit the model that links the drafts of one document, and write crates/marsad-coder/src/link_weights.rs.

usage: tools/fit_link.py [--bin target/quick/examples/code] [--data ../shared/eval] [--dry]

Every draft of the development reports, and of those under tools/coded/, is given to the event of the coders that it is most like, by the scorer's own measure. A pair
of drafts of one event is a link, a pair of two events is none; drafts that are like no event say nothing. A logistic model by
Newton's method whose penalty draws the weights to `PRIOR`, what a reader would expect, since the labels are noisy where the scorer's
measure is blind; figures are of five-fold cross-validation by document. `--dry` prints them and writes nothing.
Python's standard library and numpy."""
import argparse, hashlib, json, pathlib, re, sys
import numpy as np
import coded

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "crates/marsad-coder/src/link_weights.rs"

PRIOR = dict(same=2.0, unsaid=1.6, family=.6, by_toll=.8, by_name=.8, same_day=.5, overlap=.3, shared=1.3, seat=.6, inside=.5, clash=-1.5,
    clash_back=-1.0, apart=-1.0, placeless=.4, who_same=.5, who_other=-1.2, whom_same=.3, whom_other=-.4, means_same=.3, means_other=-.6,
    things_same=.7, things_other=-.2, toll_one=1.0, toll_more=1.8, toll_other=-.8, toll_others=-1.8, by_toll_told=.3, by_name_told=.3, definite=.6, back=.5,
    this=.5, another=-1.2, also=-.4, opens=-.5, opens_same=-.5, acts=-.5, head=.4, headline=.6, headline_who=.4, headline_told=.3, headline_seat=.3,
    head_told=.2, head_who=.2, head_shared=.3, same_sentence=-.3, near=.3, far=-.4, toll_only_a=-.2, toll_only_b=-.2, told_by=.2,
    other_scope=-.4, within=.6, rare=.4, rare_more=.4, rare_many=.4, closest=.2, closest_definite=.3, few=.4, next=.2, next_told=.2, loosely_counted=.3,
    unsaid_back=1.0, name_back=.6, other_shared=.4, other_who=.3, who_shared=.4, acts_same=.3, definite_near=.3,
    same_word=.6, same_word_definite=.3, earlier_one=-1.0, outdated_one=-.5, lately=-.3, recalled_one=-.3, same_fire=-.5, seizure=.6, list=-.4, held=.4,
    pronoun=-.4, answers=-.5, alike=.3, alike_more=.3)

def present():
    text = OUT.read_text()
    return np.array([float(re.search(r"BIAS: f64 = (-?[\d.]+)", text)[1])] + [float(w) for w in re.findall(r'\("\w+", (-?[\d.]+)\)', text)])

def examples(binary, data):
    sys.path.insert(0, str(data))
    import score
    docs, gold = coded.reports(data)
    lone = set(gold) - set(coded.reports(data, more=False)[1])
    rows = coded.rows(binary, "pairs", docs)
    out, text = [], {d["id"]: d["text"] for d in docs}
    for r in rows:
        home, golds, words = {}, gold[r["document"]["id"]], text[r["document"]["id"]]
        for e in r["events"]:
            at = e["trigger"]["span"]
            # The words that a coder marked are the event; anything else must be like it, and not elsewhere.
            told = [k for k, g in enumerate(golds) if any(m.start() < at[1] and at[0] < m.end() for m in re.finditer(re.escape(g["trigger"]), words))]
            like = sorted(((score.likeness(g, e) + (9 if told == [k] else 0), -k) for k, g in enumerate(golds)), reverse=True)
            if like and like[0][0] >= 4: home[at[0]] = -like[0][1], [(s, -k) for s, k in like if s >= like[0][0] - .5]
        for a, b, x in r["pairs"]:
            if a in home and b in home:
                (g, near), (h, other) = home[a], home[b]
                both = {k for _, k in near} & {k for _, k in other}
                # Drafts that are as like the one as the other event say little.
                weight = 1.0 if g == h and len(near) == len(other) == 1 or not both else 0.4
                # Reports that two coders agreed on count four times.
                weight *= 1.0 if r["document"]["id"] in lone else 4.0
                out.append((r["document"]["id"], x, g == h, weight))
    return out

def fit(x, y, w, penalty):
    x = np.hstack([np.ones((len(x), 1)), x]); prior = np.array([-2.8] + [PRIOR.get(n, 0.0) for n in coded.names(OUT)]); b = prior.copy()
    ridge = np.full(x.shape[1], penalty); ridge[0] = 1e-6
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ b))
        step = np.linalg.solve((x * (w * p * (1 - p))[:, None]).T @ x + np.diag(ridge), x.T @ (w * (y - p)) - ridge * (b - prior))
        b += step
        if np.abs(step).max() < 1e-8: break
    return b

def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--bin", default=str(ROOT / "target/quick/examples/code")); p.add_argument("--data", default=str(ROOT / "../shared/eval"))
    p.add_argument("--penalty", type=float, default=8.0); p.add_argument("--shift", type=float, default=0.5, help="added to the constant")
    p.add_argument("--dry", action="store_true")
    a = p.parse_args(); rows = examples(a.bin, pathlib.Path(a.data))
    x, y, w = np.array([r[1] for r in rows]), np.array([float(r[2]) for r in rows]), np.array([r[3] for r in rows])
    fold = np.array([int(hashlib.sha256(r[0].encode()).hexdigest(), 16) % 5 for r in rows])
    z = np.zeros(len(y))
    for k in range(5):
        b = fit(x[fold != k], y[fold != k], w[fold != k], a.penalty); z[fold == k] = b[0] + x[fold == k] @ b[1:]
    old = present(); zo = old[0] + x @ old[1:]
    def f1(z, t):
        tp, fp, fn = ((z >= t) & (y > 0)).sum(), ((z >= t) & (y == 0)).sum(), ((z < t) & (y > 0)).sum()
        return f"p {tp / max(1, tp + fp):.3f} r {tp / max(1, tp + fn):.3f} f1 {2 * tp / max(1, 2 * tp + fp + fn):.3f}"
    print(f"{len(y)} pairs, {int(y.sum())} links; weights in the file: {f1(zo, 0)}")
    for t in (-1, -.5, 0, .5, 1): print(f"cross-validated at {t:+.1f}: {f1(z, t)}")
    b = fit(x, y, w, a.penalty); b[0] += a.shift
    print(f"all: {f1(b[0] + x @ b[1:], 0)}")
    for n, v, c in sorted(zip(coded.names(OUT), b[1:], x.sum(0)), key=lambda t: -abs(t[1])): print(f"  {n:16} {v:6.2f}  {int(c)}")
    if not a.dry: coded.write(OUT, b)

if __name__ == "__main__": main()
