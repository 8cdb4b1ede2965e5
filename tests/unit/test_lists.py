"""What stands between items, and items whose marks were not printed."""

from __future__ import annotations

from tests.parsed import law, shape


def test_as_many_lines_as_marks_are_missing_are_items() -> None:
    (article,) = law(
        "某条例", "第一条 下列情形：", "甲；", "乙；", "（三）丙。", "丁。", "（五）戊。", "己。"
    )["articles"]
    first, second = article["paragraphs"]
    assert [(i["number"], i["eid"][-7:], i["text"]) for i in first["items"]] == [
        ("", "point_1", "甲；"), ("", "point_2", "乙；"), ("（三）", "point_3", "丙。"),
        ("", "point_4", "丁。"), ("（五）", "point_5", "戊。"),
    ]  # fmt: skip
    assert (second["eid"], second["text"]) == ("art_1__para_2", "己。")
    assert law("某条例", "第一条 如下：", "甲；", "乙；", "（三）丙。")["counts"]["item"] == 1


def test_other_lines_than_marks_are_missing_are_none() -> None:
    for lines in (
        ["甲；", "（三）乙。"],
        ["甲；", "乙：", "（三）丙。"],
        ["甲", "乙；", "（三）丙。"],
    ):
        (article,) = law("某条例", "第一条 下列情形：", *lines)["articles"]
        assert article["paragraphs"][0]["items"] == []
        assert article["paragraphs"][-1]["items"][0]["number"] == "（三）"


def test_whole_lines_behind_an_item_are_paragraphs_of_it() -> None:
    (article,) = law(
        "某条例", "第四条 如下：", "（一）甲的开幕；", "乙的开幕；", "（二）鱼类", "海水鱼：丙。", "淡水鱼：丁。",
        "（三）其他", "戊。", "己。",
    )["articles"]  # fmt: skip
    (first, second) = article["paragraphs"]
    assert [(i["text"], [s["text"] for s in i["subitems"]]) for i in first["items"]] == [
        ("甲的开幕；", ["乙的开幕；"]), ("鱼类", ["海水鱼：丙。", "淡水鱼：丁。"]), ("其他", ["戊。"]),
    ]  # fmt: skip
    assert first["items"][1]["subitems"][1]["eid"] == "art_4__para_1__point_2__para_3"
    assert second["text"] == "己。"


def test_the_rest_of_a_broken_line_follows_the_words_that_it_goes_on_with() -> None:
    (article,) = law(
        "某条例", "第一条 如下：", "（一）甲：", "1.擅自占用道路、绿地或者设施的", "场所；", "（二）乙。"
    )["articles"]  # fmt: skip
    (first, _) = article["paragraphs"][0]["items"]
    assert (first["text"], [s["text"] for s in first["subitems"]]) == (
        "甲：", ["擅自占用道路、绿地或者设施的场所；"],
    )  # fmt: skip


def test_law_text_that_an_item_quotes_belongs_to_it() -> None:
    found = law(
        "某省关于修改某条例的决定", "一、对《某条例》作出修改", "（一）将第五条修改为：", "“第五条　甲。", "“乙。”",
        "（二）增加一条，作为第六条：", "“第六条　禁止：", "（一）丙；", "（二）丁。”", "（三）删去第七条。",
        "二、本决定自公布之日起施行。",
    )  # fmt: skip
    one, two = found["articles"]
    assert shape(one) == [
        ("对《某条例》作出修改", [("（一）", ["", ""]), ("（二）", ["", "", ""]), "（三）"], None)
    ]
    assert shape(two) == ["本决定自公布之日起施行。"]
    assert (
        found["counts"] | {"article": 2, "paragraph": 2, "item": 3, "subitem": 0} == found["counts"]
    )
    assert "number-gap" not in [p["code"] for p in found["problems"]]


def test_lines_behind_a_colon_belong_to_the_item_that_it_ends() -> None:
    (article,) = law(
        "某条例", "第一条 下列：", "（一）甲；", "（二）距离如下：", "1—10千伏 5米；", "35千伏 10米。", "乙。"
    )["articles"]  # fmt: skip
    assert shape(article) == [("下列：", ["（一）", ("（二）", ["", ""])], None), "乙。"]


def test_lines_listed_without_marks_are_items_as_laws_cite_them() -> None:
    found = law(
        "某条例", "第一条 税率如下：", "在市区的，7%；", "在县城的，5%；", "其他，1%。", "另行规定的除外。",
        "第二条 按照第一条第三项缴纳。",
    )  # fmt: skip
    one, _ = found["articles"]
    assert shape(one) == [("税率如下：", ["", "", ""], None), "另行规定的除外。"]
    assert [i["eid"][-7:] for i in one["paragraphs"][0]["items"]] == [
        "point_1",
        "point_2",
        "point_3",
    ]
    assert found["counts"] | {"paragraph": 3, "item": 0} == found["counts"]
    assert "reference-dangling" not in [p["code"] for p in found["problems"]]


def test_lines_that_are_whole_sentences_or_listed_within_a_list_stay_paragraphs() -> None:
    meant = ["含义如下：", "甲，是指乙。", "丙，是指丁。"]
    nested = ["编号为：", "其中：", "甲为：", "乙；", "丙；", "丁为地名。"]
    for lines in (meant, nested):
        (article,) = law("某条例", f"第一条 {lines[0]}", *lines[1:])["articles"]
        assert shape(article) == lines


def test_a_list_that_counts_on_below_the_next_item() -> None:
    """3. stood beside （二）, as if it were its third item."""
    (article,) = law(
        "某方案", "一、任务", "（一）甲。", "1.乙。", "2.丙。", "（二）丁。", "3.戊。", "（三）己。", "（四）庚。", "4.辛。",
    )["articles"]  # fmt: skip
    (paragraph,) = article["paragraphs"]
    assert [(i["number"], [s["eid"][-19:] for s in i["subitems"]]) for i in paragraph["items"]] == [
        ("（一）", ["__point_1__indent_1", "__point_1__indent_2"]),
        ("（二）", ["__point_2__indent_3"]),
        ("（三）", []),
        ("（四）", ["__point_4__indent_4"]),
    ]


def test_an_item_that_is_a_heading_where_points_stand_for_articles() -> None:
    """Heading and first line were joined, as if the line had been broken."""
    (article,) = law(
        "某纪要", "一、关于公司纠纷", "（一）关于对赌协议的效力、履行与解除", "甲。", "1.【乙】丙。", "（二）关于股东出资加速到期", "丁。",
        "戊。", "（三）己。",
    )["articles"]  # fmt: skip
    (paragraph,) = article["paragraphs"]
    first, second, third = paragraph["items"]
    assert (first["text"], second["text"], third["text"]) == (
        "关于对赌协议的效力、履行与解除", "关于股东出资加速到期", "己。",
    )  # fmt: skip
    (below,) = first["subitems"]
    assert (below["text"], [i["text"] for i in below["subitems"]]) == ("甲。", ["【乙】丙。"])
    assert [i["text"] for i in second["subitems"]] == ["丁。", "戊。"]


def test_members_one_a_line_are_items_though_commas_divide_them() -> None:
    """宪法第六十五条第二款 was its sixth, and a warning stood at each member."""
    found = law(
        "某法", "第六十五条 常务委员会由下列人员组成：", "委员长，", "副委员长若干人，", "委员若干人。", "其中应当有适当名额的少数民族代表。",
    )  # fmt: skip
    first, second = found["articles"][0]["paragraphs"]
    assert [i["text"] for i in first["items"]] == ["委员长，", "副委员长若干人，", "委员若干人。"]
    assert second["eid"] == "art_65__para_2"
    assert not [p for p in found["problems"] if p["code"] == "paragraph-unfinished"]
    broken = law(
        "某法",
        "第一条 有关规定如下：",
        "公园管理机构应当建立健全巡查制度，发现损坏设施的行为，",
        "应当制止。",
    )
    assert broken["counts"]["item"] == 0


def test_what_an_item_amends_is_listed_below_it_by_whatever_number() -> None:
    """（三） stood beside 2., as if 2. and （三） were one list, and 3. below it."""
    found = law(
        "关于修改《某条例》的决定", "一、对《某条例》的修改", "1.删去第二条。", "2.将第五条第三项修改为：", "（三）甲；",
        "3.增加两项，作为第四项、第五项：", "（四）乙；", "（五）丙；", "二、本决定自2024年1月1日起施行。",
    )  # fmt: skip
    (paragraph,) = found["articles"][0]["paragraphs"]
    below = [(i["number"], [s["number"] for s in i["subitems"]]) for i in paragraph["items"]]
    assert below == [("1.", []), ("2.", ["（三）"]), ("3.", ["（四）", "（五）"])]
    assert found["problems"] == []


def test_what_amends_a_law_further_belongs_to_the_last_item_as_to_those_above() -> None:
    """It was a paragraph of 一 though it amends the law of 2., not all that are listed."""
    found = law(
        "某省人民代表大会常务委员会关于修改部分地方性法规的决定", "一、对下列法规进行修改",
        "1.将《甲条例》第七条修改为：“甲。”", "第九条修改为：“乙。”", "删去第十条。",
        "2.将《丙条例》第七条第一项修改为：“丙；”", "第十条第四项修改为：“丁；”", "删去第十一条。",
        "二、本决定自公布之日起施行。",
    )  # fmt: skip
    (paragraph,) = found["articles"][0]["paragraphs"]
    below = [[part["text"] for part in item["subitems"]] for item in paragraph["items"]]
    assert below == [
        ["第九条修改为：“乙。”", "删去第十条。"],
        ["第十条第四项修改为：“丁；”", "删去第十一条。"],
    ]


def test_a_paragraph_whose_indent_stands_within_the_line_is_one() -> None:
    """Where a copy lost the ends of lines and kept the indents, an article was one paragraph."""
    article, other = law(
        "某条例", "第一条 甲。　　乙如下：　　（一）丙；　　（二）丁。　　前款“戊。　　己。”　　庚。",
        "第二条 辛：", "（一）壬；　　（二）癸。",
    )["articles"]  # fmt: skip
    assert shape(article) == [
        "甲。", ("乙如下：", ["（一）", "（二）"], None), "前款“戊。　　己。”", "庚。",
    ]  # fmt: skip
    assert shape(other) == [("辛：", ["（一）", "（二）"], None)]


def test_classes_told_together_are_no_number_of_an_item() -> None:
    """一、二级海塘… was item 一、 of its own, and the sentence began with 二级海塘."""
    first, second = law(
        "某条例", "第一条 甲。", "一、二级海塘分期实施的，应当报批。", "三、四、五级海塘除外。",
        "第二条 一、二类药品不得零售。",
    )["articles"]  # fmt: skip
    assert shape(first) == ["甲。", "一、二级海塘分期实施的，应当报批。", "三、四、五级海塘除外。"]
    assert shape(second) == ["一、二类药品不得零售。"]
    points = law("某办法", "一、一级医院甲。", "二、二级医院乙。", "三、五年以上的丙。")["articles"]
    assert [article["number"] for article in points] == ["一", "二", "三"]
