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
from collections.abc import Iterable
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

#: Where a key stands: hash and number of the key, document, place in it.
RECORD = np.dtype([("hash", "<u4"), ("key", "<u8"), ("document", "<u4"), ("place", "<u4")])

_HALF, _LOWER = np.uint64(32), np.uint64(0xFFFFFFFF)
_START, _PRIME = 0x811C9DC5, 0x01000193


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


def encoded(records: npt.NDArray[np.void], common: int | None, placed: Placed = "rare") -> Encoded:
    """The rows of all keys in `records`, whose documents ascend.

    A key of more than `common` documents is common; None: no key is.  `placed` says
    which keys keep their places.
    """
    order, hashes, keys = ordered(records)
    documents, places = records["document"][order], records["place"][order]
    new_key = _changes(keys)
    new_document = new_key | _changes(documents)
    at = np.flatnonzero(new_key)
    number = np.cumsum(new_key) - 1
    counts = np.bincount(number[new_document], minlength=len(at))
    frequent = counts > common if common is not None else np.zeros(len(at), np.bool_)

    held = documents[new_document]
    first = _rows(_gaps(held, new_key[new_document]), number[new_document], len(at))
    own, apart = (
        _rows(
            *_closed(_gaps(places[kept], new_document[kept]), new_document[kept], number[kept]),
            len(at),
        )
        for kept in (
            ~frequent[number] & (placed != "none"),
            frequent[number] & (placed == "all"),
        )
    )
    return Encoded(
        hashes=hashes[at],
        keys=keys[at],
        common=frequent,
        rows=_together(_rows(*_sizes(first), len(at)), first, own),
        apart=apart,
    )


def ordered(records: npt.NDArray[np.void]) -> tuple[Offsets, Words, Longs]:
    """The records by hash, then by key, otherwise as they came: their numbers, hashes, keys.

    Numpy sorts plain numbers many times as fast as it finds a stable order: so a hash is
    sorted with the record's number in its lower half, and keys that share a hash, which are
    rare, are put in order afterwards.
    """
    both = records["hash"].astype(np.uint64) << _HALF | np.arange(len(records), dtype=np.uint64)
    both.sort()
    order, hashes = (both & _LOWER).astype(np.int64), (both >> _HALF).astype(np.uint32)
    keys = records["key"][order]
    mixed = (hashes[1:] == hashes[:-1]) & (keys[1:] != keys[:-1])
    if mixed.any():
        run = np.cumsum(_changes(hashes)) - 1
        within = np.zeros(int(run[-1]) + 1, np.bool_)
        within[run[1:][mixed]] = True
        own = np.flatnonzero(within[run])
        new = own[np.lexsort((keys[own], hashes[own]))]
        order[own], keys[own] = order[new], keys[new]
    return order, hashes, keys


def _sizes(rows: Rows) -> tuple[Words, Offsets]:
    """The size of each row, and its number."""
    return np.diff(rows.ends, prepend=np.int64(0)).astype(np.uint32), np.arange(len(rows.ends))


def _together(*several: Rows) -> Rows:
    """Row by row, the bytes of the first, of the second and so on."""
    ends = np.sum([rows.ends for rows in several], axis=0)
    out = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
    at = np.zeros(len(ends), np.int64)
    at[1:] = ends[:-1]
    for rows in several:
        sizes = np.diff(rows.ends, prepend=np.int64(0))
        shift = at - (rows.ends - sizes)
        out[np.arange(len(rows.data)) + np.repeat(shift, sizes)] = rows.data
        at += sizes
    return Rows(data=out, ends=ends)


def _changes(values: npt.NDArray[np.generic]) -> Flags:
    """Whether each value differs from the one before; the first does."""
    out = np.ones(len(values), np.bool_)
    out[1:] = values[1:] != values[:-1]
    return out


def _gaps(values: Words, starts: Flags) -> Words:
    """What each value is above the one before it; at a start, above -1."""
    out = values + np.uint32(1)
    out[1:] = np.where(starts[1:], out[1:], values[1:] - values[:-1])
    return out


def _closed(gaps: Words, starts: Flags, number: Offsets) -> tuple[Words, Offsets]:
    """A 0 after the last place of each document, and the key of each number."""
    shift = np.cumsum(starts)  # of the zeros that stand before, one too many for the first
    size = len(gaps) + int(shift[-1]) if len(gaps) else 0
    values, keys = np.zeros(size, np.uint32), np.zeros(size, np.int64)
    at = np.arange(len(gaps)) + shift - 1
    values[at], keys[at] = gaps, number
    ends = np.append(at[np.flatnonzero(starts)[1:]] - 1, size - 1) if len(gaps) else at
    keys[ends] = keys[ends - 1]
    return values, keys


def _rows(values: Words, number: Offsets, count: int) -> Rows:
    """The row of each of `count` numbers, which ascend."""
    data, ends = varints(values)
    last = np.cumsum(np.bincount(number, minlength=count))
    return Rows(data=data, ends=np.append(np.int64(0), ends)[last])


def varints(values: Words) -> tuple[Bytes, Offsets]:
    """Numbers of 0 or more, seven bits a byte, the lowest first; and where each one's end."""
    long = np.flatnonzero(values > np.uint32(127))
    sizes = np.ones(len(values), np.uint8)
    for bits in (7, 14, 21, 28):
        sizes[long] += values[long] >= np.uint32(1 << bits)
    ends = np.cumsum(sizes, dtype=np.int64)
    out = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
    out[ends - sizes] = values & np.uint32(127)
    for n in range(1, 5):
        if not len(long):
            break
        at = ends[long] - sizes[long] + n
        out[at - 1] |= np.uint8(128)
        out[at] = values[long] >> np.uint32(7 * n) & np.uint32(127)
        long = long[sizes[long] > n + 1]
    return out, ends


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
    and written in base64, which a script can hold.  They repeat nothing but a gap of one
    document: to look for no more than that takes a third of the time, and the codes that
    are left are shorter.
    """
    packing = zlib.compressobj(wbits=-15, strategy=zlib.Z_RLE)
    small = packing.compress(data) + packing.flush()
    return "\n".join(keys), list(sizes), base64.b64encode(small).decode()
