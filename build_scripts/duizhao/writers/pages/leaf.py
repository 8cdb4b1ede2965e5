"""Markdown of a leaf: a chapter with its articles, paragraph by paragraph, in pairs.

Notes follow the article they are about; the terms of the page come last.
"""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.ground.text import plain
from duizhao.languages.citation import named
from duizhao.languages.confidence import (
    Confidence,
    Differing,
    confidence_of,
    differing,
    paragraph_confidence,
)
from duizhao.languages.glossary import Glossary
from duizhao.languages.law import View, link
from duizhao.languages.leaves import WHOLE, Leaf, with_pinyin
from duizhao.languages.pinyin import Readings, alphabetical
from duizhao.languages.ui import TAGS
from duizhao.parser.edition import (
    Annex,
    Article,
    Division,
    Gap,
    Item,
    Node,
    Paragraph,
    Table,
    Unit,
    units_of,
)
from duizhao.writers.pages.cites import cited_by
from duizhao.writers.pages.inline import Terms, definition, escape
from duizhao.writers.pages.notes import kind_name, note_words, notes_by_target
from duizhao.writers.pages.rows import (
    Page,
    gap_blocks,
    item_blocks,
    link_block,
    pair_blocks,
    paragraph_blocks,
    said,
    table_blocks,
)
from duizhao.writers.pages.sure import alone_block, legend, own_block, sure_block

_ZH = TAGS["zh"]


def leaf_markdown(
    view: View,
    leaf: Leaf,
    glossary: Glossary,
    source_path: str,
    readings: Readings | None = None,
) -> str:
    """The Markdown of one leaf.

    With `readings` it is that of the leaf's page with pinyin.
    """
    edition = view.law.edition
    page = Page(
        view=view,
        leaf=leaf,
        path=view.path(with_pinyin(leaf) if readings else leaf.slug),
        readings=readings,
        source_path=source_path,
        terms=Terms(glossary),
        cited=view.law.cited,
        by_target=notes_by_target(edition),
    )
    blocks = [*_heading(page), *_blocks(page, leaf.body, 2)]
    for unit in leaf.closing:
        blocks.extend(_loose(page, unit))
    for annex in leaf.annexes:
        blocks.extend(_annex(page, annex))
    blocks.extend(_notes(page))
    blocks.extend(legend(view, page.path, page.sure))
    blocks.extend(terms_section(view, page.path, page.terms))
    return "\n\n".join(b for b in blocks if b) + "\n"


def _loose(page: Page, unit: Unit) -> Iterator[str]:
    """A text outside of any article."""
    yield link_block(page, unit.eid, unit.text.lines, label="·", elsewhere=True)
    yield from pair_blocks(page, unit)


def _heading(page: Page) -> Iterator[str]:
    division = page.leaf.division
    if division is None:
        edition = page.view.law.edition
        given = edition.metadata.title  # an editor may give another than is printed
        printed = edition.title.text if edition.title else plain("")
        title = said(page, printed) if str(printed) == given else page.chinese(given)
        english = page.view.pair.of("title").text
        anchor = "title" if page.leaf.slug == WHOLE else "text"
        yield f"# {_paired(title, english, page)} {{#{anchor} lang={_ZH}}}"
        for unit in page.leaf.front:
            if unit.role == "heading":
                anchor = unit.eid.removesuffix("__heading")
                yield f"## {_paired_unit(page, unit)} {{#{anchor} .division lang={_ZH}}}"
            else:
                yield from _loose(page, unit)
        return
    for above in page.leaf.above:
        yield _over(page, above)
    yield f"# {_paired_unit(page, division.heading)} {{#{division.eid} lang={_ZH}}}"
    yield from _cited_by(page, division.eid)


def _over(page: Page, division: Division) -> str:
    anchor = f"#{division.eid} " if division.eid in page.leaf.opens else ""
    return f"{_paired_unit(page, division.heading)}\n{{: {anchor}.over lang={_ZH} }}"


def _paired_unit(page: Page, unit: Unit) -> str:
    return _paired(said(page, unit.text), page.view.pair.of(unit.eid).text, page)


def _paired(chinese: str, translation: str, page: Page) -> str:
    tag = page.view.pair_ui.tag
    other = f' <span lang="{tag}">{escape(translation)}</span>' if translation else ""
    return chinese + other


def _blocks(page: Page, body: tuple[Node, ...], level: int) -> Iterator[str]:
    """The blocks of a body, headings beginning at `level`."""
    for node in body:
        match node:
            case Division():
                hashes = "#" * min(level, 5)
                yield f"{hashes} {_paired_unit(page, node.heading)} {{#{node.eid} .division lang={_ZH}}}"
                yield from _cited_by(page, node.eid)
                yield from _blocks(page, node.body, level + 1)
            case Article():
                yield from _article(page, node, level)
            case Paragraph():
                own = _sure_alone(page.view, node)
                page.sure.update(own.keys)
                block = alone_block(page.view, own)
                yield from paragraph_blocks(page, node, single=True, own=block)
            case Gap():
                yield from gap_blocks(page, node)
            case Table():
                yield from table_blocks(page, node)
            case Item():
                yield from item_blocks(page, node, alone=True)
        yield from _notes(page)


def _article(page: Page, article: Article, level: int) -> Iterator[str]:
    cited = page.cited[article.eid]
    hashes = "#" * min(level, 6)
    number = said(page, article.head) if article.head.notes else page.chinese(article.number)
    if article.supplied:
        number = f"〔{number}〕"
    title = f" {said(page, article.title.text)}" if article.title else ""
    words, tag = named(article, cited).words(page.view.pair_ui)
    words = f"[{words}]" if article.supplied else words
    # Without a form of its own the translation's column has no number: the Chinese is there.
    translated = "" if tag == _ZH else words
    if article.title:
        translated = f"{translated} {page.view.pair.of(article.title.eid).text}".strip()
    heading = _paired(f"{number}{title}", translated, page)
    yield f"{hashes} {heading} {{#{article.eid} .art lang={_ZH}}}"
    lines = page.view.law.once(("lines", article.eid), lambda: _lines(article))
    links = link_block(page, article.eid, lines, label="§", anchor=False, elsewhere=True)
    yield links.replace("\n", f"{''.join(_anchors(page, article))}\n", 1)
    sure, differs = _confidence(page.view, article)
    page.sure.update(sure.keys)
    yield sure_block(page.view, sure)
    for note in page.by_target.get(article.eid, ()):
        page.number(note.id)
    paragraphs = [p for p in article.body if isinstance(p, Paragraph)]
    single = len(paragraphs) == 1 and paragraphs[0].ordinal == 1
    for part in article.body:
        match part:
            case Paragraph():
                for note in page.by_target.get(part.eid, ()):
                    page.number(note.id)
                own, keys = own_block(page.view, part.eid, differs)
                page.sure.update(keys)
                yield from paragraph_blocks(
                    page, part, single=single, own=own, above=next(iter(lines), 0)
                )
            case Gap():
                yield from gap_blocks(page, part)
            case Table():
                yield from table_blocks(page, part)
    yield from _cited_by(page, article.eid)


def _confidence(view: View, article: Article) -> tuple[Confidence, Differing]:
    """How sure an article is, and where its paragraphs differ from it."""
    given = (article, view.law.edition, view.pair)
    return view.law.once(
        ("confidence", view.pair.language, article.eid),
        lambda: (confidence_of(*given), differing(*given)),
    )


def _sure_alone(view: View, paragraph: Paragraph) -> Confidence:
    """How sure a paragraph is that is in no article."""
    return view.law.once(
        ("confidence", view.pair.language, paragraph.eid),
        lambda: paragraph_confidence(paragraph, view.law.edition, view.pair),
    )


def _cited_by(page: Page, eid: str) -> Iterator[str]:
    yield from cited_by(page.view, page.path, page.leaf.slug, eid)


def _anchors(page: Page, article: Article) -> Iterator[str]:
    """Anchors of the title, and of the numbers that were rejected for this article's text."""
    if article.title:
        yield f'<span id="{article.title.eid}"></span>'
    for alias, target in page.view.law.edition.aliases:
        if target == article.eid or target.startswith(f"{article.eid}__"):
            yield f'<span id="{alias}"></span>'


def _lines(article: Article) -> tuple[int, ...]:
    lines = [*article.head.lines]
    for unit in units_of(article):
        lines.extend(unit.text.lines)
    return tuple(dict.fromkeys(lines))


def _annex(page: Page, annex: Annex) -> Iterator[str]:
    yield f"## {_paired_unit(page, annex.heading)} {{#{annex.eid} .division lang={_ZH}}}"
    yield from _cited_by(page, annex.eid)
    for block in annex.blocks:
        if isinstance(block, Unit):
            yield from _loose(page, block)
        else:
            yield from table_blocks(page, block)


def _notes(page: Page) -> Iterator[str]:
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
            f"* [{escape(term.zh)}]({target}){{lang={_ZH}}}"
            f" *{escape(term.pinyin)}*{{lang=zh-Latn-pinyin}}"
            f" **{escape(words or term.en)}**{{lang={tag}}}"
            f" {definition(term, view.language)}\n{{: #{slug} }}"
        )
    yield "\n".join(entries)
    yield terms.definitions()
