"""The record that everything speaks: an article with its entities, paragraph labels and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from nlp.article import Article, Paragraph

EntityLabel = Literal["AGENCY", "REGULATION", "COUNT", "PERCENT"]
ENTITY_LABELS: tuple[EntityLabel, ...] = get_args(EntityLabel)
Label = Literal["policy", "complaint_statistics", "enforcement", "consumer_advisory"]
LABELS: tuple[Label, ...] = get_args(Label)


@dataclass(frozen=True, slots=True)
class Entity:
    """A span of the article's text with its label, the confidence in it (0-1 or None) and its normalised fields."""

    start: int
    end: int
    label: EntityLabel
    score: float | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParagraphLabel:
    """What one paragraph is mainly for (None: none of the four), with the probability of each label."""

    label: Label | None = None
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One stated figure. `start` and `end` are the offsets of the characters it was read from.

    Percentages are signed, a fall is negative; `paragraph` is an index into the article's paragraphs.
    """

    agency: str | None
    subject: str
    period: str | None
    value: int | float | None
    unit: str | None
    bound: str | None
    yoy_percent: int | float | None
    qoq_percent: int | float | None
    share_percent: int | float | None
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class TaggedArticle:
    """An article and what was found in it; gold data and the tagger's answers alike.

    `labels` has one item a paragraph; entities are sorted and do not overlap.
    """

    article: Article
    labels: tuple[ParagraphLabel, ...]
    entities: tuple[Entity, ...]
    statistics: tuple[Row, ...] = ()
    model: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        if len(self.labels) != len(self.article.paragraphs):
            raise ValueError(f"{self.article.id}: {len(self.labels)} labels for {len(self.article.paragraphs)} paragraphs")
        last = 0
        for entity in self.entities:
            if not last <= entity.start < entity.end <= len(self.article.text):
                raise ValueError(f"{self.article.id}: entity {entity.start}-{entity.end} overlaps or is out of range")
            last = entity.end

    def entities_in(self, paragraph: Paragraph) -> tuple[Entity, ...]:
        """The entities that lie inside one paragraph."""
        return tuple(e for e in self.entities if paragraph.start <= e.start and e.end <= paragraph.end)

    def to_record(self) -> dict[str, Any]:
        """The record as plain JSON values, with offsets in code points and every entity's text beside them."""
        article = self.article
        about = {key: getattr(article, key) for key in ("id", "title", "published", "source", "url")}
        paragraphs = [
            {"start": p.start, "end": p.end, "kind": p.kind, "headings": list(p.headings), "label": label.label, "scores": dict(label.scores)}
            for p, label in zip(article.paragraphs, self.labels, strict=True)
        ]
        entities = [
            {"start": e.start, "end": e.end, "text": article.text[e.start : e.end], "label": e.label, "score": e.score, **e.fields}
            for e in self.entities
        ]
        model = dict(self.model) if self.model is not None else None
        rows = [asdict(row) for row in self.statistics]
        return {**about, "model": model, "text": article.text, "paragraphs": paragraphs, "entities": entities, "statistics": rows}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> TaggedArticle:
        """The inverse of `to_record`. Raises RecordError for anything that is not a record."""
        try:
            return _from_record(record)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            reason = f"no field {error}" if isinstance(error, KeyError) else str(error)
            raise RecordError(f"not a tagged article: {reason}") from None


class RecordError(ValueError):
    """JSON that is no record of a tagged article."""


def _from_record(record: Mapping[str, Any]) -> TaggedArticle:
    text = record["text"]
    paragraphs = tuple(Paragraph(p["start"], p["end"], p.get("kind", "body"), tuple(p.get("headings", ()))) for p in record["paragraphs"])
    about = {key: record.get(key) for key in ("title", "published", "source", "url")}
    article = Article(record["id"], text, paragraphs, **about)
    labels = tuple(ParagraphLabel(_checked(p.get("label"), (None, *LABELS)), p.get("scores") or {}) for p in record["paragraphs"])
    entities = []
    for item in record["entities"]:
        extra = {k: v for k, v in item.items() if k not in ("start", "end", "text", "label", "score")}
        entity = Entity(item["start"], item["end"], _checked(item["label"], ENTITY_LABELS), item.get("score"), extra)
        if text[entity.start : entity.end] != item.get("text", text[entity.start : entity.end]):
            raise ValueError(f"entity {entity.start}-{entity.end} is not “{item['text']}” in the text")
        entities.append(entity)
    rows = tuple(Row(**row) for row in record.get("statistics") or ())
    return TaggedArticle(article, labels, tuple(entities), rows, record.get("model"))


def _checked(value: Any, allowed: tuple[Any, ...]) -> Any:
    if value not in allowed:
        raise ValueError(f"unknown label {value!r}")
    return value
