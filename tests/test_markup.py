"""The corpus's own form: what it reads, what it refuses, and that writing and reading give the same."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.article import KINDS, Article, Paragraph
from nlp.formats import markup
from nlp.tagged import ENTITY_LABELS, LABELS, Entity, ParagraphLabel, TaggedArticle

WELL_FORMED = """---
title: 某局通告
published: 2020-01-02
---
heading: {R:某局通告}
policy: 依照{R:《办法》}，{A:某局}受理{C:3件}，占{P:5%}；花括号写作\\{这样\\}。
heading+enforcement: {A:某局}约谈{C:两家}企业
"""


def _read(text: str) -> TaggedArticle:
    return markup.read(io.StringIO(text), "case")


def test_reads_text_kinds_labels_and_spans() -> None:
    tagged = _read(WELL_FORMED)
    text = tagged.article.text
    assert tagged.article.published == "2020-01-02"
    assert [p.kind for p in tagged.article.paragraphs] == ["heading", "body", "heading"]
    assert [x.label for x in tagged.labels] == [None, "policy", "enforcement"]
    assert [text[e.start : e.end] for e in tagged.entities] == ["某局通告", "《办法》", "某局", "3件", "5%", "某局", "两家"]
    assert "花括号写作{这样}" in text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("policy: {A:某局", "not closed"),
        ("policy: {A:某{C:3件}}", "inside an entity"),
        ("policy: {X:某局}", "unknown entity code"),
        ("policy: {A:}", "empty"),
        ("policy: 多一个}", "brace without its partner"),
        ("policy: 一个\\反斜线", "lone"),
        ("nonsense: 文字", "unknown label or kind"),
        ("policy+enforcement: 文字", "unknown label or kind"),
        ("policy:", "no text"),
        ("没有标签的一行", "does not start"),
    ],
)
def test_refuses(line: str, reason: str) -> None:
    with pytest.raises(markup.MarkupError, match=reason) as caught:
        _read(f"---\ntitle: x\n---\nnull: 第一行\n{line}\n")
    assert str(caught.value).startswith("case:5")


def test_broken_front_matter_is_one_sentence() -> None:
    with pytest.raises(markup.MarkupError, match="front matter"):
        _read("---\ntitle: [\n---\nnull: 文字\n")


LINE = st.text(alphabet="某局受理3件%{}\\《》：: 　𠮷", min_size=1, max_size=12).filter(lambda s: s.strip() == s and s)


@st.composite
def articles(draw: st.DrawFn) -> TaggedArticle:
    lines = draw(st.lists(LINE, min_size=1, max_size=4))
    paragraphs, labels, entities, at = [], [], [], 0
    for line in lines:
        paragraphs.append(Paragraph(at, at + len(line), draw(st.sampled_from(KINDS))))
        labels.append(ParagraphLabel(draw(st.sampled_from([None, *LABELS]))))
        start = draw(st.integers(0, len(line) - 1))
        if draw(st.booleans()):
            end = draw(st.integers(start + 1, len(line)))
            entities.append(Entity(at + start, at + end, draw(st.sampled_from(ENTITY_LABELS))))
        at += len(line) + 1
    return TaggedArticle(Article("case", "\n".join(lines), tuple(paragraphs)), tuple(labels), tuple(entities))


@given(articles())
def test_round_trip(tagged: TaggedArticle) -> None:
    stream = io.StringIO()
    markup.write(tagged, stream)
    again = _read(stream.getvalue())
    assert (again.article.text, again.labels, again.entities) == (tagged.article.text, tagged.labels, tagged.entities)
    assert [p.kind for p in again.article.paragraphs] == [p.kind for p in tagged.article.paragraphs]


@given(articles())
def test_record_round_trip(tagged: TaggedArticle) -> None:
    assert TaggedArticle.from_record(tagged.to_record()) == tagged
