"""The unit as a whole: its length, the same sentence elsewhere, its status."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duizhao.ground.problems import Position, Problem, counted, warning
from duizhao.ground.text import HAN
from duizhao.languages.bilingual import sources
from duizhao.languages.catalog import Catalog
from duizhao.languages.checks.context import Pair, finding, finding_at
from duizhao.languages.checks.places import without_places_zh
from duizhao.parser.edition import Edition

#: English letters for each Chinese character, in law text of some length
SHORTEST, LONGEST = 2.6, 9.5
_ENOUGH = 12  # characters of Chinese below which a ratio says nothing


def check_length(pair: Pair) -> Iterator[Problem]:
    """A translation much shorter or longer than such Chinese usually has."""
    characters = len(HAN.findall(without_places_zh(pair.read)))
    if not pair.is_law or characters < _ENOUGH:
        return
    ratio = len(pair.target) / characters
    if not SHORTEST <= ratio <= LONGEST:
        yield finding(
            "translation-length",
            pair,
            f"The English has {ratio:.1f} letters for each Chinese character;"
            f" {SHORTEST} to {LONGEST} are usual.",
            "look for what is missing or added",
        )


@dataclass(frozen=True, slots=True)
class Rendering:
    """A unit that is translated: where, and the digests of its Chinese and its translation."""

    eid: str
    place: Position
    source: bytes
    target: bytes


def rendering_of(pair: Pair) -> Rendering:
    """What of a pair is compared with those of other catalogs."""
    source = _digest(f"{pair.language} {' '.join(pair.source.split())}")
    return Rendering(pair.eid, pair.place(), source, _digest(pair.target))


class Consistency:
    """What was translated so far, catalog after catalog, of which only digests are kept."""

    def __init__(self) -> None:
        self._first: dict[bytes, tuple[str, str, int, bytes]] = {}  # where it stood first, and how

    def check(self, renderings: Iterable[Rendering]) -> Iterator[Problem]:
        """The same Chinese with another translation than where it stood first."""
        for one in renderings:
            own = one.eid, one.place.file, one.place.line, one.target
            eid, file, line, target = self._first.setdefault(one.source, own)
            if target != one.target:
                yield finding_at(
                    "translation-inconsistent",
                    one.eid,
                    one.place,
                    f"The same Chinese is translated otherwise at {eid} ({file}:{line}).",
                    "give both the same translation",
                )


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def check_missing(edition: Edition, catalog: Catalog) -> Iterator[Problem]:
    """Units without a translation; one finding for a catalog that is still empty."""
    units = [eid for eid, _ in sources(edition)]
    if not any(e.target for e in catalog.entries.values()):
        yield warning(
            "translation-missing",
            Position(file=catalog.path),
            f"Nothing of {edition.law_id} is translated yet ({counted(len(units), 'unit', 'units')}).",
            "run `duizhao translate update` and fill the catalog",
        )
        return
    for eid in units:
        entry = catalog.entries.get(eid)
        if entry is None:
            yield warning(
                "translation-missing",
                Position(file=catalog.path),
                f"`{eid}` is not in the catalog.",
                "run `duizhao translate update`",
            )
        elif not entry.target:
            yield warning(
                "translation-missing",
                Position(
                    file=catalog.path,
                    line=entry.line,
                    column=entry.text.find(eid) + 1,
                    length=len(eid),
                    text=entry.text,
                ),
                f"`{eid}` is not translated.",
                "translate it; the page shows the Chinese meanwhile",
            )
