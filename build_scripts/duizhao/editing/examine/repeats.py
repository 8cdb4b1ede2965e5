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
from typing import NamedTuple

from duizhao.editing.examine.rows import FRONT, Row

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


class _Paragraph(NamedTuple):
    """A row with those that go on with it: index of the first, how many, all their words."""

    at: int
    size: int
    head: Row
    words: str

    @property
    def plain(self) -> bool:
        """Whether it has no number of its own that tells it from others."""
        return self.head.kind in ("text", "item")


def repeats_of(rows: tuple[Row, ...]) -> tuple[Repeat, ...]:
    """Groups of rows that repeat each other, each group once.

    Paragraphs are compared; one that is set in several lines gives a group for each.
    """
    paragraphs = _paragraphs(rows)
    of_rows = _laws(rows)
    laws = tuple(of_rows[one.at] for one in paragraphs)
    exact: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(paragraphs):
        if len(one.words) >= _SHORTEST and one.head.kind in ("article", "text", "item", "formula"):
            exact[one.words].append(number)
        elif one.head.kind == "article" and len(one.words) >= 6:
            exact[f"{one.head.first}:{one.words}"].append(number)
    printed = [(words, same) for words, at in exact.items() for same in _by_law(at, laws)]
    found = _passages(paragraphs, [same for _, same in printed if len(same) > 1])
    grouped = {number for same in found for number in same}
    once = {same[0]: words for words, same in printed}
    short = {number: words for number, words in once.items() if paragraphs[number].size == 1}
    near = [pair for pair in _near(once, laws) if not grouped.intersection(pair)]
    near += list(_below(paragraphs, near, grouped))
    found.extend(_beginnings(paragraphs, short, found, laws))
    out = [line for same in found for line in _lines(rows, paragraphs, same)]
    out += [line for pair in near for line in _near_lines(paragraphs, pair)]
    return tuple(sorted(out, key=lambda r: r.rows))


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
    """Paragraphs that say the same, law by law; all together where one is of no certain law."""
    out: dict[str, list[int]] = defaultdict(list)
    for at in places:
        out[laws[at]].append(at)
    return [tuple(places)] if "" in out else [tuple(same) for same in out.values()]


def _may_repeat(left: int, right: int, laws: tuple[str, ...]) -> bool:
    """Whether two paragraphs are not known to be of different laws."""
    return not laws[left] or not laws[right] or laws[left] == laws[right]


def _paragraphs(rows: tuple[Row, ...]) -> list[_Paragraph]:
    starts = [at for at, row in enumerate(rows) if not row.wrapped]
    return [
        _Paragraph(at, stop - at, rows[at], "".join(row.words for row in rows[at:stop]))
        for at, stop in zip(starts, [*starts[1:], len(rows)], strict=False)
    ]


def _lines(
    rows: tuple[Row, ...], paragraphs: list[_Paragraph], same: tuple[int, ...]
) -> Iterable[Repeat]:
    """A group of paragraphs as groups of their lines, where these break at the same places."""
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, size, _, _ in (paragraphs[number] for number in same):
        alike[tuple(row.words for row in rows[at + 1 : at + size])].append(at)
    for rest, places in alike.items():
        if len(places) > 1:
            for step in range(len(rest) + 1):
                yield Repeat(rows=tuple(at + step for at in places), exact=True)


def _near_lines(paragraphs: list[_Paragraph], pair: tuple[int, int]) -> Iterable[Repeat]:
    """Two paragraphs that are nearly the same, line by line where they have as many."""
    one, other = (paragraphs[number] for number in pair)
    for step in range(one.size if one.size == other.size else 0):
        yield Repeat(rows=(one.at + step, other.at + step), exact=False)


def _passages(paragraphs: list[_Paragraph], found: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Without the short plain paragraphs that repeat alone: laws say some things twice.

    Together with its neighbours that repeat at the same places, a passage must be of
    some length: two lists may end with the same two items.
    """
    partners = {number: frozenset(same) for same in found for number in same}
    out = []
    for same in found:
        first = paragraphs[same[0]]
        tells = not first.plain and not first.words.endswith(("：", ":"))
        if tells or any(_together(paragraphs, partners, same[0], other) for other in same[1:]):
            out.append(same)
    return out


def _together(
    paragraphs: list[_Paragraph], partners: dict[int, frozenset[int]], left: int, right: int
) -> bool:
    """Whether two paragraphs are part of a repeated passage of some length, or one of an article."""
    size = len(paragraphs[left].words) if paragraphs[left].plain else 0
    for step in (-1, 1):
        one, other = left + step, right + step
        while other in partners.get(one, ()):
            if not (paragraphs[one].plain and paragraphs[left].plain):
                return True
            size += len(paragraphs[one].words)
            one, other = one + step, other + step
            if size >= _ALONE:
                return True
    return size >= _ALONE


def _near(singles: dict[int, str], laws: tuple[str, ...]) -> Iterable[tuple[int, int]]:
    """Pairs of rows that share most of their shingles and nearly all of their words."""
    places: dict[int, list[int]] = defaultdict(list)
    sizes = dict[int, int]()
    for index, words in singles.items():
        shingles = _shingles(words)
        sizes[index] = len(shingles)
        for shingle in shingles:
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
        wanted = min(sizes[left], sizes[right]) / 3
        if count < wanted or taken & {left, right}:
            continue
        if _alike(singles[left], singles[right]):
            taken |= {left, right}
            yield left, right


def _below(
    paragraphs: list[_Paragraph], near: list[tuple[int, int]], grouped: set[int]
) -> Iterable[tuple[int, int]]:
    """The paragraphs below two that are nearly the same, as long as they are so too."""
    taken = grouped.union(*near)
    for pair in near:
        left, right = pair[0] + 1, pair[1] + 1
        while right < len(paragraphs) and not taken & {left, right}:
            one, other = paragraphs[left], paragraphs[right]
            if not (one.plain and other.plain and _alike(one.words, other.words)):
                break
            taken |= {left, right}
            yield left, right
            left, right = left + 1, right + 1


def _alike(one: str, other: str) -> bool:
    """Whether nearly all words are the same."""
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR


def _shingles(words: str) -> set[int]:
    hashed = (
        zlib.crc32(words[at : at + _SHINGLE].encode()) for at in range(len(words) - _SHINGLE + 1)
    )
    return {value for value in hashed if value % _KEEP_ONE_IN == 0}


def _beginnings(
    paragraphs: list[_Paragraph],
    short: dict[int, str],
    found: list[tuple[int, ...]],
    laws: tuple[str, ...],
) -> Iterable[tuple[int, int]]:
    """Rows cut short that are the beginning of another row: the same printed twice.

    Laws begin many sentences alike, so it must be of the same article number, or
    stand below paragraphs that repeat.
    """
    partners = {number: frozenset(same) for same in found for number in same}
    ordered = sorted(
        ((words, number) for number, words in short.items() if len(words) >= _SHORTEST)
    )
    for number, (words, one) in enumerate(ordered):
        if one in partners or paragraphs[one].head.closed:
            continue
        for longer, other in (ordered[at] for at in range(number + 1, len(ordered))):
            if not longer.startswith(words):
                break
            if _may_repeat(one, other, laws):
                heads = paragraphs[one].head, paragraphs[other].head
                below = other - 1 in partners.get(one - 1, ())
                if below or (heads[0].kind == "article" and heads[0].first == heads[1].first):
                    yield one, other
                break
