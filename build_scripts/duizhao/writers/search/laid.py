"""What is laid by in a file while an alphabet's keys are made, so that memory holds a share."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from duizhao.writers.search.postings import Offsets, Records, Rows


class Share:
    """Records that wait in a file, column by column as they came."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sizes = [0]
        path.write_bytes(b"")

    def add(self, some: Records) -> None:
        """Lay some more by."""
        self._sizes.append(len(some.keys))
        with self._path.open("ab") as file:
            for column in (some.hashes, some.keys, some.documents, some.places):
                file.write(column.tobytes())

    def taken(self) -> Records:
        """All of them; the file is gone."""
        with self._path.open("rb") as file:
            columns = [
                [np.fromfile(file, kind, size) for kind in ("u4", "u8", "u4", "u4")]
                for size in self._sizes
            ]
        self._path.unlink()
        hashes, keys, documents, places = map(np.concatenate, zip(*columns, strict=True))
        return Records(hashes=hashes, keys=keys, documents=documents, places=places)


class Laid:
    """Rows whose bytes lie in a file, one after another."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._ends: list[Offsets] = []
        path.write_bytes(b"")

    def add(self, rows: Rows) -> None:
        """Lay the next rows by."""
        self._ends.append(rows.ends + self.size)
        self.size += len(rows.data)
        with self.path.open("ab") as file:
            file.write(rows.data.tobytes())

    @property
    def sizes(self) -> Offsets:
        """The bytes of each row."""
        ends: Offsets = np.concatenate(self._ends)
        return np.diff(ends, prepend=np.int64(0))
