"""Title, date and source of an article from its own lines, where no mark-up gives them."""

from __future__ import annotations

import datetime
import email.utils
import re
from typing import Any

from nlp.article import Paragraph
from nlp.numerals import DIGITS, read

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-年./]\s?(\d{1,2})\s?[-月./]\s?(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_CHINESE = re.compile(r"([二一][〇○零九][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")
_DATED_LINE = re.compile(r"(?:发布日期|发布时间|成文日期|时间|日期)\s?[：:]\s?(.{6,40})")
_SOURCE = re.compile(r"(?:^|[\s　])(?:文章|信息|稿件)?(?:来源|稿源|来\s源)[：:]\s?([^\s　|，。]{2,30})")


def iso_date(value: Any, *, anywhere: bool = False) -> str | None:
    """YYYY-MM-DD of a date, a timestamp or a text; `anywhere`: from lines of prose, a dated line before the last date line."""
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()[:10]
    if not isinstance(value, str):
        return None
    if anywhere:
        return _from_lines(value.split("\n"))
    return _numeric(value) or _chinese(value) or _mail(value)


def _from_lines(lines: list[str]) -> str | None:
    for line in lines:
        dated = _DATED_LINE.search(line)
        if dated and (date := iso_date(dated.group(1))):
            return date
    short = [line for line in lines if len(line) <= 60]
    head = next((d for line in short[:4] if (d := iso_date(line)) and len(line) < 50 and re.search(r"\d\d?:\d\d|来源|^[\d年月日./-]+$", line)), None)
    tail = next((d for line in reversed(short[-6:]) if len(line) <= 24 and (d := iso_date(line))), None)
    compact = next((d for line in lines[:2] if (m := _COMPACT.search(line)) and (d := _date(*map(int, m.groups())))), None)
    return head or compact or tail or next((d for line in lines[:3] if (d := iso_date(re.split("[，。]", line)[0]))), None)


def _numeric(text: str) -> str | None:
    match = _ISO.search(text)
    return _date(*map(int, match.groups())) if match else None


def _chinese(text: str) -> str | None:
    match = _CHINESE.search(text)
    if not match:
        return None
    year = int("".join(str(DIGITS.get(c, 0)) for c in match.group(1)))
    month, day = (read(part) for part in match.groups()[1:])
    if not month or not day or month.value is None or day.value is None:
        return None
    return _date(year, int(month.value), int(day.value))


def _mail(text: str) -> str | None:
    """RFC 2822, as posts and feeds write it: Mon, 12 Apr 2021 07:45:57 GMT (the day in China, UTC+8)."""
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo:
        moment = moment.astimezone(datetime.timezone(datetime.timedelta(hours=8)))
    return moment.date().isoformat()


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def title_of(paragraphs: tuple[Paragraph, ...], lines: list[str]) -> str | None:
    """原标题 where it is given, else the first heading among the first lines, else a short first line."""
    for line in lines[:3]:
        original = re.match(r"原标题[：:]\s?(.+)", line)
        if original:
            return original.group(1)
    first = next((line for p, line in zip(paragraphs[:3], lines[:3], strict=True) if p.kind == "heading"), None)
    return first or (lines[0] if paragraphs[0].kind == "body" and len(lines[0]) <= 60 and not lines[0].endswith("。") else None)


def source_of(lines: list[str]) -> str | None:
    """来源：… of a meta line near the top or the end."""
    for line in [*lines[:5], *lines[-4:]]:
        match = _SOURCE.search(line) if len(line) < 100 else None
        if match:
            return match.group(1)
    return None
