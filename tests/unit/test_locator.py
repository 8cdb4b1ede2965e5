"""Citations as people type them."""

from __future__ import annotations

import pytest

from duizhao.languages.locator import eids_from_citation, resolved
from duizhao.site.pipeline import Site


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
        ("#art-13-2", "art_13-2"),
        ("第一百二十條之一第二款第三項", "art_120-1__para_2__point_3"),
        ("paragraph 2 of Article 13", "art_13__para_2"),
        ("Item (3) of paragraph (2) of Article 13", "art_13__para_2__point_3"),
        ("subparagraph (3), paragraph 2, Article 13", "art_13__para_2__point_3"),
        ("item 3 of art. 120-1", "art_120-1__point_3"),
        ("paragraph 2 of Article", None),
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
    assert next(iter(eids_from_citation(typed)), None) == eid


@pytest.mark.parametrize(
    ("typed", "eids"),
    [
        ("Article 120-1", ["art_120-1", "art_120__para_1"]),
        ("13-2(3)", ["art_13-2__para_3", "art_13__para_2__point_3"]),
        ("#art-13-2-3-1", ["art_13-2__para_3__point_1", "art_13__para_2__point_3__indent_1"]),
        ("第一百二十条之一", ["art_120-1"]),
        ("第 120-1 條", ["art_120-1"]),
        ("第120-1條第2項", ["art_120-1__point_2"]),
        ("第一百二十条第零款", []),
    ],
)
def test_a_hyphen_is_an_article_put_in_or_a_paragraph(typed: str, eids: list[str]) -> None:
    """Article 120-1, as this project cites 第一百二十条之一, gave paragraph 1 of Article 120."""
    assert list(eids_from_citation(typed)) == eids


def test_finds_the_provision_in_a_law(real: Site) -> None:
    edition = real.law("xizang-business-environment").edition
    assert resolved(edition, "art_7__para_2") == "art_7__para_2"
    assert resolved(edition, "art_18") == "art_18"
    assert resolved(edition, "art_13__para_2") == "art_19"  # a rejected number leads on
    assert resolved(edition, "art_99") is None
