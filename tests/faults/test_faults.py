"""Builds that are killed, starved, robbed of their inputs or run twice: never half a site."""

from __future__ import annotations

import atexit
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from duizhao.print_jobs import Result
from duizhao.prints import _cached, _store
from duizhao.starter import write_starter
from duizhao.store import Store

ROOT = Path(__file__).parents[2]
KILLS = 50
WITNESS = "seeds/witnesses/example-lakes.txt"

pytestmark = pytest.mark.slow


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


def build(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(root, *more), capture_output=True, text=True, check=False)


def digest(folder: Path) -> str:
    """The digest of a whole published site."""
    out = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        out.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return out.hexdigest()


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, float]]:
    """A site that was built once, and the seconds that took."""
    root = tmp_path_factory.mktemp("faults") / "mysite"
    write_starter(root)
    start = time.monotonic()
    assert build(root).returncode == 0
    yield root, time.monotonic() - start
    left = sorted(p.name for p in root.iterdir())
    assert [name for name in left if name.startswith("site")] == ["site"]


def test_a_build_killed_at_any_moment_leaves_a_whole_site(
    good: tuple[Path, float], tmp_path: Path
) -> None:
    root, seconds = good
    before = digest(root / "site")
    roots = (root, Path(shutil.copytree(root, tmp_path / "second")))
    moments = random.Random(10)  # noqa: S311 - no secret
    for _ in range(KILLS // 2):
        started = time.monotonic()
        running = [
            (
                started + moments.uniform(0.2, 1.3) * seconds,
                subprocess.Popen(command(r), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL),
            )
            for r in roots
        ]
        for moment, process in sorted(running, key=lambda pair: pair[0]):
            time.sleep(max(0.0, moment - time.monotonic()))
            process.send_signal(signal.SIGKILL)
            process.wait()
        for r in roots:
            assert digest(r / "site" if (r / "site").exists() else r / "site.old") == before
    assert build(root).returncode == 0
    assert digest(root / "site") == before


def test_killed_while_the_two_folders_change_places(good: tuple[Path, float]) -> None:
    root, _ = good
    before = digest(root / "site")
    for step in range(1, 5):
        # The process kills itself before its n-th rename or removal, the moments that matter.
        code = (
            "import os, pathlib, shutil, signal, sys\n"
            "from duizhao import publish, cli\n"
            f"left = [{step}]\n"
            "def counted(old):\n"
            "    def new(*a, **k):\n"
            "        left[0] -= 1\n"
            "        if not left[0]: os.kill(os.getpid(), signal.SIGKILL)\n"
            "        return old(*a, **k)\n"
            "    return new\n"
            "def exchange(stage, target, old=publish._exchange):\n"
            "    pathlib.Path.rename = counted(pathlib.Path.rename)\n"
            "    shutil.rmtree = counted(shutil.rmtree)\n"
            "    old(stage, target)\n"
            "publish._exchange = exchange\n"
            f"cli.main(['--root', {str(root)!r}, 'build', '--no-pdf'])\n"
        )
        environment = {**os.environ, "PYTHONPATH": str(program())}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, check=False
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        whole = root / "site" if (root / "site").exists() else root / "site.old"
        assert digest(whole) == before
    assert build(root).returncode == 0
    assert digest(root / "site") == before


def test_two_builds_at_once_publish_one_whole_site(good: tuple[Path, float]) -> None:
    root, _ = good
    before = digest(root / "site")
    both = [subprocess.Popen(command(root), stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[1] for process in both]
    assert 0 in [process.returncode for process in both], said
    assert not any("Traceback" in text for text in said), said
    assert digest(root / "site") == before


@pytest.mark.parametrize(
    "gone",
    [WITNESS, "seeds/example-lakes/edition.toml", "seeds", "docs", "theme", "mkdocs.yml"],
)
def test_an_input_that_is_gone_leaves_the_site(good: tuple[Path, float], gone: str) -> None:
    root, _ = good
    before = digest(root / "site")
    away = root / "away"
    (root / gone).rename(away)
    try:
        done = build(root)
    finally:
        away.rename(root / gone)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Do: " in done.stderr
    assert digest(root / "site") == before


def test_a_full_disk_leaves_the_site(good: tuple[Path, float], tmp_path: Path) -> None:
    root, _ = good
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        (disk / "site").mkdir()
        (disk / "site/index.html").write_text("old", encoding="utf-8")
        done = build(root, "--out", str(disk / "site"))
        left = {p.relative_to(disk).as_posix() for p in disk.rglob("*")}
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert left == {"site", "site/index.html"}


@pytest.mark.parametrize("damage", [b"", b"garbage", b"\x00" * 40, None])
def test_a_damaged_print_is_set_again(tmp_path: Path, damage: bytes | None) -> None:
    whole = Result(data=b"%PDF-1.7 whole", figures=(1, 0))
    _store(Store(tmp_path), "key", whole)
    (path,) = tmp_path.iterdir()
    assert _cached(Store(tmp_path), "key") == whole
    path.write_bytes(path.read_bytes()[:-3] if damage is None else damage)
    assert _cached(Store(tmp_path), "key") is None


def test_a_build_with_a_damaged_cache_is_right(tmp_path: Path) -> None:
    write_starter(tmp_path / "mysite")
    root = tmp_path / "mysite"
    line = [part for part in command(root) if part != "--no-pdf"]
    assert subprocess.run(line, capture_output=True, check=False).returncode == 0
    before = digest(root / "site")
    cached = sorted(p for p in (root / ".cache/duizhao").rglob("*") if p.is_file())
    assert {"cards", "prints"} <= {path.parent.name for path in cached}
    for number, path in enumerate(cached):
        path.write_bytes(path.read_bytes()[:100] if number % 2 else b"garbage")
    shutil.rmtree(root / "site")
    assert subprocess.run(line, capture_output=True, check=False).returncode == 0
    assert digest(root / "site") == before
