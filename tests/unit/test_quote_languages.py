"""The quote checker on passages in two languages: how they are divided, what is told of each."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.quotes_mixed import EXACT, OTHERS, button, mixed, with_text

from duizhao.writers.quote.check import Check, Checker, as_data
from duizhao.writers.quote.citations import citations, cites, titles_of
from duizhao.writers.quote.corpus import folded_text
from duizhao.writers.quote.languages import divided
from duizhao.writers.search.provisions import Provision, SearchLaw

ZH = "自治区将优化营商环境工作纳入年度综合考核指标体系，建立健全奖惩机制，"
EN = "The Autonomous Region incorporates the work of optimizing the business environment"
TITLE = "《西藏自治区优化营商环境条例》"
TITLE_EN = "Regulations of the Xizang Autonomous Region on Optimizing the Business Environment"


def _article(laws: list[SearchLaw]) -> tuple[SearchLaw, Provision]:
    return laws[0], next(p for p in laws[0].provisions if p.eid == "art_4")


def _told(check: Check) -> list[tuple[str, str]]:
    return [(part.status, "zh" if part.chinese else "other") for part in check.parts]


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("全是中文。\n第二行", [("zh", "全是中文。\n第二行")]),
        ("All of it.\nSecond line", [("other", "All of it.\nSecond line")]),
        ("2024", [("other", "2024")]),
        ("使用GDP和WTO规则", [("zh", "使用GDP和WTO规则")]),
        ("the term 市场 in it", [("other", "the term 市场 in it")]),
        ("根据\nWTO\n规则", [("zh", "根据\nWTO\n规则")]),
        ("中文。\nText.\n2. 中文", [("zh", "中文。\n"), ("other", "Text.\n"), ("zh", "2. 中文")]),
        ("规定。“The rule (is)”", [("zh", "规定。"), ("other", "“The rule (is)”")]),
        ("总则 General Provisions", [("zh", "总则 "), ("other", "General Provisions")]),
        ("西xī藏zàng的de人", [("zh", "西"), ("pinyin", "xī"), ("zh", "藏"), ("pinyin", "zàng"),
                          ("zh", "的"), ("pinyin", "de"), ("zh", "人")]),
        ("西(xī)藏", [("zh", "西"), ("pinyin", "(xī)"), ("zh", "藏")]),
        ("xīzàng de rén.\n西藏的人", [("pinyin", "xīzàng de rén.\n"), ("zh", "西藏的人")]),
        ("À la tête du pays là", [("other", "À la tête du pays là")]),
        ("the Tǔbó kingdom", [("other", "the Tǔbó kingdom")]),
        ("自治区は法律を定める。", [("other", "自治区は法律を定める。")]),
        ("中文https://a.b/c?d", [("zh", "中文"), ("aside", "https://a.b/c?d")]),
    ],
)  # fmt: skip
def test_stretches(text: str, stretches: list[tuple[str, str]]) -> None:
    found = divided(folded_text(text), [])
    assert [(one.kind, text[one.start : one.end]) for one in found] == stretches


def test_the_stretches_are_the_passage(laws: list[SearchLaw]) -> None:
    titles = titles_of(laws)
    for one in mixed(laws, seed=21, count=96):
        passage = folded_text(one.text)
        found = divided(passage, citations(passage, titles))
        assert "".join(one.text[s.start : s.end] for s in found) == one.text


@pytest.mark.parametrize(
    ("text", "eids"),
    [
        (f"{TITLE}第六条", ["art_6"]),
        (f"{ZH}（{TITLE}第六条第二款第（三）项）", ["art_6__para_2__point_3"]),
        (f"{ZH}——{TITLE}第一百二十条之一", ["art_120-1"]),
        (f"{TITLE}第６条规定：“{ZH}”", ["art_6"]),
        (f"{ZH}\n{TITLE}第六条；{TITLE}第七条\n", ["art_6", "art_7"]),
        ("(《中华人民共和国民法典》第一条)", ["art_1"]),
        ("《西藏自治區優化營商環境條例》第六條第二款第（三）項", ["art_6__para_2__point_3"]),
        (f"{TITLE_EN}, Article 6, paragraph 2", ["art_6__para_2"]),
        (f"“{EN}” ({TITLE_EN}, art. 6(2)(3))", ["art_6__para_2__point_3"]),
        (f"Article 6, paragraph 2 of the {TITLE_EN} provides: “{EN}”", ["art_6__para_2"]),
        (f"{EN}\n{TITLE_EN},\nArticle 6\n", ["art_6"]),
        # What a sentence says of a law is no citation of what is quoted.
        (f"依照{TITLE}第六条的规定办理", []),
        (f"依照\n{TITLE}第六条\n的规定办理", []),
        (f"In accordance with the {TITLE_EN}, Article 6 applies", []),
        (f"{TITLE}\n{ZH}", []),
        (f"{TITLE}第十十条", []),
    ],
)
def test_citations(laws: list[SearchLaw], text: str, eids: list[str]) -> None:
    found = citations(folded_text(text), titles_of(laws))
    assert [one.eid for one in found] == eids


def test_a_citation_that_a_law_prints_is_its_text(laws: list[SearchLaw]) -> None:
    """A table of crimes has “第一百二十条之一（《刑法修正案》第五条）” as its text."""
    text = f"第一百二十条之一（《中华人民共和国刑法修正案》第五条）资助恐怖活动罪{ZH}"
    check = Checker([with_text(laws[0], text), laws[1]])
    assert _told(check(text)) == [("exact", "zh")]
    quoted = f"{text}\n（《中华人民共和国刑法修正案》第五条）"
    assert _told(check(quoted)) == [("exact", "zh"), ("miscited", "zh")]


def test_a_citation_in_a_further_language(laws: list[SearchLaw]) -> None:
    """Where English forms do not fit, the forms of the law’s language do."""
    forms = {"Article": "article", "paragraph": "alinéa"}

    def french(cited: tuple[str, ...]) -> tuple[str, ...]:
        return (cited[0], re.sub("Article|paragraph", lambda m: forms[m[0]], cited[1]))

    law = laws[0]
    provisions = tuple(
        replace(p, units=tuple(replace(u, cited=french(u.cited)) for u in p.units))
        for p in law.provisions
    )
    titles = (law.titles[0], "Règlement sur l’environnement des affaires")
    check = Checker([replace(law, titles=titles, provisions=provisions), laws[1]])
    text = next(p for p in law.provisions if p.eid == "art_5").units[2].zh
    for cited, state, eids in (
        ("article 5, alinéa 2", "cited", ["art_5__para_2"]),
        ("article 6, alinéa 2", "miscited", []),
    ):
        found = check(f"{text}\n{titles[1]}, {cited}")
        assert _told(found) == [("exact", "zh"), (state, "other")]
        assert [place.eid for place in found.parts[1].places] == eids


def test_what_a_citation_is_of() -> None:
    assert cites("art_6", "art_6__para_1")
    assert cites("art_6__para_1", "art_6")
    assert cites("art_6__point_2", "art_6__para_1__point_2")
    assert not cites("art_6", "art_60")


def test_what_the_button_copies_is_exact(checked: Checker, laws: list[SearchLaw]) -> None:
    text = button(*_article(laws))
    check = checked(text)
    assert check.status == "exact"
    assert _told(check) == [
        ("exact", "zh"), ("exact", "other"), ("cited", "zh"), ("cited", "other"), ("aside", "other"),
    ]  # fmt: skip
    assert {place.provision.eid for part in check.parts for place in part.places} == {"art_4"}
    data = as_data(check)
    assert (data["language"], data["size"]) == ("both", sum(check.sizes))


def test_a_change_in_one_language_is_told_of_that_alone(
    checked: Checker, laws: list[SearchLaw]
) -> None:
    text = button(*_article(laws))
    check = checked(text.replace("优化", "促进", 1))
    assert check.status == "altered"
    assert _told(check)[:2] == [("altered", "zh"), ("exact", "other")]
    check = checked(text.replace("coordination", "cooperation", 1))
    assert _told(check)[:2] == [("exact", "zh"), ("altered", "other")]
    (changed,) = (s for s in check.parts[1].segments if s.kind != "same")
    assert (changed.mine, changed.theirs) == ("cooperation", "coordination")


def test_every_way_to_copy_or_write(checked: Checker, laws: list[SearchLaw]) -> None:
    for one in mixed(laws, seed=22, count=96):
        check = checked(one.text)
        assert check.status == ("exact" if one.way in EXACT else OTHERS[one.way][0]), one
        law, _, eid = one.eid.partition("#")
        places = [p for part in check.parts if part.compared for p in (*part.places, *part.also)]
        assert any(p.law.id == law and p.provision.eid == eid for p in places), one


def test_what_is_copied_of_two_laws(checked: Checker, laws: list[SearchLaw]) -> None:
    texts = [button(law, next(p for p in law.provisions if p.eid == "art_4")) for law in laws]
    check = checked("\n\n".join(texts))
    assert (check.status, check.joined) == ("joined", 2)
    one = [("exact", "zh"), ("exact", "other"), ("cited", "zh"), ("cited", "other")]
    assert _told(check) == [*one, *one, ("aside", "other")]
    found = {part.places[0].law.id for part in check.parts if part.places}
    assert found == {law.id for law in laws}


def test_nothing_of_a_passage_is_lost(checked: Checker, laws: list[SearchLaw]) -> None:
    for one in mixed(laws, seed=23, count=96):
        parts = checked(one.text).parts
        told = "".join(s.mine for part in parts for s in part.segments)
        wanted = one.text.replace("\u00ad\n", "")
        assert sorted("".join(told.split())) == sorted("".join(wanted.split())), one


@pytest.mark.parametrize(
    "text",
    [
        "审议通过，现予公布，自2025年½今天天气很好我们去公园散步",
        f"{ZH}\n{TITLE}第六条\n(https://example.org/)\nhttps://example.org/x",
    ],
)
def test_nothing_is_told_twice(checked: Checker, text: str) -> None:
    told = "".join(s.mine for part in checked(text).parts for s in part.segments)
    assert "".join(told.split()) == "".join(text.split())


def test_short_words_are_said_to_stand_where_the_rest_does(checked: Checker) -> None:
    """“Article 6” stands in both laws, and in references; the Chinese says which is meant."""
    check = checked(f"Article 6\n{ZH}")
    assert [place.eid for part in check.parts for place in part.places] == [
        "art_6",
        "art_6__para_1",
    ]


def test_a_citation_alone_is_compared(checked: Checker) -> None:
    (part,) = checked(f"{TITLE}第六条").parts
    assert part.places[0].eid == "title"


def test_numbers_of_paragraphs_in_a_margin(checked: Checker, laws: list[SearchLaw]) -> None:
    article = next(p for p in laws[0].provisions if p.eid == "art_2")
    number, first, second = (unit.zh for unit in article.units)
    assert checked(f"1 {number} {first}\n2 {second}").status == "exact"
    check = checked(f"1 {number} {first}\n3 {second}")
    assert [s.mine for s in check.parts[0].segments if s.kind == "added"] == ["3 "]
    assert checked(f"{number} {first}2 {second}").status == "altered"


@pytest.mark.parametrize("dots", ["……", "…", "...", "。。。", " [...] "])
def test_what_is_left_out_and_marked(checked: Checker, dots: str) -> None:
    check = checked(ZH.replace("纳入年度综合考核指标体系", dots))
    assert check.status == "abridged"
    assert [s.theirs for s in check.parts[0].segments if s.kind == "omitted"]
    assert checked(ZH.replace("纳入年度综合考核指标体系", f"也{dots}")).status == "altered"
