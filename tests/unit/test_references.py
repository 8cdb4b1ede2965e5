from __future__ import annotations

import pytest

from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.parser.references import Reference, references_in
from duizhao.sources.witness import witness_from_text

BASE = (
    "某市公园条例", "第一章 总则", "第一条 甲。", "乙。", "丙：", "（一）丁；", "（二）戊；", "（三）己。", "第二条 庚。",
    "第二条之一 辛。", "第二章 罚则", "第三条 壬。",
)  # fmt: skip


def references(*lines: str, base: tuple[str, ...] = BASE) -> list[Reference]:
    text = "\n".join((*base, *lines))
    reading = reading_from_witness(witness_from_text(text, name="x"))
    (edition,) = editions_from_reading(reading).editions
    return [r for place, r in references_in(edition) if place.article not in ("1", "2", "2-1", "3")]


def found(*lines: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(r.text, r.kind, r.targets) for r in references(*lines)]


ITEM = "art_1__para_3__point_"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("违反本条例第二条规定", [("本条例第二条", "internal", ("art_2",))]),
        ("违反第一条第三款第二项规定", [("第一条第三款第二项", "internal", (f"{ITEM}2",))]),
        ("违反第一条第（二）项规定", [("第一条第（二）项", "internal", (f"{ITEM}2",))]),
        ("违反第二条之一规定", [("第二条之一", "internal", ("art_2-1",))]),
        (
            "违反第一条、第二条和第三条规定",
            [(t, "internal", (e,)) for t, e in (("第一条", "art_1"), ("第二条", "art_2"), ("第三条", "art_3"))],
        ),
        (
            "违反第一条第一款、第二款规定",
            [("第一条第一款", "internal", ("art_1__para_1",)), ("第二款", "internal", ("art_1__para_2",))],
        ),
        ("违反第一条至第三条规定", [("第一条至第三条", "internal", ("art_1", "art_2", "art_2-1", "art_3"))]),
        (
            "违反第一条第三款第一项至第三项规定",
            [("第一条第三款第一项至第三项", "internal", (f"{ITEM}1", f"{ITEM}2", f"{ITEM}3"))],
        ),
        ("违反第一条第三款第一、三项规定", [("第一条第三款第一、三项", "internal", (f"{ITEM}1", f"{ITEM}3"))]),
        ("违反第一条第一至三项规定", [("第一条第一至三项", "internal", (f"{ITEM}1", f"{ITEM}2", f"{ITEM}3"))]),
        ("违反本条例第九十条规定", [("本条例第九十条", "dangling", ())]),
        ("违反第一条第九款规定", [("第一条第九款", "dangling", ())]),
        ("违反第一条第三款第九项规定", [("第一条第三款第九项", "dangling", ())]),
        ("依照刑法第二百条处罚", [("第二百条", "external", ())]),
        ("依照《中华人民共和国刑法》第二百条、第二百零一条处罚", [
            ("《中华人民共和国刑法》第二百条", "external", ()), ("第二百零一条", "external", ())]),
        ("依照《某办法》处罚", [("《某办法》", "external", ())]),
        ("依照《某市公园条例》第二条处罚", [("《某市公园条例》第二条", "internal", ("art_2",))]),
        ("依照《某办法》处罚的，适用该办法第三条", [("《某办法》", "external", ()), ("该办法第三条", "external", ())]),
        ("适用该办法第三条", [("该办法第三条", "ambiguous", ())]),
        ("适用本章规定", [("本章", "internal", ("chp_2",))]),
        ("适用第一章的规定", [("第一章", "internal", ("chp_1",))]),
        ("前条规定的措施", [("前条", "internal", ("art_3",))]),
        ("前两条规定的措施", [("前两条", "internal", ("art_2-1", "art_3"))]),
        ("前款规定的措施", [("前款", "ambiguous", ())]),
        ("本条规定的措施", [("本条", "internal", ("art_4",))]),
        ("第三方平台、第一类产品、前款项", []),
    ],
)  # fmt: skip
def test_in_one_paragraph(text: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert found(f"第四条 {text}。") == expected


def test_paragraphs_before() -> None:
    lines = (
        "第四条 甲：",
        "（一）乙；",
        "（二）有前项行为的。",
        "丁。",
        "前款、前两款、本条第一款第一项、前款第一项规定的。",
    )
    para = "art_4__para_"
    assert found(*lines) == [
        ("前项", "internal", (f"{para}1__point_1",)),
        ("前款", "internal", (f"{para}2",)),
        ("前两款", "internal", (f"{para}1", f"{para}2")),
        ("本条第一款第一项", "internal", (f"{para}1__point_1",)),
        ("前款第一项", "ambiguous", ()),
    ]


def test_what_is_not_there_is_not_led_to() -> None:
    """前款 where no article is, 前项 where that item is lost, an item that a range passes over."""
    loose = references(
        "第一条 某章的话。", base=("某市公园条例", "第一章 总则", "甲。", "前款规定的。")
    )
    assert [r.kind for r in loose] == ["ambiguous"]
    lines = ("第四条 甲：", "（一）乙；", "（三）有前项行为的，依照本条第一项至第三项处理。")
    assert found(*lines) == [
        ("前项", "ambiguous", ()),
        ("本条第一项至第三项", "internal", ("art_4__para_1__point_1", "art_4__para_1__point_3")),
    ]
    assert found("第四条 依照第一条第一款至第九款处理。") == [
        ("第一条第一款至第九款", "dangling", ()),
    ]


def test_a_bare_item_after_another_article_is_not_guessed() -> None:
    lines = (
        "第四条 违反第一条规定的：",
        "（一）违反第一项的，警告；",
        "（二）违反第二项的，罚款。",
    )
    assert [kind for _, kind, _ in found(*lines)] == ["internal", "ambiguous", "ambiguous"]


def test_titles_of_external_laws() -> None:
    (reference,) = references("第四条 构成犯罪的，依照刑法第二百条处罚。")
    assert reference.title == "刑法"


def test_spans() -> None:
    text = "违反本条例第二条和《某法》第三条规定"
    found = references(f"第四条 {text}。")
    assert len(found) == 2
    for reference in found:
        assert text[reference.start : reference.end] == reference.text


def test_an_amending_decision_speaks_of_another_law() -> None:
    base = ("关于修改《某法》的决定",)
    assert [r.kind for r in references("一、第三条修改为：", "二、删去第四条。", base=base)] == []


SECTIONS = (
    "某市公园条例", "第一章 总则", "第一节 甲", "第一条 甲。", "乙。", "第二节 乙", "第二条 丙。",
    "第二章 罚则", "第一节 甲", "第三条 丁。", "第二节 乙",
)  # fmt: skip


def led(text: str) -> list[tuple[str, ...]]:
    """Where the citations of article 4, in section 2 of chapter 2, lead."""
    return [r.targets for r in references(f"第四条 {text}。", base=SECTIONS)]


def test_a_section_is_of_the_chapter_named_before_it() -> None:
    """第一章第二节 led to section 2 of the chapter in which it was said."""
    assert led("依照本条例第一章第二节") == [("chp_1",), ("chp_1__sec_2",)]
    assert led("本章第一节、第二节的") == [("chp_2",), ("chp_2__sec_1",), ("chp_2__sec_2",)]
    assert led("第一章第一节和第二节、第二章第一节的") == [
        ("chp_1",), ("chp_1__sec_1",), ("chp_1__sec_2",), ("chp_2",), ("chp_2__sec_1",),
    ]  # fmt: skip
    assert led("第九章第一节、第一章第九节的") == [(), (), ("chp_1",), ()]
    assert led("第一节的") == [("chp_2__sec_1",)]


def test_a_paragraph_of_the_article_before() -> None:
    """前条第一款 led to the article in which it was said."""
    lines = (
        "第四条 丙。",
        "丁：",
        "（一）戊；",
        "（二）己。",
        "第五条 前条第一款、前条第二项、前两条第一款的。",
    )
    assert [(r.text, r.targets) for r in references(*lines)] == [
        ("前条第一款", ("art_4__para_1",)),
        ("前条第二项", ("art_4__para_2__point_2",)),
        ("前两条第一款", ()),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("依照香港特别行政区基本法第二条", "香港特别行政区基本法"),
        ("《民法典》总则编第二条", "民法典"),
        ("民法典合同编第一章第二条", "民法典"),
        ("《某法》的第二条", "某法"),
        ("某法（以下称主法）第二条", "某法"),
        ("依照科学技术普及法第二条", "科学技术普及法"),
        ("适用涉外民事关系法律适用法第二条", "涉外民事关系法律适用法"),
        ("依照民法通则第二条", "民法通则"),
        ("依照联合国宪章第二条", "联合国宪章"),
        ("本规定所称信息属于民法典第二条", "民法典"),
    ],
)
def test_an_article_of_another_law_does_not_lead_here(text: str, title: str) -> None:
    (*_, found) = references(f"第四条 {text}规定的。")
    assert (found.kind, found.title, found.named[0]) == ("external", title, "2")


@pytest.mark.parametrize(
    "text",
    ["人数超过本实施细则", "违反本暂行办法", "依照本自治条例", "违反本条例规定", "泄漏造成本法"],
)
def test_what_the_law_calls_itself(text: str) -> None:
    (found,) = references(f"第四条 {text}第二条。")
    assert (found.kind, found.targets) == ("internal", ("art_2",))
    assert references("第四条 符合基本条款的，资本项下的。") == []
    assert references("第四条 双方根据本条约引渡，本条款自签字时适用。") == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("依照中华人民共和国刑法", "中华人民共和国刑法"),
        ("依照对外贸易法", "对外贸易法"),
        ("依照中外合资经营企业法", "中外合资经营企业法"),
        ("适用海南自由贸易港法", "海南自由贸易港法"),
        ("依照企业国有资产法", "企业国有资产法"),
        ("依照土地管理法实施条例", "土地管理法实施条例"),
        ("原告仅以公司法", "公司法"),
        ("除招标投标法", "招标投标法"),
        ("债务人有企业破产法", "企业破产法"),
        ("隐瞒本人实施刑法", "刑法"),
        ("一审时被告未基于婚姻法", "婚姻法"),
        ("不得违背香港特别行政区基本法", "香港特别行政区基本法"),
        ("上述拆解应当视为专利法", "专利法"),
        ("经营者实施了反垄断法", "反垄断法"),
        ("登记机关未履行慈善法", "慈善法"),
        ("此项转让不影响合伙企业法", "合伙企业法"),
        ("全会关于刑法", "刑法"),
        ("学校犯刑法", "刑法"),
        ("依照预防未成年人犯罪法", "预防未成年人犯罪法"),
        ("违反环境影响评价法", "环境影响评价法"),
        ("违反人工影响天气管理条例", "人工影响天气管理条例"),
        ("构成反有组织犯罪法", "反有组织犯罪法"),
        ("根据见义勇为人员保护条例", "见义勇为人员保护条例"),
    ],
)
def test_the_name_of_a_law_without_marks(text: str, title: str) -> None:
    """What stands before a law's name is no part of it, and nothing of it is cut off."""
    (found,) = references(f"第四条 {text}第二条规定的。")
    assert (found.kind, found.title) == ("external", title)


def test_what_is_below_an_article_of_a_law_in_traditional_characters_is_not_guessed() -> None:
    """第二款 of 第一條第一項第二款, an item there, led to paragraph 2 of the article it stood in."""
    base = ("某公園管理規則", "第一章 總則", "第一條　甲。", "第二條　乙。", "第三條　丙。")
    lines = ("第四條　丁。", "戊。", "依第一條第一項第二款、前款及第二款規定，適用本章。")
    found = [(r.text, r.targets) for r in references(*lines, base=base) if r.targets]
    assert found == [("本章", ("chp_1",))]


TAIWAN = (
    "某公園管理規則", "第一章 總則", "第一條　甲。", "前項所稱乙，指下列各款：", "一、丙。", "二、丁。", "第二條　戊。",
    "第三條　依某通訊法第七條第一項規定辦理。",
)  # fmt: skip


def led_in_taiwan(text: str) -> list[tuple[str, tuple[str, ...]]]:
    lines = ("第四條　己。", f"庚，{text}。")
    return [(r.text, r.targets) for r in references(*lines, base=TAIWAN)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依第一條第二項第一款", [("第一條第二項第一款", ("art_1__para_2__point_1",))]),
        ("依前項規定", [("前項", ("art_4__para_1",))]),
        ("依前條規定", [("前條", ("art_3",))]),
        ("依本規則第一條及第二條", [("本規則第一條", ("art_1",)), ("第二條", ("art_2",))]),
        ("第一條第二項第一款至第二款", [("第一條第二項第一款至第二款", ("art_1__para_2__point_1", "art_1__para_2__point_2"))]),
        ("適用本章規定", [("本章", ("chp_1",))]),
    ],
)  # fmt: skip
def test_a_law_of_taiwan_is_read_by_its_own_levels(
    text: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    """第X條, 項 and 款 were no citations; 項 is a paragraph there and 款 an item."""
    assert led_in_taiwan(text) == expected


def test_another_law_of_taiwan_is_named_as_it_is_written() -> None:
    base = ("某規則", "第一條　甲。", "第二條　前項所稱。", "前項所稱。")
    (found,) = references("第四條　準用某電信條例第七條第一項第二款。", base=base)
    assert (found.kind, found.title, found.named) == ("external", "某電信條例", ("7", "1", "2"))


def test_a_law_in_traditional_characters_that_has_the_levels_of_the_mainland() -> None:
    base = ("某條例", "第一條　甲。", "乙：", "（一）丙；", "（二）丁。")
    found = references("第四條　依第一條第二款第（二）項。", base=base)
    assert [(r.text, r.targets) for r in found] == [
        ("第一條第二款第（二）項", ("art_1__para_2__point_2",))
    ]


def test_a_law_that_does_not_say_how_it_names_its_levels_is_not_guessed_at() -> None:
    base = ("某條例", "第一條　甲。", "乙：", "（一）丙；", "（二）丁。")
    found = references("第四條　戊。", "依第一款、第一項。", base=base)
    assert [r.targets for r in found if r.targets] == []


@pytest.mark.parametrize(
    "text",
    [
        "某所得税法第一条所称净值和⟦第二条⟧所称财产",
        "依照刑法第九条第一款的规定和⟦第二条⟧的规定",
        "依照刑法第九条前段、⟦第二条⟧",
    ],
)
def test_what_goes_on_a_list_of_another_law_does_not_lead_here(text: str) -> None:
    """企业所得税法第十六条所称净值和第十九条所称净值: the second led to article 19 of the regulations."""
    plain = text.replace("⟦", "").replace("⟧", "")
    found = references(f"第四条 {plain}。")
    assert [r.targets for r in found if r.start == text.index("⟦")] == [()]


def test_the_same_article_is_that_which_was_named() -> None:
    assert [r.targets for r in references("第四条 辛。", "壬，依照该条第一款处理。")] == [()]
