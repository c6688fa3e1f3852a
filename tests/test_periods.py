"""Periods: what an expression means, given the document's own period and its date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.periods import find, previous, shift_year

# text | main period | date | periods found
CASES = """
2020年第四季度受理申诉 | - | - | 2020-Q4
上年第四季度的投诉情况 | - | 2023-03-22 | 2022-Q4
四季度银行业消费投诉 | - | 2023-03-22 | 2022-Q4
3月21日，消保局公布 | - | 2023-03-22 |
今年1月至11月，全区受理 | - | 2017-12-26 | 2017-01/2017-11
前11个月受理举报 | - | 2017-12-26 | 2017-01/2017-11
3月，国家邮政局受理；2月受春节影响 | 2021-03 | 2021-04-28 | 2021-03 2021-02
本月热线受理；前三季度列入 | 2023-09 | 2023-10-18 | 2023-09 2023-01/2023-09
比去年同期多 | 2017-01/2017-11 | 2017-12-26 | 2016-01/2016-11
二〇二一年五月 | - | - | 2021-05
2022年上半年，去年12月 | - | 2022-08-01 | 2022-H1 2021-12
今年以来，全年 | 2020-Q4 | 2021-04-12 | 2021 2020
上季度，上月 | 2021-Q1 | 2021-04-12 | 2020-Q4 2021-03
（2021年第1号），为期12个月，截至7月31日 | 2020-Q4 | 2021-04-12 |
一至九月累计 | 2021-01/2021-09 | 2021-10-10 | 2021-01/2021-09
"""


@pytest.mark.parametrize("case", CASES.strip().split("\n"))
def test_find(case: str) -> None:
    text, main, date, expected = (part.strip() for part in case.split("|"))
    found = find(text, None if main == "-" else main, None if date == "-" else date)
    assert [f.period for f in found] == expected.split()


@pytest.mark.parametrize(
    ("period", "before"),
    [("2021-Q1", "2020-Q4"), ("2021-03", "2021-02"), ("2021-01", "2020-12"), ("2021-H2", "2021-H1"), ("2021", "2020"), ("2021-01/2021-03", None)],
)
def test_previous(period: str, before: str | None) -> None:
    assert previous(period) == before


def test_shift_year() -> None:
    assert shift_year("2021-01/2021-05", -1) == "2020-01/2020-05"


@given(st.text(alphabet="今去上本年月季度半同期第一二三四十0123456789至—前个的日", max_size=40))
def test_never_raises(text: str) -> None:
    for found in find(text, "2020-Q4", "2021-04-12"):
        assert text[found.start : found.end]
