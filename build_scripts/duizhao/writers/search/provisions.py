"""The provisions of a law as search knows them: an article, a heading, a paragraph outside.

A provision is what several words of a query must stand in together.  Its units
(number, title, paragraphs, items) are what a phrase must stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from duizhao.languages.bilingual import Bilingual
from duizhao.languages.citation import Cited, citations, cited
from duizhao.languages.law import Law
from duizhao.languages.leaves import Leaf, leaves
from duizhao.languages.ui import TAGS, Interface
from duizhao.parser.edition import (
    Article,
    Division,
    Edition,
    Gap,
    Item,
    Node,
    Paragraph,
    Unit,
    units_of,
)

_MARKS = ("emendation", "query", "gap")
_LEVEL = re.compile("__(para|point)_[^_]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchUnit:
    """A text that is searched: identifier it leads to, citations, Chinese, translations.

    `cited` is the citation in Chinese, then in each other language, "" where that has
    no form for it (without translations: in English).  `marks` says which kinds of
    editorial notes the Chinese carries; `corrections` are the places where it is
    corrected (not throughout): from, to, what the source has.
    """

    eid: str
    cited: tuple[str, ...]
    zh: str
    others: tuple[str, ...]
    marks: tuple[str, ...] = ()
    corrections: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """An article or another passage with an address; `slug` is its page below the law's.

    `path` holds the positions, among the law's provisions, of the headings above it.
    """

    slug: str
    eid: str
    cited: tuple[str, ...]
    path: tuple[int, ...]
    units: tuple[SearchUnit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchLaw:
    """A law as search knows it; the first provision is its title."""

    id: str
    titles: tuple[str, ...]  # Chinese, then each other language
    effective: str
    repealed: str  # date, "undated" where the day is not known, "" where it is not
    gaps: int
    provisions: tuple[Provision, ...]


def as_taiwan(law: SearchLaw) -> bool | None:
    """Whether a law names its levels as Taiwan does (`levels`), by how its units are cited.

    None where none of them is cited by such a level.
    """
    for provision in law.provisions:
        for unit in provision.units:
            level, said = _LEVEL.search(unit.eid), unit.cited[0][-1:]
            if level and said in ("款", "项", "項"):
                return (level[1] == "point") == (said == "款")
    return None


def searched(law: Law, interfaces: Iterable[Interface]) -> SearchLaw:
    """A law of a site; `interfaces` are those in the languages that it is translated into."""
    uis = tuple(interfaces)
    pairs = {ui.language: law.bilingual[ui.language] for ui in uis}
    return search_law(law.edition, pairs, law.leaves, uis)


def search_law(
    edition: Edition,
    pairs: Mapping[str, Bilingual],
    pages: Iterable[Leaf] | None = None,
    interfaces: tuple[Interface, ...] = (),
) -> SearchLaw:
    """An edition and its translations as search knows them."""
    metadata = edition.metadata
    own = tuple(pages) if pages is not None else leaves(edition)
    titles = tuple(pair.of("title").text for pair in pairs.values())
    return SearchLaw(
        id=edition.law_id,
        titles=(metadata.title, *titles),
        effective=metadata.effective,
        repealed=metadata.repealed or ("undated" if metadata.status == "repealed" else ""),
        gaps=sum(note.kind == "gap" for note in edition.notes),
        provisions=tuple(_Maker(edition, pairs, own, interfaces).provisions()),
    )


class _Maker:
    """Makes the provisions of one law."""

    def __init__(
        self,
        edition: Edition,
        pairs: Mapping[str, Bilingual],
        pages: tuple[Leaf, ...],
        interfaces: tuple[Interface, ...],
    ) -> None:
        self.interfaces = interfaces
        self.edition = edition
        self.pairs = pairs
        self.pages = pages
        self.cited = citations(edition)
        self.numbers = item_numbers(edition)
        self.count = 0

    def provisions(self) -> Iterator[Provision]:
        """Every provision that stands on a page of the law, the title first."""
        title = [self._unit(self.edition.title)] if self.edition.title else []
        yield self._provision("", "title", (), title)
        for unit in self._front():
            yield self._single("", unit, ())
        for leaf in self.pages:
            slug = f"{leaf.slug}/"
            path: tuple[int, ...] = ()
            if leaf.division:
                path = (self.count,)
                yield self._single(slug, leaf.division.heading, ())
            yield from self._body(slug, leaf.body, path)
            for unit in leaf.closing:
                yield self._single(slug, unit, ())
            for annex in leaf.annexes:
                heading: tuple[int, ...] = ()
                for unit in units_of(annex):
                    at = self.count
                    yield self._single(slug, unit, heading)
                    heading = heading or (at,)

    def _front(self) -> Iterator[Unit]:
        yield from self.edition.adoption_note
        for announcement in self.edition.announcements:
            yield from announcement
        yield from self.edition.preamble

    def _body(self, slug: str, body: Iterable[Node], path: tuple[int, ...]) -> Iterator[Provision]:
        for node in body:
            match node:
                case Division():
                    at = self.count
                    yield self._single(slug, node.heading, path)
                    yield from self._body(slug, node.body, (*path, at))
                case Article():
                    yield self._article(slug, node, path)
                case Gap():
                    continue
                case _:
                    units = [self._unit(unit) for unit in units_of(node)]
                    yield self._provision(slug, units[0].eid if units else node.eid, path, units)

    def _article(self, slug: str, article: Article, path: tuple[int, ...]) -> Provision:
        cited = self._citation(article.eid)
        others = cited[1:] if self.interfaces else ()
        number = SearchUnit(eid=article.eid, cited=cited, zh=article.number, others=others)
        texts = [self._unit(unit) for unit in units_of(article)]
        return self._provision(slug, article.eid, path, [number, *texts])

    def _single(self, slug: str, unit: Unit, path: tuple[int, ...]) -> Provision:
        made = self._unit(unit)
        return self._provision(slug, made.eid, path, [made])

    def _provision(
        self, slug: str, eid: str, path: tuple[int, ...], units: list[SearchUnit]
    ) -> Provision:
        self.count += 1
        cited = units[0].cited if units and units[0].eid == eid else self._citation(eid)
        return Provision(slug=slug, eid=eid, cited=cited, path=path, units=tuple(units))

    def _unit(self, unit: Unit) -> SearchUnit:
        eid = _place(unit, self.cited)
        chinese = self.numbers.get(unit.eid, "") + " ".join(str(unit.text).split())
        marks = {piece.mark for piece in unit.text} if unit.text.notes else set()
        return SearchUnit(
            eid=eid,
            cited=self._citation(eid),
            zh=chinese,
            others=tuple(pair.of(unit.eid).text for pair in self.pairs.values()),
            marks=tuple(mark for mark in _MARKS if mark in marks),
            corrections=tuple(self._corrections(unit)) if "emendation" in marks else (),
        )

    def _corrections(self, unit: Unit) -> Iterator[tuple[int, int, str]]:
        """The corrected places of a unit's text as it is written here."""
        number, before = self.numbers.get(unit.eid, ""), ""
        for piece in unit.text:
            start = len(number) + len(" ".join(f"{before}x".split())) - 1
            before += piece.text
            once = piece.mark == "emendation" and piece.text != piece.original
            if once and self.edition.note(piece.note).kind == "emendation":
                yield start, start + len(piece.text), piece.original

    def _citation(self, eid: str) -> tuple[str, ...]:
        found = self.cited.get(eid) or cited(eid)
        spoken = (found.words(ui) for ui in self.interfaces)
        others = tuple(words if tag != TAGS["zh"] else "" for words, tag in spoken)
        return (found.zh, *(others or (found.en,)))


def item_numbers(edition: Edition) -> dict[str, str]:
    """The numbers that items print before their text, by the unit's identifier."""
    found: dict[str, str] = {}

    def add(items: Iterable[Item | Gap]) -> None:
        for item in items:
            if isinstance(item, Item):
                found[item.unit.eid] = item.number
                add(item.subitems)

    for node in _flat(edition.body):
        if isinstance(node, Paragraph):
            add(node.items)
    return found


def _flat(body: Iterable[Node]) -> Iterator[Node]:
    """Every node above the items, in reading order."""
    for node in body:
        yield node
        if isinstance(node, Division | Article):
            yield from _flat(node.body)


def _place(unit: Unit, cited: dict[str, Cited]) -> str:
    """The identifier that a hit leads to."""
    eid = unit.eid.removesuffix("__heading")
    while eid not in cited and unit.role in ("tail", "article_title", "cell") and "__" in eid:
        eid = eid.rpartition("__")[0]
    return eid
