"""The tagger: an Article goes in, a TaggedArticle comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.article import Article
from nlp.tagged import TaggedArticle

if TYPE_CHECKING:
    from spacy.language import Language


class Tagger:
    """A loaded pipeline; `model` is its {name, version, digest}, which every answer carries."""

    def __init__(self, nlp: Language, model: dict[str, str] | None = None) -> None:
        self.nlp = nlp
        self.model = model

    @classmethod
    def load(cls, folder: Path | str | None = None) -> Tagger:
        """Load a model folder, by default the one that ships. Raises nlp.model.ModelError."""
        from nlp import model

        return cls(*model.load(Path(folder) if folder else None))

    def tag(self, article: Article) -> TaggedArticle:
        """Entities, labels and the figures table of one article."""
        return next(self.stream([article]))

    def stream(self, articles: Iterable[Article]) -> Iterator[TaggedArticle]:
        """The same for many, in order; memory does not grow with their number."""
        from nlp.document import from_docs, to_docs
        from nlp.statistics import with_statistics

        for article in articles:
            with self.nlp.memory_zone():
                docs = list(self.nlp.pipe(to_docs(self.nlp, article)))
                tagged = from_docs(article, docs, self.model)
                del docs
            yield with_statistics(tagged)
