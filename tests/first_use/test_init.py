"""A new site, and what `doctor` says of the machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from mkdocs.structure.files import Files

from duizhao.building.mkdocs.mkdocs_files import require_reader
from duizhao.cli.main import main
from duizhao.commands import doctor, starter
from duizhao.commands.starter import write_starter
from duizhao.ground.problems import DuizhaoError


def test_a_new_site_is_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "mysite")]) == 0
    assert "duizhao build" in capsys.readouterr().out
    assert main(["--root", str(tmp_path / "mysite"), "check"]) == 0


def test_what_to_do_next_can_be_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "常委会 办公厅"]) == 0
    assert "cd '常委会 办公厅'; duizhao build" in capsys.readouterr().out


def test_a_new_site_is_sound_where_git_changes_line_ends(tmp_path: Path) -> None:
    """On Windows git does so by default: every witness was said to have changed."""
    write_starter(tmp_path / "mysite")
    git = ["git", "-c", "core.autocrlf=true", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], cwd=tmp_path / "mysite", check=True)
    clone = ["clone", "-q", "-c", "core.autocrlf=true", "mysite", "theirs"]
    subprocess.run([*git, *clone], cwd=tmp_path, check=True)
    assert main(["--root", str(tmp_path / "theirs"), "check"]) == 0
    for path in (tmp_path / "mysite").rglob("*.*"):
        if path.is_file() and ".git" not in path.parts:
            theirs = tmp_path / "theirs" / path.relative_to(tmp_path / "mysite")
            assert theirs.read_bytes() == path.read_bytes()


@pytest.mark.slow
def test_a_new_site_builds_at_once(tmp_path: Path) -> None:
    write_starter(tmp_path / "mysite")
    assert main(["--root", str(tmp_path / "mysite"), "build", "--no-pdf"]) == 0
    assert (tmp_path / "mysite/site/en/example-lakes/chapter-1/index.html").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("older", ["const FORMAT = 1;", ""], ids=["earlier", "none"])
def test_scripts_of_an_earlier_program_stop_the_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], older: str
) -> None:
    """Search would answer nothing, and nobody would know."""
    root = tmp_path / "mysite"
    write_starter(root)
    script = root / "docs/assets/search-parts.js"
    text, count = re.subn(r"const FORMAT = \d+;", older, script.read_text("utf-8"))
    assert count == 1
    script.write_text(text, "utf-8")
    assert main(["--root", str(root), "build", "--no-pdf"]) == 1
    said = capsys.readouterr().err.replace("  ", "\n").split("\n")
    assert said[said.index("search-script") - 1] == "docs/assets/search-parts.js"
    assert not (root / "site").exists()


def test_a_theme_without_these_scripts_has_its_own(tmp_path: Path) -> None:
    require_reader(Files([]), tmp_path)


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 1
    assert "init-not-empty" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(DuizhaoError, match=r"init-not-empty  This is a file\."):
        write_starter(tmp_path / "mine.txt")


def test_an_incomplete_installation_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starter, "PACKAGE", tmp_path / "a/b/c")
    with pytest.raises(DuizhaoError) as caught:
        write_starter(tmp_path / "mysite")
    assert [p.code for p in caught.value.problems] == ["init-incomplete"]


def test_doctor_finds_this_machine_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    assert "Python" in capsys.readouterr().out


def test_doctor_fails_where_fonts_are_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "_installed", lambda name: "fonts" not in name)
    monkeypatch.setattr("shutil.which", {}.get)
    assert main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "MISSING  fonts" in out
    assert "Do: pip install pylopdf-fonts-zh-cn" in out
    assert "absent   browser" in out
