"""The script of the guide that sends parts to their repositories, run against some of our own."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("laws-1", "laws-2")


def _script(language: str) -> str:
    page = (ROOT / f"docs/tool/{language}/guide/split.md").read_text("utf-8")
    (block,) = re.findall(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return str(block)


def _git(*words: str | Path, at: Path) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    done = subprocess.run(["git", *identity, *map(str, words)], cwd=at, check=True, capture_output=True, text=True)  # fmt: skip
    return done.stdout


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Two repositories with a README each, and a divided site."""
    for number, part in enumerate(PARTS, 1):
        remote = tmp_path / "remotes" / part
        remote.mkdir(parents=True)
        _git("init", "-q", "--bare", at=remote)
        first = tmp_path / f"first-{part}"
        _git("clone", "-q", remote, first, at=tmp_path)
        (first / "README.md").write_text("a part", encoding="utf-8")
        _git("add", ".", at=first)
        _git("commit", "-qm", "begin", at=first)
        _git("push", "-q", "origin", "HEAD", at=first)
        folder = tmp_path / f"sites/part-{number}"
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(f"<title>{part}</title>", encoding="utf-8")
        (folder / "kept.html").write_bytes(os.urandom(300_000))
    return tmp_path


def _run(place: Path, script: str) -> None:
    environment = {**os.environ, "PARTS": " ".join(PARTS), "REMOTES": f"file://{place}/remotes"}
    subprocess.run(["sh", "-c", f"rm -rf work; {script}"], cwd=place, env=environment, check=True)


def test_both_guides_have_the_same_script() -> None:
    assert _script("zh") == _script("en")


def test_parts_arrive_whole_and_only_differences_are_sent(place: Path) -> None:
    _run(place, _script("en"))
    remotes = [place / "remotes" / part for part in PARTS]
    for remote in remotes:
        names = _git("ls-tree", "-r", "--name-only", "HEAD", at=remote).split()
        assert names == [".nojekyll", "index.html", "kept.html"]
        assert _git("rev-list", "--count", "HEAD", at=remote) == "1\n"
    heads = [_git("rev-parse", "HEAD", at=remote) for remote in remotes]
    sizes = [_weight(remote) for remote in remotes]
    (place / "sites/part-1/index.html").write_text("<title>changed</title>", encoding="utf-8")
    _run(place, _script("en"))
    assert _git("show", "HEAD:index.html", at=remotes[0]) == "<title>changed</title>"
    assert _git("rev-parse", "HEAD", at=remotes[1]) == heads[1]  # nothing changed, nothing sent
    assert _weight(remotes[0]) - sizes[0] < 3_000
    assert _weight(remotes[1]) == sizes[1]


def _weight(remote: Path) -> int:
    """The bytes of all objects that a repository was ever sent."""
    return sum(p.stat().st_size for p in (remote / "objects").rglob("*") if p.is_file())
