"""What a build says on its way, and of what it made anew: in the command's language."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from duizhao.building.laws.anew import PARTS, Printed, Step, Work, explained, summary, why
from duizhao.building.laws.bars import shown, watched
from duizhao.ground.problem_words import LANGUAGE, said

ROOT = Path(__file__).parents[2]
WORK = [Work(laws=("lakes", "parks"), why=("text", "theme"), pages=9, fresh=4)]
STEPS = [
    Step(name="tables of all laws", why=("laws",), mended=True),
    Step(name="index of search", why=("laws", "glossary")),
    Step(name="pages of no law"),
]
PRINTED = [Printed(law="lakes", why=("tools or fonts",), files=8, fresh=2)]
CODE = """
from duizhao.building.laws.bars import shown, watched
with shown(print):
    assert list(watched(iter("abcdefghijklmnopqrstu"), [1] * 21, "laws")) == list("abcdefghijklmnopqrstu")
"""


def test_lines_where_there_is_no_terminal() -> None:
    lines: list[str] = []
    with shown(lines.append):
        assert list(watched(iter(range(25)), [1] * 25, "laws")) == list(range(25))
        assert list(watched(iter(range(9)), [1] * 9, "laws")) == list(range(9))
    assert len(lines) == 10
    assert (lines[0], lines[-1]) == ("3 of 25 laws done", "25 of 25 laws done")


def test_a_result_may_be_several_steps() -> None:
    """Laws of one source are made together."""
    lines: list[str] = []
    with shown(lines.append):
        assert list(watched(iter("abcd"), [9, 1, 1, 9], "laws")) == list("abcd")
    assert lines == ["9 of 20 laws done", "10 of 20 laws done", "20 of 20 laws done"]


def test_nothing_is_said_unless_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(watched(iter(range(25)), [1] * 25, "laws")) == list(range(25))
    assert capsys.readouterr() == ("", "")


def on_a_terminal(columns: int) -> tuple[str, str]:
    """What the code prints, and what a terminal that is so wide shows on standard error."""
    outer, inner = pty.openpty()
    termios.tcsetwinsize(inner, (24, columns))
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        stdout=subprocess.PIPE,
        stderr=inner,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "build_scripts")},
    )
    os.close(inner)
    shown_there = b""
    # Where the other end is closed, Linux says so with an error once all has been read.
    with contextlib.suppress(OSError):
        while some := os.read(outer, 10_000):
            shown_there += some
    os.close(outer)
    return done.stdout.decode(), shown_there.decode()


def test_a_bar_with_rate_and_remaining_time_on_a_terminal() -> None:
    said, shown_there = on_a_terminal(80)
    assert said == ""
    last = shown_there.strip().rpartition("\r")[2]
    assert last.startswith("laws: 100%|")
    assert "21/21 [" in last
    assert "<" in last, "the time that remains"
    assert "/s]" in last, "the rate"


def test_lines_on_a_terminal_that_has_no_width() -> None:
    said, shown_there = on_a_terminal(0)
    assert said.endswith("21 of 21 laws done\n")
    assert shown_there == ""


def test_what_was_made_anew_is_told_in_chinese() -> None:
    spoke = LANGUAGE.set("zh")
    try:
        lines = [*explained(WORK, PRINTED, STEPS), *summary(WORK, PRINTED)]
        parts = [said(part) for part in PARTS]
    finally:
        LANGUAGE.reset(spoke)
    assert lines == [
        "lakes, parks：9 页中转换 4 页；有变化：文字、主题",
        "lakes：8 个打印文件中排版 2 个；有变化：工具或者字体",
        "检索索引：重做；有变化：法规、术语表",
        "不属于任何法规的页面：沿用",
        "全部法规的数据表：只更新有变化的部分；有变化：法规",
        "2 部法规中重新制作 2 部，其 9 页中转换 4 页",
        "8 个打印文件中重新排版 2 个",
    ]
    assert not set(parts) & set(PARTS), "every name has its Chinese"


def test_the_names_of_what_differs() -> None:
    parts = {"text": "1", "translation": "2", "theme": "3"}
    assert why(None, parts) == ("not made before, or what was kept is damaged",)
    assert why(parts | {"text": "0", "translation": "0"}, parts) == ("text",)
    assert why(dict(parts), parts) == ("what was kept is gone or damaged",)
