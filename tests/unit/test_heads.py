"""What stands over a title: the head of an order that names it, the masthead of a paper."""

from __future__ import annotations

import pytest
from tests.parsed import law

ARTICLES = ["第一条　为了管理公园，制定本办法。", "第二条　本办法自公布之日起施行。"]
SIGNED = ["行　长　李明", "2021年12月28日"]
ISSUED = "《公园办法》已经2021年11月18日某银行2021年第11次行务会议审议通过，现予公布。"
HEAD = "中国人民银行令〔2021〕第7号（公园办法）"


@pytest.mark.parametrize(
    "below", [[], ["中国人民银行令〔2021〕第7号"], ["中国人民银行令", "〔2021〕第7号"]]
)
@pytest.mark.parametrize("head", [HEAD, HEAD.replace("（", "(").replace("）", ")")])
def test_the_head_of_an_order_may_name_what_it_issues(head: str, below: list[str]) -> None:
    """Of such a copy the head was the title, and order, signature and title were a preamble."""
    found = law(head, *below, ISSUED, *SIGNED, "公园办法", *ARTICLES)
    assert (found["title"], found["preamble"]) == ("公园办法", [])
    said = found["metadata"]
    assert (said["organ"], said["document_number"]) == (
        "中国人民银行",
        "中国人民银行令〔2021〕第7号",
    )
    assert (said["adopted"], said["promulgated"]) == ("2021-11-18", "2021-12-28")
    assert [line["text"] for line in found["announcements"]] == [head, *below, ISSUED, *SIGNED]


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        ("金融公司条例（国务院令 第297号）", "（国务院令 第297号）"),
        ("国务院令第297号（金融公司条例）", "国务院令第297号（）"),
        ("国务院令第297号（金融公司条例（试行））", "国务院令第297号（）"),
    ],
)
def test_a_title_that_only_the_head_of_an_order_tells(head: str, rest: str) -> None:
    signed = ["中华人民共和国国务院令", "现予公布。", "总理　李明", "二○○○年十一月十日"]
    found = law(head, *signed, *ARTICLES)
    assert found["title"].removesuffix("（试行）") == "金融公司条例"
    assert [line["text"] for line in found["announcements"]] == [rest, *signed]
    assert found["metadata"]["organ"] == "国务院"
    assert found["metadata"]["document_number"] == "国务院令第297号"


def test_the_number_of_an_order_that_stands_below_its_name() -> None:
    lines = [
        "中国人民银行令",
        "（2019）第 4 号",
        "现予发布。",
        "行长 易纲",
        "2019 年 11 月 22 日",
        "公园办法",
    ]
    assert law(*lines, *ARTICLES)["metadata"]["document_number"] == "中国人民银行令（2019）第4号"


def test_what_amended_a_law_is_no_head_of_an_order() -> None:
    note = "1998年国务院令第253号（根据2017年国务院令第682号修订）"
    found = law("公园办法", note, *ARTICLES)
    assert (found["announcements"], found["adoption_note"]) == ([], note)


def test_the_masthead_of_a_paper_is_no_title() -> None:
    """中国人民银行文件 was the title, and the title the first line of a preamble."""
    title = "中国人民银行关于加强信贷管理的通知"
    lines = ["各分行：", "现通知如下：", "一、甲。", "二、乙。", "中国人民银行", "二○○三年六月五日"]
    found = law("中国人民银行文件", "银发〔2003〕121号", title, *lines)
    assert found["title"] == title
    assert [line["text"] for line in found["preamble"]] == lines[:2]
    said = found["metadata"]
    assert (said["organ"], said["document_number"]) == ("中国人民银行", "银发〔2003〕121号")
    assert law("关于公开文件", "一、甲。")["announcements"] == []


def test_a_day_behind_a_title_is_no_part_of_it() -> None:
    found = law("关于执行某条例的若干规定一九九三年一月十二日", *ARTICLES)
    assert (found["title"], found["adoption_note"]) == (
        "关于执行某条例的若干规定",
        "一九九三年一月十二日",
    )


def test_a_title_and_its_note_on_one_line_need_no_brackets() -> None:
    """Where a copy lost all ends of lines, the note was a part of the title."""
    note = "2024年1月1日某市人民代表大会常务委员会通过"
    found = law(" ".join(["某市公园条例", note, *ARTICLES]))
    assert (found["title"], found["adoption_note"]) == ("某市公园条例", note)
    assert found["metadata"]["adopted"] == "2024-01-01"
    assert len(found["articles"]) == 2
