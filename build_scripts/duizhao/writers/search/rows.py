"""One row of an index, to be read and changed (`postings` has the grammar)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, pairwise

import numpy as np

from duizhao.writers.search.postings import varints

#: Documents of a key with its places in each, encoded without the 0 at their end.
Entries = dict[int, bytes]

_END = b"\0"  # no other byte of a place is 0


def entries_of(row: bytes, apart: bytes = b"") -> Entries:
    """What is in a row; its places may stand `apart`, and there may be none."""
    if not row:
        return {}
    size, at = 0, 0
    while True:  # the first number
        size |= (row[at] & 127) << 7 * at
        at += 1
        if row[at - 1] < 128:
            break
    found = accumulate(_numbers(row[at : at + size]), initial=-1)
    documents = list(found)[1:]
    places = (apart or row[at + size :]).split(_END)[:-1] or [b""] * len(documents)
    return dict(zip(documents, places, strict=True))


def row_of(entries: Entries, *, placed: bool) -> bytes:
    """The row with its places, or without; an empty one of no document."""
    if not entries:
        return b""
    documents = sorted(entries)
    held = encoded(documents)
    places = apart_of(entries) if placed else b""
    return _varints([len(held)]) + held + places


def apart_of(entries: Entries) -> bytes:
    """The places alone."""
    return b"".join(entries[document] + _END for document in sorted(entries))


def encoded(numbers: Iterable[int]) -> bytes:
    """Numbers that ascend, as gaps; the first from -1."""
    return _varints([now - before for before, now in pairwise([-1, *numbers])])


def _varints(values: list[int]) -> bytes:
    data, _ = varints(np.array(values, np.uint32), np.zeros(0, np.int64))
    return data.tobytes()


def _numbers(data: bytes) -> Iterable[int]:
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0
