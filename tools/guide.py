#!/usr/bin/env python3
"""What an instrumented wheel is run over, so that the compiler learns which turns are taken (tools/guided.sh).

The invented reports of the repository, and nothing else: the examples with variations, and those that were written to fit the models.
On one thread, so that nothing is counted wrongly.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench"))

import corpus  # noqa: E402
import marsad  # noqa: E402

#: The examples are dense: of what else there is, more is needed.
TIMES = 5


def main():
    written = [json.loads(line) for file in sorted((ROOT / "tools" / "written").glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    examples = list(corpus.documents(400))
    reports = [{name: report.get(name) for name in ("text", "title", "outlet", "published")} for report in [*examples, *written * TIMES]]
    table = marsad.code_many([{"id": str(number), **report} for number, report in enumerate(reports)], threads=1)
    print(f"{table.num_rows} reports coded, {len(marsad.link(table, threads=1))} incidents")


if __name__ == "__main__":
    main()
