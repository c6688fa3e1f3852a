"""The corpus's own form: front matter, then one paragraph a line, entities marked inline.

    ---
    title: 某某局关于……的通告
    published: 2019-05-08
    ---
    heading: 一、总体情况
    complaint_statistics: 全省{A:消协组织}受理投诉{C:1204件}，同比下降{P:12.8%}。

A line starts with a paragraph label or `null`, or with a kind (heading, caption, meta), or with both joined
by `+` (`heading+enforcement`). Inside, `{A:…}` is an AGENCY, `{R:…}` a REGULATION, `{C:…}` a COUNT, `{P:…}` a
PERCENT; a brace or backslash of the text itself is written with a backslash before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TextIO

from nlp.article import KINDS, Article, Kind, Paragraph
from nlp.reading.outline import Block, outline
from nlp.tagged import LABELS, Entity, EntityLabel, Label, ParagraphLabel, TaggedArticle

CODES: dict[str, EntityLabel] = {"A": "AGENCY", "R": "REGULATION", "C": "COUNT", "P": "PERCENT"}
_CODE_OF = {label: code for code, label in CODES.items()}
_LINE = re.compile(r"([a-z_]+)(?:\+([a-z_]+))?: ?(.*)", re.S)
_TOKEN = re.compile(r"\\(?P<escaped>[\\{}])|(?P<open>\{(?P<code>[^:{}\\]*):)|(?P<close>\})|(?P<bad>[{}\\])")


class MarkupError(ValueError):
    """A line of a corpus file that cannot be read; says file, line and what is wrong."""


def read(stream: TextIO, name: str) -> TaggedArticle:
    """Read one corpus file; `name` becomes the id and stands in error messages. Raises MarkupError."""
    import frontmatter
    import yaml

    content = stream.read()
    try:
        header, body = frontmatter.parse(content)
    except yaml.YAMLError as error:
        raise MarkupError(f"{name}: front matter is not YAML: {error}".replace("\n", " ")) from None
    first = content[: content.find(body)].count("\n") + 1 if body else 1
    blocks, labels, entities, position = [], [], [], 0
    for number, line in enumerate(body.split("\n"), first):
        if line.strip():
            kind, label, marked = _parse_line(line, f"{name}:{number}")
            plain, spans = parse_spans(marked, f"{name}:{number}", position)
            position += len(plain) + 1
            blocks.append(Block(plain, kind))
            labels.append(ParagraphLabel(label))
            entities.extend(spans)
    if not blocks:
        raise MarkupError(f"{name}: no paragraphs")
    text, paragraphs = outline(blocks)
    return TaggedArticle(Article(name, text, paragraphs, **_about(header)), tuple(labels), tuple(entities))


def write(tagged: TaggedArticle, stream: TextIO) -> None:
    """Write one article in the corpus's form; reading it gives the same text, kinds, labels and spans."""
    import yaml

    article = tagged.article
    header = {"title": article.title, "published": article.published, "source": article.source, "url": article.url}
    header = {key: value for key, value in header.items() if value is not None}
    stream.write("---\n" + (yaml.safe_dump(header, allow_unicode=True, sort_keys=False) if header else "") + "---\n")
    for paragraph, label in zip(article.paragraphs, tagged.labels, strict=True):
        stream.write(f"{_tag(paragraph.kind, label.label)}: {_mark(tagged, paragraph)}\n")


def parse_spans(marked: str, where: str, offset: int = 0) -> tuple[str, list[Entity]]:
    """Marked-up text -> plain text and its entities, shifted by `offset`. Raises MarkupError."""
    plain: list[str] = []
    spans: list[Entity] = []
    length, position, opened = 0, 0, None
    for token in _TOKEN.finditer(marked):
        chunk = marked[position : token.start()] + (token["escaped"] or "")
        plain.append(chunk)
        length += len(chunk)
        position = token.end()
        if token["open"]:
            if opened:
                raise MarkupError(f"{where}: an entity inside an entity at “{marked[token.start() :][:12]}”")
            if token["code"] not in CODES:
                raise MarkupError(f"{where}: unknown entity code “{token['code']}” (one of {', '.join(CODES)})")
            opened = (length, CODES[token["code"]])
        elif token["close"]:
            if not opened or opened[0] == length:
                raise MarkupError(f"{where}: an empty entity or a brace without its partner")
            spans.append(Entity(offset + opened[0], offset + length, opened[1]))
            opened = None
        elif token["bad"]:
            raise MarkupError(f"{where}: a lone “{token['bad']}”; write \\{token['bad']} if the text has it")
    if opened:
        raise MarkupError(f"{where}: an entity is not closed")
    plain.append(marked[position:])
    return "".join(plain), spans


def _parse_line(line: str, where: str) -> tuple[Kind, Label | None, str]:
    match = _LINE.fullmatch(line)
    if not match:
        raise MarkupError(f"{where}: does not start with a label or kind and a colon: “{line[:20]}”")
    head, more, rest = match.groups()
    kind = head if head in KINDS else "body"
    label = more if head in KINDS else head
    if (head in KINDS) < bool(more) or label not in (None, "null", *LABELS) or not rest.strip():
        raise MarkupError(f"{where}: unknown label or kind, or no text: “{line[:20]}”")
    return kind, None if label == "null" else label, rest  # type: ignore[return-value]


def _about(header: dict[str, Any]) -> dict[str, str | None]:
    values = {key: header.get(key) for key in ("title", "published", "source", "url")}
    return {key: None if value is None else str(value) for key, value in values.items()}


def _tag(kind: Kind, label: Label | None) -> str:
    if kind == "body":
        return label or "null"
    return f"{kind}+{label}" if label else kind


def _mark(tagged: TaggedArticle, paragraph: Paragraph) -> str:
    return "".join(_marked_pieces(tagged, paragraph))


def _marked_pieces(tagged: TaggedArticle, paragraph: Paragraph) -> Iterator[str]:
    text, position = tagged.article.text, paragraph.start
    for entity in tagged.entities_in(paragraph):
        yield _escape(text[position : entity.start])
        yield f"{{{_CODE_OF[entity.label]}:{_escape(text[entity.start : entity.end])}}}"
        position = entity.end
    yield _escape(text[position : paragraph.end])


def _escape(text: str) -> str:
    return re.sub(r"[\\{}]", r"\\\g<0>", text)
