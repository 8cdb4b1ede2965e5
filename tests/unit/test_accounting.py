"""The fates of lines; that the account is right is a property, see tests/property."""

from __future__ import annotations

from duizhao.accounting import check_accounting, fates
from duizhao.pipeline import Site


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
