"""`duizhao translate update|status|check`: catalogs kept up to date, counted and checked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from duizhao.commands.cite import law_named
from duizhao.ground.problem_words import mark, said
from duizhao.ground.problems import Problem, Severity, counted, display_width, phrase
from duizhao.languages.catalog_from_edition import Updated, update_catalog
from duizhao.languages.checks import Looked
from duizhao.languages.glossary import Glossary
from duizhao.languages.interface_catalog import begin_interface
from duizhao.languages.law import Law
from duizhao.languages.progress import Progress, progress
from duizhao.site.looking import Looking
from duizhao.site.options import Options
from duizhao.site.pipeline import Site
from duizhao.site.site_checks import checked_translations

_COLUMNS = (
    phrase("translated"),
    phrase("fuzzy"),
    phrase("missing"),
    phrase("stale"),
    phrase("findings"),
)


def update(settings: Options, glossary: Glossary, law: Law, *, quiet: bool = False) -> list[str]:
    """Bring a law's catalogs up to date; what changed, in a line for each."""
    out = []
    for language in law.bilingual:
        path = settings.root / settings.translations / language / "LC_MESSAGES" / f"{law.id}.po"
        became = update_catalog(path, law.edition, glossary, language=language)
        if became or not quiet:
            name = path.relative_to(settings.root)
            line = said(f"{name}: {'updated' if became else 'unchanged'}")
            out.append(mark(": ").join(filter(None, (line, mark(", ").join(_became(became))))))
    return out


def _became(found: Updated) -> Iterator[str]:
    """What became of a catalog's translations, a part of a sentence for each."""
    if found.moved:
        yield said(f"{counted(found.moved, 'translation', 'translations')} moved")
    if found.outdated:
        yield said(f"{found.outdated} to be reviewed (fuzzy)")
    if found.untranslated:
        yield said(f"{counted(found.untranslated, 'unit', 'units')} to be translated")
    if found.aside:
        yield said(f"{counted(found.aside, 'translation', 'translations')} set aside")


def chosen(site: Site, names: Sequence[str]) -> list[Law]:
    """The laws that are named, or all.  Raises WrongUseError for a name of none."""
    named = {law_named(site, name) for name in names}
    return [law for law in site.laws if not named or law.id in named]


def findings(site: Site, laws: Sequence[Law], looking: Looking) -> Iterator[Problem]:
    """What the checks of the translations find in some laws, exceptions included."""
    for language in site.options.others:
        for _, _, found in _checked(site, laws, language, looking):
            yield from found


def status_lines(site: Site, laws: Sequence[Law], form: str, looking: Looking) -> Iterator[str]:
    """How far the translations are, by law and part: a table, or JSON."""
    rows = list(_rows(site, laws, looking))
    if form == "json":
        yield json.dumps(
            [
                {
                    "law": law.id,
                    "language": language,
                    **_sum(parts),
                    "exceptions": excepted,
                    "parts": [
                        {"part": p.part, "heading": p.heading, **p.counts, "findings": p.findings}
                        for p in parts
                    ],
                }
                for law, language, excepted, parts in rows
            ],
            ensure_ascii=False,
            indent=1,
        )
        return
    table: list[tuple[str, ...]] = [(said("law"), said("language"), *map(said, _COLUMNS))]
    for law, language, excepted, parts in rows:
        total = _sum(parts)
        table.append((law.id, language, *(str(total[c]) for c in _COLUMNS)))
        for part in parts:
            name = f"  {part.part}  {part.heading}".rstrip()
            counts = (*(str(part.counts[c]) for c in _COLUMNS[:-1]), str(part.findings))
            table.append((name, "", *counts))
        if excepted:
            table.append(("  " + said(f"exceptions: {excepted}"),))
    widths = [
        max(display_width(row[n]) for row in table if len(row) > max(n, 1))
        for n in range(len(table[0]))
    ]
    for row in table:
        cells = (
            cell + " " * (w - display_width(cell)) for cell, w in zip(row, widths, strict=False)
        )
        yield "  ".join(cells).rstrip()


def begun(options: Options) -> Iterator[str]:
    """Begin the interface's catalog of each language that has none; a line for each."""
    folder = options.root / options.translations
    for language in options.languages:
        if begin_interface(folder, language):
            yield said(f"{options.translations}/{language}/LC_MESSAGES/ui.po: to be translated")


def _rows(
    site: Site, laws: Sequence[Law], looking: Looking
) -> Iterator[tuple[Law, str, int, list[Progress]]]:
    for language in site.options.others:
        for law, looked, found in _checked(site, laws, language, looking):
            units = looked.exceptions.units
            wrong = [p for p in found if p.severity is not Severity.INFO]
            open_ones = Counter(units.get(p.position.line, "") for p in wrong)
            parts = list(progress(law, law.bilingual[language], open_ones))
            yield law, language, len(found) - len(wrong), parts


def _checked(
    site: Site, laws: Sequence[Law], language: str, looking: Looking
) -> Iterator[tuple[Law, Looked, list[Problem]]]:
    """Some laws, each with its catalog and what is found in it; all are looked at."""
    wanted = {law.id for law in laws}
    for law, looked, found in checked_translations(site, language, looking):
        if law.id in wanted:
            yield law, looked, found


def _sum(parts: list[Progress]) -> dict[str, int]:
    out: Counter[str] = Counter(dict.fromkeys(_COLUMNS, 0))
    for part in parts:
        out.update(part.counts)
        out["findings"] += part.findings
    return {name: out[name] for name in _COLUMNS}
