"""Folders that builds fill beside the published one, and what killed builds have left of them.

They are hidden (`.site.new-1` beside `site`), so that none is a person's own.  Who fills one
holds a lock on it, which ends with the process, whatever container or user that is of.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path

_OF_BUILDS = ("new", "links")  # kinds that become the site, or its spare


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time, which waits for the other; the folder is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        yield


@contextmanager
def claimed(target: Path, kind: str) -> Iterator[Path]:
    """A new folder beside `target` that is in use until the end; to be entered `alone`.

    It is removed where what is done meanwhile fails.
    """
    path = unused(target, kind)
    path.mkdir()
    with _locked(path):
        try:
            yield path
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise


@contextmanager
def passing(target: Path, kind: str) -> Iterator[Path]:
    """A new folder beside `target` that is gone at the end, and no build; for one kind of work.

    What killed processes have left of that kind is removed first.
    """
    with ExitStack() as held:
        with alone(target.parent):
            for found, path in left_over(target):
                if found == kind:
                    shutil.rmtree(path, ignore_errors=True)
            path = held.enter_context(claimed(target, kind))
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)


def unused(target: Path, kind: str) -> Path:
    """A path of such a folder that nothing has."""
    paths = (target.with_name(f".{target.name}.{kind}-{number}") for number in count(1))
    return next(path for path in paths if not os.path.lexists(path))


def left_over(target: Path) -> Iterator[tuple[str, Path]]:
    """The folders that nobody fills any more, each after its kind; to be asked for `alone`."""
    return (one for one in _beside(target) if not _in_use(one[1]))


def others_at_work(target: Path) -> bool:
    """Whether another process builds into such a folder."""
    return any(kind in _OF_BUILDS and _in_use(path) for kind, path in _beside(target))


def _beside(target: Path) -> list[tuple[str, Path]]:
    """Kind and path of each such folder."""
    form = re.compile(rf"\.{re.escape(target.name)}\.([a-z]+)-[0-9]+")
    with suppress(FileNotFoundError), os.scandir(target.parent) as entries:
        return [
            (match[1], Path(entry.path))
            for entry in entries
            if (match := form.fullmatch(entry.name)) and entry.is_dir(follow_symlinks=False)
        ]
    return []


@contextmanager
def _locked(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock of a folder.  Raises BlockingIOError where another has it, unless it waits.

    Windows has no such lock; there two builds at once fail where they meet, and what is left
    of a killed one stays.
    """
    if sys.platform == "win32":
        if not wait:
            raise BlockingIOError
        yield
        return
    import fcntl  # noqa: PLC0415 - not on Windows

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _in_use(folder: Path) -> bool:
    """Whether somebody has the lock; what may not be looked into has nobody that is known."""
    try:
        with _locked(folder, wait=False):
            return False
    except BlockingIOError:
        return True
    except (FileNotFoundError, PermissionError):
        return False
