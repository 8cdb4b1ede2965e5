"""The bilingual edition: each unit of an edition, its translation, its status.

Never an out-of-date sentence as if it were current: where the catalog's Chinese
is not the edition's, the translation is stale and the Chinese is shown, marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duizhao.ground.problems import Position, Problem, error, warning
from duizhao.languages.catalog import Catalog
from duizhao.parser.edition import Edition, units

STATUSES = ("translated", "fuzzy", "missing", "stale")


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The translation of one unit; `text` is "" unless `status` is translated."""

    text: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilingual:
    """An edition with one translation of it."""

    edition: Edition
    language: str
    translations: dict[str, Translation]

    def of(self, eid: str) -> Translation:
        """The translation of a unit or note; missing where the catalog has none."""
        return self.translations.get(eid, MISSING)

    @property
    def untranslated(self) -> bool:
        """Whether it has no translation of anything, not even one that is out of date."""
        return all(each.status == "missing" for each in self.translations.values())

    def counts(self) -> dict[str, int]:
        """How many units have each status."""
        out = dict.fromkeys(STATUSES, 0)
        for eid, _ in sources(self.edition):
            out[self.of(eid).status] += 1
        return out


MISSING = Translation(text="", status="missing")


def sources(edition: Edition) -> Iterator[tuple[str, str]]:
    """Everything of an edition that is translated: (identifier, Chinese), in order."""
    for unit in units(edition):
        if str(unit.text):
            yield unit.eid, str(unit.text)
    if edition.metadata.short_title:
        yield "short_title", edition.metadata.short_title
    if edition.metadata.source:
        yield "witness", edition.metadata.source
    for note in edition.notes:
        yield note.eid, note.zh
        if note.what:
            yield f"{note.eid}__what", note.what


def bilingual_from_edition(edition: Edition, catalog: Catalog) -> Bilingual:
    """Pair an edition with a catalog."""
    translations = {}
    for eid, text in sources(edition):
        entry = catalog.entries.get(eid)
        if entry is None or not entry.target:
            translations[eid] = MISSING
        elif entry.source != text:
            translations[eid] = Translation(text="", status="stale")
        elif entry.fuzzy:
            translations[eid] = Translation(text="", status="fuzzy")
        else:
            translations[eid] = Translation(text=entry.target, status="translated")
    return Bilingual(edition=edition, language=catalog.language, translations=translations)


def check_catalog(edition: Edition, catalog: Catalog) -> Iterator[Problem]:
    """Entries of a catalog that name nothing in the edition, or an older wording of it."""
    known = dict(sources(edition))
    for entry in catalog.entries.values():
        at = entry.text.find(entry.eid)
        place = Position(
            file=catalog.path,
            line=entry.line,
            column=at + 1,
            length=len(entry.eid),
            text=entry.text,
        )
        if entry.eid not in known:
            yield error(
                "catalog-unknown-context",
                place,
                f"`{entry.eid}` is no provision of {edition.law_id}.",
                "run `duizhao translate update`, or move the entry to its own law's catalog",
            )
        elif entry.source != known[entry.eid]:
            yield warning(
                "translation-stale",
                place,
                f"The Chinese of `{entry.eid}` has changed since it was translated.",
                "run `duizhao translate update` and review the entry",
            )
        elif entry.fuzzy:
            yield warning(
                "translation-fuzzy",
                place,
                f"The translation of `{entry.eid}` awaits review.",
                "review it and remove the fuzzy flag",
            )
