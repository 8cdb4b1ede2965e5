"""Tables in print: rows stay whole, columns have the width that they need, pinyin stays in its cell."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from tests.pdf.test_structures import bilingual, law, unit

from duizhao.languages.bilingual import Bilingual, Translation
from duizhao.languages.leaves import leaves
from duizhao.parser.edition import Article, Table
from duizhao.writers.typeset import PrintOptions, leaf_pdf, read_back

pytestmark = pytest.mark.pdf

_LONG = "Responsibilities, accompanied by administration"


def tabled(*rows: tuple[str, ...]) -> Bilingual:
    """A law that is one table."""
    cells = tuple(
        tuple(unit(f"art_1__table_1__cell_{r}_{c}", text, "cell") for c, text in enumerate(row))
        for r, row in enumerate(rows)
    )
    table = Table(eid="art_1__table_1", rows=cells)
    return bilingual(law(Article(eid="art_1", number="第一条", body=(table,))))


def printed(pair: Bilingual, form: str) -> pypdfium2.PdfDocument:
    """The law as it is printed, which says what the law says."""
    leaf = leaves(pair.edition)[0]
    pdf = leaf_pdf(pair, leaf, options=PrintOptions(form=form))
    assert list(read_back(pdf, pair, leaf, form)) == []
    return pypdfium2.PdfDocument(pdf)


def test_a_row_is_not_parted_by_the_end_of_a_page() -> None:
    rows = [(f"{n}号", f"{n}、" * 30 * (1 + n % 3)) for n in range(100, 140)]
    pages = [p.get_textpage().get_text_range() for p in printed(tabled(("目", "注"), *rows), "zh")]
    assert len(pages) > 2
    for number, _ in rows:
        assert len([text for text in pages if number[:3] in text]) == 1


def test_a_row_higher_than_a_page_goes_on_on_the_next() -> None:
    assert len(printed(tabled(("目", "注"), ("甲", "拖船按照发动机功率折合。" * 300)), "zh")) > 2


def test_the_column_with_most_to_say_is_the_widest() -> None:
    remark = "拖船按照发动机功率每千瓦折合净吨位，无法提供证明文件的游艇按照发动机功率计征。" * 2
    pair = tabled(("税", "一", "二", "三", "四", "五", "注"), ("甲", *"12345", remark))
    text = printed(pair, "zh")[0].get_textpage()
    found = text.search("拖船").get_next()
    assert found is not None
    boxes = [text.get_charbox(found[0] + n) for n in range(len(remark))]
    assert len({round(bottom / 6) for _, bottom, _, _ in boxes}) < 8
    english = tabled(("税", *["注释"] * 5), ("甲", *["说明"] * 5))
    english.translations.update(
        (f"art_1__table_1__cell_1_{n}", Translation(text=_LONG, status="translated"))
        for n in range(6)
    )
    lines = printed(english, "en")[0].get_textpage().get_text_range().split()
    assert lines.count("Responsibilities,") == 6
    assert lines.count("administration") == 6


def test_what_is_said_above_a_word_stands_in_its_cell() -> None:
    pair = tabled(("税目", "税率"), ("拖船", "普通税率"), ("游艇", "优惠税率"))
    page = printed(pair, "pinyin")[0]
    rules = [
        o.get_bounds() for o in page.get_objects([pdfium.FPDF_PAGEOBJ_PATH]) if not o.container
    ]
    across = [(left, (a + b) / 2, right) for left, a, right, b in rules if b - a < 2 < right - left]
    text = page.get_textpage()
    sounds = [
        text.get_charbox(n)
        for n, c in enumerate(text.get_text_range())
        if c.isalpha() and c < "\u0250"
    ]
    assert len(sounds) > 30
    assert len(across) > 3
    for left, bottom, right, top in sounds:
        assert not [y for a, y, b in across if bottom < y < top and a < right and left < b]
