"""The article: clean text that never changes after reading, and its paragraphs as offsets into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["body", "heading", "caption", "meta"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Half-open code-point offsets into the article's text, what it is, and the headings it stands under."""

    start: int
    end: int
    kind: Kind = "body"
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A document as read: `paragraphs` are in order, do not overlap and lie inside `text`.

    `published` is an ISO date (YYYY-MM-DD) or None.
    """

    id: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        last = 0
        for paragraph in self.paragraphs:
            if not last <= paragraph.start <= paragraph.end <= len(self.text):
                raise ValueError(f"{self.id}: paragraph {paragraph.start}-{paragraph.end} is out of order or range")
            last = paragraph.end

    def slice(self, part: Paragraph) -> str:
        """The characters of one paragraph."""
        return self.text[part.start : part.end]
