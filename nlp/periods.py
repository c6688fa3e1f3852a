"""Find expressions of a period and say which one they mean: 2020-Q4, 2021-05, 2021, 2022-H1, 2021-01/2021-05."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.numerals import DIGITS, read

_N = r"(?:1[0-2]|0?[1-9]|１[０-２]|[１-９]|十[一二]?|[一二三四五六七八九])"
_YEAR = r"(?:(?P<year>(?:19|20)\d\d|[二一][〇○零九][〇○零一二三四五六七八九]{2})年|(?P<relative>今年|本年度?|去年|上年度?|前年|当年|同年|上一年))"
_PERIOD = re.compile(
    rf"{_YEAR}?(?:的)?(?:"
    rf"(?:第)?(?P<q>[一二三四1-4])季度?(?:份)?(?!风|节)"
    r"|(?P<half>上半年|下半年)"
    rf"|前(?P<firstq>[二两三])(?:个)?季度?"
    rf"|(?P<m1>{_N})月?(?:份)?(?:至|到|—|－|-|–|~|～)(?:(?P<y2>20\d\d)年)?(?P<m2>{_N})月(?:份)?(?!\d|[一二三四五六七八九十]{{0,2}}日)"
    rf"|前(?P<firstm>{_N})(?:个)?月"
    rf"|(?P<m>{_N})月(?:份)?(?!\d{{1,2}}日|\d|[一二三四五六七八九十]{{1,3}}日|度|底|初|末|票|球|饼|嫂|租|薪|供|收)"
    r")"
    r"|(?P<wholeyear>(?:(?:19|20)\d\d|[二一][〇○零九][〇○零一二三四五六七八九]{2})年(?:度|全年)?)(?!\d{1,2}月|第?[一二三四]季|[上下]半年|前|[一二三四五六七八九十]{1,2}月)"
    r"|(?P<relyear>今年以来|今年|本年度?|去年全年|去年|上年度?|前年|全年)(?!的?同期|\d{1,2}月|第?[一二三四]季|[上下]半年|前\d|前[一二三四五六七八九十]|[一二三四五六七八九十]{1,2}月)"
    r"|(?P<same>(?:比|较|与|和)?(?:去年|上年)(?:的)?(?:同期|同月|同季度?))"
    r"|(?P<now>本月|当月|本季度?|上月|上个月|上季度|上一季度|上个季度|上半月)"
)
_RELATIVE = {"今年": 0, "本年": 0, "本年度": 0, "当年": 0, "同年": 0, "去年": -1, "上年": -1, "上年度": -1, "上一年": -1, "前年": -2}


@dataclass(frozen=True, slots=True)
class Found:
    """A period expression: half-open offsets and the period it means."""

    start: int
    end: int
    period: str


def find(text: str, main: str | None, date: str | None) -> Iterator[Found]:
    """Periods of a text. `main` is the document's own period, `date` its day (YYYY-MM-DD); both help with unsaid years."""
    for match in _PERIOD.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()]
        after = text[match.end() : match.end() + 6]
        if re.search(r"\d[.．]?$|[近每]$", before) or re.match(r"[日周岁]|第\s?[一二三四五六七八九十\d]+\s?[号期批次]", after):
            continue
        period = _resolve(match, main, date)
        if period:
            yield Found(match.start(), match.end(), period)


def shift_year(period: str, years: int) -> str:
    """The same period of another year: 2020-Q4 and -1 -> 2019-Q4."""
    return re.sub(r"(?:19|20)\d\d(?!\d)", lambda m: str(int(m.group()) + years), period)


def previous(period: str) -> str | None:
    """The period of the same kind just before: 2021-Q1 -> 2020-Q4, 2021-03 -> 2021-02; None for a range."""
    year, _, part = period.partition("-")
    if "/" in period:
        return None
    if not part:
        return str(int(year) - 1)
    kind, number, size = (part[0], int(part[1:]), 4 if part[0] == "Q" else 2) if part[0] in "QH" else ("", int(part), 12)
    number, carried = (number - 1, int(year)) if number > 1 else (size, int(year) - 1)
    return f"{carried}-{kind}{number}" if kind else f"{carried}-{number:02}"


def _resolve(match: re.Match[str], main: str | None, date: str | None) -> str | None:
    if match["same"]:
        return shift_year(main, -1) if main else None
    if match["now"]:
        return _now(match["now"], main, date)
    if match["wholeyear"]:
        return str(_year(match["wholeyear"]))
    if match["relyear"]:
        return _relative_year(match["relyear"], main, date)
    year = _year(match["year"]) if match["year"] else _base(match["relative"], date, main) if match["relative"] else None
    part = _part(match)
    if part is None:
        return None
    return _dated(part, year if year is not None else _unsaid(part, main, date), match["y2"])


def _part(match: re.Match[str]) -> tuple[str, int, int] | None:
    """(kind, first, last) of the months or quarters named."""
    if match["q"]:
        return "Q", _number(match["q"]), 0
    if match["half"]:
        return "H", 1 if match["half"] == "上半年" else 2, 0
    if match["firstq"]:
        return "M", 1, 3 * _number(match["firstq"])
    if match["m1"]:
        return "M", _number(match["m1"]), _number(match["m2"])
    if match["firstm"]:
        return "M", 1, _number(match["firstm"])
    return ("M", _number(match["m"]), 0) if match["m"] else None


def _dated(part: tuple[str, int, int], year: int | None, second_year: str | None) -> str | None:
    kind, first, last = part
    if year is None:
        return None
    if kind in "QH":
        return f"{year}-{kind}{first}"
    if not last or (last == first and not second_year):
        return f"{year}-{first:02}"
    return f"{year}-{first:02}/{second_year or year + (last < first)}-{last:02}"


def _unsaid(part: tuple[str, int, int], main: str | None, date: str | None) -> int | None:
    """The year of a bare 四季度 or 3月: that of the document's period, else the last one that had ended by its date."""
    kind, first, last = part
    if main:
        main_year = int(main[-7:][:4] if "/" in main else main[:4])
        bare_year = len(main) == 4
        if not date or not bare_year or int(date[:4]) - main_year > 1:
            return main_year
    if not date:
        return None
    end = 3 * first if kind == "Q" else 6 * first if kind == "H" else last or first
    return int(date[:4]) if end <= int(date[5:7]) else int(date[:4]) - 1


def _now(word: str, main: str | None, date: str | None) -> str | None:
    base = main or (date[:7] if date else None)
    if base is None or word == "上半月":
        return None
    if "季" in word and "-Q" not in base:
        return None
    if "月" in word and not re.fullmatch(r"\d{4}-\d\d", base):
        base = date[:7] if date else None
    return base if word[0] in "本当" or base is None else previous(base)


def _relative_year(word: str, main: str | None, date: str | None) -> str | None:
    if word == "全年":
        return main[:4] if main else None
    year = _base(word.replace("以来", "").replace("全年", ""), date, main)
    return str(year) if year is not None else None


def _base(relative: str, date: str | None, main: str | None) -> int | None:
    source = date or main
    return int(source[:4]) + _RELATIVE[relative] if source else None


def _year(text: str) -> int:
    digits = re.sub(r"年.*", "", text)
    return int(digits) if digits.isdigit() and digits.isascii() else int("".join(str(DIGITS.get(c, 0)) for c in digits))


def _number(text: str) -> int:
    numeral = read("二" if text == "两" else text)
    return int(numeral.value) if numeral and numeral.value is not None else 0
