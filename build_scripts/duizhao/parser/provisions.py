"""Provisions: where each unit of a law stands, and how to find a unit by its number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from duizhao.ground.numerals import NUMERAL_CHARACTERS, integer
from duizhao.ground.patterns import COUNTED_ON, without_note_mark
from duizhao.parser.edition import (
    Annex,
    Article,
    Division,
    Edition,
    Gap,
    Item,
    Node,
    Paragraph,
    Unit,
    divisions,
    units_of,
)
from duizhao.parser.levels import Levels, levels_of

_LEVELS = {"编": "part", "章": "chapter", "节": "section"}


class Place(NamedTuple):
    """A unit and where it stands: ordinals as in identifiers ("120-1"), headings above."""

    unit: Unit
    eid: str
    article: str = ""
    number: str = ""
    paragraph: str = ""
    item: str = ""
    divisions: tuple[Division, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The headings above, outermost first, and the article's number."""
        above = tuple(str(d.heading.text) for d in self.divisions)
        return (*above, self.number) if self.number else above


def placed_units(edition: Edition) -> Iterator[Place]:
    """The units of a law's preamble and body, each with its place, in order."""
    for unit in edition.preamble:
        yield Place(unit=unit, eid=unit.eid)
    yield from _placed(edition.body, ())


def _placed(body: tuple[Node, ...], above: tuple[Division, ...]) -> Iterator[Place]:
    for node in body:
        match node:
            case Division():
                yield Place(unit=node.heading, eid=node.eid, divisions=above)
                yield from _placed(node.body, (*above, node))
            case Article():
                article = node.eid.removeprefix("art_")
                if node.title:
                    yield Place(unit=node.title, eid=node.eid, divisions=above)
                for part in node.body:
                    yield from _in_paragraph(part, article, node.number, above)
            case _:
                yield from _in_paragraph(node, "", "", above)


def _in_paragraph(
    node: Node, article: str, number: str, above: tuple[Division, ...]
) -> Iterator[Place]:
    if isinstance(node, Gap):
        return
    if not isinstance(node, Paragraph):
        for unit in units_of(node):
            yield Place(unit=unit, eid=unit.eid, article=article, number=number, divisions=above)
        return
    ordinal = node.eid.rpartition("para_")[2]
    for unit, item in _with_item(node):
        yield Place(
            unit=unit,
            eid=unit.eid,
            article=article,
            number=number,
            paragraph=ordinal,
            item=item,
            divisions=above,
        )


def _with_item(paragraph: Paragraph) -> Iterator[tuple[Unit, str]]:
    """A paragraph's units, each with the ordinal of the item that it is in."""
    yield paragraph.lead, ""
    for item in paragraph.items:
        if isinstance(item, Item):
            ordinal = item.eid.rpartition("point_")[2]
            for unit in units_of(item):
                yield unit, ordinal
    for unit in paragraph.tail:
        yield unit, ""


class _Labelled(NamedTuple):
    """An annex by what it is called: 附件二 is of the kind 件."""

    eid: str
    kind: str
    number: int | None
    titles: tuple[str, ...]


_LABEL = re.compile(rf"附(?:件|录|表|图)?(?P<number>[{NUMERAL_CHARACTERS}]*)[：:．.]?")


def _labelled(annex: Annex, levels: Levels) -> _Labelled:
    heading = levels.read("".join(str(annex.heading.text).split()))
    label = _LABEL.match(heading)
    kind = label[0][1:2] if label and label[0][1:2] in tuple("件录表图") else ""
    first = annex.blocks[0].text if annex.blocks and isinstance(annex.blocks[0], Unit) else ""
    names = (heading[label.end() :] if label else heading, "".join(levels.read(str(first)).split()))
    return _Labelled(
        eid=annex.eid,
        kind=kind,
        number=integer(label["number"]) if label else None,
        titles=tuple(filter(None, names)),
    )


class _Within(NamedTuple):
    """What an article has: identifiers by ordinal, and whether every ordinal is known."""

    paragraphs: dict[str, str]
    items: dict[str, list[str]]
    whole: bool


def _within(article: Article) -> _Within:
    paragraphs = [part for part in article.body if isinstance(part, Paragraph)]
    items: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        for eid in dict.fromkeys(i.eid for i in paragraph.items if isinstance(i, Item)):
            items.setdefault(eid.rpartition("__point_")[2], []).append(eid)
    return _Within(
        paragraphs={each.eid.rpartition("para_")[2]: each.eid for each in paragraphs},
        items=items,
        whole=all(isinstance(part, Paragraph) and part.ordinal for part in article.body),
    )


class Provisions:
    """The provisions of one law by their numbers.

    `titles` are the names under which the law may cite itself, as `levels` reads them.
    """

    def __init__(self, edition: Edition) -> None:
        """Index `edition`."""
        self.levels = levels_of(edition)
        title = self.levels.read(without_note_mark(edition.metadata.title))
        self.titles = {title, title.removeprefix("中华人民共和国")} if title else set()
        #: Whether the law speaks of the articles of another: an interpretation, a decision.
        self.interprets = (
            "解释" in title
            or title.startswith(("最高人民", "国务院关于实施"))
            or title.endswith("施行法")
        )
        self.order: list[str] = []
        self._articles: dict[str, Article] = {}
        self._parts: set[str] = set()  # paragraphs and items
        self._within: dict[str, _Within] = {}  # of articles that were asked for
        self._doubted: set[str] = set()  # numbers of articles
        self._divisions = list(divisions(edition.body))
        self._annexes = [_labelled(annex, self.levels) for annex in edition.annexes]
        self.has_annexes = bool(self._annexes)
        self._collect(edition.body)
        self._at = {eid: index for index, eid in enumerate(self.order)}
        amends = COUNTED_ON.search(edition.metadata.title) is not None
        self.has_articles = not amends and any(not a.is_point for a in self._articles.values())

    def _collect(self, body: tuple[Node, ...]) -> None:
        for node in body:
            if isinstance(node, Article):
                self._articles.setdefault(node.eid, node)
                if node.undecided:
                    self._doubted.add(node.ordinal)
                self.order.append(node.eid)
                for part in node.body:
                    if isinstance(part, Paragraph):
                        items = (item.eid for item in part.items if isinstance(item, Item))
                        self._parts.update((part.eid, *items))
            elif isinstance(node, Division):
                self._collect(node.body)

    def find(self, article: str, paragraph: str = "", item: str = "") -> list[str] | None:
        """The identifiers that a place leads to; None for none, empty where it is not certain."""
        if article in self._doubted:
            return []
        node = self._articles.get(f"art_{article}")
        if node is None:
            return None
        within = self._within.get(node.eid) or self._within.setdefault(node.eid, _within(node))
        if paragraph:
            eid = within.paragraphs.get(paragraph)
            if eid is None:
                return None if within.whole else []
            found = f"{eid}__point_{item}" if item else eid
            return [found] if found in self._parts else None
        if not item:
            return [node.eid]
        holders = within.items.get(item)
        if not holders:
            return None if within.whole else []
        return holders if len(holders) == 1 else []

    def division(
        self, level: str, number: int | None, place: Place, within: tuple[str, ...] = ()
    ) -> list[str] | None:
        """The division with a number: in the part where `place` is, or the only one.

        Where a chain of words says in which division it is (第二章第一节), it is in the first
        of `within` that has it ("": the law), or nowhere.
        """
        wanted = [
            d for d in self._divisions if d.level == _LEVELS[level] and d.ordinal == str(number)
        ]
        for above in within:
            inside = [d for d in wanted if not above or d.eid.startswith(f"{above}__")]
            if inside:
                return [inside[0].eid] if len(inside) == 1 else None
        if within:
            return None
        near = [d for d in wanted if any(d.eid.startswith(f"{a.eid}__") for a in place.divisions)]
        chosen = wanted if len(wanted) == 1 else near
        return [chosen[0].eid] if len(chosen) == 1 else None

    def annex(self, kind: str, number: str) -> list[str] | None:
        """The annex with a number (附件二); without one, the only annex, or the only of its kind.

        `kind` is 件, 录, 表 or 图, or "" for what is annexed in some way.
        """
        wanted = integer(number) if number else None
        same = [a for a in self._annexes if kind == a.kind and a.number == wanted]
        if not number and len(self._annexes) == 1:
            same = self._annexes
        return [same[0].eid] if len(same) == 1 else None

    def annexed(self, title: str) -> list[str] | None:
        """The annex that has a title."""
        found = [a.eid for a in self._annexes if "".join(title.split()) in a.titles]
        return found if len(found) == 1 else None

    def enclosing(self, level: str, place: Place) -> list[str] | None:
        """The division of a level in which `place` is."""
        return next(([d.eid] for d in place.divisions if d.level == _LEVELS[level]), None)

    def before(self, level: str, count: str | None, place: Place) -> list[str] | None:
        """What 前款, 前两款, 前条, 前项 lead to; None where there is no such thing."""
        size = 1 if not count else integer(count) or 0
        if level == "条":
            at = self._at.get(f"art_{place.article}")
            if at is None or not 0 < size <= at:
                return None
            return self.order[at - size : at]
        if level == "款" and place.paragraph.isdecimal():
            last = int(place.paragraph)
            size = last - 1 if count in ("几", "各") else size
            if not 0 < size < last:
                return None
            return self._those(place.article, [(str(n), "") for n in range(last - size, last)])
        if level == "项" and place.item.isdecimal():
            last = int(place.item)
            size = last - 1 if count in ("几", "各") else size
            if not 0 < size < last:
                return None
            numbers = range(last - size, last)
            return self._those(place.article, [(place.paragraph, str(n)) for n in numbers])
        return None

    def _those(self, article: str, places: list[tuple[str, str]]) -> list[str] | None:
        """All of some paragraphs and items of an article, if it has them."""
        found = [self.find(article, *place) for place in places]
        return [eid for each in found if each for eid in each] if all(found) else None

    def between(self, first: str, last: str, most: int) -> list[str]:
        """The articles from `first` to `last`, both included; empty where they are none."""
        base, _, low = first.rpartition("_")
        if base == last.rpartition("_")[0] and base.endswith(("para", "point")):
            high = last.rpartition("_")[2]
            if low.isdecimal() and high.isdecimal() and 0 <= int(high) - int(low) <= most:
                all_of = (f"{base}_{n}" for n in range(int(low), int(high) + 1))
                return [eid for eid in all_of if eid in self._parts]
        start, stop = self._at.get(first), self._at.get(last)
        if start is None or stop is None or not 0 <= stop - start <= most:
            return []
        return self.order[start : stop + 1]
