"""Find counts and percentages in text: a numeral by its longest run, then what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.cover import Cover
from nlp.lexicon import Unit
from nlp.numerals import NUMERAL, read

_SIGN = r"(?:(?<![0-9０-９%％A-Za-z）)年月日天时])[-－−+＋])?"
_PERCENT = re.compile(
    rf"(?:十万|百万|百|千|万)分之(?:{NUMERAL}|百)(?:[到至—–－-]{{1,2}}(?:[百千万]分之)?{NUMERAL})?"
    rf"|{_SIGN}(?<![0-9０-９.．])[0-9０-９]+(?:[.．·][0-9０-９]+)?\s?[%％‰]?(?:[至到~～—–－-]{{1,2}}[-－−]?[0-9０-９]+(?:[.．][0-9０-９]+)?)?\s?[%％‰]"
    r"|[一二两三四五六七八九十](?:[到至—-][一二两三四五六七八九十]|[二三四五六七八九])?成(?:[一二三四五六七八九半](?![年月日天届轮次个家名])|多)?"
)
_POINT = re.compile(r"个?(?:百分点|千分点)")
_HALF_POINT = re.compile(r"半个百分点")
# 成 after a numeral is a tenth only where it is not the verb or a part of a word.
_TENTH_VETO = re.compile(r"成(?:立|为|功|果|本|员|长|效|都|交|型|品|年|就|绩|分|熟|套|片|群|形|因|新|了|人|语|家|才|活|千上万|百上千|对|行)")
_NUMERAL = re.compile(NUMERAL)
_BEFORE = re.compile(r"(?:第|前|令第|附件|图|表|星期|周|农历|初|[○①-⑳])$|[A-Za-z][-‐.]?$|[0-9]{1,4}[年./:：]$")
_LETTERS = re.compile(r"(?:APP|App|app|SIM|5G|4G)$")
_QUOTES = "“‘「『\"'＂"
_BIG = re.compile(r"(?:达到?|突破|超过?|超|为|约|近|逾|有|至|增至|降至)$")
_BIG_END = re.compile(r"(?=[，。；、！？）),;]|$|以上|左右|大关)")
_MONEY = re.compile(r"(?:元|额|款|金|费|值|资|贷|债|税|收入|利润|投|GDP|产量|面积)[^，。；]{0,8}$")
_GLOSS = re.compile(r"（(?:[^（）0-9，。]{1,3}、?){1,2}）")
_RATE = re.compile(r"/(?:(?:百|千|万|十万|百万|千万|亿)?(?:元|人次|人|户|件|台|车|架次|公里|万人|班|张|笔|单)|每?[万亿]元|年|月|日|天)")
_FROZEN = {"一", "二", "○", "〇", "零", "万", "亿", "多", "半"}
_EACH = re.compile(r"每$")
_PURE_SCALE = re.compile(r"[十百千万亿]+")


@dataclass(frozen=True, slots=True)
class Found:
    """Half-open offsets of something the grammar found, and its label."""

    start: int
    end: int
    label: str


class Quantities:
    """The grammar of counts and percentages over a set of units; linear in the length of the text."""

    def __init__(self, units: Iterable[Unit]) -> None:
        units = sorted(units, key=lambda u: (-len(u.name), u.name))
        self._frozen = re.compile("|".join(re.escape(u.name) for u in units if u.kind == "frozen") or r"(?!)")
        self._unit = re.compile("|".join(_unit_pattern(u) for u in units if u.kind != "frozen"))
        self._counted = {u.name for u in units if u.kind in ("count", "cue")}

    def find(self, text: str) -> Iterator[Found]:
        """Counts and percentages of `text`, in order, without overlap."""
        percents = [m.span() for m in _PERCENT.finditer(text) if not _is_word(text, m)]
        percents += [m.span() for m in _HALF_POINT.finditer(text)]
        taken = Cover(percents + [m.span() for m in self._frozen.finditer(text)])
        found = [Found(*span, "PERCENT") for span in percents] + list(self._numbers(text, taken))
        yield from sorted(found, key=lambda f: f.start)

    def _numbers(self, text: str, taken: Cover) -> Iterator[Found]:
        """Counts and percentage points: each numeral outside `taken`, by what follows it."""
        for match in _NUMERAL.finditer(text):
            start, end = match.span()
            if not taken.is_free(start, end):
                continue
            point = _POINT.match(text, end)
            stop = None if point else self._stop(text, start, end)
            if point:
                yield Found(_with_sign(text, start), point.end(), "PERCENT")
            elif stop:
                yield Found(start, stop, "COUNT")

    def _stop(self, text: str, start: int, end: int) -> int | None:
        """Where the count that begins with this numeral ends, or None if it is none."""
        before = text[max(0, start - 14) : start]
        if _is_ordinal(before) or (text[start - 1 : start] in tuple(_QUOTES) and _is_slogan(text, start)):
            return None
        numeral = text[start:end]
        unit = self._unit.match(text, end)
        if not unit:
            return end if _is_big(text, start, end, before) else None
        if unit.group() not in self._counted or numeral in _FROZEN or read(numeral) is None:
            return None
        if _EACH.search(before) and _PURE_SCALE.fullmatch(numeral[-2:]) and numeral not in ("十", "百"):
            return None  # a rate: 每百万件
        gloss = _GLOSS.match(text, unit.end())
        if gloss and all(part in self._counted for part in re.split("[（）、]", gloss.group()) if part):
            return gloss.end()
        rate = _RATE.match(text, unit.end())
        return rate.end() if rate else unit.end()


_SIGN_BEFORE = re.compile(_SIGN[:-1] + "$")


def _with_sign(text: str, start: int) -> int:
    """The start of a number, moved over its sign: -0.6个百分点."""
    return start - 1 if _SIGN_BEFORE.search(text[max(0, start - 2) : start]) else start


def _unit_pattern(unit: Unit) -> str:
    context = unit.context.strip("|")
    if not context:
        return re.escape(unit.name)
    look = "!" if unit.kind != "cue" else "="
    return rf"{re.escape(unit.name)}(?{look}{context})"


def _is_word(text: str, match: re.Match[str]) -> bool:
    """三成为, 十成立, 第三成…: 成 that is no tenth."""
    surface = match.group()
    if "成" not in surface:
        return False
    at = match.start() + surface.index("成")
    return bool(_TENTH_VETO.match(text, at)) or (text[match.start() - 1 : match.start()] in ("第", "完", "构", "形", "达") and match.start() == at)


def _is_ordinal(before: str) -> bool:
    return bool(_BEFORE.search(before)) and not _LETTERS.search(before)


def _is_slogan(text: str, start: int) -> bool:
    """A numeral right after an opening quotation mark that closes soon: “四个提醒”, “八条硬措施”."""
    rest = text[start : start + 14]
    close = re.search(r"[”’」』\"'＂]", rest)
    return close is not None and not re.search(r"[，。；0-9]", rest[: close.start()])


def _is_big(text: str, start: int, end: int, before: str) -> bool:
    """A bare number in 万 or 亿 that is itself the quantity: 用户突破10亿."""
    numeral = text[start:end]
    if numeral[-1] not in "万亿" or not re.match("[0-9０-９数上几]", numeral):
        return False
    return bool(_BIG_END.match(text, end) and _BIG.search(before) and not _MONEY.search(before))
