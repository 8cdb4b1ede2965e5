"""Keys: the runs of symbols that are looked up, of every alphabet that is searched.

An alphabet is characters, syllables, first letters or words.  Its keys are

1. every symbol;
2. every run of n symbols whose first n-1 or last n-1 are a *common* key.

A key is common if more documents than `commonness` have it.  Common keys keep no places,
so no row is long but those of bare documents; and every run of symbols can be answered:
it is a key itself, or it is covered by keys that are not common, whose places tell
whether they stand as they must.  (Take any symbol of the run and grow it to either
side while it is common: at the end it is the whole run, or a key that is not.)

What is held in memory is a batch of documents or a share of the keys, and of each key of
a size a few numbers; the rest lies in files of a folder.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from duizhao.writers.search.gather import Stream, Symbols
from duizhao.writers.search.laid import Laid, Share
from duizhao.writers.search.postings import (
    Flags,
    Longs,
    Offsets,
    Placed,
    Records,
    Words,
    divided,
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
BATCH = 1 << 19

#: For each size of key a number of its rows, and one of those apart.
Counts = list[list[int]]

_LAST = np.uint64(1 << 63)  # marks a key known by its last n-1 symbols
_HALF = np.uint64(32)
_SYMBOL, _RANK = np.uint64(0xFFFFFFFF), np.uint64(0x7FFFFFFF)


def commonness(documents: int) -> int:
    """How many of so many documents have a key that is not common, at most."""
    return min(COMMON, max(LEAST, documents // SHARE))


def divisions(size: int, part: int) -> int:
    """Into how many parts rows of `size` bytes are divided, for at most `part` in an average one.

    Of its binary digits only the first three may be other than 0: so a changed text seldom
    makes another number, with which nearly every key would stand in another part.
    """
    count = -(-size // part)
    spare = max(0, count.bit_length() - 3)
    return -(-count >> spare) << spare


class _Numbers(dict[str, int]):
    """The number of each symbol, from 1 on; one that is new gets the next."""

    def __missing__(self, symbol: str) -> int:
        self[symbol] = number = len(self) + 1
        return number


@dataclass(frozen=True, slots=True)
class _Batch:
    """Documents in a row: their symbols' numbers (0 ends each text) and their sizes.

    Of each run of `size` - 1 symbols, by where it begins, `ranks` tells which common key it
    is, from 1 on; 0 is none.
    """

    symbols: Words
    sizes: Words
    first: int
    size: int
    ranks: Words

    def records(self, values: Words) -> Records:
        """The keys of `size` symbols, whose `values` are given by number."""
        if self.size == 1:
            at = np.flatnonzero(self.symbols)
            keys = self.symbols[at].astype(np.uint64)
        else:
            at, keys = self._keys()
        spelled = values[self.symbols]
        starts = np.cumsum(self.sizes, dtype=np.int64) - self.sizes
        document = np.repeat(np.arange(len(starts), dtype=np.uint32), self.sizes)[at]
        return Records(
            hashes=hashed(spelled[n:][at] for n in range(self.size)),
            keys=keys,
            documents=document + np.uint32(self.first),
            places=(at - starts[document]).astype(np.uint32),
        )

    def _keys(self) -> tuple[Offsets, Longs]:
        """Where keys of several symbols stand, and their numbers."""
        first, last, left, right = self._sides()
        at = np.flatnonzero(((left > 0) & (last > 0)) | ((right > 0) & (first > 0)))
        rank = left[at]
        by_last = np.flatnonzero((rank == 0) | (last[at] == 0))
        symbol = last[at]
        rank[by_last], symbol[by_last] = right[at[by_last]], first[at[by_last]]
        keys = _key(rank, symbol)
        keys[by_last] |= _LAST
        return at, keys

    def ranked(self, found: Longs) -> Words:
        """Which of the common keys found, whose numbers are given in order, each run is.

        The runs at both ends of a common key are common, since they stand wherever it stands.
        """
        if self.size == 1:
            rank = np.zeros(int(max(found[-1], self.symbols.max(initial=0))) + 1, np.uint32)
            rank[found.astype(np.int64)] = np.arange(1, len(found) + 1)
            return rank[self.symbols]
        _, last, left, right = self._sides()
        at = np.flatnonzero((left > 0) & (right > 0))
        keys = _key(left[at], last[at])
        place = np.searchsorted(found, keys).clip(max=len(found) - 1)
        out = np.zeros(len(self.symbols), np.uint32)
        out[at] = np.where(found[place] == keys, place + 1, 0)
        return out

    def _sides(self) -> tuple[Words, Words, Words, Words]:
        """Of each run the first and last symbol, and the ranks of the runs without the other."""
        to = max(0, len(self.symbols) - self.size + 1)
        ends = self.symbols[:to], self.symbols[self.size - 1 :]
        return *ends, self.ranks[:to], self.ranks[1 : to + 1]


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
    counts: Counts = field(default_factory=list)  # parts
    sizes: Counts = field(default_factory=list)  # bytes of rows
    found: list[str] = field(default_factory=list)  # the common keys
    _numbers: _Numbers = field(default_factory=_Numbers)
    _symbols: array[int] = field(default_factory=lambda: array("I"))
    _sizes: array[int] = field(default_factory=lambda: array("I"))
    _firsts: list[int] = field(default_factory=list)
    _documents: int = 0
    _total: int = 0

    def add(self, texts: Iterable[Iterable[str]]) -> None:
        """The symbols of the next document's texts; "" is no symbol, and runs end there."""
        stream = Stream()
        stream.add(texts)
        self.take(stream.taken())

    def take(self, some: Symbols) -> None:
        """The next documents, as they were gathered."""
        own = [0, *map(self._numbers.__getitem__, some.names)]
        self._symbols.frombytes(np.array(own, np.uint32)[some.places].tobytes())
        self._sizes.frombytes(some.sizes.tobytes())
        if len(self._symbols) >= self.batch:
            self._close()

    def _close(self) -> None:
        if self._sizes:
            symbols, sizes, _ = self._laid(len(self._firsts))
            symbols.write_bytes(self._symbols)
            sizes.write_bytes(self._sizes)
            self._firsts.append(self._documents)
            self._documents += len(self._sizes)
            self._total += len(self._symbols)
            self._symbols, self._sizes = array("I"), array("I")

    def _batches(self, size: int) -> Iterator[tuple[Path, _Batch]]:
        """Each batch with what is known of its runs of `size` - 1 symbols, and where that lies."""
        for number, first in enumerate(self._firsts):
            *given, ranks = self._laid(number)
            symbols, sizes = (np.fromfile(path, np.uint32) for path in given)
            known = np.fromfile(ranks, np.uint32) if size > 1 else np.empty(0, np.uint32)
            yield ranks, _Batch(symbols, sizes, first, size, known)

    def _laid(self, batch: int) -> list[Path]:
        """Where a batch's symbols lie, the sizes of its documents, and the ranks of its runs.

        Without a head as `numpy.save` writes: it is read as Python's syntax, which
        two threads of Python 3.11 cannot do at once.
        """
        kinds = ("symbols", "sizes", "ranks")
        return [self.folder / f"{self.name}-{batch}-{kind}" for kind in kinds]

    def parts(self) -> Iterator[tuple[str, Any]]:
        """Name and content of every part; afterwards `counts`, `sizes` and `found` are known."""
        self._close()
        symbols = ["", *self._numbers]
        values = np.array([spelled(symbol) for symbol in symbols], np.uint32)
        known: list[str] = []
        for size in range(1, LONGEST + 1):
            keys = self._keys(size, values, self.common if size < LONGEST else None)
            spelling = _Spelling([*symbols, *known], len(symbols), self.between)
            kinds = (keys.rows, keys.apart)
            counts = [divisions(rows.size, self.part) for rows in kinds]
            self.counts.append(counts)
            self.sizes.append([rows.size for rows in kinds])
            for folder, rows, count in zip("dp", kinds, counts, strict=True):
                for number, content in _split(keys, rows, count, spelling) if count else ():
                    yield f"{folder}/{self.name}{size}-{number}", content
            found = np.sort(keys.numbers[keys.common])
            if not len(found):
                return
            known = spelling.of(found)
            self.found += sorted(known)  # their numbers depend on the order of the laws' symbols
            for ranks, batch in self._batches(size):
                # Written as bytes, for numpy does not say why a disk refuses.
                ranks.write_bytes(batch.ranked(found).tobytes())

    def _keys(self, size: int, values: Words, common: int | None) -> _Keys:
        """All keys of one size.

        They are made in shares, by the upper bits of their hashes, of about a batch each.
        """
        count = 1 << max(0, (self._total // self.batch).bit_length() - 1)
        shares = [Share(self.folder / f"{self.name}-share-{n}") for n in range(count)]
        for _, batch in self._batches(size):
            for share, some in zip(shares, divided(batch.records(values), count), strict=True):
                share.add(some)
        rows, apart = (Laid(self.folder / f"{self.name}-{kind}") for kind in ("rows", "apart"))
        made = []
        for share in shares:
            one = encoded(share.taken(), common, self.placed)
            rows.add(one.rows)
            apart.add(one.apart)
            made.append((one.hashes, one.keys, one.common))
        hashes, numbers, frequent = map(np.concatenate, zip(*made, strict=True))
        return _Keys(hashes=hashes, numbers=numbers, common=frequent, rows=rows, apart=apart)


def alphabet_named(name: str, folder: Path) -> Alphabet:
    """One of the alphabets that search has (`gather.alphabets`)."""
    match name[0]:
        case "s":
            return Alphabet(name=name, folder=folder, between=" ", part=LARGER)
        case "i":
            return Alphabet(name=name, folder=folder, part=LARGER)
        case "n" | "v":
            return Alphabet(name=name, folder=folder, common=None, placed="none")
        case "w":
            return Alphabet(name=name, folder=folder, between=" ", placed="all")
    return Alphabet(name=name, folder=folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keys:
    """All keys of one size, by their hashes, and their rows."""

    hashes: Words
    numbers: Longs
    common: Flags
    rows: Laid
    apart: Laid


@dataclass(frozen=True, slots=True)
class _Spelling:
    """Keys of one size as they are written, of `names`: the symbols, and the common keys below."""

    names: list[str]
    symbols: int
    between: str

    def of(self, keys: Longs) -> list[str]:
        name = self.names.__getitem__
        symbols = (keys & _SYMBOL).astype(np.int64)
        if len(self.names) == self.symbols:
            return list(map(name, symbols.tolist()))
        runs = (keys >> _HALF & _RANK).astype(np.int64) + (self.symbols - 1)
        by_last = keys >= _LAST
        first, second = np.where(by_last, symbols, runs), np.where(by_last, runs, symbols)
        pairs = zip(map(name, first.tolist()), map(name, second.tolist()), strict=True)
        return list(map(self.between.join, pairs))


def _split(keys: _Keys, rows: Laid, count: int, spelling: _Spelling) -> Iterator[tuple[int, Any]]:
    """The parts that hold the rows, by the upper bits of the keys' hashes.

    Keys of one hash stand in the order of their spelling: their numbers depend on the order
    in which the laws have their symbols.
    """
    sizes = rows.sizes
    filled = np.flatnonzero(sizes)
    bounds = np.searchsorted(part_of(keys.hashes[filled], count), np.arange(count + 1))
    with rows.path.open("rb") as file:
        for number, (start, end) in enumerate(pairwise(bounds)):
            own = filled[start:end]
            names, each = spelling.of(keys.numbers[own]), sizes[own].tolist()
            data = file.read(sum(each))
            hashes = keys.hashes[own]
            if not (hashes[1:] > hashes[:-1]).all():
                ends = np.cumsum(sizes[own]).tolist()
                every = zip(hashes.tolist(), names, each, ends, strict=True)
                some = sorted(every, key=lambda one: one[:2])
                names, each = [one[1] for one in some], [one[2] for one in some]
                data = b"".join(data[end - size : end] for _, _, size, end in some)
            yield number, packed(names, each, data)
