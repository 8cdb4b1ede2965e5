"""A build replaces nothing but a site, and publishes nothing made of a moving source."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from duizhao.building.whole.guards import require_replaceable, steady
from duizhao.building.whole.manifest import Folders, digest_of
from duizhao.cli.main import main
from duizhao.ground.problems import DuizhaoError, Position, Problem, error

FOLDERS = Folders(docs="docs", theme="", seeds="seeds", translations="translations")
PAGE = "docs/index.md"


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path from there."""
    found = {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }
    assert found
    return found


@pytest.mark.parametrize(
    "out", [".", "..", "docs", "docs/zh/laws", "seeds", "translations/en", "site", "site/md"]
)
def test_pages_as_markdown_are_not_written_among_those_of_the_site(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], out: str
) -> None:
    """Into docs/ they were, and into the published folder, where the next build met them."""
    (tiny_copy / "site").mkdir()
    (tiny_copy / "site/manifest.json").write_text('{"manifest": 1}', "utf-8")
    before = everything(tiny_copy)
    assert main(["--root", str(tiny_copy), "markdown", str(tiny_copy / out)]) == 1
    assert "markdown-folder" in capsys.readouterr().err
    assert everything(tiny_copy) == before
    assert main(["--root", str(tiny_copy), "markdown", str(tiny_copy / "build/md")]) == 0


@pytest.mark.parametrize("out", [".", "..", "seeds", "docs", "translations", "mkdocs.yml"])
def test_a_build_never_takes_the_place_of_sources(
    tiny_copy: Path, out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(tiny_copy)
    target = str(tiny_copy / out)
    assert main(["--root", str(tiny_copy), "build", "--no-pdf", "--out", target]) == 1
    said = capsys.readouterr().err
    assert "not-a-site" in said
    assert "--out" in said
    assert everything(tiny_copy) == before


def test_nor_of_anything_else_that_no_build_made(tmp_path: Path) -> None:
    root = tmp_path / "mysite"
    root.mkdir()
    for name, text in (("index.html", "x"), ("manifest.json", '{"name": "an app"}')):
        folder = tmp_path / name.partition(".")[0]
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
        with pytest.raises(DuizhaoError) as caught:
            require_replaceable(folder, root)
        (problem,) = caught.value.problems
        assert problem.code == "not-a-site"
        assert problem.position.file == folder.name


def test_the_folder_of_the_site_is_no_target_whatever_it_holds(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"manifest": 1}', encoding="utf-8")
    require_replaceable(tmp_path, tmp_path.parent / "elsewhere")
    for root in (tmp_path, tmp_path / "deeper"):
        with pytest.raises(DuizhaoError, match="not-a-site"):
            require_replaceable(tmp_path, root)


def test_a_folder_that_is_mounted_is_named_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda path: path.name == "volume")
    (tmp_path / "volume").mkdir()
    require_replaceable(tmp_path / "volume/public", tmp_path / "mysite")
    with pytest.raises(DuizhaoError) as caught:
        require_replaceable(tmp_path / "volume", tmp_path / "mysite")
    (problem,) = caught.value.problems
    assert (problem.code, problem.position.file) == ("mount-point", "volume")
    assert "--out" in problem.hint


def test_a_site_an_empty_folder_and_nothing_may_be_replaced(tmp_path: Path) -> None:
    root = tmp_path / "mysite"
    (tmp_path / "empty").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/manifest.json").write_text('{\n "manifest": 7,\n', encoding="utf-8")
    for name in ("nothing", "empty", "site"):
        require_replaceable(tmp_path / name, root)


def _kept(page: Path) -> None:
    page.read_bytes()


_TICK = 0.05  # seconds, in which a system may give two writes the same time


def _changed(page: Path) -> None:
    page.write_text("new", encoding="utf-8")


def _changed_and_back(page: Path) -> None:
    before = page.read_bytes()
    page.write_text("new", encoding="utf-8")
    page.write_bytes(before)
    os.utime(page, ns=(0, 1))


def _with_its_old_time(page: Path) -> None:
    written = page.stat().st_mtime_ns
    page.write_text("new", encoding="utf-8")
    os.utime(page, ns=(written, written))


def _gone(page: Path) -> None:
    page.unlink()


def _joined(page: Path) -> None:
    page.with_name("second.md").write_text("new", encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("docs/index.md", "mkdocs.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("old", encoding="utf-8")
    time.sleep(_TICK)
    return tmp_path


def _stop(*own: Problem) -> None:
    if own:
        raise DuizhaoError(own)


def found(root: Path, change: Callable[[Path], None], *own: Problem) -> list[tuple[str, str]]:
    """Codes and files of the problems of a block that changes something and may fail itself."""
    try:
        with steady(root, FOLDERS, {}):
            change(root / PAGE)
            _stop(*own)
    except DuizhaoError as reason:
        return [(p.code, p.position.file) for p in reason.problems]
    return []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_kept, []),
        (_changed, [PAGE]),
        (_changed_and_back, [PAGE]),
        (_with_its_old_time, [PAGE]),
        (_gone, [PAGE]),
        (_joined, ["docs/second.md"]),
    ],
)
def test_a_source_written_meanwhile_is_named(
    root: Path, change: Callable[[Path], None], named: list[str]
) -> None:
    assert found(root, change) == [("input-written", file) for file in named]


@pytest.mark.parametrize("change", [_changed, _gone])
def test_a_source_written_between_its_reading_and_the_first_look_is_named(
    root: Path, change: Callable[[Path], None]
) -> None:
    read = {PAGE: digest_of(root / PAGE)}
    with steady(root, FOLDERS, read):
        pass
    change(root / PAGE)
    begun = False
    with pytest.raises(DuizhaoError, match=f"{PAGE}  input-written"), steady(root, FOLDERS, read):
        begun = True
    assert not begun


def test_a_problem_is_kept_and_what_may_have_caused_it_is_said(root: Path) -> None:
    own = error("catalog-syntax", Position(file="x.po"), "Half.", "mend it")
    assert found(root, _kept, own) == [("catalog-syntax", "x.po")]
    assert found(root, _changed, own) == [("catalog-syntax", "x.po"), ("input-written", PAGE)]


def test_a_file_that_is_gone_in_the_middle_is_told_as_a_source_and_not_as_a_fault_of_the_disk(
    root: Path,
) -> None:
    def gone(path: Path) -> None:
        path.unlink()
        path.read_bytes()

    with pytest.raises(DuizhaoError, match=f"{PAGE}  input-written"), steady(root, FOLDERS, {}):
        gone(root / PAGE)
    with pytest.raises(FileNotFoundError, match="elsewhere"), steady(root, FOLDERS, {}):
        (root / "elsewhere").read_bytes()
