"""The texts that a passage is looked for in, as one stream of compared characters.

Characters are compared as search compares them (`search.fold`): width, case,
Traditional forms and punctuation do not count.  Units of a law follow each other
without a seam, for a passage may run on; between laws stands a line feed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from duizhao.writers.search.fold import fold_character, folded
from duizhao.writers.search.provisions import SearchLaw

SEAM = "\n"


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared: character `i` comes from `text[start[i]:end[i]]`."""

    text: str
    plain: str
    start: tuple[int, ...]
    end: tuple[int, ...]


def folded_text(text: str) -> Folded:
    """A text with its compared characters and where each comes from."""
    plain, start, end = [], [], []
    for at, character in enumerate(text):
        for one in fold_character(character):
            plain.append(one)
            start.append(at)
            end.append(at + 1)
    return Folded(text, "".join(plain), tuple(start), tuple(end))


@dataclass(frozen=True, slots=True)
class Spot:
    """A unit of the stream: numbers of its law, provision and unit, and its text."""

    law: int
    provision: int
    unit: int
    text: str


@dataclass(slots=True)
class Corpus:
    """One language's texts: the stream, and the units with where each begins in it."""

    laws: Sequence[SearchLaw]
    stream: str = ""
    spots: list[Spot] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)

    def at(self, place: int) -> int:
        """The number of the unit that holds a place of the stream."""
        return bisect_right(self.begins, place) - 1

    def law(self, place: int) -> int:
        """The number of the law that a place of the stream is in."""
        return self.spots[self.at(place)].law

    def end(self, spot: int) -> int:
        """Where a unit ends in the stream; the seam after a law is in none."""
        if spot + 1 == len(self.begins):
            return len(self.stream)
        seam = self.spots[spot + 1].law != self.spots[spot].law
        return self.begins[spot + 1] - seam

    def provision(self, place: int) -> tuple[int, int]:
        """From where to where the provision that holds a place goes in the stream."""
        first = last = self.at(place)
        own = (self.spots[first].law, self.spots[first].provision)

        def same(spot: int) -> bool:
            return (self.spots[spot].law, self.spots[spot].provision) == own

        while first > 0 and same(first - 1):
            first -= 1
        while last + 1 < len(self.spots) and same(last + 1):
            last += 1
        return self.begins[first], self.end(last)


def corpus_of(laws: Sequence[SearchLaw], column: int) -> Corpus:
    """The texts of laws: the Chinese for column -1, else that translation."""
    made = Corpus(laws)
    parts: list[str] = []
    at = 0
    for number, law in enumerate(laws):
        if number:
            parts.append(SEAM)
            at += 1
        for p, provision in enumerate(law.provisions):
            for u, unit in enumerate(provision.units):
                text = unit.zh if column < 0 else unit.others[column]
                plain = folded(text)
                if plain:
                    made.spots.append(Spot(number, p, u, text))
                    made.begins.append(at)
                    parts.append(plain)
                    at += len(plain)
    made.stream = "".join(parts)
    return made
