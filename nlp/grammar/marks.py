"""All that the grammar and the lexicon find in a text, settled among themselves."""

from __future__ import annotations

from bisect import bisect_right

from nlp.cover import Cover
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
        agencies = [Found(n.start, n.end, "AGENCY") for n in names]
        titles = _outside(list(self.titles.find(text)), agencies)
        cover = Cover()
        proposals = [*orders, *titles, *agencies, *self.quantities.find(text)]
        return sorted((f for f in proposals if cover.take(f.start, f.end)), key=lambda f: f.start)


def _outside(titles: list[Found], names: list[Found]) -> list[Found]:
    """Titles without those that are only part of a name: 宪法 in 全国人大宪法和法律委员会."""
    starts = [n.start for n in names]
    kept = []
    for title in titles:
        at = bisect_right(starts, title.start) - 1
        if at < 0 or names[at].end < title.end or (names[at].start, names[at].end) == (title.start, title.end):
            kept.append(title)
    return kept


def _order(text: str, name: Name) -> Found | None:
    """国务院令第588号: an agency that runs on into the number of its order is a regulation."""
    order = ORDER.match(text, name.end)
    return Found(name.start, order.end(), "REGULATION") if order else None
