"""Every defect of a source that is named by a code: one text that has it, one that has not."""

from __future__ import annotations

import pytest

from duizhao.editing.parse_json import parse_json
from duizhao.sources.witness import witness_from_text

HEAD = "某市公园条例\n（2024年1月1日某市人民代表大会常务委员会通过）\n"
END = "第九条　本条例自2024年5月1日起施行。\n"


def law(*lines: str, end: str = END, head: str = HEAD) -> str:
    return head + "\n".join(lines) + "\n" + end


PLAIN = law(
    *(f"第{n}条　公园应当开放。" for n in "一二三四五六七八"),
)
CASES = [
    ("title-missing", law("第一条　公园应当开放。", head=""), PLAIN),
    ("no-article", "今天天气很好，大家一起去公园散步。\n", PLAIN),
    ("effective-missing", law("第一条　公园应当开放。", end=""), PLAIN),
    ("number-gap", law("第一条　甲。", "第三条　乙。", end="第四条　本条例自公布之日起施行。\n"), PLAIN),
    (
        "number-repeated",
        law("第一条　甲。", "第二条　乙。", "第二条　丙。", end="第三条　本条例自公布之日起施行。\n"),
        PLAIN,
    ),
    (
        "number-disorder",
        law("第一条　甲。", "第五条　乙。", "第二条　丙。", end="第六条　本条例自公布之日起施行。\n"),
        PLAIN,
    ),
    ("number-lookalike", PLAIN.replace("第三条", "笫三条"), PLAIN),
    ("number-spaced", PLAIN.replace("第三条", "第 三 条"), PLAIN),
    (
        "heading-unnumbered",
        law(
            "第一章　总则", "第一条　甲。", "法律责任", "第二条　乙。", "附则",
            end="第三条　本条例自公布之日起施行。\n",
        ),
        law("第一章　总则", "第一条　甲。", "第二章　附则", end="第二条　本条例自公布之日起施行。\n"),
    ),
    (
        "heading-broken",
        law("第一章", "总则", "第一条　甲。", end="第二条　本条例自公布之日起施行。\n"),
        law("第一章　总则", "第一条　甲。", end="第二条　本条例自公布之日起施行。\n"),
    ),
    (
        "contents-disagree",
        law(
            "目录", "第一章　总则", "第二章　管理", "第一章　总则", "第一条　甲。",
            "第二章　监管", end="第二条　本条例自公布之日起施行。\n",
        ),
        law(
            "目录", "第一章　总则", "第二章　管理", "第一章　总则", "第一条　甲。",
            "第二章　管理", end="第二条　本条例自公布之日起施行。\n",
        ),
    ),
    (
        "paragraph-unfinished",
        PLAIN.replace("第三条　公园应当开放。", "第三条　公园管理机构应当按照国家有关规定建立健全各项管理制度并"),
        PLAIN,
    ),
    (
        "paragraph-fragment",
        PLAIN.replace("第三条　公园应当开放。", "第三条　公园应当开放。\n，并且按照国家有关规定向社会公众免费开放。"),
        PLAIN,
    ),
    ("brackets-unpaired", PLAIN.replace("第三条　公园", "第三条　公园（含植物园"), PLAIN),
    ("halfwidth-punctuation", PLAIN.replace("第三条　公园", "第三条　公园,"), PLAIN),
    ("invisible-character", PLAIN.replace("第三条　公园", "第三条　公\u202e园"), PLAIN),
    ("foreign-word", PLAIN.replace("第三条　公园", "第三条　公园 and 绿地"), PLAIN),
    ("page-furniture", PLAIN.replace("第三条", "(下转第八版)\n第三条"), PLAIN),
    (
        "passage-repeated",
        PLAIN.replace(
            "第三条　公园应当开放。",
            "第三条　公园管理机构应当按照国家有关规定建立健全安全管理制度，配备必要的安全设施和人员，定期组织检查。",
        ).replace(
            "第六条　公园应当开放。",
            "第六条　公园管理机构应当按照国家有关规定建立健全安全管理制度，配备必要的安全设施和人员，定期组织检查。",
        ),
        PLAIN,
    ),
    ("reference-dangling", PLAIN.replace("第三条　公园", "第三条　依照本条例第四十条的规定，公园"), PLAIN),
]  # fmt: skip


def codes(text: str) -> set[str]:
    return {p["code"] for p in parse_json(witness_from_text(text, name="law.txt"))["problems"]}


@pytest.mark.parametrize(("code", "bad", "good"), CASES, ids=[c[0] for c in CASES])
def test_the_defect_is_named_where_it_is_and_only_there(code: str, bad: str, good: str) -> None:
    found = [
        p
        for p in parse_json(witness_from_text(bad, name="law.txt"))["problems"]
        if p["code"] == code
    ]
    assert found, f"{code} is not found"
    assert all(p["line"] >= 1 and p["message"] and p["hint"] for p in found)
    assert code not in codes(good)


def test_a_sound_law_has_no_defect() -> None:
    assert codes(PLAIN) == set()
