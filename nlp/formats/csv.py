"""One row an entity, text cells safe for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any, TextIO

from nlp.tagged import TaggedArticle

_OWN = ("document", "paragraph", "paragraph_label", "start", "end", "label", "text", "score")
_FIELDS = ("value", "unit", "bound", "low", "high", "direction", "basis", "id", "name", "title", "kind", "number")


def write(articles: Iterable[TaggedArticle], stream: TextIO) -> None:
    """Write all entities of all articles as one table; `paragraph` counts from 1, offsets are code points."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow((*_OWN, *_FIELDS))
    for tagged in articles:
        for row in _rows(tagged):
            writer.writerow([safe(cell) for cell in row])


def safe(cell: Any) -> Any:
    """A text cell that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _rows(tagged: TaggedArticle) -> Iterable[list[Any]]:
    article = tagged.article
    for number, (paragraph, label) in enumerate(zip(article.paragraphs, tagged.labels, strict=True), 1):
        for e in tagged.entities_in(paragraph):
            own = [article.id, number, label.label, e.start, e.end, e.label, article.text[e.start : e.end], e.score]
            yield own + [e.fields.get(name) for name in _FIELDS]
