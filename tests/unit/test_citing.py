"""What cites what: links in both languages, on whose word an English citation is one."""

from __future__ import annotations

import pytest

from duizhao.ground.text import Piece, Text, plain
from duizhao.languages.citing import Citing, citing_from_edition, name_of
from duizhao.languages.glossary import glossary_from_terms
from duizhao.languages.references_en import spans_en
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.parser.references import Reference
from duizhao.sources.witness import witness_from_text
from duizhao.writers.pages.inline import Terms, inline

LAW = (
    "某市公园条例", "第一章 总则", "第一条 甲。", "乙。", "第二章 管理",
    "第二条 依照前条、本条例第一条第二款、本章和本条的规定。", "前款规定的，依照《中华人民共和国刑法》。",
    "第三条 依照刑法第二百条、第九十条、《营业执照》处理。",
)  # fmt: skip


@pytest.fixture(scope="module")
def citing() -> Citing:
    reading = reading_from_witness(witness_from_text("\n".join(LAW), name="x"))
    (edition,) = editions_from_reading(reading).editions
    return citing_from_edition(edition)


def test_citations_by_unit(citing: Citing) -> None:
    first = [r.text for r in citing.of_unit["art_2__para_1"]]
    assert first == ["前条", "本条例第一条第二款", "本章", "本条"]
    assert [r.text for r in citing.of_unit["art_2__para_2"]] == ["前款", "《中华人民共和国刑法》"]


def test_an_article_knows_what_cites_it_from_outside(citing: Citing) -> None:
    assert citing.by_target == {"art_1": {"art_2__para_1": ("art_1", "art_1__para_2")}}


def test_other_laws_are_gathered_under_their_fullest_title(citing: Citing) -> None:
    assert [(law.title, law.places) for law in citing.laws] == [
        ("中华人民共和国刑法", ("art_2__para_2", "art_3__para_1"))
    ]


def test_a_trial_law_is_another_law() -> None:
    assert name_of("中华人民共和国民事诉讼法（试行）") != name_of("中华人民共和国民事诉讼法")
    assert name_of("中华人民共和国民事诉讼法") == name_of("民事诉讼法")


@pytest.mark.parametrize("marks", ["《》", "〈〉", "＜＞", "<>"])
def test_a_title_in_a_title_has_any_marks_and_no_state(marks: str) -> None:
    """None of 《某省实施〈中华人民共和国某法〉办法》 was linked, in no law of any province."""
    cited = f"某省实施{marks[0]}中华人民共和国某法{marks[1]}办法"
    assert name_of(cited) == name_of("某省实施《某法》办法")
    assert name_of(cited) != name_of("某省某法办法")


def internal(text: str, *targets: str) -> Reference:
    return Reference(start=0, end=len(text), text=text, kind="internal", targets=targets)


ITEM = "art_13__para_1__point_2"


@pytest.mark.parametrize(
    ("text", "references", "expected"),
    [
        ("under Article 13", [internal("第十三条", "art_13")], [("Article 13", "art_13")]),
        ("under Article 14", [internal("第十三条", "art_13")], []),
        ("under Article 130", [internal("第十三条", "art_13")], []),
        (
            "paragraph 2 of Article 13",
            [internal("第十三条第二款", "art_13__para_2")],
            [("paragraph 2 of Article 13", "art_13__para_2")],
        ),
        (
            "the second paragraph of Article 13",
            [internal("第十三条第二款", "art_13__para_2")],
            [("the second paragraph of Article 13", "art_13__para_2")],
        ),
        ("paragraph 3 of Article 13", [internal("第十三条第二款", "art_13__para_2")], []),
        (
            "Article 13(2)",
            [internal("第十三条第二款", "art_13__para_2")],
            [("Article 13(2)", "art_13__para_2")],
        ),
        (
            "item (2) of Article 13",
            [internal("第十三条第二项", ITEM)],
            [("item (2) of Article 13", ITEM)],
        ),
        (
            "Articles 13, 14, and 15",
            [internal("第十三条", "art_13"), internal("第十五条", "art_15")],
            [("13", "art_13"), ("15", "art_15")],
        ),
        (
            "the preceding paragraph",
            [internal("前款", "art_2__para_1")],
            [("the preceding paragraph", "art_2__para_1")],
        ),
        (
            "the preceding Article and the preceding paragraph",
            [internal("前条", "art_1"), internal("前款", "art_2__para_1")],
            [("the preceding Article", "art_1"), ("the preceding paragraph", "art_2__para_1")],
        ),
        (
            "the preceding paragraph, the preceding paragraph",
            [
                internal("前款", "art_2__para_1"),
                internal("前款第一项", "art_2__para_1__point_1"),
                internal("前款第二项", "art_2__para_1__point_2"),
            ],
            [],
        ),
        ("this Chapter", [internal("本章", "chp_2")], [("this Chapter", "chp_2")]),
        ("the preceding paragraph", [], []),
    ],
)
def test_english_citations_that_the_chinese_makes_certain(
    text: str, references: list[Reference], expected: list[tuple[str, str]]
) -> None:
    assert [(text[a:b], eid) for a, b, eid in spans_en(text, references, ())] == expected


def test_an_article_of_another_law_is_not_taken_for_ones_own() -> None:
    own = internal("第十三条", "art_13")
    other = Reference(start=9, end=20, text="《某法》第十三条", kind="external", title="某法")
    text = "Article 13 of the Law, and Article 13 of these Regulations"
    assert spans_en(text, [own, other], ()) == ()
    assert spans_en(text, [own], [other]) == ()


def piece(text: str, mark: str) -> Piece:
    return Piece(text=text, original=text, line=1, column=0, note="n" if mark else "", mark=mark)


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ((piece("依照第十三条。", ""),), "依照[第十三条](#x){.r}。"),
        (
            (piece("依照第十", ""), piece("三", "emendation"), piece("条。", "")),
            '依照[第十](#x){.r}<em class="emendation">三</em>[n]条。',
        ),
        (
            (piece("依照第十", ""), piece("三", "query"), piece("条。", "")),
            '依照第十<em class="query">三</em>[n]条。',
        ),
        (
            (piece("依照第十", ""), piece("", "gap"), piece("三条。", "")),
            '依照第十<em class="gap">〔缺〕</em>[n]三条。',
        ),
    ],
)
def test_a_link_and_an_editorial_mark(
    tiny_terms: Terms, pieces: tuple[Piece, ...], expected: str
) -> None:
    shown = inline(Text(pieces), tiny_terms, lambda note: f"[{note}]", "〔缺〕", [(2, 6, "#x")])
    assert shown == expected


@pytest.fixture
def tiny_terms() -> Terms:
    return Terms(glossary_from_terms(()))


def test_no_links_change_nothing(tiny_terms: Terms) -> None:
    assert inline(plain("第十三条。", line=1), tiny_terms, str, "") == "第十三条。"
