#!/usr/bin/env python3
"""Beside what a user would pick today: bench/peers.py [DOCUMENTS], 2,000 by default.

The same texts on the same machine, each reader as it is fastest there. Marsad does the whole coding (`marsad.code_many` of a table, on all
cores), the others a part of it:

- spaCy: `blank("ar")`, tokeniser, sentencizer and entity ruler, loaded with the names of actors of our language pack; in one process, and
  once with a process for each core, which for so light a pipeline mostly costs more than it brings;
- qalsadi: morphological analysis of every word, which names neither sentences nor actors. It is slow, so it gets fewer texts.

The texts are so many of the development texts, evenly taken, and the repository's own examples, of which every sentence tells of war; where
../shared is absent, the examples alone. What a reader takes, a list of strings or a table with outlets and days too, is made before its
time begins. The readers take turns, so that a machine that slows down slows all of them.

`make bench-python` installs the peers, which Marsad itself never needs (bench/peers/requirements.txt).
Ends with one line of name=value pairs: fastest_peer_ratio is Marsad's documents/s by those of the fastest of the others, over the
development texts or else the examples; examples_ratio is that over the examples, one_thread_ratio that of processor time on one thread.
"""

import json
import os
import sys
import time
import tomllib
from pathlib import Path

import corpus
import marsad
import pyarrow as pa
import pyarrow.compute as pc
import qalsadi.analex
import spacy

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "eval"
ROUNDS = 5
#: A round goes on for so long, so that the fast are not measured over the quietest moment of a busy machine.
SECONDS = 1.0
#: One of so many texts goes to the slow one.
FEWER = 20
CORES = os.process_cpu_count() if hasattr(os, "process_cpu_count") else len(os.sched_getaffinity(0))


def actor_names():
    for file in sorted((ROOT / "languages" / "ar" / "actors").glob("*.toml")):
        for actor in tomllib.loads(file.read_text("utf-8")).get("actor", []):
            for name in actor.get("names", []):
                yield actor["id"], name


def development_texts(count):
    """So many of the texts beside the repository, evenly taken; none where there are none."""
    lines = [line for file in sorted(SHARED.rglob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    documents = [document for document in map(json.loads, lines) if document.get("text")]
    return documents[:: max(1, len(documents) // count)][:count]


def texts_of(documents):
    return [document["text"] for document in documents]


def of_spacy(processes=1):
    nlp = spacy.blank("ar")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    names = list(actor_names())
    ruler.add_patterns([{"label": "ACTOR", "id": id, "pattern": name} for id, name in names])

    def work(texts):
        found = sum(len(read.ents) for read in nlp.pipe(texts, n_process=processes))
        return f"{found} names of {len(names)} found"

    return texts_of, work


def of_qalsadi():
    analyzer = qalsadi.analex.Analex()

    def work(texts):
        return f"{sum(len(analyzer.check_text(text)) for text in texts)} words analysed"

    return texts_of, work


def table_of(documents):
    columns = {name: pa.array([document.get(name) for document in documents], pa.string()) for name in ("text", "published", "outlet")}
    return pa.table({"id": pa.array(map(str, range(len(documents)))), **columns})


def of_marsad(threads=0):
    def work(table):
        return f"{pc.sum(pc.list_value_length(marsad.code_many(table, threads=threads)['events']))} events coded"

    return table_of, work


def race(documents, readers):
    """The best documents/s of each reader, by `clock`, and what it did; each is given (name, reader, documents, rounds, clock)."""
    speeds, told = {}, {}
    # What each takes, a list or a table, is at hand before it begins.
    readers = [(name, work, prepare(given), len(given), rounds, clock) for name, (prepare, work), given, rounds, clock in readers]
    for turn in range(ROUNDS):
        for name, work, given, number, rounds, clock in readers:
            if turn < rounds:
                began, done = clock(), 0
                while not done or clock() - began < SECONDS:
                    told[name] = work(given)
                    done += number
                speeds[name] = max(speeds.get(name, 0), done / (clock() - began))
    print(f"{len(documents)} texts of {sum(len(document['text']) for document in documents) / len(documents):.0f} characters, {CORES} cores")
    for name, _, _, number, rounds, clock in readers:
        by = "of processor time" if clock is time.process_time else "by the clock"
        print(f"  {name:28} {speeds[name]:10.1f} documents/s {by}, best of {rounds} rounds ({told[name]} in {number} texts)")
    return speeds


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    spacy_one, spacy_all, qalsadi_one = of_spacy(), of_spacy(CORES), of_qalsadi()
    marsad_all, marsad_one = of_marsad(), of_marsad(1)
    ratios = {}
    for name, documents in (("examples", list(corpus.documents(count))), ("development", development_texts(count))):
        if not documents:
            print(f"{SHARED} is not at hand: the examples alone")
            continue
        print(f"{name}:")
        wall, cpu = time.perf_counter, time.process_time
        speeds = race(
            documents,
            [
                ("marsad, all cores", marsad_all, documents, ROUNDS, wall),
                ("spaCy, one process", spacy_one, documents, ROUNDS, wall),
                ("spaCy, a process each core", spacy_all, documents, 1, wall),
                ("qalsadi", qalsadi_one, documents[: max(1, count // FEWER)], 1, wall),
                ("marsad, one thread", marsad_one, documents, ROUNDS, cpu),
                ("spaCy, one thread", spacy_one, documents, ROUNDS, cpu),
            ],
        )
        peers = [speed for reader, speed in speeds.items() if not reader.startswith("marsad") and reader != "spaCy, one thread"]
        ratios[name] = speeds["marsad, all cores"] / max(peers)
        one_thread = speeds["marsad, one thread"] / speeds["spaCy, one thread"]
    headline = ratios.get("development", ratios["examples"])
    print(f"fastest_peer_ratio={headline:.2f} examples_ratio={ratios['examples']:.2f} one_thread_ratio={one_thread:.2f}")


if __name__ == "__main__":
    main()
