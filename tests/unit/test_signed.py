"""Who signs a text at its end, and who does not."""

from __future__ import annotations

import pytest
from tests.parsed import law, shape


@pytest.mark.parametrize(
    ("signed", "organ", "date"),
    [
        (("国务院", "二○○八年五月十二日"), "国务院", "2008-05-12"),
        (("总理　周恩来", "一九五二年四月三日"), "", "1952-04-03"),
        (("海港区人民政府", "区长：李　明", "2022年3月1日印发"), "海港区人民政府", "2022-03-01"),
        (("2022年3月1日",), "", ""),
    ],
)
def test_who_signs_a_law_at_its_end_is_no_paragraph(
    signed: tuple[str, ...], organ: str, date: str
) -> None:
    found = law("某办法", "第一条 甲。", "第二条 本办法自2022年4月1日起施行。", *signed)
    assert shape(found["articles"][1]) == ["本办法自2022年4月1日起施行。"]
    assert [block["text"] for block in found["closing"]] == list(signed)
    assert (found["metadata"]["organ"], found["metadata"]["promulgated"]) == (organ, date)


def test_whom_a_law_names_is_no_signature() -> None:
    """What follows a colon is what the law says, a date below it aside."""
    names = ("主任　张　三", "副主任　李　四")
    found = law("某决定", "第一条 甲。", "第二条 由下列人员组成：", *names, "2017年3月1日")
    assert shape(found["articles"][1]) == ["由下列人员组成：", *names]
    assert [block["text"] for block in found["closing"]] == ["2017年3月1日"]
    ways = ("送：直接送达。", "抄送：分别送达。")
    found = law("某办法", "第一条 甲。", "第二条 文书如下办理：", *ways)
    assert shape(found["articles"][1]) == ["文书如下办理：", *ways]


def test_who_decides_is_no_signature() -> None:
    found = law("某办法", "第一条 甲。", "第二条 下列人员参加：", "省长 各部门负责人", "国务院")
    assert found["closing"] == []


def test_a_text_without_provisions_closes_with_its_signature() -> None:
    found = law(
        "最高人民法院关于某问题的批复", "法释〔2003〕8号", "某省高级人民法院：", "经研究，答复如下：", "甲。", "此复。",
        "最高人民法院", "二○○三年五月二十日",
    )  # fmt: skip
    assert [p["text"] for p in found["other"]] == [
        "某省高级人民法院：",
        "经研究，答复如下：",
        "甲。",
    ]
    assert [b["text"] for b in found["closing"]] == ["此复。", "最高人民法院", "二○○三年五月二十日"]
    assert found["metadata"]["promulgated"] == "2003-05-20"


def test_a_decision_that_is_announced_closes_with_that() -> None:
    found = law(
        "某会关于《某法》第一条的解释",
        "（2004年4月6日某会通过）",
        "作如下解释：",
        "一、甲。",
        "现予公告。",
    )
    assert [block["text"] for block in found["closing"]] == ["现予公告。"]


def test_a_day_alone_at_the_end_is_that_of_what_its_title_says_who_issued() -> None:
    title = ("住房和城乡建设部 人民银行 银保监会", "关于规范预售资金的意见", "建房〔2022〕16号")
    found = law(*title, "各厅：", "现提出以下意见。", "一、甲。", "二、乙。", "2022年1月26日")[
        "metadata"
    ]
    assert found["organ"] == "住房和城乡建设部、人民银行、银保监会"
    assert found["promulgated"] == "2022-01-26"
    nobody = law("某意见", "现提出以下意见。", "一、甲。", "二、乙。", "2022年1月26日")
    assert nobody["metadata"]["promulgated"] == ""
