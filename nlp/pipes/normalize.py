"""Give every count and percentage its normalised fields, as a plain dict in `span._.fields`."""

from __future__ import annotations

import re
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.values import Clause, count_fields, percent_fields

_SENTENCE_END = re.compile(r"[。；;！？!?\n]")


@Language.component("normalize", assigns=["span._.fields"], requires=["doc.ents"])
def normalize(doc: Doc) -> Doc:
    """Read each quantity in its sentence; percentages of one sentence share basis and direction as the text has it."""
    text = doc.text
    edges = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]
    at = 0
    previous: list[tuple[int, int, dict[str, Any]]] = []
    for ent in doc.ents:
        while edges[at + 1] <= ent.start_char and at + 2 < len(edges):
            at += 1
            previous = []
        clause = Clause(text, ent.start_char, ent.end_char, edges[at], edges[at + 1])
        if ent.label_ == "COUNT":
            ent._.fields = count_fields(clause)
        elif ent.label_ == "PERCENT":
            ent._.fields = percent_fields(clause, previous)
            previous.append((ent.start_char, ent.end_char, ent._.fields))
    return doc


def fields(span: Span) -> dict[str, Any]:
    """The normalised fields of an entity's span; empty where no component set any."""
    return dict(span._.fields or {})


if not Span.has_extension("fields"):
    Span.set_extension("fields", default=None)
