"""Examining a torn page: what is found, and that its proposal is a sound edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.editing.accounting import check_accounting
from duizhao.editing.decisions import decisions_from_file, decisions_from_toml, lines_read
from duizhao.editing.edition_from_decisions import edition_from_decisions
from duizhao.editing.examine.chain import Link
from duizhao.editing.examine.findings import Examination, LawFound, examined, is_join
from duizhao.editing.examine.gaps import gaps_of
from duizhao.editing.examine.propose import proposal
from duizhao.editing.examine.report import report_json, report_lines
from duizhao.editing.examine.rows import rows_of
from duizhao.editing.examine.runs import runs_of
from duizhao.parser.edition import articles, units
from duizhao.sources.witness import Witness, witness_from_file, witness_from_text

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
LAWS = ("xizang-community-governance", "xizang-business-environment")


def joins_of(law: LawFound) -> list[Link]:
    """The links at which a cut sentence really goes on."""
    return [link for link in law.chain.links if is_join(link)]


@pytest.fixture(scope="module")
def page() -> Witness:
    return witness_from_file(SEEDS / "witnesses" / "newspaper-page.txt")


@pytest.fixture(scope="module")
def found(page: Witness) -> Examination:
    return examined(page)


def test_tells_the_two_laws_apart_and_finds_their_titles(found: Examination) -> None:
    assert [law.title for law in found.laws] == [
        "西藏自治区城乡社区治理促进条例",
        "西藏自治区优化营商环境条例",
    ]
    assert not found.unplaced


def test_finds_every_column_break(found: Examination) -> None:
    assert {run.head.line for run in found.runs[1:]} == {
        37, 68, 82, 106, 122, 138, 148, 164, 192, 206, 216, 230, 232, 246, 260, 280,
    }  # fmt: skip


def test_finds_every_repetition(found: Examination) -> None:
    repeated = {found.rows[at].line for repeat in found.repeats for at in repeat.rows}
    assert {174, 182, 196, 250} <= repeated
    assert {180, 194, 202, 256, 204, 258} <= repeated


@pytest.mark.parametrize("number", [0, 1])
def test_proposes_the_order_of_the_edition_made_by_hand(
    found: Examination, page: Witness, number: int
) -> None:
    text = proposal(found, found.laws[number], law_id="law", witness_file="witnesses/page.txt")
    proposed = decisions_from_toml(text, path="proposal")
    by_hand = decisions_from_file(SEEDS / LAWS[number] / "edition.toml")
    assert lines_read(proposed, page) == lines_read(by_hand, page)
    assert {(j.left, j.right) for j in proposed.join} == {(j.left, j.right) for j in by_hand.join}
    assert {g.supplies for g in proposed.gap if g.supplies} <= {
        g.supplies for g in by_hand.gap if g.supplies
    }


def test_the_proposals_account_for_every_line_and_give_the_same_identifiers(
    found: Examination, page: Witness
) -> None:
    edited = []
    for number, law in enumerate(found.laws):
        text = proposal(found, law, law_id="law", witness_file="witnesses/page.txt")
        decisions = decisions_from_toml(text, path="proposal")
        edition = edition_from_decisions(decisions, page)
        edited.append((decisions, edition))
        by_hand = decisions_from_file(SEEDS / LAWS[number] / "edition.toml")
        wanted = {u.eid: str(u.text) for u in units(edition_from_decisions(by_hand, page))}
        got = {u.eid: str(u.text) for u in units(edition)}
        # The one word an editor alone can correct: an English "and".
        assert {eid for eid in wanted if wanted[eid] != got.get(eid)} <= {"art_6__para_2"}
        assert wanted.keys() == got.keys()
    assert list(check_accounting(page, edited)) == []


def test_says_where_numbers_contradict_each_other(found: Examination) -> None:
    rejected = {(d.row.line, d.number) for law in found.laws for d in law.dropped if d.number}
    assert rejected == {(182, 15), (194, 18)}


def test_finds_the_gaps(found: Examination) -> None:
    missing = {
        eid for law in found.laws for gap in gaps_of(law, turned=True) for eid in gap.missing
    }
    assert {"art_24", "art_25", "art_26", "art_15", "chp_7", "chp_3"} <= missing


def test_a_line_without_a_stop_is_cut() -> None:
    rows = rows_of(witness_from_text("第一条　为了保护\n第二条　完整。\n", name="x"))
    assert [row.closed for row in rows] == [False, True]
    assert len(runs_of(rows)) == 2


def test_a_column_whose_sentence_reads_on_is_sure_of_its_place(found: Examination) -> None:
    links = {
        (link.before.end.line, link.after.head.line): link
        for law in found.laws
        for link in law.chain.links
    }
    assert all(links[cut].confidence > 0.9 for cut in ((66, 148), (162, 164), (258, 260)))
    assert "article 7 follows article 6" in links[66, 148].evidence


def test_a_whole_law_in_order_is_clean() -> None:
    text = "某某条例\n第一章　总则\n第一条　甲。\n第二条　乙。\n第二章　附则\n第三条　丙。\n"
    found = examined(witness_from_text(text, name="x"))
    (law,) = found.laws
    assert not [*found.unplaced, *found.furniture, *law.dropped]
    assert not list(gaps_of(law, turned=False))
    lines = [row.line for run in law.front for row in run.rows] + [row.line for row in law.rows]
    assert lines == [1, 2, 3, 4, 5, 6]
    assert not joins_of(law)


def test_every_line_that_a_page_prints_above_a_law_is_set_aside() -> None:
    text = (
        "（上接第二版）\n第3页\n某市公园条例\n第一条　为了管理公园，制定本条例。\n"
        "第二条　公园应当开放。\n第4页\n第三条　本条例自公布之日起施行。\n第5页\n"
    )
    page = witness_from_text(text, name="x")
    found = examined(page)
    (law,) = found.laws
    proposed = proposal(found, law, law_id="law", witness_file="x")
    decisions = decisions_from_toml(proposed, path="proposal")
    edition = edition_from_decisions(decisions, page)
    assert list(check_accounting(page, [(decisions, edition)])) == []


_GARDENS = (
    "甲市公园条例", "第一条　为了管理公园，制定本条例。", "第二条　公园应当开放。",
    "第三条　本条例自公布之日起施行。",
)  # fmt: skip
_RIVERS = (
    "乙市河道条例", "第一条　为了管理河道，制定本条例。", "第二条　河道应当畅通。",
    "第三条　本条例自公布之日起施行。",
)  # fmt: skip


@pytest.mark.parametrize(
    "last", [_RIVERS[3:], ("第三条　两岸应当绿化。", "第四条　本条例自公布之日起施行。")]
)
def test_what_two_whole_laws_say_alike_is_no_repetition(last: tuple[str, ...]) -> None:
    text = "\n".join((*_GARDENS, *_RIVERS[:3], *last))
    found = examined(witness_from_text(text, name="x"))
    assert found.repeats == ()
    fronts = [[row.line for run in law.front for row in run.rows] for law in found.laws]
    assert fronts == [[1], [5]]
    assert [[row.line for row in law.rows] for law in found.laws] == [
        [2, 3, 4],
        list(range(6, 8 + len(last))),
    ]


def test_what_one_law_of_several_says_twice_is_a_repetition() -> None:
    text = "\n".join((*_GARDENS, *_RIVERS[:3], _RIVERS[2], *_RIVERS[3:]))
    found = examined(witness_from_text(text, name="x"))
    assert [[found.rows[at].line for at in r.rows] for r in found.repeats] == [[7, 8]]
    assert [(d.row.line, d.kept.line) for law in found.laws for d in law.dropped] == [(7, 8)]


def test_a_law_printed_twice_is_one_law() -> None:
    text = "\n".join((*_GARDENS, *_RIVERS, *_GARDENS))
    found = examined(witness_from_text(text, name="x"))
    assert [law.title for law in found.laws] == ["乙市河道条例", "甲市公园条例"]
    assert len(found.repeats) == 3


def test_a_column_that_ends_at_a_stop_is_found_by_its_cut_sentence() -> None:
    one = [f"第{n}条　街道办事处应当做好社区公共服务设施建设的第{n}项工作。" for n in "一二三四"]
    two = [f"第{n}条　海关总署负责进出口检疫监督管理的第{n}项事务。" for n in "一二三四"]
    seam = "海关总署负责进出口检疫监督管理"
    page = [
        "甲市社区公共服务条例", *one[:3],
        "乙口岸检疫办法", *two[:2], "第三条　海关总署负责进出口检疫监",
        one[3],
        "督管理的第三项事务。", two[3],
    ]  # fmt: skip
    found = examined(witness_from_text("\n".join(page) + "\n", name="x"))
    joins = {(j.before.end.line, j.after.head.line) for law in found.laws for j in joins_of(law)}
    assert joins == {(8, 10)}
    assert seam[-3:] in page[7][-1] + page[9]


def test_the_report_reads_as_lines_and_as_json(found: Examination) -> None:
    text = "\n".join(report_lines(found))
    assert "148 lines with text, 2 laws told apart" in text
    assert "gap after line 214" in text
    assert [law["title"] for law in report_json(found)["laws"]] == [  # type: ignore[attr-defined]
        law.title for law in found.laws
    ]


def test_an_undecided_source_of_one_law_has_its_articles(found: Examination) -> None:
    for law in found.laws:
        numbers = [row.first for row in law.rows if row.kind == "article"]
        assert numbers == sorted(n for n in numbers if n is not None)
    assert list(articles(())) == []


@pytest.mark.parametrize(
    ("written", "emended"),
    [("公园(含绿地)", {"(", ")"}), ("奥托金(HMX)", set()), ("1)公园", {")"})],
)
def test_brackets_are_set_full_width_in_pairs(written: str, emended: set[str]) -> None:
    witness = witness_from_text(
        "\n".join((*_GARDENS[:2], f"第二条　{written}。", _GARDENS[3])), name="x"
    )
    found = examined(witness)
    text = proposal(found, found.laws[0], law_id="law", witness_file="x")
    decisions = decisions_from_toml(text, path="proposal")
    assert {e.old for e in decisions.emend} == emended
