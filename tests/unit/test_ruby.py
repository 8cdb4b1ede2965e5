"""Pinyin over words as ruby: the text below it stays as it is."""

from __future__ import annotations

import re

import pytest

from duizhao.languages.pinyin import Readings
from duizhao.parser.edition import units
from duizhao.site.pipeline import Site
from duizhao.writers.pages.inline import escape
from duizhao.writers.pages.ruby import Ruby

_RUBY = re.compile(r"<rt>.*?</rt>|</?ruby>")


def without_pinyin(markup: str) -> str:
    """Markdown with ruby as it is without."""
    return _RUBY.sub("", markup)


def test_words_with_pinyin_and_what_has_none() -> None:
    assert Ruby("本条例，A*", Readings()).whole == (
        "<ruby>本<rt>běn</rt></ruby><ruby>条例<rt>tiáolì</rt></ruby>，A\\*"
    )


def test_a_word_that_is_cut_keeps_its_reading() -> None:
    ruby = Ruby("银行开户", Readings())
    assert ruby.markup(1, 2) == "<ruby>行<rt>háng</rt></ruby>"
    assert ruby.markup(0, 1) + ruby.markup(1, 4) != ruby.whole
    assert without_pinyin(ruby.markup(0, 1) + ruby.markup(1, 4)) == "银行开户"


@pytest.mark.parametrize("law_id", ["xizang-community-governance", "xizang-business-environment"])
def test_the_law_below_the_pinyin_is_the_law(real: Site, law_id: str) -> None:
    for unit in units(real.law(law_id).edition):
        text = str(unit.text)
        assert without_pinyin(Ruby(text, real.readings).whole) == escape(text)
