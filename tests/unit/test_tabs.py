"""Tabs in a law: which are between the cells of a table, and which are not."""

from __future__ import annotations

from tests.parsed import law, shape


def test_a_table_of_tabs() -> None:
    found = law(
        "某法", "第一条\t税率如下：", "\t级 \t率\t备注", "1\t\t无", "2\t3%", "前款所称率为年率。",
        "第二条\t如下：", "（一）\t甲；", "（二）\t乙。", "丙\t丁。", "附件", "甲\t乙", "丙\t丁",
    )  # fmt: skip
    first, second = found["articles"]
    assert [p.get("text") for p in first["paragraphs"]] == [
        "税率如下：",
        None,
        "前款所称率为年率。",
    ]
    assert first["paragraphs"][1]["rows"] == [["级", "率", "备注"], ["1", "", "无"], ["2", "3%"]]
    assert shape(second) == [("如下：", ["（一）", "（二）"], None), "丙\t丁。"]
    assert found["annexes"][0]["blocks"][0]["rows"] == [["甲", "乙"], ["丙", "丁"]]


def test_a_table_of_tabs_with_numbered_rows() -> None:
    found = law("某法", "第一条 如下：", "级\t率\t注", "1.\t3%\t甲", "2.\t5%\t乙", "第二条 丙。")
    assert found["articles"][0]["paragraphs"][1]["rows"] == [
        ["级", "率", "注"], ["1.", "3%", "甲"], ["2.", "5%", "乙"],
    ]  # fmt: skip


def test_tabs_in_sentences_and_signatures_are_no_table() -> None:
    found = law(
        "某法", "第一条 甲。", "市设委员会，\t负责协调。", "县设办公室，\t负责办事。", "姓名：\t性别：",
        "住址：\t电话：", "第二条 本法自公布之日起施行。", "某部部长\t张　三", "某局局长\t李四", "2017年3月1日",
    )  # fmt: skip
    assert [p["text"] for p in found["articles"][0]["paragraphs"]] == [
        "甲。", "市设委员会，\t负责协调。", "县设办公室，\t负责办事。", "姓名：\t性别：", "住址：\t电话：",
    ]  # fmt: skip
    assert [block["text"] for block in found["closing"]] == [
        "某部部长\t张　三", "某局局长\t李四", "2017年3月1日",
    ]  # fmt: skip


def test_tabs_before_the_first_article_are_no_table() -> None:
    found = law("某法", "发文机关：\t甲", "日期：\t乙", "第一条 丙。")
    assert [block["text"] for block in found["preamble"]] == ["发文机关：\t甲", "日期：\t乙"]


def test_a_table_drawn_with_lines() -> None:
    """Each of its lines was a paragraph, and was said to be unfinished."""
    found = law(
        "某法", "第一条 税率如下：", "┌─┬──┬─┐", "│级│税目│率│", "├─┼──┼─┤", "│一│酒　│3%│", "│  ├──┼─┤",
        "│  │烟　│　│", "└─┴──┴─┘", "第二条 如下：", "｜甲｜乙｜", "第三条 丙。",
    )  # fmt: skip
    first, second = (article["paragraphs"][1]["rows"] for article in found["articles"][:2])
    assert first == [["级", "税目", "率"], ["一", "酒", "3%"], ["", "烟", ""]]
    assert second == [["甲", "乙"]]
    assert found["lines"]["unaccounted"] == 0
    assert [p["code"] for p in found["problems"]] == ["effective-missing"]
