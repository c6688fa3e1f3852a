"""All that the grammar and the lexicon find in a text, settled among themselves."""

from __future__ import annotations

from collections.abc import Iterable

from nlp.grammar.names import Name, Names
from nlp.grammar.quantities import Found, Quantities
from nlp.grammar.titles import ORDER, Titles
from nlp.lexicon import Lexicon


class Grammar:
    """Finds marks: spans with a label that rules and lexicon propose; titles outrank names, names outrank numbers."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.titles = Titles(lexicon.regulations)
        self.names = Names(lexicon)
        self.quantities = Quantities(lexicon.units)

    def find(self, text: str) -> list[Found]:
        """The marks of `text`, in order, without overlap."""
        names = list(self.names.find(text))
        orders = [order for name in names if (order := _order(text, name))]
        titles = _settle([], [*orders, *self.titles.find(text)])
        agencies = (Found(n.start, n.end, "AGENCY") for n in names)
        return sorted(_settle(_settle(titles, agencies), self.quantities.find(text)), key=lambda f: f.start)


def _order(text: str, name: Name) -> Found | None:
    """国务院令第588号: an agency that runs on into the number of its order is a regulation."""
    order = ORDER.match(text, name.end)
    return Found(name.start, order.end(), "REGULATION") if order else None


def _settle(chosen: list[Found], more: Iterable[Found]) -> list[Found]:
    """`chosen` and those of `more` that do not overlap what is already there."""
    taken = sorted((f.start, f.end) for f in chosen)
    result = list(chosen)
    index, last = 0, 0
    for found in sorted(more, key=lambda f: (f.start, -f.end)):
        while index < len(taken) and taken[index][1] <= found.start:
            index += 1
        free = found.start >= last and (index == len(taken) or taken[index][0] >= found.end)
        if free:
            result.append(found)
            last = found.end
    return result
