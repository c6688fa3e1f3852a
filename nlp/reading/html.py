"""HTML -> blocks: trafilatura says what is main text, the tree says what each piece of it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlp.reading.outline import Block
from nlp.reading.plain import clean

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "td",
        "th",
        "tr",
        "li",
        "ul",
        "ol",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "dd",
        "dt",
        "dl",
        "center",
        "header",
        "footer",
        "body",
        "html",
        "br",
        "hr",
        "address",
        "caption",
    ]
)
_DROPPED = "//script|//style|//noscript|//template|//iframe|//object|//svg|//form|//button|//select|//input|//textarea|//comment()|//processing-instruction()|//head"
_FRAME = "//nav|//aside|//footer|//*[@role='navigation']|//*[@hidden]"
_CAPTION_CLASS = re.compile(r"descr|caption|pic[-_]?(?:txt|desc|info)|img[-_]?(?:txt|desc|info|note)|photo[-_]?(?:desc|note)|tuzhu", re.I)
_HEADING = {f"h{n}": n for n in range(1, 7)}
_META_NAMES = {
    "title": ("articletitle", "og:title", "twitter:title", "dc.title"),
    "published": ("pubdate", "article:published_time", "publishdate", "og:release_date", "dc.date", "date", "weibo: article:create_at"),
    "source": ("contentsource", "source", "mediaid", "og:site_name", "author", "sitename"),
    "url": ("og:url", "url"),
}
_MOST_NODES = 2_000_000


class TreeError(ValueError):
    """A page whose mark-up is too deep or too large to be an article."""


def parse(markup: str) -> Any:
    """The page's element tree, without scripts, styles, forms and comments. Raises TreeError, or returns None for none."""
    from lxml import etree, html

    parser = html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", markup) or "<p></p>", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if sum(1 for _ in root.iter()) > _MOST_NODES:
        raise TreeError("more than two million elements")
    return root


def about(root: Any) -> dict[str, str]:
    """Title, date, source and url from the page's meta tags and <title>, where they are."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        if name and meta.get("content"):
            metas.setdefault(name, clean(meta.get("content")))
    found = {key: next((metas[n] for n in names if metas.get(n)), "") for key, names in _META_NAMES.items()}
    if not found["title"]:
        title = root.find(".//title")
        found["title"] = (
            re.split(r"[_|]|-{1,2}(?=[^-]*(?:网|门户|政府|频道|新闻))", clean(title.text_content()))[0].strip() if title is not None else ""
        )
    return {key: value for key, value in found.items() if value}


def blocks(root: Any, markup: str, *, whole: bool = False) -> list[Block]:
    """The main text of a page, block by block; with `whole` everything but the page's frame (for posts that are only text)."""
    wanted = None if whole else _main_text(markup)
    for element in root.xpath(_DROPPED if wanted else f"{_DROPPED}|{_FRAME}"):
        _drop(element)
    found = list(_walk(root))
    if not wanted:
        return found
    hits = [i for i, block in enumerate(found) if _key(block.text) in wanted]
    if not hits:
        return found
    first, last = hits[0], hits[-1]
    titles = [i for i in range(first) if found[i].level == 1][-1:]  # trafilatura takes the page's <h1> for meta data
    return [b for i, b in enumerate(found) if i in titles or _key(b.text) in wanted or (first <= i <= last and b.kind == "caption")]


def _main_text(markup: str) -> frozenset[str]:
    """The lines that trafilatura takes for main text, without white space."""
    import logging

    import trafilatura
    from lxml import etree

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page it cannot use is our sentence to say
    options: dict[str, Any] = {"output_format": "xml", "include_comments": False, "include_tables": True, "deduplicate": False}
    xml = trafilatura.extract(markup, **options) or trafilatura.extract(markup, favor_recall=True, **options)
    if not xml:
        return frozenset()
    main = etree.fromstring(xml.encode(), parser=etree.XMLParser(resolve_entities=False, huge_tree=False)).find("main")
    lines: set[str] = set()
    for element in () if main is None else main.iter("p", "head", "item", "cell", "row", "quote", "list"):
        for line_break in element.iter("lb"):
            line_break.tail = "\n" + (line_break.tail or "")
        lines.update(_key(line) for line in "".join(element.itertext()).split("\n"))
        lines.add(_key("".join(element.itertext())))
    return frozenset(lines - {""})


def _key(text: str) -> str:
    return re.sub(r"\s", "", text)


def _drop(element: Any) -> None:
    """Remove an element but keep the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _walk(root: Any) -> Iterator[Block]:
    """Blocks in document order; text is gathered until a block element begins or ends. Iterative: depth is no limit."""
    from lxml import etree

    pieces: list[str] = []
    owner: Any = root
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        is_block = element.tag in _BLOCKS
        is_cell = element.tag in ("td", "th")
        caption = _is_caption(element)
        if (is_block and not is_cell) or caption:
            yield from _block(pieces, owner)
            owner = element if event == "start" else element.getparent()
        elif is_cell and event == "end":
            pieces.append("　")
        if event == "start":
            pieces.append(element.text or "")
        if event == "end":
            pieces.append(element.tail or "")
    yield from _block(pieces, owner)


def _block(pieces: list[str], owner: Any) -> Iterator[Block]:
    text = clean("".join(pieces))
    pieces.clear()
    if text:
        tag = owner.tag if owner is not None else ""
        kind = "caption" if owner is not None and _in_caption(owner) else "heading" if tag in _HEADING else None
        yield Block(text, kind, _HEADING.get(tag))  # type: ignore[arg-type]


def _is_caption(element: Any) -> bool:
    return element.tag in ("figcaption", "caption") or bool(_CAPTION_CLASS.search(element.get("class") or ""))


def _in_caption(element: Any) -> bool:
    return _is_caption(element) or (element.getparent() is not None and element.getparent().tag == "figcaption")
