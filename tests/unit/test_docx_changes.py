"""Word documents: tracked changes are read as accepted, notes count as in print, fields show."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from duizhao.sources.readers import text_from_bytes


def p(words: str, *, end: str = "", more: str = "") -> str:
    properties = f"<w:pPr><w:rPr><w:{end} w:id='1' w:author='a'/></w:rPr></w:pPr>" if end else ""
    return f"<w:p>{properties}<w:r><w:t>{words}</w:t></w:r>{more}</w:p>"


def lines(xml: str, footnotes: str = "") -> list[str]:
    """The lines of a document with such a body and such footnotes."""
    document = Document()
    for node in parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"):
        document.element.body.insert_element_before(node, "w:sectPr")
    if footnotes:
        data = f"<w:footnotes {nsdecls('w')}>{footnotes}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), "application/xml", data, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    saved = io.BytesIO()
    document.save(saved)
    return text_from_bytes(saved.getvalue(), name="a.docx").split("\n")


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    """The sentence was cut in two there, and the article had a paragraph more."""
    xml = (
        p("第一条 甲", end="del")
        + p("乙", end="moveFrom")
        + p("丙。")
        + p("第二条 丁。", end="ins")
    )
    assert lines(xml) == ["第一条 甲乙丙。", "第二条 丁。"]


def test_the_last_paragraph_may_have_no_end() -> None:
    table = f"<w:tbl><w:tr><w:tc>{p('一', end='del')}</w:tc><w:tc>{p('二')}</w:tc></w:tr></w:tbl>"
    xml = (
        p("甲。", end="del")
        + table
        + "<w:bookmarkStart w:id='1' w:name='a'/>"
        + p("乙。", end="del")
    )
    assert lines(xml) == ["甲。", "| 一 | 二 |", "乙。"]
    bookmark = "<w:bookmarkEnd w:id='1'/>"
    assert lines(p("甲", end="del") + bookmark + p("乙。")) == ["甲乙。"]


def test_a_row_that_is_deleted_is_none() -> None:
    gone = "<w:trPr><w:del w:id='1' w:author='a'/></w:trPr>"
    rows = [f"<w:tr>{how}<w:tc>{p('一')}</w:tc><w:tc>{p('二')}</w:tc></w:tr>" for how in (gone, "")]
    assert lines(f"<w:tbl>{''.join(rows)}</w:tbl>") == ["| 一 | 二 |"]


def test_notes_count_from_one_in_the_order_of_the_text() -> None:
    """LibreOffice begins with 2; a note whose mark is deleted is none."""

    def mark(number: int) -> str:
        return f"<w:r><w:footnoteReference w:id='{number}'/></w:r>"

    notes = "".join(f"<w:footnote w:id='{n}'>{p(f'注{n}')}</w:footnote>" for n in (2, 3, 4))
    gone = f"<w:del w:id='9' w:author='a'>{mark(3)}</w:del>"
    xml = p("甲", more=mark(4) + gone) + p("乙", more=mark(2))
    assert lines(xml, notes) == ["甲［注1］", "乙［注2］", "附注：", "［注1］注4", "［注2］注2"]


def test_a_tab_to_a_place_of_the_page_is_a_tab() -> None:
    tab = "<w:r><w:ptab w:relativeTo='margin' w:alignment='right' w:leader='none'/><w:t>乙</w:t></w:r>"
    assert lines(p("甲", more=tab)) == ["甲\t乙"]


@pytest.mark.parametrize(
    ("instruction", "result", "shown"),
    [
        (r"eq \o\ac(○,21)", None, "㉑"),
        (r" EQ \o\ac(○,9) ", None, "⑨"),
        (r"eq \o\ac(○,50)", None, "㊿"),
        (r"eq \o\ac(○,51)", None, "○51"),
        (r"eq \o\ac(□,甲)", None, "□甲"),
        (r"eq \f(1,2)", None, "1/2"),
        (r"eq \x\to(a)", None, r"eq \x\to(a)"),
        (r"eq \o\ac(○,21)", "甲", "甲"),
        ("PAGE", "3", "3"),
        ("PAGE", None, ""),
    ],
)
def test_what_a_field_shows(instruction: str, result: str | None, shown: str) -> None:
    """A number in a ring, which Word makes so, was lost."""

    def mark(kind: str) -> str:
        return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"

    told = "".join(f"<w:r><w:instrText>{c}</w:instrText></w:r>" for c in instruction)
    ends = f"{mark('separate')}<w:r><w:t>{result}</w:t></w:r>" if result is not None else ""
    assert lines(p("见", more=mark("begin") + told + ends + mark("end"))) == [f"见{shown}"]
