"""Escaping and marks; that any text comes out literally is a property, see tests/property."""

from __future__ import annotations

import pytest

from duizhao.ground.text import Piece, Text, plain
from duizhao.languages.glossary import Term, glossary_from_terms
from duizhao.writers.pages.inline import Terms, cell, escape, inline, line_start

PARK = Term(zh="公园", en="park", pinyin="", definition_zh="x", definition_en="x", source="x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲", "甲"),
        ("*a*_b_", "\\*a\\*\\_b\\_"),
        ("<b> & c", "&lt;b&gt; &amp; c"),
        ("a\r\nb\nc\rd", "a b c d"),
        ("a\x1bb", "a\\\\u001bb"),
    ],
)
def test_escape(text: str, expected: str) -> None:
    assert escape(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a", "\\# a"),
        ("1. a", "1&#46; a"),
        ("12) a", "12&#41; a"),
        ("=== a", "&#61;== a"),
        ("| a", "&#124; a"),
        ("  a  ", "a"),
        ("a # b", "a # b"),
    ],
)
def test_the_start_of_a_block(text: str, expected: str) -> None:
    assert line_start(text) == expected


def test_a_cell_keeps_its_bars() -> None:
    assert cell("a|*b*") == "a&#124;\\*b\\*"


def marked(words: str, mark: str) -> Text:
    piece = Piece(text=words, original="x", line=1, column=0, note="n", mark=mark)
    return plain("甲", line=1) + Text((piece,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (marked("乙", "query"), '甲<em class="query">乙</em>[n]'),
        (marked("", "gap"), '甲<em class="gap">〔缺〕</em>[n]'),
        (marked("", "emendation"), "甲[n]"),
        (marked(" 乙 ", "emendation"), '甲 <em class="emendation">乙</em>[n] '),
    ],
)
def test_marks(text: Text, expected: str) -> None:
    terms = Terms(glossary_from_terms(()))
    assert inline(text, terms, lambda note: f"[{note}]", "〔缺〕") == expected


def test_terms_are_links_with_one_definition_each() -> None:
    terms = Terms(glossary_from_terms((PARK,)))
    assert terms.mark("公园和公园", "zh") == "[公园][]和[公园][]"
    assert terms.mark("A Park.", "en") == "A [Park][]."
    assert terms.definitions() == "[park]: #term-park\n[公园]: #term-park"
    assert list(terms.found) == ["term-park"]
