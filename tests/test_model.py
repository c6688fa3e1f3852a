"""Model folders: only what belongs in one is loaded, and only as it was written."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nlp import model
from nlp.model import ModelError

SHIPPED = model.DEFAULT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


class _Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (exec, ("open('exploded','w')",))


@pytest.mark.parametrize("place", ["tokenizer/pkuseg_model/features.pkl", "ner/model.pkl", "classify/model.joblib", "config.py"])
def test_planted_code_is_refused_before_loading(copy: Path, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (copy / place).parent.mkdir(exist_ok=True)
    (copy / place).write_bytes(pickle.dumps(_Bomb()))
    with pytest.raises(ModelError, match=place.split("/")[-1]):
        model.load(copy)
    assert not (tmp_path / "exploded").exists()


def test_changed_file_is_refused(copy: Path) -> None:
    file = copy / "tokenizer" / "lexicon" / "units.tsv"
    file.write_text(file.read_text(encoding="utf-8") + "x\tcount\t\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"units\.tsv"):
        model.load(copy)


def test_missing_file_and_foreign_folder(copy: Path, tmp_path: Path) -> None:
    (copy / "ner" / "model").unlink()
    with pytest.raises(ModelError, match="ner/model"):
        model.load(copy)
    with pytest.raises(ModelError, match=r"manifest\.json"):
        model.load(tmp_path)


def test_broken_manifest(copy: Path) -> None:
    (copy / model.MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read"):
        model.load(copy)


def test_shipped_model_is_small_and_says_what_it_is() -> None:
    assert sum(f.stat().st_size for f in SHIPPED.rglob("*") if f.is_file()) <= 15_000_000
    meta = json.loads((SHIPPED / "meta.json").read_text(encoding="utf-8"))
    assert {"dev", "test"} <= set(meta["performance"])
    assert {"digest", "lexicon"} <= set(meta["corpus"])
    assert "spacy" in meta["versions"]
    text = (SHIPPED / "config.cfg").read_text(encoding="utf-8")
    assert "/tmp" not in text


def test_loads_with_plain_spacy_in_a_fresh_process() -> None:
    code = (
        "import sys, spacy; nlp = spacy.load(sys.argv[1]); doc = nlp('工信部受理投诉29052件，环比下降12.8%。\\n请注意防范。');"
        "print([(e.text, e.label_) for e in doc.ents], len(doc.spans['paragraphs']), doc.ents[1]._.fields['value'])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(SHIPPED)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[('工信部', 'AGENCY'), ('29052件', 'COUNT'), ('12.8%', 'PERCENT')] 2 29052"
