from __future__ import annotations

import pytest

from duizhao.parser.segments import segments_of_line


def kinds(text: str, after: int | None = None, *, spaced: bool = True) -> list[str]:
    return [s.kind for s in segments_of_line(text, after=after, spaced=spaced) if s.kind != "space"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一章　总　则", ["heading"]),
        ("第 一 章 總綱", ["heading"]),
        ("第一分编 通则", ["heading"]),
        ("第三章规定的措施", ["text"]),
        ("第三章、第四章规定的措施，由市政府制定。", ["text"]),
        ("附　则", ["bare"]),
        ("目　　录", ["contents_head"]),
        ("序　言", ["preamble_head"]),
        ("（一）甲；", ["item", "text"]),
        ("(一)甲；", ["item", "text"]),
        ("## 三", ["markup", "point"]),
        ("<!-- INFO END -->", ["furniture"]),
        ("甲<!-- 乙 -->", ["text"]),
        (f"# 某市人民代表大会关于废止《{'某' * 60}》的决定", ["markup", "text"]),
        (">", ["markup"]),
        ("+------+=====+", ["markup"]),
        ("+3℃", ["text"]),
        ("------ -------", ["markup"]),
        ("-" * 40, ["markup"]),
        ("(（七）甲；", ["item", "text"]),
        ("（一）至（三）项所列人员", ["text"]),
        ("（四）、（五）项所列人员", ["text"]),
        ("（一）项规定的情形", ["text"]),
        ("（一）项目名称；", ["item", "text"]),
        ("1.甲；", ["subitem", "text"]),
        ("１．甲；", ["subitem", "text"]),
        ("1、甲；", ["subitem", "text"]),
        ("1.5米以上", ["text"]),
        ("一、甲", ["point", "text"]),
        ("①甲；", ["circled", "text"]),
        ("甲、一百人以上的企业；", ["stem", "text"]),
        ("a)骨折。", ["letter", "text"]),
        ("附件：", ["annex"]),
        ("附件1 收费标准", ["annex"]),
        ("附件一所列的废弃物，禁止倾倒。", ["text"]),
        ("附则规定的办法", ["text"]),
        ("|---|:--|", ["markup"]),
        ("— 12 —", ["furniture"]),
        ("- 12 -", ["furniture"]),
        ("- 第一章 总则", ["markup", "heading"]),
        ("(下转第八版)", ["furniture"]),
        ("第3页 共8页", ["furniture"]),
        ("第3页 某市公报", ["furniture"]),
        ("（上接A01版）", ["furniture"]),
        ("转第4版", ["furniture"]),
        ("转化与运用，促进版权工作与科技、文化、", ["text"]),
        ("转让出版权的", ["text"]),
        ("第二页加盖公章", ["text"]),
        ("第三方平台应当登记。", ["text"]),
        ("## 第一章 总则", ["markup", "heading"]),
        ("## **第一章 总则**", ["markup", "heading", "markup"]),
        ("# **某市公园条例**", ["markup", "text", "markup"]),
        ("&nbsp;&emsp;第一条 甲。<br>", ["markup", "article", "text", "markup"]),
        ("（一）甲；<br/>", ["item", "text", "markup"]),
        ("&nbsp;", ["text"]),
        ("甲&nbsp;乙<br>丙", ["text"]),
        ("## 第一章 总则 ##", ["markup", "heading", "markup"]),
        ("**第一条** 甲。", ["markup", "article", "markup", "text"]),
        ("**第一条　**甲。", ["markup", "article", "markup", "text"]),
        ("**第一条 甲。**", ["markup", "article", "text", "markup"]),
        ("**（一）** 甲；", ["markup", "item", "markup", "text"]),
        ("- **（一）**甲；", ["markup", "markup", "item", "markup", "text"]),
        ("- “甲”是指乙。", ["markup", "text"]),
        ("- 甲。", ["text"]),
        ("* * *", ["furniture"]),
        ("- - -", ["furniture"]),
        ("第一条.甲。", ["article", "text"]),
        ("第一条...甲。", ["article", "text"]),
        ("|", ["markup"]),
        ("┏━━┳━━┓", ["markup"]),
        ("│  ├──┤", ["markup"]),
        ("│甲├──┤", ["markup", "cell", "markup", "cell", "markup", "markup"]),
        ("┃甲┃乙┃", ["markup", "cell", "markup", "cell", "markup"]),
        ("｜甲｜乙｜", ["markup", "cell", "markup", "cell", "markup"]),
        ("───", ["furniture"]),
        ("│甲", ["text"]),
        ("**第五条**第二款规定的", ["text"]),
        ("🔸 第一章　总　则", ["markup", "heading"]),
        ("◆第一条 甲。", ["markup", "article", "text"]),
        ("●甲", ["text"]),
        ("• 第一章 总则", ["markup", "heading"]),
        ("•\t第一条 甲。", ["markup", "article", "text"]),
        ("◦ （一）甲；", ["markup", "item", "text"]),
        ("• 甲。", ["text"]),
        ("\u200b", ["invisible"]),
        ("　", ["blank"]),
        ("第一章 总则 第二章 罚则", ["heading", "heading"]),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "after", "opens"),
    [
        ("第五条　甲。", 4, True),
        ("第五条甲。", 4, True),
        ("第九条　甲。", 4, True),
        ("第五条　第一类产品实行备案管理。", 4, True),  # 第一类 is no 第一款
        ("第五条　中国公民享有权利。", 4, True),
        ("第五条　和解协议生效。", 4, True),
        ("第五条　修改规划的，应当论证。", 4, True),
        ("第五条　第三条第一款规定的措施包括：", 4, True),
        ("第五条　修改为：“甲。”", 4, False),
        ("第五条　规定的处罚。", 9, False),
        ("第五条第二款规定的处罚。", 4, False),
        ("第五条规定的处罚。", 9, False),
        ("第五条、第六条规定的处罚。", 9, False),
        ("第五条、第六条规定的处罚。", 4, False),
        ("第五条、主任主持会议。", 4, True),
        ("第五条、主任主持会议。", 9, False),
        ("第五条、前条规定的处罚。", 4, False),
        ("第五条、", 4, False),
        ("第五条所称甲，是指乙。", 40, False),
        ("第五条之一　甲。", 5, True),
        ("第 5 條", 4, True),
        ("笫五条　甲。", 4, True),
        ("第—条　甲。", None, True),
        ("第五条【甲】乙。", 40, True),
    ],
)
def test_what_opens_an_article(text: str, after: int | None, *, opens: bool) -> None:
    assert ("article" in kinds(text, after)) is opens


@pytest.mark.parametrize("text", ["第五条修改规划的，应当论证。", "第五条规定事项如下："])
def test_heads_without_spaces(text: str) -> None:
    assert "article" in kinds(text, 4, spaced=False)
    assert "article" not in kinds(text, 4, spaced=True)


def test_articles_that_run_on() -> None:
    text = "第一条 甲。第二条 依照第三条乙。第三条丙。第一章 罚则 第四条 丁，见“第五条 戊。”"
    segments = segments_of_line(text, after=None)
    assert [(s.kind, s.number) for s in segments if s.kind in ("article", "heading")] == [
        ("article", 1), ("article", 2), ("article", 3), ("heading", 1), ("article", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "after", "found"),
    [
        ("第一章 总则 第一条 甲。 第二条 乙。", None, "第一章 总则|第一条|第二条"),
        (
            "第二章 丙 第一节 丁 第三条 依照第二条。第四条 戊。",
            2,
            "第二章 丙|第一节 丁|第三条|第四条",
        ),
        ("第三章规定的行为。第三条 甲。", 2, "第三条"),
        ("第三章规定的第三条 甲。", 2, ""),
        ("第三章 用途、期限第三条 甲。", 2, "第三章 用途、期限|第三条"),
        ("第一章总则第一条为了甲。", None, "第一章总则|第一条"),
        ("第一章 总则第一节 甲第一条 为了乙。", None, "第一章 总则|第一节 甲|第一条"),
        ("某市公园管理办法第一条 为了甲。第二条 乙。", None, "第一条|第二条"),
        ("关于执行《某条例》的规定第一条 为了甲。", None, "第一条"),
        ("本办法第一条 所称的公园。", None, ""),
        ("2020年1月1日某会议通过　　第一条 为了甲。　　第二条 乙。", None, "第一条|第二条"),
        ("某条例 第一条 为了甲。", None, "第一条"),
        ("作如下规定：　　第一条 甲。", None, "第一条"),
        ("2020年1月1日某会议通过　　第二条 乙。", None, ""),
        ("违反某市公园管理办法第一条 的。", None, ""),
        ("《某市公园管理办法》第一条 甲。", None, ""),
        ("目录 第一章 总则 第二章 附则", None, "目录|第一章 总则|第二章 附则"),
    ],
)
def test_headings_that_begin_a_line_of_articles(text: str, after: int | None, found: str) -> None:
    segments = segments_of_line(text, after=after)
    heads = ("article", "heading", "contents_head")
    assert "|".join(text[s.start : s.end].strip() for s in segments if s.kind in heads) == found
    assert "".join(text[s.start : s.end] for s in segments) == text


def test_inserted_articles() -> None:
    (segment, *_) = segments_of_line("第一百二十条之一　甲。", after=120)
    assert (segment.number, segment.inserted) == (120, 1)
    (segment, *_) = segments_of_line("第 120-1 條 甲。", after=120)
    assert (segment.number, segment.inserted) == (120, 1)


@pytest.mark.parametrize(
    ("text", "cells"),
    [("| 甲 | 乙 |", ["甲", "乙"]), ("|甲||", ["甲", ""]), ("| 甲 |  | 丙 |", ["甲", "", "丙"])],
)
def test_rows_keep_empty_cells(text: str, cells: list[str]) -> None:
    segments = segments_of_line(text)
    assert [text[s.start : s.end] for s in segments if s.kind == "cell"] == cells
    assert "".join(text[s.start : s.end] for s in segments) == text


def test_items_that_run_on_in_a_line() -> None:
    def parts(text: str, after: int | None = None) -> str:
        found = segments_of_line(text, after=after)
        assert "".join(text[s.start : s.end] for s in found) == text
        return "|".join(text[s.start : s.end].strip() for s in found if s.kind != "space")

    listed = "第一条 有下列情形的：（一）甲；（二）“乙。（三）丙”；（三）丁。处罚款。"
    assert parts(listed) == (
        "第一条|有下列情形的：|（一）|甲；|（二）|“乙。（三）丙”；|（三）|丁。|处罚款。"
    )
    assert parts("（二）甲。 （三）乙：1. 丙；2. 丁；（四）戊。己。") == (
        "（二）|甲。|（三）|乙：|1.|丙；|2.|丁；|（四）|戊。己。"
    )
    assert parts("甲，包括：①乙；②丙。") == "甲，包括：|①|乙；|②|丙。"
    assert parts("第二条 文件： （一）甲；", 1) == "第二条|文件：|（一）|甲；"
    assert parts("第二条 （一）甲；", 1) == "第二条|（一）|甲；"
    assert parts("仍不胜任的； （三）违反规定的；") == "仍不胜任的；|（三）|违反规定的；"
    assert parts("1．甲（第1条） 2．乙（第2条）") == "1．|甲（第1条）|2．|乙（第2条）"


@pytest.mark.parametrize(
    "text",
    [
        "依照（一）平等；（二）自愿的原则订立合同。",
        "有第二条第（一）项、第（二）项行为之一的，处罚款。",
        "改为：“有下列情形的：（一）甲；（二）乙。”",
        "甲；（二）乙。",
        "比例为：1.5；2.5。",
        "依据如下：（一）甲。",
        "甲（第1条） 14．乙（第2条） 15．丙",
    ],
)
def test_marks_within_a_sentence_are_no_items(text: str) -> None:
    assert kinds(text) == ["text"]


def test_a_list_within_an_item_is_not_told_where_it_is_numbered_alike() -> None:
    assert kinds("（二）改为：（一）甲；（二）乙；") == ["item", "text"]
