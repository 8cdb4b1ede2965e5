"""Keys: the runs of symbols that are looked up, of every alphabet that is searched.

An alphabet is characters, syllables, first letters or words.  Its keys are

1. every symbol;
2. every run of n symbols whose first n-1 or last n-1 are a *common* key.

A key is common if more documents than `commonness` have it.  Common keys keep no places,
so no row is long but those of bare documents; and every run of symbols can be answered:
it is a key itself, or it is covered by keys that are not common, whose places tell
whether they stand as they must.  (Take any symbol of the run and grow it to either
side while it is common: at the end it is the whole run, or a key that is not.)

Nothing is held in memory but a batch of documents or a share of the keys; the rest
lies in files of a folder, so memory does not grow with the collection.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from duizhao.search.gather import Stream, Symbols
from duizhao.search.postings import (
    RECORD,
    Encoded,
    Longs,
    Offsets,
    Placed,
    Rows,
    Words,
    encoded,
    hashed,
    packed,
    part_of,
    spelled,
)

#: Documents above which a key is common, in a large collection and in the smallest.
COMMON, LEAST = 4_000, 250

#: One in so many documents, in between: of a phrase, no part is then in most of a collection.
SHARE = 20

#: Symbols of the longest key; of these none is common, so that copies of a law end.
LONGEST = 16

#: Bytes of rows that an average part holds: where a query needs several keys, or few.
PART, LARGER = 10_000, 20_000

#: Symbols in a batch, and about as many records in a share of the keys.
BATCH = 1 << 21

_LAST = np.uint64(1 << 63)  # marks a key known by its last n-1 symbols
_HALF = np.uint64(32)


def commonness(documents: int) -> int:
    """How many of so many documents have a key that is not common, at most."""
    return min(COMMON, max(LEAST, documents // SHARE))


@dataclass(slots=True)
class _Batch:
    """Documents in a row: their symbols' numbers (0 ends each text) and their sizes."""

    symbols: Words
    sizes: Words
    first: int
    ranks: Words | None = None  # of each run of the level before: 1 or more if common

    def keys(self, size: int) -> Longs:
        """The number of the key of `size` symbols at each place; 0 where there is none."""
        if size == 1:
            return self.symbols.astype(np.uint64)
        length = max(0, len(self.symbols) - size + 1)
        first, last = self.symbols[:length], self.symbols[size - 1 :]
        ranks = self.ranks if self.ranks is not None else np.zeros(length + 1, np.uint32)
        left, right = ranks[:length], ranks[1 : length + 1]
        by_right = np.where((right > 0) & (first > 0), _LAST | _key(right, first), np.uint64(0))
        return np.where((left > 0) & (last > 0), _key(left, last), by_right)


def _key(rank: Words, symbol: Words) -> Longs:
    return rank.astype(np.uint64) << _HALF | symbol.astype(np.uint64)


@dataclass(slots=True, kw_only=True)
class Alphabet:
    """One alphabet of a collection: takes documents in order, gives parts.

    `between` stands between the symbols of a written key.  Common words keep their
    places: they are also looked for as sets of forms, too many to be tried as runs.
    Prefixes need none.
    """

    name: str
    folder: Path
    between: str = ""
    placed: Placed = "rare"
    common: int | None = COMMON
    part: int = PART
    batch: int = BATCH
    counts: list[list[int]] = field(default_factory=list)  # parts of each size of key
    found: list[str] = field(default_factory=list)  # the common keys
    _numbers: dict[str, int] = field(default_factory=dict)
    _symbols: array[int] = field(default_factory=lambda: array("I"))
    _sizes: array[int] = field(default_factory=lambda: array("I"))
    _firsts: list[int] = field(default_factory=list)
    _documents: int = 0

    def add(self, texts: Iterable[Iterable[str]]) -> None:
        """The symbols of the next document's texts; "" is no symbol, and runs end there."""
        stream = Stream()
        stream.add(texts)
        self.take(stream.taken())

    def take(self, some: Symbols) -> None:
        """The next documents, as they were gathered."""
        numbers = self._numbers
        own = [0, *(numbers.setdefault(name, len(numbers) + 1) for name in some.names)]
        self._symbols.frombytes(np.array(own, np.uint32)[some.places].tobytes())
        self._sizes.frombytes(some.sizes.tobytes())
        if len(self._symbols) >= self.batch:
            self._close()

    def _close(self) -> None:
        if self._sizes:
            name = self.folder / f"{self.name}-{len(self._firsts)}"
            np.save(f"{name}-symbols", np.frombuffer(self._symbols, np.uint32))
            np.save(f"{name}-sizes", np.frombuffer(self._sizes, np.uint32))
            self._firsts.append(self._documents)
            self._documents += len(self._sizes)
            self._symbols, self._sizes = array("I"), array("I")

    def _batches(self) -> Iterator[tuple[Path, _Batch]]:
        for number, first in enumerate(self._firsts):
            name = self.folder / f"{self.name}-{number}"
            ranks = Path(f"{name}-ranks.npy")
            yield (
                ranks,
                _Batch(
                    np.load(f"{name}-symbols.npy"),
                    np.load(f"{name}-sizes.npy"),
                    first,
                    np.load(ranks) if ranks.exists() else None,
                ),
            )

    def parts(self) -> Iterator[tuple[str, Any]]:
        """Name and content of every part; afterwards `counts` and `found` are known."""
        self._close()
        symbols = ["", *self._numbers]
        values = np.array([spelled(symbol) for symbol in symbols], np.uint32)
        known: list[str] = []
        for size in range(1, LONGEST + 1):
            common = self.common if size < LONGEST else None
            shares = self._shares(size, values, common)
            name = f"{self.name}{size}"
            spelling = _Spelling(symbols, known, self.between, single=size == 1)
            counts = [_parts_of(shares, kind, self.part) for kind in ("rows", "apart")]
            self.counts.append(counts)
            for folder, kind, count in zip("dp", ("rows", "apart"), counts, strict=True):
                for number, content in _split(shares, kind, count, spelling) if count else ():
                    yield f"{folder}/{name}-{number}", content
            found = np.sort(np.concatenate([share.keys[share.common] for share in shares]))
            if not len(found):
                return
            known = [spelling.of(int(key)) for key in found]
            self.found += known
            for ranks, batch in self._batches():
                np.save(ranks, _ranks(batch.keys(size), found))

    def _shares(self, size: int, values: Words, common: int | None) -> list[Encoded]:
        """All keys of one size, in shares by the upper bits of their hashes."""
        total = sum(int(batch.sizes.sum()) for _, batch in self._batches())
        count = 1 << max(0, (total // self.batch).bit_length() - 1)
        names = [self.folder / f"{self.name}-records-{n}" for n in range(count)]
        for name in names:
            name.write_bytes(b"")
        for _, batch in self._batches():
            records = _records(batch, size, values)
            share = part_of(records["hash"], count)
            for number, name in enumerate(names):
                with name.open("ab") as file:
                    file.write(records[share == number].tobytes())
        out = []
        for name in names:
            rows = encoded(np.fromfile(name, RECORD), common, self.placed)
            name.unlink()
            own = _laid_by(rows.rows, Path(f"{name}-rows-{size}.npy"))
            apart = _laid_by(rows.apart, Path(f"{name}-apart-{size}.npy"))
            out.append(replace(rows, rows=own, apart=apart))
        return out


def _laid_by(rows: Rows, path: Path) -> Rows:
    """The same rows, with their bytes in a file."""
    np.save(path, rows.data)
    return replace(rows, data=np.load(path, mmap_mode="r"))


def _ranks(keys: Longs, found: Longs) -> Words:
    """The place of each key among those found, from 1 on; 0 where it is none of them."""
    out = np.zeros(len(keys), np.uint32)
    some = np.flatnonzero(keys)  # of long runs, few
    at = np.searchsorted(found, keys[some]).clip(max=len(found) - 1)
    out[some] = np.where(found[at] == keys[some], at + 1, 0)
    return out


@dataclass(frozen=True, slots=True)
class _Spelling:
    """Keys of one size as they are written: the symbols, and the common keys below."""

    symbols: list[str]
    known: list[str]
    between: str
    single: bool

    def of(self, key: int) -> str:
        if self.single:
            return self.symbols[key]
        symbol, rank = self.symbols[key & 0xFFFFFFFF], key >> 32 & 0x7FFFFFFF
        pair = (symbol, self.known[rank - 1])
        return self.between.join(pair if key >> 63 else reversed(pair))


def _records(batch: _Batch, size: int, values: Words) -> npt.NDArray[np.void]:
    keys = batch.keys(size)
    at = np.flatnonzero(keys)
    out = np.empty(len(at), RECORD)
    out["key"] = keys[at]
    out["hash"] = hashed(values[batch.symbols[at + n]] for n in range(size))
    ends = np.cumsum(batch.sizes.astype(np.int64))
    document = np.repeat(np.arange(len(ends), dtype=np.uint32), batch.sizes)[at]
    out["document"] = document + batch.first
    out["place"] = at - (ends - batch.sizes)[document]
    return out


def _parts_of(shares: list[Encoded], kind: str, part: int) -> int:
    """Into how many parts the rows of all keys of one size are split, 0 if there are none."""
    total = sum(len(getattr(share, kind).data) for share in shares)
    return -(-total // (part * len(shares))) * len(shares) if total else 0


def _split(
    shares: list[Encoded], kind: str, count: int, spelling: _Spelling
) -> Iterator[tuple[int, Any]]:
    each = count // len(shares)
    for number, share in enumerate(shares):
        rows: Rows = getattr(share, kind)
        sizes = np.diff(rows.ends, prepend=np.int64(0))
        filled: Offsets = np.flatnonzero(sizes)
        parts = part_of(share.hashes[filled], count)
        bounds = np.searchsorted(parts, np.arange(number * each, (number + 1) * each + 1))
        for n in range(each):
            own = filled[bounds[n] : bounds[n + 1]]
            data = b""
            if len(own):
                data = rows.data[rows.ends[own[0]] - sizes[own[0]] : rows.ends[own[-1]]].tobytes()
            written = [spelling.of(int(key)) for key in share.keys[own]]
            yield number * each + n, packed(written, sizes[own].tolist(), data)
