"""Checks of a translation against its Chinese: pure generators of problems.

Each compares one thing in one unit; `check_translation` runs them over a catalog and
leaves out what is excepted.  Numbers, references, modality, quotation marks, ends and
length are read as English writes them; the rest holds for any language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

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
from duizhao.languages.checks.exceptions import excepted, units_by_line
from duizhao.languages.checks.modality import check_modality
from duizhao.languages.checks.numbers import check_numbers
from duizhao.languages.checks.references import check_references
from duizhao.languages.checks.terms import check_terms
from duizhao.languages.checks.whole import Consistency, check_length, check_missing
from duizhao.languages.glossary import Glossary
from duizhao.parser.edition import Edition, units
from duizhao.parser.levels import levels_of

__all__ = (
    "check_pair",
    "check_translations",
    "checked_translations",
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
    return [p for p in excepted(catalog, iter(found)) if p.severity is Severity.ERROR]


def check_translations(
    laws: Iterable[tuple[Edition, Catalog]], glossary: Glossary
) -> Iterator[Problem]:
    """Every finding in the catalogs of some laws, catalog by catalog, line by line."""
    for _, found in checked_translations(laws, glossary):
        yield from found


def checked_translations(
    laws: Iterable[tuple[Edition, Catalog]], glossary: Glossary
) -> Iterator[tuple[Catalog, list[Problem]]]:
    """Each catalog with what is found in it; one law is in memory at a time."""
    consistency = Consistency()
    for edition, catalog in laws:
        pairs = list(pairs_of(edition, catalog))
        found = [*check_catalog(edition, catalog), *check_missing(edition, catalog)]
        for pair in pairs:
            found.extend(check_pair(pair, glossary))
        found.extend(consistency.check(pairs))
        found.sort(key=lambda p: (p.position.line, p.position.column, p.code))
        yield catalog, list(excepted(catalog, iter(found)))
