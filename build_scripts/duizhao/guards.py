"""What a build must not destroy, and what must not change under it.

A build takes the place of a whole folder, so only one that a build has made may be
replaced.  It reads its sources at many moments, some of them twice, so none of them may be
written between the first and the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path, PurePosixPath

from duizhao.manifest import NAME, Folders, inputs_below
from duizhao.problems import DuizhaoError, Position, Problem, error, visible

_MANIFEST = re.compile(rb'\s*\{\s*"manifest"\s*:\s*\d')


def require_replaceable(target: Path, root: Path) -> None:
    """Raise DuizhaoError unless a build may take the place of `target`.

    It may where nothing is, an empty folder, or a site that a build made: one with a
    manifest, of whatever form.  It never may where the site's own folder, `root`, is or lies.
    """
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
def steady(root: Path, folders: Folders) -> Iterator[None]:
    """What the block made of the sources below `root` was made of one state of each.

    Raises DuizhaoError that names the sources written meanwhile, with the problems that
    the block itself raised: a half-written file may be their cause.  A source is taken for
    written where its bytes or its time of writing differ.  Fonts and themes from outside
    `root` are not looked at.
    """
    before = _states(root, folders)
    try:
        yield
    except DuizhaoError as reason:
        if written := list(_written(before, _states(root, folders))):
            raise DuizhaoError([*reason.problems, *written]) from reason
        raise
    if written := list(_written(before, _states(root, folders))):
        raise DuizhaoError(written)


def _states(root: Path, folders: Folders) -> dict[str, tuple[str, int]]:
    """Digest and time of writing (nanoseconds) of each source, by its path."""
    return {
        path: (digest, (root / path).stat().st_mtime_ns)
        for path, digest in inputs_below(root, folders).items()
    }


def _written(
    before: dict[str, tuple[str, int]], after: dict[str, tuple[str, int]]
) -> Iterator[Problem]:
    for path in sorted({*before, *after}):
        if before.get(path) != after.get(path):
            yield error(
                "input-written",
                Position(file=visible(path)),
                "This source was written while the site was being made.",
                "build again; nothing was published",
            )
