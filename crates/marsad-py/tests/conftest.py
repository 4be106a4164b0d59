"""The example reports of the repository, and the command line where one was built."""

import json
import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples" / "articles.jsonl"


@pytest.fixture(scope="session")
def documents():
    return [json.loads(line) for line in EXAMPLES.read_text("utf-8").splitlines()]


@pytest.fixture(scope="session")
def examples():
    return EXAMPLES


@pytest.fixture(scope="session")
def marsad_program():
    """The command line: MARSAD, or what the Makefile builds."""
    built = os.environ.get("MARSAD") or shutil.which("marsad") or ROOT / "target" / "release" / "marsad"
    if not Path(built).is_file():
        pytest.skip(f"{built} is not built; make build")
    return str(Path(built).resolve())
