"""Publishing: a build takes the place of the published folder whole, or not at all.

The new site is made beside the old one, its links are checked there, and the two change
places.  Whatever goes wrong before that leaves the old one as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

from duizhao.building.whole.linkcheck import check_links
from duizhao.building.whole.spare import keep_spare
from duizhao.building.whole.staging import alone, claimed, left_over, unused
from duizhao.ground.folders import named, remove, swapped
from duizhao.ground.problems import DuizhaoError, Position, Problem, error

#: The kind of folder that an old site is while the new one takes its place.
_OLD = "old"

#: Checks the links of a site: how many pages it has, and what is wrong.
Check = Callable[[], tuple[int, list[Problem]]]


def publish(target: Path, build: Callable[[Path], Check | None], spare: Path | None = None) -> int:
    """Build into a new folder beside `target` and exchange the two; returns the pages.

    `build` fills the folder it is given, which is empty, and says how its links are checked,
    if not by reading every page.  The old site becomes the `spare`, or is removed where none
    is named.  Raises what `build` raises, and DuizhaoError where links of the new site lead
    nowhere; `target` is then untouched.
    """
    with ExitStack() as held:
        with alone(target.parent):
            _recover(target)
            stage = held.enter_context(claimed(target, "new"))
        with named(stage):
            check = build(stage)
        count, problems = check() if check else check_links(stage)
        if problems:
            raise DuizhaoError(problems)
        with alone(target.parent):
            _exchange(stage, target, spare)
    return count


def _exchange(stage: Path, target: Path, spare: Path | None) -> None:
    if target.exists() and swapped(stage, target):
        old = stage
    else:
        old = unused(target, _OLD)
        _renamed(stage, target, old)
    with suppress(OSError):  # a folder that may only be read is no spare
        if spare and old.exists():
            keep_spare(target, spare, old)
    with suppress(OSError):  # the next build says it, before it does anything
        remove(old)


def _renamed(stage: Path, target: Path, old: Path) -> None:
    """Two renames, where folders cannot change places at once; a second that fails undoes the first."""
    there = target.exists()
    try:
        if there:
            target.rename(old)
    except OSError as reason:  # it is the published folder that may not be moved
        raise OSError(reason.errno, reason.strerror, str(target)) from reason
    try:
        stage.rename(target)
    except OSError:
        if there:
            old.rename(target)
        raise


def _recover(target: Path) -> None:
    """Finish what an exchange that was cut short has left: the old site comes back.

    Raises OSError that names what cannot be removed.
    """
    for kind, path in left_over(target):
        if kind == _OLD and not target.exists():
            path.rename(target)
        else:
            remove(path)


def write_all(folder: Path, files: Iterator[tuple[str, str]]) -> int:
    """Write text files below `folder`; returns how many.

    Raises DuizhaoError for a path that leads out of the folder.
    """
    root = folder.resolve()
    count = 0
    for name, text in files:
        path = (root / name).resolve()
        if not path.is_relative_to(root):
            place = Position(file=name)
            raise DuizhaoError(
                [
                    error(
                        "path-outside",
                        place,
                        "This path leads out of the folder.",
                        "take `..` and a leading `/` out of the identifiers it is made of",
                    )
                ]
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        count += 1
    return count


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files below `folder`, whose paths are the build's own.

    One that is there is replaced, not written into: it may be a link to that of another site.
    """
    made: set[Path] = set()
    for name, data in files:
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        with named(path):
            try:
                file = path.open("xb")
            except FileExistsError:
                path.unlink()
                file = path.open("xb")
            with file:
                file.write(data)
