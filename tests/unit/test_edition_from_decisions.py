from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from duizhao.editing.decisions import decisions_from_toml
from duizhao.editing.edition_from_decisions import edition_from_decisions
from duizhao.parser.edition import articles, divisions, gaps, texts, units
from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options
from duizhao.sources.witness import witness_from_text


def test_sentences_are_joined_lines_moved_and_omitted(tiny: Site) -> None:
    found = {u.eid: u.text for u in units(tiny.laws[0].edition)}
    assert found["art_2__para_1"].lines == (11, 25)
    assert str(found["art_2__para_1"]) == "本条例所称公园，是指向公众开放的绿地。"
    assert found["art_2__para_1"].original == "本条例所称公园,是指向公众开放的绿地。"
    printed = {line for text in found.values() for line in text.lines}
    assert not printed & {51, 53, 57}


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("", "2030-03-01"),
        ("promulgated = 2030-03-02", "2030-03-02"),
        ("promulgated = 2030-03-02\neffective = 2030-04-01", "2030-04-01"),
    ],
)
def test_a_law_in_force_from_its_promulgation_follows_the_day_that_the_editors_give(
    keys: str, found: str
) -> None:
    text = "甲市某条例\n（2030年3月1日甲市人民政府公布）\n第一条 甲。\n第二条 本条例自公布之日起施行。\n"
    witness = witness_from_text(text, name="x.txt")
    source = f'[[witness]]\nfile = "x.txt"\nsha256 = "{witness.sha256}"\ndescription = "x"\n'
    decisions = decisions_from_toml(f'[law]\nid = "law"\n{keys}\n{source}', path="edition.toml")
    assert edition_from_decisions(decisions, witness).metadata.effective == found


def test_items_nest(tiny: Site) -> None:
    found = [u.eid for u in units(tiny.laws[0].edition) if u.eid.startswith("art_3")]
    point = "art_3__para_1__point_"
    assert found == [
        "art_3__para_1",
        f"{point}1",
        f"{point}2",
        f"{point}2__indent_1",
        f"{point}2__indent_2",
        f"{point}3",
    ]


def test_a_lost_number_is_supplied_and_the_paragraph_undecided(tiny: Site) -> None:
    found = {a.eid: a for a in articles(tiny.laws[0].edition.body)}
    assert [eid for eid, a in found.items() if a.supplied] == ["art_5"]
    assert [p.eid for p in found["art_5"].body] == ["gap_articles-4-5", "art_5__para_u1"]
    assert getattr(found["art_5"].body[1], "ordinal", 0) is None
    assert [d.eid for d in divisions(tiny.laws[0].edition.body)] == ["chp_1", "chp_2"]
    assert [g.missing for g in gaps(tiny.laws[0].edition.body)] == [(), ("chp_3",)]


@pytest.mark.parametrize(
    ("note", "kind", "targets", "lines"),
    [
        ("title-after-text", "order", (), ((13, 23),)),
        ("join-article-2", "join", ("art_2__para_1",), ((11, 11), (25, 25))),
        ("campfires-as-8", "number", ("art_6",), ((51, 51),)),
        ("article-7-twice", "repetition", ("art_7",), ((53, 53),)),
        ("turn-to-page-2", "furniture", (), ((57, 57),)),
        ("and-for-he", "emendation", ("art_2__para_2",), ((27, 27),)),
        ("full-width-comma", "normalisation", (), ()),
        ("announced-twice", "query", ("art_4__para_1",), ((43, 43),)),
        ("articles-4-5", "gap", ("art_4__para_2", "gap_articles-4-5"), ((45, 45),)),
    ],
)
def test_notes_know_what_they_are_about(
    tiny: Site, note: str, kind: str, targets: tuple[str, ...], lines: tuple[tuple[int, int], ...]
) -> None:
    found = tiny.laws[0].edition.note(note)
    assert (found.kind, found.targets, found.lines) == (kind, targets, lines)
    assert found.zh


def test_marks_carry_the_words_of_the_witness(tiny: Site) -> None:
    marked = {p.note: p for _, t in texts(tiny.laws[0].edition) for p in t if p.mark}
    assert (marked["and-for-he"].text, marked["and-for-he"].original) == ("和", " and ")
    assert marked["announced-twice"].text == marked["announced-twice"].original == "公布公布"
    assert marked["articles-4-5"].mark == "gap"


def test_rejected_numbers_lead_on(tiny: Site) -> None:
    assert tiny.laws[0].edition.aliases == (("art_8", "art_6"),)


def test_there_is_no_note_of_another_name(tiny: Site) -> None:
    with pytest.raises(KeyError):
        tiny.laws[0].edition.note("nothing")


ONE = (
    '[[gap]]\nid = "one"\nafter = 3\nquote = "甲，"\ncuts = "left"\nwhat = "句末"\nwhy = "断裂。"\n'
)
TWO = (
    '[[gap]]\nid = "two"\nafter = 3\nquote = "甲，"\nsupplies = "第三条"\nwhat = "第三条的文字"\n'
    'why = "缺条。"\n'
)


@pytest.mark.parametrize("gaps_in_order", [(ONE, TWO), (TWO, ONE)])
def test_two_gaps_in_one_place_are_two(tmp_path: Path, gaps_in_order: tuple[str, ...]) -> None:
    text = "某市公园条例\n第一条　丙。\n第二条　甲，\n第四条　乙。\n第五条　本条例自2030年1月1日起施行。\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    head = (
        '[law]\nid = "parks"\n\n[[witness]]\nfile = "witnesses/law.txt"\n'
        f'sha256 = "{digest}"\ndescription = "一份底本。"\n'
    )
    files = {"witnesses/law.txt": text, "parks/edition.toml": "\n".join((head, *gaps_in_order))}
    for name, content in files.items():
        (tmp_path / "seeds" / name).parent.mkdir(parents=True)
        (tmp_path / "seeds" / name).write_text(content, encoding="utf-8")
    (law,) = site_from_options(Options(root=tmp_path)).laws
    edition = law.edition
    assert [a.eid for a in articles(edition.body)] == [f"art_{n}" for n in range(1, 6)]
    marks = {piece.note for _, text in texts(edition) for piece in text if piece.mark == "gap"}
    assert marks == {"one"}
    assert {note.id for note in edition.notes if note.kind == "gap" and note.targets} == {
        "one",
        "two",
    }
