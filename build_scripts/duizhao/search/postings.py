"""Postings: which provisions a key occurs in, and where.

Grammar of what is written (numbers are LEB128 varints)::

    documents := gap*                            of provisions; the first from -1
    places    := (gap+ 0)*                       of offsets in each, in the same order
    part      := count key-lengths… sizes… documents… | places…

A phrase is found by its keys' places; texts of one provision are one apart, so
no phrase runs from one into the next.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Iterator

Places = dict[str, list[int]]


class Postings:
    """Documents and places of every key, in memory until all laws are in."""

    def __init__(self) -> None:
        self.documents: dict[str, bytearray] = {}
        self.places: dict[str, bytearray] = {}
        self._last: dict[str, int] = {}

    def add(self, document: int, found: Places) -> None:
        """The places of each key in the next document; no places: only that it occurs."""
        documents, places, last = self.documents, self.places, self._last
        for key, offsets in found.items():
            gap = document - last.get(key, -1)
            last[key] = document
            out = documents.get(key)
            if out is None:
                out = documents[key] = bytearray()
            if gap < 0x80:
                out.append(gap)
            else:
                out += varint(gap)
            if offsets:
                out = places.get(key)
                if out is None:
                    out = places[key] = bytearray()
                at = -1
                for offset in offsets:
                    gap = offset - at
                    at = offset
                    if gap < 0x80:
                        out.append(gap)
                    else:
                        out += varint(gap)
                out.append(0)


def varint(value: int) -> bytes:
    """A number of 0 or more, seven bits a byte, the lowest first."""
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def pairs(texts: Iterable[str]) -> Places:
    """Every pair of neighbouring characters of a provision's texts, with its places."""
    found: Places = {}
    at = 0
    for text in texts:
        for n in range(len(text) - 1):
            found.setdefault(text[n : n + 2], []).append(at + n)
        at += len(text) + 1
    return found


def singles(texts: Iterable[str]) -> Places:
    """Every character, without places: pairs answer for all longer queries."""
    return {character: [] for text in texts for character in text}


def syllable_pairs(texts: Iterable[list[str]]) -> Iterator[tuple[str, int]]:
    """Every syllable, pair of syllables and pair of first letters, with its place."""
    at = 0
    for syllables in texts:
        previous = ""
        for n, syllable in enumerate(syllables):
            if syllable:
                yield f"0:{syllable}", -1
                if previous:
                    yield f"2{previous} {syllable}", at + n - 1
                    yield f"3{previous[0]}{syllable[0]}", at + n - 1
            previous = syllable
        at += len(syllables) + 1


def words(texts: Iterable[list[str]], language: str) -> Places:
    """Every word of a provision's translations, with its places."""
    found: Places = {}
    at = 0
    for text in texts:
        for n, word in enumerate(text):
            found.setdefault(f"{language}:{word}", []).append(at + n)
        at += len(text) + 1
    return found


def runs(texts: Iterable[str], language: str) -> Places:
    """Pairs and single characters of a provision's translations without spaces between words."""
    listed = list(texts)
    found = singles(listed) | pairs(listed)
    return {f"{language}:{key}": places for key, places in found.items()}


def shard(key: str, count: int) -> int:
    """The part that holds a key: FNV-1a over its UTF-16 code units."""
    value = 0x811C9DC5
    data = key.encode("utf-16-le")
    for low, high in zip(data[::2], data[1::2], strict=True):
        value = ((value ^ (low | high << 8)) * 0x01000193) & 0xFFFFFFFF
    return value % count


def packed(rows: dict[str, bytes]) -> tuple[str, list[int], str]:
    """A part: its keys with a line feed between, their sizes, and the bytes.

    The bytes are deflated, so that a server that compresses no scripts moves no more,
    and written in base64, which a script can hold.
    """
    keys = sorted(rows)
    data = zlib.compress(b"".join(rows[k] for k in keys), 9, wbits=-15)
    return "\n".join(keys), [len(rows[k]) for k in keys], base64.b64encode(data).decode()
