"""Find and read numerals, Chinese, Arabic, full-width and mixed, as exact decimals.

Finding and reading are two steps: `NUMERAL` takes the longest run in one pass (linear in the text), `read` says what
it is worth. Forms after GB/T 15835-2011 (use of numerals in publications) and common practice in notices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
DIGITS |= {"〇": 0, "○": 0, "两": 2, "俩": 2, "仨": 3, "贰": 2, "貳": 2, "陸": 6}
SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
SCALES["兆"] = 10**12
_TENS = {"廿": "二十", "卅": "三十"}
_HALF = str.maketrans("０１２３４５６７８９．，－−", "0123456789.,--")

_D, _S, _C = "[0-9０-９]", "[十百千万亿拾佰仟萬億]", "[〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億廿卅]"
_ARABIC = rf"(?:{_D}{{1,3}}(?:[,，]{_D}{{3}})+(?!{_D})|{_D}+)(?:[.．]{_D}+)?"
_WORD = rf"(?:好几|几|数(?={_S})|上(?=[百千万亿])|成(?=[百千万]))?(?:{_C}+(?:点[〇零一二两三四五六七八九]+)?)|好几|几"
_ONE = rf"(?:{_ARABIC}{_S}*(?:{_ARABIC}{_S}+){{0,4}}|{_WORD})(?:[余多来几](?!年|月|天|日|自)){{0,1}}{_S}*余?多?"
# One numeral, or a range of two joined by 至, 到 or a dash.
NUMERAL = rf"{_ONE}(?:(?:[至到~～]|[—–－-]{{1,2}}){_ONE})?"
_RANGE = re.compile(rf"({_ONE})(?:[至到~～]|[—–－-]{{1,2}})({_ONE})")
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|.")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a numeral is worth: one value, or a range `low`-`high` (inclusive) with no single value.

    `bound` is about, over or under where the numeral itself says so (3000多: over 3000).
    """

    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    bound: str | None = None


def read(surface: str) -> Numeral | None:
    """The worth of a numeral such as 3.69万, 两千余, 1亿2000万, 数十, 3—5; None if it is not a numeral."""
    text = surface.translate(_HALF).replace(" ", "")
    if text.startswith("-"):
        inner = read(text[1:])
        return Numeral(-inner.value) if inner and inner.value is not None else None
    pair = _RANGE.fullmatch(text)
    if pair:
        return _read_range(*pair.groups())
    return _read_one(text)


def _read_range(left: str, right: str) -> Numeral | None:
    """A range whose left side borrows the scale of the right one when it has none (3至5万, 2—3百)."""
    scale = re.search(rf"{_S}+$", right)
    if scale and not re.search(_S, left):
        left += scale.group()
    low, high = _read_one(left), _read_one(right)
    if not low or not high or low.value is None or high.value is None:
        return None
    return Numeral(None, low.value, high.value)


def _read_one(text: str) -> Numeral | None:
    vague = re.match(r"(?:好?几|数)", text) or re.search(r"十几", text)
    if vague:
        return _read_vague(text)
    bound = "over" if re.search(r"[余多]|^[上成]", text) else "about" if "来" in text else None
    text = re.sub(r"[余多来]|^[上成]", "", text)
    pair = re.search(r"[一二两三四五六七八九]{2}", text)
    if pair and not re.search(r"[0-9点〇零]", text) and _is_span(*pair.group()):
        low, high = (_value(text.replace(pair.group(), digit, 1)) for digit in pair.group())
        return Numeral(None, low, high) if low is not None else None
    value = _value(text)
    return None if value is None else Numeral(value, bound=bound)


def _is_span(first: str, second: str) -> bool:
    """Two neighbouring digits that mean from–to: 两三, 七八, and the set phrase 三五."""
    return DIGITS[second] - DIGITS[first] == 1 or first + second == "三五"


def _read_vague(text: str) -> Numeral | None:
    """几, 数, 好几, 十几: between two and nine of the unit that follows."""
    text = re.sub(r"[余多来]", "", text.replace("好", ""))
    low, high = (_value(re.sub("[几数]", digit, text)) for digit in ("二" if text[0] in "几数" else "一", "九"))
    return Numeral(None, low, high, "about") if low is not None else None


def _value(text: str) -> Decimal | None:
    """Arabic, Chinese or mixed digits and scales -> exact value; None for anything else."""
    for short, long in _TENS.items():
        text = text.replace(short, long)
    whole, point, fraction = text.partition("点")
    if point:
        head = _value(whole)
        tail = "".join(str(DIGITS[c]) for c in fraction if c in DIGITS)
        return None if head is None or len(tail) != len(fraction) else head + Decimal(f"0.{tail}")
    return _sum(_TOKEN.findall(text.replace(",", "")))


def _sum(tokens: list[str]) -> Decimal | None:
    """Sections of 万 and 亿 around sections of 十 百 千; `pending` is the digit that waits for its scale."""
    total, section, pending, last = Decimal(0), Decimal(0), None, Decimal(0)
    for token in tokens:
        if token[0] in "0123456789":
            pending = Decimal(token)
        elif token in DIGITS:
            pending = Decimal(DIGITS[token]) + (0 if pending is None else pending * 10)
            last = Decimal(0) if DIGITS[token] == 0 else last
        elif token in SCALES:
            total, section = _scale(total, section, pending, SCALES[token])
            pending, last = None, Decimal(SCALES[token])
        else:
            return None
    if not tokens:
        return None
    if pending is not None and tokens[-1] in DIGITS and last >= 100 and pending < 10:
        pending *= last / 10  # 两百五 is 250, 三万五 is 35000
    return total + section + (pending or 0)


def _scale(total: Decimal, section: Decimal, pending: Decimal | None, scale: int) -> tuple[Decimal, Decimal]:
    if scale < 10**4:
        if pending is None and section:
            return total, section * scale  # 1.5百千: a scale on a scale
        return total, section + (1 if pending is None else pending) * scale
    amount = section + (pending or 0)
    if scale == 10**4:
        return total + (amount or Decimal(1)) * scale, Decimal(0)
    return (total + amount or Decimal(1)) * scale, Decimal(0)
