"""Plain text -> blocks, one a line."""

from __future__ import annotations

import re

from nlp.reading.outline import Block

# Zero-width and soft characters, and control characters, that no reader sees; they would break names and numbers.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u2000-\u200a\u2028\u2029\u0085]+")


def clean(text: str) -> str:
    """One line without invisible characters; runs of white space become one space, full-width ones stay inside."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip(" \u3000")


def blocks(text: str) -> list[Block]:
    """The non-empty lines of a text."""
    return [Block(line) for line in (clean(raw) for raw in re.split(r"\r\n|[\n\r\u2028\u2029\x0c]", text)) if line]
