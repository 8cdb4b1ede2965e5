"""Notices by 一、 and what they send out, contents by 一、, and lists of annexes that are signed."""

from __future__ import annotations

import pytest
from tests.parsed import Json, law, laws

NOTICE = ["某院关于印发《某纪要》的通知", "法〔2019〕254号", "各法院：", "现通知如下：", "一、认识意义", "甲。", "二、组织学习", "乙。"]  # fmt: skip
SIGNED = ["某市人民法院", "2019年11月8日"]
CONTENTS = ["目录", "引言", "一、关于公司", "二、关于合同"]
TEXT = ["引言", "会议认为，丙。现纪要如下：", "一、关于公司", "丁。", "二、关于合同", "戊。"]


def closing(found: Json) -> list[str]:
    return [block["text"] for block in found["closing"]]


@pytest.mark.parametrize("contents", [CONTENTS, []])
def test_what_a_notice_by_points_sends_out_begins_below_its_date(contents: list[str]) -> None:
    """The court that signs the notice was the title of the text, whose title was a preamble."""
    notice, text = laws(*NOTICE, *SIGNED, "某纪要", *contents, *TEXT[0 if contents else 2 :])
    assert (notice["title"], text["title"]) == ("某院关于印发《某纪要》的通知", "某纪要")
    assert closing(notice) == SIGNED
    assert notice["metadata"]["promulgated"] == "2019-11-08"
    assert [a["eid"] for a in text["articles"]] == ["art_1", "art_2"]
    assert [entry["text"] for entry in text["contents"]] == contents[1:]


def test_contents_by_points_are_no_articles() -> None:
    found = law("某纪要", *CONTENTS, *TEXT)
    assert [p["text"] for p in found["preamble"]] == TEXT[:2]
    assert [a["paragraphs"][1]["text"] for a in found["articles"]] == ["丁。", "戊。"]
    assert [(e["level"], e["target"]) for e in found["contents"]] == [
        ("division", "preamble__heading"), ("division", ""), ("division", ""),
    ]  # fmt: skip
    assert not any(p["severity"] == "error" for p in found["problems"])


def test_a_list_of_annexes_over_the_signature_is_no_annex() -> None:
    """Organ and date were the text of the annex."""
    signed = ["某市人民政府", "2020年11月15日", "（此件公开发布）"]
    for names in (["附件：分工方案"], ["附件：1．方案", "2．表"]):
        found = law("某市某方案", "一、甲。", "二、乙。", *names, *signed)
        assert found["annexes"] == []
        assert closing(found) == [*names, *signed]
        assert found["metadata"]["organ"] == "某市人民政府"
        assert found["metadata"]["promulgated"] == "2020-11-15"
    for below in (
        ["某市人民政府"],
        ["2020年11月15日"],
        ["标准甲。", *signed[:2]],
        [*signed, "甲。"],
    ):
        found = law("某市某方案", "一、甲。", "二、乙。", "附件：标准", *below)
        assert [a["heading"] for a in found["annexes"]] == ["附件：标准"]


def test_the_text_that_a_decision_approves_is_a_law_of_its_own() -> None:
    """The decision’s 一、 and 二、 were a preamble of the text."""
    title = "某会关于实施某事的决定"
    parts = ["一、批准《某府关于某事的办法》。", "二、本决定自2025年1月1日起施行。"]
    text = [
        "某府关于某事的办法",
        "坚持小步调整。为了某事，制定本办法。",
        "第一条 甲。",
        "第二条 乙。",
    ]
    decision, approved = laws(title, "（2024年9月13日某会通过）", "某会决定：", *parts, *text)
    assert [a["eid"] for a in decision["articles"]] == ["art_1", "art_2"]
    assert (approved["title"], approved["counts"]["article"]) == (text[0], 2)
    assert [p["text"] for p in approved["preamble"]] == [text[1]]
    # One that it does not name stays what it was, and so does what a law of 条 names.
    assert len(laws(title, "某会决定：", "一、批准某事。", *text)) == 1
    named = ["第一条 依照《某府关于某事的办法》处理。", text[0], "坚持小步调整。", "第一条 甲。"]
    assert len(laws("某条例", *named)) == 1


def test_those_who_issued_an_opinion_stand_side_by_side_below_its_title() -> None:
    found = law(
        "关于某事的意见", "某市人民法院 某市人民检察院", "为了某事，制定本意见。", "一、甲。"
    )
    assert found["metadata"]["organ"] == "某市人民法院、某市人民检察院"


@pytest.mark.parametrize("number", ["某发［2020］3号", "某发【2020】3号"])
def test_the_number_of_a_notice_in_other_brackets(number: str) -> None:
    head = "某厅关于印发《某办法》的通知"
    found = law(head, number, "现印发给你们。", "某厅", "2020年3月26日", "某办法", "第一条 甲。")
    assert found["metadata"]["document_number"] == number
    assert law("某部关于某事的通知", number, "一、甲。")["metadata"]["document_number"] == number
