"""Folders: what lies in one, taking one away, letting two change places; and files that are refused."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: What `renameat2` calls the current folder, and that two files change places.
_HERE, _EXCHANGE = -100, 2


def files_below(folder: Path, *, through_links: bool = False) -> list[str]:
    """Every file in and below a folder, by its path with `/`, sorted; none where there is no folder.

    Links to folders are followed if wanted, but for those that lead back.
    Raises OSError where a folder cannot be read.
    """
    found: list[str] = []
    rest = [""]
    while rest:
        below = rest.pop()
        with suppress(FileNotFoundError), os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:  # a folder that is gone meanwhile has none
                if not entry.is_dir():
                    found.append(below + entry.name)
                elif not entry.is_symlink() or (through_links and not _returns(entry.path, folder)):
                    rest.append(f"{below}{entry.name}/")
    return sorted(found)


def _returns(link: str, folder: Path) -> bool:
    """Whether a link below a folder leads to what it was come to through, or above that."""
    target = os.path.join(os.path.realpath(link), "")  # noqa: PTH118 - ends with a slash
    ways = [folder, *(way for way in Path(link).parents if way.is_relative_to(folder))]
    return any(f"{os.path.realpath(way)}{os.sep}".startswith(target) for way in ways)


def remove(folder: Path) -> None:
    """Remove a folder, if it is there; one that was published may have read-only folders.

    Raises OSError that names what cannot be removed.
    """
    if not folder.exists():
        return
    try:
        shutil.rmtree(folder)
    except PermissionError:
        for place, _, _ in os.walk(folder):
            if not os.access(place, os.W_OK):
                Path(place).chmod(0o700)
        shutil.rmtree(folder)


def swapped(one: Path, other: Path) -> bool:
    """Let two folders change places at once; False where the system cannot do that.

    There is no moment without either: see renameat2(2), which the C library of Linux has.
    """
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(_HERE, bytes(one), _HERE, bytes(other), _EXCHANGE) == 0


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Say of which file an error of the system is: a full disk does not tell."""
    try:
        yield
    except OSError as reason:
        if reason.filename is None:
            reason.filename = str(path)
        raise
