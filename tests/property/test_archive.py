"""A file to which every law gives a compressed part stands in the archive as it is."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.building.whole.archive import PATH, deflated, inflated
from duizhao.building.whole.archive_file import ArchiveFile, Earlier

NAME = "data/laws.jsonl"


def archive_of(parts: list[bytes], folder: Path) -> zipfile.ZipFile:
    (folder / "data").mkdir()
    (folder / NAME).write_bytes(b"".join(parts))
    (folder / "a.txt").write_text("before", "utf-8")
    (folder / "z.txt").write_text("after", "utf-8")
    streams = {NAME: [deflated(part) for part in parts]}
    with ArchiveFile(folder) as archive:
        archive.put_files(["a.txt", NAME, "z.txt"], streams)
    return zipfile.ZipFile(folder / PATH)


@given(st.lists(st.binary(max_size=2000) | st.text(max_size=500).map(str.encode), max_size=8))
def test_parts_make_the_file(parts: list[bytes]) -> None:
    assert [inflated(deflated(part)) for part in parts] == parts
    with TemporaryDirectory() as folder, archive_of(parts, Path(folder)) as archive:
        assert archive.testzip() is None
        assert archive.read(f"zh-en-laws/{NAME}") == b"".join(parts)
        assert archive.read("zh-en-laws/z.txt") == b"after"


def test_a_large_file_has_the_sizes_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    with archive_of([b"abc" * 100, b"def" * 100], tmp_path) as archive:
        assert archive.testzip() is None
        assert archive.read(f"zh-en-laws/{NAME}") == b"abc" * 100 + b"def" * 100


def _earlier(path: Path) -> Earlier:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Earlier(path=path, digest=digest, same=lambda path: path == "z.txt")


def test_what_begins_far_behind_says_so_only_while_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mended archive is the same as a new one, also where a file has moved below the limit."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 300)
    folders = [tmp_path / name for name in ("before", "mended", "new")]
    for folder, size in zip(folders, (400, 10, 10), strict=True):
        folder.mkdir()
        (folder / "a.txt").write_bytes(hashlib.shake_128().digest(size))
        (folder / "z.txt").write_bytes(b"after")
    before, mended, new = folders
    for folder, earlier in ((before, None), (new, None), (mended, before)):
        taken = _earlier(earlier / PATH) if earlier else None
        with ArchiveFile(folder, taken) as archive:
            archive.put_files(["a.txt", "z.txt"])
            archive.closed()
    assert (mended / PATH).read_bytes() == (new / PATH).read_bytes()
