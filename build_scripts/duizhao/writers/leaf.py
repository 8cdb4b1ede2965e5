"""Markdown of a leaf: a chapter with its articles, paragraph by paragraph, in pairs.

Each provision is three blocks: its number, which is its anchor and carries its
links; its Chinese; its translation.  Notes follow the article they are about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from duizhao.citation import Cited, citations
from duizhao.edition import (
    Annex,
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
    articles,
    units_of,
)
from duizhao.glossary import Glossary, Term
from duizhao.law import View, link
from duizhao.leaves import Leaf
from duizhao.pinyin import alphabetical
from duizhao.ui import TAGS
from duizhao.writers.inline import Terms, cell, escape, inline, line_start

_ZH = TAGS["zh"]
LOST_ZH = "〔原文缺〕"  # stands inside the Chinese, so it is Chinese on every page


@dataclass(slots=True)
class _Page:
    """What one page accumulates while it is written."""

    view: View
    leaf: Leaf
    path: str
    source_path: str
    terms: Terms
    cited: dict[str, Cited]
    by_target: dict[str, list[Note]]
    numbers: dict[str, int] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)

    def number(self, note_id: str) -> int:
        """The number of a note on this page; a note first met waits to be printed."""
        if note_id not in self.numbers:
            self.numbers[note_id] = len(self.numbers) + 1
            self.pending.append(note_id)
        return self.numbers[note_id]

    def reference(self, note_id: str) -> str:
        """The link to a note, its number on this page."""
        return f"[{self.number(note_id)}](#{self.view.law.edition.note(note_id).eid}){{.ref}}"


def kind_name(view: View, note: Note) -> str:
    """What a reader calls this kind of note."""
    names = {
        "emendation": view.ui("Correction"),
        "query": view.ui("Doubtful wording"),
        "gap": view.ui("Text lost"),
        "number": view.ui("Conflicting number"),
        "repetition": view.ui("Printed more than once"),
        "join": view.ui("Sentence joined"),
        "order": view.ui("Order of the page"),
        "normalisation": view.ui("Punctuation"),
        "furniture": view.ui("Not part of the law"),
    }
    return names[note.kind]


def leaf_markdown(
    view: View, leaf: Leaf, glossary: Glossary, source_path: str
) -> tuple[str, dict[str, Term]]:
    """The Markdown of one leaf, and the terms that occur on it by anchor."""
    edition = view.law.edition
    page = _Page(
        view=view,
        leaf=leaf,
        path=view.path(leaf.slug),
        source_path=source_path,
        terms=Terms(glossary),
        cited=citations(edition),
        by_target=_by_target(edition),
    )
    blocks = [*_heading(page), *_blocks(page, leaf.body, 2)]
    for unit in leaf.closing:
        blocks.append(_links(page, unit.eid, unit.text.lines, label="·"))
        blocks.extend(_pair(page, unit))
    for annex in leaf.annexes:
        blocks.extend(_annex(page, annex))
    blocks.extend(terms_section(view, page.path, page.terms))
    return "\n\n".join(b for b in blocks if b) + "\n", page.terms.found


def _by_target(edition: Edition) -> dict[str, list[Note]]:
    """Notes that no mark in the text refers to, by the article they are about."""
    found: dict[str, list[Note]] = {}
    for note in edition.notes:
        targets = note.targets if note.kind in ("number", "repetition", "join") else ()
        if note.kind == "order" and note.lines:
            first = note.lines[0][0]
            targets = tuple(
                article.eid
                for article in articles(edition.body)
                if any(first in unit.text.lines for unit in units_of(article))
            )
        for target in targets:
            found.setdefault(target, []).append(note)
    return found


def _heading(page: _Page) -> Iterator[str]:
    division = page.leaf.division
    if division is None:
        title = escape(page.view.law.edition.metadata.title)
        english = page.view.pair.of("title").text
        yield f"# {_paired(title, english, page)} {{#text lang={_ZH}}}"
        return
    for above in page.leaf.above:
        yield _over(page, above)
    yield f"# {_paired_unit(page, division.heading)} {{#{division.eid} lang={_ZH}}}"


def _over(page: _Page, division: Division) -> str:
    anchor = f"#{division.eid} " if division.eid in page.leaf.opens else ""
    return f"{_paired_unit(page, division.heading)}\n{{: {anchor}.over lang={_ZH} }}"


def _paired_unit(page: _Page, unit: Unit) -> str:
    return _paired(escape(" ".join(str(unit.text).split())), page.view.pair.of(unit.eid).text, page)


def _paired(chinese: str, translation: str, page: _Page) -> str:
    tag = page.view.pair_ui.tag
    other = f' <span lang="{tag}">{escape(translation)}</span>' if translation else ""
    return chinese + other


def _blocks(page: _Page, body: tuple[Node, ...], level: int) -> Iterator[str]:
    """The blocks of a body, headings beginning at `level`."""
    for node in body:
        match node:
            case Division():
                hashes = "#" * min(level, 5)
                yield f"{hashes} {_paired_unit(page, node.heading)} {{#{node.eid} .division lang={_ZH}}}"
                yield from _blocks(page, node.body, level + 1)
            case Article():
                yield from _article(page, node, level)
            case Paragraph():
                yield from _paragraph(page, node, single=True)
            case Gap():
                yield from _gap(page, node)
            case Table():
                yield from _table(page, node)
            case Item():
                yield from _item(page, node)
        yield from _notes(page)


def _article(page: _Page, article: Article, level: int) -> Iterator[str]:
    cited = page.cited[article.eid]
    hashes = "#" * min(level, 6)
    number = escape(article.number)
    if article.supplied:
        number = f"〔{number}〕"
    english = f"[{cited.en}]" if article.supplied else cited.en
    title = f" {escape(str(article.title.text))}" if article.title else ""
    heading = f'{number}{title} <span lang="en">{escape(english)}</span>'
    yield f"{hashes} {heading} {{#{article.eid} .art lang={_ZH}}}"
    links = _links(page, article.eid, _lines(article), label="§", anchor=False)
    yield links.replace("\n", f"{''.join(_aliases(page, article))}\n", 1)
    for note in page.by_target.get(article.eid, ()):
        page.number(note.id)
    paragraphs = [p for p in article.body if isinstance(p, Paragraph)]
    single = len(paragraphs) == 1 and paragraphs[0].ordinal == 1
    for part in article.body:
        match part:
            case Paragraph():
                for note in page.by_target.get(part.eid, ()):
                    page.number(note.id)
                yield from _paragraph(page, part, single=single)
            case Gap():
                yield from _gap(page, part)
            case Table():
                yield from _table(page, part)


def _aliases(page: _Page, article: Article) -> Iterator[str]:
    """Anchors of the numbers that were rejected for this article's text: links still lead here."""
    for alias, target in page.view.law.edition.aliases:
        if target == article.eid or target.startswith(f"{article.eid}__"):
            yield f'<span id="{alias}"></span>'


def _lines(article: Article) -> tuple[int, ...]:
    lines = [*article.head.lines]
    for unit in units_of(article):
        lines.extend(unit.text.lines)
    return tuple(dict.fromkeys(lines))


def _links(
    page: _Page, eid: str, lines: tuple[int, ...], *, label: str, anchor: bool = True
) -> str:
    """The block in the margin: permanent link, the same place in other languages, source."""
    ident = f"{{#{eid}}}" if anchor else ""
    parts = [f"[{label}](#{eid}){ident}"]
    for language in page.view.languages:
        if language != page.view.language:
            target = link(page.path, page.view.path(page.leaf.slug, language), eid)
            parts.append(f"[{_SHORT.get(language, language)}]({target})")
    if lines:
        parts.append(f"[{lines[0]}]({link(page.path, page.source_path, f'L{lines[0]}')})")
    return " ".join(parts) + "\n{: .m }"


_SHORT = {"zh": "中", "en": "EN", "bo": "བོད"}


def _paragraph(page: _Page, paragraph: Paragraph, *, single: bool) -> Iterator[str]:
    label = "?" if paragraph.ordinal is None else "·" if single else str(paragraph.ordinal)
    yield _links(page, paragraph.eid, paragraph.lead.text.lines, label=label)
    yield from _pair(page, paragraph.lead)
    for item in paragraph.items:
        yield from _gap(page, item) if isinstance(item, Gap) else _item(page, item)
    for unit in paragraph.tail:
        yield from _pair(page, unit)


def _item(page: _Page, item: Item) -> Iterator[str]:
    kind = "indent" if item.unit.role == "subitem" else "point"
    lines = item.unit.text.lines or item.head.lines
    yield _links(page, item.eid, lines, label="·").replace("{: .m }", f"{{: .m .{kind} }}")
    yield from _pair(page, item.unit, number=item.number, kind=kind)
    for sub in item.subitems:
        yield from _item(page, sub)


def english_number(number: str, eid: str) -> str:
    """An item's number in English: (1) for （一）, (a)-free and countable."""
    digits = eid.rpartition("_")[2]
    return f"({digits})" if number[0] in "（(〔" else f"{digits}."


def _pair(page: _Page, unit: Unit, *, number: str = "", kind: str = "") -> Iterator[str]:
    view = page.view
    chinese = inline(unit.text, page.terms, page.reference, LOST_ZH)
    extra = f" .{kind}" if kind else ""
    lead = (
        f"{escape(number)} "
        if number and not number.endswith(("）", ")", "、"))
        else escape(number)
    )
    if str(unit.text) or unit.text.pieces or number:
        yield f"{line_start(lead + chinese)}\n{{: .zh{extra} lang={_ZH} }}"
    if not str(unit.text):
        return
    translation = view.pair.of(unit.eid)
    tag = view.pair_ui.tag
    if translation.status != "translated":
        status = {
            "missing": view.ui("Not yet translated; the Chinese is shown."),
            "fuzzy": view.ui("The translation awaits review; the Chinese is shown."),
            "stale": view.ui("The translation is out of date; the Chinese is shown."),
        }[translation.status]
        yield (
            f'<span class="status" lang="{view.ui.tag}">{escape(status)}</span> {escape(lead)}{escape(str(unit.text))}'
            f"\n{{: .en .untranslated{extra} lang={_ZH} }}"
        )
        return
    words = page.terms.mark(translation.text, view.pair.language)
    if number:
        words = f"{english_number(number, unit.eid)} {words}"
    words = _with_marks(page, unit, words)
    yield f"{line_start(words)}\n{{: .en{extra} lang={tag} }}"


def _with_marks(page: _Page, unit: Unit, words: str) -> str:
    """The translation with the references that its Chinese carries.

    A gap is marked at the end where the Chinese has it at its end or within, at
    the beginning where it is there; other notes follow the last word.
    """
    before, after = "", ""
    at = 0
    for piece in unit.text:
        if piece.mark == "gap":
            lost = escape(f"[{page.view.pair_ui('text lost')}]")
            mark = f"*{lost}*{{.gap}}{page.reference(piece.note)}"
            if at == 0:
                before += f"{mark} "
            else:
                after += f" {mark}"
        elif piece.mark:
            after += page.reference(piece.note)
        at += len(piece.text)
    return before + words + after


def _gap(page: _Page, gap: Gap) -> Iterator[str]:
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


def _table(page: _Page, table: Table) -> Iterator[str]:
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


def _cell(page: _Page, unit: Unit) -> str:
    tag = page.view.pair_ui.tag
    other = page.view.pair.of(unit.eid).text
    second = f' <span lang="{tag}">{cell(other)}</span>' if other else ""
    return f'<span id="{unit.eid}" lang="{_ZH}">{cell(str(unit.text))}</span>{second}'


def _annex(page: _Page, annex: Annex) -> Iterator[str]:
    yield f"## {_paired_unit(page, annex.heading)} {{#{annex.eid} .division lang={_ZH}}}"
    for block in annex.blocks:
        if isinstance(block, Unit):
            yield _links(page, block.eid, block.text.lines, label="·")
            yield from _pair(page, block)
        else:
            yield from _table(page, block)


def _notes(page: _Page) -> Iterator[str]:
    """The notes met since the last article, as a block quotation."""
    if not page.pending:
        return
    lines = []
    for note_id in page.pending:
        note = page.view.law.edition.note(note_id)
        lines.append(
            f"> {page.numbers[note_id]}\\. **{escape(kind_name(page.view, note))}**"
            f" {note_words(page.view, note)}\n> {{: #{note.eid} .note .{note.kind} }}"
        )
    page.pending.clear()
    yield "\n>\n".join(lines)


def note_words(view: View, note: Note) -> str:
    """A note's explanation, with the words it quotes and what it proposes."""
    out = escape(view.words(note.eid, note.zh).strip())
    zh = f'<span lang="{_ZH}">{{}}</span>'
    if note.kind == "query" and note.reading:
        out += " " + view.ui("Proposed reading:") + " " + zh.format(escape(f"“{note.reading}”"))
    return out


def terms_section(view: View, path: str, terms: Terms) -> Iterator[str]:
    """The terms of a page with their definitions; the tooltips are made from it."""
    if not terms.found:
        return
    yield f"## {escape(view.ui('Terms on this page'))} {{#terms}}"
    glossary = f"{view.language}/glossary.md"
    entries = []
    for slug, term in sorted(terms.found.items(), key=lambda pair: alphabetical(pair[1].pinyin)):
        words = term.rendering(view.pair.language)
        tag = view.pair_ui.tag if words else "en"
        target = link(path, glossary, slug)
        entries.append(
            f"* **{escape(term.zh)}**{{lang={_ZH}}}"
            f" *{escape(term.pinyin)}*{{lang=zh-Latn-pinyin}}"
            f" **{escape(words or term.en)}**{{lang={tag}}}"
            f" {escape(term.definition(view.language))}"
            f" [{escape(view.ui('Glossary entry'))}]({target})\n{{: #{slug} }}"
        )
    yield "\n".join(entries)
    yield terms.definitions()
