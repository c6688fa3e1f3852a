"""What several tests share: the shipped tagger, loaded once, and where the shared material lies when it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp import model
from nlp.pipeline import Tagger

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
EXAMPLE = ROOT / "corpus" / "examples" / "circular.html"


def needs_shared(path: str) -> pytest.MarkDecorator:
    """Skip where the material outside the repository is absent."""
    return pytest.mark.skipif(not (SHARED / path).exists(), reason=f"shared/{path} is not here")


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    return Tagger.load(model.DEFAULT)
