"""A build takes the place of the published folder whole, or leaves it as it was."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.scale.sites import files_of

from duizhao.building.whole.publish import publish, write_all, write_files
from duizhao.building.whole.staging import claimed, others_at_work, passing
from duizhao.ground.folders import named
from duizhao.ground.problems import DuizhaoError


def writes(**files: str) -> Callable[[Path], None]:
    def build(stage: Path) -> None:
        for name, text in files.items():
            (stage / f"{name}.html").parent.mkdir(parents=True, exist_ok=True)
            (stage / f"{name}.html").write_text(text, encoding="utf-8")

    return build


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("old", encoding="utf-8")
    (folder / "only-in-the-old.html").write_text("old", encoding="utf-8")
    return folder


def test_the_new_site_replaces_the_old_one_whole(target: Path) -> None:
    count = publish(target, writes(index='<a href="b.html">b</a>', b="new"))
    assert count == 2
    assert files_of(target) == {"index.html": b'<a href="b.html">b</a>', "b.html": b"new"}
    assert [p.name for p in target.parent.iterdir()] == ["site"]


def test_the_first_site_needs_no_old_one(tmp_path: Path) -> None:
    publish(tmp_path / "site", writes(index="new"))
    assert files_of(tmp_path / "site") == {"index.html": b"new"}


def test_a_build_that_fails_leaves_the_old_site(target: Path) -> None:
    before = files_of(target)

    def fails(stage: Path) -> None:
        writes(index="half")(stage)
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        publish(target, fails)
    assert files_of(target) == before
    assert [p.name for p in target.parent.iterdir()] == ["site"]


def test_a_dead_link_leaves_the_old_site(target: Path) -> None:
    before = files_of(target)
    with pytest.raises(DuizhaoError, match="dead-link"):
        publish(target, writes(index='<a href="nowhere.html">x</a>'))
    assert files_of(target) == before


def test_what_a_killed_build_left_is_cleared_away(target: Path) -> None:
    stale = target.with_name(".site.new-1")
    (stale / "zh").mkdir(parents=True)
    publish(target, writes(index="new"))
    assert [p.name for p in target.parent.iterdir()] == ["site"]


def test_what_another_build_fills_is_left_alone(target: Path) -> None:
    """Whatever number its process has: in two containers both may be the first."""
    with claimed(target, "new") as running:
        assert others_at_work(target)
        publish(target, writes(index="new"))
        assert running.is_dir()
    assert not others_at_work(target)
    publish(target, writes(index="new"))
    assert not running.exists()


def test_a_build_keeps_others_from_its_folder_until_it_ends(target: Path) -> None:
    seen: list[bool] = []
    recovering = (
        "import sys, pathlib\n"
        "from duizhao.building.whole.publish import _recover\n"
        "_recover(pathlib.Path(sys.argv[1]))\n"
    )

    def build(stage: Path) -> None:
        writes(a="first")(stage)
        subprocess.run([sys.executable, "-c", recovering, str(target)], check=True)
        seen.append(others_at_work(target))
        writes(b="second")(stage)

    publish(target, build)
    assert files_of(target) == {"a.html": b"first", "b.html": b"second"}
    assert seen == [True]


@pytest.mark.parametrize("name", ["site.new-20261130", "site.new-20261130120000", ".site.new-old"])
def test_a_folder_of_a_person_is_left_alone(target: Path, name: str) -> None:
    target.with_name(name).mkdir()
    target.with_name("site.new-1").write_text("mine", encoding="utf-8")
    publish(target, writes(index="new"))
    assert target.with_name(name).is_dir()
    assert target.with_name("site.new-1").read_text("utf-8") == "mine"


def test_a_name_with_signs_of_a_pattern_is_a_name(tmp_path: Path) -> None:
    target = tmp_path / "site[1]*"
    other = tmp_path / ".site1x.new-1"
    other.mkdir()
    target.with_name(".site[1]*.new-1").mkdir()
    publish(target, writes(index="new"))
    assert sorted(p.name for p in tmp_path.iterdir()) == [other.name, target.name]


def test_where_nothing_may_be_written_nothing_is_made(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, *given: Any, old: Any = Path.mkdir, **named: Any) -> None:
        if path.name == ".site.new-1":
            raise PermissionError(errno.EACCES, "not yours", str(path))
        old(path, *given, **named)

    monkeypatch.setattr(Path, "mkdir", refused)
    made: list[Path] = []
    with pytest.raises(PermissionError, match=r"\.site\.new-1"):
        publish(target, made.append)
    assert not made


def test_an_exchange_that_was_cut_short_is_undone(target: Path) -> None:
    """Killed between the two renames: the old site has its other name and comes back."""
    before = files_of(target)
    own = target.with_name("site.old")  # a copy that a person keeps
    shutil.copytree(target, own)
    target.rename(target.with_name(".site.old-1"))
    with pytest.raises(DuizhaoError):
        publish(target, writes(index='<a href="nowhere.html">x</a>'))
    assert files_of(target) == before
    assert files_of(own) == before
    assert sorted(p.name for p in target.parent.iterdir()) == ["site", "site.old"]


def test_a_file_that_is_there_is_replaced_and_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "published").write_bytes(b"published")
    (tmp_path / "site").mkdir()
    os.link(tmp_path / "published", tmp_path / "site/a.html")
    write_files(tmp_path / "site", [("a.html", b"new"), ("b.html", b"new")])
    assert files_of(tmp_path / "site") == {"a.html": b"new", "b.html": b"new"}
    assert (tmp_path / "published").read_bytes() == b"published"


@pytest.mark.skipif(sys.platform != "linux", reason="only there folders change places at once")
def test_there_is_no_moment_without_a_site(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moments: list[bool] = []

    def rename(path: Path, to: Path, old: Callable[[Path, Path], Path] = Path.rename) -> Path:
        moments.append(target.exists())
        done = old(path, to)
        moments.append(target.exists())
        return done

    monkeypatch.setattr(Path, "rename", rename)
    publish(target, writes(index="new"), target.with_name("site.spare"))
    assert files_of(target) == {"index.html": b"new"}
    assert moments == [True, True]  # that the old site becomes the spare


@pytest.mark.parametrize("there", [True, False])
def test_without_an_exchange_a_rename_that_fails_brings_the_old_site_back(
    target: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    before = files_of(target)
    if not there:
        shutil.rmtree(target)

    def rename(path: Path, to: Path, old: Callable[[Path, Path], Path] = Path.rename) -> Path:
        if path.name == ".site.new-1":
            raise OSError(errno.EIO, "worn out", str(path), None, str(to))
        return old(path, to)

    monkeypatch.setattr("duizhao.building.whole.publish.swapped", lambda *_: False)
    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="worn out"):
        publish(target, writes(index="new"))
    monkeypatch.undo()
    assert [p.name for p in target.parent.iterdir()] == ["site"] * there
    assert not there or files_of(target) == before
    monkeypatch.setattr("duizhao.building.whole.publish.swapped", lambda *_: False)
    publish(target, writes(index="new"))
    assert files_of(target) == {"index.html": b"new"}


def test_what_may_not_be_removed_is_told_before_the_site_is_made(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old site of another user, whose removal was refused when it was exchanged."""
    left = target.with_name(".site.old-1")
    left.mkdir()

    def refused(folder: Path) -> None:
        raise PermissionError(errno.EPERM, "not yours", str(folder))

    monkeypatch.setattr("duizhao.building.whole.publish.remove", refused)
    made: list[Path] = []
    with pytest.raises(PermissionError, match=left.name):
        publish(target, made.append)
    assert not made


def test_a_full_disk_says_which_file_it_has_no_room_for(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"full: 'x\.html'"), named(Path("x.html")):
        raise OSError(errno.ENOSPC, "full")
    with pytest.raises(OSError, match=r"gone: 'own'"), named(Path("x.html")):
        raise FileNotFoundError(errno.ENOENT, "gone", "own")


def test_files_are_written_below_the_folder(tmp_path: Path) -> None:
    assert write_all(tmp_path, iter([("a/b.md", "中\n"), ("c.md", "")])) == 2
    assert files_of(tmp_path) == {"a/b.md": "中\n".encode(), "c.md": b""}


@pytest.mark.parametrize("name", ["../x.md", "/tmp/x.md", "a/../../x.md"])  # noqa: S108 - refused
def test_no_file_is_written_elsewhere(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "inner"
    with pytest.raises(DuizhaoError, match="path-outside"):
        write_all(folder, iter([(name, "x")]))
    assert files_of(tmp_path) == {}


def test_a_passing_folder_is_gone_and_what_a_killed_process_left_of_its_kind(target: Path) -> None:
    left, other = (target.with_name(f".site.{name}") for name in ("check-1", "serve-1"))
    for folder in (left, other):
        folder.mkdir()
        (folder / "index.html").write_text("x", encoding="utf-8")
    with passing(target, "check") as folder:
        assert (folder, list(folder.iterdir())) == (left, [])
        assert not others_at_work(target), "it is no build"
        with passing(target, "check") as second:
            assert folder.exists()
            assert second != folder
        assert not second.exists()
    assert not left.exists()
    assert other.exists()
    publish(target, writes(index="new"))
    assert not other.exists(), "a build clears what anybody left"


def test_a_passing_folder_is_gone_where_the_work_fails(target: Path) -> None:
    def fails() -> None:
        with passing(target, "check") as folder:
            (folder / "index.html").write_text("x", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails()
    assert [path.name for path in target.parent.iterdir() if path.name.startswith(".")] == []
