"""The gate on quality: the shipped model's scores on gold that is named by its digest.

A floor is lowered only on purpose, in this repository's history. When gold changes its digest changes, and the floors are measured anew:
`python -m nlp.evaluate` prints the scores.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from nlp.evaluate import evaluate, read_gold
from nlp.gold import read_corpus, split_of
from nlp.tagged import TaggedArticle
from tests.conftest import ROOT, SHARED

FLOORS: dict[str, Any] = json.loads((ROOT / "tests" / "cases" / "floors.json").read_text(encoding="utf-8"))


def _files(name: str) -> list[Path]:
    if name == "corpus test part":
        return [f for f in sorted((ROOT / "corpus" / "gold").glob("*.txt")) if split_of(f.stem) == "test"]
    return [SHARED / part for part in name.removeprefix("shared: ").split(" + ")]


def _gold(name: str) -> list[TaggedArticle]:
    return read_corpus(ROOT / "corpus" / "gold", "test") if name == "corpus test part" else read_gold(_files(name))


def digest(files: list[Path]) -> str:
    """SHA-256 (16 hex digits) over the bytes of the gold."""
    return hashlib.sha256(b"\0".join(f.read_bytes() for f in files)).hexdigest()[:16]


@pytest.mark.parametrize("name", FLOORS)
def test_floors(name: str) -> None:
    files = _files(name)
    if name.startswith("shared") and not all(f.exists() for f in files):
        pytest.skip("the shared gold is not here")
    assert digest(files) == FLOORS[name]["digest"], "the gold has changed: measure its floors anew"
    _, scores, ceiling = evaluate(_gold(name))
    figures = {**scores.summary(), "boundary_ceiling": round(ceiling, 4), "calibration": round(1 - scores.calibration_error, 4)}
    below = {key: (figures[key], floor) for key, floor in FLOORS[name]["floors"].items() if figures[key] < floor}
    assert below == {}
