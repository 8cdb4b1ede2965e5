"""Every command of the tutorial is run, in its order, in both languages."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from duizhao.cli.main import main

ROOT = Path(__file__).parents[2]
#: an empty translation is something left to do
LEFT_TO_DO = ("check",)


def commands(language: str) -> list[list[str]]:
    text = (ROOT / f"docs/tool/{language}/tutorial.md").read_text("utf-8")
    return [shlex.split(line) for line in re.findall(r"^    duizhao (.*)$", text, re.MULTILINE)]


def test_both_tutorials_run_the_same_commands() -> None:
    assert commands("zh") == commands("en")
    assert {"doctor", "init", "build", "add", "translate", "check"} == {
        line[0] for line in commands("en")
    }


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_of_the_tutorial_works(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / f"docs/tool/{language}/tutorial.md").read_text("utf-8")
    found = re.search(r"```text\n(.*?)```", text, re.DOTALL)
    assert found
    for line in commands(language):
        more = ["--no-pdf"] if line[0] == "build" else []
        code = main([*line, *more])
        assert code == (1 if line[0] in LEFT_TO_DO else 0), line
        if line[0] == "init":
            monkeypatch.chdir(tmp_path / line[1])
            Path("trees.txt").write_text(found[1], encoding="utf-8")
    assert Path("site/en/trees/text/index.html").is_file()
