"""`duizhao pdf`: set one law or one chapter, without building the site."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from duizhao.building.prints.print_jobs import job_of, page_address, set_job
from duizhao.cli.parser import Add, Command
from duizhao.commands.cite import require_language, site_of
from duizhao.ground.problem_words import said, spoken
from duizhao.ground.problems import DuizhaoError, Position, WrongUseError, counted, error, visible
from duizhao.languages.law import Law
from duizhao.languages.leaves import Leaf
from duizhao.languages.print_files import PRINT_FORMS, print_path
from duizhao.site.kept_laws import KeptLaws
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.site.site_checks import require_sound
from duizhao.writers.typeset import PrintOptions, options_for
from duizhao.writers.typeset.options import PAPERS


def add_print(add: Add, run: Command) -> None:
    """Hang the command into the command line."""
    pdf = add(
        "pdf", run, "set one law or one chapter as a PDF", "pdf community chapter-1 --form en"
    )
    pdf.add_argument("law", help="its id, or a part of its title")
    pdf.add_argument("chapter", nargs="?", default="", help="its address (default: the whole law)")
    pdf.add_argument("--form", choices=PRINT_FORMS, default="parallel")
    pdf.add_argument("--language", default="en", help="of the translation")
    pdf.add_argument("--paper", choices=tuple(PAPERS), help="(default: as in mkdocs.yml)")
    pdf.add_argument(
        "--out", type=Path, help="file; - is standard output (default: named as on the site, here)"
    )


def write_pdf(
    given: argparse.Namespace,
    inputs: tuple[Options, KeptLaws | None],
    printing: PrintOptions,
    put: Callable[[Path, bytes], bool],
    say: Callable[[str], None],
) -> None:
    """Set what is asked for, read it back, `put` it; `say` what was written.

    `inputs` are those of `inputs_from_config`, `printing` is what mkdocs.yml says of prints.
    Raises DuizhaoError.
    """
    options, kept = inputs
    site = site_of(options, given.law, kept)
    for problem in site.unread:
        say(spoken(problem))
    (law,) = site.laws
    beside = _of_source(options, law)
    several = len(beside) > 1
    whole = site_from_options(replace(options, only=beside), kept) if several else site
    require_sound(whole, kept)
    require_language(given.language, options.others)
    leaf = _leaf(law, given.chapter)
    alone = given.form in ("zh", "pinyin")
    path = print_path(law.id, leaf.slug if leaf else "", given.form, given.language)
    usual = options_for(printing, site.interfaces[given.language], options.fonts(given.language))
    job = job_of(
        law,
        law.bilingual[given.language],
        leaf,
        options=replace(usual, form=given.form, paper=given.paper or printing.paper),
        path=path,
        language="" if alone else given.language,
        permalink=page_address(law, leaf, given.form, given.language),
        readings=site.readings,
    )
    result, problems = set_job(job)
    if problems:
        raise DuizhaoError(problems)
    out = given.out or Path(path).name
    put(Path(out), result.data)
    say(
        said(
            f"{counted(result.figures[0], 'page', 'pages')},"
            f" {len(result.data):,} bytes in {out}; read back"
        )
    )


def _of_source(options: Options, law: Law) -> tuple[str, ...]:
    """The ids of the laws that are made from a law's source, or speak of it: they account for its lines."""
    name = Path(law.witness.name).name.encode()
    files = (options.root / options.seeds).glob("*/edition.toml")
    return tuple({law.id, *(file.parent.name for file in files if name in file.read_bytes())})


def _leaf(law: Law, chapter: str) -> Leaf | None:
    if not chapter:
        return None
    for leaf in law.leaves:
        if leaf.slug == chapter:
            return leaf
    message = f"The law has no chapter `{visible(chapter)}`."
    hint = f"use one of: {', '.join(leaf.slug for leaf in law.leaves)}"
    raise WrongUseError([error("chapter-unknown", Position(file=law.id), message, hint)])
