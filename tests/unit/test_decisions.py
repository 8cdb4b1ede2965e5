from __future__ import annotations

import pytest

from duizhao.editing.decision_checks import check_decisions
from duizhao.editing.decisions import (
    Decisions,
    decisions_from_toml,
    line_range,
    lines_of,
    lines_omitted,
    lines_read,
    normalised,
    quoted_at,
)
from duizhao.ground.problems import DuizhaoError
from duizhao.site.pipeline import Site
from duizhao.sources.witness import witness_from_text

LEAST = '[law]\nid = "x"\n[[witness]]\nfile = "f"\nsha256 = "s"\ndescription = "d"\n'
COMMA = '[[emend]]\nid = "comma"\neverywhere = true\nfrom = ","\nto = "，"\ncertainty = "certain"\nwhy = "w"\n'


def read(more: str = "") -> Decisions:
    return decisions_from_toml(LEAST + more, path="edition.toml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", (12, 12)),
        ("1-3", (1, 3)),
        ("3-1", None),
        ("0", None),
        ("", None),
        ("1-", None),
        ("a", None),
    ],
)
def test_a_range_of_lines(text: str, expected: tuple[int, int] | None) -> None:
    assert line_range(text) == expected
    assert list(lines_of(text)) == (list(range(expected[0], expected[1] + 1)) if expected else [])


def test_without_read_every_line_is_read_but_those_omitted() -> None:
    witness = witness_from_text("a\n\nb\nc\n", name="f")
    omit = '[[omit]]\nid = "o"\nlines = "3"\nbegins = "b"\nends = "b"\nwhy = "w"\n'
    assert lines_read(read(), witness) == (1, 3, 4)
    assert lines_read(read(omit), witness) == (1, 4)
    assert lines_omitted(read(omit)) == (3,)


def test_read_gives_the_order() -> None:
    witness = witness_from_text("a\n\nb\nc\n", name="f")
    more = "".join(f'[[read]]\nlines = "{n}"\nbegins = "x"\nends = "x"\n' for n in ("3-4", "1-2"))
    assert lines_read(read(more), witness) == (3, 4, 1)


def test_words_are_found_as_published_or_as_printed() -> None:
    decisions = read(COMMA)
    assert normalised(decisions, "甲,乙,") == "甲，乙，"
    assert quoted_at(decisions, "甲,乙,", "，") == (1, 3)
    assert quoted_at(decisions, "甲,乙,", ",乙") == (1,)
    assert quoted_at(decisions, "甲,乙,", "丙") == ()
    assert quoted_at(decisions, "甲,乙,", "") == ()


def test_a_date_may_be_written_as_a_date_or_a_text() -> None:
    for written in ("2024-09-26", '"2024-09-26"'):
        source = LEAST.replace('id = "x"', f'id = "x"\nadopted = {written}')
        assert decisions_from_toml(source, path="e").law.adopted == "2024-09-26"


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(DuizhaoError) as caught:
        read('[[join]]\nid = 1\nleft = "2"\nnonsense = true\n[extra]\n')
    codes = sorted(p.code for p in caught.value.problems)
    assert codes.count("edition-unknown-key") == 2
    assert codes.count("edition-type") == 2
    assert codes.count("edition-missing-key") == 3


def test_what_is_no_table_is_told_once() -> None:
    with pytest.raises(DuizhaoError) as caught:
        decisions_from_toml('law = 1\nread = ["1-2"]\n[gap]\nid = "x"\n', path="edition.toml")
    assert [(p.code, p.position.line) for p in caught.value.problems] == [
        ("edition-type", 1),
        ("edition-type", 2),
        ("edition-type", 3),
    ]


def test_each_decision_knows_its_place(tiny: Site) -> None:
    decisions = tiny.laws[0].decisions
    for table in ("read", "join", "omit", "emend", "query", "gap"):
        for index, entry in enumerate(getattr(decisions, table)):
            if entry.id:
                at = decisions.position(table, index, "id")
                assert at.text == f'id = "{entry.id}"'
                assert at.text[at.column - 1 :] == f'"{entry.id}"'
    assert decisions.position("query", 99).line == 0
    assert decisions.position("query", 0, "no-such-key").text == "[[query]]"


@pytest.mark.parametrize(("count", "key"), [(0, "from"), (2, "from")])
def test_a_correction_of_what_is_not_there_is_told_to_go(count: int, key: str) -> None:
    witness = witness_from_text("甲。\n", name="f")
    decisions = read(COMMA + f"count = {count}\n")
    (problem,) = check_decisions(decisions, witness)
    assert (problem.code, problem.position.text) == ("emend-count", f'{key} = ","')
    assert "count =" not in problem.hint
