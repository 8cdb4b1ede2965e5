"""Numbers in doubt and lost beginnings: every draft can be built, and says what an editor must see."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from duizhao.editing.accounting import check_accounting
from duizhao.editing.decisions import Decisions, decisions_from_toml
from duizhao.editing.edition_from_decisions import edition_from_decisions
from duizhao.editing.examine.findings import examined
from duizhao.editing.examine.gaps import gaps_of
from duizhao.editing.examine.propose import clean_edition, proposal
from duizhao.editing.examine.report import report_json, report_lines
from duizhao.parser.edition import Edition, articles, units
from duizhao.sources.witness import witness_from_text

END = "第{}条　本条例自2030年1月1日起施行。"


def drafted(*lines: str) -> tuple[Decisions, Edition]:
    """The draft of a page with one law, and the edition that it makes: all lines told of."""
    witness = witness_from_text("\n".join(lines) + "\n", name="x")
    found = examined(witness)
    (law,) = found.laws
    text = proposal(found, law, law_id="law", witness_file="x")
    decisions = decisions_from_toml(text, path="draft")
    edition = edition_from_decisions(decisions, witness)
    assert list(check_accounting(witness, [(decisions, edition)])) == []
    return decisions, edition


def doubts(decisions: Decisions) -> list[tuple[int, str, str, str]]:
    return [(q.line, q.text, q.identifier, q.proposal) for q in decisions.query]


def text_of(edition: Edition) -> dict[str, str]:
    return {unit.eid: str(unit.text) for unit in units(edition)}


def test_a_number_over_several_texts_is_doubted_in_all_places() -> None:
    """The text that goes on from the article before keeps the number's identifier."""
    witness = witness_from_text(
        "甲市公园条例\n第一条　甲。\n第三条　乙。\n第三条　丙。\n第二条　丁。\n第三条　戊。\n",
        name="x",
    )
    draft = clean_edition(witness, law_id="law", witness_file="x")
    decisions = decisions_from_toml(draft, path="draft")
    assert doubts(decisions) == [
        (3, "第三条", "art_u1", ""), (4, "第三条", "art_u2", ""), (6, "第三条", "", ""),
    ]  # fmt: skip
    assert decisions.query[0].why.startswith("本处和第4行、第6行都作“第三条”。")
    edition = edition_from_decisions(decisions, witness)
    texts = text_of(edition)
    named = {eid: texts[f"{eid}__para_1"] for eid in ("art_u1", "art_u2", "art_2", "art_3")}
    assert list(named.values()) == ["乙。", "丙。", "丁。", "戊。"]


def test_a_heading_over_two_chapters_is_doubted() -> None:
    """Where the next chapter shows which number is wrong, the doubt proposes the right one."""
    law = ["甲市公园条例", "第一章　总则", "第一条　甲。", "第二章　管理", "第二条　乙。"]
    rest = ["第二章　罚则", "第三条　丙。", "第四章　附则", END.format("四")]
    decisions, edition = drafted(*law, *rest)
    assert doubts(decisions) == [(6, "第二章", "chp_u1", "第三章")]
    assert text_of(edition)["chp_u1__heading"] == "第二章　罚则"
    decisions, edition = drafted(*law, *rest[:2], "第五章　附则", END.format("四"))
    assert doubts(decisions) == [(4, "第二章", "", ""), (6, "第二章", "chp_u1", "")]


def test_a_number_over_two_items_is_doubted() -> None:
    decisions, edition = drafted(
        "甲市公园条例", "第一条　公园包括：", "（一）综合公园；", "（二）专类公园；",
        "（二）社区公园；", "（四）游园。", END.format("二"),
    )  # fmt: skip
    assert doubts(decisions) == [(4, "（二）", "", ""), (5, "（二）", "point_u1", "")]
    assert text_of(edition)["art_1__para_1__point_u1"] == "社区公园；"


def test_a_list_that_begins_anew_stands_below_a_gap() -> None:
    """What opened it is not there: its items are no more those of the list above."""
    decisions, edition = drafted(
        "甲市公园条例", "第一条　公园包括：", "（一）综合公园；", "（二）专类公园；",
        "（一）不得收费；", "（二）不得出租。", END.format("二"),
    )  # fmt: skip
    assert doubts(decisions) == []
    assert [(g.before, g.quote, g.within) for g in decisions.gap] == [
        (5, "（一）不得收费；", "article")
    ]
    assert text_of(edition)["art_1__para_u2__point_1"] == "不得收费；"


@pytest.mark.parametrize(
    ("lines", "what", "missing"),
    [
        (["第三条　甲。", END.format("四")], "第一条至第二条", ("art_1", "art_2")),
        (["第二条　甲。", END.format("三")], "第一条", ("art_1",)),
        (
            ["第二章　管理", "第二条　甲。", END.format("三")],
            "第一章的标题、第一条",
            ("chp_1", "art_1"),
        ),
        (
            ["公园不收费。", "第三条　甲。", END.format("四")],
            "第一条、第二条的条号和开头",
            ("art_1",),
        ),
    ],
    ids=["articles", "article", "chapter", "goes-on"],
)
def test_a_law_whose_first_article_is_lost_begins_with_a_gap(
    lines: list[str], what: str, missing: tuple[str, ...]
) -> None:
    decisions, edition = drafted("甲市公园条例", *lines)
    (gap,) = decisions.gap
    assert (gap.before, gap.quote, gap.what, gap.missing) == (2, lines[0], what, missing)
    goes_on = lines[0][0] != "第"
    assert (gap.cuts, gap.supplies) == (("right", "第二条") if goes_on else ("none", ""))
    assert ("art_2" in edition_articles(edition)) == (goes_on or "第二条　甲。" in lines)


def edition_articles(edition: Edition) -> set[str]:
    return {article.eid for article in articles(edition.body)}


def test_the_report_names_the_numbers_in_doubt() -> None:
    witness = witness_from_text(
        "甲市水库条例\n第一条　甲水库应当检查堤坝和闸门。\n第二条　乙水库应当检查堤坝和闸门。\n"
        "第二条　教师另有规定。\n第四条　丁水库应当检查堤坝和闸门。\n",
        name="x",
    )
    found = examined(witness)
    said = "\n".join(report_lines(found))
    assert "line 4: the number 第二条 is in doubt (its neighbours say 第三条)" in said
    report: Any = report_json(found)
    assert report["laws"][0]["numbers"] == [{"line": 4, "printed": "第二条", "proposal": "第三条"}]


def test_each_number_is_doubted_once_though_it_stands_three_times() -> None:
    """The second is doubted beside the first and beside the third."""
    decisions, edition = drafted(*["（五）甲水库应当检查堤坝。"] * 3)
    assert [(line, eid) for line, _, eid, _ in doubts(decisions)] == [
        (1, ""), (2, "point_u1"), (3, "point_u2"),
    ]  # fmt: skip
    assert {"para_1__point_u1", "para_1__point_u2"} <= set(text_of(edition))


def test_numbers_that_are_missed_twice_make_two_gaps() -> None:
    """They go back between the two, so each gap has an identifier of its own."""
    witness = witness_from_text("第一条　甲水库应当检查堤坝。\n", name="x")
    (law,) = examined(witness).laws
    (row,) = law.rows
    rows = tuple(
        replace(row, line=line, first=number, last=number)
        for line, number in enumerate((1, 4, 1, 4), 1)
    )
    found = gaps_of(replace(law, rows=rows), turned=False)
    assert [gap.id for gap in found] == ["articles-2-3", "articles-2-3-2"]


def test_a_title_is_read_once_though_it_stands_twice_at_the_head() -> None:
    decisions, edition = drafted("甲市水库条例", "甲市水库条例", "第一条　甲水库应当检查。")
    assert [(omit.lines, omit.repeats) for omit in decisions.omit] == [("2", "1")]
    assert edition.metadata.title == "甲市水库条例"


def test_a_head_that_was_misread_is_emended_and_not_doubted_as_well() -> None:
    decisions, edition = drafted(
        "甲市水库条例", "第一条　甲水库应当检查。", "第二甲　乙水库应当按照下列规定检查：",
        "第二条　丙学校应当按照下列规定上课：", "第三条　丁水库应当检查。",
    )  # fmt: skip
    assert [emend.line for emend in decisions.emend] == [3]
    assert [(line, eid) for line, _, eid, _ in doubts(decisions)] == [(4, "art_u1")]
    assert {"art_2", "art_u1"} <= edition_articles(edition)
