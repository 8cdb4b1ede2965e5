"""What this machine has and lacks: Python, packages, fonts, a browser, room on the disk."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version

from duizhao.ground.problems import phrase

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_ROOM = 200 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked for; without an essential one nothing can be built."""

    what: str
    fine: bool
    says: str
    remedy: str = ""
    essential: bool = True


def examinations() -> Iterator[Finding]:
    """Everything that a build needs here, and what only tests need."""
    yield Finding(
        what="Python",
        fine=sys.version_info >= (3, 11),
        says=sys.version.partition(" ")[0],
        remedy="install Python 3.11 or later",
    )
    yield from _packages()
    yield _fonts()
    room = shutil.disk_usage(".").free
    yield Finding(
        what=phrase("disk"),
        fine=room > _ROOM,
        says=f"{room // 1024 // 1024} MB are free here",
        remedy="free 200 MB",
    )
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    yield Finding(
        what=phrase("browser"),
        fine=found is not None,
        says=found or "no Chromium; only the tests need it",
        remedy="Debian: apt install chromium; or let DUIZHAO_BROWSER name one",
        essential=False,
    )


def _packages() -> Iterator[Finding]:
    """The packages that this one requires, by its own metadata."""
    try:
        wanted = requires("duizhao") or []
    except PackageNotFoundError:
        yield Finding(
            what="duizhao",
            fine=True,
            says="runs from its folder; it is not installed",
            essential=False,
        )
        return
    names = [_name(line) for line in wanted if ";" not in line or "extra" not in line]
    missing = [name for name in names if not _installed(name)]
    yield Finding(
        what=phrase("packages"),
        fine=not missing,
        says=f"missing: {', '.join(missing)}" if missing else f"all {len(names)} are there",
        remedy=f"pip install {' '.join(missing)}",
    )


def _name(requirement: str) -> str:
    end = next((n for n, c in enumerate(requirement) if not (c.isalnum() or c in "-_.")), None)
    return requirement[:end]


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _fonts() -> Finding:
    """The Chinese faces that the PDFs are set in come as a package."""
    there = _installed("pylopdf-fonts-zh-cn")
    return Finding(
        what=phrase("fonts"),
        fine=there,
        says="Noto Serif SC and Noto Sans SC" if there else "no Chinese fonts: no PDF can be set",
        remedy="pip install pylopdf-fonts-zh-cn, or build with --no-pdf",
    )
