"""Normalised fields: values, units, bounds, and which way and against what a percentage moved."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.grammar.quantities import Quantities
from nlp.lexicon import Lexicon
from nlp.values import Clause, count_fields, percent_fields, signed
from tests.conftest import ROOT

GRAMMAR = Quantities(Lexicon.read(ROOT / "corpus" / "lexicon").units)


def _read(sentence: str) -> list[tuple[str, dict[str, Any]]]:
    found, previous = [], []
    for f in GRAMMAR.find(sentence):
        clause = Clause(sentence, f.start, f.end, 0, len(sentence))
        if f.label == "COUNT":
            fields = count_fields(clause)
        else:
            fields = percent_fields(clause, previous)
            previous.append((f.start, f.end, fields))
        found.append((sentence[f.start : f.end], fields))
    return found


COUNTS = [
    ("受理29052件", 29052, "件", None),
    ("出动近5.3万人次", 53000, "人次", "about"),
    ("超过1,204件", 1204, "件", "over"),
    ("不足３０家", 30, "家", "under"),
    ("两千余户居民", 2000, "户", "over"),
    ("共3.69万件次", 36900, "件次", None),
    ("十二起左右", 12, "起", "about"),
    ("100人以上", 100, "人", "over"),
    ("2.07件/亿元", 2.07, "件/亿元", None),
    ("用户突破10亿", 1000000000, None, "over"),
]


@pytest.mark.parametrize(("sentence", "value", "unit", "bound"), COUNTS)
def test_counts(sentence: str, value: float, unit: str | None, bound: str | None) -> None:
    ((_, fields),) = _read(sentence)
    assert fields == {"value": value, "unit": unit, "bound": bound}
    assert isinstance(fields["value"], type(value))


def test_range_has_no_single_value() -> None:
    ((_, fields),) = _read("抽查3至5个小区")
    assert fields == {"value": None, "unit": "个", "bound": None, "low": 3, "high": 5}


# sentence -> value, direction, basis of each percentage in it
PERCENTS: list[tuple[str, list[tuple[float | None, str | None, str | None]]]] = [
    ("受理290件，环比下降12.8%，同比下降41.6%", [(12.8, "down", "qoq"), (41.6, "down", "yoy")]),
    ("受理605件，环比、同比分别增长42.2%和61.6%", [(42.2, "up", "qoq"), (61.6, "up", "yoy")]),
    ("环比分别下降1.5%、2.5%和3.5%", [(1.5, "down", "qoq"), (2.5, "down", "qoq"), (3.5, "down", "qoq")]),
    ("用户服务类占比50.3%，收费争议类占比28.2%", [(50.3, None, "share"), (28.2, None, "share")]),
    ("占总量的37.7%", [(37.7, None, "share")]),
    ("办结279件(59.87%)", [(59.87, None, "share")]),
    ("较上季度提高3.5个百分点", [(3.5, "up", "qoq")]),
    ("比去年同期的433件增长两成", [(20, "up", "yoy")]),
    ("较上年同期减少百分之三", [(3, "down", "yoy")]),
    ("满意率为97.8%", [(97.8, None, None)]),
    ("占比由三季度的32.7%升到41.0%", [(32.7, None, "share"), (41, None, "share")]),
    ("占三成九", [(39, None, "share")]),
    ("同比-3.2%", [(3.2, "down", "yoy")]),
    ("降幅达12%", [(12, "down", None)]),
    ("占比过半，达50.63%", [(50.63, None, "share")]),
    ("差错率为万分之五", [(0.05, None, None)]),
    ("申诉率为百万分之12.9", [(0.00129, None, None)]),
]


@pytest.mark.parametrize(("sentence", "expected"), PERCENTS)
def test_percents(sentence: str, expected: list[tuple[float | None, str | None, str | None]]) -> None:
    fields = [f for _, f in _read(sentence) if "direction" in f]
    assert [(f["value"], f["direction"], f["basis"]) for f in fields] == expected


def test_percent_units() -> None:
    assert [f["unit"] for _, f in _read("5%、3.5个百分点、0.8‰")] == ["percent", "percentage_point", "permille"]


def test_sign() -> None:
    ((_, fall),) = _read("同比下降8%")
    assert signed(fall) == -8
