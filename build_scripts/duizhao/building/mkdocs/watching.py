"""What was written while a site is served: the system tells it, and it is looked for besides.

MkDocs's own observer looks at every file twice a second, which takes the longer the more
there are.  Here the system tells at once what was written.  What it does not tell, as of
folders that another machine writes, is found by looking now and then; the more there is to
look at, the rarer.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from os import fsdecode
from pathlib import Path

from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from duizhao.ground.folders import files_below

#: Seconds between two looks, at least, where the system tells what is written and where it
#: does not; and the pause before a look as a multiple of what the last one took.
SELDOM, OFTEN, PAUSE = 2.0, 0.25, 20.0

# Reading a file is an event too, and what is served is made by reading.
_WRITTEN: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


class Watcher(FileSystemEventHandler):
    """Takes the place of the observer of MkDocs's server, whose methods it has.

    Of the paths that are written it keeps those that `concern` somebody, for `taken`, and
    tells the handler that MkDocs gave it.  `written` are those that were before it was there.
    """

    def __init__(
        self, paths: Iterable[str], concern: Callable[[str], bool], written: Iterable[str] = ()
    ) -> None:
        self._concern = concern
        self._watched = dict.fromkeys(paths, True)
        self._handler: FileSystemEventHandler | None = None
        self._native = Observer()
        self._lock = threading.Lock()
        self._written = set(written)
        self._stopped = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)
        self._least = SELDOM
        self._known: dict[str, tuple[int, int]] = {}

    def schedule(
        self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False
    ) -> str:
        """Watch a path from `start` on; returns what `unschedule` takes."""
        self._handler = handler
        self._watched[path] = recursive
        return path

    def unschedule(self, path: str) -> None:
        """Watch a path no more; to be called before `start`."""
        del self._watched[path]

    def start(self) -> None:
        """Begin to watch."""
        self._native.start()
        for path, recursive in self._watched.items():
            if Path(path).is_dir():
                try:
                    self._native.schedule(self, path, recursive=recursive, event_filter=_WRITTEN)
                except OSError:  # there are more folders than the system watches for one user
                    self._least = OFTEN
        self._known = dict(self._states())
        self._looking.start()
        if self._written:
            self.wake()

    def stop(self) -> None:
        """Watch no more."""
        self._stopped.set()
        if self._native.is_alive():
            self._native.stop()

    def join(self) -> None:
        """Wait until nothing is watched any more."""
        for thread in (self._native, self._looking):
            with suppress(RuntimeError):  # it was never started
                thread.join()

    def taken(self) -> set[str]:
        """The paths that were written since this was asked last."""
        with self._lock:
            found, self._written = self._written, set()
        return found

    def wake(self) -> None:
        """Let the server build."""
        if self._handler:
            self._handler.on_any_event(FileModifiedEvent(""))

    def on_any_event(self, event: FileSystemEvent) -> None:
        """What the system tells."""
        if not event.is_directory:
            self._tell(fsdecode(path) for path in (event.src_path, event.dest_path) if path)

    def _tell(self, paths: Iterable[str]) -> None:
        found = {path for path in paths if self._concern(path)}
        if found:
            with self._lock:
                self._written |= found
            self.wake()

    def _look(self) -> None:
        known, pause = self._known, self._least
        while not self._stopped.wait(pause):
            start = time.monotonic()
            now = dict(self._states())
            pause = max(self._least, PAUSE * (time.monotonic() - start))
            self._tell(path for path in {*known, *now} if known.get(path) != now.get(path))
            known = now

    def _states(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Path, time of writing and size of each file that is watched."""
        for path, recursive in list(self._watched.items()):
            for file in _files(path, recursive=recursive):
                with suppress(FileNotFoundError):  # it was there a moment ago
                    state = Path(file).stat()
                    yield file, (state.st_mtime_ns, state.st_size)


def _files(path: str, *, recursive: bool) -> Iterable[str]:
    if not Path(path).is_dir():
        return [path]
    return (f"{path}/{name}" for name in files_below(Path(path)) if recursive or "/" not in name)
