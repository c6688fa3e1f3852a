"""The figures table on marked-up sentences: a row a figure, with its period, changes and share."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from nlp.formats import markup
from nlp.lexicon import Lexicon
from nlp.pipes.segment import Segmenter
from nlp.statistics import with_statistics
from nlp.tagged import Entity
from nlp.values import Clause, count_fields, percent_fields
from tests.conftest import ROOT

LEXICON = Lexicon.read(ROOT / "corpus" / "lexicon")

# A marked-up paragraph of a bulletin of 2021-Q2 (published 2021-08-01) -> rows: surface, value, period, yoy, qoq, share
CASES: list[tuple[str, list[tuple[Any, ...]]]] = [
    (
        "全省受理{C:290件}，环比下降{P:12.8%}，同比下降{P:41.6%}。其中，甲类占比{P:50.3%}，乙类占比{P:49.7%}。",
        [("290件", 290, "2021-Q2", -41.6, -12.8, None), ("50.3%", None, "2021-Q2", None, None, 50.3), ("49.7%", None, "2021-Q2", None, None, 49.7)],
    ),
    (
        "甲公司、乙公司和丙公司依次为{C:112件}、{C:38件}和{C:3件}，分别占{P:16.1%}、{P:5.6%}、{P:0.5%}。",
        [("112件", 112, "2021-Q2", None, None, 16.1), ("38件", 38, "2021-Q2", None, None, 5.6), ("3件", 3, "2021-Q2", None, None, 0.5)],
    ),
    ("共处理申诉{C:605件}，环比、同比分别增长{P:42.2%}和{P:61.6%}。", [("605件", 605, "2021-Q2", 61.6, 42.2, None)]),
    (
        "办理诉求{C:520件}，比去年同期的{C:433件}增长{P:两成}。",
        [("520件", 520, "2021-Q2", 20, None, None), ("433件", 433, "2020-Q2", None, None, None)],
    ),
    ("贷款投诉{C:545件}，占比由一季度的{P:32.7%}升到{P:41.0%}，提高了{P:8.3个百分点}。", [("545件", 545, "2021-Q2", None, None, 41)]),
    (
        "{C:203起}发生在工地，占{P:三成九}；餐饮业有{C:一百八十七起}。",
        [("203起", 203, "2021-Q2", None, None, 39), ("一百八十七起", 187, "2021-Q2", None, None, None)],
    ),
    ("4月，受理{C:100件}；5月受理{C:120件}。", [("100件", 100, "2021-04", None, None, None), ("120件", 120, "2021-05", None, None, None)]),
    (
        "{A:甲市}当场办结{C:279件}({P:59.87%})，派发{C:187件}({P:40.13%})。",
        [("279件", 279, "2021-Q2", None, None, 59.87), ("187件", 187, "2021-Q2", None, None, 40.13)],
    ),
    ("组织浙江、湖南等{C:7省}{A:通信管理局}检查企业{C:38家}，比上季度增加{C:5家}。", [("38家", 38, "2021-Q2", None, None, None)]),
]


def _rows(body: str) -> list[tuple[Any, ...]]:
    text = f"---\ntitle: 关于2021年第二季度投诉情况的通报\npublished: 2021-08-01\n---\ncomplaint_statistics: {body}\n"
    tagged = markup.read(io.StringIO(text), "case")
    plain = tagged.article.text
    done = with_statistics(replace(tagged, entities=tuple(_with_fields(plain, tagged.entities))))
    return [(plain[r.start : r.end], r.value, r.period, r.yoy_percent, r.qoq_percent, r.share_percent) for r in done.statistics]


def _with_fields(text: str, entities: tuple[Entity, ...]) -> Iterator[Entity]:
    previous: list[tuple[int, int, dict[str, Any]]] = []
    for e in entities:
        clause = Clause(text, e.start, e.end, text.rfind("。", 0, e.start) + 1, len(text))
        if e.label == "COUNT":
            yield replace(e, fields=count_fields(clause))
        elif e.label == "PERCENT":
            fields = percent_fields(clause, [p for p in previous if p[0] >= clause.left])
            previous.append((e.start, e.end, fields))
            yield replace(e, fields=fields)
        else:
            yield e


def test_agency_is_the_full_name_not_its_gloss() -> None:
    text = "---\ntitle: 通报\n---\nnull: {A:启江市消费者协会}（以下简称{A:市消协}）受理{C:3件}，{C:2家}企业因拒不整改被曝光。\n"
    tagged = markup.read(io.StringIO(text), "case")
    done = with_statistics(replace(tagged, entities=tuple(_with_fields(tagged.article.text, tagged.entities))))
    assert [r.agency for r in done.statistics] == ["启江市消费者协会", None]


@pytest.mark.parametrize(("body", "rows"), CASES)
def test_rows(body: str, rows: list[tuple[Any, ...]]) -> None:
    assert _rows(body) == rows


def test_segmenter_reads_the_lexicon() -> None:
    from spacy.vocab import Vocab

    doc = Segmenter(Vocab(), LEXICON)("工信部受理29052件")
    assert [(s.text, s.label_) for s in doc.spans["marks"]] == [("工信部", "AGENCY"), ("29052件", "COUNT")]
