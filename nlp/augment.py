"""Augmentation of training examples, as registered spaCy augmenters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

Augmenter = Callable[["Language", "Example"], "Iterator[Example]"]


def blind(level: float, label: str, seed: int) -> Augmenter:
    """Hide a share of the grammar's marks of one label from the recogniser: `@augmenters = "notices.Blind.v1"`.

    Each token's TAG tells what the grammar thinks; where it is always there the recogniser only learns to copy it.
    With some of it hidden it has to know names by their build and context.
    """
    random = Random(seed)

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        from spacy.training import Example

        predicted = example.predicted.copy()
        for mark in predicted.spans["marks"]:
            if mark.label_ == label and random.random() < level:
                for token in mark:
                    token.tag_ = "O"
        yield Example(predicted, example.reference)

    return augment
