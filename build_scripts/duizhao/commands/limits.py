"""What hosts take of a site, and what to do where a site comes near it.

`build` warns and `check --release` refuses by the same figures.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from duizhao.ground.folders import files_below
from duizhao.ground.problems import Position, Problem, warning

_NAMED = 5  # folders and files that a warning names
_NEAR = 90  # percent of a limit: time to act


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bytes that a host takes of a whole site and of one file: as given, GitHub Pages and git."""

    whole: int = 1_000_000_000
    single: int = 100_000_000


HOSTS = Limits()


def near_limits(sizes: Mapping[str, int], name: str, limits: Limits) -> Iterator[Problem]:
    """A warning for each file of a built site, then for the site, from 90 % of a limit on.

    `sizes` are those of `sizes_of`, `name` is that of the site's folder.
    """
    hint = (
        "leave PDFs out (`--no-pdf`), turn `archive` or `downloads` off in mkdocs.yml,"
        " or divide the site with `duizhao split`"
    )
    for path, size in sizes.items():
        if _near(size, limits.single):
            message = f"The file has {_mb(size)} MB; hosts take {_mb(limits.single)} MB."
            yield warning("file-too-large", Position(file=path), message, hint)
    total = sum(sizes.values())
    if _near(total, limits.whole):
        folders, files = _largest(_folders(sizes)), _largest(sizes)
        message = (
            f"The site has {_mb(total)} MB; hosts take {_mb(limits.whole)} MB."
            f" Largest in MB, by law or folder: {folders}; by file: {files}."
        )
        yield warning("site-too-large", Position(file=name), message, hint)


def sizes_of(site: Path) -> dict[str, int]:
    """The bytes of every file of a built site by its path, in order."""
    return {name: os.stat(f"{site}/{name}").st_size for name in files_below(site)}  # noqa: PTH116 - of many thousands


def _near(size: int, limit: int) -> bool:
    return size * 100 >= limit * _NEAR


def _folders(sizes: Mapping[str, int]) -> Counter[str]:
    """Bytes by law, in all folders that have something of it, or by folder of other files."""
    total = Counter[str]()
    for path, size in sizes.items():
        parts = path.split("/")
        deep = len(parts) > 2
        total["/".join(parts[:2]) if deep and parts[0] == "assets" else parts[deep]] += size
    return total


def _largest(sizes: Mapping[str, int]) -> str:
    """The largest with their megabytes, the largest first; then by name."""
    some = sorted(sizes.items(), key=lambda one: (-one[1], one[0]))[:_NAMED]
    return ", ".join(f"{name} {_mb(size)}" for name, size in some)


def _mb(size: int) -> str:
    """Bytes as megabytes of 1,000,000, with a decimal where they are few."""
    return f"{size / 1e6:,.0f}" if size >= 10_000_000 else f"{size / 1e6:.1f}"
