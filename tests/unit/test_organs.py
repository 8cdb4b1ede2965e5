from __future__ import annotations

from typing import Any

import pytest

from duizhao.editing.parse_json import parse_json
from duizhao.parser.organs import is_organ, organ_in
from duizhao.sources.witness import witness_from_text


def law(*lines: str) -> dict[str, Any]:
    found: dict[str, Any] = parse_json(witness_from_text("\n".join(lines), name="x"))
    return dict(found["laws"][0])


def test_organs() -> None:
    assert (
        organ_in("上海市第十五届人民代表大会常务委员会第二十一次会议通过")
        == "上海市人民代表大会常务委员会"
    )
    assert organ_in("中华人民共和国国务院令第175号发布") == "国务院"
    assert organ_in("最高人民法院审判委员会第1237次会议通过") == "最高人民法院"
    assert organ_in("《关于修改〈某法〉的决定》修正") == ""
    assert is_organ("东海省人民代表大会常务委员会")
    assert is_organ("国务院")
    assert is_organ("某省高级人民法院")
    assert organ_in("国家计委关于某事的通知".partition("关于")[0]) == "国家计委"
    assert organ_in("国务院办公厅转发国家计委") == "国务院办公厅"
    assert organ_in("国家计划委员会发布") == "国家计划委员会"
    assert not is_organ("中华人民共和国")
    assert not is_organ("东海省人民代表大会常务委员会应当公布。")


ORDER = ("《招标规则》已经审议通过，现予公布，自2018年1月1日起施行。", "2017年11月23日", "招标规则")
ARTICLE = "第一条　本规则自2018年1月1日起施行。"
FOUR = "国家互联网信息办公室、国家发展和改革委员会、公安部、国家密码管理局"


@pytest.mark.parametrize(
    "head",
    [
        ["国家互联网信息办公室", "中华人民共和国国家发展和改革委员会", "公安部", "国家密码管理局", "令"],
        ["国家互联网信息办公室", "国家发展和改革委员会", "公安部", "国家密码管理局令"],
        ["国家互联网信息办公室", "国家发展和改革委员会　公安部", "国家密码管理局令"],
    ],
)  # fmt: skip
def test_any_number_of_organs_stand_over_their_order(head: list[str]) -> None:
    found = law(*head, "第16号", *ORDER, ARTICLE)
    assert found["title"] == "招标规则"
    assert [p["text"] for p in found["announcements"]] == [*head, "第16号", *ORDER[:2]]
    assert found["metadata"]["organ"] == FOUR
    assert found["metadata"]["kind"] == "rule"
    assert found["metadata"]["document_number"].endswith("国家密码管理局令第16号")


def test_two_lines_of_one_organ_are_no_joint_order() -> None:
    found = law("某市公园条例", "某市人民政府", "某市人民政府令第3号", *ORDER[:2], ARTICLE)
    assert found["title"] == "某市公园条例"
    assert found["announcements"][0]["text"] == "某市人民政府令第3号"


def test_organs_side_by_side_send_out_a_text() -> None:
    found = law(
        "最高人民法院　　公安部", "印发《关于某类案件的解答》的通知", "现印发给你们。", ARTICLE
    )
    assert found["metadata"]["organ"] == "最高人民法院、公安部"


@pytest.mark.parametrize(
    ("organ", "kind"),
    [
        ("国务院", "administrative-regulation"),
        ("国务院、中央军事委员会", "administrative-regulation"),
        ("国务院法制办公室", "rule"),
    ],
)
def test_an_organ_of_the_state_council_makes_rules(organ: str, kind: str) -> None:
    found = law(f"{organ}令", "第16号", *ORDER, ARTICLE)
    assert found["metadata"]["kind"] == kind


SIGNED = ["关于支持企业的通知", "各厅（局）：", "现通知如下：", "一、甲。", "二、乙。"]


@pytest.mark.parametrize(
    ("signature", "organ"),
    [
        (["财政部", "税务总局"], "财政部、税务总局"),
        (["财政部　税务总局"], "财政部、税务总局"),
        (["某市财政局", "某市税务局", "某市商务局"], "某市财政局、某市税务局、某市商务局"),
        (["某市人民政府"], "某市人民政府"),
    ],
)
def test_those_who_sign_below_each_other_issue_a_text_together(
    signature: list[str], organ: str
) -> None:
    """It was the last alone."""
    found = law(*SIGNED, *signature, "2023年8月2日")
    assert found["metadata"]["organ"] == organ


def test_an_order_whose_number_stands_before_its_name() -> None:
    note = "（1999年4月19日某市人民政府第24号令发布　自1999年5月1日起施行）"
    assert law("某规定", note, ARTICLE)["metadata"]["document_number"] == "某市人民政府第24号令"


def test_what_the_state_council_approved_is_its_regulation_though_no_day_is_told() -> None:
    found = law("某船舶管理规则", "(国务院批准　1979年9月18日交通部发布)", ARTICLE)["metadata"]
    assert (found["organ"], found["kind"]) == ("交通部", "administrative-regulation")
    found = law("某船舶管理规则", "(1979年9月18日交通部发布)", ARTICLE)["metadata"]
    assert found["kind"] == "rule"
