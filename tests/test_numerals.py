"""Numerals: what each form is worth, exactly."""

from __future__ import annotations

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.numerals import NUMERAL, Numeral, read

EXACT = """
29052 29052|3.69万 36900|16.4亿 1640000000|5.3万 53000|2万3千 23000|1亿2000万 120000000|1,100万 11000000|１２３ 123|１，２０４ 1204
十二 12|二十 20|廿三 23|卅 30|一百零五 105|一百八十七 187|两百五 250|三万五 35000|三万零五十 30050|一千万 10000000|一万亿 1000000000000
壹佰贰拾叁 123|二〇二一 2021|三点五 3.5|三百万 3000000|3百万 3000000|2千 2000|十 10|百 100|两千 2000|-3.2 -3.2|0.8 0.8|一亿二千万 120000000
"""
RANGES = "3至5 3 5|1200—1500 1200 1500|3至5万 30000 50000|两三 2 3|三五 3 5|七八十 70 80|十到二十 10 20|数十 20 90|几十万 200000 900000|好几 2 9|十几 11 19|几 2 9"
BOUNDS = "两千余 2000 over|3000多 3000 over|1.2万余 12000 over|上百 100 over|十来 10 about|90多万 900000 over|百余 100 over"
NOT_NUMERALS = ["", "件", "abc", "成百上千", "点五"]


def _cases(table: str) -> list[list[str]]:
    return [case.split() for line in table.strip().split("\n") for case in line.split("|")]


@pytest.mark.parametrize(("surface", "value"), _cases(EXACT))
def test_exact(surface: str, value: str) -> None:
    assert read(surface) == Numeral(Decimal(value))
    assert re.fullmatch(NUMERAL, surface.lstrip("-"))


@pytest.mark.parametrize(("surface", "low", "high"), _cases(RANGES))
def test_range(surface: str, low: str, high: str) -> None:
    numeral = read(surface)
    assert numeral is not None
    assert (numeral.value, numeral.low, numeral.high) == (None, Decimal(low), Decimal(high))


@pytest.mark.parametrize(("surface", "value", "bound"), _cases(BOUNDS))
def test_bound(surface: str, value: str, bound: str) -> None:
    assert read(surface) == Numeral(Decimal(value), bound=bound)


@pytest.mark.parametrize("surface", NOT_NUMERALS)
def test_no_numeral(surface: str) -> None:
    assert read(surface) is None


@pytest.mark.parametrize("scale", ["万", "亿"])
def test_decimal_scales_are_exact(scale: str) -> None:
    for tenths in range(1, 99_999, 7):
        text = f"{tenths // 10}.{tenths % 10}"
        assert read(text + scale) == Numeral(Decimal(text) * (10**4 if scale == "万" else 10**8))


def _spelled(n: int) -> str:
    """0 < n < 10000 in Chinese, by the textbook."""
    digits, text = "零一二三四五六七八九", ""
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // scale % 10
        text += digits[digit] + word if digit else "零"
    return re.sub("零+$", "", re.sub("零+", "零", text)).lstrip("零")


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_spelled_numbers(high: int, low: int) -> None:
    text = _spelled(high) + "万" + ("" if not low else ("零" if low < 1000 else "") + _spelled(low))
    assert read(text) == Numeral(Decimal(high * 10_000 + low))


@given(st.text(alphabet="0123456789０９.,，零一二两三十百千万亿几数余多上成点半至到—-廿壹拾", max_size=40))
def test_never_raises(text: str) -> None:
    read(text)


@pytest.mark.parametrize("piece", ["一千万", "1", "1,", "2万", "3至", "几", "1.", "余", "十余多", "1—", "1,234"])
def test_linear(piece: str) -> None:
    """Eight times the text costs about eight times as much; a quadratic pattern would cost sixty-four times."""

    def seconds(size: int) -> float:
        text = piece * size
        start = time.perf_counter()
        for _ in re.finditer(NUMERAL, text):
            pass
        return time.perf_counter() - start

    small = max(min(seconds(12_500) for _ in range(5)), 1e-4)
    assert min(seconds(100_000) for _ in range(3)) <= 24 * small
