"""The work on a task where it is not known what the machine has: a worker of a cluster.

Everything goes there by content and comes back by content.  A task's own cache is a
folder that is gone afterwards; what the task put into it comes back with the result.
"""

from __future__ import annotations

import hashlib
import platform
import tempfile
import threading
import unicodedata
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from duizhao.building.laws.law_work import Task, tools
from duizhao.building.prints.print_jobs import Job
from duizhao.ground.libraries import library_versions
from duizhao.ground.store import write_whole

_ONE = threading.Lock()  # a worker may have threads; the typesetter is for one

Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A task on its way: what is to be done with it, and the versions it is meant for.

    `fonts` is the digest of the fonts of its own that it wants, "" for none.
    """

    function: Callable[[Any], Any]
    task: Any = field(repr=False)
    versions: Mapping[str, str]
    fonts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a parcel, with the files that were put into the cache.

    `versions` are those found there where they are others; nothing was done then.
    """

    result: Any = field(default=None, repr=False)
    files: Files = field(default=(), repr=False)
    versions: Mapping[str, str] = field(default_factory=dict)
    place: str = ""


@cache
def versions() -> dict[str, str]:
    """What this machine makes pages and PDFs with, by name.

    Python's tables of characters and its compression change bytes too.
    """
    return {
        "duizhao": f"{version('duizhao')} ({tools()[:12]})",
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "Unicode": unicodedata.unidata_version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **library_versions(),
    }


def worked(parcel: Parcel) -> Outcome:
    """Do the task of a parcel, unless this machine would do it otherwise."""
    found = versions()
    if found != parcel.versions:
        return Outcome(versions=found, place=platform.node())
    task = parcel.task
    with _ONE, tempfile.TemporaryDirectory(prefix="duizhao-") as name:
        folder = Path(name)
        if isinstance(task, Task):
            task = replace(task, folder=folder)
        elif isinstance(task, Job) and parcel.fonts:
            task = replace(task, options=replace(task.options, fonts=_FONTS[parcel.fonts]))
        result = parcel.function(task)
        return Outcome(result=result, files=files_in(folder))


def files_in(folder: Path) -> Files:
    """Every file below a folder, with its path from there."""
    return tuple(
        (path.relative_to(folder).as_posix(), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


def put(folder: Path, files: Files) -> None:
    """Write files below a folder; a reader sees each whole or not at all."""
    for name, data in files:
        write_whole(folder / name, data)


#: Where the fonts that were brought here lie, by their digest.
_FONTS: dict[str, tuple[str, ...]] = {}
_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []  # gone when the process ends


@dataclass(frozen=True, slots=True)
class Fonts:
    """Font files of a site, by content: one entry for each file or folder of its options."""

    entries: tuple[tuple[str, Files], ...] = field(repr=False)

    @property
    def digest(self) -> str:
        """What they are known by."""
        return hashlib.sha256(repr(self.entries).encode()).hexdigest()

    def unpack(self) -> None:
        """Write them where this process finds them."""
        if self.digest in _FONTS:
            return
        folder = tempfile.TemporaryDirectory(prefix="duizhao-fonts-")
        _FOLDERS.append(folder)
        paths = []
        for number, (name, files) in enumerate(self.entries):
            place = Path(folder.name) / str(number)
            put(place, files)
            paths.append(str(place / name))
        _FONTS[self.digest] = tuple(paths)


@cache
def fonts_at(paths: tuple[str, ...]) -> Fonts:
    """The fonts at paths, each a file or a folder."""
    entries = []
    for path in map(Path, paths):
        whole = path.is_dir()
        files = files_in(path) if whole else ((path.name, path.read_bytes()),)
        entries.append(("" if whole else path.name, files))
    return Fonts(tuple(entries))
