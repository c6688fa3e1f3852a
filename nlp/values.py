"""Normalised fields of counts and percentages, read from the surface and the clause around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nlp.numerals import NUMERAL, read

_HEAD = re.compile(NUMERAL)
_ABOUT_BEFORE = re.compile(r"(?:近|约|大约|将近|接近|大概|约为|近乎|左右为)$")
_OVER_BEFORE = re.compile(r"(?:超过|超|逾|突破|至少|不少于|不低于|多于|大于|高于|达到或超过|过)$")
_UNDER_BEFORE = re.compile(r"(?:不足|不到|低于|少于|不超过|不多于|至多|最多|未到)$")
_AFTER = (
    (re.compile(r"(?:左右|上下)"), "about"),
    (re.compile(r"(?:以上|及以上|多(?!次|个))"), "over"),
    (re.compile(r"(?:以下|以内|以里|及以下)"), "under"),
)
# 万分之五 is 0.05 percent: how many of these parts make a hundredth.
_PARTS = {"百万分之": 10_000, "十万分之": 1_000, "万分之": 100}
_TENTHS = re.compile(rf"({NUMERAL}|[一二三四五六七八九十])成([一二三四五六七八九半])?(多)?")
_BASIS = {
    "yoy": r"同比|(?:较|比|与)?(?:去年|上年|前年|20\d\d年)(?:的)?(?:同期|同月|同季|同季度)|(?:较|比)(?:去年|上年|上一年|前一年|上年度)|年增|同期",
    "qoq": r"环比|(?:较|比)(?:上|前)(?:一)?(?:个)?(?:季度|季|月份|月|周|旬|期)|月增|季增",
    "share": r"占比|比重|占(?!用|据|领|道|线)|份额|其中[^，。；]{0,12}比例",
}
_BASIS_PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _BASIS.items()))
_UP = r"上升|增长|增加|提高|提升|上涨|增幅|涨幅|升幅|上浮|回升|攀升|扩大|多增|增多|递增|激增|猛增|反弹|增|升|涨|多|高"
_DOWN = r"下降|减少|降低|下滑|回落|降幅|跌幅|下跌|缩减|缩小|收窄|下调|压降|减幅|骤降|降|减|跌|少|低"
_DIRECTION = re.compile(rf"(?P<flat>持平)|(?P<up>{_UP})|(?P<down>{_DOWN})")
# 升到, 降至, 增长到: what follows is a level, not a change.
_LEVEL = re.compile(r"(?:升|降|增|增长|提高|下降|提升|上升|减少|增加|回落|达|攀升|涨|跌)(?:到|至|为)(?:了)?[约近超]?$")
_JOINER = re.compile(r"(?:[、，,和及与；]|以及)*(?:分别)?")
_BARE_VERB = re.compile(r"(?:达到?|为|是|约|近|超过?)*")
_CHANGE_AFTER = re.compile(r"的?(?P<up>增幅|涨幅|增长|升幅|涨势)|的?(?P<down>降幅|跌幅|下降|减幅)")


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a figure stands: `text[start:end]` is its surface, the sentence is `text[left:right]`."""

    text: str
    start: int
    end: int
    left: int
    right: int


def number(value: Decimal | None) -> int | float | None:
    """A Decimal as the JSON number that prints the same digits."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(str(value.normalize()))


def count_fields(clause: Clause) -> dict[str, Any]:
    """`value`, `unit`, `bound` of a count, with `low` and `high` for a range (then `value` is None)."""
    surface = clause.text[clause.start : clause.end]
    head = _HEAD.match(surface)
    numeral = read(head.group()) if head else None
    unit = surface[head.end() :].strip() if head else surface
    fields: dict[str, Any] = {"value": None, "unit": unit or None, "bound": _bound(clause)}
    return fields | _worth(numeral.value, numeral.low, numeral.high, numeral.bound, fields["bound"]) if numeral else fields


def percent_fields(clause: Clause, previous: list[tuple[int, int, dict[str, Any]]]) -> dict[str, Any]:
    """`value`, `unit`, `direction`, `basis` of a percentage.

    `previous` holds the percentages before it in the same sentence: (start, end, fields), in order.
    """
    surface = clause.text[clause.start : clause.end]
    value, low, high, bound = _percent_value(surface)
    unit = "percentage_point" if "百分点" in surface else "permille" if re.search(r"‰|^千分之|千分点", surface) else "percent"
    fields: dict[str, Any] = {"value": None, "unit": unit, **_relation(clause, previous)}
    if value is not None and value < 0 and fields["direction"] is None and fields["basis"] in ("yoy", "qoq", None):
        fields["direction"], value = "down", -value
    worth = _worth(value, low, high, bound, _bound(clause))
    worth.pop("bound")
    return fields | worth


def signed(fields: dict[str, Any]) -> int | float | None:
    """The value with its direction as a sign: a fall is negative, 持平 is 0."""
    if fields.get("direction") == "flat" and fields.get("value") is None:
        return 0
    value = fields.get("value")
    return -value if value is not None and fields.get("direction") == "down" else value


def _worth(value: Decimal | None, low: Decimal | None, high: Decimal | None, inner: str | None, outer: str | None) -> dict[str, Any]:
    worth: dict[str, Any] = {"value": number(value), "bound": inner or outer}
    if low is not None:
        worth |= {"low": number(low), "high": number(high)}
    return worth


def _bound(clause: Clause) -> str | None:
    before = clause.text[max(clause.left, clause.start - 6) : clause.start].rstrip()
    for pattern, bound in ((_UNDER_BEFORE, "under"), (_OVER_BEFORE, "over"), (_ABOUT_BEFORE, "about")):
        if pattern.search(before):
            return bound
    for pattern, bound in _AFTER:
        if pattern.match(clause.text, clause.end):
            return bound
    return None


def _percent_value(surface: str) -> tuple[Decimal | None, Decimal | None, Decimal | None, str | None]:
    """(value, low, high, bound) of 12.8%, 百分之三十, 三成九, 10%—20%, 3.5个百分点, in its own unit."""
    text = re.sub(r"[%％‰\s]|个?百分点|个?千分点|(?:十万|百万|百|千|万)分之", "", surface).replace("·", ".")
    tenths = _TENTHS.fullmatch(text)
    if tenths:
        return _tenths(*tenths.groups())
    if text == "半":
        return Decimal("0.5"), None, None, None
    text = re.sub(r"^[+＋]", "", text)
    numeral = read(text)
    if numeral is None:
        return None, None, None, None
    parts = next((parts for name, parts in _PARTS.items() if surface.startswith(name)), 1)
    value, low, high = (x if x is None else x / parts for x in (numeral.value, numeral.low, numeral.high))
    return value, low, high, numeral.bound


def _tenths(head: str, tail: str | None, more: str | None) -> tuple[Decimal | None, Decimal | None, Decimal | None, str | None]:
    numeral = read(head)
    if numeral is None:
        return None, None, None, None
    if numeral.value is None:
        low, high = numeral.low, numeral.high
        return None, low and low * 10, high and high * 10, None
    extra = Decimal(5) if tail == "半" else (getattr(read(tail), "value", None) or Decimal(0)) if tail else Decimal(0)
    return numeral.value * 10 + extra, None, None, "over" if more else None


def _relation(clause: Clause, previous: list[tuple[int, int, dict[str, Any]]]) -> dict[str, Any]:
    """Direction and basis from the words between the figure before and this one; lists share them."""
    since = previous[-1][1] if previous else clause.left
    between = clause.text[since : clause.start]
    last = previous[-1][2] if previous else None
    if last is not None and _JOINER.fullmatch(between):
        return {"direction": last["direction"], "basis": _next_basis(clause, previous)}
    direction, basis = _direction(clause, between), _basis(clause, between)
    if basis is None and direction and last and last["basis"] in ("yoy", "qoq") and "占" not in between:
        basis = last["basis"]
    if basis is None and last and last["basis"] == "share" and _LEVEL.search(between):
        basis = "share"
    return {"direction": None if basis == "share" and direction != "flat" and _is_level(between) else direction, "basis": basis}


def _is_level(between: str) -> bool:
    """A share is a level unless the words say that it moved by so much."""
    return not re.search(rf"(?:{_UP}|{_DOWN})(?:了)?[约近超]?$", between)


def _direction(clause: Clause, between: str) -> str | None:
    if _LEVEL.search(between):
        return None
    tail = re.split(r"[，。；：]", between)[-1]
    found = list(_DIRECTION.finditer(tail))
    if found:
        return found[-1].lastgroup
    after = _CHANGE_AFTER.match(clause.text, clause.end, clause.right)
    return after.lastgroup if after else None


def _basis(clause: Clause, between: str) -> str | None:
    clauses = re.split(r"[，。；：]", between)
    tail = clauses[-1]
    if len(tail) < 5 and len(clauses) > 1 and not _BASIS_PATTERN.search(tail) and (_DIRECTION.search(tail) or _BARE_VERB.fullmatch(tail)):
        tail = "，".join(clauses[-2:])
    found = list(_BASIS_PATTERN.finditer(tail))
    if found:
        first = _joint_bases(tail)
        return first[0] if first else found[-1].lastgroup
    bracket = re.search(r"[（(]$", between)
    return "share" if bracket and clause.text[clause.end : clause.end + 1] in ")）" else None


def _joint_bases(tail: str) -> list[str]:
    """环比、同比分别增长: the bases of the figures that follow, in order."""
    pair = re.search(r"(环比|同比)(?:、|和|与|及|，)(环比|同比)[^，。；]*$", tail)
    return [{"环比": "qoq", "同比": "yoy"}[word] for word in pair.groups()] if pair else []


def _next_basis(clause: Clause, previous: list[tuple[int, int, dict[str, Any]]]) -> str | None:
    """The basis of a further item of a list: the next of joint bases, else that of the item before."""
    run = 1
    for (_, end, _), (start, _, _) in zip(reversed(previous[:-1]), reversed(previous), strict=False):
        if not _JOINER.fullmatch(clause.text[end:start]):
            break
        run += 1
    first = previous[-run][0]
    since = previous[-run - 1][1] if run < len(previous) else clause.left
    joint = _joint_bases(re.split(r"[，。；：]", clause.text[since:first])[-1])
    if run < len(joint):
        return joint[run]
    basis: str | None = previous[-1][2]["basis"]
    return basis
