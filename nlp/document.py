"""The only bridge between the record and spaCy: Article -> Docs, Docs -> TaggedArticle, TaggedArticle -> gold Doc."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.article import Article, Paragraph
from nlp.pipes.normalize import fields
from nlp.pipes.segment import Segmenter
from nlp.tagged import Entity, ParagraphLabel, TaggedArticle

LONGEST = 100_000  # characters of one Doc; longer articles are cut at paragraph edges


def to_docs(nlp: Language, article: Article, longest: int = LONGEST) -> list[Doc]:
    """The article as Docs of at most `longest` characters each (more only where one paragraph is longer)."""
    return [_to_doc(nlp, article, part) for part in _parts(article, longest)]


def from_docs(article: Article, docs: Iterable[Doc], model: Mapping[str, str] | None = None) -> TaggedArticle:
    """What the pipeline found in the article's Docs, in the article's own offsets."""
    entities: list[Entity] = []
    labels: dict[int, ParagraphLabel] = {}
    for doc in docs:
        offset = doc.user_data["offset"]
        entities.extend(_entity(ent, offset) for ent in doc.ents if not ent.text.isspace())
        for span in doc.spans["paragraphs"]:
            labels[offset + span.start_char] = ParagraphLabel(span.label_ or None, dict(span._.scores or {}))
    found = tuple(labels.get(p.start, ParagraphLabel()) for p in article.paragraphs)
    return TaggedArticle(article, found, tuple(entities), model=model)


def gold_doc(nlp: Language, tagged: TaggedArticle) -> Doc:
    """The reference Doc of an annotated article: its tokens are cut at every gold edge, so that no entity is lost."""
    edges = [e for entity in tagged.entities for e in (entity.start, entity.end)]
    doc = _to_doc(nlp, tagged.article, tagged.article.paragraphs, edges)
    spans = [doc.char_span(e.start, e.end, label=e.label) for e in tagged.entities]
    doc.ents = [span for span in spans if span is not None]
    if len(doc.ents) != len(tagged.entities):
        raise ValueError(f"{tagged.article.id}: {len(tagged.entities) - len(doc.ents)} entities do not fall on token edges")
    labels = {p.start: label.label for p, label in zip(tagged.article.paragraphs, tagged.labels, strict=True)}
    doc.spans["paragraphs"] = [Span(doc, s.start, s.end, label=labels[s.start_char] or "") for s in doc.spans["paragraphs"]]
    return doc


def boundary_ceiling(nlp: Language, articles: Iterable[TaggedArticle]) -> float:
    """Share of gold entities whose two edges fall on token edges: what no recogniser on these tokens can exceed."""
    reached, total = 0, 0
    for tagged in articles:
        for doc in to_docs(nlp, tagged.article):
            offset = doc.user_data["offset"]
            starts, ends = {offset + t.idx for t in doc}, {offset + t.idx + len(t) for t in doc}
            inside = [e for e in tagged.entities if offset <= e.start and e.end <= offset + len(doc.text)]
            reached += sum(e.start in starts and e.end in ends for e in inside)
            total += len(inside)
    return reached / total if total else 1.0


def _entity(ent: Span, offset: int) -> Entity:
    return Entity(offset + ent.start_char, offset + ent.end_char, ent.label_, ent._.score, fields(ent))  # type: ignore[arg-type]


def _parts(article: Article, longest: int) -> Iterator[tuple[Paragraph, ...]]:
    part: list[Paragraph] = []
    for paragraph in article.paragraphs:
        if part and paragraph.end - part[0].start > longest:
            yield tuple(part)
            part = []
        part.append(paragraph)
    if part:
        yield tuple(part)


def _to_doc(nlp: Language, article: Article, part: tuple[Paragraph, ...], edges: Iterable[int] = ()) -> Doc:
    """One Doc over neighbouring paragraphs; their kinds and headings ride on its paragraph spans."""
    offset = part[0].start
    text = article.text[offset : part[-1].end]
    tokenizer: Any = nlp.tokenizer
    own = {e - offset for p in part for e in (p.start, p.end)} | {e - offset for e in edges}
    doc = tokenizer.doc(text, own) if isinstance(tokenizer, Segmenter) else tokenizer(text)
    doc.user_data["offset"] = offset
    doc.user_data["published"] = article.published
    spans = []
    for paragraph in part:
        span = doc.char_span(paragraph.start - offset, paragraph.end - offset, alignment_mode="contract")
        if span is not None and len(span):
            span._.kind, span._.headings = paragraph.kind, list(paragraph.headings)
            spans.append(span)
    doc.spans["paragraphs"] = spans
    return doc
