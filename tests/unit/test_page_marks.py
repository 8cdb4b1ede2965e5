"""The marks of pages: numbers and running heads, and what only looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.commands.add import add_file
from duizhao.parser.edition import units
from duizhao.parser.page_marks import page_numbers, page_rows
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options

_N = "一二三四五六七八九"
LAW = [f"第{n}条　甲市的公园应当开放。" for n in _N]


def _pages(*marks: list[str], over: str = "甲市公园条例", per: int = 3) -> list[str]:
    """A law with such lines behind each three of its articles."""
    lines = [over]
    for at in range(0, len(LAW), per):
        lines += LAW[at : at + per]
        lines += ["甲。", "乙。", *(marks[at // per] if at // per < len(marks) else [])]
    return lines


def _left_out(lines: list[str]) -> list[str]:
    return [lines[row] for row in sorted(page_rows(lines))]


def test_page_numbers() -> None:
    text = ["甲。"] * 8
    assert page_numbers(["1", *text, "2", *text, "3"]) == {0, 9, 18}
    assert page_numbers(["1", "2", "3"]) == frozenset(), "a list of numbers"
    assert page_numbers(["7", *text, "3"]) == frozenset()


@pytest.mark.parametrize("form", ["{}", "{} / 3", "{}/3", "Page {} of 3", "[{}]", "～{}～", "P{}"])
def test_the_number_of_a_page_may_stand_in_a_frame(form: str) -> None:
    lines = _pages([form.format(1)], [form.format(2)])
    assert _left_out(lines) == [form.format(1), form.format(2)]
    assert _left_out(_pages([form.format(1)], [form.format(3)])) == [], "they do not count up"


@pytest.mark.parametrize("line", ["（{}）", "{}.", "{}元", "1/{}"])
def test_what_is_no_number_of_a_page_stays(line: str) -> None:
    assert _left_out(_pages([line.format(1)], [line.format(2)])) == []


@pytest.mark.parametrize(
    "marks",
    [
        [["— 1 —", "甲市公报"], ["— 2 —", "甲市公报"]],
        [["甲市公报　2021年第3期", "", "1"], ["甲市公报　2021年第3期", "", "2"]],
        [["第1页 共3页", "甲市公园条例"], ["第2页 共3页", "甲市公园条例"]],
        [["\f甲市公报"], ["\f甲市公报"]],
        [["甲市公园条例"], ["甲市公园条例"]],
        [["甲市公园条例  1"], ["2  公园条例汇编"], ["甲市公园条例  3"], ["4  公园条例汇编"]],
    ],
)
def test_heads_of_pages_are_left_out(marks: list[list[str]]) -> None:
    lines = _pages(*marks, per=3 if len(marks) < 3 else 2)
    heads = [mark for page in marks for mark in page if mark and mark[0] not in "—第"]
    assert _left_out(lines) == heads


def test_the_head_of_the_first_page_is_left_out_but_not_the_title() -> None:
    marks = ["— 1 —", "甲市公报"], ["— 2 —", "甲市公报"]
    lines = ["甲市公报", *_pages(*marks)]
    assert 0 in page_rows(lines)
    assert 1 not in page_rows(lines)


@pytest.mark.parametrize(
    "marks",
    [
        [["甲市公报"], ["甲市公报"]],  # at no edge of a page
        [["— 1 —", "甲市公报"]],  # once
        [[], [], ["乙。", "— 1 —", "附表样式", "丙。", "— 2 —", "附表样式"]],  # behind the law
        [["— 1 —", "第二章　罚则"], ["— 2 —", "第二章　罚则"]],
        [["— 1 —", "乙。"], ["— 2 —", "乙。"]],
        [["— 1 —", "| 甲类 | 五元 |"], ["— 2 —", "| 甲类 | 五元 |"]],
        [["申请书格式 1"], ["申请书格式 2"], ["申请书格式 3"]],  # cuts no sentence
        [["甲市公园条例", "第一章　总则"], ["甲市公园条例", "第一章　总则"]],
    ],
)
def test_what_is_no_head_of_a_page_stays(marks: list[list[str]]) -> None:
    lines = _pages(*marks)
    assert [line for line in _left_out(lines) if not line.startswith("—")] == []


def test_a_sentence_that_a_running_head_cuts_is_joined(tmp_path: Path) -> None:
    """The head was a paragraph of the article, or the heading of a section, and cut sentences."""
    text = "甲市公园条例\n"
    for page, n in enumerate(_N, 1):
        text += f"　　第{n}条　甲市人民政府应当将公园建设纳入国民经济\n"
        text += f"和社会发展规划，按照第{n}项安排经费用于公园的\n"
        text += f"— {page} —\n甲市人民政府公报\n建设、养护和管理，不得挪用。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    options = Options(root=tmp_path, languages=("zh", "en"), pdf=False)
    add_file(tmp_path / "a.txt", options)
    (law,) = site_from_options(options).laws
    said = {str(unit.text) for unit in units(law.edition)} - {"甲市公园条例"}
    assert said == {
        "甲市人民政府应当将公园建设纳入国民经济"
        f"和社会发展规划，按照第{n}项安排经费用于公园的建设、养护和管理，不得挪用。"
        for n in _N
    }
