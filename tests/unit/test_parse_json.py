"""The contract of `duizhao parse`."""

from __future__ import annotations

import json

from duizhao.editing.parse_json import parse_json
from duizhao.sources.witness import witness_from_text

TEXT = """某市公园条例

（2024年1月1日某市人民代表大会常务委员会通过）

第一章　总则

第一条【目的】为了管理公园，制定本条例。

第二条　公园应当：

（一）开放；

1.全年；

（二）免费，

由市政府补贴。

(下转第二版)

第二条之一　本条例自2024年3月1日起施行。

附件：

| 甲 | 乙 |
|---|---|
"""


def test_the_shape() -> None:
    found = parse_json(witness_from_text(TEXT, name="x"))
    json.dumps(found)
    assert set(found) == {"laws", "problems", "lines"}
    assert found["lines"] == {"total": 14, "used": 12, "omitted": 2, "unaccounted": 0}
    (law,) = found["laws"]
    assert law["title"] == "某市公园条例"
    assert law["adoption_note"] == "（2024年1月1日某市人民代表大会常务委员会通过）"
    assert law["counts"] == {
        "book": 0, "subbook": 0, "chapter": 1, "section": 0, "article": 3, "paragraph": 3, "item": 2,
        "subitem": 1, "annex": 1,
    }  # fmt: skip
    first, second, third = law["articles"]
    assert first == {
        "eid": "art_1",
        "number": "第一条",
        "title": "目的",
        "path": ["第一章　总则"],
        "paragraphs": [
            {
                "kind": "paragraph",
                "eid": "art_1__para_1",
                "text": "为了管理公园，制定本条例。",
                "items": [],
                "tail": None,
            }
        ],
    }
    (paragraph,) = second["paragraphs"]
    assert paragraph["tail"] == "由市政府补贴。"
    assert paragraph["items"][0]["subitems"][0] == {
        "kind": "item",
        "eid": "art_2__para_1__point_1__indent_1",
        "number": "1.",
        "text": "全年；",
        "subitems": [],
    }
    assert (third["eid"], third["number"], third["title"]) == ("art_2-1", "第二条之一", None)
    assert law["annexes"] == [
        {
            "eid": "annex_1",
            "heading": "附件：",
            "blocks": [{"kind": "table", "eid": "annex_1__table_1", "rows": [["甲", "乙"]]}],
        }
    ]
    (problem,) = found["problems"]
    assert (problem["code"], problem["severity"], problem["line"]) == ("page-furniture", "info", 19)
    assert problem["message"]
    assert problem["hint"]
    assert law["lines"] == found["lines"]


def test_an_empty_text() -> None:
    found = parse_json(witness_from_text("", name="x"))
    assert found["lines"] == {"total": 0, "used": 0, "omitted": 0, "unaccounted": 0}


def test_gaps_are_named() -> None:
    found = parse_json(witness_from_text("某条例\n第一条 甲。\n第三条 乙。", name="x"))
    (gap,) = [p for p in found["problems"] if p["code"] == "number-gap"]
    assert (gap["severity"], gap["line"]) == ("error", 3)
