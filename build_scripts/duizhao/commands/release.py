"""The release gate: everything that should stop a publication, in one list.

Each check is made on the sources or on a site that is built for it and thrown away.
A check that could not be made says so: it has not passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from duizhao.building.mkdocs.site_build import render_site, site_url
from duizhao.building.whole.linkcheck import check_links
from duizhao.building.whole.staging import passing
from duizhao.commands.accessibility import check_accessibility
from duizhao.commands.limits import HOSTS, Limits, near_limits, sizes_of
from duizhao.editing.checks import check_edition
from duizhao.editing.checks.context import Checked
from duizhao.ground.problems import DuizhaoError, Position, Problem, Severity, visible, warning
from duizhao.languages.law import Law
from duizhao.languages.ui import message
from duizhao.parser.edition import Edition, gaps
from duizhao.site.kept_laws import KeptLaws, texts_of
from duizhao.site.looking import looking
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.site.site_checks import check_translations, check_witnesses

# Decisions that settle what is odd on the lines they quote; the others only move text.
_SETTLING = frozenset(("gap", "query", "number", "emendation", "join"))
#: Hosts that nobody can have (RFC 2606, RFC 6761), and this machine.
_NOBODYS = re.compile(
    r"(?:.+\.)?(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)\.?|127(?:\.\d+){3}|::1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: its name (a message of the interface), what it found, whether it was made."""

    name: str
    problems: tuple[Problem, ...] = ()
    made: bool = True

    @property
    def passed(self) -> bool:
        """Whether it was made and found nothing that stops a publication."""
        return self.made and not any(p.severity is not Severity.INFO for p in self.problems)


SOURCES = message("Sources and decisions can be read")
ACCOUNT = message("Every line of the sources is accounted for")
DEFECTS = message("Gaps are marked, numbers follow on, oddities are decided")
TRANSLATION = message("Translations are current and agree with the Chinese")
BUILD = message("The site and its PDFs can be built")
LINKS = message("Every link and anchor leads somewhere")
ACCESS = message("Pages can be used by everyone, as far as reading them tells")
SIZE = message("The site is small enough to be hosted")


def release(
    root: Path, options: Options, kept: KeptLaws | None = None, *, pdf: bool = True
) -> Iterator[Check]:
    """Make every check, in order; those that an earlier failure forbids are not made.

    Laws that are `kept` are not read again.
    """
    try:
        site = site_from_options(options, kept)
    except DuizhaoError as reason:
        yield Check(name=SOURCES, problems=reason.problems)
        yield from _not_made(ACCOUNT, DEFECTS, TRANSLATION, BUILD, LINKS, ACCESS, SIZE)
        return
    yield Check(name=SOURCES, problems=site.faults)
    with looking(site.laws, kept) as here:
        account = tuple(check_witnesses(site, here))
        open_ones = here.each(
            "undecided",
            undecided,
            site.laws,
            name=lambda law: law.id,
            made_of=lambda law: texts_of([law]),
        )
        defects = tuple(chain.from_iterable(open_ones))
        translations = tuple(check_translations(site, here))
    yield Check(name=ACCOUNT, problems=account)
    yield Check(name=DEFECTS, problems=defects)
    yield Check(name=TRANSLATION, problems=translations)
    with passing(root / "site", "check") as folder:
        stage = folder / "site"
        try:
            render_site(root, stage, pdf=pdf)
        except DuizhaoError as reason:
            yield Check(name=BUILD, problems=reason.problems)
            yield from _not_made(LINKS, ACCESS, SIZE)
            return
        yield Check(name=BUILD)
        links = (*check_address(site_url(root)), *check_links(stage)[1])
        yield Check(name=LINKS, problems=links)
        yield Check(name=ACCESS, problems=tuple(check_accessibility(stage)))
        yield Check(name=SIZE, problems=tuple(check_sizes(stage)))


def _not_made(*names: str) -> Iterator[Check]:
    for name in names:
        yield Check(name=name, made=False)


def undecided(law: Law) -> list[Problem]:
    """Defects of a law's text that no decision speaks of.

    A decision settles what stands on a line it quotes; a gap settles what is named as
    lost in it.
    """
    edition = law.edition
    checked = Checked.of(law.witness, edition)
    lines = {
        line
        for note in edition.notes
        if note.kind in _SETTLING
        for first, last in note.lines
        for line in range(first, last + 1)
    }
    lines |= set(_contents_of_lost(edition))
    return [
        problem
        for problem in check_edition(checked)
        if problem.severity is not Severity.INFO and problem.position.line not in lines
    ]


def _contents_of_lost(edition: Edition) -> Iterator[int]:
    """The lines of the contents that name what a gap says is lost."""
    lost = {eid for gap in gaps(edition.body) for eid in gap.missing}
    for entry in edition.contents:
        if entry.unit.eid.removeprefix("toc__") in lost:
            yield from entry.unit.text.lines


def check_address(url: str) -> Iterator[Problem]:
    """An address of the site that is an example's: permanent links and citations lead there."""
    if _NOBODYS.fullmatch(urlsplit(url).hostname or ""):
        yield warning(
            "site-address",
            Position(file="mkdocs.yml"),
            f"`site_url: {visible(url)}` is an example: no site can be published there.",
            "give the address that the site will have, there or in DUIZHAO_SITE_URL",
        )


def check_sizes(site: Path, limits: Limits = HOSTS) -> list[Problem]:
    """What `build` only warns of stops a publication: a site or a file near what hosts take."""
    return [
        replace(found, severity=Severity.ERROR)
        for found in near_limits(sizes_of(site), site.name, limits)
    ]


def allowed(check: Check, codes: frozenset[str]) -> Check:
    """A check with its problems of the given codes turned into remarks."""
    return replace(
        check,
        problems=tuple(
            replace(p, severity=Severity.INFO) if p.code in codes else p for p in check.problems
        ),
    )
