"""Builds that are starved, robbed of their inputs or refused: the site is left as it was."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.builds import build, code, command, digest
from tests.faults.forks import Forks

from duizhao.commands.starter import write_starter

WITNESS = "seeds/witnesses/example-lakes.txt"

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "gone",
    [WITNESS, "seeds/example-lakes/edition.toml", "seeds", "docs", "theme", "mkdocs.yml"],
)
def test_an_input_that_is_gone_leaves_the_site(good: Path, forks: Forks, gone: str) -> None:
    root = good
    before = digest(root / "site")
    away = root / "away"
    (root / gone).rename(away)
    try:
        status, said = build(forks, root)
    finally:
        away.rename(root / gone)
    assert status == 1
    assert "Traceback" not in said
    assert "Do: " in said
    assert digest(root / "site") == before


# What is written in the middle of a build, and before which step of the plugin: when laws are
# read, when the theme of their pages is, when all pages are written.
WRITTEN = (
    (WITNESS, "on_files"),
    ("seeds/example-lakes/edition.toml", "_take"),
    ("translations/en/LC_MESSAGES/example-lakes.po", "on_post_build"),
    ("mkdocs.yml", "on_files"),
    ("docs/en/offline.md", "_take"),
    ("docs/assets/duizhao.css", "on_post_build"),
    ("theme/main.html", "_take"),
)


@pytest.mark.parametrize(("source", "step"), WRITTEN)
def test_a_source_that_changes_meanwhile_is_named_and_the_site_left(
    good: Path, forks: Forks, tmp_path: Path, source: str, step: str
) -> None:
    """Its digest would be that of the new state, and the pages of the old one or of both."""
    before = digest(good / "site")
    path = good / source
    whole = path.read_bytes()
    changing = (
        "import pathlib\n"
        "from duizhao.building.mkdocs.plugin import DuizhaoPlugin\n"
        f"def changed(*a, old=DuizhaoPlugin.{step}, **k):\n"
        f"    with pathlib.Path({str(path)!r}).open('ab') as file: file.write(b'\\n')\n"
        "    return old(*a, **k)\n"
        f"DuizhaoPlugin.{step} = changed\n"
    )
    said = tmp_path / "said"
    try:
        status = forks.wait(forks.start(changing + code(good), said))
    finally:
        assert path.read_bytes() == whole + b"\n"
        path.write_bytes(whole)
    told = said.read_text("utf-8")
    assert status == 1, told
    assert f"{source}  input-written" in told
    assert "Do: build again" in told
    assert "Traceback" not in told
    assert digest(good / "site") == before
    status, told = build(forks, good)
    assert status == 0, told
    assert digest(good / "site") == before


def test_a_full_disk_leaves_the_site(good: Path, forks: Forks, tmp_path: Path) -> None:
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
        (disk / "site/manifest.json").write_text('{"manifest": 1}', encoding="utf-8")
        status, said = build(forks, good, "--out", str(disk / "site"))
        left = {p.relative_to(disk).as_posix() for p in disk.rglob("*")}
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    assert status == 1
    assert re.search(
        rf"(?m)^(?:the disk|{disk}/\.site\.new-\S+)  system  .*: No space left on device\.$", said
    )
    assert "Do: free space" in said
    assert "Traceback" not in said
    assert left == {"site", "site/manifest.json"}


# A file may be no longer than this in the process: a disk that is full, for any user.
# Short enough for the database of all laws, and for a file that is copied.
@pytest.mark.parametrize("longest", [20_000, 100_000])
def test_a_file_that_cannot_be_written_whole_leaves_the_site(
    good: Path, forks: Forks, tmp_path: Path, longest: int
) -> None:
    """No file may be longer than so many bytes: a disk that is full, for any user."""
    limited = f"import resource as r; r.setrlimit(r.RLIMIT_FSIZE, ({longest}, {longest}))\n"
    before = digest(good / "site")
    said = tmp_path / "said"
    assert forks.wait(forks.start(limited + code(good), said)) == 1
    told = said.read_text("utf-8")
    assert re.search(
        rf"(?m)^(?:the disk|{good}/\.site\.new-\S+)  system  .*: File too large\.$", told
    ), told
    assert "Do: free space" in told
    assert "Traceback" not in told
    assert digest(good / "site") == before


def test_a_database_that_cannot_be_written_whole_is_named(forks: Forks, tmp_path: Path) -> None:
    said = tmp_path / "said"
    base = tmp_path / "laws.sqlite"
    limited = (
        "import pathlib, resource as r\n"
        "from duizhao.writers.formats.tables import write_sqlite\n"
        "r.setrlimit(r.RLIMIT_FSIZE, (8_000, 8_000))\n"
        f"write_sqlite(pathlib.Path({str(base)!r}), [], ['en'])\n"
    )
    assert forks.wait(forks.start(limited, said)) == 70
    last = said.read_text("utf-8").splitlines()[-1]
    assert last.startswith("OSError: [Errno 28] ")
    assert last.endswith(f": {str(base)!r}")


def bound() -> str:
    """Code that binds a process to permission bits, which do not bind root on Linux.

    Root gives up its capabilities and is then a user who owns its files.
    """
    if os.name != "posix" or os.geteuid():
        return ""
    if sys.platform != "linux":
        pytest.skip("permission bits do not bind root, and only Linux lets it give that up")
    capset = "ctypes.CDLL(None).capset(struct.pack('=Ii', 0x20080522, 0), bytes(24))"
    return f"import ctypes, struct\nassert {capset} == 0\n"


@pytest.fixture
def locked(good: Path, tmp_path: Path) -> Iterator[Path]:
    """A folder that nobody may write into, with a published site in it."""
    folder = tmp_path / "locked"
    shutil.copytree(good / "site", folder / "site")
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


@pytest.mark.parametrize("out", ["site", "new", "deeper/site"])
def test_a_folder_that_may_not_be_written_is_named_and_the_site_left(
    good: Path, forks: Forks, tmp_path: Path, locked: Path, out: str
) -> None:
    before = digest(locked)
    said = tmp_path / "said"
    running = bound() + code(good, "--out", str(locked / out))
    assert forks.wait(forks.start(running, said)) == 1
    told = said.read_text("utf-8")
    assert re.search(rf"(?m)^{locked}/\S+  system  .*: Permission denied\.$", told), told
    assert "Do: mend the permissions or name another folder" in told
    assert "Traceback" not in told
    assert digest(locked) == before
    assert [p.name for p in locked.iterdir()] == ["site"]
    locked.chmod(0o755)
    assert forks.wait(forks.start(running, said)) == 0, said.read_text("utf-8")
    assert digest(locked / out) == digest(good / "site")


def test_a_published_site_that_may_not_be_written_is_replaced_again_and_again(
    good: Path, forks: Forks, tmp_path: Path
) -> None:
    """Read-only folders of the old site stayed under another name, and no later build could publish."""
    target = tmp_path / "out/site"
    shutil.copytree(good / "site", target)
    for folder in (target, *(p for p in target.rglob("*") if p.is_dir())):
        folder.chmod(0o555)
    said = tmp_path / "said"
    running = bound() + code(good, "--out", str(target))
    for _ in range(2):
        assert forks.wait(forks.start(running, said)) == 0, said.read_text("utf-8")
        assert digest(target) == digest(good / "site")
        assert sorted(p.name for p in target.parent.iterdir()) == ["site", "site.spare"]


@pytest.mark.parametrize("locked_out", [".cache", ".cache/duizhao"])
def test_a_cache_that_may_not_be_written_is_named_and_the_site_left(
    good: Path, forks: Forks, tmp_path: Path, locked_out: str
) -> None:
    root = Path(shutil.copytree(good, tmp_path / "mysite"))
    before = digest(root / "site")
    shutil.rmtree(root / ".cache")
    (root / locked_out).mkdir(parents=True)
    (root / locked_out).chmod(0o555)
    said = tmp_path / "said"
    running = bound() + code(root)
    assert forks.wait(forks.start(running, said)) == 1
    told = said.read_text("utf-8")
    assert re.search(rf"(?m)^{root}/.cache/\S+  system  .*: Permission denied\.$", told), told
    assert "Traceback" not in told
    assert digest(root / "site") == before
    (root / locked_out).chmod(0o755)
    assert forks.wait(forks.start(running, said)) == 0, said.read_text("utf-8")
    assert digest(root / "site") == before


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
