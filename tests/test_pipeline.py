"""The tagger as a whole: no text breaks it, every entity is a slice, and how it is fed changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.document import from_docs, to_docs
from nlp.pipeline import Tagger
from nlp.reading import ReadingError, read_file, read_text
from nlp.statistics import with_statistics
from nlp.tagged import TaggedArticle
from tests.conftest import EXAMPLE

ENTITY_FIELDS = {
    "COUNT": ["value", "unit", "bound"],
    "PERCENT": ["value", "unit", "direction", "basis"],
    "AGENCY": ["id", "name"],
    "REGULATION": ["id", "title", "kind", "number"],
}
TEXT = st.text(alphabet="启江市公安局工信部《通知》〔2021〕1号受理投诉29052件，环比下降12.8%。占三成\n　 一、（一）AP𠮷\t请要求处罚“”", max_size=120)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(TEXT)
def test_no_text_raises_and_entities_are_slices(tagger: Tagger, text: str) -> None:
    try:
        article = read_text(text, "any")
    except ReadingError:
        return
    tagged = tagger.tag(article)
    for item in tagged.to_record()["entities"]:
        assert tagged.article.text[item["start"] : item["end"]] == item["text"]
        assert item["text"].strip()
    for row in tagged.statistics:
        assert any((e.start, e.end) == (row.start, row.end) for e in tagged.entities)


def test_every_entity_carries_its_fields(tagger: Tagger) -> None:
    for entity in tagger.tag(read_file(EXAMPLE)).entities:
        assert [name for name in entity.fields if name not in ("low", "high")] == ENTITY_FIELDS[entity.label]
        assert entity.score is None or 0 <= entity.score <= 1


def test_pipe_equals_call_and_parts_equal_whole(tagger: Tagger) -> None:
    article = read_file(EXAMPLE)
    whole = tagger.tag(article)
    called = [tagger.nlp(doc) for doc in to_docs(tagger.nlp, article)]
    assert with_statistics(from_docs(article, called, tagger.model)) == whole
    parts = list(tagger.nlp.pipe(to_docs(tagger.nlp, article, longest=200), batch_size=2))
    assert len(parts) > 2
    cut = from_docs(article, parts, tagger.model)
    assert [(e.start, e.end, e.label) for e in cut.entities] == [(e.start, e.end, e.label) for e in whole.entities]


def test_order_and_batching_change_nothing(tagger: Tagger) -> None:
    articles = [read_text(f"{place}市公安局受理投诉{n}件，占{n}%。", f"{n}") for n, place in enumerate(["启江", "澜东", "海西"], 1)]
    together = list(tagger.stream(articles))
    assert [t.article.id for t in together] == ["1", "2", "3"]
    assert together == [tagger.tag(a) for a in articles]


def test_record_round_trip(tagger: Tagger) -> None:
    tagged = tagger.tag(read_file(EXAMPLE))
    assert TaggedArticle.from_record(tagged.to_record()) == tagged


def test_golden_names(tagger: Tagger) -> None:
    from spacy.util import registry

    assert tagger.nlp.pipe_names == ["ner", "resolve", "normalize", "link", "classify"]
    assert "notices.Segmenter.v1" in registry.tokenizers.get_all()
    assert "notices.Corpus.v1" in registry.readers.get_all()
    assert "notices.ProgressLogger.v1" in registry.loggers.get_all()
    assert "notices.Blind.v1" in registry.augmenters.get_all()


@pytest.mark.parametrize("group", ["spacy_factories", "spacy_tokenizers", "spacy_readers", "spacy_loggers", "spacy_augmenters"])
def test_entry_points_load(group: str) -> None:
    from importlib.metadata import entry_points

    ours = [e for e in entry_points(group=group) if e.value.startswith("nlp.")]
    assert ours
    for entry in ours:
        assert callable(entry.load())
