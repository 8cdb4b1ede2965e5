from __future__ import annotations

import pytest

from duizhao.ground.problems import (
    DuizhaoError,
    Position,
    Severity,
    display_width,
    error,
    render,
    visible,
    warning,
)


def test_a_problem_is_shown_with_place_line_caret_and_hint() -> None:
    at = Position(
        file="page.txt", line=3, column=3, length=2, text="公园管理", path=("第一章", "第二条")
    )
    assert render(error("some-code", at, "This is wrong.", "mend it")).splitlines() == [
        "page.txt:3:3  some-code  This is wrong.",
        "  in 第一章 › 第二条",
        "  公园管理",
        "      ^^^^",
        "  Do: mend it",
    ]


def test_a_whole_file_has_no_line_and_no_caret() -> None:
    assert render(warning("x-y", Position(file="a.po"), "Gone.")) == "a.po  x-y  Gone."


@pytest.mark.parametrize(("column", "length"), [(1, 3), (40, 1), (200, 5), (300, 1)])
def test_a_long_line_is_shown_around_the_place(column: int, length: int) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(300))
    shown = render(
        error("x-y", Position(file="f", line=1, column=column, length=length, text=text), "m")
    )
    line, carets = shown.splitlines()[1:3]
    left = len(carets) - len(carets.lstrip())
    at, width = 0, 0
    while width < left:
        width += display_width(line[at])
        at += 1
    assert line[at : at + length] == text[column - 1 : column - 1 + length]
    assert display_width(line[at : at + length]) == carets.count("^")
    assert len(line) < 110


def test_wide_characters_take_two_columns_and_accents_none() -> None:
    assert [display_width(t) for t in ("a", "公", "，", "ａ", "e\u0301", "")] == [1, 2, 2, 2, 1, 0]


def test_what_cannot_be_seen_is_escaped() -> None:
    assert visible("a\tb\u200b\u202e公") == "a\\u0009b\\u200b\\u202e公"


def test_an_error_carries_all_its_problems() -> None:
    one, two = (error(f"code-{n}", Position(file="f"), "m") for n in "ab")
    assert DuizhaoError([one, two]).problems == (one, two)
    assert str(DuizhaoError([one, two])).count("code-") == 2
    assert one.severity is Severity.ERROR
