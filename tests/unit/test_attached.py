"""What is attached to a text is not of it: the texts under a decision, the request under a reply."""

from __future__ import annotations

from typing import Any

import pytest

from duizhao.editing.parse_json import parse_json
from duizhao.sources.witness import witness_from_text


def law(*lines: str) -> dict[str, Any]:
    found = parse_json(witness_from_text("\n".join(lines), name="x"))
    assert found["lines"]["unaccounted"] == 0
    assert len(found["laws"]) == 1
    return dict(found["laws"][0])


DECISION = [
    "某署关于修改部分规章的决定",
    "某署决定对下列规章进行修改：",
    "一、对《甲办法》作如下修改：",
    "（一）删去第十条。",
    "二、将《乙办法》第三条修改为：“应当办理。”",
    "本决定自2018年7月1日起施行。",
]
REPRINTED = [
    "附件1",
    "甲办法",
    "（2005年3月3日某署令第128号发布）",
    "第一条　为了管理，制定本办法。",
    "第二条　本办法自2005年6月1日起施行。",
    "附件2",
    "乙办法",
    "第一章　总则",
    "第一条　甲。",
]


def test_a_decision_has_its_points_though_the_texts_it_amends_have_articles() -> None:
    """They were its preamble, its articles and its day those of the first text."""
    found = law(*DECISION, *REPRINTED)
    assert [a["number"] for a in found["articles"]] == ["一", "二"]
    assert [p["text"] for p in found["preamble"]] == [DECISION[1]]
    assert found["metadata"]["effective"] == "2018-07-01"
    assert [a["heading"] for a in found["annexes"]] == ["附件1", "附件2"]
    assert [b["text"] for b in found["annexes"][0]["blocks"]] == REPRINTED[1:5]


@pytest.mark.parametrize("head", ["附", "附件", "附件：", "附件：甲办法"])
@pytest.mark.parametrize("does", ["修改《甲办法》", "批准《甲办法》"])
def test_a_law_printed_whole_under_a_decision_is_a_law_of_its_own(head: str, does: str) -> None:
    """Under 附件 its articles were those of the decision."""
    decision = [f"某署关于{does}的决定", "某署决定：", *DECISION[2:]]
    found = parse_json(witness_from_text("\n".join([*decision, head, *REPRINTED[1:5]]), name="x"))
    first, second = found["laws"]
    assert ([a["number"] for a in first["articles"]], second["title"]) == (["一", "二"], "甲办法")
    assert [a["number"] for a in second["articles"]] == ["第一条", "第二条"]
    assert second["metadata"]["effective"] == "2005-06-01"
    rule = ["丙办法", "第一条　甲。", head, *REPRINTED[1:5]]
    found = parse_json(witness_from_text("\n".join(rule), name="x"))
    assert (len(found["laws"]) == 1) == (head != "附")


def test_what_a_notice_sends_out_is_the_law() -> None:
    notice = ["某署关于印发《甲办法》的通知", "一、请遵照执行。", "附件：甲办法"]
    found = law(*notice, *REPRINTED[1:5])
    assert [a["number"] for a in found["articles"]] == ["第一条", "第二条"]


@pytest.mark.parametrize("closing", ["此复。", "特此批复。", "特此函复"])
def test_the_request_under_a_reply_is_its_annex(closing: str) -> None:
    reply = [
        "最高人民法院",
        "关于某类房屋归属问题的复函",
        "某市高级人民法院：",
        "请示收悉。原则上同意。",
    ]
    request = ["某市高级人民法院", "关于某类房屋归属问题的请示", "提出如下意见：", "一、归公。", "二、归私。"]  # fmt: skip
    found = law(*reply, closing, "附：", *request)
    assert found["title"] == "".join(reply[:2])
    assert not found["articles"]
    assert [p["text"] for p in found["other"]] == reply[2:]
    assert [p["text"] for p in found["closing"]] == [closing]
    assert [b["text"] for b in found["annexes"][0]["blocks"]] == request


def test_a_reply_that_does_not_say_so_has_its_request_annexed() -> None:
    reply = ["最高人民法院研究室", "关于撤销减刑裁定问题的答复", "某省高级人民法院：", "应当撤销。"]
    found = law(*reply, "附：", "某省高级人民法院", "关于撤销减刑裁定的请示", "请予批复。")
    assert [p["text"] for p in found["other"]] == reply[2:]
    assert len(found["annexes"][0]["blocks"]) == 3
    assert found["metadata"]["organ"] == "最高人民法院研究室"


@pytest.mark.parametrize(
    "kind", ["复函", "解答", "函", "指示", "安排", "协议", "通则", "组织简则"]
)  # fmt: skip
def test_a_title_of_these_kinds_may_be_broken(kind: str) -> None:
    found = law("最高人民法院", "关于某类案件", f"的{kind}", "一、甲。", "二、乙。")
    assert found["title"] == f"最高人民法院关于某类案件的{kind}"
    assert len(found["articles"]) == 2


LISTED = [
    "目　录",
    "第一章　总则",
    "第二章　附则",
    "附件一：产生办法",
    "附件二：全国性法律",
    "附表",
]
BODY = ["第一章　总则", "第一条　甲。", "第二章　附则", "第二条　乙。"]


def test_the_contents_name_the_annexes_last() -> None:
    """They were a preamble."""
    annexes = ["附件一", "产生办法", "丙。", "附件二　全国性法律", "丁。", "附表", "戊"]
    found = law("某行政区基本法", *LISTED, *BODY, *annexes)
    assert [c["text"] for c in found["contents"]] == LISTED[1:]
    targets = ["chp_1", "chp_2", "annex_1", "annex_2", "annex_3"]
    assert [c["target"] for c in found["contents"]] == targets
    assert not found["preamble"]
    assert [a["heading"] for a in found["annexes"]] == ["附件一", "附件二　全国性法律", "附表"]
    assert len(found["articles"]) == 2


def test_an_annex_of_the_contents_alone_leads_nowhere() -> None:
    found = law("某行政区基本法", *LISTED[:4], *BODY)
    assert [c["target"] for c in found["contents"]] == ["chp_1", "chp_2", ""]
    assert not found["annexes"]
