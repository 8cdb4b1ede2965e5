"""Parts of an index that was made, to be changed row by row."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from duizhao.writers.search.files import content_of, script
from duizhao.writers.search.gather import LINE
from duizhao.writers.search.grams import Alphabet, divisions
from duizhao.writers.search.postings import Words, hashed, packed, part_of, spelled


class UnmendableError(Exception):
    """The index must be made anew."""


@dataclass(slots=True)
class Parts:
    """The `count` parts of an alphabet with keys of one size, of rows ("d") or places apart ("p").

    `total` are the bytes in all of them; `read` gives the text of a file by its path.
    """

    alphabet: Alphabet
    kind: str
    size: int
    count: int
    total: int
    read: Callable[[str], str]
    _rows: dict[int, dict[str, bytes]] = field(default_factory=dict)  # of parts that were read
    _changed: dict[int, bool] = field(default_factory=dict)  # whether there are keys that are new

    def row(self, key: str) -> bytes:
        """The row of a key, empty where it has none."""
        return self._of(self._place(key)).get(key, b"") if self.count else b""

    def put(self, key: str, row: bytes) -> None:
        """Have another row for a key, or none.  Raises UnmendableError where there is no part yet."""
        if not self.count:
            if row:
                raise UnmendableError
            return
        place = self._place(key)
        rows = self._of(place)
        before = rows.get(key, b"")
        if row == before:
            return
        self.total += len(row) - len(before)
        self._changed[place] = self._changed.get(place, False) or not before
        if row:
            rows[key] = row
        else:
            del rows[key]

    def made(self) -> Iterator[tuple[str, str]]:
        """Name and content of each part that changed.

        Raises UnmendableError where the rows would be divided into another number of parts.
        """
        if divisions(self.total, self.alphabet.part) != self.count:
            raise UnmendableError
        for place, new in self._changed.items():
            rows = self._rows[place]
            keys = self._ordered(rows) if new else list(rows)
            found = [rows[key] for key in keys]
            content = packed(keys, map(len, found), b"".join(found))
            yield self._name(place), json.dumps(content, **LINE)

    def _of(self, place: int) -> dict[str, bytes]:
        if place not in self._rows:
            path, _ = script("", self._name(place), "")
            keys, sizes, data = content_of(self.read(path))
            whole = zlib.decompress(base64.b64decode(data), wbits=-15)
            ends = np.cumsum(sizes, dtype=np.int64).tolist()
            names = keys.split("\n") if keys else []
            self._rows[place] = {
                name: whole[end - size : end]
                for name, size, end in zip(names, sizes, ends, strict=True)
            }
        return self._rows[place]

    def _name(self, place: int) -> str:
        return f"{self.kind}/{self.alphabet.name}{self.size}-{place}"

    def _place(self, key: str) -> int:
        return int(part_of(self._hashes([key]), self.count)[0])

    def _ordered(self, keys: Collection[str]) -> list[str]:
        return [key for _, key in sorted(zip(self._hashes(keys).tolist(), keys, strict=True))]

    def _hashes(self, keys: Iterable[str]) -> Words:
        symbols = list(map(self._symbols, keys))
        columns = [[spelled(some[n]) for some in symbols] for n in range(self.size)]
        return hashed(np.array(column, np.uint32) for column in columns)

    def _symbols(self, key: str) -> Sequence[str]:
        if self.size == 1:
            return [key]
        return key.split(between) if (between := self.alphabet.between) else key
