"""What a build must not destroy, and what must not change under it.

A build takes the place of a whole folder, so only one that a build has made may be
replaced.  It reads its sources at many moments, some of them twice, so none of them may be
written between the first and the last.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path, PurePosixPath

from duizhao.building.whole.manifest import NAME, Folders, digest_of, input_kinds
from duizhao.ground.input_file import state_of
from duizhao.ground.problems import DuizhaoError, Position, Problem, error, visible

_MANIFEST = re.compile(rb'\s*\{\s*"manifest"\s*:\s*\d')


def require_replaceable(target: Path, root: Path) -> None:
    """Raise DuizhaoError unless a build may take the place of `target`.

    It may where nothing is, an empty folder, or a site that a build made: one with a
    manifest, of whatever form.  It never may where the site's own folder, `root`, is or lies,
    nor where a disk is mounted, as the volume of a container is: that cannot be moved.
    """
    if target.is_mount():
        raise DuizhaoError(
            [
                error(
                    "mount-point",
                    Position(file=visible(target.name)),
                    "A disk is mounted here, so nothing can take the place of this folder.",
                    "name a folder within it with --out, such as `site/public`",
                )
            ]
        )
    within = root.resolve().is_relative_to(target)
    if not within and (not target.exists() or _empty(target) or _published(target)):
        return
    raise DuizhaoError(
        [
            error(
                "not-a-site",
                Position(file=visible(target.name)),
                "This is there and no build made it: publishing would delete it.",
                "name another folder with --out, or take away yourself what is there",
            )
        ]
    )


def require_apart(target: Path, root: Path, folders: Folders) -> None:
    """Raise DuizhaoError where pages written into `target` would lie among those of a site.

    They would in the site's own folder, `root`, or above it, in one of its sources, and in a
    folder that a build published: the next build would take them for pages written by hand,
    and `verify` for files that nobody published.
    """
    here, root = target.resolve(), root.resolve()
    sources = [root / each for each in astuple(folders) if each]
    if not (
        root.is_relative_to(here)
        or any(here.is_relative_to(source) for source in sources)
        or any(_published(folder) for folder in (here, *here.parents))
    ):
        return
    raise DuizhaoError(
        [
            error(
                "markdown-folder",
                Position(file=visible(str(target))),
                "This is of the site itself: written here, its pages would be taken for others.",
                "name a folder of their own, such as `build/markdown`",
            )
        ]
    )


def require_cache(cache: str, folders: Folders) -> None:
    """Raise DuizhaoError unless the cache is a folder of its own below that of mkdocs.yml.

    What is in the way of a build is taken out of it without asking.
    """
    path = PurePosixPath(cache)
    within = path.parts and not path.is_absolute() and ".." not in path.parts and "\0" not in cache
    sources = [PurePosixPath(each) for each in astuple(folders) if each]
    if within and not any(path.is_relative_to(s) or s.is_relative_to(path) for s in sources):
        return
    raise DuizhaoError(
        [
            error(
                "configuration",
                Position(file="mkdocs.yml"),
                f"The cache cannot be `{visible(cache)}`: it needs a folder of its own here.",
                "write cache: .cache/duizhao",
            )
        ]
    )


def _empty(target: Path) -> bool:
    return target.is_dir() and not any(target.iterdir())


def _published(target: Path) -> bool:
    path = target / NAME
    if not target.is_dir() or not path.is_file():
        return False
    with path.open("rb") as file:
        return _MANIFEST.match(file.read(100)) is not None


@contextmanager
def steady(root: Path, folders: Folders, read: Mapping[str, str]) -> Iterator[None]:
    """What the block made of the sources below `root` was made of one state of each.

    Raises DuizhaoError that names the sources written meanwhile, with the problems that
    the block itself raised: a half-written file may be their cause.  A source is taken for
    written where its bytes or its time of writing differ.  Fonts and themes from outside
    `root` are not looked at.  `read` has the digests of sources that were read before the
    block, from before that, by path.
    """
    before = _states(root, folders, {})
    digests = {path: state.digest for path, state in before.items()}
    if early := [path for path, digest in read.items() if digests.get(path) != digest]:
        raise DuizhaoError(map(_changed, early))
    try:
        yield
    except (DuizhaoError, OSError) as reason:  # a file that is gone by now is none of the system’s
        if written := list(_written(before, _states(root, folders, before))):
            raised = reason.problems if isinstance(reason, DuizhaoError) else ()
            raise DuizhaoError([*raised, *written]) from reason
        raise
    if written := list(_written(before, _states(root, folders, before))):
        raise DuizhaoError(written)


@dataclass(frozen=True, slots=True)
class _State:
    """A source: its digest, its time of writing, and all that tells that nobody touched it.

    Times are in nanoseconds.  Where `untouched` is the same the bytes are, and need not be read.
    """

    digest: str
    written: int
    untouched: tuple[int, ...]


def _states(root: Path, folders: Folders, before: Mapping[str, _State]) -> dict[str, _State]:
    """What each source is, by its path; `before` is what they were."""
    found = {}
    for path in input_kinds(root, folders):
        try:
            state = state_of(root / path)
            # On Windows the last is when the file was made, and does not tell.
            untouched = state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns
            was = before.get(path)
            same = was and was.untouched == untouched and sys.platform != "win32"
            digest = was.digest if was and same else digest_of(root / path)
        except FileNotFoundError:  # an editor’s own file, gone while they were listed
            continue
        found[path] = _State(digest, state.st_mtime_ns, untouched)
    return found


def _written(before: Mapping[str, _State], after: Mapping[str, _State]) -> Iterator[Problem]:
    for path in sorted({*before, *after}):
        was, now = before.get(path), after.get(path)
        if not was or not now or (was.digest, was.written) != (now.digest, now.written):
            yield _changed(path)


def _changed(path: str) -> Problem:
    return error(
        "input-written",
        Position(file=visible(path)),
        "This source was written while the site was being made.",
        "build again; nothing was published",
    )
