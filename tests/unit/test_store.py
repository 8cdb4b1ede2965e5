"""What is kept is there whole or not at all."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from duizhao.ground.store import Store, write_whole


def test_a_file_takes_the_place_of_another_whole(tmp_path: Path) -> None:
    path = tmp_path / "deeper/file"
    for data in (b"first", b""):
        write_whole(path, data)
        assert path.read_bytes() == data
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_cannot_be_written_leaves_the_other_and_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    write_whole(path, b"old")
    real = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        real(self, data[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    with pytest.raises(OSError, match="No space left"):
        Store(tmp_path).put("file", b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_entry_that_is_not_its_keys_is_not_there(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("one", b"text")
    assert store.get("one") == b"text"
    assert store.get("two") is None
    (tmp_path / "one").rename(tmp_path / "two")
    assert store.get("two") is None


def test_an_entry_that_cannot_be_read_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    assert Store(tmp_path).get("one") is None
    assert Store(tmp_path / "nowhere").names() == frozenset()


def test_threads_keep_the_same_entry_at_once(tmp_path: Path) -> None:
    store, together = Store(tmp_path), Barrier(4)

    def keep(data: bytes) -> None:
        together.wait()
        for _ in range(50):
            store.put("key", data)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(keep, [b"entry" * 10_000] * 4))
    assert store.get("key") == b"entry" * 10_000
    assert store.names() == {"key"}


def test_what_is_not_used_is_taken_out_unless_it_is_new(tmp_path: Path) -> None:
    """What is as new as the newest may be what another build has just made."""
    store = Store(tmp_path)
    for number in range(10):
        store.put(f"{number}", b"kept")
    for number in range(8):
        os.utime(tmp_path / f"{number}", (1_000_000, 1_000_000))
    store.prune(["0", "1", "9"])
    assert len(store.names()) == 10, "few are not used"
    store.prune(["0", "9"])
    assert store.names() == {"0", "8", "9"}
    Store(tmp_path / "none").prune([])
