"""The lexicon: agencies, regulations, units, places and functions, and the longest match of names over text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class Agency:
    """One body under one name. `since` and `until` are years or YYYY-MM of that name; empty means open."""

    id: str
    name: str
    aliases: str = ""
    level: str = ""
    parent: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Regulation:
    """One law, rule or document; `title` is without 《》, `short` its other titles joined by `|`."""

    id: str
    title: str
    short: str = ""
    kind: str = ""
    issuer: str = ""
    number: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A word after a numeral: kind is count, cue (count only before `context`), money, measure, time, other or frozen.

    For every kind but cue, `context` lists what must not follow, joined by `|`.
    """

    name: str
    kind: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its full and its short name; level is country, province, city or county."""

    name: str
    short: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """A line of government and the endings its organs' names take, joined by `|`; `full` is the long form of a short one.

    The function `*` lists the organs that stand right after a place, with no function between (大同市 + 委).
    """

    name: str
    organs: str
    full: str = ""


@dataclass(frozen=True)
class Lexicon:
    """All entries; written and read as one folder of tab-separated files."""

    agencies: tuple[Agency, ...] = ()
    regulations: tuple[Regulation, ...] = ()
    units: tuple[Unit, ...] = ()
    places: tuple[Place, ...] = ()
    functions: tuple[Function, ...] = ()

    @classmethod
    def read(cls, folder: Path) -> Lexicon:
        """Read `agencies.tsv`, `regulations.tsv`, `units.tsv`, `places.tsv`, `functions.tsv`. Raises LexiconError."""
        return cls(**{name: tuple(_read(folder / f"{name}.tsv", kind)) for name, kind in _TABLES.items()})

    def write(self, folder: Path) -> None:
        """Write the same files; reading them gives an equal lexicon."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, kind in _TABLES.items():
            with (folder / f"{name}.tsv").open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
                columns = [f.name for f in fields(kind)]
                writer.writerow(columns)
                writer.writerows([getattr(entry, column) for column in columns] for entry in getattr(self, name))


class LexiconError(ValueError):
    """A lexicon file that cannot be read; names the file and line."""


Entry = TypeVar("Entry")
_TABLES: dict[str, type[Any]] = {
    "agencies": Agency,
    "regulations": Regulation,
    "units": Unit,
    "places": Place,
    "functions": Function,
}


def _read(path: Path, kind: type[Entry]) -> Iterator[Entry]:
    wanted = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        if set(rows.fieldnames or ()) != wanted:
            raise LexiconError(f"{path}: columns must be {', '.join(sorted(wanted))}")
        for number, row in enumerate(rows, 2):
            if None in row or None in row.values():
                raise LexiconError(f"{path}:{number}: wrong number of columns")
            yield kind(**row)


class Matcher:
    """All occurrences of many names in a text, leftmost first and longest first, without overlap.

    Built on Aho-Corasick `iter` with our own choice: `iter_long` of pyahocorasick loses matches (its issue 133).
    """

    def __init__(self, names: Iterable[tuple[str, Any]]) -> None:
        import ahocorasick

        self._automaton = ahocorasick.Automaton()
        for name, value in names:
            if name:
                self._automaton.add_word(name, (len(name), value))
        self._ready = len(self._automaton) > 0
        if self._ready:
            self._automaton.make_automaton()

    def all(self, text: str) -> list[tuple[int, int, Any]]:
        """Every occurrence, overlapping ones too: (start, end, value) by start, longest first."""
        if not self._ready:
            return []
        found = [(end + 1 - length, end + 1, value) for end, (length, value) in self._automaton.iter(text)]
        return sorted(found, key=lambda f: (f[0], -f[1]))

    def longest(self, text: str) -> list[tuple[int, int, Any]]:
        """The leftmost-longest occurrences, without overlap."""
        chosen: list[tuple[int, int, Any]] = []
        for found in self.all(text):
            if not chosen or found[0] >= chosen[-1][1]:
                chosen.append(found)
        return chosen
