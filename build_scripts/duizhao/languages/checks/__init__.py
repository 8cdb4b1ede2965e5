"""Checks of a translation against its Chinese: pure generators of problems.

Each compares one thing in one unit; `looked_at` runs them over a catalog, and `compared`
adds what several say of one another and leaves out what is excepted.  Numbers, references, modality, quotation marks, ends and
length are read as English writes them; the rest holds for any language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from duizhao.ground.problems import Problem, Severity
from duizhao.languages.bilingual import check_catalog, sources
from duizhao.languages.catalog import Catalog
from duizhao.languages.checks.characters import (
    check_brackets,
    check_doubled_words,
    check_end,
    check_left_over,
    check_markup,
    check_quotation_marks,
    check_spaces,
)
from duizhao.languages.checks.context import Pair
from duizhao.languages.checks.enumeration import check_enumeration
from duizhao.languages.checks.exceptions import Exceptions, exceptions_of, units_by_line
from duizhao.languages.checks.modality import check_modality
from duizhao.languages.checks.numbers import check_numbers
from duizhao.languages.checks.references import check_references
from duizhao.languages.checks.terms import check_terms
from duizhao.languages.checks.whole import (
    Consistency,
    Rendering,
    check_length,
    check_missing,
    rendering_of,
)
from duizhao.languages.glossary import Glossary
from duizhao.parser.edition import Edition, units
from duizhao.parser.levels import levels_of

__all__ = (
    "Looked",
    "check_pair",
    "compared",
    "looked_at",
    "pairs_of",
    "refused",
    "units_by_line",
)

Check = Callable[[Pair], Iterator[Problem]]

ANY_LANGUAGE: tuple[Check, ...] = (
    check_left_over,
    check_markup,
    check_brackets,
    check_doubled_words,
)
ENGLISH: tuple[Check, ...] = (
    check_numbers,
    check_references,
    check_enumeration,
    check_modality,
    check_quotation_marks,
    check_spaces,
    check_end,
    check_length,
)


def pairs_of(edition: Edition, catalog: Catalog) -> Iterator[Pair]:
    """The units whose translation is current, in order."""
    law = {unit.eid for unit in units(edition)}
    levels = levels_of(edition)
    for eid, text in sources(edition):
        entry = catalog.entries.get(eid)
        if entry and entry.target and not entry.fuzzy and entry.source == text:
            yield Pair(
                file=catalog.path,
                language=catalog.language,
                entry=entry,
                is_law=eid in law,
                levels=levels,
            )


def check_pair(pair: Pair, glossary: Glossary) -> Iterator[Problem]:
    """Everything that can be said of one unit and its translation."""
    for check in ANY_LANGUAGE:
        yield from check(pair)
    yield from check_terms(pair, glossary)
    if pair.language.partition("-")[0] == "en":
        for check in ENGLISH:
            yield from check(pair)


def refused(edition: Edition, catalog: Catalog) -> list[Problem]:
    """What of a catalog may not be published: entries of no provision, markup."""
    found = list(check_catalog(edition, catalog))
    for pair in pairs_of(edition, catalog):
        found.extend(check_markup(pair))
    return [p for p in exceptions_of(catalog).excepted(found) if p.severity is Severity.ERROR]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a catalog gives by itself: findings, and what is compared with other catalogs."""

    found: Sequence[Problem]
    renderings: Sequence[Rendering]
    exceptions: Exceptions


def looked_at(edition: Edition, catalog: Catalog, glossary: Glossary) -> Looked:
    """Look at one catalog, which other processes may do with others."""
    pairs = list(pairs_of(edition, catalog))
    found = [*check_catalog(edition, catalog), *check_missing(edition, catalog)]
    for pair in pairs:
        found.extend(check_pair(pair, glossary))
    return Looked(
        found=found,
        renderings=[rendering_of(pair) for pair in pairs],
        exceptions=exceptions_of(catalog),
    )


def compared(catalogs: Iterable[Looked]) -> Iterator[tuple[Looked, list[Problem]]]:
    """Each catalog with every finding in it, line by line; one is in memory at a time."""
    consistency = Consistency()
    for one in catalogs:
        found = [*one.found, *consistency.check(one.renderings)]
        found.sort(key=lambda p: (p.position.line, p.position.column, p.code))
        yield one, list(one.exceptions.excepted(found))
