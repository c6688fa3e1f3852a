"""The tokenizer: pkuseg words, cut again at every edge that the grammar finds, with the marks kept on the Doc.

A word across an entity's edge makes that entity unreachable; the second cut removes that class of error for
everything that the grammar knows. Each token's TAG says whether it begins (B-), continues (I-) or is outside (O) a mark,
so that the statistical recogniser sees what the rules think.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from nlp.grammar.marks import Grammar
from nlp.grammar.quantities import Found
from nlp.lexicon import Lexicon
from nlp.words import Words

_NUMERAL_EDGE = re.compile(
    r"(?<=[0-9０-９万亿千百十余多几数一二两三四五六七八九])(?=[^0-9０-９.．,，万亿千百十余多几一二两三四五六七八九点至到—–~-])"
)
_STOP = frozenset("。！？；!?\n")


@registry.tokenizers("notices.Segmenter.v1")
def make_segmenter() -> Callable[[Language], Segmenter]:
    """Factory for the config: `[nlp.tokenizer] @tokenizers = "notices.Segmenter.v1"`."""
    return lambda nlp: Segmenter(nlp.vocab)


class Segmenter:
    """Text -> Doc with words, TAGs, sentence starts, `spans["marks"]` and `spans["paragraphs"]` (one a line)."""

    def __init__(self, vocab: Vocab, lexicon: Lexicon | None = None, words: Words | None = None) -> None:
        self.vocab = vocab
        self.words = words
        self.use(lexicon or Lexicon())

    def use(self, lexicon: Lexicon) -> None:
        """Take another lexicon; the grammar is built anew from it."""
        self.lexicon = lexicon
        self.grammar = Grammar(lexicon)

    def initialize(
        self,
        get_examples: Any = None,
        *,
        nlp: Language | None = None,
        lexicon: str,
        words: str,
        pkuseg_model: str | None = None,
        pkuseg_user_dict: str | None = None,
    ) -> None:
        """Called by `nlp.initialize` with the paths of the lexicon folder and of the trained word model.

        spaCy fills in `pkuseg_model` and `pkuseg_user_dict` for every Chinese pipeline; here they have no use.
        """
        self.words = Words.read(Path(words))
        self.use(Lexicon.read(Path(lexicon)))

    def __call__(self, text: str) -> Doc:
        return self.doc(text)

    def doc(self, text: str, edges: Iterable[int] = ()) -> Doc:
        """The Doc of a text; `edges` are further offsets to cut at (the edges of gold entities, for training)."""
        marks = self.grammar.find(text)
        words = list(self._words(text, marks, edges))
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        starts, ends = [t.idx for t in doc], [t.idx + len(t) for t in doc]
        spans = [Span(doc, bisect_left(starts, m.start), bisect_left(ends, m.end) + 1, label=m.label) for m in marks]
        doc.spans["marks"] = spans
        doc.spans["paragraphs"] = [doc[a:b] for a, b in _lines(doc)]
        _tag(doc, spans)
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 50) -> Iterator[Doc]:
        """One Doc a text, in order."""
        return (self(text) for text in texts)

    def _words(self, text: str, marks: list[Found], more: Iterable[int]) -> Iterator[str]:
        edges = sorted({0, len(text), *more, *(e for m in marks for e in _edges(text, m))})
        for start, end in itertools.pairwise(edges):
            piece = text[start:end]
            yield from self.words.cut(piece) if self.words else piece

    def to_disk(self, path: Path | str, *, exclude: Any = ()) -> None:
        """Write lexicon and word model below `path`."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        self.lexicon.write(path / "lexicon")
        if self.words:
            self.words.write(path / "words.npz")

    def from_disk(self, path: Path | str, *, exclude: Any = ()) -> Segmenter:
        """Read what `to_disk` wrote."""
        path = Path(path)
        self.use(Lexicon.read(path / "lexicon"))
        self.words = Words.read(path / "words.npz") if (path / "words.npz").exists() else None
        return self

    def to_bytes(self, *, exclude: Any = ()) -> bytes:
        """The same as a byte string: a zip of the folder's files."""
        return _packed(self)

    def from_bytes(self, data: bytes, *, exclude: Any = ()) -> Segmenter:
        """Read what `to_bytes` made."""
        return _unpacked(self, data)


def _edges(text: str, mark: Found) -> Iterator[int]:
    yield mark.start
    yield mark.end
    if mark.label in ("COUNT", "PERCENT"):
        yield from (m.start() for m in _NUMERAL_EDGE.finditer(text, mark.start, mark.end))


def _lines(doc: Doc) -> Iterator[tuple[int, int]]:
    start = 0
    for token in doc:
        if "\n" in token.text:
            if token.i > start:
                yield start, token.i
            start = token.i + 1
    if len(doc) > start:
        yield start, len(doc)


def _tag(doc: Doc, marks: list[Span]) -> None:
    tags = ["O"] * len(doc)
    for mark in marks:
        tags[mark.start] = "B-" + mark.label_
        tags[mark.start + 1 : mark.end] = ["I-" + mark.label_] * (mark.end - mark.start - 1)
    previous = "\n"
    for token, tag in zip(doc, tags, strict=True):
        token.tag_ = tag
        token.is_sent_start = previous[-1] in _STOP and tag[0] != "I"
        previous = token.text


def _packed(segmenter: Segmenter) -> bytes:
    import io
    import tempfile
    import zipfile

    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(buffer, "w") as archive:
        segmenter.to_disk(folder)
        for file in sorted(Path(folder).rglob("*")):
            if file.is_file():
                archive.writestr(zipfile.ZipInfo(file.relative_to(folder).as_posix()), file.read_bytes())
    return buffer.getvalue()


def _unpacked(segmenter: Segmenter, data: bytes) -> Segmenter:
    import io
    import tempfile
    import zipfile

    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in ("words.npz", *(f"lexicon/{n}.tsv" for n in ("agencies", "regulations", "units", "places", "functions"))):
            if name in archive.namelist():
                target = Path(folder) / name
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(archive.read(name))
        return segmenter.from_disk(folder)
