"""Drafts: the mutable nodes that a law's body is built of, and their frozen form.

Only `structure` makes drafts; once a law is read, `frozen` gives the edition's nodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from duizhao.ground.patterns import HEADING
from duizhao.ground.text import Text
from duizhao.parser.edition import Article, Division, Gap, Item, Paragraph, Table, Unit


@dataclass(slots=True)
class ItemDraft:
    """An item or subitem; `style` names how its number is written."""

    eid: str
    number: str
    head: Text
    style: str
    ordinal: int
    depth: int = 0
    text: Text = field(default_factory=Text)
    below: list[ItemDraft] = field(default_factory=list)


@dataclass(slots=True)
class ParagraphDraft:
    """A paragraph (款)."""

    eid: str
    ordinal: int | None
    text: Text
    items: list[ItemDraft | Gap] = field(default_factory=list)
    tail: list[Text] = field(default_factory=list)


@dataclass(slots=True)
class TableDraft:
    """A table, a list of cells for each row."""

    eid: str
    rows: list[list[Text]] = field(default_factory=list)
    last_row: int = -1


@dataclass(slots=True)
class ArticleDraft:
    """An article (条); `certain` says whether the ordinals of further 款 are known."""

    eid: str
    number: str
    head: Text
    supplied: bool = False
    title: Text | None = None
    body: list[ParagraphDraft | Gap | TableDraft] = field(default_factory=list)
    certain: bool = True


@dataclass(slots=True)
class DivisionDraft:
    """A division of any level, or the law's body itself (level "")."""

    eid: str
    level: str
    ordinal: str
    number: str
    heading: Text
    title: str
    supplied: bool = False
    body: list[DivisionDraft | ArticleDraft | ParagraphDraft | Gap | TableDraft] = field(
        default_factory=list
    )


Draft = DivisionDraft | ArticleDraft | ParagraphDraft | TableDraft | Gap
Part = Paragraph | Gap | Table


def frozen(draft: Draft) -> Division | Article | Part:
    """The edition's node for a draft, with all that is below it."""
    match draft:
        case DivisionDraft():
            return Division(
                eid=draft.eid,
                level=draft.level,
                ordinal=draft.ordinal,
                number=draft.number,
                heading=Unit(
                    eid=f"{draft.eid}__heading", role="heading", text=draft.heading.strip()
                ),
                title=draft.title,
                supplied=draft.supplied,
                body=tuple(frozen(child) for child in draft.body),
            )
        case ArticleDraft():
            title = draft.title
            return Article(
                eid=draft.eid,
                number=draft.number,
                head=draft.head,
                supplied=draft.supplied,
                title=Unit(eid=f"{draft.eid}__title", role="article_title", text=title.strip())
                if title
                else None,
                body=tuple(frozen_part(part) for part in draft.body),
            )
        case _:
            return frozen_part(draft)


def frozen_part(draft: ParagraphDraft | TableDraft | Gap) -> Part:
    """A paragraph, table or gap, frozen."""
    match draft:
        case Gap():
            return draft
        case TableDraft():
            return frozen_table(draft)
        case ParagraphDraft():
            return Paragraph(
                eid=draft.eid,
                ordinal=draft.ordinal,
                lead=Unit(eid=draft.eid, role="paragraph", text=draft.text.strip()),
                items=tuple(i if isinstance(i, Gap) else _item(i) for i in draft.items),
                tail=tuple(
                    Unit(eid=f"{draft.eid}__wrap_{n}", role="tail", text=text.strip())
                    for n, text in enumerate(draft.tail, 1)
                ),
            )


def frozen_table(draft: TableDraft) -> Table:
    """A table, frozen; each cell a unit `…__row_2__cell_3`."""
    return Table(
        eid=draft.eid,
        rows=tuple(
            tuple(
                Unit(eid=f"{draft.eid}__row_{r}__cell_{c}", role="cell", text=cell.strip())
                for c, cell in enumerate(row, 1)
            )
            for r, row in enumerate(draft.rows, 1)
        ),
    )


def _item(draft: ItemDraft) -> Item:
    role = "subitem" if draft.depth else "item"
    return Item(
        eid=draft.eid,
        number=draft.number,
        head=draft.head,
        unit=Unit(eid=draft.eid, role=role, text=draft.text.strip()),
        subitems=tuple(_item(sub) for sub in draft.below),
    )


def path_to_last(paragraph: ParagraphDraft) -> Iterator[ItemDraft]:
    """The last item of a paragraph, its last subitem, and so on down; nothing for a gap."""
    items: list[ItemDraft | Gap] = list(paragraph.items[-1:])
    while items and isinstance(items[0], ItemDraft):
        yield items[0]
        items = list(items[0].below[-1:])


def goes_on(paragraph: ParagraphDraft, style: str, number: int) -> ItemDraft | None:
    """The open item that a further item with this style and number would follow."""
    return next(
        (i for i in path_to_last(paragraph) if i.style == style and i.ordinal == number - 1), None
    )


def ordinal_of(number: int | None, inserted: int | None) -> str:
    """120 and 1 as the identifier's "120-1"."""
    return f"{number}-{inserted}" if inserted else f"{number}"


def name_of(words: str) -> str:
    """The words of a heading as a name: 总　　则 is 总则, other spacing stays."""
    parts = words.split()
    return "".join(parts) if all(len(p) == 1 for p in parts) else words.strip()


def words_of(heading: str) -> str:
    """The words of a heading, after 第X章."""
    match = HEADING.fullmatch(heading)
    return match["words"] if match else heading
