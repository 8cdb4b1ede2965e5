"""What word processors do to the table for revisers: no revision is lost or taken for another's."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from duizhao.languages.bilingual import Bilingual, bilingual_from_edition
from duizhao.languages.catalog import Catalog
from duizhao.languages.exchange import table
from duizhao.languages.exchange.import_ import Imported

Damage = Callable[[Any], None]


@pytest.fixture
def returned(
    pair: Bilingual, catalog: Catalog, tmp_path: Path
) -> Callable[[Damage], tuple[Imported, list[str]]]:
    """What comes in of the table after `damage` was done to it, and its identifiers in order."""

    def back(damage: Damage) -> tuple[Imported, list[str]]:
        document = Document(io.BytesIO(table.table(pair, catalog)))
        grid = document.tables[0]
        eids = [row.cells[0].text.split()[0] for row in grid.rows]
        damage(grid)
        path = tmp_path / "t.docx"
        document.save(str(path))
        rows = table.rows_from_file(path, law_id="example-parks", language="en", name="t.docx")
        return table.import_rows(pair, catalog, rows, name="t.docx"), eids

    return back


def sort_downwards(grid: Any) -> None:
    """Rows sorted: the head is the last one."""
    head = grid.rows[0]._tr
    grid._tbl.append(head)


def drop_head(grid: Any) -> None:
    grid._tbl.remove(grid.rows[0]._tr)


def put_into_a_control(grid: Any) -> None:
    row = grid.rows[1]._tr
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    row.addprevious(control)
    control.append(content)
    content.append(row)


@pytest.mark.parametrize("damage", [sort_downwards, drop_head, put_into_a_control])
def test_the_first_row_comes_in_wherever_the_head_is(returned: Any, damage: Damage) -> None:
    def revise(grid: Any) -> None:
        grid.rows[1].cells[2].text = "Another title"
        damage(grid)

    found, eids = returned(revise)
    assert [(f.eid, f.target) for f in found.fills] == [(eids[1], "Another title")]
    assert found.problems == ()


def test_rows_whose_cells_were_merged_are_refused(returned: Any) -> None:
    def merge(grid: Any) -> None:
        grid.rows[4].cells[1].merge(grid.rows[4].cells[2])
        grid.rows[7].cells[2].merge(grid.rows[8].cells[2])

    found, eids = returned(merge)
    assert found.fills == ()
    assert [p.code for p in found.problems] == ["exchange-merged"] * 3
    assert [p.message.split("`")[1] for p in found.problems] == [eids[4], eids[7], eids[8]]


def test_an_empty_row_and_a_table_within_a_cell_are_no_rows(returned: Any) -> None:
    def add(grid: Any) -> None:
        grid.add_row()
        grid.rows[3].cells[2].add_table(rows=1, cols=1)

    found, _ = returned(add)
    assert (found.fills, found.problems) == ((), ())


def test_what_word_keeps_as_an_element_is_read(returned: Any) -> None:
    def revise(grid: Any) -> None:
        cell = grid.rows[1].cells[2]
        cell.text = "Non"
        run = cell.paragraphs[0].runs[0]._r
        for name, words in (
            ("w:noBreakHyphen", ""),
            ("w:t", "smoking"),
            ("w:cr", ""),
            ("w:t", "x"),
        ):
            element = OxmlElement(name)
            element.text = words or None
            run.append(element)
        assert run.find(qn("w:noBreakHyphen")) is not None

    found, _ = returned(revise)
    assert [f.target for f in found.fills] == ["Non-smoking x"]


def _awaiting(pair: Bilingual, catalog: Catalog) -> tuple[Catalog, Any]:
    """The catalog with its first translation to be reviewed, and the table of that."""
    eid = next(iter(catalog.entries))
    entries = {**catalog.entries, eid: replace(catalog.entries[eid], fuzzy=True)}
    fuzzy = replace(catalog, entries=entries)
    made = table.table(bilingual_from_edition(pair.edition, fuzzy), fuzzy)
    return fuzzy, Document(io.BytesIO(made))


def _remark(document: Any, eid: str) -> Any:
    """What a row says below its identifier: its citation, and what it awaits."""
    rows = (row.cells[0].paragraphs for row in document.tables[0].rows)
    (said,) = (below[-1] for head, *below in rows if below and head.text.split()[0] == eid)
    return said


def _back(pair: Bilingual, catalog: Catalog, document: Any, path: Path) -> Imported:
    document.save(str(path))
    rows = table.rows_from_file(path, law_id="example-parks", language="en", name="t.docx")
    return table.import_rows(pair, catalog, rows, name="t.docx")


def test_a_translation_that_is_right_is_approved_unchanged(
    pair: Bilingual, catalog: Catalog, tmp_path: Path
) -> None:
    """The reviser had to change it: a row that was left as it was changed nothing."""
    fuzzy, document = _awaiting(pair, catalog)
    assert _back(pair, fuzzy, document, tmp_path / "t.docx").fills == ()
    eid = next(iter(catalog.entries))
    said = _remark(document, eid)
    said.runs[0].text = said.text.replace("fuzzy", "")
    (fill,) = _back(pair, fuzzy, document, tmp_path / "t.docx").fills
    assert (fill.eid, fill.target, fill.fuzzy) == (eid, catalog.entries[eid].target, False)


def test_what_was_approved_and_is_another_now_is_refused(
    pair: Bilingual, catalog: Catalog, tmp_path: Path
) -> None:
    fuzzy, document = _awaiting(pair, catalog)
    eid = next(iter(catalog.entries))
    _remark(document, eid).runs[0].text = ""
    entries = {**fuzzy.entries, eid: replace(fuzzy.entries[eid], target="Another")}
    found = _back(pair, replace(fuzzy, entries=entries), document, tmp_path / "t.docx")
    assert found.fills == ()
    assert [p.code for p in found.problems] == ["exchange-conflict"]
