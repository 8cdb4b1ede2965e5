"""Repeats: passages that stand in a witness more than once, exactly or nearly.

Exact repeats are found by their words, near ones by shared shingles (runs of
characters) chosen by their hash, so that the work grows with the text and not
with its square.
"""

from __future__ import annotations

import difflib
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from duizhao.examine.rows import Row

_ALONE = 60  # characters; a shorter line that repeats alone is a formula of drafting
_SHORTEST = 12  # characters; shorter lines repeat by chance
_SHINGLE = 10
_KEEP_ONE_IN = 6  # shingles kept of those hashed
_MOST_PLACES = 20  # a shingle in more places is a formula
_NEAR = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Rows (indices, in order) that say the same; `exact` to the letter or nearly."""

    rows: tuple[int, ...]
    exact: bool


def repeats_of(rows: tuple[Row, ...]) -> tuple[Repeat, ...]:
    """Groups of rows that repeat each other, each group once."""
    groups: dict[int, int] = {}  # row -> representative
    exact: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if len(row.words) >= _SHORTEST and row.kind in ("article", "text", "item", "formula"):
            exact[row.words].append(index)
        elif row.kind == "article" and len(row.words) >= 6:
            exact[f"{row.first}:{row.words}"].append(index)
    found = [Repeat(rows=tuple(same), exact=True) for same in exact.values() if len(same) > 1]
    found = _passages(rows, found)
    for repeat in found:
        groups.update(dict.fromkeys(repeat.rows, repeat.rows[0]))
    singles = {same[0]: words for words, same in exact.items()}
    found.extend(
        Repeat(rows=pair, exact=False)
        for pair in _near(singles)
        if pair[0] not in groups and pair[1] not in groups
    )
    found.extend(_beginnings(exact, groups))
    return tuple(sorted(found, key=lambda r: r.rows))


def _passages(rows: tuple[Row, ...], found: list[Repeat]) -> list[Repeat]:
    """Without the short plain lines that repeat alone: laws say some things twice."""
    partners: dict[int, set[int]] = defaultdict(set)
    for repeat in found:
        for index in repeat.rows:
            partners[index].update(repeat.rows)
    out = []
    for repeat in found:
        head = rows[repeat.rows[0]]
        plain = all(rows[index].kind in ("text", "item") for index in repeat.rows)
        alone = len(head.words) < _ALONE if plain else head.words.endswith(("：", ":"))
        if not alone or _in_passage(repeat, partners):
            out.append(repeat)
    return out


def _in_passage(repeat: Repeat, partners: dict[int, set[int]]) -> bool:
    """Whether the row before or after repeats at the same places."""
    first, *others = repeat.rows
    return any(
        first + step in partners and any(at + step in partners[first + step] for at in others)
        for step in (-1, 1)
    )


def _near(singles: dict[int, str]) -> Iterable[tuple[int, int]]:
    """Pairs of rows that share most of their shingles and nearly all of their words."""
    places: dict[int, list[int]] = defaultdict(list)
    for index, words in singles.items():
        for shingle in _shingles(words):
            places[shingle].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for indices in places.values():
        if 1 < len(indices) <= _MOST_PLACES:
            for at, left in enumerate(indices):
                for right in indices[at + 1 :]:
                    shared[left, right] += 1
    taken: set[int] = set()
    for (left, right), count in shared.most_common():
        a, b = singles[left], singles[right]
        wanted = min(len(_shingles(a)), len(_shingles(b))) / 3
        if count < wanted or taken & {left, right}:
            continue
        matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
        if matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR:
            taken |= {left, right}
            yield left, right


def _shingles(words: str) -> set[int]:
    hashed = (
        zlib.crc32(words[at : at + _SHINGLE].encode()) for at in range(len(words) - _SHINGLE + 1)
    )
    return {value for value in hashed if value % _KEEP_ONE_IN == 0}


def _beginnings(exact: dict[str, list[int]], groups: dict[int, int]) -> Iterable[Repeat]:
    """Rows cut short that are the beginning of another row: the same head printed twice."""
    words = sorted((w for w in exact if len(w) >= _SHORTEST), key=lambda w: (w, len(w)))
    for short, longer in pairwise(words):
        if longer.startswith(short) and exact[short][0] not in groups:
            yield Repeat(rows=(exact[short][0], exact[longer][0]), exact=True)
