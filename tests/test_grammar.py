"""The grammar against one-line marked-up sentences: a case is a line in tests/cases; adding a bug is adding a line."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.formats.markup import parse_spans
from nlp.grammar.marks import Grammar
from nlp.grammar.quantities import Found
from nlp.lexicon import Lexicon

CASES = Path(__file__).parent / "cases"
LEXICON = Lexicon.read(Path(__file__).parent.parent / "corpus" / "lexicon")
GRAMMAR = Grammar(LEXICON)


def _lines(name: str) -> list[str]:
    return [line for line in (CASES / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def _marked(text: str, found: Iterable[Found]) -> list[tuple[str, str]]:
    return [(text[f.start : f.end], f.label) for f in found]


def _check(line: str, find: Callable[[str], Iterable[Found]]) -> None:
    text, gold = parse_spans(line, "case")
    assert _marked(text, find(text)) == [(text[e.start : e.end], e.label) for e in gold]


@pytest.mark.parametrize("line", _lines("quantities.txt"))
def test_quantities(line: str) -> None:
    _check(line, lambda text: (f for f in GRAMMAR.find(text) if f.label in ("COUNT", "PERCENT")))


@pytest.mark.parametrize("line", _lines("titles.txt"))
def test_titles(line: str) -> None:
    _check(line, lambda text: (f for f in GRAMMAR.find(text) if f.label == "REGULATION"))


@pytest.mark.parametrize("line", _lines("names.txt"))
def test_names(line: str) -> None:
    _check(line, lambda text: (f for f in GRAMMAR.find(text) if f.label == "AGENCY"))


ALPHABET = "启江省市县区公安局市场监管部门工信国务院《》〔〕（）()第令号0123456789.,%％‰万亿千百十两三几余多件家个起成至—分之关于的通知法条例“”、，。\n 　A/T𠮷"


@given(st.text(alphabet=ALPHABET, max_size=120))
def test_marks_are_ordered_slices(text: str) -> None:
    last = 0
    for found in GRAMMAR.find(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end


@pytest.mark.parametrize(
    "piece",
    [
        "一千万",
        "1件",
        "《",
        "《》",
        "》《通知",
        "关于的通知",
        "启江市",
        "市",
        "公安局",
        "某某〔2021〕",
        "12%、",
        "百分之",
        "令第1号",
        "三成",
        "（2021）",
        "GB/T 1",
        "省人大",
    ],
)
def test_linear(piece: str) -> None:
    """Eight times the text costs about eight times as much; a quadratic rule would cost sixty-four times."""

    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        start = time.perf_counter()
        GRAMMAR.find(text)
        return time.perf_counter() - start

    small = max(min(seconds(4_000) for _ in range(3)), 1e-3)
    assert min(seconds(32_000) for _ in range(2)) <= 24 * small
