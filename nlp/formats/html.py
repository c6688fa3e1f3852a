"""One self-contained page: labelled paragraphs, highlighted entities, the figures table. No script; everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TextIO
from urllib.parse import urlsplit

from nlp.article import Paragraph
from nlp.tagged import Entity, Row, TaggedArticle

_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.75 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
p,h2,figcaption{margin:.6rem 0;overflow-wrap:anywhere}h2{font-size:1.05rem}.meta,figcaption,.about{color:#777;font-size:.9rem}
.tag{font-size:.75rem;padding:.05rem .45rem;border-radius:.6rem;margin-right:.5rem;border:1px solid;white-space:nowrap}
.policy .tag{color:#2563c9}.complaint_statistics .tag{color:#15803d}.enforcement .tag{color:#c2261c}.consumer_advisory .tag{color:#a15c00}
mark{color:inherit;background:none;border-bottom:2px solid;padding:0 .05rem}
mark.AGENCY{border-color:#0891b2}mark.REGULATION{border-color:#a21caf}mark.COUNT{border-color:#15803d}mark.PERCENT{border-color:#ca8a04}
mark:target{background:#ca8a0455}table{border-collapse:collapse;width:100%;font-size:.85rem}th,td{border-bottom:1px solid #8884;padding:.3rem .5rem;text-align:left;vertical-align:top}
td.n{text-align:right;white-space:nowrap}.scroll{overflow-x:auto}@media print{body{max-width:none}a{color:inherit}}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SHOWN = ("value", "unit", "bound", "low", "high", "direction", "basis", "name", "title", "kind", "number")
_COLUMNS = ("figure", "period", "agency", "subject", "value", "unit", "bound", "yoy %", "qoq %", "share %")


def write(articles: Iterable[TaggedArticle], stream: TextIO) -> None:
    """Write one page over all articles."""
    stream.write(
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n<title>Tagged notices</title><style>{_STYLE}</style></head>\n<body>\n'
    )
    for number, tagged in enumerate(articles, 1):
        stream.writelines(_article(tagged, f"d{number}"))
    stream.write("</body></html>\n")


def _article(tagged: TaggedArticle, anchor: str) -> Iterator[str]:
    article = tagged.article
    yield f'<article id="{anchor}"><h1>{escape(article.title or article.id)}</h1>\n<p class="about">{_about(tagged)}</p>\n'
    for paragraph, label in zip(article.paragraphs, tagged.labels, strict=True):
        element = {"heading": "h2", "caption": "figcaption"}.get(paragraph.kind, "p")
        tag = f'<span class="tag">{escape(label.label)} {label.scores.get(label.label, 0):.2f}</span>' if label.label else ""
        classes = escape(" ".join(x for x in (paragraph.kind, label.label) if x))
        yield f'<{element} class="{classes}">{tag}{"".join(_marked(tagged, paragraph, anchor))}</{element}>\n'
    yield from _table(tagged, anchor)
    yield "</article>\n"


def _about(tagged: TaggedArticle) -> str:
    article = tagged.article
    parts = [escape(x) for x in (article.id, article.published, article.source) if x]
    if article.url and urlsplit(article.url).scheme in ("http", "https"):
        parts.append(f'<a href="{escape(article.url)}" rel="noreferrer nofollow">{escape(article.url)}</a>')
    return " · ".join(parts)


def _marked(tagged: TaggedArticle, paragraph: Paragraph, anchor: str) -> Iterator[str]:
    text, at = tagged.article.text, paragraph.start
    for entity in tagged.entities_in(paragraph):
        yield escape(text[at : entity.start])
        surface = escape(text[entity.start : entity.end])
        yield f'<mark class="{escape(entity.label)}" id="{anchor}-{entity.start}" title="{escape(_title(entity))}">{surface}</mark>'
        at = entity.end
    yield escape(text[at : paragraph.end])


def _title(entity: Entity) -> str:
    values = [f"{name} {entity.fields[name]}" for name in _SHOWN if entity.fields.get(name) is not None]
    return "; ".join([entity.label, *values])


def _table(tagged: TaggedArticle, anchor: str) -> Iterator[str]:
    if not tagged.statistics:
        return
    yield '<div class="scroll"><table><thead><tr>' + "".join(f"<th>{escape(name)}</th>" for name in _COLUMNS) + "</tr></thead><tbody>\n"
    for row in tagged.statistics:
        surface = escape(tagged.article.text[row.start : row.end])
        yield f'<tr><td><a href="#{anchor}-{row.start}">{surface}</a></td>{"".join(_cells(row))}</tr>\n'
    yield "</tbody></table></div>\n"


def _cells(row: Row) -> Iterator[str]:
    for value in (row.period, row.agency, row.subject):
        yield f"<td>{escape(value or '')}</td>"
    for number in (row.value, row.unit, row.bound, row.yoy_percent, row.qoq_percent, row.share_percent):
        yield f'<td class="n">{"" if number is None else escape(str(number))}</td>'
