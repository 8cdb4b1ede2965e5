from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from duizhao.ground.problems import DuizhaoError
from duizhao.sources.readers import docx as reader
from duizhao.sources.readers import text_from_bytes
from duizhao.sources.readers.docx_numbers import numeral

LAW = "某市公园条例\n（2024年1月1日某市人民代表大会常务委员会通过）\n第一条　为了管理公园，制定本条例。\n"
TAIWAN = "公園條例\n第 一 條　為了管理公園，制定本條例。\n第 二 條　本條例自公布日施行。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (LAW, "utf-8"), (LAW, "utf-8-sig"), (LAW, "utf-16"), (LAW, "utf-16-le"), (LAW, "utf-16-be"),
        (LAW, "utf-32"), (LAW, "gb18030"), (LAW, "gbk"), (TAIWAN, "big5"), (TAIWAN, "utf-8"),
    ],
)  # fmt: skip
def test_encodings(text: str, encoding: str) -> None:
    assert text_from_bytes(text.encode(encoding), name="a.txt") == text


def refused(data: bytes, name: str = "a.txt") -> str:
    with pytest.raises(DuizhaoError) as caught:
        text_from_bytes(data, name=name)
    (problem,) = caught.value.problems
    assert problem.hint
    assert problem.message.endswith(".")
    assert "\n" not in problem.message
    return problem.code


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "witness-empty"),
        (b" \r\n\t", "a.md", "witness-empty"),
        ("\u200b\ufeff\n".encode(), "a.txt", "witness-empty"),
        (b"\x00\x01\x02\xff" * 500, "a.txt", "witness-binary"),
        (bytes(range(256)) * 20, "a.txt", "witness-binary"),
        (b"abc\x00def", "a.txt", "witness-binary"),
        (bytes(range(0xA0, 0x100)) * 9, "a.txt", "witness-encoding"),
        ("第一条".encode() + b"\xff\xff" * 40, "a.txt", "witness-encoding"),
        (b"\xff\xfe\x00", "a.txt", "witness-encoding"),
        (b"%PDF-1.7\n", "a.pdf", "witness-format"),
        (b"{\\rtf1", "a.rtf", "witness-format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "a.doc", "witness-format"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "docx-encrypted",
        ),
        (b"PK\x03\x04 and no more", "a.docx", "docx-broken"),
        (b"no archive", "a.docx", "docx-broken"),
    ],
)
def test_refusals(data: bytes, name: str, code: str) -> None:
    assert refused(data, name) == code


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def numbered(document: Any, text: str, number: int, level: int = 0) -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"
        )
    )


def test_docx() -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f"<w:abstractNum {nsdecls('w')} w:abstractNumId='90'>"
            "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/>"
            "<w:suff w:val='space'/><w:lvlText w:val='第%1条'/></w:lvl>"
            "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>"
            "<w:suff w:val='nothing'/><w:lvlText w:val='（%2）'/></w:lvl></w:abstractNum>"
        ),
    )
    numbering.append(
        parse_xml(f"<w:num {nsdecls('w')} w:numId='90'><w:abstractNumId w:val='90'/></w:num>")
    )
    document.sections[0].header.paragraphs[0].text = "running head"
    document.add_paragraph("某市条例")
    numbered(document, "目的：", 90)
    numbered(document, "甲；", 90, 1)
    numbered(document, "乙。", 90, 1)
    numbered(document, "范围：", 90)
    numbered(document, "丙。", 90, 1)
    table = document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, (("项目", "标准"), ("甲|乙", "")), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    document.add_paragraph("上\n下")
    text = text_from_bytes(saved(document), name="a.docx")
    assert text.split("\n") == [
        "某市条例", "第一条 目的：", "（一）甲；", "（二）乙。", "第二条 范围：", "（一）丙。",
        "| 项目 | 标准 |", "| 甲｜乙 |  |", "上", "下",
    ]  # fmt: skip


def test_docx_leaves_out_what_is_deleted_or_hidden() -> None:
    document = Document()
    paragraph = document.add_paragraph("留")
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>删</w:delText></w:r></w:del>")
    )
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>增</w:t></w:r></w:ins>"))
    paragraph.add_run("隐").font.hidden = True
    assert text_from_bytes(saved(document), name="a.docx") == "留增"


SPACES = nsdecls("w", "m")


def body(xml: str) -> list[str]:
    """The lines of a document with such a body."""
    document = Document()
    for node in parse_xml(f"<w:body {SPACES}>{xml}</w:body>"):
        document.element.body.insert_element_before(node, "w:sectPr")
    return text_from_bytes(saved(document), name="a.docx").split("\n")


def p(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_docx_reads_rows_and_cells_in_content_controls() -> None:
    def cell(words: str) -> str:
        return f"<w:tc>{p(words)}</w:tc>"

    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    rows = [
        f"<w:tr>{cell('一')}{cell('二')}</w:tr>",
        control(f"<w:tr>{cell('三')}{cell('四')}</w:tr>"),
        f"<w:tr>{cell('五')}{control(cell('六'))}</w:tr>",
    ]
    assert body(f"<w:tbl>{''.join(rows)}</w:tbl>") == ["| 一 | 二 |", "| 三 | 四 |", "| 五 | 六 |"]


@pytest.mark.parametrize("value", ["0", "false", "off"])
def test_docx_reads_a_run_whose_hiding_is_off(value: str) -> None:
    run = f"<w:r><w:rPr><w:vanish w:val='{value}'/></w:rPr><w:t>见</w:t></w:r>"
    assert body(f"<w:p>{run}</w:p>") == ["见"]


def test_docx_reads_the_base_of_ruby_only() -> None:
    ruby = "<w:ruby><w:rubyPr/><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby>"
    assert body(f"<w:p><w:r>{ruby}</w:r></w:p>") == ["汉"]


def test_docx_reads_symbols() -> None:
    symbols = "<w:sym w:font='SimSun' w:char='25A1'/><w:sym w:font='Wingdings' w:char='F0FE'/>"
    assert body(f"<w:p><w:r>{symbols}<w:t>是</w:t></w:r></w:p>") == ["□\uf0fe是"]


def r(words: str) -> str:
    return f"<m:r><m:t>{words}</m:t></m:r>"


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (r("S=ab"), "S=ab"),
        (f"<m:f><m:num>{r('1')}</m:num><m:den>{r('2')}</m:den></m:f>", "1/2"),
        (f"<m:f><m:num>{r('a+b')}</m:num><m:den>{r('12')}</m:den></m:f>", "(a+b)/12"),
        (f"<m:sSup><m:e>{r('x')}</m:e><m:sup>{r('2')}</m:sup></m:sSup>", "x^2"),
        (f"<m:sSub><m:e>{r('x')}</m:e><m:sub>{r('i+1')}</m:sub></m:sSub>", "x_(i+1)"),
        (f"<m:d><m:e>{r('a+b')}</m:e></m:d>{r('c')}", "(a+b)c"),
        (f"<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=']'/></m:dPr><m:e>{r('a')}</m:e></m:d>", "[a]"),
        (f"<m:rad><m:radPr/><m:deg/><m:e>{r('x')}</m:e></m:rad>", "√x"),
        (f"<m:rad><m:deg>{r('3')}</m:deg><m:e>{r('x')}</m:e></m:rad>", "√(3&x)"),
        (f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{r('i')}</m:sub><m:e>{r('x')}</m:e></m:nary>", "∑_ix"),
        (f"<m:bar><m:barPr><m:pos m:val='top'/></m:barPr><m:e>{r('x')}</m:e></m:bar>", "x\u0305"),
        (f"<m:m><m:mr><m:e>{r('1')}</m:e><m:e>{r('2')}</m:e></m:mr></m:m>", "1 2"),
    ],
)  # fmt: skip
def test_docx_reads_formulas(xml: str, words: str) -> None:
    text = "<w:r><w:t>按</w:t></w:r>"
    assert body(f"<w:p>{text}<m:oMath>{xml}</m:oMath></w:p>") == [f"按{words}"]


def test_docx_reads_endnotes_like_footnotes_and_the_tables_in_them() -> None:
    document = Document()
    paragraph = document.add_paragraph("甲")
    for kind in ("footnote", "endnote"):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:{kind}Reference w:id='1'/></w:r>"))
        table = f"<w:tbl><w:tr><w:tc>{p('表')}</w:tc></w:tr></w:tbl>"
        notes = (
            f"<w:{kind}s {nsdecls('w')}><w:{kind} w:id='0' w:type='separator'>{p('—')}</w:{kind}>"
            f"<w:{kind} w:id='1'>{p(kind)}{table}</w:{kind}></w:{kind}s>"
        )
        name = PackURI(f"/word/{kind}s.xml")
        made = Part(name, "application/xml", notes.encode(), document.part.package)
        document.part.relate_to(made, getattr(RELATIONSHIP_TYPE, f"{kind}s".upper()))
    assert text_from_bytes(saved(document), name="a.docx").split("\n") == [
        "甲［注1］［尾注1］", "附注：", "［注1］footnote 表", "［尾注1］endnote 表",
    ]  # fmt: skip


def test_docx_reads_the_number_of_a_list_that_names_a_style_of_lists() -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    levels = (
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>"
        "<w:lvlText w:val='第%1条'/></w:lvl>"
    )
    kinds = {90: "<w:numStyleLink w:val='Tiao'/>", 91: f"<w:styleLink w:val='Tiao'/>{levels}"}
    for number, inside in kinds.items():
        numbering.insert(
            0,
            parse_xml(
                f"<w:abstractNum {nsdecls('w')} w:abstractNumId='{number}'>{inside}</w:abstractNum>"
            ),
        )
        numbering.append(
            parse_xml(
                f"<w:num {nsdecls('w')} w:numId='{number}'><w:abstractNumId w:val='{number}'/></w:num>"
            )
        )
    numbered(document, "甲。", 90)
    numbered(document, "乙。", 91)
    assert text_from_bytes(saved(document), name="a.docx").split("\n") == [
        "第一条 甲。",
        "第二条 乙。",
    ]


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            if item.filename != name:
                new.writestr(item, old.read(item.filename))
        new.writestr(name, content)
    return out.getvalue()


def test_hostile_docx(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document()
    document.add_paragraph("第一条 甲。")
    data = saved(document)
    assert refused(data[: len(data) // 2], "a.docx") == "docx-broken"
    assert (
        refused(with_member(data, "word/document.xml", b"<w:document"), "a.docx") == "docx-broken"
    )
    entities = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>'
    assert refused(with_member(data, "word/document.xml", entities), "a.docx") == "docx-too-large"
    monkeypatch.setattr(reader, "_LARGEST", 1000)
    assert refused(data, "a.docx") == "docx-too-large"


def test_an_archive_of_something_else() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "第一条")
    assert refused(out.getvalue(), "a.zip") == "witness-format"


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("decimal", "3"), ("chineseCounting", "三"), ("chineseLegalSimplified", "叁"),
        ("lowerLetter", "c"), ("upperRoman", "III"), ("decimalEnclosedCircle", "③"),
        ("ideographTraditional", "丙"), ("decimalFullWidth", "３"), ("decimalZero", "03"),
        ("unknown", "3"),
    ],
)  # fmt: skip
def test_number_formats(style: str, words: str) -> None:
    assert numeral(3, style) == words


HTML = """<!DOCTYPE html><html><head><meta charset="{}"><title>x</title><style>p{{}}</style></head>
<body><nav>首页</nav><main><header><h1>某市条例</h1></header><div><p>第一条　为了<b>管理</b>公
园。<p>第二条　下列：<br>（一）甲；</p><ol start="2"><li>乙；<li>丙。</ol>
<table><tr><th>项目<th>标准</tr><tr><td>甲</td><td>10</td></tr></table></div></main>
<footer>版权</footer><script>1</script></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gb18030", "utf-16"])
def test_html(encoding: str) -> None:
    data = HTML.format(encoding).encode("gb18030" if encoding == "gb2312" else encoding)
    assert text_from_bytes(data, name="a.html").split("\n") == [
        "某市条例", "第一条　为了管理公园。", "第二条　下列：", "（一）甲；", "2. 乙；", "3. 丙。",
        "| 项目 | 标准 |", "| 甲 | 10 |",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["undefined", "nonsense"])
def test_html_in_an_encoding_that_nobody_knows_is_judged_by_its_bytes(encoding: str) -> None:
    data = HTML.format(encoding).encode("gb18030")
    assert text_from_bytes(data, name="a.html").startswith("某市条例\n第一条　为了")


def test_html_that_lies_about_its_encoding() -> None:
    data = HTML.format("utf-8").encode("gb18030")
    assert refused(data, "a.html") == "witness-encoding"


def page(inside: str) -> list[str]:
    """The lines of a page with such a body."""
    head, title, body = inside.rpartition("</title>")
    text = f"<!DOCTYPE html><html><head>{head}{title}</head><body>{body}</body></html>"
    return text_from_bytes(text.encode(), name="a.html").split("\n")


def test_html_invents_no_spaces_in_cells() -> None:
    cells = "<td>处以罚<b>款</b>的<td>第<a>一</a>条<p>甲</p><p>乙</p>"
    assert page(f"<table><tr>{cells}</table>") == ["| 处以罚款的 | 第一条 甲 乙 |"]


def test_html_reads_tables_in_tables_however_deep() -> None:
    deep = "<table><tr><td>甲<td>" * 2000
    assert page(deep) == ["| 甲 | " + " ".join(["甲"] * 1999) + " |"]


def test_html_reads_a_table_that_lays_out_the_page_like_any_block() -> None:
    cell = "<td><p>第一条　甲。</p><p>乙。</p><table><tr><td>表<td>格</table><p>第二条　丙。</p>"
    assert page(f"<table><tr>{cell}</table>") == [
        "第一条　甲。", "乙。", "| 表 | 格 |", "第二条　丙。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        ("首页<main><p>第一条　甲。</main>", ["第一条　甲。"]),
        ("首页<article><p>第一条　甲。</article>", ["第一条　甲。"]),
        ("<article><p>第一条　甲。</article><article><header>第一节</header><p>第二条　乙。</article>",
         ["第一条　甲。", "第一节", "第二条　乙。"]),
        ("<h1>某条例</h1><article>第一条　甲。</article><p>第二条　乙。",
         ["某条例", "第一条　甲。", "第二条　乙。"]),
        ("<main>某条例</main><p>第一条　甲。", ["某条例", "第一条　甲。"]),
        ("<main></main><p>某决定", ["某决定"]),
        ("<header>首页</header><section><header>某条例</header>第一条　甲。</section>",
         ["某条例", "第一条　甲。"]),
        ("首页<h1>某市条例</h1><p>（某年通过）</p><article>第一条　甲。</article>完",
         ["某市条例", "（某年通过）", "第一条　甲。"]),
        ("<header>登录<h1>某市<br>条例</h1></header><main>第一条　甲。</main>",
         ["某市", "条例", "第一条　甲。"]),
        ("<title>某市条例</title><main>第一条　甲。</main>", ["某市条例", "第一条　甲。"]),
        ("<title>某市条例</title><p>某市　条例<p>第一条　甲。", ["某市　条例", "第一条　甲。"]),
        ("<h1>某网</h1><main>第一条　甲。</main>", ["第一条　甲。"]),
        ("<h1>部门通知书式规定</h1><main>某市条例<p>第一条　甲。</main>", ["某市条例", "第一条　甲。"]),
        ("<h1>某市条例</h1><h1>某县条例</h1><main>第一条　甲。</main>", ["第一条　甲。"]),
        ("<nav><h1>某市条例</h1></nav><main>第一条　甲。</main>", ["第一条　甲。"]),
    ],
)  # fmt: skip
def test_html_reads_every_article_inside_the_main_part_and_outside(
    inside: str, lines: list[str]
) -> None:
    assert page(inside) == lines


def test_html_reads_what_a_form_is_wrapped_round() -> None:
    controls = "<label for=q>搜索</label><select><option>全部</select><button>查询</button>"
    assert page(f"某条例<form>{controls}<p>第一条　甲。</p></form>") == ["某条例", "第一条　甲。"]


def test_html_without_text() -> None:
    assert refused(b"<html><body><script>1</script></body></html>", "a.html") == "witness-empty"


def test_names_do_not_matter_where_the_bytes_tell(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("第一条 甲。")
    assert text_from_bytes(saved(document), name="a.txt") == "第一条 甲。"
    assert text_from_bytes(b"<html><p>\xe7\x94\xb2</html>", name="a") == "甲"
