"""Builds of a small site, in processes of their own."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.faults.forks import Forks

ROOT = Path(__file__).parents[2]


@cache
def program() -> Path:
    """A copy of the program, so that an edit meanwhile does not look like a broken site."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    return Path(
        shutil.copytree(ROOT / "build_scripts", f"{folder.name}/build_scripts", ignore=ignored)
    )


def command(root: Path, *more: str) -> list[str]:
    start = [sys.executable, str(program()), "--root", str(root), "build"]
    return [*start, "--no-pdf", *more]


def code(root: Path, *more: str) -> str:
    """What a forked process runs to build a site."""
    arguments = ["--root", str(root), "build", "--no-pdf", *more]
    return f"import sys; from duizhao.cli.main import main; sys.exit(main({arguments!r}))"


def build(forks: Forks, root: Path, *more: str) -> tuple[int, str]:
    """Build a site; the exit code and what was said."""
    with tempfile.NamedTemporaryFile() as said:
        status = forks.wait(forks.start(code(root, *more), Path(said.name)))
        return status, Path(said.name).read_text("utf-8")


def digest(folder: Path) -> str:
    """The digest of a whole published site."""
    out = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        out.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return out.hexdigest()
