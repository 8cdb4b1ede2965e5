"""A site divided again: what stays as it is stays, and the bytes are those of a first division."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.divided import AT, build, built
from tests.scale.sites import files_of

from duizhao.split.divide import divide
from duizhao.split.pages import Rewriter


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("divided") / "made", 4)


@pytest.fixture(scope="module")
def divided(site: Path) -> Path:
    divide(site, site.parent / "sites", AT)
    return site.parent / "sites"


def _states(folder: Path) -> dict[str, tuple[int, int]]:
    """Number and time of each file: whether it was written again."""
    states = ((path.relative_to(folder), path.stat()) for path in folder.rglob("*"))
    return {
        path.as_posix(): (state.st_ino, state.st_mtime_ns)
        for path, state in states
        if not (folder / path).is_dir()
    }


def test_what_stays_as_it_is_is_neither_read_nor_written_again(
    site: Path, divided: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, read = tmp_path / "sites", list[str]()
    divide(site, out, AT)
    before = _states(out)
    page = Rewriter.page

    def noted(self: Rewriter, path: str, html: str) -> str:
        read.append(path)
        return page(self, path, html)

    monkeypatch.setattr(Rewriter, "page", noted)
    divide(site, out, AT)
    after = _states(out)
    assert files_of(out) == files_of(divided)
    assert read == []
    written = {path for path, state in after.items() if before[path] != state}
    assert written == {f"{part}/manifest.json" for part in ("root", "part-1", "part-2")}


def test_what_was_changed_is_made_again_and_nothing_else(
    site: Path, divided: Path, tmp_path: Path
) -> None:
    """In the site, or by hand in a part."""
    ours = shutil.ignore_patterns("site", "sites")
    root = Path(shutil.copytree(site.parent, tmp_path / "made", ignore=ours))
    new, out = build(root, tmp_path / "site"), tmp_path / "sites"
    divide(new, out, AT)
    assert files_of(out) == files_of(divided)
    before = _states(out)
    by_hand = next(out.glob("part-*/zh/law-2/index.html"))
    by_hand.write_bytes(by_hand.read_bytes() + b"x")
    change = 'id = "c"\ndate = 2025-01-01\nkind = "text"\nzh = "改"\n'
    (root / "seeds/law-3/history.toml").write_text(f"[[change]]\n{change}", encoding="utf-8")
    divide(build(root, tmp_path / "site"), out, AT)
    divide(tmp_path / "site", tmp_path / "fresh", AT)
    assert files_of(out) == files_of(tmp_path / "fresh")
    kept = {path for path, state in _states(out).items() if before.get(path) == state}
    assert {f"part-{n}/en/law-3/about/index.html" for n in (1, 2)}.isdisjoint(kept)
    assert by_hand.relative_to(out).as_posix() not in kept
    assert len([path for path in kept if "/law-1/" in path]) > 10


def test_another_address_changes_what_names_it_alone(
    site: Path, divided: Path, tmp_path: Path
) -> None:
    out, other = tmp_path / "sites", (*AT[:2], "https://three.example/")
    divide(site, out, AT)
    before = _states(out)
    divide(site, out, other)
    divide(site, tmp_path / "fresh", other)
    assert files_of(out) == files_of(tmp_path / "fresh")
    kept = {path for path, state in _states(out).items() if before[path] == state}
    assert len(kept) > len(before) // 4
