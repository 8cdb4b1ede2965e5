"""The document as plain data: everything the template prints, nothing as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from duizhao.editing.checks.dates import check_dated
from duizhao.ground.problems import DuizhaoError
from duizhao.languages.bilingual import Bilingual
from duizhao.languages.leaves import Leaf
from duizhao.languages.pinyin import Readings
from duizhao.languages.ui import day, direction_of, tag_of
from duizhao.parser.edition import Annex, Division, Edition, Metadata, Note, Unit
from duizhao.writers.typeset.options import PrintOptions
from duizhao.writers.typeset.rows import Row, Rows
from duizhao.writers.typeset.runs import Run, runs_by_script
from duizhao.writers.typeset.words import PROPOSED, Words, note_label

#: Ends the articles: the running head names none after it.
END: Row = {"kind": "end", "eids": []}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a print comes from and where it is kept.

    `permalink` is the page's permanent address ("" where there is none).
    """

    permalink: str = ""
    witness_sha256: str = ""
    witness_name: str = ""


def edition_date(metadata: Metadata, words: Words, language: str) -> tuple[str, str]:
    """Of what date the edition is, in both languages; "" where it has none."""
    if not metadata.edition_date:
        return "", ""
    message = "Edition of {date}"
    languages = ("zh", language if words.has(message) else "zh")
    zh, other = (
        words(message, date=day(metadata.edition_date, k))[n] for n, k in enumerate(languages)
    )
    return zh, other


def subtags(language: str) -> list[str | None]:
    """Language and region of a translation, as Typst and a PDF name them."""
    parts = tag_of(language).split("-")
    region = next((part.upper() for part in parts[1:] if len(part) == 2), None)
    return [parts[0].lower(), "US" if language == "en" else region]


def translated(bilingual: Bilingual, eid: str, chinese: str) -> str:
    """A translation, or the Chinese where there is none."""
    return bilingual.of(eid).text or chinese


def document_from_leaf(
    bilingual: Bilingual,
    leaf: Leaf,
    *,
    options: PrintOptions,
    provenance: Provenance,
    readings: Readings | None = None,
    ui: Callable[[str], str] | None = None,
) -> dict[str, Any]:
    """A chapter: the law's title, the chapter, its footnotes, the colophon.

    `readings` give the pinyin of the form that prints it.
    """
    words = words_of(bilingual, options, ui)
    rows = Rows(bilingual, options.languages, words, readings_for(options, readings))
    level = 2
    body: list[Row] = list(title_rows(rows))
    for division in leaf.above:
        body.append(rows.heading(division, level))
        level += 1
    if isinstance(leaf.division, Division):
        body.extend(rows.division(leaf.division, level))
    else:
        body.extend(rows.body(leaf.body, level))
    body.extend(ending(rows, leaf.closing, leaf.annexes))
    return document(rows, body, options=options, provenance=provenance, words=words) | {
        "kind": "leaf",
        "title": _document_title(bilingual, leaf),
    }


def ending(rows: Rows, closing: tuple[Unit, ...], annexes: tuple[Annex, ...]) -> Iterator[Row]:
    """What stands after a law's last article: its closing lines and its annexes."""
    yield END
    for unit in closing:
        yield rows.unit(unit, "line", align="left")
    for annex in annexes:
        yield rows.unit(annex.heading, "heading", level=2) | {
            "role": "annex",
            "eids": rows.eids(annex.eid, annex.heading.eid),
        }
        for block in annex.blocks:
            yield rows.unit(block) if isinstance(block, Unit) else rows.table(block)


def words_of(
    bilingual: Bilingual, options: PrintOptions, ui: Callable[[str], str] | None = None
) -> Words:
    """The page's own words in the two languages of a print."""
    return Words(ui, language=bilingual.language, own=options.words)


def readings_for(options: PrintOptions, readings: Readings | None) -> Readings | None:
    """The readings where the form prints them; pypinyin's own where none are given."""
    return (readings or Readings()) if options.pinyin else None


def _document_title(bilingual: Bilingual, leaf: Leaf) -> dict[str, str]:
    edition = bilingual.edition
    zh = edition.metadata.title
    en = translated(bilingual, "title", zh)
    if leaf.division:
        heading = leaf.division.heading
        zh = f"{zh} {heading.text}"
        en = f"{en}, {translated(bilingual, heading.eid, str(heading.text))}"
    return {"zh": zh, "en": en}


def given_title(bilingual: Bilingual) -> tuple[str, str]:
    """The title that the editors give to a text that has none, as what they supply is set."""
    zh = bilingual.edition.metadata.title
    return f"〔{zh}〕", f"[{translated(bilingual, 'title', zh)}]"


def title_rows(rows: Rows) -> list[Row]:
    """The law's title, or the one that the editors give, and the note of its adoption (题注)."""
    edition = rows.bilingual.edition
    out: list[Row] = []
    if edition.title:
        out.append(rows.unit(edition.title, "title"))
    else:
        pair = rows.pair(given_title(rows.bilingual), "sign")
        out.append({"kind": "title", "role": "title", "eids": [], **pair})
    out.extend(rows.unit(unit, "note") for unit in edition.adoption_note)
    return out


def document(
    rows: Rows,
    body: list[Row],
    *,
    options: PrintOptions,
    provenance: Provenance,
    words: Words,
) -> dict[str, Any]:
    """What every document has: measures, head, foot, rows, footnotes, colophon."""
    bilingual, edition = rows.bilingual, rows.bilingual.edition
    metadata = edition.metadata
    short = metadata.short_title or metadata.title
    complete = not any(note.kind == "gap" for note in edition.notes)
    standing = words("Unofficial text" if complete else "Unofficial text · incomplete source")[0]
    standing_en = words(
        "Unofficial text and translation"
        if complete
        else "Unofficial text and translation · incomplete source"
    )[1]
    if metadata.status == "repealed":
        gone, gone_en = words("Repealed")
        standing, standing_en = f"{gone}，{standing}", f"{gone_en} · {standing_en}"
    dated = edition_date(metadata, words, bilingual.language)
    said_once = dated[0] == dated[1] and len(rows.languages) > 1
    other_date = "" if said_once else dated[1]
    return {
        "options": options.measures(),
        "languages": {
            "zh": ["zh", "CN"],
            "en": subtags(bilingual.language),
        },
        "rtl": direction_of(bilingual.language) == "rtl",
        "author": metadata.organ or metadata.title,
        "keywords": [metadata.title, translated(bilingual, "title", metadata.title)],
        "date": _date(edition),
        "head": {
            "zh": short,
            "en": translated(bilingual, "short_title", translated(bilingual, "title", short)),
        },
        "foot": {
            "standing": {"zh": standing, "en": standing_en},
            "date": {"zh": dated[0], "en": other_date},
            "permalink": provenance.permalink,
        },
        "link": provenance.permalink.startswith(("http://", "https://")),
        "rows": body,
        "notes": {note.id: note_columns(bilingual, note, words) for note in rows.marks.order},
        "apparatus": [],
        "facts": facts(rows, words),
        "colophon": colophon(rows, provenance, words),
    }


def _date(edition: Edition) -> list[int]:
    """The document's date, without which it is not archival: DuizhaoError where there is none."""
    if problems := list(check_dated(edition.metadata, edition.law_id)):
        raise DuizhaoError(problems)
    return [int(n) for n in edition.metadata.latest.split("-")]


def note_columns(bilingual: Bilingual, note: Note, words: Words) -> dict[str, dict[str, list[Run]]]:
    """A note's label and wording in both languages."""
    label = note_label(note, words)
    zh, en = note_text(bilingual, note, words)
    return {
        "label": {
            "zh": runs_by_script(f"{label[0]}：", "zh"),
            "en": runs_by_script(f"{label[1]}: ", bilingual.language),
        },
        "text": {"zh": runs_by_script(zh, "zh"), "en": runs_by_script(en, bilingual.language)},
    }


def note_text(bilingual: Bilingual, note: Note, words: Words) -> tuple[str, str]:
    """A note in full: what is lost, why, and the reading that is proposed."""
    zh, en = note.zh, translated(bilingual, note.eid, note.zh)
    if note.what:
        zh = f"{note.what}。{zh}"
        en = f"{translated(bilingual, f'{note.eid}__what', note.what)}. {en}"
    if note.kind == "query" and note.reading:
        zh += PROPOSED[0].format(reading=note.reading)
        en += f" {words.other(PROPOSED).format(reading=note.reading)}"
    return zh, en


def facts(rows: Rows, words: Words) -> list[dict[str, Any]]:
    """The law's number and dates, each with its label."""
    bilingual, metadata = rows.bilingual, rows.bilingual.edition.metadata
    lines: list[tuple[tuple[str, str], tuple[str, str]]] = []
    number = metadata.document_number
    if number:
        announced = (u for part in bilingual.edition.announcements for u in part)
        eid = next((u.eid for u in announced if str(u.text) == number), "")
        lines.append((words("Document number"), (number, translated(bilingual, eid, number))))
    for label, iso in (
        ("Adopted", metadata.adopted),
        ("Promulgated", metadata.promulgated),
        ("In force from", metadata.effective),
        ("Repealed", metadata.repealed),
        ("Date of edition", metadata.edition_date),
    ):
        if iso:
            lines.append((words(label), (day(iso, "zh"), day(iso, bilingual.language))))
    if metadata.status == "repealed" and not metadata.repealed:
        lines.append((words("Status"), words("Repealed")))
    return [
        {"label": rows.pair((f"{label[0]}：", f"{label[1]}: ")), "text": rows.pair(text)}
        for label, text in lines
    ]


def colophon(rows: Rows, provenance: Provenance, words: Words) -> list[dict[str, Any]]:
    """Where the text comes from, what standing it has, under what terms it may be used."""
    metadata = rows.bilingual.edition.metadata
    lines: list[tuple[tuple[str, str], tuple[str, str]]] = []
    standing = (
        "This is not the standard text of the law, and the translation is not an official one."
    )
    if metadata.kind == "local-regulation":
        standing += (
            " A local regulation’s standard text is the one in the gazette of the standing committee"
            " (Legislation Law of the PRC, article 89)."
        )
    if provenance.witness_name:
        lines.append((words("Source"), (provenance.witness_name, provenance.witness_name)))
    if provenance.witness_sha256:
        lines.append((words("SHA-256 of the source"), (provenance.witness_sha256,) * 2))
    if provenance.permalink:
        lines.append((words("Permanent address"), (provenance.permalink,) * 2))
    signs = (
        "A dotted line marks words that carry an editor’s note. What stands in 〔 〕 or [ ] in colour is"
        " the editors’, not the law’s."
    )
    licence = (
        "The Chinese text of laws is outside copyright (Copyright Law of the PRC, article 5). The"
        " translation and the notes are published under CC BY 4.0."
    )
    for label, message in (("Standing", standing), ("Signs", signs), ("Licence", licence)):
        lines.append((words(label), words(message)))
    out = [_colophon_line(rows, label, text) for label, text in lines]
    for line in out:
        line["address"] = line.get("both") == runs_by_script(provenance.permalink, "zh")
    return out


def _colophon_line(rows: Rows, label: tuple[str, str], text: tuple[str, str]) -> dict[str, Any]:
    """A line of the colophon; what is the same in both languages stands in it once."""
    both = text[0] == text[1]
    zh = f"{label[0]} " if both and len(rows.languages) > 1 else f"{label[0]}："
    other = "" if both and label[0] == label[1] and len(rows.languages) > 1 else f"{label[1]}: "
    columns = {"label": rows.pair((zh, other))}
    return columns | (
        {"both": runs_by_script(text[0], "zh")} if both else {"text": rows.pair(text)}
    )
