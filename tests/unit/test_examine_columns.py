"""Examining pages that are set in narrow lines: what stands between them, how they were read."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

import pytest
from tests.examined import drafts_of, page_of

from duizhao.editing.accounting import check_accounting
from duizhao.editing.decisions import Decisions, lines_read
from duizhao.editing.edition_from_decisions import edition_from_decisions
from duizhao.editing.examine.report import report_lines
from duizhao.parser.edition import units
from duizhao.sources.witness import Witness

NUMBERS = "一二三四五六七八九"
WIDTH = 18
#: So that no two articles are cut at the same characters.
WHEN = ("", "依法", "每年汛期", "应", "三年之内", "每日和", "在必要时", "须", "无论何时何地都")


def _narrow(*paragraphs: str) -> list[str]:
    """Paragraphs in lines of one width, each set in by two spaces."""
    out = []
    for text in paragraphs:
        line = "　　" + text
        out += [line[at : at + WIDTH] for at in range(0, len(line), WIDTH)]
    return out


def _water(number: int) -> str:
    return (
        f"第{NUMBERS[number - 1]}条　{WHEN[number - 1]}水库管理单位应当会同水行政主管部门，定期检查堤坝和闸门，"
        f"在第{number}次蓄水之前向水行政主管部门报告水库的水位和堤坝的安全状况，并且公布报告水位的结果。"
    )


def _school(number: int) -> str:
    return (
        f"第{NUMBERS[number - 1]}条　{WHEN[-number]}学校和教师应当爱护学生，按照教育行政部门的规定开设第{number}门课程，"
        "教育行政部门应当对学校开设课程的情况和教师的教学进行督导，学校应当向学生公布督导的结果。"
    )


def _texts(page: Witness, decisions: Decisions) -> list[str]:
    edition = edition_from_decisions(decisions, page)
    return ["".join(str(u.text).split()) for u in units(edition) if u.eid.endswith("para_1")]


@pytest.mark.parametrize(
    "between",
    [
        "■　要闻",
        "本报讯（记者 赵明）7月11日，全市防汛会议召开。",
        "图为工作人员检查设施。　本报记者　陈刚　摄",
        "□　新华社记者　王强",
        "A03",
    ],
)
def test_what_a_page_prints_between_two_lines_is_not_read_into_the_sentence(between: str) -> None:
    lines = _narrow(*map(_water, range(1, 8)))
    at = next(n for n, line in enumerate(lines) if line.startswith("　　第五条")) + 2
    page, found = page_of("甲市水库条例", *lines[:at], between, *lines[at:])
    ((text, decisions),) = drafts_of(found)
    assert at + 2 not in lines_read(decisions, page)
    assert between[:16] in text, "the line is listed, or left out by name"
    assert _texts(page, decisions) == [_water(n)[4:] for n in range(1, 8)]


def test_the_title_of_the_next_law_ends_a_sentence_that_is_cut_above_it() -> None:
    water, school = (_narrow(*map(law, range(1, 8))) for law in (_water, _school))
    at = next(n for n, line in enumerate(water) if line.startswith("　　第五条")) + 2
    page, found = page_of("甲市水库条例", *water[:at], "乙市学校条例", *school, *water[at:])
    assert [law.title for law in found.laws] == ["甲市水库条例", "乙市学校条例"]
    (_, first), (_, second) = drafts_of(found)
    assert _texts(page, first) == [_water(n)[4:] for n in range(1, 8)]
    assert _texts(page, second) == [_school(n)[4:] for n in range(1, 8)]


def test_a_full_line_that_ends_with_law_is_no_title() -> None:
    """…应当依法 ends like the name of a law; below it its sentence goes on."""
    lines = _narrow(*map(_water, range(1, 8)))
    at = next(n for n, line in enumerate(lines) if line.startswith("　　第五条"))
    page, found = page_of(
        "甲市水库条例", *lines[:at], "　　水库和堤坝管理单位应当一律依法", "接受监督。", *lines[at:]
    )
    ((_, decisions),) = drafts_of(found)
    assert [law.title for law in found.laws] == ["甲市水库条例"]
    assert len(lines_read(decisions, page)) == len(lines) + 3
    edition = edition_from_decisions(decisions, page)
    assert "水库和堤坝管理单位应当一律依法接受监督。" in [str(u.text) for u in units(edition)]


def test_a_line_that_is_set_in_begins_a_paragraph_below_one_that_is_cut() -> None:
    """A line was lost between: the two are not one sentence without a word to the reader."""
    lines = _narrow(*map(_water, range(1, 8)))
    at = next(n for n, line in enumerate(lines) if line.startswith("　　第五条")) + 2
    lines[at:at] = ["　　水行政主管部门应当建立档案。"]
    _, found = page_of("甲市水库条例", *lines)
    ((_, decisions),) = drafts_of(found)
    assert all(join.why for join in decisions.join if join.right == at + 2)


def test_print_that_runs_downward_is_not_read_as_text() -> None:
    lines = [_water(n) for n in range(1, 8)]
    page, found = page_of("甲市水库条例", *lines[:3], *"人民公报", *lines[3:])
    ((text, decisions),) = drafts_of(found)
    assert lines_read(decisions, page) == (1, 2, 3, 4, 9, 10, 11, 12)
    assert "# 第5行：人" in text
    edition = edition_from_decisions(decisions, page)
    problems = list(check_accounting(page, [(decisions, edition)]))
    assert [(p.code, p.position.line) for p in problems] == [
        ("line-unaccounted", n) for n in range(5, 9)
    ]


def _across(*columns: list[str]) -> list[str]:
    """Columns read across: a line of each in turn."""
    return [line for row in zip_longest(*columns) for line in row if line is not None]


def _three(number: int) -> str:
    return (
        f"第{NUMBERS[number - 1]}条　{WHEN[number // 2]}公园和绿地的养护单位应当修剪树木，清扫园路，第{number}座公园的养护单位应当"
        "按照城市管理部门的规定修剪树木，并且在公园的入口公布清扫园路和修剪树木的时间安排。"
    )


@pytest.mark.parametrize("spaces", [True, False])
@pytest.mark.parametrize("laws", [(_water, _school), (_water, _school, _three)])
def test_columns_that_were_read_across_are_told_apart(
    laws: tuple[Callable[[int], str], ...], *, spaces: bool
) -> None:
    titles = ["甲市水库条例", "乙市学校条例", "丙市公园条例"][: len(laws)]
    columns = [
        [title, *_narrow(*map(law, range(1, 10)))] for title, law in zip(titles, laws, strict=True)
    ]
    if not spaces:
        columns = [[line.strip("　") for line in column] for column in columns]
    page, found = page_of(*_across(*columns))
    assert sorted(law.title for law in found.laws) == sorted(titles)
    done = []
    for law, (text, decisions) in zip(found.laws, drafts_of(found), strict=True):
        assert "# 底本把并排的几栏逐行横着读" in text
        paragraphs = [laws[titles.index(law.title)](n)[4:] for n in range(1, 10)]
        assert _texts(page, decisions) == paragraphs
        done.append((decisions, edition_from_decisions(decisions, page)))
    assert list(check_accounting(page, done)) == []
    assert any("in turn with others" in line for line in report_lines(found))


def test_one_law_in_two_columns_that_were_read_across_is_one_law() -> None:
    lines = _narrow(*map(_water, range(1, 10)))
    half = len(lines) // 2
    page, found = page_of("甲市水库条例", *_across(lines[:half], lines[half:]))
    ((_, decisions),) = drafts_of(found)
    assert _texts(page, decisions) == [_water(n)[4:] for n in range(1, 10)]


def test_a_line_that_is_lost_among_columns_read_across_shifts_no_other() -> None:
    water, school = (_narrow(*map(law, range(1, 10))) for law in (_water, _school))
    lost = next(n for n, line in enumerate(school) if line.startswith("　　第四条")) + 2
    rows = _across(["甲市水库条例", *water], ["乙市学校条例", *school])
    at = rows.index(school[lost])
    page, found = page_of(*rows[:at], *rows[at + 1 :])
    texts = {
        law.title: _texts(page, d) for law, (_, d) in zip(found.laws, drafts_of(found), strict=True)
    }
    assert texts["甲市水库条例"] == [_water(n)[4:] for n in range(1, 10)]
    assert texts["乙市学校条例"][4:] == [_school(n)[4:] for n in range(5, 10)]


def test_columns_that_stand_one_after_the_other_stay_as_they_are() -> None:
    water, school = (_narrow(*map(law, range(1, 10))) for law in (_water, _school))
    _, found = page_of("甲市水库条例", *water, "乙市学校条例", *school)
    assert [row.line for row in found.rows] == sorted(row.line for row in found.rows)


def test_a_column_that_ends_within_a_sentence_is_found_by_the_words_that_go_on() -> None:
    """Both laws are cut within a sentence, at full lines: nothing but the words tells."""
    water, school = (_narrow(*map(law, range(1, 10))) for law in (_water, _school))
    one = next(n for n, line in enumerate(water) if line.startswith("　　第六条")) - 1
    other = next(n for n, line in enumerate(school) if line.startswith("　　第四条")) - 1
    page, found = page_of(
        "甲市水库条例", *water[:one], "乙市学校条例", *school[:other], *water[one:], *school[other:]
    )
    (_, first), (_, second) = drafts_of(found)
    assert _texts(page, first) == [_water(n)[4:] for n in range(1, 10)]
    assert _texts(page, second) == [_school(n)[4:] for n in range(1, 10)]
    assert [join.left for join in (*first.join, *second.join) if join.why] == [
        one + 1,
        2 + one + other,
    ]


def test_what_a_law_leaves_out_does_not_part_its_lines() -> None:
    page = [_water(1), _water(2), _water(3), _water(2), _water(4)]
    _, found = page_of("甲市水库条例", *page)
    assert not any("in turn" in line for line in report_lines(found))


def test_a_narrow_column_read_twice_is_printed_once_though_it_was_misread() -> None:
    """Its paragraphs without a number are left out below those that are, and in one printing."""
    body = [text for n in range(1, 10) for text in (_water(n), f"{WHEN[-n]}报告的办法另行规定。")]
    lines = _narrow(*body)
    start, stop = (
        next(n for n, t in enumerate(lines) if t.startswith(f"　　第{k}条")) for k in "四七"
    )
    again = [
        line.replace("水库管理", "水厍管理").replace("另行", "男行") for line in lines[start:stop]
    ]
    page, found = page_of("甲市水库条例", *lines, *again)
    ((_, decisions),) = drafts_of(found)
    read, one, other = lines_read(decisions, page), start + 2, len(lines) + 2
    printings = [(at + one in read, at + other in read) for at in range(len(again))]
    assert set(printings) <= {(True, False), (False, True)}
    assert len(lines_read(decisions, page)) == len(lines) + 1
    assert all("大体相同" in o.why or "逐字相同" in o.why for o in decisions.omit)
