"""Rows: a provision as three blocks, and what a page accumulates while they are written.

The first block is the provision's number, which is its anchor and carries its links;
then come its Chinese and its translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from duizhao.ground.text import Text
from duizhao.languages.citation import Cited, item_number
from duizhao.languages.glossary import Glossary
from duizhao.languages.law import View, link
from duizhao.languages.leaves import WHOLE, Leaf, with_pinyin
from duizhao.languages.pinyin import Readings
from duizhao.languages.signs import CHINESE
from duizhao.languages.ui import TAGS, message
from duizhao.parser.edition import Gap, Item, Note, Paragraph, Table, Unit
from duizhao.writers.pages.cites import links_pair, links_zh
from duizhao.writers.pages.inline import Link, Terms, cell, emphasised, escape, inline, line_start
from duizhao.writers.pages.ruby import Ruby

_ZH = TAGS["zh"]
_UNTRANSLATED = {
    "missing": message("Not yet translated."),
    "fuzzy": message("The translation awaits review."),
    "stale": message("The translation is out of date."),
}
_LONG_ZH, _LONG = 30, 75  # characters: more are several lines in the narrowest column
LOST_ZH = CHINESE.lost  # stands inside the Chinese, so it is Chinese on every page


@dataclass(slots=True)
class Page:
    """What one page accumulates while it is written."""

    view: View
    leaf: Leaf
    path: str
    source_path: str
    terms: Terms
    cited: dict[str, Cited]
    by_target: dict[str, list[Note]]
    readings: Readings | None = None  # of the page with pinyin
    numbers: dict[str, int] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)
    sure: set[str] = field(default_factory=set)

    def number(self, note_id: str) -> int:
        """The number of a note on this page; a note first met waits to be printed."""
        if note_id not in self.numbers:
            self.numbers[note_id] = len(self.numbers) + 1
            self.pending.append(note_id)
        return self.numbers[note_id]

    @property
    def slug(self) -> str:
        """The page's own address below the law's."""
        return with_pinyin(self.leaf) if self.readings else self.leaf.slug

    def chinese(self, text: str) -> str:
        """Chinese of the law as Markdown, with its pinyin where the page has it."""
        return Ruby(text, self.readings).whole if self.readings else escape(text)

    def other_languages(self, eid: str) -> Iterator[str]:
        """The links to a provision in each other language."""
        for language in self.view.languages:
            if language != self.view.language:
                target = link(self.path, self.view.path(self.slug, language), eid)
                yield f"[{_SHORT.get(language, language.upper())}]({target})"

    def other_form(self, eid: str) -> Iterator[str]:
        """The link to a provision with pinyin, or without."""
        ui = self.view.ui
        if self.leaf.slug == WHOLE:
            return
        slug = self.leaf.slug if self.readings else with_pinyin(self.leaf)
        label = self._named(self.leaf) if self.readings else ui("Pinyin")
        yield f"[{escape(label)}]({link(self.path, self.view.path(slug), eid)}){{.p}}"

    def elsewhere(self, eid: str) -> str:
        """The link to a provision where else the law has it: on one page, or in its chapter."""
        ui = self.view.ui
        here = self.leaf.slug == WHOLE
        slug = self.view.page_of(eid) if here else WHOLE
        leaf = self.view.law.leaf_of(eid) if here else None
        label = self._named(leaf) if leaf else ui("Overview") if here else ui("Full")
        return f"[{escape(label)}]({link(self.path, self.view.path(slug), eid)}){{.w}}"

    def _named(self, leaf: Leaf) -> str:
        """What a page of the law is called in a link: a law without chapters has its text on one."""
        return self.view.ui("Chapter") if leaf.division else self.view.ui("The text")

    def reference(self, note_id: str) -> str:
        """The link to a note, its number on this page."""
        return f"[{self.number(note_id)}](#{self.view.law.edition.note(note_id).eid}){{.ref}}"


def link_block(
    page: Page,
    eid: str,
    lines: tuple[int, ...],
    *,
    label: str,
    anchor: bool = True,
    elsewhere: bool,
) -> str:
    """The block in the margin: permanent link, the same place `elsewhere`, source.

    An article, or a text outside of any, leads to the same place in other languages, on the
    page with the whole law or from there to its chapter, and to that with pinyin.
    """
    ident = f"{{#{eid}}}" if anchor else ""
    parts = [f"[{label}](#{eid}){ident}"]
    if elsewhere:
        parts.extend(page.other_languages(eid))
        parts.append(page.elsewhere(eid))
        parts.extend(page.other_form(eid))
    if lines:
        parts.append(f"[{lines[0]}]({link(page.path, page.source_path, f'L{lines[0]}')})")
    return " ".join(parts) + "\n{: .m }"


_SHORT = {"zh": "中", "en": "EN", "bo": "བོད"}


def said(page: Page, text: Text) -> str:
    """The Chinese of a heading or a number on one line, with its editorial marks and no terms."""
    if not text.notes:
        return page.chinese(" ".join(str(text).split()))
    show = Ruby(str(text), page.readings).markup if page.readings else None
    return " ".join(inline(text, Terms(Glossary()), page.reference, LOST_ZH, show=show).split())


def paragraph_blocks(
    page: Page, paragraph: Paragraph, *, single: bool, own: str, above: int = 0
) -> Iterator[str]:
    """A paragraph with its items and what follows them.

    `single`: its article has no other; `own` says how sure it is where its article does not;
    to the line of the source that is `above`, in the article's heading, there is a link already.
    """
    label = "?" if paragraph.ordinal is None else "·" if single else str(paragraph.ordinal)
    alone = not paragraph.eid.startswith("art_")
    lines = paragraph.lead.text.lines
    lines = () if lines[:1] == (above,) else lines
    yield link_block(page, paragraph.eid, lines, label=label, elsewhere=alone)
    if own:
        yield own
    yield from pair_blocks(page, paragraph.lead)
    for item in paragraph.items:
        yield from gap_blocks(page, item) if isinstance(item, Gap) else item_blocks(page, item)
    for unit in paragraph.tail:
        yield from pair_blocks(page, unit, anchor=True)


def item_blocks(page: Page, item: Item, *, alone: bool = False) -> Iterator[str]:
    """An item with its subitems; one that is `alone`, in no paragraph, has links as an article has."""
    kind = "indent" if item.unit.role == "subitem" else "point"
    lines = item.unit.text.lines or item.head.lines
    links = link_block(page, item.eid, lines, label="·", elsewhere=alone)
    yield links.replace("{: .m }", f"{{: .m .{kind} }}")
    yield from pair_blocks(page, item.unit, number=item.number, head=item.head)
    for sub in item.subitems:
        yield from item_blocks(page, sub)


def pair_blocks(
    page: Page, unit: Unit, *, number: str = "", head: Text | None = None, anchor: bool = False
) -> Iterator[str]:
    """The Chinese of a unit and its translation, or why it has none: then the Chinese is shown alone.

    An item's `number` is marked where notes speak of its `head`.  With `anchor` the Chinese is
    one: it has no link in the margin that would be.
    """
    view = page.view
    slug = page.leaf.slug
    links = links_zh(view, page.path, slug, unit)
    chinese = _chinese(page, unit, links)
    lead = page.chinese(number)
    if head is not None and head.notes:
        lead = said(page, head.strip())
    if number and not number.endswith(("）", ")", "、")):
        lead += " "
    if str(unit.text) or unit.text.pieces or number:
        ident = f"#{unit.eid} " if anchor else ""
        yield f"{line_start(lead + chinese)}\n{{: {ident}.zh lang={_ZH} }}"
    if not str(unit.text):
        return
    translation = view.pair.of(unit.eid)
    tag = view.pair_ui.tag
    if translation.status != "translated":
        why = why_untranslated(view, translation.status)
        yield f"{why}\n{{: .en .untranslated lang={view.ui.tag} }}"
        return
    links = links_pair(view, page.path, slug, unit, translation.text)
    words = page.terms.linked(translation.text, view.pair.language, links)
    if number:
        words = f"{item_number(number, unit.eid)} {words}"
    words = _with_marks(page, unit, words)
    yield f"{line_start(words)}\n{{: .en lang={tag} }}"


def why_untranslated(view: View, status: str) -> str:
    """Why there is no translation, from its status, as Markdown in the page's language."""
    return escape(view.ui(_UNTRANSLATED[status]))


def _chinese(page: Page, unit: Unit, links: tuple[Link, ...]) -> str:
    """The Chinese of a unit as Markdown.

    Where nothing in it depends on the page, marks, terms or links, it is written once for
    all pages of the law.
    """
    glossary, readings = page.terms.glossary, page.readings
    asked = ("chinese", unit.eid, "pinyin" if readings else "")
    known, *made_with = page.view.law.once(asked, lambda: (_alone(page, unit), glossary, readings))
    same = made_with[0] is glossary and made_with[1] is readings
    if known is not None and same and not links:
        return known
    show = Ruby(str(unit.text), page.readings).markup if page.readings else None
    return inline(unit.text, page.terms, page.reference, LOST_ZH, links, show)


def _alone(page: Page, unit: Unit) -> str | None:
    """The Chinese of a unit without marks and terms; None of any other."""
    text = str(unit.text)
    if unit.text.notes or page.terms.glossary.occurrences(text, "zh"):
        return None
    return page.chinese(text)


def _with_marks(page: Page, unit: Unit, words: str) -> str:
    """The translation with the references that its Chinese carries.

    A gap is marked at the end where the Chinese has it at its end or within, at
    the beginning where it is there; other notes follow the last word.
    """
    before, after = "", ""
    at = 0
    for piece in unit.text:
        if piece.mark == "gap":
            lost = escape(f"[{page.view.pair_ui('text lost')}]")
            mark = f"{emphasised(lost, 'gap')}{page.reference(piece.note)}"
            if at == 0:
                before += f"{mark} "
            else:
                after += f" {mark}"
        elif piece.mark:
            after += page.reference(piece.note)
        at += len(piece.text)
    return before + words + after


def gap_blocks(page: Page, gap: Gap) -> Iterator[str]:
    """A lacuna between provisions: what is lost, said in both languages."""
    note = page.view.law.edition.note(gap.note)
    aliases = "".join(f'<span id="{eid}"></span>' for eid in gap.missing)
    reference = page.reference(gap.note)
    yield f"[·](#{gap.eid}){{#{gap.eid}}}{aliases}\n{{: .m }}"
    yield f"〔原文缺：{escape(note.what)}〕{reference}\n{{: .zh .lacuna lang={_ZH} }}"
    english = page.view.pair.of(f"{note.eid}__what")
    if english.text:
        tag = page.view.pair_ui.tag
        lost = escape(f"[{page.view.pair_ui('Text lost: {what}', what=english.text)}]")
        yield f"{lost}{reference}\n{{: .en .lacuna lang={tag} }}"


def table_blocks(page: Page, table: Table) -> Iterator[str]:
    """A table: each cell with its anchor, its Chinese and its translation."""
    width = max((len(row) for row in table.rows), default=0)
    rows = []
    for number, row in enumerate(table.rows):
        cells = [_cell(page, unit) for unit in row] + [""] * (width - len(row))
        if number == 0 and cells:
            cells[0] = f'<span id="{table.eid}"></span>{cells[0]}'
        rows.append("| " + " | ".join(cells) + " |")
    if rows:
        yield "\n".join([rows[0], "|" + " --- |" * width, *rows[1:]])


def _cell(page: Page, unit: Unit) -> str:
    """A cell's pair; the sentences of one among figures need a class, for a column to be wide."""
    tag = page.view.pair_ui.tag
    text, other = str(unit.text), page.view.pair.of(unit.eid).text
    long = ' class="long"' if len(text) > _LONG_ZH or len(other) > _LONG else ""
    second = f' <span{long} lang="{tag}">{cell(other)}</span>' if other else ""
    chinese = page.chinese(text).replace("|", "&#124;")
    return f'<span id="{unit.eid}"{long} lang="{_ZH}">{chinese}</span>{second}'
