"""Bytes -> text. One gate, strict before guess: BOM, UTF-8, declared charset, GB18030, and only then a guess.

charset-normalizer takes short GB18030 text for UTF-16, so it comes last.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<(?:meta\b[^>]{0,200}?\bcharset\s*=\s*["']?|\?xml\b[^>]{0,100}?\bencoding\s*=\s*["'])([A-Za-z0-9_:.-]{2,40})""", re.I)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "hz", "utf8": "utf-8"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


class ReadingError(ValueError):
    """A file that cannot be read as an article: one sentence that names it and the remedy."""


def decode(data: bytes, name: str) -> str:
    """The text of a file. Raises ReadingError for an empty, binary or undecodable one."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise ReadingError(f"{name}: the file is empty; give a text, HTML or Markdown file with an article in it")
    text = _decoded(data)
    if text is None or _is_binary(text):
        raise ReadingError(f"{name}: not a text file in a known encoding; save it as UTF-8 text, HTML or Markdown")
    return text


def _decoded(data: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding)
    if b"\x00" in data[:4096]:
        return None
    declared = _DECLARED.search(data[:4096])
    names = ["utf-8", *([_codec(declared.group(1).decode("ascii"))] if declared else []), "gb18030"]
    for encoding in names:
        text = _strict(data, encoding)
        if text is not None:
            return text
    return _guessed(data)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _codec(name: str) -> str:
    return _WIDER.get(name.lower(), name.lower())


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    return _strict(data, best.encoding) if best else None


def _is_binary(text: str) -> bool:
    """More than one control or replacement character in two hundred is no text that a person wrote."""
    sample = text[:100_000]
    return (len(_CONTROL.findall(sample)) + sample.count("�")) * 200 > len(sample)
