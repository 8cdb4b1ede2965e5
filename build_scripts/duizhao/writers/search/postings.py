"""Postings: which documents a key occurs in, and where; a document is a provision.

Grammar of what is written (numbers are LEB128 varints)::

    row       := size documents places?    size: the bytes of the documents
    documents := gap*                      of provisions; the first from -1
    places    := (gap+ 0)*                 of offsets in each, in that order; the first from -1
    part      := keys, sizes, deflated rows

The places of common words stand in parts of their own, without a size.

All is done on whole arrays; a key is here no more than a number.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint32]
Longs = npt.NDArray[np.uint64]
Offsets = npt.NDArray[np.int64]

#: Which keys of an alphabet keep their places: those that are not common, all, or none.
Placed = Literal["rare", "all", "none"]

_START, _PRIME = 0x811C9DC5, 0x01000193


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Where keys stand, column by column: their hashes and numbers, documents, places in these.

    Documents ascend, and places in each.
    """

    hashes: Words
    keys: Longs
    documents: Words
    places: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Encoded rows of many keys, in the order of their hashes.

    `ends[n]` is where the n-th key's row ends in `data`; a row may be empty.
    """

    data: Bytes
    ends: Offsets


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """Keys with their hashes and rows, and the places of common keys that keep them."""

    hashes: Words
    keys: Longs
    common: Flags
    rows: Rows
    apart: Rows


def encoded(records: Records, common: int | None, placed: Placed = "rare") -> Encoded:
    """The rows of all keys in `records`.

    A key of more than `common` documents is common; None: no key is.  `placed` says
    which keys keep their places.
    """
    order, keys = ordered(records)
    new_key, documents = _changes(keys), records.documents[order]
    new_document = _changes(documents) | new_key
    at, begins = np.flatnonzero(new_key), np.flatnonzero(new_document)
    firsts = np.flatnonzero(new_key[begins])
    counts = np.diff(firsts, append=len(begins))
    frequent = counts > common if common is not None else np.zeros(len(at), np.bool_)
    own, apart = (
        _placed(records.places, order, at, new_document, counts, kept)
        for kept in (
            np.zeros(len(at), np.bool_) if placed == "none" else ~frequent,
            frequent & (placed == "all"),
        )
    )
    held = _Numbers(values=_gaps(documents[begins], firsts), counts=counts)
    return Encoded(
        hashes=records.hashes[order[at]],
        keys=keys[at],
        common=frequent,
        rows=_rows(_joined(_sizes(held), held, own)),
        apart=_rows(apart),
    )


def ordered(records: Records) -> tuple[Offsets, Longs]:
    """The records by hash, then by key, otherwise as they came: their numbers and keys.

    Numpy sorts plain numbers many times as fast as it finds a stable order: so a hash is
    sorted with the record's number in its lower half, and keys that share a hash, which are
    rare, are put in order afterwards.
    """
    halves = np.empty((len(records.keys), 2), "<u4")
    halves[:, 0] = np.arange(len(halves))
    halves[:, 1] = records.hashes
    halves.reshape(-1).view("<u8").sort()
    order, hashes = halves[:, 0].astype(np.int64), halves[:, 1].copy()
    keys = records.keys[order]
    for shared in np.unique(hashes[_changes(keys) & ~_changes(hashes)]):
        own = slice(*(np.searchsorted(hashes, shared, side) for side in ("left", "right")))
        new = np.argsort(keys[own], kind="stable")
        order[own], keys[own] = order[own][new], keys[own][new]
    return order, keys


def divided(records: Records, count: int) -> Iterator[Records]:
    """The records in `count` shares by the upper bits of their hashes, otherwise as they came."""
    if count == 1:
        yield records
        return
    share = part_of(records.hashes, count)
    # Small numbers are sorted by their digits.
    order = np.argsort(share.astype(np.min_scalar_type(count - 1)), kind="stable")
    for own in np.split(order, np.cumsum(np.bincount(share, minlength=count))[:-1]):
        yield Records(
            hashes=records.hashes[own],
            keys=records.keys[own],
            documents=records.documents[own],
            places=records.places[own],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbers:
    """What is to be written of each key: so many of the values, one key after another."""

    values: Words
    counts: Offsets


def _placed(
    places: Words, order: Offsets, at: Offsets, starts: Flags, documents: Offsets, kept: Flags
) -> _Numbers:
    """The places of the keys that are kept, as gaps; after the last of each document a 0.

    The n-th key has `documents[n]` documents and its records from `at[n]` on; at `starts`
    another document begins.
    """
    if not kept.any():
        return _Numbers(values=np.empty(0, np.uint32), counts=np.zeros(len(at), np.int64))
    records = np.diff(at, append=len(order))
    if not kept.all():
        these = np.repeat(kept, records)
        order, starts = order[these], starts[these]
    shift = np.cumsum(starts, dtype=np.int64)  # of the zeros that stand before, one too many
    values = np.zeros(len(order) + int(shift[-1]), np.uint32)
    shift += np.arange(-1, len(order) - 1)
    values[shift] = _gaps(places[order], np.flatnonzero(starts))
    return _Numbers(values=values, counts=(records + documents) * kept)


def _sizes(numbers: _Numbers) -> _Numbers:
    """The bytes that the values of each key take."""
    long, more = _longer(numbers.values)
    key = np.searchsorted(np.cumsum(numbers.counts), long, "right")
    sizes = numbers.counts + np.bincount(key, more, len(numbers.counts)).astype(np.int64)
    return _Numbers(values=sizes.astype(np.uint32), counts=np.ones(len(sizes), np.int64))


def _joined(*several: _Numbers) -> _Numbers:
    """Key by key, the values of the first, of the second and so on."""
    counts: Offsets = np.stack([some.counts for some in several]).sum(axis=0)
    values = np.empty(int(counts.sum()), np.uint32)
    at = np.cumsum(counts) - counts
    for some in several:
        shift = at - (np.cumsum(some.counts) - some.counts)
        values[np.arange(len(some.values)) + np.repeat(shift, some.counts)] = some.values
        at += some.counts
    return _Numbers(values=values, counts=counts)


def _changes(values: npt.NDArray[np.generic]) -> Flags:
    """Whether each value differs from the one before; the first does."""
    out = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=out[1:])
    return out


def _gaps(values: Words, starts: Offsets) -> Words:
    """What each value is above the one before it; at a start, above -1."""
    out = np.empty_like(values)
    np.subtract(values[1:], values[:-1], out=out[1:])
    out[starts] = values[starts] + np.uint32(1)
    return out


def _rows(numbers: _Numbers) -> Rows:
    data, ends = varints(numbers.values, np.cumsum(numbers.counts))
    return Rows(data=data, ends=ends)


def varints(values: Words, ends: Offsets) -> tuple[Bytes, Offsets]:
    """Numbers of 0 or more, seven bits a byte, the lowest first.

    `ends` are some numbers of values; given back is how many bytes these take.
    """
    low = values.astype(np.uint8)
    long, more = _longer(values)
    if not len(long):
        return low, ends
    low[long] |= np.uint8(128)
    shift = np.cumsum(more)
    out = np.empty(len(low) + int(shift[-1]), np.uint8)
    first = np.ones(len(out), np.bool_)
    at, high = long + shift - more, values[long]
    for n in range(1, 5):
        some = more >= n
        at, high, more = at[some] + 1, high[some] >> np.uint32(7), more[some]
        first[at] = False
        out[at] = high & np.uint32(127) | np.where(more > n, np.uint32(128), np.uint32(0))
    out[first] = low
    return out, ends + np.append(np.int64(0), shift)[np.searchsorted(long, ends)]


def _longer(values: Words) -> tuple[Offsets, Offsets]:
    """Which values take more than one byte, and how many more."""
    long = np.flatnonzero(values > np.uint32(127))
    high, more = values[long], np.ones(len(long), np.int64)
    for bits in (14, 21, 28):
        more += high >= np.uint32(1 << bits)
    return long, more


def spelled(symbol: str) -> int:
    """A symbol as a number that a browser computes too: FNV-1a over its code points."""
    value = _START
    for character in symbol:
        value = (value ^ ord(character)) * _PRIME & 0xFFFFFFFF
    return value


def hashed(columns: Iterable[Words]) -> Words:
    """The hashes of keys, given the numbers of their first symbols, of their second and so on.

    FNV-1a again, and its bits mixed, since parts are told by the upper ones.
    """
    value: Words | None = None
    for column in columns:
        start = np.full(len(column), _START, np.uint32) if value is None else value
        value = (start ^ column) * np.uint32(_PRIME)
    if value is None:
        raise ValueError("a key has at least one symbol")
    value = (value ^ value >> np.uint32(15)) * np.uint32(0x2C1B3C6D)
    return value ^ value >> np.uint32(12)


def part_of(hashes: Words, count: int) -> Offsets:
    """The part of each key among `count`, in the order of the hashes."""
    return (hashes.astype(np.int64) * count) >> 32


def packed(keys: Iterable[str], sizes: Iterable[int], data: bytes) -> tuple[str, list[int], str]:
    """A part: its keys with a line feed between, their sizes, and the bytes.

    The bytes are deflated, so that a server that compresses no scripts moves no more,
    and written in base64, which a script can hold.
    """
    small = zlib.compress(data, 6, wbits=-15)
    return "\n".join(keys), list(sizes), base64.b64encode(small).decode()
