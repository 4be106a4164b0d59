"""Texts for benchmarks: the example reports, repeated with other days and numbers, so that no two are the same."""

import json
import random
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "articles.jsonl"


def documents(count):
    """So many documents, always the same ones."""
    chance = random.Random(7)
    examples = [json.loads(line) for line in EXAMPLES.read_text("utf-8").splitlines()]
    for number in range(count):
        example = examples[number % len(examples)]
        text = example["text"]
        sentences = text.split("\n")
        # Another report's last paragraph behind it, and another day.
        sentences.append(chance.choice(examples)["text"].split("\n")[-1])
        day = f"{chance.randint(2015, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield {**example, "id": f"{number}", "text": "\n".join(sentences), "published": day}


def write(path, count):
    """The same as JSON Lines; gives the number of bytes."""
    with open(path, "w", encoding="utf-8") as file:
        for document in documents(count):
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
    return path.stat().st_size
