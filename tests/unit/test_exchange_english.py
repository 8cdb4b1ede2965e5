"""The English of a law as numbered blocks, and the numbers of both languages."""

from __future__ import annotations

from fractions import Fraction

import pytest

from duizhao.ground.numerals import roman
from duizhao.languages.exchange.agree import disagreement, en_numbers, zh_numbers, zh_value
from duizhao.languages.exchange.english import blocks_from_lines, label_value
from duizhao.languages.exchange.import_ import english_lines


@pytest.mark.parametrize(
    ("line", "kind", "key", "label", "text"),
    [
        ("Chapter 1 General Provisions", "heading", "chp_1", 0, "Chapter 1 General Provisions"),
        ("Chapter II. Duties", "heading", "chp_2", 0, "Chapter II. Duties"),
        ("CHAPTER Ⅲ DUTIES", "heading", "chp_3", 0, "CHAPTER Ⅲ DUTIES"),
        ("Section Two Fees", "heading", "sec_2", 0, "Section Two Fees"),
        ("Chapter (4) Meetings", "heading", "chp_4", 0, "Chapter (4) Meetings"),
        ("Chapter 2 of the Law applies.", "text", "", 0, "Chapter 2 of the Law applies."),
        ("Article 12", "article", "art_12", 0, ""),
        ("Art. 13-1:", "article", "art_13-1", 0, ""),
        ("Article 5 shall not apply.", "text", "", 0, "Article 5 shall not apply."),
        ("Annex 2 Fees", "annex", "annex_2", 0, "Annex 2 Fees"),
        ("(3) to inspect;", "item", "", 3, "to inspect;"),
        ("3. to inspect;", "item", "", 3, "to inspect;"),
        ("(c) to inspect;", "item", "", 3, "to inspect;"),
        ("（三）to inspect;", "item", "", 3, "to inspect;"),
        ("Paragraph (2) to inspect;", "item", "", 2, "to inspect;"),
        ("Paragraph 2, Article 5 applies.", "text", "", 0, "Paragraph 2, Article 5 applies."),
        ("Parks are open daily.", "text", "", 0, "Parks are open daily."),
    ],
)
def test_a_line_is_what_it_opens(line: str, kind: str, key: str, label: int, text: str) -> None:
    (block,) = blocks_from_lines([(1, line)])
    assert (block.kind, block.key, block.label, block.text) == (kind, key, label, text)


def test_an_article_and_its_text_on_one_line_are_two_blocks() -> None:
    found = blocks_from_lines([(7, "Article 3  (1) Visitors shall pay.")])
    assert [(b.kind, b.label, b.text, b.line) for b in found] == [
        ("article", 0, "", 7),
        ("item", 1, "Visitors shall pay.", 7),
    ]


def test_markdown_is_taken_off() -> None:
    found = blocks_from_lines([(1, "## **Article 1**"), (2, "See [the law](x.md).")], markdown=True)
    assert [(b.kind, b.text) for b in found] == [("article", ""), ("text", "See the law.")]


def test_letters_and_roman_numerals() -> None:
    assert [roman(t) for t in ("iv", "XII", "x1", "")] == [4, 12, None, None]
    assert label_value("i", 8) == 9
    assert label_value("i", 0) == 1
    assert label_value("v", 4) == 5


def test_every_letter_numbers_an_item() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    found = blocks_from_lines([(n, f"({c}) item {c};") for n, c in enumerate(letters, 1)])
    assert [(b.kind, b.label) for b in found] == [("item", n) for n in range(1, 27)]


def test_chinese_lines_of_a_bilingual_text_are_left_out() -> None:
    lines = [(1, "第一条 为了规范公园管理。"), (2, "Article 1 Parks (公园) are managed.")]
    assert english_lines(lines) == [lines[1]]


@pytest.mark.parametrize(
    ("text", "value"),
    [("三十", 30), ("1.5万", 15000), ("五百萬", 5_000_000), ("一億", 10**8), ("2,000", 2000)],
)
def test_chinese_numbers(text: str, value: int) -> None:
    assert zh_value(text) == Fraction(value)


def test_what_counts_as_a_number() -> None:
    assert [p for p, _ in zh_numbers("一般应当在三个月内，依照第七条处百分之二十罚款")] == [
        "三个月", "七条", "百分之二十",
    ]  # fmt: skip
    english = en_numbers(
        "twenty-five days; one hundred and fifty yuan; NT$5 million; May; two-thirds"
    )
    assert {Fraction(n) for n in (25, 150, 5_000_000, 5, 2, 3)} <= english


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twentieth", 20), ("thirtieth", 30), ("fortieth", 40), ("fiftieth", 50), ("sixtieth", 60),
        ("seventieth", 70), ("eightieth", 80), ("ninetieth", 90), ("Part II", 2), ("Ⅻ", 12),
    ],
)  # fmt: skip
def test_an_ordinal_of_ten_and_a_roman_numeral_are_numbers(words: str, value: int) -> None:
    assert en_numbers(words) == {Fraction(value)}


def test_letters_that_are_no_number_of_a_division() -> None:
    assert en_numbers("I hold that the MIX of civil parties is a part of it") == set()


@pytest.mark.parametrize(
    ("zh", "en", "missing", "extra"),
    [
        ("应当在三十日内", "within 30 days", (), ()),
        ("应当在三十日内", "within thirty days", (), ()),
        ("应当在三十日内", "within 20 days", ("三十日",), ("20",)),
        ("依照第七条、第八条", "in accordance with Articles 7 and 9", ("八条",), ("9",)),
        ("民國一百零四年六月十五日", "June 15, 2015", (), ()),
        ("二十四个月", "two years", (), ()),
        ("二分之一以上", "more than one half", (), ()),
        ("第九十届", "the ninetieth", (), ()),
        ("第七十一届", "the seventy-first", (), ()),
        ("依照第四章、第九章", "in accordance with Chapter IV and Chapter Ⅸ", (), ()),
        ("依照第四章", "in accordance with Chapter VI", ("四章",), ()),
    ],
)
def test_numbers_are_compared(
    zh: str, en: str, missing: tuple[str, ...], extra: tuple[str, ...]
) -> None:
    found = disagreement(zh, en)
    assert (found.missing, found.extra) == (missing, extra)
    assert bool(found) == bool(missing or extra)
