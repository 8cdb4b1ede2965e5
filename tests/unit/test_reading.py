from __future__ import annotations

from duizhao.editing.reading_from_decisions import reading_from_decisions
from duizhao.parser.reading import Lacuna, ReadingLine, reading_from_witness
from duizhao.site.pipeline import Site
from duizhao.sources.witness import witness_from_text


def test_without_decisions_the_lines_are_read_as_they_stand() -> None:
    witness = witness_from_text("甲\n\n　乙,\n", name="x")
    reading = reading_from_witness(witness)
    assert [(str(r.text), r.text.lines) for r in reading if isinstance(r, ReadingLine)] == [
        ("甲", (1,)),
        ("　乙,", (3,)),
    ]


def test_decisions_give_the_order_and_the_words(tiny: Site) -> None:
    law = tiny.laws[0]
    reading = reading_from_decisions(law.decisions, law.witness)
    lines = [r for r in reading if isinstance(r, ReadingLine)]
    assert [r.text.lines[0] for r in lines][:2] == [13, 15]
    assert [r.text.lines for r in lines if 25 in r.text.lines] == [(11, 25)]
    assert "公园分为综合公园和专类公园。" in [str(r.text) for r in lines]
    assert [r.id for r in reading if isinstance(r, Lacuna)] == ["articles-4-5", "rest-of-the-law"]
    assert isinstance(reading[-1], Lacuna)
    assert not any("," in str(r.text) for r in lines)
