"""The trained pipeline on disk: which files it may hold, and the manifest that proves they are what was written.

`spacy.load` of a Chinese model folder runs a pickle if one lies where pkuseg's would; so nothing is loaded before
every file has been checked against a fixed list of names and the manifest's SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

MANIFEST = "manifest.json"
_ALLOWED = re.compile(
    r"config\.cfg|meta\.json|tokenizer/words\.npz|tokenizer/lexicon/[a-z]+\.tsv|vocab/(?:strings\.json|lookups\.bin|key2row|vectors|vectors\.cfg)"
    r"|ner/(?:cfg|model|moves)|resolve/precision\.json|classify/model\.skops"
)
_PACKAGE = Path(__file__).parent
DEFAULT = next((p for p in (_PACKAGE / "model", _PACKAGE.parent / "models" / "notices") if p.exists()), _PACKAGE.parent / "models" / "notices")


class ModelError(ValueError):
    """A model folder that cannot or must not be loaded; names it and the remedy."""


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of the model but the manifest, by path. Raises ModelError for a file that has no place in one."""
    found = {}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_symlink() or (file.is_file() and name != MANIFEST and not _ALLOWED.fullmatch(name)):
            raise ModelError(f"{folder}: refused, because a model holds no file like {name}; use a model that nlp.train wrote")
        if file.is_file() and name != MANIFEST:
            found[name] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def seal(folder: Path) -> str:
    """Write the manifest of a model folder; returns the model's digest."""
    files = digests(folder)
    (folder / MANIFEST).write_text(json.dumps({"files": files}, indent=1) + "\n", encoding="utf-8")
    return digest_of(files)


def digest_of(files: dict[str, str]) -> str:
    """One digest (16 hex digits) over the digests of all files."""
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]


def verify(folder: Path) -> str:
    """Check names and digests of all files and return the model's digest. Raises ModelError."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    except FileNotFoundError:
        raise ModelError(f"{folder}: not a model of this project (no {MANIFEST}); train one with python -m nlp.train configs/base.cfg") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise ModelError(f"{folder}: {MANIFEST} cannot be read; restore the model or train it again") from None
    files = digests(folder)
    for name in sorted({*files, *manifest}):
        if files.get(name) != manifest.get(name):
            raise ModelError(f"{folder}: {name} is missing or was changed after training; restore the model or train it again")
    return digest_of(files)


def load(folder: Path | None = None) -> tuple[Language, dict[str, str]]:
    """The verified pipeline and its {name, version, digest}. Raises ModelError."""
    folder = folder or DEFAULT
    digest = verify(folder)
    import spacy

    try:
        nlp = spacy.load(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = str(error).split("\n")[0]
        raise ModelError(f"{folder}: cannot be loaded ({reason}); train it again with this version") from error
    return nlp, {"name": nlp.meta["name"], "version": nlp.meta["version"], "digest": digest}
