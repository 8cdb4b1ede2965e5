"""The spare: the site as it was before the published one, from which folders are moved into the next.

Most files of a new site are those of the published one.  To link each of them, and to remove
those of the old site, takes as long as all else that a small change asks for.  So the old
site is kept, as `<site>.spare`: most of its files are those of the published site, not equal
but the same, which the numbers tell that the file system gives them.  Its folders are moved
into the new site whole, and what is not the same is taken out of them.

Nothing depends on it: it may be removed at any time, and a disk without links has none.  It
has a mark, so that a folder of that name which a person made is not taken for one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from posixpath import commonpath, dirname

from duizhao.building.whole.staging import alone, claimed, unused
from duizhao.ground.folders import files_below, remove

#: Says that a folder is a spare, and that version control is to overlook all of it.
_MARK = ".gitignore"


def spare_of(target: Path) -> Path | None:
    """Where the spare of a published folder is; None where something else is there."""
    spare = target.with_name(f"{target.name}.spare")
    there = spare.exists() or spare.is_symlink()
    return None if there and (spare.is_symlink() or not (spare / _MARK).is_file()) else spare


def moved(spare: Path, site: Path, numbers: Mapping[str, int]) -> set[str]:
    """Move the folders of some files from the spare into a site; the paths that are there now.

    `numbers` are those of the files in the file system, by path; the folders get no others.
    Only folders below others are moved, and only where the site has none of that name.
    """
    found: set[str] = set()
    within = os.path.realpath(spare)
    for folder in _folders(numbers):
        was, place = f"{within}/{folder}", f"{site}/{folder}"
        if any(os.path.islink(f"{within}/{part}") for part in _ways(folder)):  # noqa: PTH114
            continue  # to elsewhere, where nothing is ours
        os.makedirs(dirname(place), exist_ok=True)  # noqa: PTH103 - of many thousands
        try:
            os.rename(f"{was}/", place)  # noqa: PTH104 - with a slash: no file
        except OSError:  # not there, or another build took it
            continue
        same: set[str] = set()
        try:
            _sift(place, folder, numbers, same)
        except OSError:  # what else is in it must not be published
            remove(Path(place))
        else:
            found |= same
    return found


def _ways(folder: str) -> Iterator[str]:
    """A folder and those above it, below the site."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _folders(paths: Iterable[str]) -> list[str]:
    """The folders that hold some files: for those with the same two first parts, the one above all."""
    grouped: dict[str, set[str]] = {}
    for folder in {path.rpartition("/")[0] for path in paths}:
        first, _, rest = folder.partition("/")
        if rest:
            grouped.setdefault(f"{first}/{rest.partition('/')[0]}", set()).add(folder)
    # Most have files that lie in it alone, or else one folder below.
    return [top if top in some else commonpath(some) for top, some in grouped.items()]


def _sift(folder: str, below: str, numbers: Mapping[str, int], found: set[str]) -> bool:
    """Take out of a folder what is none of some files; whether anything is left of it."""
    with os.scandir(folder) as entries:
        listed = list(entries)
    left = False
    for entry in listed:
        path = f"{below}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            left |= _sift(entry.path, path, numbers, found)
        elif (number := entry.inode()) and numbers.get(path) == number:  # not all disks have any
            found.add(path)
            left = True
        else:
            os.unlink(entry.path)  # noqa: PTH108 - of many thousands of paths
    if not left:
        os.rmdir(folder)  # noqa: PTH106
    return left


def keep_spare(target: Path, spare: Path, folder: Path) -> None:
    """Let a folder be the spare, in place of what is left of the one before.

    Raises OSError where it may not be written; it stays as it is then.
    """
    (folder / _MARK).write_text("*\n", encoding="utf-8", newline="\n")
    left = unused(target, "spare")
    if spare.exists():
        spare.rename(left)
    folder.rename(spare)
    remove(left)


def make_spare(target: Path, spare: Path) -> None:
    """Make the spare of a site, of which the one before has few files, where the disk has links."""
    made = set()
    try:
        with ExitStack() as held:
            with alone(target.parent):
                new = held.enter_context(claimed(target, "links"))
            for path in files_below(target):
                if (place := dirname(path)) not in made:
                    (new / place).mkdir(parents=True, exist_ok=True)
                    made.add(place)
                os.link(f"{target}/{path}", f"{new}/{path}")
            with alone(target.parent):
                keep_spare(target, spare, new)
    except OSError:
        shutil.rmtree(spare, ignore_errors=True)
