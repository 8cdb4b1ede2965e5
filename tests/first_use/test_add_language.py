"""The guide for a further language, done to the letter: its line, its commands."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]


def _blocks(language: str) -> list[str]:
    guide = (ROOT / f"docs/tool/{language}/guide/add-language.md").read_text("utf-8")
    return re.findall(r"^ {8}(\S.*)$", guide, re.MULTILINE)


def test_both_guides_have_the_same_line_and_commands() -> None:
    assert _blocks("zh") == _blocks("en")


@pytest.mark.slow
def test_the_guide_to_the_letter(tmp_path: Path) -> None:
    blocks = _blocks("en")
    (line,) = [block for block in blocks if block.startswith("languages:")]
    commands = [shlex.split(block) for block in blocks if block.startswith("python ")]
    assert len(commands) == 2
    for name in ("docs", "seeds", "translations", "build_scripts"):
        shutil.copytree(ROOT / name, tmp_path / name)
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    config, count = re.subn(r"languages: \[zh, en\]", line, config)
    assert count == 1
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")

    def run(command: list[str]) -> str:
        done = subprocess.run(
            [sys.executable, *command[1:]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stderr

    assert "ui.po" in run(commands[0])
    catalogs = sorted((tmp_path / "translations/bo/LC_MESSAGES").glob("*.po"))
    laws = {path.parent.name for path in (ROOT / "seeds").glob("*/edition.toml")}
    assert {path.stem for path in catalogs} == {*laws, "ui"}
    assert all(not entry.translated() for path in catalogs for entry in polib.pofile(str(path)))
    before = [path.read_bytes() for path in catalogs]
    run(commands[0])
    assert [path.read_bytes() for path in catalogs] == before, "a second run changes no byte"
    run(commands[1])
    for page in ("index.html", "search/index.html", "glossary/index.html"):
        assert (tmp_path / "site/bo" / page).is_file()
    for law in laws:
        shown = (tmp_path / f"site/bo/{law}/chapter-1/index.html").read_text("utf-8")
        assert '<html lang="bo-CN"' in shown
        assert "Article 1" not in shown
