"""Link agencies and regulations to the lexicon's entries, at the date of the document.

A name introduced in the document (以下简称“…”) stands for what it abbreviates; a name that is not in the lexicon stays
unlinked rather than wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from nlp.lexicon import Agency, Lexicon, Regulation
from nlp.pipes.segment import Segmenter

_SHORT = re.compile(r"[（(](?:以下|下)?(?:统|通)?简?称(?:为)?[：:]?[“‘《「]?([^”’》」）)]{1,20})[”’》」]?[）)]")
_KINDS = ("条例", "办法", "规定", "细则", "通知", "通告", "公告", "意见", "方案", "规划", "决定", "标准", "法", "令")
_VERSION = re.compile(r"[（(〔][^（）()〔〕]*[）)〕]$")
_NUMBER = re.compile(r"(?:〔|［|\[|（|\(|【|令|第|GB|[A-Z]{2})")


@Language.factory("link", assigns=["span._.fields"], requires=["doc.ents"])
def make_link(nlp: Language, name: str) -> Link:
    """Uses the lexicon of the pipeline's own tokenizer."""
    return Link(nlp)


class Link:
    """Sets `id` and `name` of agencies, and `id`, `title`, `kind` and `number` of regulations, in `span._.fields`."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._built_from: Lexicon | None = None

    def __call__(self, doc: Doc) -> Doc:
        self._build()
        date = doc.user_data.get("published") or ""
        spoken = _introduced(doc)
        for ent in doc.ents:
            if ent.label_ == "AGENCY":
                ent._.fields = self._agency(spoken.get(ent.text, ent.text), date)
            elif ent.label_ == "REGULATION":
                ent._.fields = self._regulation(ent.text, spoken.get(ent.text.strip("《》"), ""), date)
        return doc

    def _build(self) -> None:
        tokenizer = self._nlp.tokenizer
        lexicon = tokenizer.lexicon if isinstance(tokenizer, Segmenter) else Lexicon()
        if lexicon is not self._built_from:
            self._built_from = lexicon
            self._agencies = _index((a, (a.name, *a.aliases.split("|"))) for a in lexicon.agencies)
            self._regulations = _index((r, (r.title, *r.short.split("|"), r.number)) for r in lexicon.regulations)

    def _agency(self, surface: str, date: str) -> dict[str, Any]:
        entry = _at(self._agencies.get(re.sub(r"\s", "", surface), ()), date)
        return {"id": entry.id, "name": entry.name} if isinstance(entry, Agency) else {"id": None, "name": None}

    def _regulation(self, surface: str, full: str, date: str) -> dict[str, Any]:
        title = (full or surface).strip("《》")
        entries = self._regulations.get(title) or self._regulations.get(_VERSION.sub("", title), ())
        entry = _at(entries, date)
        if isinstance(entry, Regulation):
            return {"id": entry.id, "title": entry.title, "kind": entry.kind, "number": entry.number or None}
        if surface.startswith("《") or not _NUMBER.search(surface):
            return {"id": None, "title": title, "kind": _kind(title), "number": None}
        return {"id": None, "title": None, "kind": None, "number": surface}


def _index(entries: Iterable[tuple[Any, tuple[str, ...]]]) -> dict[str, tuple[Any, ...]]:
    index: dict[str, tuple[Any, ...]] = {}
    for entry, names in entries:
        for name in names:
            if name and entry not in index.get(name, ()):
                index[name] = (*index.get(name, ()), entry)
    return index


def _at(entries: tuple[Any, ...], date: str) -> Any:
    """The entry that lived at `date`; without a date the only one, or the latest. None when no entry lived then."""
    alive = [e for e in entries if not date or ((e.since or "") <= date and (not e.until or date[: len(e.until)] <= e.until))]
    return max(alive, key=lambda e: e.since or "", default=None)


def _kind(title: str) -> str | None:
    """The kind of instrument that the title itself names, in its own word."""
    return next((kind for kind in _KINDS if _VERSION.sub("", title).endswith(kind)), None)


def _introduced(doc: Doc) -> dict[str, str]:
    """Short names that the document introduces after an entity: {short: full surface}."""
    spoken: dict[str, str] = {}
    text = doc.text
    for ent in doc.ents:
        match = _SHORT.match(text, ent.end_char) if ent.label_ in ("AGENCY", "REGULATION") else None
        if match:
            spoken.setdefault(match.group(1), ent.text.strip("《》"))
    return spoken
