"""Treaties: the titles of their articles stand on lines of their own, and two sides sign."""

from __future__ import annotations

from tests.parsed import law, laws, shape

from duizhao.parser.tokens import title_rows

PARTS = [
    ("第一条", "引渡义务", "双方有义务依照本条约引渡。"),
    ("第二条", "可引渡的犯罪", "一、符合下列条件的：", "（一）甲；", "（二）乙。"),
    ("第三条", "生效", "本条约自互换批准书之日起第三十天生效。"),
]
LINES = [line for part in PARTS for line in part]


def test_the_title_of_an_article_on_the_line_below_its_number() -> None:
    """It was the first paragraph, and each paragraph had the number of the next."""
    found = law("甲国和乙国引渡条约", "双方达成协议如下：", *LINES)
    assert [a["title"] for a in found["articles"]] == ["引渡义务", "可引渡的犯罪", "生效"]
    assert [shape(a) for a in found["articles"]] == [
        ["双方有义务依照本条约引渡。"],
        [("", [("一、", ["（一）", "（二）"])], None)],
        ["本条约自互换批准书之日起第三十天生效。"],
    ]
    assert found["problems"] == []


def test_the_title_of_an_article_behind_its_number_with_the_text_below() -> None:
    """It was the first paragraph as well."""
    lines = [line for head, *rest in PARTS for line in (f"{head}　{rest[0]}", *rest[1:])]
    found = law("甲国和乙国引渡条约", *lines)
    below = law("甲国和乙国引渡条约", *LINES)
    assert [a["title"] for a in found["articles"]] == ["引渡义务", "可引渡的犯罪", "生效"]
    assert [shape(a) for a in found["articles"]] == [shape(a) for a in below["articles"]]
    assert found["problems"] == []
    few = [*lines[:2], "第二条　甲。", "第三条　乙。"]
    assert [a["title"] for a in law("某条例", *few)["articles"]] == [None, None, None]


def test_a_line_below_a_number_is_no_title_where_few_articles_have_one() -> None:
    found = law("某条例", "第一条", "目的", "甲。", "第二条", "乙。", "第三条", "丙。", "丁。")
    assert [a["title"] for a in found["articles"]] == [None, None, None]
    # A sentence is no title, nor is the only line of an article.
    for lines in (("甲，乙", "丙。"), ("甲。", "乙。"), ("目的",), ("（一）甲", "乙。")):
        parts = [line for n in "一二三" for line in (f"第{n}条", *lines)]
        (found,) = laws("某条例", *parts)
        assert [a["title"] for a in found["articles"]] == [None, None, None]


def test_both_sides_sign_below_the_last_article() -> None:
    signed = [
        "下列签署人经各自政府授权，签署本条约，以昭信守。",
        "本条约于二〇〇五年十一月十四日订于某市，一式两份，两种文本同等作准。",
        "甲国代表　　　　　乙国代表",
        "张　三　　　　　　李　四",
    ]
    found = law("甲国和乙国引渡条约", *LINES, *signed)
    assert shape(found["articles"][-1]) == ["本条约自互换批准书之日起第三十天生效。"]
    assert [block["text"] for block in found["closing"]] == signed
    signed = [signed[1], "甲国政府", "代　表", "乙国政府", "代　表"]
    found = law("甲国和乙国引渡条约", *LINES, *signed)
    assert [block["text"] for block in found["closing"]] == signed
    said = "本条约于某日在某市签署后，双方应当通知。"
    found = law("甲国和乙国引渡条约", *LINES, said, "通知应当用中文。")
    assert found["closing"] == []


def test_the_first_line_of_a_text_that_is_cut_to_a_width_is_no_title() -> None:
    texts = [
        "为了加强本市行政区域内的水库和堤坝的安全管理，保障人民生命财产安全，制定本条例。",
        "本条例适用于本市行政区域内的全部水库和堤坝的安全管理活动，法律另有规定的除外。",
        "县级以上人民政府应当加强对水库和堤坝安全管理工作的领导，将所需经费列入预算。",
    ]
    lines = [
        line
        for number, text in zip("一二三", texts, strict=True)
        for line in (f"第{number}条", *(text[at : at + 16] for at in range(0, len(text), 16)))
    ]
    assert title_rows(lines) == (frozenset(), frozenset())
    joined = "\n".join(lines).replace("条\n", "条　").split("\n")
    assert title_rows(joined) == (frozenset(), frozenset())
