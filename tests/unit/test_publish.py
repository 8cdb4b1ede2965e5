"""A build takes the place of the published folder whole, or leaves it as it was."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from duizhao.folders import named
from duizhao.problems import DuizhaoError
from duizhao.publish import others_at_work, publish, write_all, write_files


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


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
    assert content(target) == {"index.html": b'<a href="b.html">b</a>', "b.html": b"new"}
    assert [p.name for p in target.parent.iterdir()] == ["site"]


def test_the_first_site_needs_no_old_one(tmp_path: Path) -> None:
    publish(tmp_path / "site", writes(index="new"))
    assert content(tmp_path / "site") == {"index.html": b"new"}


def test_a_build_that_fails_leaves_the_old_site(target: Path) -> None:
    before = content(target)

    def fails(stage: Path) -> None:
        writes(index="half")(stage)
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        publish(target, fails)
    assert content(target) == before
    assert [p.name for p in target.parent.iterdir()] == ["site"]


def test_a_dead_link_leaves_the_old_site(target: Path) -> None:
    before = content(target)
    with pytest.raises(DuizhaoError, match="dead-link"):
        publish(target, writes(index='<a href="nowhere.html">x</a>'))
    assert content(target) == before


def _gone() -> int:
    """The number of a process that has ended."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    return gone.pid


def test_what_a_killed_build_left_is_cleared_away(target: Path) -> None:
    stale = target.with_name(f"site.new-{_gone()}")
    stale.mkdir()
    running = target.with_name(f"site.new-{os.getppid()}")
    running.mkdir()
    target.with_name(f"site.new-{os.getpid()}").mkdir()
    assert others_at_work(target) == {os.getppid()}
    publish(target, writes(index="new"))
    assert not stale.exists()
    assert running.exists(), "another build that still runs keeps its folder"


def test_an_exchange_that_was_cut_short_is_undone(target: Path) -> None:
    """Killed between the two renames: the old site has its other name and comes back."""
    before = content(target)
    own = target.with_name("site.old")  # a copy that a person keeps
    shutil.copytree(target, own)
    target.rename(target.with_name(f"site.new-old-{_gone()}"))
    with pytest.raises(DuizhaoError):
        publish(target, writes(index='<a href="nowhere.html">x</a>'))
    assert content(target) == before
    assert content(own) == before
    assert sorted(p.name for p in target.parent.iterdir()) == ["site", "site.old"]


def test_what_an_earlier_process_of_the_same_number_left_is_cleared_away(target: Path) -> None:
    """In a container it has the same number each time."""
    left = target.with_name(f"site.new-spare-{os.getpid()}")
    left.mkdir()
    publish(target, writes(index="new"))
    assert not left.exists()


def test_a_file_that_is_there_is_replaced_and_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "published").write_bytes(b"published")
    (tmp_path / "site").mkdir()
    os.link(tmp_path / "published", tmp_path / "site/a.html")
    write_files(tmp_path / "site", [("a.html", b"new"), ("b.html", b"new")])
    assert content(tmp_path / "site") == {"a.html": b"new", "b.html": b"new"}
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
    assert content(target) == {"index.html": b"new"}
    assert moments == [True, True]  # that the old site becomes the spare


@pytest.mark.parametrize("there", [True, False])
def test_without_an_exchange_a_rename_that_fails_brings_the_old_site_back(
    target: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    before = content(target)
    if not there:
        shutil.rmtree(target)

    def rename(path: Path, to: Path, old: Callable[[Path, Path], Path] = Path.rename) -> Path:
        if path.name == f"site.new-{os.getpid()}":
            raise OSError(errno.EIO, "worn out", str(path), None, str(to))
        return old(path, to)

    monkeypatch.setattr("duizhao.publish.swapped", lambda *_: False)
    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="worn out"):
        publish(target, writes(index="new"))
    monkeypatch.undo()
    assert [p.name for p in target.parent.iterdir()] == ["site"] * there
    assert not there or content(target) == before
    monkeypatch.setattr("duizhao.publish.swapped", lambda *_: False)
    publish(target, writes(index="new"))
    assert content(target) == {"index.html": b"new"}


def test_what_may_not_be_removed_is_told_before_the_site_is_made(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old site of another user, whose removal was refused when it was exchanged."""
    left = target.with_name(f"site.new-old-{_gone()}")
    left.mkdir()

    def refused(folder: Path) -> None:
        raise PermissionError(errno.EPERM, "not yours", str(folder))

    monkeypatch.setattr("duizhao.publish.remove", refused)
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
    assert content(tmp_path) == {"a/b.md": "中\n".encode(), "c.md": b""}


@pytest.mark.parametrize("name", ["../x.md", "/tmp/x.md", "a/../../x.md"])  # noqa: S108 - refused
def test_no_file_is_written_elsewhere(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "inner"
    with pytest.raises(DuizhaoError, match="path-outside"):
        write_all(folder, iter([(name, "x")]))
    assert content(tmp_path) == {}
