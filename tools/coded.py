"""Reports that people coded by the codebook: those of `../shared/eval/slots`, and those of `tools/coded/*.jsonl` and `tools/written/*.jsonl`.

A line of `tools/coded/` codes one report of the development data that has no codes there. It holds no words of the report, only where they
stand: `trigger` and the `text` of places are `[start, end)` in code points, so the file is of use only beside the texts. Every report was read
once, by one coder, after the codebook. Those of `tools/written/*.jsonl` are invented, in the manner of newspapers, and coded by who wrote them: they tell
of countries and years that the development data does not have."""
import json, pathlib, re, subprocess, tempfile

TOOLS = pathlib.Path(__file__).resolve().parent

def reports(data, more=True):
    """Documents, and the events of each by its id."""
    read = lambda path: [json.loads(line) for line in open(path, encoding="utf-8")]
    docs, gold = read(data / "slots/documents.jsonl"), {r["id"]: r["events"] for r in read(data / "slots/gold.jsonl")}
    if more:
        texts = {d["id"]: d for d in read(data / "airwars/documents.jsonl")}
        for row in (r for path in sorted((TOOLS / "coded").glob("*.jsonl")) for r in read(path)):
            if row["id"] in texts and row["id"] not in gold:
                text = texts[row["id"]]["text"]
                docs.append(texts[row["id"]])
                gold[row["id"]] = [words(e, text) for e in row["events"]]
        for row in (r for path in sorted((TOOLS / "written").glob("*.jsonl")) for r in read(path)):
            docs.append(row)
            gold[row["id"]] = row["events"]
    return docs, gold

def words(event, text):
    """An event with the words that its spans stand for."""
    at = lambda span: text[slice(*span)] if span else ""
    return {**event, "trigger": at(event["trigger"]), "where": [{**w, "text": at(w["text"])} for w in event["where"]]}

def names(out):
    """The names of the weights in a file of the coder."""
    return re.findall(r'\("(\w+)", -?[\d.]+\)', out.read_text())

def write(out, weights):
    """Puts a constant and the weights behind it, in the order of names, into a file of the coder."""
    text = out.read_text()
    text = re.sub(r"BIAS: f64 = -?[\d.]+", f"BIAS: f64 = {weights[0]:.3f}", text)
    for n, w in zip(names(out), weights[1:]): text = re.sub(rf'\("{n}", -?[\d.]+\)', f'("{n}", {w:.3f})', text)
    out.write_text(text)

def rows(binary, what, docs):
    """What the example `code` says of documents: `code`, `features`, `pairs` or `chances`."""
    keep = ("id", "url", "outlet", "title", "published", "language", "text")
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as f:
        f.write("".join(json.dumps({k: d[k] for k in keep if d.get(k)}, ensure_ascii=False) + "\n" for d in docs)); f.flush()
        return [json.loads(l) for l in subprocess.run([binary, what, f.name], capture_output=True, text=True, check=True).stdout.splitlines()]
