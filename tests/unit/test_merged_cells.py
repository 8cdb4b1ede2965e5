"""Merged cells: what stands beside them and below keeps its column, with empty cells between."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from duizhao.sources.readers import text_from_bytes

RATES = [
    "| 税目 | 税率 |  |  |  | 备注 |",
    "|  | 普通税率 |  | 优惠税率 |  |  |",
    "|  | 1年 | 90日 | 1年 | 90日 |  |",
    "| 不超过2000净吨 | 12.6 | 4.2 | 9.0 | 3.0 | 无 |",
]


def word(*rows: str) -> list[str]:
    """The lines of a document with a table of such rows."""
    document = Document()
    table = parse_xml(f"<w:tbl {nsdecls('w')}>{''.join(rows)}</w:tbl>")
    document.element.body.insert_element_before(table, "w:sectPr")
    stream = io.BytesIO()
    document.save(stream)
    return text_from_bytes(stream.getvalue(), name="a.docx").split("\n")


def tr(*cells: str, before: int = 0) -> str:
    return f'<w:tr><w:trPr><w:gridBefore w:val="{before}"/></w:trPr>{"".join(cells)}</w:tr>'


def tc(words: str, span: int | str = 1, merge: str = "") -> str:
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    properties = f'<w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>'
    return f"<w:tc>{properties}<w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"


def test_word_cells_stand_under_the_merged_ones_that_are_over_them() -> None:
    rows = [
        tr(tc("税目", 1, "restart"), tc("税率", 4), tc("备注", 1, "restart")),
        tr(tc("", 1, "continue"), tc("普通税率", 2), tc("优惠税率", 2), tc("", 1, "continue")),
        tr(tc("", 1, "continue"), *map(tc, ["1年", "90日"] * 2), tc("", 1, "continue")),
        tr(*map(tc, ["不超过2000净吨", "12.6", "4.2", "9.0", "3.0", "无"])),
    ]
    assert word(*rows) == RATES


def test_word_columns_where_no_cell_begins_are_none() -> None:
    assert word(tr(tc("一", 2), tc("二", 9999)), tr(tc("三", 2), tc("四"))) == [
        "| 一 | 二 |", "| 三 | 四 |",
    ]  # fmt: skip


def test_a_word_row_that_begins_further_right_does() -> None:
    assert word(tr(tc("一"), tc("二")), tr(tc("三"), before=1)) == ["| 一 | 二 |", "|  | 三 |"]


def page(table: str) -> list[str]:
    """The lines of a page with such a table."""
    data = f"<!DOCTYPE html><html><body><table>{table}</table></body></html>".encode()
    lines = text_from_bytes(data, name="a.html").split("\n")
    return [line.replace("| |", "|  |").replace("| |", "|  |") for line in lines]


def test_cells_of_a_page_stand_under_the_merged_ones_that_are_over_them() -> None:
    assert page(
        "<tr><th rowspan=3>税目<th colspan=4>税率<th rowspan='3'>备注</tr>"
        "<tr><th colspan=2>普通税率<th colspan=2>优惠税率</tr>"
        "<tr><th>1年<th>90日<th>1年<th>90日</tr>"
        "<tr><td>不超过2000净吨<td>12.6<td>4.2<td>9.0<td>3.0<td>无</tr>"
    ) == RATES  # fmt: skip


def test_what_a_merged_cell_leaves_of_a_row_is_a_row() -> None:
    assert page("<tr><td rowspan=2>一<td>二<tr><td>三<tr><td>四<td>五") == [
        "| 一 | 二 |", "|  | 三 |", "| 四 | 五 |",
    ]  # fmt: skip


def test_the_text_beside_a_merged_cell_is_no_row() -> None:
    law = "<td><p>第一条　甲。</p><p>第二条　乙。</p>"
    assert page(f"<tr><td rowspan=2>导航<td>位置<tr>{law}") == [
        "| 导航 | 位置 |", "第一条　甲。", "第二条　乙。",
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["0", "-1", "x", "", "９"])
def test_a_span_that_is_no_number_is_one(said: str) -> None:
    assert page(f"<tr><td colspan='{said}' rowspan='{said}'>一<td>二") == ["| 一 | 二 |"]


def test_a_cell_that_claims_to_be_endless_is_not() -> None:
    lines = page("<tr><td colspan=99999999 rowspan=99999999>一<td>二<tr><td>三<td>四")
    assert max(map(len, lines)) < 1000
