"""An index mended where few texts changed: what making it anew gives, in a fraction of the time.

While the laws have as many provisions as before, numbers keep their meaning, and a part
changes only where a provision that changed has, or had, one of its keys.  Whatever would
divide the rows in another way, or make a key common or no longer so, is left to `files`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from duizhao.writers.search.collection import Collection, digest
from duizhao.writers.search.files import SMALL, script
from duizhao.writers.search.gather import Gathered, together
from duizhao.writers.search.grams import LONGEST, Alphabet, Counts, alphabet_named, commonness
from duizhao.writers.search.parts import Parts, UnmendableError
from duizhao.writers.search.rows import apart_of, encoded, entries_of, row_of
from duizhao.writers.search.runs import documents, places_of

#: Symbols of changed provisions above which making the index anew may be as fast.
MOST = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index that was made: what its first file says, and `Alphabet.sizes` by alphabet.

    `read` gives the text of a file by its path; it may raise UnmendableError.
    """

    said: Mapping[str, Any]
    sizes: Mapping[str, Counts]
    read: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A law that changed: its place among all, as it was and as it is."""

    place: int
    before: Gathered
    after: Gathered


def mended(
    index: Index,
    got: Collection,
    laws: Sequence[Changed],
    *,
    small: int = SMALL,
    common: int | None = None,
) -> tuple[dict[str, str], dict[str, Counts]]:
    """The files that may differ, by path, where `got` adds up all laws and `laws` have changed.

    With them come `Alphabet.sizes` by alphabet.  Raises UnmendableError.  `small` and `common`
    are as for `files_from_gathered`.
    """
    if got.size <= small or index.said.get("starts") != got.starts:
        raise UnmendableError
    out = dict(script(got.numbering, *part) for part in (*got.parts(), *_portions(got, laws)))
    limit = common or commonness(sum(got.starts))
    sizes: dict[str, Counts] = {}
    for name, (counts, keys, own) in index.said["alphabets"].items():
        if digest([got.numbering, counts, keys]) != own:
            raise UnmendableError
        known = frozenset(keys.split("\n")) if keys else frozenset()
        alphabet = alphabet_named(name, Path())
        edits = _edits(_documents(name, got, laws), alphabet, len(counts), known)
        sizes[name] = []
        for size, kinds in enumerate(zip(counts, index.sizes[name], strict=True), 1):
            rows, apart = (
                Parts(alphabet, kind, size, count, total, index.read)
                for kind, count, total in zip("dp", *kinds, strict=True)
            )
            most = limit if alphabet.common is not None and size < LONGEST else math.inf
            _mend(edits.get(size, {}), rows, apart, known, most)
            sizes[name].append([rows.total, apart.total])
            out |= dict(script(own, *part) for part in (*rows.made(), *apart.made()))
    out |= [script(got.numbering, "index", got.index(dict(index.said["alphabets"])))]
    return out, sizes


def _portions(got: Collection, laws: Iterable[Changed]) -> Iterator[tuple[str, str]]:
    each = together(got.languages)
    portions = [0, *accumulate(max(1, -(-count // each)) for count in got.starts)]
    for law in laws:
        for number, portion in enumerate(law.after.portions, portions[law.place]):
            yield f"l/{number}", portion


def _documents(
    name: str, got: Collection, laws: Iterable[Changed]
) -> Iterator[tuple[int, list[str], list[str]]]:
    """Number and symbols of each document that changed, as it was and as it is."""
    firsts, symbols = [0, *accumulate(got.starts)], 0
    for law in laws:
        both = (documents(some.symbols[name]) for some in (law.before, law.after))
        for number, (before, now) in enumerate(zip(*both, strict=True), firsts[law.place]):
            if before != now:
                yield number, before, now
                symbols += len(before) + len(now)
                if symbols > MOST:
                    raise UnmendableError


#: What becomes of a document in a key's row: whether it was there, its places now, if any.
_Edit = tuple[int, bool, bytes | None]


def _edits(
    changed: Iterable[tuple[int, list[str], list[str]]],
    alphabet: Alphabet,
    longest: int,
    common: frozenset[str],
) -> dict[int, dict[str, list[_Edit]]]:
    """The edits of each key, by its size."""
    out: dict[int, dict[str, list[_Edit]]] = {}
    for number, before, now in changed:
        old, new = (places_of(one, longest, alphabet.between, common) for one in (before, now))
        for size, key in dict.fromkeys((*old, *new)):
            was, places = old.get((size, key)), new.get((size, key))
            if was != places:
                edit = number, was is not None, encoded(places) if places else None
                out.setdefault(size, {}).setdefault(key, []).append(edit)
    return out


def _mend(
    edits: Mapping[str, Sequence[_Edit]],
    rows: Parts,
    apart: Parts,
    common: frozenset[str],
    most: float,
) -> None:
    """Edit the rows of keys; one with more documents than `most` is common."""
    placed = rows.alphabet.placed
    for key, some in edits.items():
        frequent = key in common
        with_places = placed == "all" or (placed == "rare" and not frequent)
        if not with_places and all(was == (now is not None) for _, was, now in some):
            continue
        beside = frequent and with_places
        entries = entries_of(rows.row(key), apart.row(key) if beside else b"")
        for number, was, now in some:
            if was != (number in entries):
                raise UnmendableError
            entries.pop(number, None)
            if now is not None:
                entries[number] = now if with_places else b""
        if (len(entries) > most) != frequent:
            raise UnmendableError
        rows.put(key, row_of(entries, placed=with_places and not frequent))
        if beside:
            apart.put(key, apart_of(entries))
