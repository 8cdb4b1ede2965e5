from __future__ import annotations

from typing import Any

import pytest
from tests.parsed import law

from duizhao.editing.parse_json import parse_json
from duizhao.parser.metadata import (
    effective_in,
    events_from_note,
    iso_date,
    kind_of_law,
    region_of,
)
from duizhao.sources.witness import witness_from_text


def metadata(*lines: str) -> dict[str, Any]:
    found = parse_json(witness_from_text("\n".join(lines), name="x"))
    result: dict[str, Any] = found["laws"][0]["metadata"]
    return result


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024年9月26日", "2024-09-26"), ("2024 年 9 月 26 日", "2024-09-26"),
        ("中華民國108年6月5日", "2019-06-05"), ("民国三十六年元月一日", "1947-01-01"),
        ("一九八二年十二月四日", "1982-12-04"), ("二〇二四年一月一日", "2024-01-01"),
        ("二00一年二月十四日", "2001-02-14"), ("二O一0年五月三日", "2010-05-03"),
        ("2024年13月1日", ""), ("2024年9月", ""), ("", ""),
        ("2024年2月29日", "2024-02-29"), ("2019年2月29日", ""), ("2020年2月31日", ""),
        ("0000年1月1日", ""),
    ],
)  # fmt: skip
def test_dates(text: str, date: str) -> None:
    assert iso_date(text) == date


def test_a_day_that_is_none_is_no_date_of_the_law() -> None:
    law = ("某市公园条例", "（2019年2月30日通过）", "第一条　本条例自2020年2月31日起施行。")
    found = metadata(*law)
    assert (found["adopted"], found["effective"], found["effective_rule"]) == ("", "", "")


def events(note: str) -> list[tuple[str, str, str]]:
    return [(e.kind, e.date, e.organ) for e in events_from_note(note)]


STANDING = "全国人民代表大会常务委员会"


def test_adopted_and_amended() -> None:
    note = (
        "（2016年3月16日第十二届全国人民代表大会第四次会议通过　根据2023年12月29日第十四届全国人民代表大会"
        "常务委员会第七次会议《关于修改〈某法〉的决定》修正　2024年1月2日第十四届全国人民代表大会常务委员会修订）"
    )
    assert events(note) == [
        ("adopted", "2016-03-16", "全国人民代表大会"),
        ("amended", "2023-12-29", STANDING),
        ("revised", "2024-01-02", STANDING),
    ]


def test_adopted_approved_in_force() -> None:
    note = "2004年6月23日 某市第十二届人民代表大会常务委员会第九次会议通过并经2004年7月30日东海省人民代表大会常务委员会批准 自2004年9月1日起施行"
    assert events(note) == [
        ("adopted", "2004-06-23", "某市人民代表大会常务委员会"),
        ("approved", "2004-07-30", "东海省人民代表大会常务委员会"),
        ("effective", "2004-09-01", ""),
    ]


@pytest.mark.parametrize("between", ["并经", "\n", "，"])
def test_what_a_city_amends_the_province_approves(between: str) -> None:
    note = (
        "2016年6月28日 某市第四届人民代表大会常务委员会第二十八次会议通过\n2016年7月29日 东海省人民代表大会常务委员会批准\n"
        f"2018年8月29日 某市第五届人民代表大会常务委员会第九次会议通过{between}2018年11月29日 东海省人民代表大会常务委员会"
        "批准的《某市人民代表大会常务委员会关于修改〈甲条例〉等九件地方性法规的决定》修正"
    )
    found = metadata("甲条例", *note.split("\n"), "第一条 甲。")["events"]
    assert [(e["kind"], e["date"], e["organ"]) for e in found] == [
        ("adopted", "2016-06-28", "某市人民代表大会常务委员会"),
        ("approved", "2016-07-29", "东海省人民代表大会常务委员会"),
        ("amended", "2018-08-29", "某市人民代表大会常务委员会"),
        ("approved", "2018-11-29", "东海省人民代表大会常务委员会"),
    ]


def test_the_adoption_of_a_law_stays_though_its_amendment_tells_the_approval_alone() -> None:
    note = "（2016年6月28日某市人民代表大会常务委员会通过 2018年11月29日东海省人民代表大会常务委员会批准的《关于修改甲条例的决定》修正）"
    found = metadata("甲条例", note, "第一条 甲。")["events"]
    assert [e["kind"] for e in found] == ["adopted", "amended"]


def test_acts_that_amend_a_law_one_after_another() -> None:
    note = (
        "（1979年7月1日某会议通过　根据1998年12月29日某会议通过的《关于惩治甲的决定》、1999年12月25日某会议通过的"
        "《某法修正案》和2009年8月27日某会议通过的《关于修改〈某法〉的决定》修正）"
    )
    found = events_from_note(note)
    assert [e.kind for e in found] == ["adopted", "amended", "amended", "amended"]
    assert found[2].text.endswith("《某法修正案》")


@pytest.mark.parametrize("line", ["\n", "、"])
def test_two_bodies_on_two_lines(line: str) -> None:
    note = f"2018年7月30日 最高人民法院审判委员会第1745次会议{line}2018年10月19日 最高人民检察院第十三届检察委员会第七次会议通过"
    found = metadata("最高人民法院、最高人民检察院关于某事的解释", *note.split("\n"), "第一条 甲。")
    assert [e["kind"] for e in found["events"]] == ["adopted", "adopted"]
    assert found["adopted"] == "2018-07-30"


def test_a_title_that_is_printed_as_it_is_cited() -> None:
    found = metadata("《东海市公园条例》", "第一条 甲。")
    assert (found["kind"], found["region"]) == ("local-regulation", "东海市")


def test_two_bodies_one_word() -> None:
    note = "2013年9月5日最高人民法院审判委员会第1589次会议、2013年9月2日最高人民检察院第十二届检察委员会第9次会议通过，自2013年9月10日起施行"
    assert [e[0] for e in events(note)] == ["adopted", "adopted", "effective"]


@pytest.mark.parametrize(
    ("title", "organ", "kind"),
    [
        ("中华人民共和国慈善法", "", "law"),
        ("某市实施《慈善法》办法", "某市人民代表大会常务委员会", "local-regulation"),
        ("保安服务管理条例", "国务院", "administrative-regulation"),
        ("西藏自治区优化营商环境条例", "", "local-regulation"),
        ("最高人民法院关于适用某法的解释", "", "judicial-interpretation"),
        ("关于修改《某法》的决定", STANDING, "decision"),
        ("某办法", "公安部", "rule"),
        ("某办法（试行）", "", ""),
        ("學校某電臺設置使用管理辦法", "", ""),
        ("电信法", "", "law"),
        ("电力价格核算方法", "", ""),
        ("国务院关于同意设立某新区的批复", "国务院", ""),
        ("最高人民法院关于某问题的批复", "", "judicial-interpretation"),
        ("某市人民代表大会常务委员会任免名单", "某市人民代表大会常务委员会", ""),
        ("国务院办公厅关于某事的实施方案", "国务院办公厅", ""),
        ("某总局关于某事的公告", "某总局", ""),
        ("某部关于某事的通知", "某部", ""),
        ("国务院关于某事的通知", "国务院", "administrative-regulation"),
        ("中国共产党某条例", "中共中央政治局", ""),
        ("某工作条例", "中共中央、国务院", "administrative-regulation"),
    ],
)
def test_kinds(title: str, organ: str, kind: str) -> None:
    assert kind_of_law(title, organ) == kind


@pytest.mark.parametrize(
    ("title", "organ", "region"),
    [
        ("西藏自治区优化营商环境条例", "", "西藏自治区"),
        ("某条例", "上海市人民代表大会常务委员会", "上海市"),
        ("酉阳土家族苗族自治县城镇管理条例", "", "酉阳土家族苗族自治县"),
        ("中华人民共和国慈善法", "全国人民代表大会", ""),
        ("市场监督管理办法", "国家市场监督管理总局", ""),
    ],
)
def test_regions(title: str, organ: str, region: str) -> None:
    assert region_of(title, organ) == region


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本条例自2024年9月1日起施行。", ("2024-09-01", "")),
        ("本条例自公布之日起施行。", ("", "on promulgation")),
        ("本规定自一九五七年六月一日起实行。", ("1957-06-01", "")),
        ("本办法自下发之日起实行。", ("", "on promulgation")),
        ("本规定从发布之日起施行。", ("", "on promulgation")),
        ("本自治條例自公布日施行。", ("", "on promulgation")),
        ("本办法从一九八三年元月一日起试行。", ("1983-01-01", "")),
        ("本规定于2002年3月1日起施行。", ("2002-03-01", "")),
        ("2001年1月1日施行、于2002年1月1日废止的规定。", ("", "")),
        ("本条例自公布之日起三十日后施行。", ("", "after promulgation")),
        ("本办法自印发之日起立即施行。", ("", "on promulgation")),
        ("本办法自发布之日起即实施。", ("", "on promulgation")),
        ("2001年1月1日起施行的《甲条例》同时废止。", ("", "")),
        ("《甲条例》自2001年1月1日起施行。本条例自2024年9月1日起施行。", ("2024-09-01", "")),
        ("甲。", ("", "")),
    ],
)
def test_effective(text: str, found: tuple[str, str]) -> None:
    assert effective_in(text) == found


def test_of_a_whole_law() -> None:
    found = metadata(
        "东海省人民代表大会常务委员会公告", "〔2024〕11号",
        "《东海省甲条例》已由东海省第十二届人民代表大会常务委员会第十次会议于2024年9月26日通过，现予公布，自2024年12月1日起施行。",
        "东海省人民代表大会常务委员会", "2024年9月27日", "东海省甲条例",
        "（2024年9月26日东海省第十二届人民代表大会常务委员会第十次会议通过）", "第一条 甲。",
        "第二条 本条例自2024年12月1日起施行。",
    )  # fmt: skip
    assert {k: v for k, v in found.items() if k != "events"} == {
        "kind": "local-regulation", "organ": "东海省人民代表大会常务委员会", "region": "东海省",
        "adopted": "2024-09-26", "promulgated": "2024-09-27", "effective": "2024-12-01",
        "effective_rule": "", "document_number": "〔2024〕11号", "status": "",
    }  # fmt: skip


ORDERS = [
    (
        "中华人民共和国主席令", "第五十八号",
        "已由中华人民共和国第十三届全国人民代表大会常务委员会第二十三次会议于2020年10月17日通过",
        ("中华人民共和国主席令第五十八号", "全国人民代表大会常务委员会", "2020-10-17"),
    ),
    (
        "中华人民共和国国务院令", "（第639号）", "已经2013年7月26日国务院第19次常务会议通过",
        ("中华人民共和国国务院令第639号", "国务院", "2013-07-26"),
    ),
    (
        "中华人民共和国交通运输部令", "2021年第11号", "已于2021年6月2日经第15次部务会议通过",
        ("中华人民共和国交通运输部令2021年第11号", "交通运输部", "2021-06-02"),
    ),
    (
        "东海省人民代表大会常务委员会公告", "（十三届）第45号",
        "已由东海省第十三届人民代表大会常务委员会第十次会议于2021年3月26日通过",
        (
            "东海省人民代表大会常务委员会公告（十三届）第45号",
            "东海省人民代表大会常务委员会", "2021-03-26",
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("head", "number", "passed", "expected"), ORDERS)
def test_an_order_gives_its_number_the_organ_and_the_day(
    head: str, number: str, passed: str, expected: tuple[str, str, str]
) -> None:
    said = f"《某条例》{passed}，现予公布，自2022年1月1日起施行。"
    found = metadata(head, number, said, "2021年6月7日", "某条例", "第一条 甲。")
    assert (found["document_number"], found["organ"], found["adopted"]) == expected


def test_a_law_is_not_adopted_with_the_decision_that_amends_it() -> None:
    said = "《国务院关于修改〈某条例〉的决定》已经2021年6月2日国务院第3次常务会议通过，现予公布。"
    order = ("国务院令", "第5号", said, "2021年6月7日")
    found = metadata(*order, "某条例", "第一条 甲。")
    assert (found["organ"], found["adopted"]) == ("国务院", "")
    found = metadata(*order, "国务院关于修改〈某条例〉的决定", "一、甲。")
    assert (found["organ"], found["adopted"]) == ("国务院", "2021-06-02")


def test_the_number_of_an_order_in_a_note_may_have_a_year() -> None:
    found = metadata("某规定", "（2021年6月7日交通运输部令2021年第11号公布）", "第一条 甲。")
    assert found["document_number"] == "交通运输部令2021年第11号"


def test_the_organ_that_a_collection_prints_below_the_title() -> None:
    assert metadata("某省规章制定办法", "某省人民政府", "第一条 甲。")["organ"] == "某省人民政府"
    found = metadata("东海市章程办法", "某省东海市人民政府", "东海市章程办法", "第一条 甲。")
    assert (found["organ"], found["region"], found["kind"]) == ("东海市人民政府", "东海市", "rule")


def test_the_organ_that_a_title_names() -> None:
    assert metadata("国务院关于印章管理的规定", "一、甲。")["organ"] == "国务院"
    assert metadata("最高人民法院关于适用某法的解释", "第一条 甲。")["organ"] == "最高人民法院"


@pytest.mark.parametrize("between", ["、", "　", "\n"])
def test_organs_that_made_a_law_together_are_all_named(between: str) -> None:
    title = f"最高人民法院{between}最高人民检察院{between.strip('、')}关于适用某法的解释"
    note = "2012年7月9日最高人民法院审判委员会第1552次会议、2012年9月12日最高人民检察院第十一届检察委员会第79次会议通过"
    found = metadata(*title.split("\n"), f"（{note}）", "第一条 甲。")
    assert found["organ"] == "最高人民法院、最高人民检察院"
    assert found["kind"] == "judicial-interpretation"


def test_in_force_on_promulgation() -> None:
    found = metadata(
        "某条例",
        "1990年1月2日 国务院令第46号发布",
        "第一条 甲。",
        "第二条 本条例自发布之日起施行。",
    )
    assert (found["effective"], found["effective_rule"]) == ("1990-01-02", "on promulgation")
    assert found["document_number"] == "国务院令第46号"


def test_repealed() -> None:
    found = metadata("某条例", "1990年1月2日 国务院发布 2001年1月1日 国务院废止", "第一条 甲。")
    assert found["status"] == "repealed"


def test_a_notice_gives_the_organ_the_number_and_the_day() -> None:
    found = metadata(
        "某省某市人民政府关于印发某省某市公园管理办法的通知", "（某政〔1997〕33号）", "各区：", "现印发给你们。",
        "一九九七年六月三日", "某省某市公园管理办法", "第一条 甲。", "第二条 本办法自发布之日起施行。",
    )  # fmt: skip
    assert (found["organ"], found["document_number"]) == ("某省某市人民政府", "某政〔1997〕33号")
    assert (found["kind"], found["promulgated"], found["effective"]) == (
        "rule", "1997-06-03", "1997-06-03",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "effective"),
    [("国务院批准", "1980-05-09"), ("通过", "1980-05-01"), ("文书收到", "")],
)
def test_in_force_from_what_the_note_tells(words: str, effective: str) -> None:
    found = metadata(
        "关于某事的规定", "1980年5月1日某委员会通过", "1980年5月9日国务院批准", "第一条 甲。",
        f"第二条 本规定自{words}之日起施行。",
    )  # fmt: skip
    assert found["effective"] == effective


@pytest.mark.parametrize("issuer", ["最高人民法院以", "最高人民法院", ""])
def test_the_number_of_a_paper_is_without_its_issuer(issuer: str) -> None:
    found = metadata("某解答", f"1993年8月7日 {issuer}法发〔1993〕15号通知印发", "一、甲。")
    assert found["document_number"] == "法发〔1993〕15号"


@pytest.mark.parametrize("between", [" ", "　", "\n"])
def test_organs_that_stand_below_each_other_are_told_apart(between: str) -> None:
    found = metadata("某办法", f"1984年1月7日 国务院{between}中央军委发布", "第一条 甲。")
    assert found["organ"] == "国务院、中央军委"
    (event,) = found["events"]
    assert event["text"] == "1984年1月7日国务院中央军委发布"
    (event,) = metadata("某办法", "1989年1月3日 国务院 批准", "第一条 甲。")["events"]
    assert event["organ"] == "国务院"


@pytest.mark.parametrize(
    ("lines", "organ", "number"),
    [
        (["交通运输部令2021年第16号", "现公布《某规定》。", "2021年8月11日", "某规定"], "交通运输部",
         "交通运输部令2021年第16号"),
        (["中华人民共和国国务院令第588号", "现公布《某规定》。", "2021年8月11日", "某规定"], "国务院",
         "中华人民共和国国务院令第588号"),
        (["财政部　税务总局", "关于某事的公告", "2023年第12号", "现公告如下："], "财政部、税务总局",
         "2023年第12号"),
    ],
)  # fmt: skip
def test_organs_whose_order_has_its_number_in_one_line(
    lines: list[str], organ: str, number: str
) -> None:
    closing = ["特此公告。", "财政部　税务总局", "2023年8月2日"] if "公告" in lines[1] else []
    text = "\n".join([*lines, "一、甲。", "二、本公告自2024年1月1日起施行。", *closing])
    found = parse_json(witness_from_text(text, name="t.txt"))["laws"][0]["metadata"]
    assert (found["organ"], found["document_number"]) == (organ, number)


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("1994年4月22日 法发〔1994〕9号", "法发〔1994〕9号"),
        ("1994年4月22日 法（办）发〔1994〕9号", "法（办）发〔1994〕9号"),
        ("1984年6月15日 〔84〕法研字第9号", "〔84〕法研字第9号"),
    ],
)
def test_date_and_number_below_a_title_are_those_of_its_paper(head: str, number: str) -> None:
    """The day was an event without a name, and the notice had neither day nor effect."""
    lines = [
        "最高人民法院、国家计委关于某事的通知",
        head,
        "各法院：",
        "一、甲。",
        "本通知自下达之日起执行。",
    ]
    found = law(*lines)["metadata"]
    assert (found["organ"], found["document_number"]) == ("最高人民法院、国家计委", number)
    dates = [iso_date(head)] * 2
    assert [found["promulgated"], found["effective"]] == dates


def test_the_sentence_of_a_resolution_is_no_note() -> None:
    """It stood as the note below the title, and the resolution had no text."""
    said = "1958年9月4日全国人民代表大会常务委员会第一〇〇次会议决定批准某声明。"
    found = law(
        "某会关于批准某声明的决议（附：某声明）",
        "某会关于批准",
        "某声明的决议",
        "（1958年9月4日通过）",
        said,
    )
    assert found["title"] == "某会关于批准某声明的决议（附：某声明）"
    assert found["other"][0]["text"] == said


def test_organs_side_by_side_in_an_order_are_two() -> None:
    order = [
        "国家发展和改革委员会 商务部令",
        "第31号",
        "现予发布，自2022年1月1日起施行。",
        "2021年12月27日",
    ]
    found = law(*order, "某办法", "第一条 甲。", "第二条 本办法自2022年1月1日起施行。")["metadata"]
    assert found["organ"] == "国家发展和改革委员会、商务部"
    note = "（1988年9月23日国务院、中央军委令第14号发布）"
    found = law("某条例", note, "第一条 甲。")["metadata"]
    assert found["document_number"] == "国务院、中央军委令第14号"
