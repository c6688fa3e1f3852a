"""Label each paragraph with a scikit-learn pipeline that sees words, characters, entities, kind and headings.

Stored with skops: a model file holds no code, and only the types that the pipeline is made of are trusted.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span
from spacy.training import Example

from nlp.tagged import LABELS

NONE = "null"
_NO_LABEL = ("caption", "meta")
_DIGIT = re.compile(r"[0-9０-９]")
_CUES = {
    "must": r"要求|应当|应|必须|不得|严禁|须|要(?!求)",
    "warn": r"提醒|提示|警惕|谨防|切勿|不要|注意|建议|请(?!示|求)|防范|当心|小心",
    "complain": r"投诉|申诉|举报|诉求|信访|来电|热线|咨询|受理|接到",
    "punish": r"处罚|罚款|查处|立案|通报|下架|约谈|责令|整改|没收|查获|抓获|吊销|曝光|违法|违规|不合格|抽检|督察|巡视",
    "issue": r"印发|发布|出台|公布|施行|实施|部署|审议|通过|制定|修订|方案|办法|规定|条例|意见|通知|计划|规划",
    "world": r"出席|会见|访问|会谈|外交|总统|比赛|冠军|降雨|气温|地震|亿元|增长|产量",
    "question": r"^(?:问|记者)[：:]",
    "answer": r"^答[：:]",
    "list": r"^(?:[（(]?[一二三四五六七八九十]+[）)、]|\d+[.、．]|[①-⑳])",
}
_CUE_PATTERNS = {name: re.compile(pattern) for name, pattern in _CUES.items()}


@Language.factory(
    "classify",
    default_config={"threshold": 0.0, "C": 32.0, "keep": 60000, "seed": 0},
    assigns=["doc.spans"],
    default_score_weights={"label_accuracy": 0.0},
)
def make_classify(nlp: Language, name: str, threshold: float, C: float, keep: int, seed: int) -> Classify:  # noqa: N803 - scikit-learn's own name
    """`threshold`: below this probability the label is null; `C`: inverse strength of regularisation; `keep`: how many features stay."""
    return Classify(name, threshold, C, keep, seed)


class Classify(Pipe):
    """Sets `span.label_` (empty: null) and `span._.scores` of each span of `doc.spans["paragraphs"]`."""

    def __init__(self, name: str, threshold: float = 0.0, C: float = 32.0, keep: int = 60_000, seed: int = 0) -> None:  # noqa: N803
        self.name = name
        self.threshold = threshold
        self.C = C
        self.keep = keep
        self.seed = seed
        self.model: Any = None

    def __call__(self, doc: Doc) -> Doc:
        paragraphs = list(doc.spans.get("paragraphs", ()))
        if self.model is None or not paragraphs:
            return doc
        probabilities = self.model.predict_proba([features(p) for p in paragraphs])
        labelled = [self._labelled(p, row) for p, row in zip(paragraphs, probabilities, strict=True)]
        doc.spans["paragraphs"] = labelled
        return doc

    def _labelled(self, paragraph: Span, row: Any) -> Span:
        scores = {str(c): round(float(p), 4) for c, p in zip(self.model.classes_, row, strict=True)}
        if paragraph._.kind in _NO_LABEL:
            scores = {NONE: 1.0}
        best = max(scores, key=scores.__getitem__)
        if best == NONE or scores[best] < self.threshold:
            best = ""
        span = Span(paragraph.doc, paragraph.start, paragraph.end, label=best)
        span._.scores = {label: scores.get(label, 0.0) for label in LABELS}
        return span

    def initialize(self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None) -> None:
        """Fit on the gold paragraphs of the examples' reference Docs, with and without their headings."""
        texts, labels = [], []
        for example in get_examples():
            for paragraph in example.reference.spans.get("paragraphs", ()):
                if paragraph._.kind not in _NO_LABEL:
                    variants = {features(paragraph), features(paragraph, headings=False)}
                    texts.extend(sorted(variants))
                    labels.extend([paragraph.label_ or NONE] * len(variants))
        self.model = fit(texts, labels, self.C, self.keep, self.seed) if len(set(labels)) > 1 else None

    def to_disk(self, path: Path | str, *, exclude: Any = ()) -> None:
        """Write the scikit-learn pipeline as `model.skops`."""
        from skops.io import dump

        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        if self.model is not None:
            dump(self.model, path / "model.skops", compression=zipfile.ZIP_DEFLATED)

    def from_disk(self, path: Path | str, *, exclude: Any = ()) -> Classify:
        """Read what `to_disk` wrote; a file that holds any other type than the pipeline's is refused."""
        from skops.io import load

        file = Path(path) / "model.skops"
        self.model = load(file, trusted=[]) if file.exists() else None
        return self

    def to_bytes(self, *, exclude: Any = ()) -> bytes:
        """The scikit-learn pipeline as bytes."""
        from skops.io import dumps

        return dumps(self.model) if self.model is not None else b""

    def from_bytes(self, data: bytes, *, exclude: Any = ()) -> Classify:
        """Read what `to_bytes` made."""
        from skops.io import loads

        self.model = loads(data, trusted=[]) if data else None
        return self


def features(paragraph: Span, headings: bool = True) -> str:
    """One paragraph as tokens joined by a tab: words and pairs, runs of 1-4 characters, entities, cues, kind, headings.

    Digits are masked: which number it is says nothing about what the paragraph is for.
    """
    hidden = {token.i: ent.label_ for ent in paragraph.ents for token in paragraph.doc[ent.start : ent.end]}
    words = [f"<{hidden[t.i]}>" if hidden.get(t.i) in ("COUNT", "PERCENT") else t.text for t in paragraph if not t.is_space]
    text = _DIGIT.sub("0", paragraph.text).replace("\t", " ")
    tokens = [f"w={w}" for w in words] + [f"2={a}_{b}" for a, b in pairwise(words)]
    tokens += [f"{n}c={text[i : i + n]}" for n in (1, 2, 3, 4) for i in range(len(text) - n + 1)]
    tokens += [f"first={w}" for w in words[:3]] + [f"last={w}" for w in words[-2:]]
    tokens += _counted("e", paragraph.ents) + [f"cue={name}" for name, pattern in _CUE_PATTERNS.items() if pattern.search(text)]
    tokens += [f"kind={paragraph._.kind}", f"size={min(len(text) // 20, 8)}", f"full={text[-1:] in '。！？；!?'}"]
    if headings:
        tokens += [f"h={h[i : i + 2]}" for h in paragraph._.headings or () for i in range(len(h) - 1)]
    return "\t".join(tokens)


def _counted(prefix: str, ents: Iterable[Span]) -> list[str]:
    sizes: dict[str, int] = {}
    for ent in ents:
        sizes[ent.label_] = sizes.get(ent.label_, 0) + 1
    return [f"{prefix}={label}>{n}" for label, size in sorted(sizes.items()) for n in (0, 1, 3, 6) if size > n]


def fit(texts: list[str], labels: list[str], C: float, keep: int, seed: int) -> Any:  # noqa: N803
    """TF-IDF over the tokens of `features`, then logistic regression; fitted twice, the second time on the `keep` weightiest tokens."""
    import numpy

    wide = _build(C, seed).fit(texts, labels)
    weights = numpy.abs(wide[-1].coef_).max(axis=0)
    names = wide[0].get_feature_names_out()
    chosen = sorted(names[i] for i in numpy.argsort(-weights, kind="stable")[:keep])
    return _build(C, seed, chosen).fit(texts, labels)


def _build(C: float, seed: int, vocabulary: list[str] | None = None) -> Any:  # noqa: N803
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    vectorizer = TfidfVectorizer(
        token_pattern=r"[^\t]+", lowercase=False, sublinear_tf=True, min_df=2 if vocabulary is None else 1, vocabulary=vocabulary
    )
    return make_pipeline(vectorizer, LogisticRegression(C=C, max_iter=3000, random_state=seed))


for _name, _default in (("kind", "body"), ("headings", None), ("scores", None)):
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=_default)
