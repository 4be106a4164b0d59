#!/usr/bin/env python3
"""Beside what a user would pick today: bench/peers.py [DOCUMENTS], 2,000 by default.

The same texts, the same machine, one thread, one process, by processor time; each gets the texts as a list of strings. Marsad does the whole
coding (`marsad.code_many`), the others a part of it:

- spaCy: `blank("ar")`, tokeniser, sentencizer and entity ruler, loaded with the names of actors of our language pack;
- qalsadi: morphological analysis of every word, which names neither sentences nor actors. It is slow, so it gets fewer texts.

`make bench-python` installs the peers, which Marsad itself never needs (bench/peers/requirements.txt).
Ends with one line of name=value pairs: fastest_peer_ratio is Marsad's documents/s by those of the fastest of the others.
"""

import sys
import time
import tomllib
from pathlib import Path

import corpus
import marsad
import pyarrow.compute as pc
import qalsadi.analex
import spacy

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
#: One of so many texts goes to the slow one.
FEWER = 20


def actor_names():
    for file in sorted((ROOT / "languages" / "ar" / "actors").glob("*.toml")):
        for actor in tomllib.loads(file.read_text("utf-8")).get("actor", []):
            for name in actor.get("names", []):
                yield actor["id"], name


def of_spacy():
    nlp = spacy.blank("ar")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    names = list(actor_names())
    ruler.add_patterns([{"label": "ACTOR", "id": id, "pattern": name} for id, name in names])

    def work(texts):
        found = sum(len(document.ents) for document in nlp.pipe(texts))
        return f"{found} names of {len(names)} found"

    return work


def of_qalsadi():
    analyzer = qalsadi.analex.Analex()

    def work(texts):
        return f"{sum(len(analyzer.check_text(text)) for text in texts)} words analysed"

    return work


def of_marsad():
    def work(texts):
        table = marsad.code_many(texts, threads=1)
        return f"{pc.sum(pc.list_value_length(table['events']))} events coded"

    return work


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    texts = [document["text"] for document in corpus.documents(count)]
    peers = [
        ("marsad", "the whole coding", of_marsad, texts),
        (f"spaCy {spacy.__version__}", "sentences and names of actors", of_spacy, texts),
        ("qalsadi", "morphology", of_qalsadi, texts[: max(1, count // FEWER)]),
    ]
    works = [(name, what, make(), given) for name, what, make, given in peers]
    speeds, told = {}, {}
    for _ in range(ROUNDS):
        for name, _, work, given in works:
            began = time.process_time()
            told[name] = work(given)
            speeds[name] = max(speeds.get(name, 0), len(given) / (time.process_time() - began))
    print(f"{count} texts of {sum(map(len, texts)) / count:.0f} characters, one thread, documents per second of processor time, best of {ROUNDS} rounds")
    for name, what, _, given in works:
        print(f"  {name:14} {speeds[name]:10.1f} documents/s   {what} ({told[name]} in {len(given)} texts)")
    fastest = max((speed, name) for name, speed in speeds.items() if name != "marsad")
    numbers = " ".join(f"{name.split()[0].lower()}={speed:.1f}" for name, speed in speeds.items())
    print(f"{numbers} fastest_peer_ratio={speeds['marsad'] / fastest[0]:.2f}")


if __name__ == "__main__":
    main()
