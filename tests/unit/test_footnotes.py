"""Footnotes that stand behind the last article of a text."""

from __future__ import annotations

from tests.parsed import law, shape

from duizhao.edition_from_reading import editions_from_reading
from duizhao.reading import reading_from_witness
from duizhao.witness import witness_from_text


def test_footnotes_behind_the_last_article_close_the_text() -> None:
    found = law(
        "某市公园规定①", "（2019年8月1日某市人民代表大会常务委员会第二十次会议通过[1]）", "第一条 甲。[2]",
        "第二条 本规定自2019年10月1日起施行。", "某市人民政府", "2019年8月2日", "注释：", "[1] 2020年修正，自2020年1月1日起施行。",
        "[2] 依据为《某法》。", "① 见公报。",
    )  # fmt: skip
    assert found["metadata"]["effective"] == "2019-10-01"
    assert [shape(a) for a in found["articles"]] == [["甲。[2]"], ["本规定自2019年10月1日起施行。"]]
    assert [b["text"][:3] for b in found["closing"]] == [
        "某市人",
        "201",
        "注释：",
        "[1]",
        "[2]",
        "① 见",
    ]
    assert [p["code"] for p in found["problems"]] == []


def test_a_title_is_known_by_its_words_without_the_mark_of_a_note() -> None:
    reading = reading_from_witness(witness_from_text("某市公园规定*\n第一条 甲。", name="x"))
    (edition,) = editions_from_reading(reading).editions
    assert edition.metadata.title == "某市公园规定"
    assert edition.title
    assert str(edition.title.text) == "某市公园规定*"


def test_items_at_the_end_are_no_footnotes() -> None:
    for text in ("适用①、②所列。", "适用前条。"):
        found = law("某办法", f"第一条 {text}", "第二条 如下：", "①甲；", "②乙；", "③丙。")
        assert shape(found["articles"][1]) == [("如下：", ["①", "②", "③"], None)]
        assert found["closing"] == []


def test_an_item_whose_words_end_with_the_mark_of_a_note_is_finished() -> None:
    (article,) = law("某办法", "第一条 如下：", "（一）甲；", "（二）乙。[1]", "丙。")["articles"]
    assert shape(article) == [("如下：", ["（一）", "（二）"], None), "丙。"]
