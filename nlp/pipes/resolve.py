"""Decide between the marks of the grammar and the entities of the recogniser; the outcome becomes `doc.ents`.

Which side wins for which label is a setting of the config, measured both ways (docs/accuracy.md). Every entity carries
the precision that its kind of evidence had on the development part of the corpus as its score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span

from nlp.cover import Cover
from nlp.grammar.names import is_plausible

_EVIDENCE = ("both", "grammar", "model")


@Language.factory("resolve", default_config={"winner": {}, "keep_alone": {}}, assigns=["doc.ents"])
def make_resolve(nlp: Language, name: str, winner: dict[str, str], keep_alone: dict[str, list[str]]) -> Resolve:
    """`winner`: label -> grammar or model, where they overlap; `keep_alone`: label -> the sides whose word alone is enough."""
    return Resolve(name, winner, keep_alone)


class Resolve(Pipe):
    """Settles `doc.spans["marks"]` (grammar) and `doc.ents` (recogniser); keeps both in spans for error analysis."""

    def __init__(self, name: str, winner: dict[str, str], keep_alone: dict[str, list[str]]) -> None:
        self.name = name
        self.winner = winner
        self.keep_alone = keep_alone
        self.precision: dict[str, float] = {}

    def __call__(self, doc: Doc) -> Doc:
        marks, model = list(doc.spans.get("marks", ())), list(doc.ents)
        doc.spans["recognised"] = model
        doc.ents = tuple(self._settle(marks, model))
        return doc

    def _settle(self, marks: list[Span], model: list[Span]) -> Iterator[Span]:
        """Walk both sides in order; where they overlap the winner of the label stays."""
        exact = {(s.start, s.end, s.label_) for s in model}
        proposals = [(s, "both" if (s.start, s.end, s.label_) in exact else "grammar") for s in marks]
        known = {(s.start, s.end, s.label_) for s in marks}
        alone = (s for s in model if (s.start, s.end, s.label_) not in known)
        proposals += [(s, "model") for s in alone if s.label_ != "AGENCY" or is_plausible(s.text)]
        cover, taken = Cover(), []
        for span, evidence in sorted(proposals, key=lambda p: self._rank(*p)):
            if evidence != "both" and evidence not in self.keep_alone.get(span.label_, _EVIDENCE):
                continue
            if cover.take(span.start, span.end):
                span._.evidence = evidence
                span._.score = self.precision.get(f"{span.label_}/{evidence}")
                taken.append(span)
        yield from sorted(taken)

    def _rank(self, span: Span, evidence: str) -> tuple[int, int, int]:
        """Agreement first, then the side that wins this label, then the longer span."""
        preferred = evidence == "both" or evidence == self.winner.get(span.label_, "grammar")
        return (evidence != "both", not preferred, -len(span)) if evidence == "both" else (1, not preferred, -len(span))

    def calibrate(self, pairs: Iterable[tuple[Doc, Doc]]) -> None:
        """Set the score of each kind of evidence to its precision over (predicted, gold) Docs, smoothed by one half each way."""
        right: dict[str, int] = {}
        total: dict[str, int] = {}
        for predicted, gold in pairs:
            truth = {(e.start_char, e.end_char, e.label_) for e in gold.ents}
            for ent in predicted.ents:
                key = f"{ent.label_}/{ent._.evidence}"
                total[key] = total.get(key, 0) + 1
                right[key] = right.get(key, 0) + ((ent.start_char, ent.end_char, ent.label_) in truth)
        self.precision = {key: round((right[key] + 0.5) / (total[key] + 1), 4) for key in sorted(total)}

    def to_disk(self, path: Any, *, exclude: Any = ()) -> None:
        """Write the scores of evidence as JSON."""
        import srsly

        path.mkdir(parents=True, exist_ok=True)
        srsly.write_json(path / "precision.json", self.precision)

    def from_disk(self, path: Any, *, exclude: Any = ()) -> Resolve:
        """Read what `to_disk` wrote."""
        import srsly

        found = srsly.read_json(path / "precision.json")
        self.precision = {key: round(value, 4) for key, value in found.items()}  # its parser is off by one in the last place
        return self

    def to_bytes(self, *, exclude: Any = ()) -> bytes:
        """The scores of evidence as bytes."""
        import srsly

        data: bytes = srsly.msgpack_dumps(self.precision)
        return data

    def from_bytes(self, data: bytes, *, exclude: Any = ()) -> Resolve:
        """Read what `to_bytes` made."""
        import srsly

        self.precision = srsly.msgpack_loads(data)
        return self


for _name in ("evidence", "score"):
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=None)
