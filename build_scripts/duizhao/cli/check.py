"""`duizhao check` and `duizhao translate check|status`: what is found in all laws, by all cores."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from duizhao.cli.parser import Add
from duizhao.cli.release import add_release, of_release_only, release_gate
from duizhao.cli.translate import chosen, findings, status_lines
from duizhao.ground.problem_words import said, spoken
from duizhao.ground.problems import Problem, Severity, counted, phrase
from duizhao.site.kept_laws import KeptLaws
from duizhao.site.looking import looking
from duizhao.site.pipeline import Site
from duizhao.site.site_checks import check_site


def add_check(
    add: Add,
    root: Callable[[argparse.Namespace], Path],
    read: Callable[[argparse.Namespace], tuple[Site, KeptLaws | None]],
    out: Callable[[str], None],
    say: Callable[[str], None],
) -> None:
    """Hang `check` into the command line.

    `root` finds the site's folder, `read` gives the site and the laws that are kept; `out`
    prints results, `say` what is said beside them.
    """

    def run(options: argparse.Namespace) -> int:
        if options.release:
            return release_gate(options, root(options), out, say)
        if unfit := of_release_only(options):
            say(said(f"{unfit} goes with --release"))
            return 2
        site, kept = read(options)
        with looking(site.laws, kept) as here:
            return _report(list(check_site(site, here)), options.format, out, _sound(site))

    add_release(add("check", run, "prove the editions and check the catalogs", "check"))


def translations(
    options: argparse.Namespace, site: Site, kept: KeptLaws | None, out: Callable[[str], None]
) -> int:
    """Run `duizhao translate check` or `duizhao translate status`."""
    laws = chosen(site, options.law)
    with looking(site.laws, kept) as here:
        if options.action == "check":
            found = list(findings(site, laws, here))
            return _report(found, options.format, out, lambda: phrase("no findings"))
        for line in status_lines(site, laws, options.format, here):
            out(line)
    return 0


def _sound(site: Site) -> Callable[[], str]:
    """What is said of a site in which nothing is found."""

    def told() -> str:
        lines = sum(_lines(laws[0].witness.lines) for laws in site.witnesses().values())
        return phrase(
            f"{counted(len(site.laws), 'law', 'laws')},"
            f" {counted(lines, 'witness line', 'witness lines')} accounted for"
        )

    return told


def _lines(lines: Sequence[object]) -> int:
    return sum(1 for line in lines if not getattr(line, "blank", False))


def _report(
    problems: list[Problem], form: str, out: Callable[[str], None], sound: Callable[[], str]
) -> int:
    """Print findings, then how many there are, or that all is `sound`; 1 for a warning or an error."""
    wrong = sum(p.severity is not Severity.INFO for p in problems)
    if form == "json":
        out(json.dumps([_as_json(p) for p in problems], ensure_ascii=False, indent=1))
        return 1 if wrong else 0
    for problem in problems:
        out(spoken(problem))
    told = counted(wrong, "problem", "problems") if wrong else sound()
    if excepted := sum(p.code == "translation-exception" for p in problems):
        told = (
            phrase(f"{told}; 1 exception, with its reason")
            if excepted == 1
            else phrase(f"{told}; {excepted} exceptions, each with its reason")
        )
    out(said(told))
    return 1 if wrong else 0


def _as_json(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "file": problem.position.file,
        "line": problem.position.line,
        "column": problem.position.column,
        "message": problem.message,
        "hint": problem.hint,
    }
