"""Codes of the prints that no other test provokes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duizhao.ground.problems import DuizhaoError
from duizhao.languages.bilingual import bilingual_from_edition
from duizhao.languages.catalog import Catalog
from duizhao.languages.leaves import leaves
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.sources.witness import witness_from_text
from duizhao.writers.typeset import PrintOptions, leaf_pdf
from duizhao.writers.typeset.expected import Expected
from duizhao.writers.typeset.pdf_text import Block
from duizhao.writers.typeset.readback import _compare_block

pytestmark = pytest.mark.pdf


def test_a_law_without_any_date_cannot_be_archival() -> None:
    witness = witness_from_text("某市公园条例\n第一条　公园应当开放。\n", name="law.txt")
    (edition,) = editions_from_reading(reading_from_witness(witness)).editions
    pair = bilingual_from_edition(edition, Catalog(path="", language="en", entries={}))
    with pytest.raises(DuizhaoError) as caught:
        leaf_pdf(pair, leaves(edition)[0], options=PrintOptions(form="zh"))
    assert [p.code for p in caught.value.problems] == ["print-date"]


def test_a_number_that_is_not_beside_its_text_is_found() -> None:
    block = Block(kind="P", note=False, parts=[("zh-Hans-CN", "公园应当开放。")], labels=["3"])
    unit = Expected(eid="art_1__para_2", language="zh", text="公园应当开放。", labels=("2",))
    found = list(_compare_block(block, unit, "zh", "law.pdf"))
    assert [p.code for p in found] == ["print-mark"]
    assert not list(_compare_block(block, replace(unit, labels=("3",)), "zh", "law.pdf"))


def test_letters_cut_off_at_the_end_of_a_chinese_line_are_chinese() -> None:
    text = "奥克托今（HMX）"
    unit = Expected(eid="art_1__para_1", language="en", text=text)
    lines = Block(kind="P", note=False, parts=[("zh-CN", "奥克托今（"), ("zh-CN", "HMX）")])
    assert not list(_compare_block(lines, unit, "en", "law.pdf"))
    english = Block(kind="P", note=False, parts=[("zh-CN", "Octogen (HMX)")])
    found = list(_compare_block(english, replace(unit, text="Octogen (HMX)"), "en", "law.pdf"))
    assert [p.code for p in found] == ["print-language"]
