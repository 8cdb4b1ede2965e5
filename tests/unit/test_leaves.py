from __future__ import annotations

from duizhao.ground.text import plain
from duizhao.languages.leaves import Leaf, leaves
from duizhao.parser.edition import Article, Division, Edition, Gap, Metadata, Node, Unit, units_of
from duizhao.site.pipeline import Site


def article(number: int) -> Article:
    return Article(eid=f"art_{number}", number=f"第{number}条", body=())


def division(level: str, eid: str, ordinal: int, *body: Node) -> Division:
    return Division(
        eid=eid, level=level, ordinal=str(ordinal), number="", title="",
        heading=Unit(eid=f"{eid}__heading", role="heading", text=plain(eid)),
        body=body,  # type: ignore[arg-type]
    )  # fmt: skip


def cut(*body: Node) -> list[tuple[str, list[str]]]:
    edition = Edition(law_id="x", metadata=Metadata(title="x"), title=None, body=body)  # type: ignore[arg-type]
    return [(leaf.slug, [a.eid for a in leaf.articles]) for leaf in leaves(edition)]


def test_a_chapter_is_a_leaf_with_its_sections() -> None:
    section = division("section", "chp_2__sec_1", 1, article(2))
    assert cut(
        division("chapter", "chp_1", 1, article(1)), division("chapter", "chp_2", 2, section)
    ) == [("chapter-1", ["art_1"]), ("chapter-2", ["art_2"])]


def test_a_leaf_has_its_heading_on_one_line() -> None:
    chapter = division("chapter", "第一章　总\n则", 1, article(1))
    edition = Edition(
        law_id="x", metadata=Metadata(title="x"), title=None, body=(chapter, article(2))
    )
    assert [leaf.heading for leaf in leaves(edition)] == ["第一章 总 则", ""]


def test_a_law_without_chapters_is_one_leaf() -> None:
    assert cut(article(1), article(2)) == [("text", ["art_1", "art_2"])]


def test_what_stands_between_chapters_is_not_lost() -> None:
    assert cut(article(1), division("chapter", "chp_1", 1, article(2)), article(3)) == [
        ("text", ["art_1"]),
        ("chapter-1", ["art_2"]),
        ("text-2", ["art_3"]),
    ]


def test_chapters_that_restart_in_each_part_stand_below_it() -> None:
    one = division("part", "part_1", 1, division("chapter", "part_1__chp_1", 1, article(1)))
    two = division("part", "part_2", 2, division("chapter", "part_2__chp_1", 1, article(2)))
    three = division("part", "part_3", 3, article(3))
    assert cut(one, two, three) == [
        ("part-1/chapter-1", ["art_1"]),
        ("part-2/chapter-1", ["art_2"]),
        ("part-3", ["art_3"]),
    ]


def test_a_leaf_knows_its_anchors() -> None:
    gap = Gap(eid="gap_x", note="x", missing=("art_2", "chp_3"))
    (leaf,) = leaves(
        Edition(
            law_id="x",
            metadata=Metadata(title="x"),
            title=None,
            body=(division("chapter", "chp_1", 1, article(1), gap),),
        )
    )
    assert leaf.eids == {"chp_1", "art_1", "gap_x", "art_2", "chp_3"}


def test_every_unit_of_the_body_stands_on_one_leaf(real: Site) -> None:
    for law in real.laws:
        for node in law.edition.body:
            for unit in units_of(node):
                assert sum(_has(leaf, unit.eid) for leaf in law.leaves) == 1, unit.eid


def _has(leaf: Leaf, eid: str) -> bool:
    return eid in leaf.eids or (leaf.division is not None and eid == leaf.division.heading.eid)
