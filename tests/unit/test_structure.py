"""What stands where: whole small texts, read as `duizhao parse` reads them."""

from __future__ import annotations

from tests.parsed import law, laws, shape

from duizhao.parser.edition_from_reading import points_are
from duizhao.parser.headings import headings_from_tokens
from duizhao.parser.reading import reading_from_witness
from duizhao.parser.tokens import tokens_from_reading
from duizhao.sources.witness import witness_from_text


def test_paragraphs_items_tail() -> None:
    (article,) = law(
        "某条例",
        "第一条 有下列情形的：",
        "（一）甲；",
        "1.乙；",
        "2.丙；",
        "（二）丁的，",
        "处罚款。",
        "另一款。",
    )["articles"]
    assert shape(article) == [
        ("有下列情形的：", [("（一）", ["1.", "2."]), "（二）"], "处罚款。"),
        "另一款。",
    ]
    assert [p["eid"] for p in article["paragraphs"]] == ["art_1__para_1", "art_1__para_2"]
    subitem = article["paragraphs"][0]["items"][0]["subitems"][1]
    assert (subitem["eid"], subitem["text"]) == ("art_1__para_1__point_1__indent_2", "丙；")


def test_items_in_the_line_of_their_paragraph() -> None:
    (article,) = law(
        "某条例", "第一条 不得：（一）甲；（二）乙。违反的，处罚款。", "（一）丙；（二）丁；", "（三）戊。"
    )["articles"]  # fmt: skip
    assert shape(article)[0] == ("不得：", ["（一）", "（二）"], "违反的，处罚款。")
    assert [p["eid"] for p in article["paragraphs"]] == ["art_1__para_1", "art_1__para_2"]
    assert [i["text"] for i in article["paragraphs"][1]["items"]] == ["丙；", "丁；", "戊。"]


def test_items_nest_in_the_order_in_which_the_numerals_appear() -> None:
    (article,) = law(
        "某条例", "第一条 如下：", "一、甲：", "（一）乙；", "①丙；", "（二）丁；", "二、戊。"
    )["articles"]
    assert shape(article) == [("如下：", [("一、", [("（一）", ["①"]), "（二）"]), "二、"], None)]


def test_titles_of_articles_in_round_brackets() -> None:
    lines = [
        "第一条（目的）",
        "为了甲。",
        "第二条 （范围） 适用乙。",
        "第三条（施行）自公布之日起施行。",
    ]
    found = law("某办法", *lines)["articles"]
    assert [(a["title"], shape(a)) for a in found] == [
        ("目的", ["为了甲。"]), ("范围", ["适用乙。"]), ("施行", ["自公布之日起施行。"]),
    ]  # fmt: skip
    (first, _) = law("某办法", "第一条（一）甲；", "（二）乙。", "第二条（以下简称丙）丁。")[
        "articles"
    ]
    assert (first["title"], shape(first)) == (None, [("", ["（一）", "（二）"], None)])


def test_letters_and_stems_nest_by_how_they_are_written() -> None:
    found = law(
        "某办法", "第一条 如左：", "甲、一；", "（子）二；", "（丑）三；", "乙、四。",
        "第二条 如下：", "（A）一：", "（a）二；", "（b）三；", "（B）四。",
        "第三条 如下：", "A. 一：", "a) 二；", "b) 三。",
        "第四条 如下：", "（甲）一；", "（乙）二。",
    )  # fmt: skip
    assert [shape(a)[0][1] for a in found["articles"]] == [
        [("甲、", ["（子）", "（丑）"]), "乙、"],
        [("（A）", ["（a）", "（b）"]), "（B）"],
        [("A.", ["a)", "b)"])],
        ["（甲）", "（乙）"],
    ]
    assert found["articles"][0]["paragraphs"][0]["items"][0]["subitems"][1]["eid"].endswith(
        "point_1__indent_2"
    )


def test_a_roman_numeral_is_no_letter() -> None:
    found = law(
        "某办法",
        "第一条 如下：",
        "（i）甲；",
        "（ii）乙；",
        "（iii）丙。",
        "第二条 如下：",
        "v. 甲。",
    )
    assert [shape(a) for a in found["articles"]] == [
        ["如下：", "（i）甲；", "（ii）乙；", "（iii）丙。"], ["如下：", "v. 甲。"],
    ]  # fmt: skip
    letters = [f"（{c}）甲；" for c in "abcdefghij"]
    (article,) = law("某办法", "第一条 如下：", *letters)["articles"]
    assert shape(article) == [("如下：", [f"（{c}）" for c in "abcdefghij"], None)]
    *_, h, i, _ = letters
    (article,) = law("某办法", "第一条 如下：", *letters[:7], h[:-1] + "：", "A. 丙；", i)[
        "articles"
    ]
    assert shape(article)[0][1][7:] == [("（h）", ["A."]), "（i）"]


def test_a_list_that_goes_on_after_text() -> None:
    (article,) = law(
        "某条例",
        "第一条 如下：",
        "（一）甲，是指",
        "乙；",
        "（二）丙。",
        "说明丙的话。",
        "（三）丁。",
    )["articles"]
    (paragraph,) = article["paragraphs"]
    assert [i["number"] for i in paragraph["items"]] == ["（一）", "（二）", "（三）"]
    assert paragraph["items"][0]["text"] == "甲，是指乙；"
    (explained,) = paragraph["items"][1]["subitems"]
    assert (explained["number"], explained["text"]) == ("", "说明丙的话。")
    assert explained["eid"] == "art_1__para_1__point_2__para_2"


def test_an_item_of_several_paragraphs_with_lists_of_their_own() -> None:
    (article,) = law(
        "某条例", "第一条 应当：", "（一）甲。", "乙。", "丙包括：", "1．丁；", "（1）戊；", "2．己。", "庚。",
        "（二）辛。", "壬。",
    )["articles"]  # fmt: skip
    assert [p["text"] for p in article["paragraphs"]] == ["应当：", "壬。"]
    one, two = article["paragraphs"][0]["items"]
    assert (one["text"], two["number"], two["subitems"]) == ("甲。", "（二）", [])
    eid = "art_1__para_1__point_1__para_"
    assert [(s["eid"], s["text"]) for s in one["subitems"]] == [
        (f"{eid}2", "乙。"), (f"{eid}3", "丙包括："), (f"{eid}4", "庚。"),
    ]  # fmt: skip
    lower = one["subitems"][1]["subitems"]
    assert [s["eid"] for s in lower] == [f"{eid}3__indent_1", f"{eid}3__indent_2"]
    assert lower[0]["subitems"][0]["eid"] == f"{eid}3__indent_1__indent_1"


def test_an_item_whose_mark_is_lost_is_certain_from_its_neighbours() -> None:
    (article,) = law("某条例", "第一条 下列行为：", "甲；", "（二）乙；", "丙；", "（四）丁。")[
        "articles"
    ]
    (paragraph,) = article["paragraphs"]
    assert [(i["number"], i["eid"][-7:], i["text"]) for i in paragraph["items"]] == [
        ("", "point_1", "甲；"), ("（二）", "point_2", "乙；"), ("", "point_3", "丙；"), ("（四）", "point_4", "丁。"),
    ]  # fmt: skip


def test_the_same_list_numbered_in_another_way() -> None:
    (article,) = law("某条例", "第一条 如下：", "（一）甲；", "（二）乙；", "3.丙。")["articles"]
    assert shape(article) == [("如下：", ["（一）", "（二）", "3."], None)]


CODE = """某法
目　录
第一编　总则
第一章　规定
第二编　物权
第一分编　通则
第一章　一般规定
第一节　甲
附　则
第一编　总　则
第一章　规定
第一条　甲。
第一条之一　乙。
第二编　物　权
第一分编　通　则
第一章　一般规定
第一节　甲
第二条　丙。
附　则
第三条　丁。"""


def test_divisions_and_contents() -> None:
    found = law(CODE)
    counts = found["counts"]
    assert [counts[k] for k in ("book", "subbook", "chapter", "section", "article")] == [
        2,
        1,
        3,
        1,
        4,
    ]
    eids = [d["eid"] for d in found["divisions"]]
    assert eids == [
        "part_1", "part_1__chp_1", "part_2", "part_2__subpart_1", "part_2__subpart_1__chp_1",
        "part_2__subpart_1__chp_1__sec_1", "chp_1",
    ]  # fmt: skip
    assert [c["target"] for c in found["contents"]] == eids
    articles = found["articles"]
    assert [a["eid"] for a in articles] == ["art_1", "art_1-1", "art_2", "art_3"]
    assert articles[1]["number"] == "第一条之一"
    assert articles[2]["path"] == [
        "第二编　物　权",
        "第一分编　通　则",
        "第一章　一般规定",
        "第一节　甲",
    ]
    assert articles[3]["path"] == ["附　则"]  # of the law, of none of its parts


def test_a_law_whose_line_ends_are_lost() -> None:
    found = law(
        "某条例", "目录 第一章 总则 第二章 附则", "第一章 总则 第一条 甲。 第二条 依照第一条乙。",
        "第二章 附则 第三条 丙。",
    )  # fmt: skip
    assert [(d["eid"], d["title"]) for d in found["divisions"]] == [
        ("chp_1", "总则"), ("chp_2", "附则"),
    ]  # fmt: skip
    assert [c["target"] for c in found["contents"]] == ["chp_1", "chp_2"]
    assert [shape(a) for a in found["articles"]] == [["甲。"], ["依照第一条乙。"], ["丙。"]]


def test_preamble() -> None:
    found = law(
        "某宪法",
        "（1982年12月4日某会议通过）",
        "目　录",
        "序言",
        "第一章 总纲",
        "序　言",
        "历史悠久。",
        "第一章 总纲",
        "第一条 甲。",
    )
    assert [(p["eid"], p["text"]) for p in found["preamble"]] == [
        ("preamble__heading", "序　言"), ("preamble__para_1", "历史悠久。"),
    ]  # fmt: skip
    assert [entry["target"] for entry in found["contents"]] == ["preamble__heading", "chp_1"]


def test_a_decision() -> None:
    found = law(
        "关于修改《某法》的决定", "某会议决定对《某法》作如下修改：", "一、第三条修改为：“第三条 甲：", "“（一）乙。”",
        "二、增加一条，作为第十条：", "“第十条 丙。”", "三、删去第九条。", "本决定自2024年1月1日起施行。",
    )  # fmt: skip
    assert [(a["eid"], a["number"]) for a in found["articles"]] == [
        ("art_1", "一"), ("art_2", "二"), ("art_3", "三"),
    ]  # fmt: skip
    assert found["counts"]["item"] == 0
    assert [c["text"] for c in found["closing"]] == ["本决定自2024年1月1日起施行。"]
    assert found["metadata"]["effective"] == "2024-01-01"


def test_an_interpretation_with_headings_over_articles() -> None:
    found = law(
        "关于某案件的解释", "为审理案件，制定本解释。", "一、一般规定", "第一条 甲。", "二、质押", "（一）动产质押",
        "第二条 乙。", "（二）权利质押", "第三条 【期间】丙。",
    )  # fmt: skip
    assert [(d["eid"], d["number"], d["title"]) for d in found["divisions"]] == [
        ("dvs_1", "一", "一般规定"), ("dvs_2", "二", "质押"), ("dvs_2__sdv_1", "（一）", "动产质押"),
        ("dvs_2__sdv_2", "（二）", "权利质押"),
    ]  # fmt: skip
    assert found["counts"]["item"] == 0
    assert found["articles"][2]["title"] == "期间"


def test_what_points_are() -> None:
    def found(*lines: str) -> str:
        reading = reading_from_witness(witness_from_text("\n".join(lines), name="x"))
        return points_are(headings_from_tokens(tokens_from_reading(reading)))

    assert found("一、甲。", "二、乙。") == "article"
    assert found("第一条 如下：", "一、甲；", "二、乙。") == "item"
    assert found("一、一般规定", "第一条 甲。", "二、其他", "第二条 乙。") == "heading"


ANNOUNCED = """某省人民代表大会常务委员会公告
（第{n}号）
《某省{x}条例》已由某省人民代表大会常务委员会通过，现予公布。
某省人民代表大会常务委员会
2023年12月29日
某省{x}条例
（2023年12月29日某省第十四届人民代表大会常务委员会通过）
第一条 甲。
第二条 本条例自2024年3月1日起施行。"""


def test_several_laws() -> None:
    found = laws(ANNOUNCED.format(n=12, x="甲"), ANNOUNCED.format(n=13, x="乙"))
    assert [f["title"] for f in found] == ["某省甲条例", "某省乙条例"]
    assert [len(f["announcements"]) for f in found] == [5, 5]
    assert [f["lines"]["total"] for f in found] == [9, 9]


def test_a_decision_with_the_law_as_it_now_stands() -> None:
    found = laws(
        "关于修改《某条例》的决定", "一、删去第二条。", "本决定自公布之日起施行。", "附：", "某条例",
        "（2010年1月1日某会议通过）", "第一条 甲。",
    )  # fmt: skip
    assert [(f["title"], f["counts"]["article"]) for f in found] == [
        ("关于修改《某条例》的决定", 1), ("某条例", 1),
    ]  # fmt: skip


def test_annexes_and_tables() -> None:
    found = law(
        "某法", "第一条 税率如下：", "| 级 | 率 |", "|---|---|", "| 1 | 3% |", "前款所称率为年率。", "附件1", "标准",
        "| 甲 |  |", "附件2：", "一、说明",
    )  # fmt: skip
    (article,) = found["articles"]
    table = article["paragraphs"][1]
    assert (table["kind"], table["rows"]) == ("table", [["级", "率"], ["1", "3%"]])
    assert [a["heading"] for a in found["annexes"]] == ["附件1", "附件2："]
    assert [b["kind"] for b in found["annexes"][0]["blocks"]] == ["paragraph", "table"]
    assert found["annexes"][0]["blocks"][1]["rows"] == [["甲", ""]]
    assert found["counts"]["annex"] == 2
    assert found["counts"]["article"] == 1


def test_a_list_of_annexes_is_none_of_them() -> None:
    found = law(
        "某办法", "第一条 甲。", "附件：1．申请表", "2．名录", "某市人民政府", "2020年1月1日", "附件1", "申请表",
        "附件2", "名录",
    )  # fmt: skip
    assert [(a["eid"], a["heading"]) for a in found["annexes"]] == [
        ("annex_1", "附件1"), ("annex_2", "附件2"),
    ]  # fmt: skip
    assert [block["text"] for block in found["closing"]] == [
        "附件：1．申请表", "2．名录", "某市人民政府", "2020年1月1日",
    ]  # fmt: skip
    for head, first in (
        (("附：1．申请表", "2．名录"), "附件一"),
        (("附：", "申请表"), "附件1"),
        (("附表：申请表",), "附表"),
        (("附图：1．某图",), "附图1"),
    ):
        found = law("某办法", "第一条 甲。", *head, first, "第一栏 乙。")
        assert [a["heading"] for a in found["annexes"]] == [first]
        assert [block["text"] for block in found["closing"]] == [*head]
    alone = law("某办法", "第一条 甲。", "附件：1．申请表", "2．名录")
    assert [a["heading"] for a in alone["annexes"]] == ["附件：1．申请表"]


def test_an_article_that_is_spoken_of_in_the_genitive() -> None:
    """第十九條之罪 at the beginning of a paragraph was an article of its own."""
    lines = ("第 1 條", "甲。", "第 2 條", "乙。", "第一條之罪，得免除其刑。", "第 3 條", "丙。")
    found = law("某防制法", *lines)["articles"]
    assert [(a["eid"], len(a["paragraphs"])) for a in found] == [
        ("art_1", 1),
        ("art_2", 2),
        ("art_3", 1),
    ]


def test_an_article_that_is_spoken_of_in_other_numerals_than_those_of_the_heads() -> None:
    """第四條申請案 at the beginning of a paragraph was an article, in a law of 第 7 條."""
    lines = ("第 1 條", "甲。", "第 2 條", "乙。", "第一條申請案經審核者，丙。", "第三條", "丁。")
    found = law("某管理辦法", *lines)["articles"]
    assert [(a["eid"], len(a["paragraphs"])) for a in found] == [
        ("art_1", 1),
        ("art_2", 2),
        ("art_3", 1),
    ]


def test_a_number_printed_twice() -> None:
    found = law("某条例", "第一条 甲。", "第一条 乙。", "第二条 丙。")
    assert [a["eid"] for a in found["articles"]] == ["art_1", "art_u1", "art_2"]


def test_a_text_of_no_law() -> None:
    found = law("某项标准", "范围", "本标准规定方法。")
    assert found["articles"] == []
    assert [o["text"] for o in found["other"]] == ["范围", "本标准规定方法。"]


def test_a_stop_behind_the_number_of_an_article_is_no_text() -> None:
    found = law(
        "某法", "第一条.甲。", "第二条．乙。", "第三条：丙。", "第四条、丁。", "第五条...戊。"
    )
    assert [(a["number"], a["paragraphs"][0]["text"]) for a in found["articles"]] == [
        ("第一条", "甲。"),
        ("第二条", "乙。"),
        ("第三条", "丙。"),
        ("第四条", "丁。"),
        ("第五条", "...戊。"),
    ]
    assert found["lines"]["unaccounted"] == 0
