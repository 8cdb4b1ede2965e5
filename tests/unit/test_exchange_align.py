"""Alignment: by structure where it is the same, by length and position where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.languages.exchange.align import Alignment, align, without_contents
from duizhao.languages.exchange.english import Block, blocks_from_lines
from duizhao.languages.exchange.pairing import paired
from duizhao.languages.exchange.renumbered import renumbered
from duizhao.languages.exchange.slots import Slot, slots_from_edition
from duizhao.site.pipeline import Site


def slot(eid: str, text: str, *, label: int = 0, role: str = "paragraph") -> Slot:
    return Slot(eid=eid, role=role, text=text, place=eid.partition("__")[0], label=label)


def english(text: str) -> list[Block]:
    return blocks_from_lines(list(enumerate(text.strip().splitlines(), 1)))


def made(found: Alignment) -> dict[str, tuple[str, str]]:
    return {
        p.slots[0].eid: (p.blocks[0].text, p.how)
        for p in found.pairs
        if len(p.slots) == len(p.blocks) == 1
    }


LAW = [
    slot("art_1__para_1", "公园应当开放。"),
    slot("art_2__para_1", "游人应当遵守下列规定："),
    slot("art_2__para_1__point_1", "保护花草树木；", label=1, role="item"),
    slot("art_2__para_1__point_2", "爱护设施。", label=2, role="item"),
    slot("art_3__para_1", "费用由市人民政府承担，三十日内公布。"),
    slot("art_3__para_2", "具体办法另行制定。"),
]
SAME = """
Article 1 Parks shall be open.
Article 2 Visitors shall:
(1) protect flowers and trees;
(2) take care of facilities.
Article 3
The municipal government shall bear the costs and publish them within 30 days.
Specific measures shall be formulated separately.
"""


def test_the_same_structure_is_paired_as_it_stands() -> None:
    found = align(LAW, english(SAME))
    assert found.complete
    assert {how for _, how in made(found).values()} == {"structure"}
    assert made(found)["art_2__para_1__point_2"][0] == "take care of facilities."
    assert len(made(found)) == len(LAW)


@pytest.mark.parametrize(("slots", "blocks"), [(1, 123), (2, 300), (3, 2000), (300, 2)])
def test_texts_of_very_different_length_are_paired_whole(slots: int, blocks: int) -> None:
    left = [slot(f"art_1__para_{n}", "公园应当开放。") for n in range(slots)]
    right = english("Parks shall be open to the public.\n" * blocks)
    found = paired(left, right, 3.0)
    assert [s for some, _ in found for s in some] == left
    assert [b for _, some in found for b in some] == right


def test_english_may_number_its_paragraphs() -> None:
    text = SAME.replace("The municipal", "1. The municipal").replace("Specific", "2. Specific")
    assert made(align(LAW, english(text)))["art_3__para_2"][1] == "structure"


def test_other_paragraphs_are_paired_by_length_and_the_rest_is_left() -> None:
    text = SAME.replace("(1) protect flowers and trees;\n", "")
    found = align(LAW, english(text))
    assert made(found)["art_2__para_1__point_2"] == ("take care of facilities.", "position")
    assert [p.slots[0].eid for p in found.pairs if not p.blocks] == ["art_2__para_1__point_1"]


def test_missing_and_extra_articles_are_named() -> None:
    found = align(LAW, english(SAME.replace("Article 3", "Article 9")))
    assert found.missing == ("art_3",)
    assert found.extra == (("art_9", 5),)


def test_an_article_given_twice_is_extra() -> None:
    found = align(LAW, english(SAME + "Article 1 Parks shall be closed.\n"))
    assert made(found)["art_1__para_1"][0] == "Parks shall be open."
    assert [k for k, _ in found.extra] == ["art_1"]


def test_a_text_without_articles_is_aligned_as_a_whole() -> None:
    lines = [line for line in SAME.strip().splitlines() if line != "Article 3"]
    text = "\n".join(line.removeprefix("Article 1 ").removeprefix("Article 2 ") for line in lines)
    found = align(LAW, english(text))
    assert made(found)["art_3__para_2"][0].startswith("Specific")
    assert {how for _, how in made(found).values()} == {"position"}


def test_the_contents_are_left_aside() -> None:
    front = "Contents\nChapter 1 General\nChapter 2 Fees\nChapter 1 General\n"
    kept = without_contents(english(front + SAME))
    assert [b.line for b in kept if b.kind == "heading"] == [4]


def test_numbers_that_disagree_are_kept_with_the_pair() -> None:
    found = align(LAW, english(SAME.replace("30", "15")))
    (pair,) = [p for p in found.pairs if p.numbers]
    assert (pair.place, pair.numbers.missing, pair.numbers.extra) == ("art_3", ("三十日",), ("15",))


def test_an_article_under_another_number_is_found() -> None:
    law = [
        slot("art_1__para_1", "公园应当开放。"),
        slot("art_2__para_1", "违反第七条、第九条的，处三百元以上五千元以下罚款。"),
        slot("art_3__para_1", "本条例自2030年5月1日起施行。"),
    ]
    text = """
Article 1 Parks shall be open.
Article 2 These Regulations come into force on May 1, 2030.
Article 4 Whoever violates Articles 7 and 9 shall be fined 300 to 5,000 yuan.
"""
    found = renumbered(align(law, english(text)))
    assert {(en, zh) for en, zh, _ in found} == {("art_2", "art_3"), ("art_4", "art_2")}


def test_nothing_is_renumbered_where_the_articles_are_the_same() -> None:
    assert renumbered(align(LAW, english(SAME.replace("30", "15")))) == ()


def test_slots_name_their_provision(tiny: Site) -> None:
    places = {s.eid: s.place for s in slots_from_edition(tiny.laws[0].edition)}
    assert places["art_3__para_1__point_2__indent_1"] == "art_3"
    assert places["chp_2__heading"] == "chp_2"
    assert places["title"] == places["ann_1__para_3"] == "front"
    assert not any(eid.startswith("toc") for eid in places)


@given(st.lists(st.sampled_from(SAME.strip().splitlines()), max_size=12))
def test_every_slot_and_block_stands_in_one_pair(lines: list[str]) -> None:
    blocks = [b for b in english("\n".join(lines)) if b.kind != "article"]
    found = align(LAW, english("\n".join(lines)))
    assert sorted(s.eid for p in found.pairs for s in p.slots) == sorted(s.eid for s in LAW)
    assert sorted(b.line for p in found.pairs for b in p.blocks) == sorted(b.line for b in blocks)
