"""Repeats: passages that stand in a witness more than once, exactly or nearly.

Exact repeats are found by their words, near ones by shared shingles (runs of
characters) chosen by their hash, so that the work grows with the text and not
with its square.  Laws that stand whole, one after the other, are told apart first: what
two of them say alike is no repetition, for many end with the same article.
"""

from __future__ import annotations

import difflib
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from duizhao.examine.rows import FRONT, Row

_ALONE = 60  # characters; a shorter line that repeats alone is a formula of drafting
_SHORTEST = 12  # characters; shorter lines repeat by chance
_SHINGLE = 10
_KEEP_ONE_IN = 6  # shingles kept of those hashed
_MOST_PLACES = 20  # a shingle in more places is a formula
_NEAR = 0.9
_ABOVE = (*FRONT, "heading", "contents_head", "furniture")  # what stands above article 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Rows (indices, in order) that say the same; `exact` to the letter or nearly."""

    rows: tuple[int, ...]
    exact: bool


def repeats_of(rows: tuple[Row, ...]) -> tuple[Repeat, ...]:
    """Groups of rows that repeat each other, each group once."""
    groups: dict[int, int] = {}  # row -> representative
    laws = _laws(rows)
    exact: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if len(row.words) >= _SHORTEST and row.kind in ("article", "text", "item", "formula"):
            exact[row.words].append(index)
        elif row.kind == "article" and len(row.words) >= 6:
            exact[f"{row.first}:{row.words}"].append(index)
    printed = [(w, same) for w, places in exact.items() for same in _by_law(places, laws)]
    found = [Repeat(rows=same, exact=True) for _, same in printed if len(same) > 1]
    found = _passages(rows, found)
    for repeat in found:
        groups.update(dict.fromkeys(repeat.rows, repeat.rows[0]))
    found.extend(
        Repeat(rows=pair, exact=False)
        for pair in _near({same[0]: words for words, same in printed}, laws)
        if pair[0] not in groups and pair[1] not in groups
    )
    found.extend(_beginnings(printed, groups, laws))
    return tuple(sorted(found, key=lambda r: r.rows))


def _laws(rows: tuple[Row, ...]) -> tuple[str, ...]:
    """For each row the first article of its law, "" where its law is not certain.

    A law is certain where its articles follow each other without a hole from the first
    one, none coming back but in the same words.
    """
    out = [""] * len(rows)
    starts = [
        at
        for at, row in enumerate(rows)
        if row.kind == "article" and row.first == 1 and not row.inserted
    ]
    begins = [*(_top(rows, at) for at in starts), len(rows)]
    for start, (begin, end) in zip(starts, pairwise(begins), strict=True):
        heads = [row for row in rows[start:end] if row.kind == "article"]
        if all(_follows(before, row) for before, row in pairwise(heads)):
            out[begin:end] = [rows[start].words] * (end - begin)
    return tuple(out)


def _top(rows: tuple[Row, ...], at: int) -> int:
    """The first row of what stands above the row at `at`: title, headings, contents."""
    while at and rows[at - 1].kind in _ABOVE:
        at -= 1
    return at


def _follows(before: Row, row: Row) -> bool:
    """Whether the head of an article goes on from the one before, or repeats it."""
    if row.first == before.last:
        return row.inserted or row.words == before.words
    return row.first == (before.last or 0) + 1


def _by_law(places: list[int], laws: tuple[str, ...]) -> list[tuple[int, ...]]:
    """Rows that say the same, law by law; all together where one is of no certain law."""
    out: dict[str, list[int]] = defaultdict(list)
    for at in places:
        out[laws[at]].append(at)
    return [tuple(places)] if "" in out else [tuple(same) for same in out.values()]


def _may_repeat(left: int, right: int, laws: tuple[str, ...]) -> bool:
    """Whether two rows are not known to be of different laws."""
    return not laws[left] or not laws[right] or laws[left] == laws[right]


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


def _near(singles: dict[int, str], laws: tuple[str, ...]) -> Iterable[tuple[int, int]]:
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
                    if _may_repeat(left, right, laws):
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


def _beginnings(
    printed: list[tuple[str, tuple[int, ...]]], groups: dict[int, int], laws: tuple[str, ...]
) -> Iterable[Repeat]:
    """Rows cut short that are the beginning of another row: the same head printed twice."""
    long = sorted((words, same[0]) for words, same in printed if len(words) >= _SHORTEST)
    for number, (short, row) in enumerate(long):
        for at in range(number + 1, len(long)):
            longer, other = long[at]
            if not longer.startswith(short):
                break
            if _may_repeat(row, other, laws):
                if row not in groups:
                    yield Repeat(rows=(row, other), exact=True)
                break
