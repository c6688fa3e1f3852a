"""One article a line: records, or the short gold form {"id", "text", "spans": [{"start", "end", "label"}], "label"}."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from nlp.reading.outline import Block, outline
from nlp.tagged import RecordError, TaggedArticle


def write(articles: Iterable[TaggedArticle], stream: TextIO) -> None:
    """Write records, one a line."""
    for tagged in articles:
        json.dump(tagged.to_record(), stream, ensure_ascii=False, separators=(",", ":"))
        stream.write("\n")


def read(stream: TextIO) -> Iterator[TaggedArticle]:
    """Read records or short gold lines, mixed as they come. Raises RecordError with the line's number."""
    for number, line in enumerate(stream, 1):
        if line.strip():
            try:
                yield _read_line(json.loads(line))
            except ValueError as error:
                raise RecordError(f"line {number}: {error}") from None


def _read_line(record: Any) -> TaggedArticle:
    if isinstance(record, dict) and "spans" in record:
        return _read_short(record)
    return TaggedArticle.from_record(record)


def _read_short(record: dict[str, Any]) -> TaggedArticle:
    """One paragraph of gold; its kind is what the reader makes of a line that stands alone."""
    text = record["text"]
    if not isinstance(text, str) or not text.strip():
        raise RecordError("no text")
    _, (paragraph,) = outline([Block(text)])
    record_paragraph = {"start": 0, "end": len(text), "kind": paragraph.kind, "label": record.get("label")}
    entities = [dict(span) for span in sorted(record["spans"], key=lambda span: span["start"])]
    return TaggedArticle.from_record({"id": str(record.get("id", "")), "text": text, "paragraphs": [record_paragraph], "entities": entities})
