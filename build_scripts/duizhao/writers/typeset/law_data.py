"""A whole law as plain data: title page, announcement, contents, body, apparatus, colophon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from duizhao.languages.bilingual import Bilingual
from duizhao.languages.leaves import leaves
from duizhao.languages.pinyin import Readings
from duizhao.parser.edition import Unit
from duizhao.writers.typeset.data import (
    Provenance,
    document,
    edition_date,
    ending,
    note_columns,
    readings_for,
    title_rows,
    translated,
    words_of,
)
from duizhao.writers.typeset.options import PrintOptions
from duizhao.writers.typeset.rows import Row, Rows
from duizhao.writers.typeset.words import Words, is_english

_SENTENCE_END = "。；：！？"
_BREAK: Row = {"kind": "break", "eids": []}


def document_from_law(
    bilingual: Bilingual,
    *,
    options: PrintOptions,
    provenance: Provenance,
    readings: Readings | None = None,
    ui: Callable[[str], str] | None = None,
) -> dict[str, Any]:
    """A law from its title page to its colophon."""
    edition = bilingual.edition
    words = words_of(bilingual, options, ui)
    rows = Rows(bilingual, options.languages, words, readings_for(options, readings))
    listed: list[Row] = list(title_rows(rows))
    for announcement in edition.announcements:
        listed += [_BREAK, *_announcement(rows, announcement)]
    if edition.contents:
        listed += [] if edition.announcements and len(edition.contents) < 30 else [_BREAK]
        listed += _contents(rows)
    listed.append(_BREAK)
    for unit in edition.preamble:
        if unit.role == "heading":
            listed.append(rows.unit(unit, "heading", level=2) | {"role": "front"})
        else:
            listed.append(rows.unit(unit))
    listed.extend(_body(rows))
    listed.extend(ending(rows, edition.closing, edition.annexes))
    data = document(rows, listed, options=options, provenance=provenance, words=words)
    title = {
        "zh": edition.metadata.title,
        "en": translated(bilingual, "title", edition.metadata.title),
    }
    return data | {
        "kind": "law",
        "title": title,
        "apparatus": list(_apparatus(rows, words)),
        "imprint": _imprint(rows, words),
    }


def has_head(announcement: tuple[Unit, ...]) -> bool:
    """Whether the first line of an announcement is a heading: it and no sentence."""
    sentence = _sentences(announcement)
    return True in sentence and not sentence[0]


def _sentences(units: tuple[Unit, ...]) -> list[bool]:
    return [str(unit.text).rstrip().endswith(tuple(_SENTENCE_END)) for unit in units]


def _announcement(rows: Rows, units: tuple[Unit, ...]) -> Iterator[Row]:
    """An announcement (公告): its head in the middle, its signature and date at the right."""
    sentence = _sentences(units)
    first = sentence.index(True) if True in sentence else 0
    last = len(sentence) - sentence[::-1].index(True) if True in sentence else len(units)
    for n, unit in enumerate(units):
        if n == 0 and has_head(units):
            yield rows.unit(unit, "heading", level=2) | {"role": "front"}
        else:
            align = "center" if n < first else "right" if n >= last else "left"
            yield rows.unit(unit, "line", align=align)


def _contents(rows: Rows) -> Iterator[Row]:
    edition = rows.bilingual.edition
    if edition.contents_heading:
        yield rows.unit(edition.contents_heading, "heading", level=2) | {"role": "front"}
    for line in edition.contents:
        yield rows.unit(line.unit, "entry", level=line.level, target=line.target)


def _body(rows: Rows) -> Iterator[Row]:
    """The body leaf by leaf, so that every number links to the page that holds it."""
    above: set[str] = set()
    for leaf in leaves(rows.bilingual.edition):
        rows.page = f"{leaf.slug}/"
        level = 2
        for division in leaf.above:
            if division.eid not in above:
                above.add(division.eid)
                yield rows.heading(division, level)
            level += 1
        if leaf.division:
            yield from rows.division(leaf.division, level)
        else:
            yield from rows.body(leaf.body, level)


def _apparatus(rows: Rows, words: Words) -> Iterator[Row]:
    """The editorial notes that are no footnotes: what was moved, joined, left out."""
    notes = [n for n in rows.bilingual.edition.notes if n not in rows.marks.order]
    if not notes:
        return
    yield {
        "kind": "heading",
        "role": "front",
        "level": 2,
        "eids": [],
        **rows.pair(words("Editorial notes")),
    }
    for note in notes:
        yield {"kind": "apparatus", "eids": [note.eid], **note_columns(rows.bilingual, note, words)}


def _imprint(rows: Rows, words: Words) -> dict[str, Any]:
    """What the title page says at its foot: the languages, the edition."""
    both = (
        "Chinese and English"
        if is_english(rows.bilingual.language)
        else "Chinese text with translation"
    )
    form = words(both) if len(rows.languages) > 1 else ("", "")
    dated = edition_date(rows.bilingual.edition.metadata, words, rows.bilingual.language)
    zh, en = (" · ".join(filter(None, parts)) for parts in zip(form, dated, strict=True))
    return rows.pair((zh, en))
