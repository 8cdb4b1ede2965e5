"""The keys of search: how rows are written and divided, and that every phrase is answered by them."""

from __future__ import annotations

import ast
import base64
import errno
import re
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.writers.search import files
from duizhao.writers.search.grams import LONGEST, Alphabet, alphabet_named, commonness, divisions
from duizhao.writers.search.postings import (
    Records,
    divided,
    hashed,
    ordered,
    packed,
    part_of,
    spelled,
    varints,
)


def _numbers(data: bytes) -> list[int]:
    out: list[int] = []
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if not byte & 128:
            out.append(value)
            value = shift = 0
    return out


@given(st.lists(st.integers(min_value=0, max_value=2**32 - 1)))
def test_numbers_are_read_back(numbers: list[int]) -> None:
    data, ends = varints(np.array(numbers, np.uint32), np.arange(1, len(numbers) + 1))
    assert _numbers(data.tobytes()) == numbers
    starts = [0, *ends.tolist()]
    each = [_numbers(data[a:b].tobytes()) for a, b in pairwise(starts)]
    assert each == [[number] for number in numbers]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5))))
def test_keys_that_share_a_hash_are_told_apart_in_the_order_in_which_they_came(
    some: list[tuple[int, int]],
) -> None:
    records = _records(some)
    order, keys = ordered(records)
    assert order.tolist() == np.lexsort((records.keys, records.hashes)).tolist()
    assert keys.tolist() == records.keys[order].tolist()


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 5))), st.integers(0, 9))
def test_shares_follow_the_hashes_and_keep_the_order_in_which_records_came(
    some: list[tuple[int, int]], bits: int
) -> None:
    shares = list(divided(_records(some), 1 << bits))
    assert len(shares) == 1 << bits
    together = [
        place
        for _, place in sorted((key_hash >> (32 - bits), n) for n, (key_hash, _) in enumerate(some))
    ]
    for column in ("hashes", "keys", "documents", "places"):
        wanted = getattr(_records(some), column)[together].tolist()
        assert [v for share in shares for v in getattr(share, column).tolist()] == wanted


def _records(some: list[tuple[int, int]]) -> Records:
    """One record each of these hashes and keys."""
    return Records(
        hashes=np.array([a for a, _ in some], np.uint32),
        keys=np.array([b for _, b in some], np.uint64),
        documents=np.arange(len(some), dtype=np.uint32),
        places=np.arange(len(some), dtype=np.uint32) % 7,
    )


@dataclass(frozen=True)
class _Index:
    """Parts read as a browser reads them, but in Python and without its shortcuts."""

    rows: dict[tuple[str, str], bytes]
    common: frozenset[str]

    def row(self, key: str) -> tuple[bytes, bytes]:
        """The bytes of a key's documents and of its places."""
        row = self.rows.get(("d", key), b"\0")
        at = next(n for n, byte in enumerate(row) if byte < 128) + 1
        end = at + _numbers(row[:at])[0]
        return row[at:end], row[end:] + self.rows.get(("p", key), b"")

    def documents(self, key: str) -> list[int]:
        at, out = -1, []
        for gap in _numbers(self.row(key)[0]):
            at += gap
            out.append(at)
        return out

    def places(self, key: str) -> dict[int, list[int]]:
        lists: list[list[int]] = [[]]
        for gap in _numbers(self.row(key)[1]):
            if gap:
                lists[-1].append((lists[-1] or [-1])[-1] + gap)
            else:
                lists.append([])
        return dict(zip(self.documents(key), lists[:-1], strict=True))

    def phrase(self, text: str) -> list[int]:
        at, begins = 0, None
        while at < len(text):
            start, end = at, at + 1
            while text[start:end] in self.common:
                if end < len(text):
                    end += 1
                elif start:
                    start -= 1
                else:
                    return self.documents(text)
            here = {(d, p - start) for d, ps in self.places(text[start:end]).items() for p in ps}
            begins = here if begins is None else begins & here
            at = end
        return sorted({document for document, _ in begins or ()})


def _index(documents: list[list[str]], folder: Path, common: int, batch: int) -> _Index:
    alphabet = Alphabet(name="z", folder=folder, common=common, batch=batch)
    for texts in documents:
        alphabet.add(texts)
    rows: dict[tuple[str, str], bytes] = {}
    for name, (keys, sizes, data) in alphabet.parts():
        row = zlib.decompress(base64.b64decode(data), wbits=-15)
        where = re.fullmatch(r"([dp])/z(\d+)-(\d+)", name)
        assert where
        kind, size, number = where[1], int(where[2]), int(where[3])
        count = alphabet.counts[size - 1]["dp".index(kind)] if sizes else 0
        at = 0
        for key, length in zip(keys.split("\n") if sizes else [], sizes, strict=True):
            symbols = [np.array([spelled(c)], np.uint32) for c in key]
            assert len(key) == size
            assert part_of(hashed(symbols), count)[0] == number
            rows[kind, key] = row[at : at + length]
            at += length
        assert at == len(row)
    return _Index(rows, frozenset(alphabet.found))


@given(
    st.lists(st.lists(st.text("甲乙丙丁", max_size=9), max_size=4), max_size=30),
    st.integers(0, 6),
    st.sampled_from((4, 40, 10**6)),
)
@settings(max_examples=40)
def test_every_phrase_is_answered(documents: list[list[str]], common: int, batch: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = _index(documents, Path(folder), common, batch)
    phrases = {
        text[a:b]
        for texts in documents
        for text in texts
        for a in range(len(text))
        for b in range(a + 1, len(text) + 1)
    }
    for phrase in [*phrases, "丁丙乙甲", "甲甲甲"]:
        wanted = [n for n, texts in enumerate(documents) if any(phrase in t for t in texts)]
        assert index.phrase(phrase) == wanted, phrase


def test_copies_of_a_law_end(tmp_path: Path) -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E40)))
    index = _index([[text]] * 9, tmp_path, 3, 10**6)
    assert max(map(len, index.common)) == LONGEST - 1
    assert index.phrase(text) == list(range(9))


def test_common_keys_keep_no_places(tmp_path: Path) -> None:
    index = _index([["甲乙"], ["甲丙"], ["甲乙"]], tmp_path, 2, 10**6)
    assert index.common == {"甲"}
    assert index.row("甲")[1] == b""
    assert index.places("乙") == {0: [1], 2: [1]}
    assert index.places("甲丙") == {1: [0]}
    assert ("d", "乙丙") not in index.rows


def test_keys_are_made_without_reading_syntax(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alphabets are made in threads, and two threads of Python 3.11 cannot do that at once."""

    def refused(*_: object, **__: object) -> None:
        raise SystemError("AST constructor recursion depth mismatch")

    with monkeypatch.context() as here:
        here.setattr(ast, "parse", refused)
        index = _index([["甲乙"], ["甲丙"], ["甲乙"]], tmp_path, 2, 2)
    assert index.phrase("甲乙") == [0, 2]


def test_no_symbol_ends_a_run(tmp_path: Path) -> None:
    alphabet = Alphabet(name="s", folder=tmp_path, between=" ", common=0)
    alphabet.add([["fa", "", "lv"], ["fa", "lv"]])
    list(alphabet.parts())
    assert alphabet.found[:2] == ["fa", "lv"]
    assert "fa lv" in alphabet.found


def test_a_part_is_packed() -> None:
    keys, sizes, data = packed(["b", "a"], [2, 1], b"yyx")
    assert (keys, sizes) == ("b\na", [2, 1])
    assert zlib.decompress(base64.b64decode(data), wbits=-15) == b"yyx"


def test_a_key_stays_in_its_part() -> None:
    # `docs/assets/search-index.js` computes the same.
    assert spelled("a") == 0xE40C292C
    assert hashed([np.array([spelled(c)], np.uint32) for c in "管理"])[0] == 3048464918


def test_what_is_common_depends_on_the_collection() -> None:
    assert [commonness(n) for n in (0, 20_000, 10**7)] == [250, 1_000, 4_000]


def test_the_number_of_parts_seldom_changes() -> None:
    counts = [divisions(size, 1) for size in range(1, 5_000)]
    assert all(size <= count <= 1.25 * size for size, count in enumerate(counts, 1))
    assert len(set(counts)) < 50
    assert divisions(0, 10) == 0


def test_a_full_disk_is_told_with_the_folder_that_the_index_waits_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That folder is a temporary one, on another disk than the site may be."""

    def full(_: Alphabet) -> Iterator[tuple[str, Any]]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Alphabet, "parts", full)
    with pytest.raises(OSError, match="No space left") as caught:
        files._put_down(alphabet_named("z", tmp_path))
    assert caught.value.filename == str(tmp_path)
