"""`duizhao add`: the laws of some files, with their catalogs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from duizhao.cli.parser import Add, Command
from duizhao.cli.translate import update
from duizhao.ground.problem_words import said
from duizhao.ground.problems import DuizhaoError, Problem
from duizhao.languages.glossary import Glossary
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options

Say = Callable[[str], None]


def add_add(add: Add, run: Command) -> None:
    """Hang the command into the command line."""
    new = add("add", run, "add the laws in some files to the site", "add law.docx")
    new.add_argument("file", type=Path, nargs="+")
    new.add_argument(
        "--id", default="", help="identifier, of one file (default: from the title's pinyin)"
    )


def add_laws(given: argparse.Namespace, options: Options, out: Say, say: Say) -> int:
    """Add each file; one that is refused stops no other.  The exit code.

    `out` names what was written, `say` tells of catalogs.  Raises DuizhaoError at the end with
    all that an editor must decide, or that refuses a file.
    """
    from duizhao.commands.add import add_file, laws_added, undecided  # noqa: PLC0415 - slow to import

    if given.id and len(given.file) > 1:
        say(said("--id goes with one file"))
        return 2
    settings = replace(options, updating=True)
    glossary: Glossary | None = None
    problems: list[Problem] = []
    for file in given.file:
        try:
            added = add_file(file, settings, law_id=given.id)
        except DuizhaoError as reason:
            problems += reason.problems
            continue
        for law in added:
            where = law.folder.relative_to(settings.root)
            named = f"{law.title or law.law_id}: {where}"
            out(named if law.new else said(f"{named} (already there)"))
            if not law.clean:
                out(f"  {said(f'review every decision in {where}/edition.toml: it is a draft')}")
        if found := undecided(added, settings):
            problems += found
            continue
        if glossary is None:
            glossary = site_from_options(replace(settings, only=(added[0].law_id,))).glossary
        for ready in laws_added(added, settings):
            for line in update(settings, glossary, ready, quiet=True):
                say(line)
    if problems:
        raise DuizhaoError(problems)
    out(said("next: duizhao check; duizhao serve; translate in translations/; duizhao build"))
    return 0
