"""The edition: one law as it is published here, in Chinese, frozen.

::

    Edition
      title, adoption_note (题注), announcements (公告), preamble (序言)
      body      Division (编 part, 分编 subpart, 章 chapter, 节 section) … Article … Gap
      Article   (条) ─ body: Paragraph (款) ─ lead, items (项) ─ subitems (目), tail
      annexes   (附件)
      notes     every editorial decision a reader must know of

Identifiers follow the Akoma Ntoso naming convention (`art_13__para_2__point_3`)
and are made of parsed integers, never of heading text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from duizhao.ground.numerals import integer
from duizhao.ground.patterns import ARTICLE, DECIMAL, ORDINAL, UNDIVIDED, inserted
from duizhao.ground.pickled import quickly_pickled
from duizhao.ground.text import Text


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The smallest addressable text and the unit of translation.

    `role` is title, adoption_note, announcement, preamble, contents, heading,
    article_title, paragraph, item, subitem, tail, annex or cell.
    """

    eid: str
    role: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A lacuna (缺): text that is lost, where it stood, explained by note `note`.

    `missing` holds the identifiers of provisions known to be lost here.
    """

    eid: str
    note: str
    missing: tuple[str, ...] = ()


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item (项, `number` "（一）") or subitem (目, "1．") with what is below it."""

    eid: str
    number: str
    unit: Unit
    subitems: tuple[Item, ...] = ()
    head: Text = field(default_factory=Text)


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph (款); `ordinal` is derived, None where the place is unknown."""

    eid: str
    ordinal: int | None
    lead: Unit
    items: tuple[Item | Gap, ...] = ()
    tail: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: rows of cells, each a unit."""

    eid: str
    rows: tuple[tuple[Unit, ...], ...]


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article (条); `number` as printed ("第一百二十条之一"), or supplied."""

    eid: str
    number: str
    body: tuple[Paragraph | Gap | Table, ...]
    title: Unit | None = None
    head: Text = field(default_factory=Text)
    supplied: bool = False

    @property
    def is_point(self) -> bool:
        """Whether it is a point (一、) that serves as an article: without 第, or what is read as 第."""
        return bool(self.number) and not re.match(ORDINAL, self.number)

    @property
    def ordinal(self) -> str:
        """The number as in identifiers ("13", "120-1"): as printed where that is in doubt."""
        if not self.undecided:
            return self.eid.removeprefix("art_")
        match = ARTICLE.match(self.number)
        number = integer(match["num"] if match else self.number)
        after = inserted(match) if match else None
        return f"{number}-{after}" if after else f"{number}"

    @property
    def undecided(self) -> bool:
        """Whether it is in doubt which number the article has."""
        return self.eid.startswith("art_u")


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A part, subpart, chapter or section (编, 分编, 章, 节).

    `number` is as printed ("第一章", "" for a bare 附则); `heading` is the whole
    heading, number included; `title` its words alone.
    """

    eid: str
    level: str
    ordinal: str
    number: str
    heading: Unit
    title: str
    body: tuple[Division | Article | Paragraph | Gap | Table, ...]
    supplied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsEntry:
    """A line of the contents (目录); `target` is the eid of what it names, "" if not here."""

    unit: Unit
    level: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """An annex (附件, 附录, 附表): heading and blocks."""

    eid: str
    heading: Unit
    blocks: tuple[Unit | Table, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An editorial note: what was decided about the text, and why, in plain words.

    `kind` is emendation, query, gap, number, repetition, join, order or
    normalisation.  `zh` is the explanation; its English is in the catalog under
    `note_<id>`.  `lines` are witness line ranges, first and last included.
    """

    id: str
    kind: str
    zh: str
    what: str = ""  # of a gap: what is lost
    quote: str = ""
    reading: str = ""  # what an emendation put, or a query proposes
    certainty: str = ""
    lines: tuple[tuple[int, int], ...] = ()
    others: tuple[tuple[int, int], ...] = ()  # a repetition's printed original
    count: int = 0
    keeps_translation: bool = False  # of an emendation: a translation made before it stands
    targets: tuple[str, ...] = ()

    @property
    def eid(self) -> str:
        """The note's own identifier, used as an anchor and in catalogs."""
        return f"note_{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to the law: adopted, approved, promulgated, amended."""

    kind: str
    date: str  # ISO 8601, "" where unknown
    organ: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a library's catalogue would say of the law (Work and Expression)."""

    title: str
    short_title: str = ""
    kind: str = ""
    organ: str = ""
    region: str = ""
    adopted: str = ""
    promulgated: str = ""
    effective: str = ""
    effective_rule: str = ""  # "on promulgation" or "after promulgation"
    document_number: str = ""
    status: str = ""
    edition_date: str = ""
    source: str = ""  # what the witness is, in Chinese
    events: tuple[Event, ...] = ()

    @property
    def amended(self) -> str:
        """The date of the last amendment or revision, "" where there was none."""
        changes = (event.date for event in self.events if event.kind in ("amended", "revised"))
        return max(changes, default="")

    @property
    def repealed(self) -> str:
        """The day from which the law is repealed, "" where it is not, or the day is not known."""
        days = (event.date for event in self.events if event.kind == "repealed")
        return max(days, default="") if self.status == "repealed" else ""

    @property
    def latest(self) -> str:
        """The date of the edition, or the law's latest where that is not given; "" for none."""
        known = (self.adopted, self.promulgated, self.effective)
        return self.edition_date or max((*known, *(event.date for event in self.events)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One law as published here."""

    law_id: str
    metadata: Metadata
    title: Unit | None
    adoption_note: tuple[Unit, ...] = ()
    announcements: tuple[tuple[Unit, ...], ...] = ()
    preamble: tuple[Unit, ...] = ()
    contents_heading: Unit | None = None
    contents: tuple[ContentsEntry, ...] = ()
    body: tuple[Division | Article | Paragraph | Gap | Table, ...] = ()
    annexes: tuple[Annex, ...] = ()
    closing: tuple[Unit, ...] = ()
    notes: tuple[Note, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()  # (rejected identifier, identifier it leads to)

    def note(self, note_id: str) -> Note:
        """The note with an id; KeyError where there is none."""
        for note in self.notes:
            if note.id == note_id:
                return note
        raise KeyError(note_id)


Node: TypeAlias = Division | Article | Paragraph | Item | Gap | Table


def articles(body: tuple[Node, ...]) -> Iterator[Article]:
    """Every article below `body`, in order."""
    for node in body:
        if isinstance(node, Article):
            yield node
        elif isinstance(node, Division):
            yield from articles(node.body)


def divisions(body: tuple[Node, ...], level: str | None = None) -> Iterator[Division]:
    """Every division below `body` (of one level, or all), in order, parents first."""
    for node in body:
        if isinstance(node, Division):
            if level is None or node.level == level:
                yield node
            yield from divisions(node.body, level)


def units_of(node: Node | Unit | Annex) -> Iterator[Unit]:  # noqa: C901 - a case a kind of node
    """Every unit of text at and below a node, in reading order."""
    match node:
        case Unit():
            yield node
        case Gap():
            return
        case Item():
            yield node.unit
            for sub in node.subitems:
                yield from units_of(sub)
        case Paragraph():
            yield node.lead
            for item in node.items:
                yield from units_of(item)
            yield from node.tail
        case Table():
            for row in node.rows:
                yield from row
        case Article():
            if node.title:
                yield node.title
            for part in node.body:
                yield from units_of(part)
        case Division():
            yield node.heading
            for child in node.body:
                yield from units_of(child)
        case Annex():
            yield node.heading
            for block in node.blocks:
                yield from units_of(block)


def units(edition: Edition) -> Iterator[Unit]:
    """Every unit of the edition, in reading order."""
    if edition.title:
        yield edition.title
    yield from edition.adoption_note
    for announcement in edition.announcements:
        yield from announcement
    if edition.contents_heading:
        yield edition.contents_heading
    for entry in edition.contents:
        yield entry.unit
    yield from edition.preamble
    for node in edition.body:
        yield from units_of(node)
    yield from edition.closing
    for annex in edition.annexes:
        yield from units_of(annex)


def provides(edition: Edition) -> bool:
    """Whether an edition has provisions: articles, or the paragraphs of a resolution or reply.

    Those have a title and an organ, a date or a number above them, as a list or a letter has not,
    or the title of a kind that has no articles: …标准, …目录, or are numbered 2.1.1 within chapters,
    as the rules of an exchange.
    """
    meta = edition.metadata
    told = meta.organ or meta.events or meta.document_number or UNDIVIDED.search(meta.title)
    numbered = any(True for _ in divisions(edition.body)) and _decimal(edition)
    issued = edition.title and (told or numbered)
    return any(True for _ in articles(edition.body)) or bool(edition.body and issued)


def _decimal(edition: Edition) -> bool:
    """Whether several paragraphs have a number of the form 2.1.1 before their words."""
    return sum(DECIMAL.match(str(unit.text)) is not None for unit in units(edition)) > 1


def texts(edition: Edition) -> Iterator[tuple[str, Text]]:
    """Every text with provenance in the edition, heads and numbers included, by eid."""
    for unit in units(edition):
        yield unit.eid, unit.text
    for article in articles(edition.body):
        yield article.eid, article.head
        for part in article.body:
            if isinstance(part, Paragraph):
                yield from item_heads(part.items)
    for division in divisions(edition.body):
        for child in division.body:
            if isinstance(child, Paragraph):
                yield from item_heads(child.items)
    for node in edition.body:
        if isinstance(node, Paragraph):
            yield from item_heads(node.items)


def item_heads(items: tuple[Item | Gap, ...]) -> Iterator[tuple[str, Text]]:
    """The numbers of items and of what is below them, by eid."""
    for item in items:
        if isinstance(item, Item):
            yield item.eid, item.head
            yield from item_heads(item.subitems)


def gaps(body: tuple[Node, ...]) -> Iterator[Gap]:
    """Every block gap below `body`, in order."""
    for node in body:
        match node:
            case Gap():
                yield node
            case Article() | Division():
                yield from gaps(node.body)
            case Paragraph():
                yield from gaps(node.items)
