"""`duizhao translate import|export|suggest`: translations in from files, and out to them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from duizhao.cli.parser import add_parser
from duizhao.commands.cite import law_named, require_language
from duizhao.ground.problem_words import said, spoken
from duizhao.ground.problems import Problem, counted, phrase
from duizhao.languages.bilingual import Bilingual, bilingual_from_edition, sources
from duizhao.languages.catalog import Catalog, catalog_from_file, set_aside
from duizhao.languages.catalog_from_edition import update_catalog
from duizhao.languages.exchange import export
from duizhao.languages.exchange.english import blocks_from_lines
from duizhao.languages.exchange.import_ import (
    Fill,
    Imported,
    Outcome,
    apply,
    english_lines,
    import_pairs,
    import_text,
)
from duizhao.languages.exchange.memory import (
    NEAR,
    Memory,
    Segment,
    Suggestion,
    memory_from_segments,
)
from duizhao.languages.exchange.readers import TEXTS, XML, pairs_from_file, refused
from duizhao.languages.law import Law
from duizhao.site.pipeline import Site
from duizhao.sources.witness import witness_from_file

ACTIONS = ("import", "export", "suggest")
FORMS = ("tmx", "tbx", "xliff", "docx")
_DIFFERENCES = {"modality": phrase("modality"), "numbers": phrase("numbers")}


def add_exchange(actions: Any) -> None:
    """Add import, export and suggest to the sub-actions of `translate`."""

    def add(name: str, summary: str, example: str) -> argparse.ArgumentParser:
        sub = add_parser(actions, name, summary, f"translate {example}")
        sub.set_defaults(action=name)
        sub.add_argument("--language", default="en", help="of the translation")
        return sub

    taken = add(
        "import",
        "fill a catalog from an existing translation",
        "import law.docx community --dry-run",
    )
    taken.add_argument("file", type=Path, help=".txt .md .docx .html .tmx .xlf .po")
    taken.add_argument("law", help="its id, or a part of its title")
    taken.add_argument("--replace", action="store_true", help="over translations that are there")
    taken.add_argument("--dry-run", action="store_true", help="report, and change nothing")
    taken.add_argument("--format", choices=("text", "json"), default="text")
    given = add(
        "export", "write a translation for other tools", "export community --to tmx --out law.tmx"
    )
    given.add_argument("law", help="its id, or a part of its title")
    given.add_argument("--to", choices=FORMS, required=True)
    given.add_argument(
        "--out", type=Path, required=True, help="the file to write; - is standard output"
    )
    offer = add(
        "suggest", "offer earlier translations for what is not translated", "suggest community"
    )
    offer.add_argument("law", help="its id, or a part of its title")
    offer.add_argument("--tmx", type=Path, nargs="*", default=[], help="further memories")
    offer.add_argument("--least", type=share, default=NEAR, help="likeness, 0 to 1")
    offer.add_argument("--write", action="store_true", help="into the catalog, as fuzzy entries")
    offer.add_argument("--format", choices=("text", "json"), default="text")


def share(text: str) -> float:
    """A share from 0 to 1; ValueError for what is none."""
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError(text)
    return value


def exchange(
    options: argparse.Namespace,
    site: Site,
    say: Callable[[str], None],
    put: Callable[[Path, bytes], bool],
) -> tuple[int, list[str]]:
    """Run one of the actions: the exit code and the lines to print.

    `say` tells people of more; `put` writes a result and says whether it is a file.

    Raises WrongUseError for an unknown law or language.
    """
    law = site.law(law_named(site, options.law))
    require_language(options.language, site.options.others)
    if options.action == "export":
        return _export(options, site, law, put)
    if options.action == "suggest":
        return _suggest(options, site, law, say)
    return _import(options, site, law)


def _catalog_path(site: Site, law: Law, language: str) -> Path:
    folder = site.options.root / site.options.translations / language / "LC_MESSAGES"
    return folder / f"{law.id}.po"


def _current(site: Site, law: Law, language: str) -> tuple[Path, Catalog, Bilingual]:
    """A law's catalog as it is on disk, paired with the edition."""
    path = _catalog_path(site, law, language)
    catalog = catalog_from_file(path, language=language, name=path.name)
    return path, catalog, bilingual_from_edition(law.edition, catalog)


def _import(options: argparse.Namespace, site: Site, law: Law) -> tuple[int, list[str]]:
    path, catalog, pair = _current(site, law, options.language)
    found, over = _read(options.file, law, pair, catalog, options.language)
    with TemporaryDirectory() as folder:
        if options.dry_run:  # the same, with a copy that is thrown away
            copy = Path(folder) / path.name
            if path.exists():
                copy.write_bytes(path.read_bytes())
            path = copy
        update_catalog(path, law.edition, site.glossary, language=options.language)
        outcome = apply(path, found, over=over or options.replace)
    problems = [*found.problems, *outcome.problems]
    return (1 if problems else 0), list(_report(options.format, outcome, problems))


def _read(
    file: Path, law: Law, pair: Bilingual, catalog: Catalog, language: str
) -> tuple[Imported, bool]:
    """What a file holds for a law, and whether it revises what is there."""
    kind, name = file.suffix.lower(), file.name
    if kind == ".po" or kind in XML:
        pairs = pairs_from_file(file, wanted=language, name=name)
        return import_pairs(law.edition, pairs, name=name), False
    if kind not in TEXTS:
        raise refused(
            "exchange-format",
            name,
            f"Files that end in `{kind}` are not read.",
            "give .txt, .md, .docx, .html, .tmx, .xlf or .po",
        )
    from duizhao.languages.exchange import table  # noqa: PLC0415 - slow to import

    if table.is_table(file):
        rows = table.rows_from_file(file, law_id=law.id, language=language, name=name)
        return table.import_rows(pair, catalog, rows, name=name), True
    witness = witness_from_file(file, name=name)
    lines = english_lines((line.number, line.text) for line in witness.lines)
    blocks = blocks_from_lines(lines, markdown=kind in (".md", ".markdown"))
    return import_text(law.edition, blocks, name=name), False


def _report(form: str, outcome: Outcome, problems: list[Problem]) -> Iterator[str]:
    counts = {
        "current": outcome.current,
        "fuzzy": outcome.fuzzy,
        "same": outcome.same,
        "kept": outcome.kept,
        "problems": len(problems),
    }
    if form == "json":
        found = [
            {"code": p.code, "line": p.position.line, "message": p.message, "hint": p.hint}
            for p in problems
        ]
        yield json.dumps({**counts, "problems": found}, ensure_ascii=False, indent=1)
        return
    yield from (spoken(problem) for problem in problems)
    yield said(
        f"{counted(outcome.current, 'unit', 'units')} filled, {outcome.fuzzy} to be reviewed (fuzzy),"
        f" {outcome.same} there already, {outcome.kept} kept, {counted(len(problems), 'remark', 'remarks')}"
    )


def _export(
    options: argparse.Namespace, site: Site, law: Law, put: Callable[[Path, bytes], bool]
) -> tuple[int, list[str]]:
    _, catalog, pair = _current(site, law, options.language)
    if options.to == "tmx":
        data = export.tmx(pair, version=version("duizhao"))
    elif options.to == "tbx":
        data = export.tbx(pair, site.glossary)
    elif options.to == "xliff":
        data = export.xliff(pair, catalog)
    else:
        from duizhao.languages.exchange import table  # noqa: PLC0415 - slow to import

        data = table.table(pair, catalog)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    if not put(options.out, data):
        return 0, []
    return 0, [said(f"{options.out.name}: {len(data):,} bytes")]


def memory_of(site: Site, law: Law, language: str, files: list[Path]) -> Memory:
    """What was translated before: of a law what found no place in it, of all laws, in TMX files."""
    segments = [
        Segment(source=source, target=target, origin=f"{law.id} {eid}, set aside")
        for eid, source, target in set_aside(_catalog_path(site, law, language))
    ]
    for other in site.laws:
        pair = other.bilingual[language]
        segments += [
            Segment(source=text, target=pair.of(eid).text, origin=f"{other.id} {eid}")
            for eid, text in sources(other.edition)
            if pair.of(eid).text
        ]
    for file in files:
        segments += [
            Segment(source=p.source, target=p.target, origin=f"{file.name}, line {p.line}")
            for p in pairs_from_file(file, wanted=language)
        ]
    return memory_from_segments(segments)


def _offered(eid: str, found: Suggestion) -> str:
    """A suggestion on a line, with what a translator must mind in it."""
    line = f"{found.score:.0%}  {eid}  {found.segment.target}  [{found.segment.origin}]"
    differs = ", ".join(said(_DIFFERENCES[name]) for name in found.differs)
    return f"{line}  {said(f'differs: {differs}')}" if differs else line


def _suggest(
    options: argparse.Namespace, site: Site, law: Law, say: Callable[[str], None]
) -> tuple[int, list[str]]:
    memory = memory_of(site, law, options.language, options.tmx)
    path, catalog, pair = _current(site, law, options.language)
    rows: list[dict[str, object]] = []
    lines: list[str] = []
    fills: list[Fill] = []
    for eid, text in sources(law.edition):
        if pair.of(eid).status == "translated":
            continue
        offered = memory.suggestions(text, least=options.least)
        rows += [
            {
                "eid": eid,
                "score": s.score,
                "zh": s.segment.source,
                "translation": s.segment.target,
                "origin": s.segment.origin,
                "differs": list(s.differs),
            }
            for s in offered
        ]
        lines += [_offered(eid, s) for s in offered]
        entry = catalog.entries.get(eid)
        if offered and not (entry and entry.target):
            best = offered[0]
            origin = f"{best.segment.origin}, {best.score:.0%} alike"
            previous = best.segment.source if best.score < 1 else ""
            fills.append(
                Fill(eid=eid, target=best.segment.target, origin=origin, previous=previous)
            )
    if not rows:
        say(said("No earlier translation is like what is not translated here"))
    if options.format == "json":
        lines = [json.dumps(rows, ensure_ascii=False, indent=1)]
    if options.write:
        update_catalog(path, law.edition, site.glossary, language=options.language)
        outcome = apply(path, Imported(name="memory", fills=tuple(fills)))
        # What is printed is the list, which a program may read.
        say(
            said("1 suggestion written as a fuzzy entry")
            if outcome.fuzzy == 1
            else said(f"{outcome.fuzzy} suggestions written as fuzzy entries")
        )
    return 0, lines
