"""What a reader is told, in the language of the environment."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from duizhao.cli.main import main
from duizhao.ground.messages import extract_said
from duizhao.ground.problem_words import in_words, language_of, spoken
from duizhao.ground.problems import Position, Problem, counted, error, warning

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "build_scripts" / "duizhao"
PLACE = Position(file="a.txt", line=1, path=("第一章",))
_VALUE = re.compile(r"\{\d+\}")


def templates() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*.py")):
        with path.open("rb") as file:
            for _, _, template, _ in extract_said(file, {}, (), {}):
                assert isinstance(template, str)
                yield template


def catalog() -> polib.POFile:
    return polib.pofile(str(PACKAGE / "words" / "zh.po"), encoding="utf-8")


def test_every_sentence_of_the_code_is_translated() -> None:
    wanted, there = set(templates()), {e.msgid: e for e in catalog() if not e.obsolete}
    assert len(wanted) > 500
    assert sorted(wanted - there.keys()) == [], "run `make messages` and translate words/zh.po"
    assert sorted(there.keys() - wanted) == [], "run `make messages`"
    assert [e.msgid for e in there.values() if not e.msgstr or e.fuzzy] == []


def test_translations_have_the_values_and_chinese_marks() -> None:
    entries = list(catalog())
    assert entries
    for entry in entries:
        values = sorted(_VALUE.findall(entry.msgid))
        assert sorted(_VALUE.findall(entry.msgstr)) == values, entry.msgid
        if entry.msgid.endswith(".") and len(entry.msgid) > 3:
            assert entry.msgstr.endswith("。"), entry.msgstr
        assert not re.search("[\u4e00-\u9fff][,;:?!]", entry.msgstr), entry.msgstr


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "C"}, "en"),
        ({"LC_ALL": "de_DE", "LC_MESSAGES": "zh_CN", "LANG": "zh_CN"}, "en"),
        ({"LC_ALL": "", "LANG": "zh"}, "zh"),
    ],
)
def test_the_language_is_that_of_the_environment(
    environment: dict[str, str], language: str
) -> None:
    assert language_of(environment) == language


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The file is empty.", "文件是空的。"),
        ("`con` cannot be a name: file systems keep this name for themselves.",
         "`con` 不能用作名称：这是文件系统保留的名称。"),
        # what stands in quotation marks is the user's, also where it is a phrase of ours
        ("“it is not UTF-8” has no counterpart.", "“it is not UTF-8”没有对应的译文。"),
        ("第十一条 is missing after 第十条: the next is 第十二条.",
         "缺少第十一条（在第十条之后）：下一个是第十二条。"),
        # the identifier before a sentence is no part of its first value
        ("art_1__para_1: The date 2024-01-02 is not in the English.",
         "art_1__para_1：英文没有日期 2024-01-02。"),
        ("The witness x.txt cannot be read: No such file or directory.",
         "底本 x.txt 无法读取：没有这个文件或者文件夹。"),
        ("Line 3 of page.txt has something else: {0} {x}",
         "page.txt 第 3 行的文字不同：{0} {x}"),
        # what no template fits stays
        ("Nobody has written this sentence!", "Nobody has written this sentence!"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_sentence_is_found_again_by_its_template(english: str, chinese: str) -> None:
    assert in_words(english, "zh") == chinese
    assert in_words(english, "en") == english
    assert in_words(english, "fr") == english


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("1 law, 1 witness line accounted for", "1 laws, 1 witness lines accounted for"),
        ("1 file and 1 source as the manifest says", "1 files and 1 sources as the manifest says"),
        ("1 problem", "1 problems"),
        ("1 page and 1 PDF in site/; every link checked",
         "1 pages and 1 PDFs in site/; every link checked"),
        ("不得 stands 1 time in the Chinese, its counterpart 2 times in the English.",
         "不得 stands 1 times in the Chinese, its counterpart 2 times in the English."),
    ],
)  # fmt: skip
def test_one_is_said_in_chinese_as_many_are(one: str, many: str) -> None:
    assert in_words(one, "zh") == in_words(many, "zh") != one


def test_what_is_counted_has_its_number() -> None:
    said = [counted(n, "law", "laws") for n in (0, 1, 2, 21)]
    assert said == ["0 laws", "1 law", "2 laws", "21 laws"]


def test_a_problem_in_both_languages() -> None:
    problem = error("witness-empty", PLACE, "The file is empty.", "give a file with text")
    assert spoken(problem, "zh") == (
        "a.txt:1  witness-empty  文件是空的。\n  位于 第一章\n  处理：提供有文字的文件"
    )
    assert spoken(problem, "en") == (
        "a.txt:1  witness-empty  The file is empty.\n  in 第一章\n  Do: give a file with text"
    )
    assert spoken(problem) == spoken(problem, "en"), "a command that has not begun speaks English"


def test_extraction_follows_names_conditions_and_joined_strings(tmp_path: Path) -> None:
    code = tmp_path / "x.py"
    code.write_text(
        "HINT = 'a hint of the module'\n"
        "def f(a, b):\n"
        "    said_too = 'one branch' if a else f'other {b} branch'\n"
        "    error('code', here, f'It is {said_too}: {b!r}.', HINT)\n"
        "    other('not read by anyone', message='but this is not either')\n"
        "    phrase('word')\n"
        '    said(f\'{counted(len(a), "law", "laws")} of {b}\')\n',
        encoding="utf-8",
    )
    with code.open("rb") as file:
        found = {template for _, _, template, _ in extract_said(file, {}, (), {})}
    assert found == {
        "It is {0}: {1}.", "one branch", "other {0} branch", "a hint of the module", "word",
        "{0} laws of {1}",
    }  # fmt: skip


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {k: v for k, v in os.environ.items() if k not in ("LANG", "LC_ALL", "LC_MESSAGES")}
    return subprocess.run(
        [sys.executable, str(ROOT / "build_scripts"), *arguments],
        env=plain | {"PYTHONUTF8": "1"} | environment,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (("parse", "nowhere.txt"),
         "底本 nowhere.txt 无法读取：没有这个文件或者文件夹。\n  处理：放回文件，或者改正文件名",
         "The witness nowhere.txt cannot be read: No such file or directory.\n  Do: put the file"),
        (("cite",), "用法：", "usage: "),
        (("cite",), "缺少必需的参数：law, citation", "arguments are required: law, citation"),
        (("check", "--help"), "核对各编辑本，检查译文目录", "prove the editions"),
    ],
)  # fmt: skip
def test_a_command_speaks_the_language_of_lang(
    arguments: tuple[str, ...], chinese: str, english: str
) -> None:
    told = run(*arguments, LANG="zh_CN.UTF-8")
    assert chinese in told.stdout + told.stderr
    told = run(*arguments, LANG="C")
    assert english in told.stdout + told.stderr


def test_the_report_of_an_examination_is_all_chinese() -> None:
    page = ROOT / "seeds/witnesses/newspaper-page.txt"
    told = run("examine", str(page), LANG="zh_CN.UTF-8").stdout
    assert "第15条接第14条；断句与相邻的一行：政务、生|活、商业；第三章协同共治见于目录" in told
    codes = {"foreign-word", "halfwidth-punctuation"}
    words = set(re.findall("[a-z][a-z-]+", told.replace(page.name, ""))) - codes
    assert words == {"and"}  # which the page has


def test_json_stays_english(tmp_path: Path) -> None:
    law = tmp_path / "law.txt"
    law.write_text("某条例\n第一条 为了公园。\n第三条 本条例自2024年1月1日起施行。\n", "utf-8")
    told = run("examine", str(law), "--format", "json", LANG="zh_CN.UTF-8")
    assert told.stdout == run("examine", str(law), "--format", "json", LANG="C").stdout
    assert told.stdout


def _faults(folder: Path) -> Iterator[tuple[str, ...]]:
    """Commands that the operating system refuses something."""
    law = folder / "law.txt"
    law.write_text("某条例\n第一条 为了公园。\n", "utf-8")
    yield "parse", str(folder)
    yield "parse", str(folder / "nowhere.txt")
    yield "parse", str(law / "below")
    yield "parse", str(folder / ("x" * 300))
    yield "examine", str(law), "--out", str(law / "below")
    yield "init", str(law / "below")
    yield "verify", str(folder / "nowhere")
    yield "--root", str(folder / "nowhere"), "check"
    yield "--root", str(folder / "nowhere"), "build", "--out", str(law)


@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "C"])
def test_what_the_system_refuses_is_told_without_a_traceback(
    language: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", language)
    for arguments in _faults(tmp_path):
        assert main(arguments) == 1, arguments
        told = capsys.readouterr().err
        assert "Traceback" not in told
        assert ("处理：" if language != "C" else "Do: ") in told, told
        first = told.split("\n")[0].replace(str(tmp_path), "")
        assert bool(re.search("[\u4e00-\u9fff]", first)) == (language != "C"), told


def test_a_warning_is_told_too() -> None:
    problem: Problem = warning("x", PLACE, "No title was found.", "give the title in edition.toml")
    assert "没有找到标题。" in spoken(problem, "zh")
