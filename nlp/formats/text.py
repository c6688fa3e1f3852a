"""A view for people: paragraphs with label and confidence, entities marked, then the figures table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from nlp.article import Paragraph
from nlp.tagged import ParagraphLabel, Row, TaggedArticle

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

_STYLES = {"AGENCY": "bold cyan", "REGULATION": "bold magenta", "COUNT": "bold green", "PERCENT": "bold yellow"}
_CODES = {"AGENCY": "A", "REGULATION": "R", "COUNT": "C", "PERCENT": "P"}
_LABEL_STYLES = {"policy": "blue", "complaint_statistics": "green", "enforcement": "red", "consumer_advisory": "yellow"}
_PLAIN_WIDTH = 120


def write(articles: Iterable[TaggedArticle], stream: TextIO) -> None:
    """Write the view; colour only where the stream is a terminal, else entities stand in brackets with a letter."""
    from rich.console import Console

    colour = stream.isatty()
    console = Console(file=stream, width=None if colour else _PLAIN_WIDTH, highlight=False, soft_wrap=not colour, markup=False, emoji=False)
    for tagged in articles:
        _write_one(tagged, console, colour)


def _write_one(tagged: TaggedArticle, console: Console, colour: bool) -> None:
    from rich.text import Text

    article = tagged.article
    console.print(Text(article.title or article.id, style="bold"))
    console.print(Text("  ".join(x for x in (article.id, article.published, article.source) if x), style="dim"))
    legend = Text("entities: ")
    for name, style in _STYLES.items():
        legend.append(name if colour else f"[…]{_CODES[name]} {name}", style).append("  ")
    console.print(legend)
    for paragraph, label in zip(article.paragraphs, tagged.labels, strict=True):
        console.print()
        console.print(_heading(paragraph, label))
        console.print(_marked(tagged, paragraph, colour))
    if tagged.statistics:
        console.print()
        console.print(_table(tagged), soft_wrap=False)
    console.print()


def _heading(paragraph: Paragraph, label: ParagraphLabel) -> Text:
    from rich.text import Text

    if label.label is None:
        return Text(f"— {paragraph.kind}" if paragraph.kind != "body" else "— no label", style="dim")
    return Text(f"■ {label.label}", style=_LABEL_STYLES[label.label]).append(f"  {label.scores.get(label.label, 0):.2f}", "dim")


def _marked(tagged: TaggedArticle, paragraph: Paragraph, colour: bool) -> Text:
    from rich.text import Text

    text, at, line = tagged.article.text, paragraph.start, Text()
    for entity in tagged.entities_in(paragraph):
        line.append(text[at : entity.start])
        surface = text[entity.start : entity.end]
        line.append(surface if colour else f"[{surface}]{_CODES[entity.label]}", _STYLES[entity.label])
        at = entity.end
    return line.append(text[at : paragraph.end])


def _table(tagged: TaggedArticle) -> Table:
    from rich.table import Table

    table = Table(title=f"{len(tagged.statistics)} figures", title_justify="left")
    for name in ("period", "agency", "subject"):
        table.add_column(name, overflow="fold")
    for name in ("value", "unit", "yoy %", "qoq %", "share %"):
        table.add_column(name, justify="left" if name == "unit" else "right", no_wrap=True)
    for row in tagged.statistics:
        table.add_row(*_cells(row))
    return table


def _cells(row: Row) -> Iterator[str]:
    signs = {"about": "≈", "over": ">", "under": "<"}
    yield row.period or ""
    yield row.agency or ""
    yield row.subject
    yield "" if row.value is None else f"{signs.get(row.bound or '', '')}{row.value:,}"
    yield row.unit or ""
    for change in (row.yoy_percent, row.qoq_percent):
        yield "" if change is None else f"{change:+}"
    yield "" if row.share_percent is None else f"{row.share_percent}"
