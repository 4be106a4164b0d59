"""Reports that people coded by the codebook: those of `../shared/eval/slots`, and those of `tools/coded/*.jsonl` and `tools/written/*.jsonl`.

A line of `tools/coded/` codes one report of the development data that has no codes there. It holds no words of the report, only where they
stand: `trigger` and the `text` of places are `[start, end)` in code points, so the file is of use only beside the texts. Every report was read
once, by one coder, after the codebook. Those of `tools/written/*.jsonl` are invented, in the manner of newspapers, and coded by who wrote them: they tell
of countries and years that the development data does not have."""
import json, pathlib

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
