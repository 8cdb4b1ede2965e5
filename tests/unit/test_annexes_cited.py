from __future__ import annotations

import pytest

from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.parser.references import references_in
from duizhao.sources.witness import witness_from_text

ONE = ("附：", "某税税目税额表", "一、甲")
TWO = ("附件1", "禁止倾倒的物质", "一、甲", "附件2", "需要许可的物质", "一、乙")


def cited(text: str, *annexes: str) -> list[tuple[str, tuple[str, ...]]]:
    lines = (
        "某市税收条例",
        "第一条 甲。",
        f"第二条 {text}。",
        "第三条 本条例自2020年1月1日起施行。",
        *annexes,
    )
    reading = reading_from_witness(witness_from_text("\n".join(lines), name="x"))
    (edition,) = editions_from_reading(reading).editions
    return [(r.text, r.targets) for place, r in references_in(edition) if place.article == "2"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("税率依照本条例所附《某税税目税额表》执行", "本条例所附《某税税目税额表》"),
        ("税率依照本条例所附的《某税税目税额表》执行", "本条例所附的《某税税目税额表》"),
        ("具体品种由本条例附表列示", "本条例附表"),
        ("按照《某税税目税额表》计算", "《某税税目税额表》"),
        ("具体图示见附件", "附件"),
    ],
)
def test_the_only_annex(text: str, words: str) -> None:
    assert cited(text, *ONE) == [(words, ("annex_1",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("禁止倾倒附件一所列的物质（见附件一）", [("附件一", ("annex_1",)), ("附件一", ("annex_1",))]),
        ("附件1和附件2的物质", [("附件1", ("annex_1",)), ("附件2", ("annex_2",))]),
        ("由本条例附件二《需要许可的物质》规定", [("本条例附件二《需要许可的物质》", ("annex_2",))]),
        ("附件三所列物质", []),
        ("见附件", []),
        ("送交附件一份", []),
        ("申请书及其附件一", []),
    ],
)  # fmt: skip
def test_one_of_several(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert cited(text, *TWO) == expected


@pytest.mark.parametrize("text", ["《某公约》附录一、附录二的动物", "某公约附件一和附件二的动物"])
def test_an_annex_of_something_else(text: str) -> None:
    annexes = tuple(line.replace("附件", "附录") for line in TWO) if "附录" in text else TWO
    assert [r for r in cited(text, *annexes) if r[1]] == []


def test_without_annexes_nothing_is_cited() -> None:
    assert cited("按照本条例附件处理，见附件") == []


def test_a_law_that_is_annexed_stays_another_law() -> None:
    assert cited("依照《某某办法》处理", "附：", "某某办法", "一、甲") == [("《某某办法》", ())]
