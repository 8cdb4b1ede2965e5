"""Citations as people type them."""

from __future__ import annotations

import pytest

from duizhao.locator import eid_from_citation, resolved
from duizhao.pipeline import Site


@pytest.mark.parametrize(
    ("typed", "eid"),
    [
        ("第十三条第二款", "art_13__para_2"),
        ("第十三条", "art_13"),
        ("13条", "art_13"),
        ("13条2款", "art_13__para_2"),
        ("第 十三 条 第 二 款", "art_13__para_2"),
        ("Article 13bis", "art_13-1"),
        ("art. 13 bis (2)", "art_13-1__para_2"),
        ("第一百二十条之一", "art_120-1"),
        ("第七条第（三）项", "art_7__point_3"),
        ("第七条第一款第三项第2目", "art_7__para_1__point_3__indent_2"),
        ("Article 13, paragraph 2", "art_13__para_2"),
        ("Article 13, paragraph 2, subparagraph 3, item 1", "art_13__para_2__point_3__indent_1"),
        ("art 13(2)", "art_13__para_2"),
        ("art. 13 (2)(3)", "art_13__para_2__point_3"),
        ("§13", "art_13"),
        ("#art-13-2", "art_13__para_2"),
        ("art_13__para_2", "art_13__para_2"),
        ("１３条", "art_13"),
        ("第七條第一款第（三）項", "art_7__para_1__point_3"),
        ("第七条之十十", None),
        ("十三", None),
        ("处罚", None),
        ("", None),
        ("第条", None),
    ],
)
def test_reads_what_people_type(typed: str, eid: str | None) -> None:
    assert eid_from_citation(typed) == eid


def test_finds_the_provision_in_a_law(real: Site) -> None:
    edition = real.law("xizang-business-environment").edition
    assert resolved(edition, "art_7__para_2") == "art_7__para_2"
    assert resolved(edition, "art_18") == "art_18"
    assert resolved(edition, "art_13__para_2") == "art_19"  # a rejected number leads on
    assert resolved(edition, "art_99") is None
