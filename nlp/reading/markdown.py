"""Front matter and Markdown: a post's header by python-frontmatter, its body to HTML by markdown-it."""

from __future__ import annotations

import re
from typing import Any

_FRONT = re.compile(r"\s*---[ \t]*\r?\n.*?\n---[ \t]*(?:\r?\n|$)", re.S)
_MARKDOWN = re.compile(r"(?m)^#{1,6}[ \t]+\S|^\[[^\]\n]+\]\([^)\n]+\)|!\[[^\]\n]*\]\([^)\n]+\)|\*\*[^*\n]+\*\*|^>[ \t]\S")
_HTML = re.compile(r"<(?:!doctype|html|body|head|div|p|br|table|article|section|span|font|h[1-6]|ul|ol|img)\b[^>]*>", re.I)


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The front matter as a dict and the rest; text without a readable one comes back whole."""
    import frontmatter
    import yaml

    if not _FRONT.match(text):
        return {}, text
    try:
        header, body = frontmatter.parse(text.lstrip())
    except (yaml.YAMLError, ValueError):
        return {}, text
    return (header, body) if header else ({}, text)


def is_html(text: str) -> bool:
    """Whether HTML tags shape the text."""
    return bool(_HTML.search(text))


def is_markdown(text: str) -> bool:
    """Whether Markdown marks shape the text: headings, links, bold, quotations."""
    head = text.lstrip()[:200].lower()
    return not head.startswith(("<!doctype", "<html")) and bool(_MARKDOWN.search(text))


def to_html(text: str) -> str:
    """Markdown (with HTML in it) as HTML; indented text is text, not code."""
    from markdown_it import MarkdownIt

    rendered: str = MarkdownIt("commonmark", {"html": True}).enable("table").disable("code").render(text)
    return rendered
