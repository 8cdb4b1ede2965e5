"""The fates of lines; that the account is right is a property, see tests/property."""

from __future__ import annotations

from duizhao.editing.accounting import check_accounting, fates
from duizhao.editing.decisions import decisions_from_toml
from duizhao.editing.edition_from_decisions import edition_from_decisions
from duizhao.site.pipeline import Site
from duizhao.sources.witness import witness_from_text


def test_each_line_has_a_fate(tiny: Site) -> None:
    law = tiny.laws[0]
    found = {f.line: f for f in fates(law.witness, [(law.decisions, law.edition)])}
    assert list(found) == list(range(1, 58))
    assert found[2].kind == "blank"
    assert (found[51].kind, found[51].decision) == ("omitted", "campfires-as-8")
    assert ("example-parks", "art_2__para_1") in found[11].places
    assert ("example-parks", "art_2__para_1") in found[25].places


def test_a_witness_without_its_law_is_unaccounted(tiny: Site) -> None:
    law = tiny.laws[0]
    assert {f.kind for f in fates(law.witness, [])} == {"blank", "unaccounted"}
    problems = list(check_accounting(law.witness, []))
    assert {p.code for p in problems} == {"line-unaccounted"}
    assert len(problems) == 31


def test_the_rule_of_a_table_and_its_empty_rows_need_no_decision() -> None:
    text = (
        "甲市公园条例\n第一条　收费如下：\n| 项目 | 元 |\n| --- | --- |\n"
        "| 门票 | 五 |\n|  |  |\n第二条　本条例自公布之日起施行。\n"
    )
    witness = witness_from_text(text, name="witnesses/x.txt")
    decisions = decisions_from_toml(
        '[law]\nid = "x"\n[[witness]]\nfile = "witnesses/x.txt"\n'
        f'sha256 = "{witness.sha256}"\ndescription = "x"\n',
        path="x",
    )
    edited = [(decisions, edition_from_decisions(decisions, witness))]
    assert list(check_accounting(witness, edited)) == []
    kinds = [fate.kind for fate in fates(witness, edited)]
    assert kinds == ["used", "used", "used", "markup", "used", "markup", "used"]
