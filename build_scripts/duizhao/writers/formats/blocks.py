"""A law as a sequence of blocks, for formats that are read from top to bottom.

Guarantee: the units of the blocks, in order, are the units of the edition without its
contents (目录), each once; after them come all editorial notes.  Numbers of articles, and
what is said of lost text and proposed readings, are in the forms of the translation's
language, as on its pages; what it has no form for is said in Chinese alone, never in English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from duizhao.ground.text import Text, plain, shown
from duizhao.languages.bilingual import Bilingual, Translation
from duizhao.languages.citation import Cited, citations, item_number, named
from duizhao.languages.signs import CHINESE, ENGLISH, Signs, signs_of
from duizhao.languages.ui import TAGS, Interface
from duizhao.parser.edition import (
    Article,
    Division,
    Edition,
    Gap,
    Item,
    Node,
    Note,
    Paragraph,
    Table,
    Unit,
)

NOTHING = Translation(text="", status="")
HEADINGS = ("title", "heading", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of a law.

    `kind` is that of the unit's role, or article (a number alone), gap, table or note;
    `level` is the depth of a heading, 1 for the outermost; `number` and `english` are the
    number in both languages, `english` "" where the translation's has no form for it.
    `note` is a gap's.
    """

    kind: str
    eid: str
    zh: Text = field(default_factory=Text)
    pair: Translation = NOTHING
    level: int = 0
    number: str = ""
    english: str = ""
    note: str = ""
    rows: tuple[tuple[Block, ...], ...] = ()


class Said(NamedTuple):
    """What a reader of a file is told of one unit: numbers and words in both languages."""

    eid: str
    number: str
    zh: str
    english: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """All blocks of a law, its notes last; `numbers` are those of the notes.

    `signs` are those of the translation's language.
    """

    blocks: tuple[Block, ...]
    numbers: dict[str, int]
    signs: Signs = ENGLISH


def sequence_of(edition: Edition, pair: Bilingual, ui: Interface | None = None) -> Sequence:
    """Everything of a law but its contents, in reading order, then the notes.

    `ui` is the interface in the translation's language; English needs none.  Of a law without
    any translation the first block alone says so.
    """
    forms = _Forms(pair.language, ui)
    body = tuple(_Blocks(edition, pair, forms).all())
    numbers = _numbers(body, edition)
    notes = {note.id: note for note in edition.notes}
    last = [_note(notes[key], number, pair, forms) for key, number in numbers.items()]
    blocks = (*body, *last)
    if pair.untranslated:
        blocks = (*blocks[:1], *map(_alone, blocks[1:]))
    return Sequence(blocks=blocks, numbers=numbers, signs=forms.signs)


def _alone(block: Block) -> Block:
    """A block in Chinese, with nothing beside it."""
    rows = tuple(tuple(map(_alone, row)) for row in block.rows)
    return replace(block, pair=NOTHING, english="", rows=rows)


def said(sequence: Sequence) -> list[Said]:
    """What every file for reading must say, unit by unit, cells of tables too."""
    return [
        Said(b.eid, shown(b.number), chinese(b), shown(b.english), shown(b.pair.text))
        for b in flat(sequence.blocks)
    ]


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with a table's cells in its place."""
    for block in blocks:
        if block.kind == "table":
            yield from (cell for row in block.rows for cell in row)
        else:
            yield block


def chinese(block: Block) -> str:
    """A block's Chinese as it is shown, with a sign where text is lost."""
    return "".join(CHINESE.lost if piece.mark == "gap" else shown(piece.text) for piece in block.zh)


def untranslated(block: Block, signs: Signs = ENGLISH) -> str:
    """What is said where there is no current translation; "" where there is one."""
    return signs.status.get(block.pair.status, "")


def _numbers(blocks: Iterable[Block], edition: Edition) -> dict[str, int]:
    """The notes numbered as the text refers to them, then those it does not refer to."""
    known = [note.id for note in edition.notes]
    found = dict.fromkeys(
        note for block in flat(blocks) for note in (*block.zh.notes, block.note) if note in known
    )
    return {note: n for n, note in enumerate({**found, **dict.fromkeys(known)}, 1)}


def _note(note: Note, number: int, pair: Bilingual, forms: _Forms) -> Block:
    chinese, made = note.zh, pair.of(note.eid)
    if note.kind == "query" and note.reading:
        chinese += f"建议读作“{note.reading}”。"
        if made.text:
            made = replace(made, text=f"{made.text} {forms.proposed(note.reading)}")
    sign = f"[{number}]"
    return Block(kind="note", eid=note.eid, zh=plain(chinese), pair=made, number=sign, english=sign)


class _Forms:
    """What is added to a translation, in its own language."""

    def __init__(self, language: str, ui: Interface | None) -> None:
        self._english = language.partition("-")[0] == "en"
        self._ui = ui
        self.signs = signs_of(language, ui)

    def _said(self, form: str, **values: str) -> str:
        """A message, "" where the language lacks it."""
        return self._ui(form, **values) if self._ui and self._ui.has(form) else ""

    def number(self, cited: Cited) -> str:
        """The number of an article."""
        words, tag = cited.words(self._ui) if self._ui else ("", "")
        return cited.en if self._english else words if tag != TAGS["zh"] else ""

    def proposed(self, reading: str) -> str:
        """How a doubtful passage may be read."""
        if self._english:
            return f"Proposed reading: “{reading}”."
        return self._said("Proposed reading: “{reading}”.", reading=reading) or f"“{reading}”"

    def lost(self, what: str) -> str:
        """That text is lost; `what` says which, or is empty."""
        sign = self.signs.lost_of(what)
        if sign != CHINESE.lost_of(what):
            return sign
        return f"[{what}]" if what else ""  # the Chinese sign stands beside it


class _Blocks:
    def __init__(self, edition: Edition, pair: Bilingual, forms: _Forms) -> None:
        self._edition = edition
        self._pair = pair
        self._forms = forms
        self._cited = citations(edition)
        self._notes = {note.id: note for note in edition.notes}

    def all(self) -> Iterator[Block]:
        edition = self._edition
        if edition.title:
            yield self._unit(edition.title)
        front = (*edition.adoption_note, *(u for a in edition.announcements for u in a))
        for unit in front:
            yield self._unit(unit)
        for unit in edition.preamble:
            made = self._unit(unit)
            heading = unit.role == "heading"
            yield replace(made, eid="preamble", level=1) if heading else made
        yield from self._nodes(edition.body, 1)
        for unit in edition.closing:
            yield self._unit(unit)
        for annex in edition.annexes:
            yield replace(self._unit(annex.heading), kind="heading", eid=annex.eid, level=1)
            for block in annex.blocks:
                yield self._unit(block) if isinstance(block, Unit) else self._table(block)

    def _unit(self, unit: Unit) -> Block:
        made = self._pair.of(unit.eid) if str(unit.text) else NOTHING
        return Block(kind=unit.role, eid=unit.eid, zh=unit.text, pair=made)

    def _nodes(self, body: Iterable[Node], level: int) -> Iterator[Block]:
        for node in body:
            match node:
                case Division():
                    block = self._unit(node.heading)
                    yield replace(block, kind="heading", eid=node.eid, level=level)
                    yield from self._nodes(node.body, level + 1)
                case Article():
                    yield self._article(node, level)
                    yield from self._nodes(node.body, level + 1)
                case Paragraph():
                    yield self._unit(node.lead)
                    yield from self._nodes(node.items, 0)
                    yield from (self._unit(unit) for unit in node.tail)
                case Gap():
                    yield self._gap(node)
                case Table():
                    yield self._table(node)
                case Item():
                    yield from self._item(node)

    def _article(self, article: Article, level: int) -> Block:
        number = f"〔{article.number}〕" if article.supplied else article.number
        name = self._forms.number(named(article, self._cited[article.eid]))
        block = self._unit(article.title) if article.title else Block(kind="article", eid="")
        marks = Text(tuple(replace(p, text="") for p in article.head if p.note))
        return replace(
            block,
            kind="article",
            eid=article.eid,
            zh=marks + block.zh,
            level=level,
            number=number,
            english=f"[{name}]" if name and article.supplied else name,
        )

    def _item(self, item: Item) -> Iterator[Block]:
        english = item_number(item.number, item.eid)
        block = self._unit(item.unit)
        marks = Text(tuple(replace(p, text="") for p in item.head if p.note))
        yield replace(block, zh=marks + block.zh, number=item.number, english=english)
        for sub in item.subitems:
            yield from self._item(sub)

    def _gap(self, gap: Gap) -> Block:
        note = self._notes.get(gap.note)
        what = note.what if note else ""
        words = self._pair.of(f"note_{gap.note}__what").text
        return Block(
            kind="gap",
            eid=gap.eid,
            note=gap.note,
            number=CHINESE.lost_of(what),
            english=self._forms.lost(words),
        )

    def _table(self, table: Table) -> Block:
        rows = tuple(tuple(self._unit(cell) for cell in row) for row in table.rows)
        return Block(kind="table", eid=table.eid, rows=rows)
