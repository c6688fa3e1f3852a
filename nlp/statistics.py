"""TaggedArticle -> rows of the figures table."""

from __future__ import annotations

from nlp.tagged import TaggedArticle


def with_statistics(tagged: TaggedArticle) -> TaggedArticle:
    return tagged
