from __future__ import annotations

import pytest

from duizhao.languages.citation import article_zh, citations, en_of, zh_of
from duizhao.parser.edition import Article
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.site.pipeline import Site
from duizhao.sources.witness import witness_from_text

CASES = [
    ("art_13", "第十三条", "Article 13"),
    ("art_13__para_2", "第十三条第二款", "Article 13, paragraph 2"),
    ("art_13__para_2__point_3", "第十三条第二款第三项", "Article 13, paragraph 2, subparagraph 3"),
    (
        "art_1__para_1__point_2__indent_4",
        "第一条第一款第二项第4目",
        "Article 1, paragraph 1, subparagraph 2, item 4",
    ),
    ("art_120-1", "第一百二十条之一", "Article 120-1"),
    ("chp_2", "第二章", "Chapter 2"),
    ("part_1__chp_1", "第一编第一章", "Part 1, Chapter 1"),
    ("part_1__subpart_2", "第一编第二分编", "Part 1, Subpart 2"),
    ("annex_1", "附件一", "Annex 1"),
    (
        "art_5__para_u1",
        "第五条（现存第一款，款次不明）",
        "Article 5, surviving paragraph 1 (number unknown)",
    ),
    ("art_u1", "（条号不明之一）", "surviving article 1 (number unknown)"),
    ("title", "标题", "title"),
    ("note", "题注", "adoption note"),
    ("toc__chp_1", "目录第一章", "table of contents, Chapter 1"),
    ("ann_1__para_2", "公告第二款", "announcement, paragraph 2"),
    ("preamble__para_1", "序言第一款", "preamble, paragraph 1"),
    ("chp_2__heading", "第二章标题", "Chapter 2, heading"),
    ("short_title", "简称", "short title"),
    ("witness", "底本说明", "description of the source"),
]


@pytest.mark.parametrize(("eid", "zh", "en"), CASES)
def test_an_identifier_is_a_citation(eid: str, zh: str, en: str) -> None:
    assert (zh_of(eid), en_of(eid)) == (zh, en)


def test_the_one_paragraph_of_an_article_is_not_counted(tiny: Site) -> None:
    found = citations(tiny.laws[0].edition)
    assert found["art_1__para_1"].zh == "第一条"
    assert found["art_2__para_1"].zh == "第二条第一款"
    assert found["art_3__para_1__point_1"].zh == "第三条第一项"
    assert found["art_3__para_1__point_1"].en == "Article 3, subparagraph 1"
    assert found["art_5__para_u1"].zh == "第五条（现存第一款，款次不明）"


@pytest.mark.parametrize(
    ("number", "cited"),
    [("第二条", "第二条"), ("笫二条", "第二条"), ("苐二条", "第二条"), ("二", "二")],
)
def test_an_article_is_cited_by_its_number_unless_it_is_a_point(number: str, cited: str) -> None:
    assert article_zh(Article(eid="art_2", number=number, body=())) == cited


def test_no_two_provisions_are_cited_alike(real: Site) -> None:
    """But an article and its only paragraph, which are one, and paragraphs without a place."""
    for law in real.laws:
        found = citations(law.edition)
        for language in ("zh", "en"):
            cited = [getattr(c, language) for e, c in found.items() if not _sole(e, set(found))]
            assert len(cited) == len(set(cited))


def _sole(eid: str, found: set[str]) -> bool:
    return "__para_u" in eid or (eid.endswith("__para_1") and f"{eid[:-1]}2" not in found)


@pytest.mark.parametrize(
    ("last", "cited"),
    [
        ("依前項第一款、第一條第二項第一款辦理。", "第一條第二項第一款"),
        ("依第一條第二款第（一）項辦理。", "第一條第二款第一項"),
    ],
)
def test_a_law_is_cited_in_the_levels_that_it_has(last: str, cited: str) -> None:
    """第一条第二款第一项 named in a law of Taiwan another provision than it led to."""
    lines = ("某管理規則", "第一條　甲。", "乙：", "一、丙。", "二、丁。", f"第二條　{last}")
    reading = reading_from_witness(witness_from_text("\n".join(lines), name="x"))
    (edition,) = editions_from_reading(reading).editions
    found = citations(edition)["art_1__para_2__point_1"]
    assert (found.zh, found.en) == (cited, "Article 1, paragraph 2, subparagraph 1")
