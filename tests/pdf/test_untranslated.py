"""What has no translation in print: said once, beside the Chinese, or in Chinese as that is set."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from tests.pdf.conftest import Invent
from tests.pdf.test_laws import _titles
from tests.pdf.test_tables import printed, tabled

from duizhao.languages.bilingual import Bilingual
from duizhao.languages.leaves import leaves
from duizhao.writers.typeset import PrintOptions, leaf_pdf, read_back

pytestmark = pytest.mark.pdf

_ZH = "为了保护树木，根据法律，结合实际，制定本条例。"


def _pdf(pair: Bilingual, form: str) -> bytes:
    leaf = leaves(pair.edition)[0]
    pdf = leaf_pdf(pair, leaf, options=PrintOptions(form=form))
    assert list(read_back(pdf, pair, leaf, form)) == []
    return pdf


def test_beside_the_chinese_a_sign_says_why_there_is_no_translation(invent: Invent) -> None:
    pair = invent([(_ZH, "")], [("禁止砍伐。", "Felling is prohibited.")])
    text = pypdfium2.PdfDocument(_pdf(pair, "parallel"))[0].get_textpage().get_text_range()
    assert text.count("制定本条例") == 1
    assert text.count("[not yet translated]") == 1
    alone = pypdfium2.PdfDocument(_pdf(pair, "en"))[0].get_textpage().get_text_range()
    assert "制定本条例。 [not yet translated]" in " ".join(alone.split())


def test_an_entry_of_the_outline_is_words_and_no_sign(invent: Invent) -> None:
    pair = invent([(_ZH, "")])
    del pair.translations["chp_1__heading"]
    with pikepdf.open(io.BytesIO(_pdf(pair, "parallel"))) as document:
        titles = list(_titles(document.Root.Outlines))
    assert titles[-2:] == ["第一章 规则", "第一条 · Article 1"]


def test_chinese_in_the_column_of_the_translation_keeps_its_full_width(invent: Invent) -> None:
    pages = pypdfium2.PdfDocument(_pdf(invent([(_ZH, "")]), "en"))
    text = pages[0].get_textpage()
    found = text.search("树木，根据").get_next()
    assert found is not None
    wood, comma, root = (text.get_charbox(found[0] + n, loose=True)[0] for n in (1, 2, 3))
    assert root - comma > 0.9 * (comma - wood)


def test_a_table_without_translation_is_set_once() -> None:
    pair = tabled(("税目", "税率"), ("拖船", "优惠税率"))
    for eid in [eid for eid in pair.translations if "cell" in eid]:
        del pair.translations[eid]
    text = printed(pair, "parallel")[0].get_textpage().get_text_range()
    assert text.count("优惠税率") == 1
    assert "[not yet translated]" not in text.partition("税目")[2].partition("版本日期")[0]
