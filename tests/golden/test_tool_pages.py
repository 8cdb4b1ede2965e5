"""The pages of the tool's documentation that are made, not written: what they say is so.

`pytest tests/golden --update` writes them anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.commands_page import CODES, commands_page, options, subcommands
from tests.examples_page import examples_page

from duizhao.cli import check
from duizhao.cli import main as cli
from duizhao.cli.main import _parser
from duizhao.editing.examine.findings import examined
from duizhao.editing.examine.report import report_json
from duizhao.editing.parse_json import parse_json
from duizhao.ground.problem_words import LANGUAGE
from duizhao.ground.problems import Position, error
from duizhao.sources.witness import witness_from_file

Golden = Callable[[str, str], None]
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_commands(language: str, golden: Golden) -> None:
    token = LANGUAGE.set(language)
    try:
        page = commands_page(_parser(), language)
    finally:
        LANGUAGE.reset(token)
    golden(f"../../docs/tool/{language}/reference/commands.md", page)


def test_every_command_has_a_summary_and_an_example_that_parses() -> None:
    parser = _parser()
    known = list(subcommands(parser))
    assert known
    for name, sub in known:
        assert sub.description, name
        example = (sub.epilog or "").partition("duizhao ")[2].split()
        assert example[: len(name.split())] == name.split()
        parser.parse_args(example)


def test_the_exit_codes_are_those_of_the_command_line() -> None:
    said = (cli.__doc__ or "").partition("Exit codes:")[2]
    assert [str(code) in said for code in CODES["en"]] == [True] * len(CODES["zh"])
    assert options(_parser())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_examples(language: str, golden: Golden) -> None:
    page = examples_page(language)
    golden(f"../../docs/tool/{language}/reference/examples.md", page)
    known = (ROOT / f"docs/tool/{language}/reference/problems.md").read_text("utf-8")
    codes = re.findall(r"^## `([a-z0-9-]+)`", page, re.MULTILINE)
    assert codes
    for code in codes:
        assert f"### `{code}`" in known


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_contract_names_every_key(language: str, tmp_path: Path) -> None:
    page = (ROOT / f"docs/tool/{language}/reference/json.md").read_text("utf-8")
    file = tmp_path / "law.txt"
    file.write_text("示例市树木管理条例\n\n第一条 为了保护树木，制定本条例。\n", encoding="utf-8")
    parsed: Any = parse_json(witness_from_file(file))
    found: Any = report_json(examined(witness_from_file(file)))
    problem = check._as_json(error("code", Position(file="x"), "message", "hint"))
    keys = {*parsed, *parsed["laws"][0], *found, *found["laws"][0], *problem}
    assert sorted(key for key in keys if f"`{key}`" not in page) == []
