"""A line that goes on an item has no number in the Chinese, and is given none in English."""

from __future__ import annotations

from duizhao.languages.bilingual import Bilingual, Translation
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.sources.witness import witness_from_text
from duizhao.writers.formats.blocks import sequence_of

TEXT = """某条例
第一条 古树名木包括：
（一）古树。
古树由省人民政府认定。
（二）名木。
"""


def test_no_number_is_invented() -> None:
    reading = reading_from_witness(witness_from_text(TEXT, name="law.txt"))
    (edition,) = editions_from_reading(reading, law_id="trees").editions
    some = {"title": Translation(text="Regulations", status="translated")}
    pair = Bilingual(edition=edition, language="en", translations=some)
    found = [
        (b.number, b.english)
        for b in sequence_of(edition, pair).blocks
        if b.kind in ("item", "subitem")
    ]
    assert found == [("（一）", "(1)"), ("", ""), ("（二）", "(2)")]
