"""Automatic numbers of Word documents: where a level of a list begins again."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from duizhao.sources.readers import text_from_bytes


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


NUMBERED = """<w:abstractNum {ns} w:abstractNumId='90'>
<w:lvl w:ilvl='0'><w:numFmt w:val='chineseCounting'/><w:suff w:val='nothing'/><w:lvlText w:val='第%1条'/></w:lvl>
<w:lvl w:ilvl='1'><w:numFmt w:val='chineseCounting'/>{second}<w:suff w:val='nothing'/><w:lvlText w:val='{pattern}'/></w:lvl>
</w:abstractNum>"""
LISTED = "<w:num {ns} w:numId='90'><w:abstractNumId w:val='90'/></w:num>"
STYLE = "<w:style {ns} w:type='paragraph' w:styleId='{name}'>{base}<w:pPr><w:numPr>{said}</w:numPr></w:pPr></w:style>"
LEVEL, LIST = "<w:ilvl w:val='1'/>", "<w:numId w:val='90'/>"


@pytest.mark.parametrize(
    ("base", "said", "second", "pattern", "numbers"),
    [
        # What a style does not say it has from the one that it is based on.
        ("<w:basedOn w:val='Tiao'/>", LEVEL, "", "（%2）", "第一条甲 （一）乙 （二）丙"),
        ("", LEVEL + LIST, "", "（%2）", "第一条甲 （一）乙 （二）丙"),
        # The level names the style.
        ("", LIST, "<w:pStyle w:val='Xiang'/>", "（%2）", "第一条甲 （一）乙 （二）丙"),
        ("", LEVEL + LIST, "<w:isLgl/>", "%1.%2", "第一条甲 1.1乙 1.2丙"),
        ("", LEVEL + LIST, "<w:isLgl w:val='0'/>", "%1.%2", "第一条甲 一.一乙 一.二丙"),
    ],
)
def test_a_style_numbers_its_paragraphs(
    base: str, said: str, second: str, pattern: str, numbers: str
) -> None:
    """Items were numbered as articles, and the articles behind them wrongly."""
    document = Document()
    ns = nsdecls("w")
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERED.format(ns=ns, second=second, pattern=pattern)))
    numbering.append(parse_xml(LISTED.format(ns=ns)))
    for name, on, words in (("Tiao", "", LIST), ("Xiang", base, said)):
        style = STYLE.format(ns=ns, name=name, base=on, said=words)
        document.styles.element.append(parse_xml(style))
    for words, name in (("甲", "Tiao"), ("乙", "Xiang"), ("丙", "Xiang")):
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        properties.append(parse_xml(f"<w:pStyle {ns} w:val='{name}'/>"))
    saved = io.BytesIO()
    document.save(saved)
    assert text_from_bytes(saved.getvalue(), name="a.docx").split("\n") == numbers.split(" ")
