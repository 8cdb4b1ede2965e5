"""Automatic numbers of Word documents: where a level of a list begins again."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from duizhao.readers import text_from_bytes


@pytest.mark.parametrize(
    ("restart", "numbers"),
    [
        ("", "第一章 第一条 （一） 第二章 第一条 第二条 （一）"),
        ("<w:lvlRestart w:val='0'/>", "第一章 第一条 （一） 第二章 第二条 第三条 （一）"),
        ("<w:lvlRestart w:val='1'/>", "第一章 第一条 （一） 第二章 第一条 第二条 （一）"),
    ],
)
def test_articles_count_on_through_chapters_where_the_list_says_so(
    restart: str, numbers: str
) -> None:
    document = Document()
    levels = "".join(
        f"<w:lvl w:ilvl='{depth}'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>"
        f"{restart if depth == 1 else ''}<w:lvlText w:val='{pattern}'/></w:lvl>"
        for depth, pattern in enumerate(("第%1章", "第%2条", "（%3）"))
    )
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(f"<w:abstractNum {nsdecls('w')} w:abstractNumId='90'>{levels}</w:abstractNum>"),
    )
    numbering.append(
        parse_xml(f"<w:num {nsdecls('w')} w:numId='90'><w:abstractNumId w:val='90'/></w:num>")
    )
    for depth in (0, 1, 2, 0, 1, 1, 2):
        document.add_paragraph("甲")._p.get_or_add_pPr().append(
            parse_xml(
                f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{depth}'/><w:numId w:val='90'/></w:numPr>"
            )
        )
    saved = io.BytesIO()
    document.save(saved)
    text = text_from_bytes(saved.getvalue(), name="a.docx")
    assert [line.removesuffix(" 甲") for line in text.split("\n")] == numbers.split(" ")
