"""Gold and predicted TaggedArticles -> scores by exact span, label report, confusion, and each missed and invented entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nlp.tagged import ENTITY_LABELS, LABELS, Entity, TaggedArticle

NONE = "null"
LABEL_NAMES = (*LABELS, NONE)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one label: true positives, found and gold; the ratios are 0 where they are not defined."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """Right among found, 0-1."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Right among gold, 0-1."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0-1."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


@dataclass(frozen=True, slots=True)
class Mistake:
    """One entity that only one side has: `kind` is missed or invented; `left` and `right` are its surroundings."""

    document: str
    kind: str
    label: str
    left: str
    surface: str
    right: str

    def __str__(self) -> str:
        return f"{self.kind:8} {self.label:10} {self.document}: {self.left}[{self.surface}]{self.right}"


@dataclass(slots=True)
class Scores:
    """Everything that evaluation counts; `confusion[gold, predicted]` is a number of paragraphs.

    `confidence` holds, for each paragraph with probabilities, that of the label given and whether it was right.
    """

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)
    label_mistakes: list[str] = field(default_factory=list)
    confidence: list[tuple[float, bool]] = field(default_factory=list)

    def entity(self, label: str | None = None) -> Score:
        """Of one entity label, or of all together (micro average)."""
        labels = ENTITY_LABELS if label is None else (label,)
        return Score(*(sum(c[x] for x in labels) for c in (self.right, self.found, self.gold)))

    def paragraph(self, label: str) -> Score:
        """Of one paragraph label or `null`."""
        found = sum(self.confusion[g, label] for g in LABEL_NAMES)
        gold = sum(self.confusion[label, p] for p in LABEL_NAMES)
        return Score(self.confusion[label, label], found, gold)

    @property
    def label_accuracy(self) -> float:
        """Share of paragraphs with the right label, `null` among them."""
        total = sum(self.confusion.values())
        return sum(self.confusion[x, x] for x in LABEL_NAMES) / total if total else 0.0

    @property
    def label_macro_f1(self) -> float:
        """Mean F1 over the four labels, without `null`."""
        return sum(self.paragraph(x).f1 for x in LABELS) / len(LABELS)

    def reliability(self, bins: int = 10) -> list[tuple[float, float, int]]:
        """Rows of (mean confidence, share right, paragraphs), one a tenth of the scale; empty tenths are left out."""
        rows = []
        for index in range(bins):
            inside = [(p, right) for p, right in self.confidence if min(int(p * bins), bins - 1) == index]
            if inside:
                size = len(inside)
                rows.append((sum(p for p, _ in inside) / size, sum(right for _, right in inside) / size, size))
        return rows

    @property
    def calibration_error(self) -> float:
        """Expected calibration error of the label scores, 0-1, over ten bins."""
        total = len(self.confidence)
        return sum(size * abs(mean - right) for mean, right, size in self.reliability()) / total if total else 0.0

    def summary(self) -> dict[str, float]:
        """The figures that a model's meta file and the tests' floors name."""
        figures = {f"{label.lower()}_f1": self.entity(label).f1 for label in ENTITY_LABELS}
        figures |= {"entity_micro_f1": self.entity().f1, "label_accuracy": self.label_accuracy, "label_macro_f1": self.label_macro_f1}
        return {name: round(value, 4) for name, value in figures.items()}


def score(pairs: Iterable[tuple[TaggedArticle, TaggedArticle]]) -> Scores:
    """Compare (gold, predicted) pairs over the same text and the same paragraphs."""
    scores = Scores()
    for gold, predicted in pairs:
        _score_entities(scores, gold, predicted)
        for paragraph, truth, answer in zip(gold.article.paragraphs, gold.labels, predicted.labels, strict=True):
            scores.confusion[truth.label or NONE, answer.label or NONE] += 1
            if answer.scores:
                none = max(0.0, 1 - sum(answer.scores.values()))
                scores.confidence.append((answer.scores.get(answer.label or "", none), truth.label == answer.label))
            if truth.label != answer.label:
                text = gold.article.slice(paragraph)
                scores.label_mistakes.append(f"{gold.article.id}: {truth.label or NONE} taken for {answer.label or NONE}: {text[:60]}")
    return scores


def _score_entities(scores: Scores, gold: TaggedArticle, predicted: TaggedArticle) -> None:
    truth, answer = ({(e.start, e.end, e.label) for e in t.entities} for t in (gold, predicted))
    for start, end, label in truth:
        scores.gold[label] += 1
        scores.right[label] += (start, end, label) in answer
    scores.found.update(label for _, _, label in answer)
    scores.mistakes.extend(_mistakes(gold, truth - answer, "missed"))
    scores.mistakes.extend(_mistakes(gold, answer - truth, "invented"))


def _mistakes(tagged: TaggedArticle, spans: Iterable[tuple[int, int, str]], kind: str, around: int = 12) -> Iterator[Mistake]:
    text = tagged.article.text.replace("\n", "⏎")
    for start, end, label in sorted(spans):
        yield Mistake(tagged.article.id, kind, label, text[max(0, start - around) : start], text[start:end], text[end : end + around])


def report(scores: Scores) -> Iterator[str]:
    """The tables of an evaluation, line by line."""
    yield f"{'entity':<22}{'precision':>10}{'recall':>10}{'F1':>10}{'right':>8}{'found':>8}{'gold':>8}"
    for label in (*ENTITY_LABELS, None):
        s = scores.entity(label)
        yield f"{label or 'all (micro)':<22}{s.precision:>10.4f}{s.recall:>10.4f}{s.f1:>10.4f}{s.right:>8}{s.found:>8}{s.gold:>8}"
    yield ""
    yield f"{'paragraph label':<22}{'precision':>10}{'recall':>10}{'F1':>10}{'right':>8}{'found':>8}{'gold':>8}"
    for name in LABEL_NAMES:
        s = scores.paragraph(name)
        yield f"{name:<22}{s.precision:>10.4f}{s.recall:>10.4f}{s.f1:>10.4f}{s.right:>8}{s.found:>8}{s.gold:>8}"
    yield f"accuracy {scores.label_accuracy:.4f}   macro-F1 of the four labels {scores.label_macro_f1:.4f}"
    if scores.confidence:
        yield f"expected calibration error {scores.calibration_error:.4f}"
        yield "reliability: " + "  ".join(f"{mean:.2f}→{right:.2f} ({size})" for mean, right, size in scores.reliability())
    yield ""
    yield "confusion (rows gold, columns found)"
    yield " " * 22 + "".join(f"{name[:12]:>14}" for name in LABEL_NAMES)
    for truth in LABEL_NAMES:
        yield f"{truth:<22}" + "".join(f"{scores.confusion[truth, answer]:>14}" for answer in LABEL_NAMES)


def compare(old: TaggedArticle, new: TaggedArticle, gold: TaggedArticle) -> Iterator[tuple[str, Entity]]:
    """Entities that a new model gained or lost against an old one: (`gained` | `lost` | `new error` | `error gone`, entity)."""
    truth, before, after = ({(e.start, e.end, e.label): e for e in t.entities} for t in (gold, old, new))
    for key in sorted(set(before) ^ set(after)):
        is_new, is_right = key in after, key in truth
        kind = ("gained" if is_new else "lost") if is_right else ("new error" if is_new else "error gone")
        yield kind, after.get(key) or before[key]
