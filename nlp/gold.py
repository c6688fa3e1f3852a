"""The corpus: annotated articles from `corpus/gold`, their split, and what training makes of them."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.audit import Finding, audit, shared_sentences
from nlp.formats import markup
from nlp.tagged import TaggedArticle

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

    from nlp.augment import Augmenter

SPLITS = ("train", "dev", "test")


class GoldError(ValueError):
    """The corpus cannot be used as it is; `findings` holds one line a place: file, line or paragraph, surface, reason."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


def split_of(name: str) -> str:
    """The split of an article by its number: of every ten, 3 and 8 are test, 6 is dev, the others train."""
    number = re.search(r"(\d)$", name)
    return {"3": "test", "8": "test", "6": "dev"}.get(number.group(1) if number else "", "train")


def read_corpus(folder: Path, split: str | None = None) -> list[TaggedArticle]:
    """The annotated articles of a folder in the order of their names, with headings filled in. Raises GoldError."""
    articles: list[TaggedArticle] = []
    findings: list[str] = []
    files = sorted(folder.rglob("*.txt"))
    if not files:
        raise GoldError([f"{folder}: no annotated articles (*.txt) here"])
    for file in files:
        if split is None or split_of(file.stem) == split:
            try:
                with file.open(encoding="utf-8") as stream:
                    articles.append(markup.read(stream, file.stem))
                findings += [_placed(file, f) for f in audit(articles[-1]) if f.severity == "error"]
            except (markup.MarkupError, UnicodeDecodeError, ValueError) as error:
                findings.append(str(error))
    if findings:
        raise GoldError(findings)
    return articles


def _placed(file: Path, finding: Finding) -> str:
    """A finding with the line of the file it stands in."""
    lines = file.read_text(encoding="utf-8").split("\n")
    body = lines.index("---", 1) + 1 if lines[0] == "---" and "---" in lines[1:] else 0
    numbers = [number for number, line in enumerate(lines[body:], body + 1) if line.strip()]
    return f"{file.stem}:{numbers[finding.paragraph - 1]}: “{finding.surface}”: {finding.rule}"


def leaks(articles: Iterable[TaggedArticle]) -> Iterator[str]:
    """Sentences that stand in two splits: what is learned from one would be measured on the other."""
    for sentence, first, second in shared_sentences(articles):
        if split_of(first) != split_of(second):
            yield f"{second}: “{sentence}” stands in {first} too ({split_of(first)} / {split_of(second)})"


def digest(folder: Path) -> str:
    """SHA-256 over names and bytes of all files of a folder, in order of their names."""
    total = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def examples(nlp: Language, articles: Iterable[TaggedArticle], *, at_gold_edges: bool) -> Iterator[Example]:
    """One spaCy Example an article. With `at_gold_edges` the tokens are cut at them, so that every entity can be learned."""
    from spacy.training import Example

    from nlp.document import gold_doc, to_docs

    for tagged in articles:
        reference = gold_doc(nlp, tagged)
        if at_gold_edges:
            predicted = gold_doc(nlp, tagged)
            predicted.ents = ()
        else:
            (predicted,) = to_docs(nlp, tagged.article, len(tagged.article.text))
        yield Example(predicted, reference)


def reader(path: str, split: str, at_gold_edges: bool, augmenter: Augmenter | None = None) -> Callable[[Language], Iterator[Example]]:
    """The corpus reader that the config names: `@readers = "notices.Corpus.v1"`. Cut once; augmented anew every epoch."""
    ready: list[Example] = []

    def read(nlp: Language) -> Iterator[Example]:
        if not ready:
            ready.extend(examples(nlp, read_corpus(Path(path), split), at_gold_edges=at_gold_edges))
        if augmenter is None:
            return iter(ready)
        return (varied for example in ready for varied in augmenter(nlp, example))

    return read


def silver_words(articles: Iterable[TaggedArticle]) -> Iterator[list[str]]:
    """Lines of words to teach the segmenter: cut by jieba, and always at gold edges and between numeral and unit."""
    import jieba

    jieba.setLogLevel(60)
    for tagged in articles:
        text = tagged.article.text
        edges = {0, len(text)} | {e for entity in tagged.entities for e in (entity.start, entity.end)}
        edges |= {m.start() for m in re.finditer(r"(?<=[0-9０-９.．])(?![0-9０-９.．])|(?<![0-9０-９.．])(?=[0-9０-９])", text)}
        edges |= {e for m in re.finditer(r"[^\w]", text) for e in m.span()}
        cuts = sorted(edges)
        line: list[str] = []
        for start, end in itertools.pairwise(cuts):
            piece = text[start:end]
            if piece.isspace() and "\n" in piece and line:
                yield line
                line = []
            line.extend(word for word in jieba.cut(piece, HMM=True) if not word.isspace())
        if line:
            yield line
