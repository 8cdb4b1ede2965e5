"""Numbers in doubt: both texts are printed, and what bears the number has one of its own."""

from __future__ import annotations

import pytest

from duizhao.editing.checks import check_edition
from duizhao.editing.checks.context import Checked
from duizhao.editing.decisions import decisions_from_toml
from duizhao.editing.edition_from_decisions import edition_from_decisions
from duizhao.ground.problems import DuizhaoError
from duizhao.languages.bilingual import Bilingual, Translation
from duizhao.languages.citation import citations, item_number
from duizhao.parser.edition import Edition, articles, divisions, units
from duizhao.parser.provisions import Provisions
from duizhao.sources.witness import Witness, witness_from_text
from duizhao.writers.formats.blocks import flat, sequence_of

LAW = """某市公园条例
第一章 总则
第一条 甲。
第二条 公园包括：
（一）乙；
（二）丙；
（二）丁。
第三章 管理
第二条 戊。
第三章 附则
第四条 本条例自2030年1月1日起施行。
"""
QUERY = '[[query]]\nid = "line-{0}"\nline = {0}\ntext = "{1}"\nidentifier = "{2}"\nwhy = "疑。"\n'
DOUBTS = [(7, "（二）", "point_u1"), (8, "第三章", "chp_u1"), (9, "第二条", "art_u1")]


def read(*doubts: tuple[int, str, str], text: str = LAW) -> tuple[Witness, Edition]:
    witness = witness_from_text(text, name="x.txt")
    toml = '[law]\nid = "parks"\n[[witness]]\nfile = "x.txt"\ndescription = "x"\n'
    toml += f'sha256 = "{witness.sha256}"\n' + "".join(QUERY.format(*doubt) for doubt in doubts)
    return witness, edition_from_decisions(decisions_from_toml(toml, path="edition.toml"), witness)


def refused(*doubts: tuple[int, str, str], text: str = LAW) -> list[tuple[str, int]]:
    with pytest.raises(DuizhaoError) as raised:
        read(*doubts, text=text)
    return [(problem.code, problem.position.line) for problem in raised.value.problems]


def test_what_bears_a_number_in_doubt_has_an_identifier_of_its_own() -> None:
    witness, edition = read(*DOUBTS)
    found = [(u.eid, str(u.text)) for u in units(edition) if "_u1" in u.eid]
    assert found == [
        ("art_2__para_1__point_u1", "丁。"),
        ("chp_u1__heading", "第三章 管理"),
        ("art_u1__para_1", "戊。"),
    ]
    assert [a.eid for a in articles(edition.body)] == ["art_1", "art_2", "art_u1", "art_4"]
    assert [d.eid for d in divisions(edition.body)] == ["chp_1", "chp_u1", "chp_3"]
    # The doubt says it: no check says it again, nor that Article 3 is missing.
    assert list(check_edition(Checked.of(witness, edition))) == []


def test_a_doubt_about_a_number_says_nothing_of_another() -> None:
    """One of the three is not doubted: it is given twice, which is told once, where it stands."""
    for left_out, line in zip(DOUBTS, (7, 10, 9), strict=True):
        assert refused(*(d for d in DOUBTS if d is not left_out)) == [
            ("duplicate-identifier", line)
        ]


def test_an_identifier_for_two_numbers_is_refused() -> None:
    text = LAW.replace("第四条 本", "第二条 己。\n第四条 本")
    doubts = (*DOUBTS, (11, "第二条", "art_u1"))
    assert ("duplicate-identifier", 11) in refused(*doubts, text=text)


@pytest.mark.parametrize(
    "doubt",
    [
        (9, "戊", "art_u1"),
        (9, "第二条", "chp_u1"),
        (9, "第二条", "art_u0"),
        (9, "第二条", "art_3"),
        (9, "第二条", "二"),
    ],
    ids=["no-number", "of-another-kind", "zero", "decided", "no-identifier"],
)
def test_an_identifier_that_does_not_fit_is_refused(doubt: tuple[int, str, str]) -> None:
    assert ("query-number", 23) in refused(*DOUBTS[:2], doubt)


def test_the_number_is_shown_as_printed_and_the_citation_says_that_it_is_unknown() -> None:
    _, edition = read(*DOUBTS)
    pair = Bilingual(
        edition=edition,
        language="en",
        translations={"art_9": Translation(text="x", status="translated")},
    )
    cited = citations(edition)
    assert cited["art_u1"].zh == "（条号不明之一）"
    assert cited["chp_u1"].zh == "（章号不明之一）"
    assert cited["art_2__para_1__point_u1"].zh == "第二条（项号不明之一）"
    named = {block.eid: block.english for block in flat(sequence_of(edition, pair).blocks)}
    assert named["art_u1"] == "Article 2"
    assert item_number("（二）", "art_2__para_1__point_u1") == "(2)"


def test_a_citation_of_a_number_in_doubt_leads_nowhere() -> None:
    """It may be of either text; one of a number that no text has is dangling still."""
    _, edition = read(*DOUBTS)
    provisions = Provisions(edition)
    assert [provisions.find(n) for n in ("1", "2", "9")] == [["art_1"], [], None]


LOST = [
    "某条例", "第一章 总则", "第一条 甲。", "第三章 罚则", "第二条 本条例自2024年1月1日起施行。",
]  # fmt: skip


@pytest.mark.parametrize(("missing", "codes"), [("chp_2", []), ("chp_1", ["number-gap"])])
def test_a_chapter_that_a_gap_names_as_lost_is_not_missing(missing: str, codes: list[str]) -> None:
    """Only where each of the chapters between is named: a gap elsewhere says nothing of them."""
    witness = witness_from_text("\n".join(LOST), name="x.txt")
    toml = f"""[law]
id = "law"
[[witness]]
file = "x.txt"
sha256 = "{witness.sha256}"
description = "x"
[[gap]]
id = "lost"
after = 3
quote = "甲。"
what = "第二章"
missing = ["{missing}"]
why = "缺。"
"""
    edition = edition_from_decisions(decisions_from_toml(toml, path="edition.toml"), witness)
    found = [problem.code for problem in check_edition(Checked.of(witness, edition))]
    assert found == codes
