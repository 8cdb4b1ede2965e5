"""Footnotes that stand behind the last article of a text."""

from __future__ import annotations

import time

from tests.parsed import law, shape

from duizhao.commands.add import law_ids_from_title
from duizhao.parser.metadata import kind_of_law


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


def test_a_title_with_the_mark_of_a_note_is_printed_so_and_known_without_it() -> None:
    found = law("某市公园规定[1]", "（2019年8月1日某市人民政府发布）", "第一条 甲。")
    assert (found["title"], found["metadata"]["kind"]) == ("某市公园规定[1]", "rule")
    assert kind_of_law("海城市公园条例①") == "local-regulation"
    assert law_ids_from_title("某市公园规定[1]") == ("mou-shi-gong-yuan-gui-ding",)


def test_items_at_the_end_are_no_footnotes() -> None:
    for text in ("适用①、②所列。", "适用前条。"):
        found = law("某办法", f"第一条 {text}", "第二条 如下：", "①甲；", "②乙；", "③丙。")
        assert shape(found["articles"][1]) == [("如下：", ["①", "②", "③"], None)]
        assert found["closing"] == []


def test_an_item_whose_words_end_with_the_mark_of_a_note_is_finished() -> None:
    (article,) = law("某办法", "第一条 如下：", "（一）甲；", "（二）乙。[1]", "丙。")["articles"]
    assert shape(article) == [("如下：", ["（一）", "（二）"], None), "丙。"]


def test_a_row_of_stars_within_a_line_is_read_at_once() -> None:
    """How it divides into marks of notes was tried in every way: thirty took half a minute."""
    started = time.process_time()
    (article,) = law("某办法", f"第一条 甲{'*' * 300}乙。")["articles"]
    assert shape(article) == [f"甲{'*' * 300}乙。"]
    assert time.process_time() - started < 2
