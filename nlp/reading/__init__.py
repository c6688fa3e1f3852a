"""Bytes of a file -> Article: decoding, plain text, HTML, Markdown with front matter; content decides, not the suffix."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nlp.article import Article
from nlp.reading import html, markdown, plain
from nlp.reading.about import iso_date, source_of, title_of
from nlp.reading.decoding import ReadingError, decode
from nlp.reading.outline import Block, outline

LARGEST = 64_000_000  # bytes
__all__ = ["LARGEST", "ReadingError", "read_bytes", "read_file", "read_text"]


def read_file(path: Path | str) -> Article:
    """Read one file, or standard input for `-`. Raises ReadingError."""
    if str(path) == "-":
        return read_bytes(sys.stdin.buffer.read(LARGEST + 1), "stdin")
    path = Path(path)
    try:
        if path.is_dir():
            raise ReadingError(f"{path}: is a folder; give the files in it")
        if path.stat().st_size > LARGEST:
            raise ReadingError(f"{path}: larger than {LARGEST // 10**6} MB; split it into articles")
        return read_bytes(path.read_bytes(), path.name, shown=str(path))
    except OSError as error:
        raise ReadingError(f"{path}: cannot be read ({error.strerror or error}); check name and permissions") from None


def read_bytes(data: bytes, name: str, *, shown: str | None = None) -> Article:
    """Read the bytes of a file called `name` (the article's id); `shown` names it in errors. Raises ReadingError."""
    shown = shown or name
    if len(data) > LARGEST:
        raise ReadingError(f"{shown}: larger than {LARGEST // 10**6} MB; split it into articles")
    return read_text(decode(data, shown), name, shown=shown)


def read_text(text: str, name: str | None = None, *, shown: str | None = None, about: Mapping[str, Any] | None = None) -> Article:
    """Read decoded text; without a name the id is its digest. `about` may give title, published, source, url."""
    name = name or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    header, body = markdown.split_front_matter(text)
    try:
        blocks, page = _blocks(body)
    except html.TreeError as error:
        raise ReadingError(f"{shown or name}: the page has {error}; save its article alone") from None
    clean_text, paragraphs = outline(blocks)
    if not paragraphs:
        raise ReadingError(f"{shown or name}: no text found in the page; save the article's text and try again")
    given = {**page, **_of(header), **{k: v for k, v in (about or {}).items() if v}}
    lines = [clean_text[p.start : p.end] for p in paragraphs]
    return Article(
        id=name,
        text=clean_text,
        paragraphs=paragraphs,
        title=given.get("title") or title_of(paragraphs, lines),
        published=iso_date(given.get("published")) or iso_date("\n".join(lines), anywhere=True),
        source=given.get("source") or source_of(lines),
        url=given.get("url"),
    )


def _blocks(body: str) -> tuple[list[Block], dict[str, str]]:
    """The blocks of a body and what its meta tags say."""
    is_markdown = markdown.is_markdown(body)
    if not is_markdown and not markdown.is_html(body):
        return plain.blocks(body), {}
    page = markdown.to_html(body) if is_markdown else body
    root = html.parse(page)
    if root is None:
        return [], {}
    about = html.about(root)
    return html.blocks(root, page, whole=is_markdown), about


def _of(header: Mapping[str, Any]) -> dict[str, Any]:
    """Title, date, source and url from front matter, under the names that posts use."""
    names = {
        "title": ("title",),
        "published": ("published", "date", "pubdate"),
        "source": ("source", "author", "publisher"),
        "url": ("url", "link", "permalink"),
    }
    found = {key: next((header[n] for n in options if header.get(n)), None) for key, options in names.items()}
    return {key: value if key == "published" else str(value) for key, value in found.items() if value}
