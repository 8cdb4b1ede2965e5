"""A law ready to be written: its edition, its translations, and where it stands.

`Law` is the unit of work: every writer takes one and needs nothing of any other.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from duizhao.editing.decisions import Decisions
from duizhao.editing.history import Change
from duizhao.languages.bilingual import Bilingual
from duizhao.languages.citation import Cited, citations
from duizhao.languages.citing import Citing, citing_from_edition
from duizhao.languages.leaves import Leaf, leaves
from duizhao.languages.summary import Summary, summary_from_parts
from duizhao.languages.ui import Interface
from duizhao.parser.edition import Division, Edition, Metadata
from duizhao.sources.witness import Witness

T = TypeVar("T")


def repeal(ui: Interface, metadata: Metadata) -> str:
    """That a law is repealed, and since when if that is known; "" for one that is not."""
    if metadata.status != "repealed":
        return ""
    if not metadata.repealed:
        return ui("Repealed")
    return ui("Repealed on {date}", date=ui.date(metadata.repealed))


@dataclass(frozen=True, kw_only=True)
class Law:
    """One law with all that its pages and prints are made of.

    `bilingual` holds one pairing a translated language ("en"); `sources` are the digests of
    what it is made of, by kind, where they are known (`kept_laws`).
    """

    decisions: Decisions = field(repr=False)
    witness: Witness = field(repr=False)
    edition: Edition = field(repr=False)
    bilingual: dict[str, Bilingual] = field(repr=False)
    leaves: tuple[Leaf, ...] = field(repr=False)
    history: tuple[Change, ...] = field(default=(), repr=False)
    sources: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The law's identifier, its folder and its place in addresses."""
        return self.edition.law_id

    def afresh(self) -> Law:
        """The same law without what it remembers of earlier questions."""
        return replace(self)

    @cached_property
    def summary(self) -> Summary:
        """The law in short."""
        parts = self.decisions, self.witness, self.edition, self.bilingual, self.leaves
        return summary_from_parts(*parts)

    def leaf_of(self, eid: str) -> Leaf | None:
        """The leaf on which a provision has its anchor, None where it has none."""
        return self._places.get(eid)

    @cached_property
    def _places(self) -> dict[str, Leaf]:
        return {eid: leaf for leaf in reversed(self.leaves) for eid in leaf.anchors}

    @cached_property
    def _answers(self) -> dict[tuple[str, ...], Any]:
        return {}

    def once(self, question: tuple[str, ...], answer: Callable[[], T]) -> T:
        """The answer to a question that several pages of the law ask, found the first time."""
        if question not in self._answers:
            self._answers[question] = answer()
        found: T = self._answers[question]
        return found

    @cached_property
    def citing(self) -> Citing:
        """The law's citations."""
        return citing_from_edition(self.edition)

    @cached_property
    def cited(self) -> dict[str, Cited]:
        """The citation of every provision, by identifier."""
        return citations(self.edition)


def law_from_parts(
    decisions: Decisions,
    witness: Witness,
    edition: Edition,
    bilingual: dict[str, Bilingual],
    history: tuple[Change, ...] = (),
) -> Law:
    """Put a law together; its leaves follow from the edition.

    Without a history of its own its one change is the edition of its date.
    """
    day = edition.metadata.edition_date
    only = (Change(id=day, date=day, kind="text", words={}),) if day else ()
    return Law(
        decisions=decisions,
        witness=witness,
        edition=edition,
        bilingual=bilingual,
        leaves=leaves(edition),
        history=history or only,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A law as seen from pages of one interface language.

    The pages of `/zh/` pair Chinese with the site's first other language, those of
    `/xx/` with xx.  `shelf` are the site's laws by the names under which others cite them.
    """

    law: Law
    ui: Interface
    pair_ui: Interface
    languages: tuple[str, ...]
    shelf: Mapping[str, Law] = field(default_factory=dict, repr=False)

    @property
    def language(self) -> str:
        """The language of the page's own words."""
        return self.ui.language

    @property
    def pair(self) -> Bilingual:
        """The law with its translation."""
        return self.law.bilingual[self.pair_ui.language]

    def path(self, slug: str, language: str | None = None) -> str:
        """The Markdown file of one of the law's pages, below the folder of pages."""
        return f"{language or self.language}/{self.law.id}/{slug}.md"

    def page_of(self, eid: str) -> str:
        """The slug of the page on which an identifier has its anchor."""
        leaf = self.law.leaf_of(eid)
        return leaf.slug if leaf else "index"

    def words(self, eid: str, chinese: str) -> str:
        """Editorial words in the page's language, the Chinese where not translated."""
        if self.language == "zh":
            return chinese
        return self.pair.of(eid).text or chinese

    def heading(self, division: Division) -> str:
        """A division's heading in the page's language, on one line."""
        unit = division.heading
        return self.words(unit.eid, " ".join(str(unit.text).split()))

    def parts(self, leaf: Leaf) -> tuple[str, ...]:
        """The parts (编) that a leaf is named with: where chapters begin anew in each."""
        numbers = [each.division.number for each in self.law.leaves if each.division]
        if len(set(numbers)) == len(numbers):
            return ()
        return tuple(map(self.heading, leaf.above))

    @property
    def standing(self) -> str:
        """That the law is repealed, and what the two texts are not: it stands with every copy."""
        gone = repeal(self.ui, self.law.edition.metadata)
        if self.pair.untranslated:
            said = self.ui("Not the standard text; not yet translated")
        else:
            said = self.ui("Not the standard text; the translation is unofficial")
        return self.ui("{repealed}. {standing}", repealed=gone, standing=said) if gone else said

    def title(self, *, short: bool = False) -> str:
        """The law's title in the page's language."""
        summary = self.law.summary
        spoken, metadata = summary.spoken[self.pair_ui.language], summary.metadata
        shortened = short and metadata.short_title
        chinese = metadata.short_title if shortened else metadata.title
        if self.language == "zh":
            return chinese
        return (spoken.short_title if shortened else spoken.title) or chinese


def link(source: str, target: str, fragment: str = "") -> str:
    """The relative link from one Markdown file to another."""
    path = _path(source, target) if source != target else ""
    return f"{path}#{fragment}" if fragment else path


@lru_cache(maxsize=1024)
def _path(source: str, target: str) -> str:
    """A page has hundreds of links to few files."""
    # From the root: else it would be asked which folder the process is in, twice.
    return posixpath.relpath(f"/{target}", f"/{posixpath.dirname(source)}")
