"""What is written is told once, by the system or by looking; what is read is not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from duizhao.building.mkdocs import watching
from duizhao.building.mkdocs.watching import Watcher


class Told(FileSystemEventHandler):
    """The handler of MkDocs's server."""

    def __init__(self) -> None:
        self.told = threading.Event()

    def on_any_event(self, _: FileSystemEvent) -> None:
        self.told.set()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "watched"
    (folder / "below").mkdir(parents=True)
    (folder / "below/one.txt").write_text("one", "utf-8")
    return folder


def _watching(folder: Path, *, recursive: bool = True) -> Iterator[tuple[Watcher, Told]]:
    watcher, told = Watcher((), lambda path: path.endswith(".txt")), Told()
    watcher.schedule(told, str(folder), recursive=recursive)
    watcher.start()
    yield watcher, told
    watcher.stop()
    watcher.join()


def _written(watcher: Watcher, told: Told, *before: Path) -> set[str]:
    """What was written; of what was written before there may still be an event."""
    while True:
        assert told.told.wait(60)
        told.told.clear()
        if found := watcher.taken() - {str(path) for path in before}:
            return found


def test_the_system_tells_what_was_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "SELDOM", 10_000.0)
    for watcher, told in _watching(folder):
        (folder / "below/one.txt").read_text("utf-8")
        (folder / "below/one.bak").write_text("one", "utf-8")
        (folder / "below/new.txt").write_text("new", "utf-8")
        assert _written(watcher, told) == {str(folder / "below/new.txt")}
        (folder / "below/one.bak").replace(folder / "below/one.txt")
        assert _written(watcher, told, folder / "below/new.txt") == {str(folder / "below/one.txt")}


def test_where_the_system_refuses_it_is_looked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError("inotify watch limit reached")

    monkeypatch.setattr(Observer, "schedule", refused)
    monkeypatch.setattr(watching, "SELDOM", 10_000.0)
    monkeypatch.setattr(watching, "OFTEN", 0.05)
    for watcher, told in _watching(folder):
        (folder / "below/one.txt").write_text("other", "utf-8")
        assert _written(watcher, told) == {str(folder / "below/one.txt")}
        (folder / "below/one.txt").unlink()
        assert _written(watcher, told) == {str(folder / "below/one.txt")}


def test_what_the_system_does_not_tell_is_found_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Observer, "schedule", lambda *_, **__: None)
    monkeypatch.setattr(watching, "SELDOM", 0.05)
    file = folder.parent / "mkdocs.txt"
    file.write_text("one", "utf-8")
    for watcher, told in _watching(folder, recursive=False):
        (folder / "below/one.txt").write_text("not looked at", "utf-8")
        (folder / "new.txt").write_text("new", "utf-8")
        assert _written(watcher, told) == {str(folder / "new.txt")}
    for watcher, told in _watching(file):
        file.write_text("other", "utf-8")
        assert _written(watcher, told) == {str(file)}
