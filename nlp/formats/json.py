"""One article as a JSON object, or several as an array: the record of DESIGN, indented for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from nlp.tagged import RecordError, TaggedArticle


def write(articles: Iterable[TaggedArticle], stream: TextIO) -> None:
    """Write one article as an object, any other number as an array."""
    records = [tagged.to_record() for tagged in articles]
    json.dump(records[0] if len(records) == 1 else records, stream, ensure_ascii=False, indent=1)
    stream.write("\n")


def read(stream: TextIO) -> Iterator[TaggedArticle]:
    """Read what `write` wrote. Raises RecordError."""
    try:
        data = json.load(stream)
    except ValueError as error:
        raise RecordError(f"not JSON: {error}") from None
    for record in data if isinstance(data, list) else [data]:
        yield TaggedArticle.from_record(record)
