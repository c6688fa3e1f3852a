"""Blocks of text -> paragraphs: which are headings, captions and meta lines, and the headings each one stands under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.article import Kind, Paragraph

# Levels of numbering in the order of GB/T 9704-2012: 第一章, 一、, （一）, 1., （1）, ①; 第一条 stands under a chapter.
_LEVELS = tuple(
    re.compile(pattern)
    for pattern in (
        r"第[一二三四五六七八九十百\d]+[编章节部](?:分)?[\s　：:]*",
        r"[一二三四五六七八九十]{1,3}、",
        r"[（(][一二三四五六七八九十]{1,3}[）)]",
        r"\d{1,2}(?:[.．、]|\s(?=\D))(?!\d)",
        r"[（(]\d{1,2}[）)]",
        r"[①-⑳]",
    )
)
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零\d]+条")
_SENTENCE = re.compile(r"[。；！？!?;…，,]|[：:]$")
_CAPTION = re.compile(r"(?:[（(]?[图表]\s?\d{1,2}(?:[-－—]\d{1,2})?[：:、.\s　]|图[：:]|资料图|图为|题图)")
_META = re.compile(
    r"(?:原标题|责任编辑|责编|编辑|美编|来源|稿源|文章来源|信息来源|作者|记者|通讯员|供稿|撰稿|审核|审校|校对|监制|发布日期|发布时间|发布机构|发文机关|成文日期|索引号|文\s?号|浏览次数|点击数|阅读|字号|"
    r"打印|分享到|扫一扫|联系电话|联系人|咨询电话|举报电话|监督电话|抄送|附件|附表|主题词|关键词)\s?(?:\d{0,2}\s?[：:]|$)|[（(【](?:记者|通讯员|本报记者|参与采写|编辑|完|来源|实习)[^）)】]{0,40}[）)】]$"
)
_DATE = r"(?:(?:19|20)\d\d|[二一][〇○零九][〇○零一二三四五六七八九]{2})\s?[-年./]\s?[\d一二三四五六七八九十]{1,3}\s?[-月./]\s?[\d一二三四五六七八九十]{1,3}\s?日?"
_DATE_LINE = re.compile(rf"^(?:[^，。：:]{{0,16}}[\s　]+)?{_DATE}(?:[\s　T]*\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?(?:[\s　].{{0,30}})?$")
_NUMBER_LINE = re.compile(r"^[^\s，。]{0,20}[〔［\[（(【](?:19|20)\d\d[〕］\]）)】]\s?第?\s?\d+\s?号$")
_ORGAN = re.compile(r"(?:局|厅|委|委员会|部|办公室|办|中心|协会|总队|支队|大队|政府|法院|检察院|署|总局|银行|消保委|消协|处|所|院|会)$")
_LONGEST_HEADING = 50


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document as the reader found it; `kind` is set where the mark-up says it, `level` for h1–h6."""

    text: str
    kind: Kind | None = None
    level: int | None = None


def outline(blocks: Iterable[Block]) -> tuple[str, tuple[Paragraph, ...]]:
    """Join blocks to the article's text, one line each, and make its paragraphs."""
    kept = [b for b in blocks if b.text]
    kinds = [_kind(kept, i) for i in range(len(kept))]
    paragraphs, position = [], 0
    for block, kind, headings in zip(kept, kinds, _paths(kept, kinds), strict=True):
        paragraphs.append(Paragraph(position, position + len(block.text), kind, headings))
        position += len(block.text) + 1
    return "\n".join(b.text for b in kept), tuple(paragraphs)


def kind_of(text: str) -> Kind:
    """What one line on its own is: caption, meta, heading or body."""
    if _CAPTION.match(text) and len(text) < 60 and not text.endswith("。"):
        return "caption"
    if len(text) < 120 and (_META.match(text) or (_META.search(text[-50:]) and len(text) < 50) or _DATE_LINE.match(text) or _NUMBER_LINE.match(text)):
        return "meta"
    return "heading" if _is_heading(text) else "body"


def _kind(blocks: list[Block], index: int) -> Kind:
    block = blocks[index]
    if block.kind:
        return block.kind
    kind = kind_of(block.text)
    is_signature = kind == "heading" and _ORGAN.search(block.text) and len(block.text) < 30 and index > 1
    if is_signature and (index + 1 == len(blocks) or kind_of(blocks[index + 1].text) == "meta"):
        return "meta"
    return kind


def _is_heading(text: str) -> bool:
    level = _level(text)
    if level is not None:
        return len(text) <= _LONGEST_HEADING and not re.search(r"[。；！？!?;…]$|。|；", text)
    if _ARTICLE.match(text):
        return len(text) <= 20 and not re.search(r"[。；]", text)
    return (len(text) <= 30 and not _SENTENCE.search(text)) or (
        len(text) <= 60 and bool(re.search(r"关于.+的(?:通知|通告|公告|通报|意见|决定|办法|方案|函|批复|提示|公示)(?:（[^）]*）)?$", text))
    )


def _level(text: str) -> int | None:
    return next((level for level, pattern in enumerate(_LEVELS) if pattern.match(text)), None)


def _paths(blocks: list[Block], kinds: list[Kind]) -> Iterator[tuple[str, ...]]:
    """The heading path of each block: a heading closes those of its own level and below. The title is in no path."""
    path: list[tuple[int, str]] = []
    for index, (block, kind) in enumerate(zip(blocks, kinds, strict=True)):
        numbered = _level(block.text)
        level = numbered + 10 if numbered is not None else block.level if block.level is not None else 9
        if kind == "heading" and index > 0:
            path = [item for item in path if item[0] < level]
            yield tuple(text for _, text in path)
            path.append((level, block.text))
            continue
        run_in = _run_in(block.text) if kind == "body" and numbered is not None else None
        above = [text for deep, text in path if run_in is None or deep < level]
        yield (*above, run_in) if run_in else tuple(above)


def _run_in(text: str) -> str | None:
    """（一）申诉情况。各级…: a short numbered title that runs into its paragraph."""
    title, stop, rest = text.partition("。")
    return title if stop and rest and len(title) <= 30 and "，" not in title else None
