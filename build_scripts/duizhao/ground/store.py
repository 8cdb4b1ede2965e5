"""What was made is kept by the digest of what it was made of.

An entry begins with a digest of its key and its content, so one that was damaged, cut
off or put under another key is noticed, and made again.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from duizhao.ground.folders import named

_DIGEST = 32  # bytes of SHA-256 before what is kept
_SPARE = 3  # entries kept for each one in use: another branch, a change taken back
_MEANWHILE = 3600 * 10**9  # nanoseconds: what is so new may be what another build just made


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of entries; it need not be there yet.  Safe for several processes and threads at once."""

    folder: Path

    def get(self, key: str) -> bytes | None:
        """What is kept under a key; None where there is nothing, or it may not be read or is not whole."""
        try:
            stored = (self.folder / key).read_bytes()
        except OSError:  # one that may not or cannot be read is made again
            return None
        digest, content = stored[:_DIGEST], stored[_DIGEST:]
        return content if _seal(key, content) == digest else None

    def put(self, key: str, content: bytes) -> None:
        """Keep something; a reader sees it whole or not at all."""
        write_whole(self.folder / key, _seal(key, content) + content)

    def drop(self, key: str) -> None:
        """Keep nothing any more under a key."""
        (self.folder / key).unlink(missing_ok=True)

    def names(self) -> frozenset[str]:
        """The keys under which something is kept, whole or not."""
        with suppress(FileNotFoundError):
            return frozenset(os.listdir(self.folder))  # noqa: PTH208 - of many thousands
        return frozenset()

    def prune(self, used: Collection[str]) -> None:
        """Take out what is not used, once there is far more of it than of what is.

        What was written within an hour of the newest entry stays: a build with other options
        may be at work, which reads again what it has just made.
        """
        if not self.folder.is_dir():
            return
        names = set(os.listdir(self.folder))  # noqa: PTH208 - of many thousands
        spare = names.difference(used)
        if len(spare) <= _SPARE * max(len(used), 1):
            return
        written = {name: self._written(name) for name in names}
        newest = max(written.values())
        for name in spare:
            if written[name] < newest - _MEANWHILE:
                (self.folder / name).unlink(missing_ok=True)

    def _written(self, name: str) -> int:
        """When an entry was written, in ns; long ago where it is gone meanwhile."""
        try:
            return (self.folder / name).stat().st_mtime_ns
        except FileNotFoundError:
            return 0


def may_write(folder: Path) -> bool:
    """Whether files may be put into a folder, which need not be there yet."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file, and its folder; a reader sees it whole or not at all.  Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part-{os.getpid()}-{threading.get_ident()}")
    try:
        with named(path):
            part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)  # a full disk needs no half of a file


def _seal(key: str, content: bytes) -> bytes:
    digest = hashlib.sha256(f"{key}\n".encode())
    digest.update(content)
    return digest.digest()
