"""Columns that were read across: a line of the first, a line of the second, and so on.

On a page set in narrow lines the characters across the joint tell which line goes on with
which: the next one, or the second, third or fourth after it.  Where it is not the next one
for long, the lines are told apart column by column.  No line is changed, none is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from heapq import nlargest
from typing import NamedTuple

from duizhao.editing.examine.grams import Statistics
from duizhao.ground.patterns import ARTICLE_LINE, begins_provision
from duizhao.parser.segments import compact, segments_of_line

_MOST = 4  # columns that are read across at the most
_SWITCH = 9.0  # odds against each place where a page begins to be read in another way
_AGAINST = 1.0  # odds against a joint that marks and numbers speak against
_FOR = 0.5  # odds for one that they speak for
_TURN = 3.0  # odds that a line is of the column whose turn it is
_WAYS = 16  # ways to tell columns apart that are looked at together
_COUNTS = 4.0  # odds that articles of one column count up
_CLOSED = ("。", "；", "：", "！", "？", "”", "）", ";", ":", "!", "?", ")")
_BEGIN = ("heading", "bare", "item", "subitem", "contents_head", "annex")

Joint = Callable[[int, int], float]


def columns_across(
    texts: Sequence[str],
    is_full: Callable[[str], bool],
    *,
    set_in: bool,
    apart: Container[int] = (),
) -> list[list[int]]:
    """The places of all lines, column by column where they were read across, else as they stand.

    `is_full` says whether a line fills its column, `set_in` that all paragraphs begin with
    spaces; lines `apart` are of no column, and stand behind the columns that they stood
    within.  One list where nothing was read across.
    """
    within = [at for at in range(len(texts)) if at not in apart]
    lines = [texts[at] for at in within]
    joint = _joints(lines, is_full, set_in=set_in)
    ends = [*within, len(texts)]
    out: list[list[int]] = []
    for start, stop, columns in _stretches(len(lines), joint):
        span = range(within[start] if start else 0, ends[stop])
        if columns == 1:
            out.append([*span])
            continue
        told = _told_apart(range(start, stop), columns, lines, joint)
        out.extend([within[at] for at in column] for column in told)
        out.extend([at] for at in span if at in apart)
    return out or [[*range(len(texts))]]


def _joints(texts: Sequence[str], is_full: Callable[[str], bool], *, set_in: bool) -> Joint:
    """How well one line goes on with another, by their places."""
    words = [compact(text) for text in texts]
    statistics = Statistics(words)
    closed = [text.rstrip().endswith(_CLOSED) for text in texts]
    full = [is_full(text) for text in texts]
    spaced = [set_in and text.startswith(("　", "  ")) for text in texts]
    begins = [
        is_spaced or begins_provision(text) or _kind(text) in _BEGIN
        for text, is_spaced in zip(texts, spaced, strict=True)
    ]

    def joint(left: int, right: int) -> float:
        if closed[left]:
            return _FOR if begins[right] else (-_AGAINST if set_in else 0.0)
        if not full[left]:
            return 0.0
        return -_AGAINST if begins[right] else statistics.junction(words[left], words[right])

    return joint


def _kind(text: str) -> str:
    """What a line begins with."""
    return next((s.kind for s in segments_of_line(text) if s.kind != "space"), "blank")


def _stretches(size: int, joint: Joint) -> Iterator[tuple[int, int, int]]:
    """Where each way of reading begins and ends, and how many columns it takes a line of."""
    ways = range(1, _MOST + 1)
    best = [0.0, *([-_SWITCH / 2] * (_MOST - 1))]  # a whole page may be read so
    came: list[list[int]] = []
    for at in range(size):
        leader = max(ways, key=lambda way: best[way - 1])
        origin = [way if best[way - 1] >= best[leader - 1] - _SWITCH else leader for way in ways]
        best = [
            max(best[way - 1], best[leader - 1] - _SWITCH)
            + (joint(at, at + way) if at + way < size else 0.0)
            for way in ways
        ]
        came.append(origin)
    way = max(ways, key=lambda each: best[each - 1])
    read: list[int] = []
    for origin in reversed(came):
        read.append(way)
        way = origin[way - 1]
    read.reverse()
    yield from _spans(read)


def _spans(read: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The stretches of lines with one way of reading; a joint reaches to its other line."""
    start = 0
    while start < len(read):
        stop = start
        while stop < len(read) and read[stop] == read[start]:
            stop += 1
        stop = min(len(read), stop + read[start] - 1)
        yield start, stop, read[start]
        start = stop


class _Way(NamedTuple):
    """One way to tell lines apart: its odds, and of each column the last line and article."""

    odds: float
    lasts: tuple[int, ...]
    articles: tuple[int, ...]
    before: _Way | None
    column: int  # that of the last line


def _told_apart(places: range, columns: int, texts: Sequence[str], joint: Joint) -> list[list[int]]:
    """The lines of a stretch, column by column: the way that has the best odds as a whole.

    A line stands in the column whose turn it is, or in that which it goes on with: a line
    may be lost, or print stand between.
    """
    none = (-1,) * columns
    ways = [_Way(0.0, none, none, None, -1)]
    for at in places:
        number = _article(texts[at])
        found: dict[tuple[int, ...], _Way] = {}
        for way in ways:
            turn = min(range(columns), key=way.lasts.__getitem__)
            empty = way.lasts.index(-1) if -1 in way.lasts else columns - 1
            for column in range(empty + 1):
                last, article = way.lasts[column], way.articles[column]
                odds = way.odds + _TURN * (column == turn) + (joint(last, at) if last >= 0 else 0)
                if number is not None and article >= 0:
                    odds += _COUNTS if number == article + 1 else -_COUNTS
                lasts = _with(way.lasts, column, at)
                if lasts not in found or found[lasts].odds < odds:
                    now = article if number is None else number
                    articles = _with(way.articles, column, now)
                    found[lasts] = _Way(odds, lasts, articles, way, column)
        ways = nlargest(_WAYS, found.values(), key=lambda way: way.odds)
    out: list[list[int]] = [[] for _ in range(columns)]
    step: _Way | None = ways[0]
    for at in reversed(places):
        if step is not None:
            out[step.column].append(at)
            step = step.before
    return [lines[::-1] for lines in out if lines]


def _with(values: tuple[int, ...], at: int, value: int) -> tuple[int, ...]:
    return (*values[:at], value, *values[at + 1 :])


def _article(text: str) -> int | None:
    """The number of the article that a line begins, None where it begins none."""
    if not ARTICLE_LINE.match(text):
        return None
    return next((s.number for s in segments_of_line(text) if s.kind == "article"), None)
