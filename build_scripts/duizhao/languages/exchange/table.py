"""A table for revisers who work on paper or in a word processor, read back row by row.

A row has its identifier and citation, the Chinese, the translation, and says if that awaits
review: without that word it comes back approved.  Beside the identifier stands, hidden, a
digest of the translation as it went out, so that a row that both the reviser and the catalog
changed is refused and not guessed at, and once more what it awaited.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor

from duizhao.ground.problems import Position, Problem, warning
from duizhao.languages.bilingual import Bilingual, sources
from duizhao.languages.catalog import Catalog
from duizhao.languages.citation import citations
from duizhao.languages.exchange.import_ import Fill, Imported, tidy
from duizhao.languages.exchange.markup import holdable
from duizhao.languages.exchange.readers import read_bytes, refused
from duizhao.sources.readers.docx import text_from_docx, within

_SUBJECT = "duizhao revision: "
_WIDTHS = (32, 112, 113)  # millimetres, of a landscape A4 page
_HEADS = ("№", "中文（请勿改动）", "{language}")
#: what Word keeps as elements of their own, not as characters
_SIGNS = {
    qn("w:tab"): " ",
    qn("w:br"): " ",
    qn("w:cr"): " ",
    qn("w:noBreakHyphen"): "-",
}
_LONGEST_TITLE = 255  # as a property of a file
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - the property of a file that has no date


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisedRow:
    """A row as it came back."""

    eid: str
    sent: str  # digest of the translation that went out
    source: str
    target: str
    number: int
    approved: bool = False  # whether it was to be reviewed, and says so no more
    whole: bool = True  # whether each of its cells is there, and its own


def digest(text: str) -> str:
    """Twelve characters that stand for a text."""
    return hashlib.sha256(tidy(text).encode()).hexdigest()[:12]


def table(pair: Bilingual, catalog: Catalog) -> bytes:
    """The .docx of a law's units and translations; a fuzzy one is marked, to be reviewed."""
    document = Document()
    properties = document.core_properties
    properties.subject = f"{_SUBJECT}{pair.edition.law_id} {pair.language}"
    properties.title = holdable(pair.edition.metadata.title)[:_LONGEST_TITLE]
    properties.author = "duizhao"
    properties.created = properties.modified = _EPOCH
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    document.styles["Normal"].font.size = Pt(10)
    grid = document.add_table(rows=1, cols=3, style="Table Grid")
    grid.autofit = False
    for cell, words in zip(grid.rows[0].cells, _HEADS, strict=True):
        cell.paragraphs[0].add_run(words.format(language=pair.language)).bold = True
    _repeat(grid.rows[0])
    cited = citations(pair.edition)
    rows = []
    for eid, text in sources(pair.edition):
        entry = catalog.entries.get(eid)
        status = pair.of(eid).status
        rows.append(
            (
                eid,
                cited[eid].zh if eid in cited else "",
                text,
                entry.target if entry else "",
                status,
            )
        )
    for row in rows:
        _add(grid, *row)
    for column, width in zip(grid.columns, _WIDTHS, strict=True):
        for cell in column.cells:
            cell.width = Mm(width)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add(grid: Any, eid: str, citation: str, source: str, target: str, status: str) -> None:
    cells = grid.add_row().cells
    first = cells[0].paragraphs[0]
    name = first.add_run(eid)
    name.font.size = Pt(7)
    name.font.color.rgb = RGBColor(0x55, 0x55, 0x55)
    awaits = f" {status}" if target and status != "translated" else ""
    hidden = first.add_run(f" {digest(target)}{awaits}")
    hidden.font.hidden = True
    if citation or status != "translated":
        words = "；".join(w for w in (citation, "" if status == "translated" else status) if w)
        cells[0].add_paragraph(words).runs[0].font.size = Pt(8)
    chinese = cells[1].paragraphs[0].add_run(holdable(source))
    fonts = chinese._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - no other way to East Asian fonts
    fonts.set(qn("w:eastAsia"), "SimSun")
    cells[2].paragraphs[0].add_run(target)


def _repeat(row: Any) -> None:
    """Let the head stand on every page."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no property for it
    properties.append(OxmlElement("w:tblHeader"))


def is_table(path: Path) -> bool:
    """Whether a .docx is a table for revisers that this project wrote."""
    return path.suffix.lower() == ".docx" and bool(_subject(read_bytes(path, path.name), path.name))


def _subject(data: bytes, name: str) -> str:
    text_from_docx(data, name=name)  # refuses what is broken, protected or made to do harm
    subject = Document(io.BytesIO(data)).core_properties.subject or ""
    return subject.removeprefix(_SUBJECT) if subject.startswith(_SUBJECT) else ""


def rows_from_file(path: Path, *, law_id: str, language: str, name: str) -> list[RevisedRow]:
    """The rows of a revised table; raises DuizhaoError where it is of another law or language."""
    data = read_bytes(path, name)
    law, _, said = _subject(data, name).partition(" ")
    if law != law_id or said != language:
        raise refused(
            "exchange-wrong-law",
            name,
            f"This table is of `{law}` ({said}), not of `{law_id}` ({language}).",
            "name the law and language that it translates",
        )
    return list(_rows(Document(io.BytesIO(data))))


def _rows(document: Any) -> Iterator[RevisedRow]:
    """Every row but the head, wherever it stands now, and those without a word."""
    for number, row in enumerate(_all_rows(document), 1):
        found = list(within(row, qn("w:tc")))
        cells = [[_text(p) for p in cell.iter(qn("w:p"))] for cell in found]
        eid, _, hidden = cells[0][0].partition(" ") if cells and cells[0] else ("", "", "")
        sent, _, awaited = hidden.strip().partition(" ")
        if eid.strip() == _HEADS[0] or not any(map(any, cells)):
            continue
        whole = len(cells) >= len(_HEADS) and not any(_merged(cell) for cell in found)
        target = tidy(" ".join(cells[2])) if whole else ""
        says_so = awaited in " ".join(cells[0][1:])  # below the identifier
        yield RevisedRow(
            eid=eid.strip(),
            sent=sent,
            source=tidy(" ".join(cells[1])) if whole else "",
            target=target,
            number=number,
            approved=not says_so and digest(target) == sent,
            whole=whole,
        )


def _all_rows(document: Any) -> Iterator[Any]:
    for grid in document.element.body.iter(qn("w:tbl")):
        if not any(above.tag == qn("w:tc") for above in grid.iterancestors()):
            yield from within(grid, qn("w:tr"))


def _merged(cell: Any) -> bool:
    """Whether a cell is one with that above or below it: it holds words of two units."""
    return cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") is not None


def _text(paragraph: Any) -> str:
    """A paragraph's words with tracked insertions, without tracked deletions."""
    gone = (qn("w:del"), qn("w:moveFrom"))
    return "".join(
        _SIGNS.get(node.tag) or node.text or ""
        for node in paragraph.iter(qn("w:t"), *_SIGNS)
        if not any(a.tag in gone for a in node.iterancestors())
    )


def import_rows(
    pair: Bilingual, catalog: Catalog, rows: list[RevisedRow], *, name: str
) -> Imported:
    """The revised translations; rows that cannot be trusted are reported and left out."""
    known = dict(sources(pair.edition))
    fills: list[Fill] = []
    problems: list[Problem] = []
    seen = set[str]()
    for row in rows:
        entry = catalog.entries.get(row.eid)
        now = entry.target if entry else ""
        if not row.whole:
            problems.append(
                _row(
                    row,
                    name,
                    "exchange-merged",
                    "has cells merged with others, or too few",
                    "divide them, so that each row has its own three cells",
                )
            )
        elif row.eid not in known or row.eid in seen:
            problems.append(
                _row(
                    row,
                    name,
                    "exchange-unknown-id",
                    "is no provision of this law, or comes twice",
                    "restore the first column",
                )
            )
        elif row.source != tidy(known[row.eid]):
            problems.append(
                _row(
                    row,
                    name,
                    "exchange-source-changed",
                    "has another Chinese than the edition",
                    "export the table again; a change of the Chinese is an editorial decision",
                )
            )
        elif not now and row.target and digest(row.target) == row.sent:
            # As it went out, and the catalog has none: a translation that was lost, or taken out.
            fills.append(Fill(eid=row.eid, target=row.target, origin=name))
        elif not row.approved and (row.target == tidy(now) or digest(row.target) == row.sent):
            pass  # the reviser left it as it was
        elif digest(now) != row.sent:
            problems.append(
                _row(
                    row,
                    name,
                    "exchange-conflict",
                    "was changed in the catalog since the table was written",
                    "compare both by hand",
                )
            )
        elif not row.target:
            problems.append(
                _row(
                    row,
                    name,
                    "exchange-emptied",
                    "has lost its translation",
                    "put it back, or empty the entry in the catalog",
                )
            )
        else:
            fills.append(
                Fill(eid=row.eid, target=row.target, origin=f"{name}, revised", fuzzy=False)
            )
        seen.add(row.eid)
    return Imported(name=name, fills=tuple(fills), problems=tuple(problems))


def _row(row: RevisedRow, name: str, code: str, what: str, hint: str) -> Problem:
    place = Position(file=name, line=row.number, text=row.target[:80])
    return warning(code, place, f"Row {row.number}: `{row.eid}` {what}.", hint)
