from __future__ import annotations

from duizhao.parser.headings import headings_from_tokens
from duizhao.parser.reading import reading_from_witness
from duizhao.parser.tokens import (
    Token,
    amended_rows,
    heads_are_spaced,
    quoted_rows,
    rows_of,
    tokens_from_reading,
)
from duizhao.sources.witness import witness_from_text


def tokens(*lines: str) -> tuple[Token, ...]:
    reading = reading_from_witness(witness_from_text("\n".join(lines), name="x"))
    return headings_from_tokens(tokens_from_reading(reading))


def kinds(*lines: str) -> list[str]:
    return [t.kind for t in tokens(*lines)]


def test_quoted_rows() -> None:
    lines = ["一、改为：“甲", "“乙", "丙”", "丁", "“戊"]
    assert quoted_rows(lines) == {1, 2}
    assert quoted_rows(["“甲", "", "乙”"]) == frozenset(), "lost text ends a quotation"
    lines = ["一、改为：", "“甲。", "“乙。”", "二、丙：“丁", "“戊”是指己。", "庚。”", "三、辛。”"]
    assert quoted_rows(lines) == {2, 4, 5}, "“ stands again at each paragraph, ” at the end"


def test_quoted_law_text_is_no_structure() -> None:
    found = kinds("一、增加一条：", "“第十条 甲。", "第十一条 乙。”", "二、删去第九条。")
    assert found == ["point", "text", "text", "text", "point", "text"]


def test_quoted_paragraphs_stand_without_the_markdown_before_them() -> None:
    """“- ” stood in the text, and was taken for a sign of its own."""
    found = tokens(
        "一、改为：“甲：",
        "- “（一）乙；",
        "- “丙。",
        "> “丁。",
        "## “第二章 戊",
        "- 己。”",
        "二、庚。",
    )
    words = ["一、", "改为：“甲：", "“（一）乙；", "“丙。", "“丁。", "“第二章 戊", "己。”"]
    assert [str(t.text) for t in found[: len(words)]] == words


def test_spaced() -> None:
    assert heads_are_spaced(["第一条 甲", "第二条　乙", "第三条规定"])
    assert not heads_are_spaced(["第一条甲", "第二条乙", "第三条 丙"])


def test_contents_with_and_without_its_heading() -> None:
    contents = ["第一章 总则", "第二章 罚则"]
    body = ["第一章 总则", "第一条 甲。", "第二章 罚则", "第二条 乙。"]
    for head in (["目录"], []):
        found = kinds("某条例", *head, *contents, *body)
        assert found.count("contents") == 2
        assert found.count("heading") == 2


def test_contents_without_the_first_heading_in_the_body() -> None:
    found = kinds(
        "第一章 总则", "第二章 甲", "第三章 乙", "第一条 甲。", "第二章 甲", "第二条 乙。"
    )
    assert found[:3] == ["contents"] * 3
    assert found.count("heading") == 1


def test_two_chapters_one_empty_are_no_contents() -> None:
    assert "contents" not in kinds("第一条 甲。", "第二章 乙", "第三章 丙", "第二条 丁。")


def test_a_heading_broken_over_lines() -> None:
    (heading, *_) = tokens("第二节 向外国请求没收、", "返还违法所得", "第一条 甲。")
    assert (heading.kind, str(heading.text)) == ("heading", "第二节 向外国请求没收、返还违法所得")
    (heading, *_) = tokens("第一章", "总则", "第一条 甲。")
    assert str(heading.text) == "第一章总则"


def test_headings_without_a_number() -> None:
    found = tokens(
        "第一章 总则", "第一条 甲。", "监督管理", "第二条 乙。", "第三章 罚则", "一般规定", "第三条 丙。",
        "其他规定", "第四条 丁。", "第四章 附则", "第五条 戊。",
    )  # fmt: skip
    assert [(str(t.text), t.segment.level) for t in found if t.kind == "bare"] == [
        ("监督管理", "chapter"), ("一般规定", "section"), ("其他规定", "section"),
    ]  # fmt: skip


def test_rows() -> None:
    assert [(k, str(t)) for k, t in rows_of(tokens("（一）甲", "乙"))] == [
        ("item", "（一）甲"), ("text", "乙"),
    ]  # fmt: skip


def test_new_articles_without_quotation_marks_are_no_structure() -> None:
    """第三条 was an article of the decision, whose 一、 and 二、 were then items."""
    title = "某会关于修改《某条例》的决定"
    found = kinds(
        title,
        "一、第三条修改为：",
        "第三条 甲：",
        "（一）乙。",
        "二、增加一条，作为第四条:",
        "第四条 丙。",
    )
    assert found == ["text", "point", "text", "text", "item", "text", "point", "text", "text"]
    lines = [
        "某国宪法修正案", "第五十二条 增加两条，分别作为第一百二十三条至第一百二十四条。内容如下：", "第七节 甲", "第一百二十三条 乙。", "丙。",
        "第一百二十四条 丁。", "第五十三条 戊。", "第一百二十四条 己。",
    ]  # fmt: skip
    assert amended_rows(lines) == {2, 3, 5}
    # Only where an act amends, and only what the line above its colon names.
    assert amended_rows(["某条例", "第一条 第二条改为：", "第二条 甲。"]) == frozenset()
    assert amended_rows([title, "一、第三条修改为：", "第四条 甲。"]) == frozenset()
    assert amended_rows([title, "一、删去第三条。", "第三条 甲。"]) == frozenset()


def test_a_law_that_was_amended_amends_nothing() -> None:
    """Its Article 3 was text of its Article 2."""
    note = "（2010年1月1日某市人大通过　根据2020年1月1日《关于修改〈某条例〉的决定》修正）"
    second = "第二条 增加蓄水的，除第三条规定外，应当符合下列条件："
    law = ["某市水库条例", note, "第一条 甲。", second, "（一）乙；", "（二）丙。", "第三条 丁。"]
    assert amended_rows(law) == frozenset()
