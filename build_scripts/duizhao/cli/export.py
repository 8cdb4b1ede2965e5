"""`duizhao export`: one law in one format, as the site offers it for download."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from duizhao.cli.parser import Add
from duizhao.commands.cite import site_of
from duizhao.ground.problem_words import said, spoken
from duizhao.ground.problems import Position, WrongUseError, error
from duizhao.writers.downloads import FORMATS, Shared, law_downloads


def add_export(
    add: Add,
    root: Callable[[argparse.Namespace], Path],
    say: Callable[[str], None],
    put: Callable[[Path, bytes], bool],
) -> None:
    """Hang the command into the command line; `root` finds the site's folder.

    `put` writes a result and says whether it is a file.
    """
    summary = "write a law in one of the formats that the site offers"
    export = add("export", _export, summary, "export community --format epub -o law.epub")
    export.add_argument("law", help="its id, or a part of its title")
    export.add_argument("--format", choices=tuple(FORMATS), required=True)
    export.add_argument("--language", default="", help="of the text (default: zh; of two: en)")
    export.add_argument(
        "-o", "--out", type=Path, help="file; - is standard output (default: its own name, here)"
    )
    export.set_defaults(find_root=root, say=say, put=put)


def _export(options: argparse.Namespace) -> int:
    from duizhao.building.mkdocs.site_build import (  # noqa: PLC0415 - mkdocs is slow to import
        inputs_from_config,
        site_url,
    )

    root = options.find_root(options)
    settings, kept = inputs_from_config(root)
    site = site_of(settings, options.law, kept)
    for problem in site.unread:
        options.say(spoken(problem))
    (law,) = site.laws
    shared = Shared(glossary=site.glossary, base=site_url(root), interfaces=site.interfaces)
    made = law_downloads(law, shared, only=options.format)
    fitting = [m for m in made if options.language in ("", m.language, m.language[3:])]
    if not fitting:
        place = Position(file=f"--language {options.language}")
        known = ", ".join(each.language for each in made if each.language)
        hint = f"use one of: {known}" if known else "leave --language out: one file has them all"
        message = f"{law.id} has no such file of the format {options.format}."
        raise WrongUseError([error("export-language", place, message, hint)])
    path = options.out or Path(PurePosixPath(fitting[0].path).name)
    if options.put(path, fitting[0].data):
        options.say(said(f"{path}: {len(fitting[0].data):,} bytes"))
    return 0
