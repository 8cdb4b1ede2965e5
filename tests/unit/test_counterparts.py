"""Counterparts: a provision is found again by its words, under whatever number."""

from __future__ import annotations

from duizhao.commands.counterparts import counterparts

PARKS = "公园管理机构应当按照规定开放公园，并公布开放时间。"
LAKES = "任何单位和个人不得向湖泊倾倒垃圾、排放污水。"
ROADS = "市政部门负责城市道路的养护、维修和日常巡查。"
FEES = "停车收费标准由价格主管部门制定并向社会公布。"


def test_an_article_put_in_moves_those_after_it() -> None:
    old = {"art_1__para_1": PARKS, "art_2__para_1": LAKES}
    new = {"art_1__para_1": PARKS, "art_2__para_1": ROADS, "art_3__para_1": LAKES}
    assert counterparts(old, new) == {
        "art_1": "art_1",
        "art_1__para_1": "art_1__para_1",
        "art_3": "art_2",
        "art_3__para_1": "art_2__para_1",
    }


def test_an_article_that_went_to_another_chapter_and_changed() -> None:
    old = {"art_1__para_1": PARKS, "art_2__para_1": LAKES, "art_3__para_1": ROADS}
    new = {
        "art_1__para_1": LAKES,
        "art_2__para_1": ROADS,
        "art_3__para_1": PARKS.replace("应当", "可以"),
    }
    assert [counterparts(old, new)[f"art_{n}"] for n in (1, 2, 3)] == ["art_2", "art_3", "art_1"]


def test_a_paragraph_that_went_to_another_article() -> None:
    old = {"art_1__para_1": PARKS, "art_1__para_2": LAKES, "art_2__para_1": ROADS}
    new = {"art_1__para_1": PARKS, "art_2__para_1": ROADS, "art_2__para_2": LAKES}
    assert counterparts(old, new)["art_2__para_2"] == "art_1__para_2"


def test_short_items_are_those_of_their_article() -> None:
    lead = "违反规定的，给予下列处罚："
    old = {
        "art_1__para_1": PARKS + lead,
        "art_1__para_1__point_1": "警告；",
        "art_2__para_1": LAKES + lead,
        "art_2__para_1__point_1": "警告；",
    }
    new = {"art_1__para_1": LAKES + lead, "art_1__para_1__point_1": "警告；"}
    assert counterparts(old, new) == {
        "art_1": "art_2",
        "art_1__para_1": "art_2__para_1",
        "art_1__para_1__point_1": "art_2__para_1__point_1",
    }


def test_a_heading_is_known_by_its_words_and_no_article_is_a_heading() -> None:
    old = {"chp_1__heading": "第一章 总 则", "chp_2__heading": "第二章 附则", "art_1__para_1": FEES}
    new = {
        "chp_1__heading": "第一章 总则",
        "chp_2__heading": "第二章 " + FEES,
        "chp_3__heading": "第三章 附则",
    }
    assert counterparts(old, new) == {
        "chp_1__heading": "chp_1__heading",
        "chp_3__heading": "chp_2__heading",
    }


def test_what_is_unlike_has_no_counterpart_though_its_number_is_the_same() -> None:
    assert counterparts({"art_1__para_1": PARKS}, {"art_1__para_1": ROADS}) == {}
    assert counterparts({}, {"title": "某法"}) == {}
    assert counterparts({"art_1__para_1": "甲"}, {"art_1__para_1": "乙"}) == {}


def test_each_counterpart_is_given_once() -> None:
    old = {f"art_{n}__para_1": LAKES for n in (1, 2)}
    new = {f"art_{n}__para_1": LAKES for n in (1, 2, 3)}
    found = counterparts(old, new)
    assert {k: v for k, v in found.items() if "__" not in k} == {"art_1": "art_1", "art_2": "art_2"}
