"""What is taken from the published site, and what is written anew."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from duizhao.building.whole.published import Published, Wanted, published_from_folder, write_changed

FILES = {"zh/x/index.html": b"<p>x</p>", "zh/y/index.html": b"<p>y</p>"}
LATER = 1_000_000_000  # nanoseconds


def wanted(files: dict[str, bytes]) -> list[Wanted]:
    return [(path, len(d), hashlib.sha256(d).hexdigest()) for path, d in files.items()]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder as a build leaves it."""
    for path, data in FILES.items():
        (tmp_path / "old" / path).parent.mkdir(parents=True)
        (tmp_path / "old" / path).write_bytes(data)
    manifest = tmp_path / "old" / "manifest.json"
    outputs = {path: {"bytes": n, "sha256": sha256} for path, n, sha256 in wanted(FILES)}
    manifest.write_text(json.dumps({"manifest": 1, "outputs": outputs}), "utf-8")
    written = (tmp_path / "old" / "zh/y/index.html").stat().st_mtime_ns + LATER
    os.utime(manifest, ns=(written, written))
    return tmp_path / "old"


def written(old: Published, site: Path, files: dict[str, bytes]) -> set[str]:
    """The files that had to be written; all must be there as they are wanted."""
    asked: set[str] = set()

    def read() -> Iterator[tuple[str, bytes]]:
        asked.add("")
        yield from files.items()

    write_changed(site, old, wanted(files), read)
    assert {path: (site / path).read_bytes() for path in files} == files
    new = {p for p in files if not (old.folder / p).exists() or not _same(old.folder, site, p)}
    assert bool(asked) == bool(new)
    return new


def _same(old: Path, site: Path, path: str) -> bool:
    return (old / path).samefile(site / path)


def test_what_stays_is_linked(old: Path, tmp_path: Path) -> None:
    assert written(published_from_folder(old), tmp_path / "new", FILES) == set()


def test_what_changed_is_written_and_the_old_file_stays(old: Path, tmp_path: Path) -> None:
    changed = FILES | {"zh/x/index.html": b"<p>z</p>", "zh/new/index.html": b"new"}
    new = {"zh/x/index.html", "zh/new/index.html"}
    assert written(published_from_folder(old), tmp_path / "new", changed) == new
    assert {path: (old / path).read_bytes() for path in FILES} == FILES


@pytest.mark.parametrize("other", [b"<p>?</p>", b"<p>longer</p>"], ids=["bytes", "size"])
def test_a_published_file_that_somebody_wrote_is_not_taken(
    old: Path, tmp_path: Path, other: bytes
) -> None:
    path = old / "zh/x/index.html"
    path.write_bytes(other)
    if len(other) == len(FILES["zh/x/index.html"]):
        late = path.stat().st_mtime_ns + LATER
        os.utime(path, ns=(late, late))
    site = tmp_path / "new"
    assert written(published_from_folder(old), site, FILES) == {"zh/x/index.html"}


def test_a_link_in_place_of_a_file_is_not_taken(old: Path, tmp_path: Path) -> None:
    path = old / "zh/x/index.html"
    elsewhere = tmp_path / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    site = tmp_path / "new"
    write_changed(site, published_from_folder(old), wanted(FILES), FILES.items)
    assert not (site / "zh/x/index.html").is_symlink()


def test_what_another_build_published_meanwhile_is_not_taken(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = published_from_folder(old)
    other = tmp_path / "other"
    for path, data in FILES.items():
        (other / path).parent.mkdir(parents=True)
        (other / path).write_bytes(data.upper())

    def link(source: str, target: str, real: Callable[[str, str], None] = os.link) -> None:
        if other.exists():
            old.rename(tmp_path / "gone")
            other.rename(old)
        real(source, target)

    monkeypatch.setattr(os, "link", link)
    write_changed(tmp_path / "new", found, wanted(FILES), FILES.items)
    assert {path: (tmp_path / "new" / path).read_bytes() for path in FILES} == FILES
    assert {path: (old / path).read_bytes() for path in FILES} != FILES


@pytest.mark.parametrize(
    "manifest", [b"", b"{", b"[]", b"{}", b'{"outputs": 1}', b'{"outputs": {"a": {}}}', b"\xff"]
)
def test_without_a_whole_manifest_all_is_written(
    old: Path, tmp_path: Path, manifest: bytes
) -> None:
    (old / "manifest.json").write_bytes(manifest)
    found = published_from_folder(old)
    assert found == Published()
    assert written(found, tmp_path / "new", FILES) == set(FILES)


def test_where_no_site_is_all_is_written(tmp_path: Path) -> None:
    assert published_from_folder(tmp_path / "none") == Published()


def test_a_disk_without_links_gets_copies(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    assert written(published_from_folder(old), tmp_path / "new", FILES) == set(FILES)
