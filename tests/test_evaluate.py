"""The evaluation command: what it prints, and one sentence for gold that cannot be used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

GOLD = '{"id":"a","text":"工信部受理投诉3件，占5%。","spans":[{"start":0,"end":3,"label":"AGENCY"},{"start":7,"end":9,"label":"COUNT"},{"start":11,"end":13,"label":"PERCENT"}],"label":"complaint_statistics"}\n'


def _run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "nlp.evaluate", *args], capture_output=True, text=True, cwd=ROOT, check=False)


def test_report(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(GOLD, encoding="utf-8")
    done = _run(str(gold), "--errors")
    assert (done.returncode, done.stderr) == (0, "")
    for word in ("precision", "all (micro)", "confusion", "boundary ceiling 1.0000", "calibration"):
        assert word in done.stdout


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("none.jsonl", None, "none.jsonl"),
        ("empty.jsonl", "", "no annotated text"),
        ("broken.jsonl", GOLD + '{"id": "b", "text": ', "line 2"),
        ("other.jsonl", '{"a": 1}\n', "line 1"),
        ("binary.jsonl", "\x00\x01\x02", "line 1"),
    ],
)
def test_unusable_gold(tmp_path: Path, name: str, content: str | None, reason: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    done = _run(str(path))
    assert done.returncode == 1
    assert name in done.stderr
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_check_command_lists_faults(tmp_path: Path) -> None:
    (tmp_path / "a-001.txt").write_text("---\ntitle: x\n---\npolicy: {C:约3件}，另有5件\nenforcement 没有冒号\n", encoding="utf-8")
    (tmp_path / "a-002.txt").write_text("---\ntitle: x\n---\npolicy: {C:约3件}，另有5件\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "nlp.check", str(tmp_path)], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert "a-001:5" in done.stdout
    assert "approximator" in done.stdout
    assert "“5件”: a number with a classifier that is not marked" in done.stdout
