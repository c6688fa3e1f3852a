"""Scores by exact span, labels, calibration, and what one model gains and loses against another."""

from __future__ import annotations

import io

import pytest

from nlp.evaluate import differences
from nlp.formats import jsonl
from nlp.scoring import report, score
from nlp.tagged import RecordError, TaggedArticle

TEXT = "工信部受理3件，占5%"


def _tagged(spans: list[tuple[int, int, str]], label: str | None, scores: str = "{}") -> TaggedArticle:
    items = ",".join(f'{{"start":{s},"end":{e},"label":"{x}"}}' for s, e, x in spans)
    paragraph = f'{{"start":0,"end":{len(TEXT)},"label":{"null" if label is None else chr(34) + label + chr(34)},"scores":{scores}}}'
    line = f'{{"id":"a","text":"{TEXT}","paragraphs":[{paragraph}],"entities":[{items}]}}'
    return next(jsonl.read(io.StringIO(line)))


GOLD = _tagged([(0, 3, "AGENCY"), (5, 7, "COUNT"), (9, 11, "PERCENT")], "complaint_statistics")
ANSWER = _tagged([(0, 3, "AGENCY"), (5, 8, "COUNT")], "policy", '{"policy":0.8,"complaint_statistics":0.2}')


def test_exact_spans_only() -> None:
    scores = score([(GOLD, ANSWER)])
    assert (scores.entity("AGENCY").f1, scores.entity("COUNT").f1, scores.entity("PERCENT").recall) == (1.0, 0.0, 0.0)
    assert scores.entity().f1 == pytest.approx(2 / 5)
    assert {(m.kind, m.surface) for m in scores.mistakes} == {("missed", "3件"), ("missed", "5%"), ("invented", "3件，")}


def test_labels_and_calibration() -> None:
    scores = score([(GOLD, ANSWER), (GOLD, GOLD)])
    assert scores.label_accuracy == 0.5
    assert scores.confusion["complaint_statistics", "policy"] == 1
    assert scores.reliability() == [(0.8, 0.0, 1)]
    assert scores.calibration_error == pytest.approx(0.8)
    assert any("reliability" in line for line in report(scores))


def test_differences_name_what_was_gained_and_lost() -> None:
    *lines, last = differences([GOLD], [ANSWER], [GOLD])
    assert [line.split()[0] for line in lines] == ["gained", "error", "gained"]
    assert last == "2 gained, 0 lost, 0 new error, 1 error gone"


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id":"a"}',
        '{"id":"a","text":"","spans":[],"label":null}',
        '{"id":"a","text":"abc","spans":[{"start":0,"end":9,"label":"COUNT"}],"label":null}',
        '{"id":"a","text":"abc","spans":[{"start":0,"end":1,"label":"MONEY"}],"label":null}',
        '{"id":"a","text":"abc","spans":[],"label":"weather"}',
    ],
)
def test_broken_gold_is_named_by_its_line(line: str) -> None:
    with pytest.raises(RecordError, match="line 2"):
        list(jsonl.read(io.StringIO('{"id":"a","text":"abc","spans":[],"label":null}\n' + line)))
