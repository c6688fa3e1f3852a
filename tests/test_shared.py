"""The sample article must come out right to the last figure, and the notices' figures with it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest

from nlp.pipeline import Tagger
from nlp.reading import read_file
from nlp.tagged import TaggedArticle
from tests.conftest import SHARED, needs_shared

ARTICLE = "articles/000_dc777eaa14a1ec7a.txt"
NUMBERS = ("value", "unit", "bound", "period", "yoy_percent", "qoq_percent", "share_percent")


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHARED / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def article(tagger: Tagger) -> TaggedArticle:
    return tagger.tag(read_file(SHARED / ARTICLE))


@needs_shared(ARTICLE)
def test_every_paragraph_of_the_sample_article(article: TaggedArticle) -> None:
    gold = _lines("gold/article.jsonl")
    paragraphs = article.article.paragraphs
    assert [article.article.slice(p) for p in paragraphs] == [line["text"] for line in gold]
    wrong = []
    for paragraph, label, line in zip(paragraphs, article.labels, gold, strict=True):
        found = {(e.start - paragraph.start, e.end - paragraph.start, e.label) for e in article.entities_in(paragraph)}
        truth = {(s["start"], s["end"], s["label"]) for s in line["spans"]}
        if found != truth or label.label != line["label"]:
            wrong.append((line["id"], label.label, line["label"], sorted(found ^ truth)))
    assert wrong == []


@needs_shared(ARTICLE)
def test_figures_of_the_sample_article(article: TaggedArticle) -> None:
    text = article.article.text
    rows = [{"surface": text[r.start : r.end], **asdict(r)} for r in article.statistics]
    gold = _lines("gold/article-statistics.jsonl")
    assert [[r["surface"], r["agency"], *(r[k] for k in NUMBERS)] for r in rows] == [
        [g["surface"], g["agency"], *(g[k] for k in NUMBERS)] for g in gold
    ]
    for row, line in zip(rows, gold, strict=True):
        assert set(row["subject"]) & set(line["subject"]), (row["subject"], line["subject"])


@needs_shared("gold/notices-statistics.jsonl")
def test_figures_of_the_notices(tagger: Tagger) -> None:
    gold = _lines("gold/notices-statistics.jsonl")
    names = ("value", "unit", "period", "yoy_percent", "qoq_percent", "share_percent")
    found = {}
    for file in {g["file"] for g in gold}:
        tagged = tagger.tag(read_file(SHARED / "gold" / "notices" / file))
        found[file] = {(tagged.article.text[r.start : r.end], *(getattr(r, k) for k in names)) for r in tagged.statistics}
    missed = [g for g in gold if (g["surface"], *(g[k] for k in names)) not in found[g["file"]]]
    assert len(missed) <= 0.05 * len(gold), missed


@needs_shared("news")
def test_transcripts_are_read_whole(tagger: Tagger) -> None:
    for file in sorted((SHARED / "news").glob("*.md"))[:3]:
        tagged = tagger.tag(read_file(file))
        assert len(tagged.article.paragraphs) > 20
        assert len(tagged.entities) > 20
