"""Spans of a line: the segment, and how those of **第一条** 甲。 lie in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from duizhao.ground.patterns import BOX_BAR, BOX_LINES, ITEM, ORDINAL, SPACE, TABLE_RULE

#: The number of an article or an item between stars: **第一条** 甲。
BOLD = re.compile(
    rf"\*\*({ORDINAL}[^*]{{1,12}}[条條](?:之[^*]{{1,4}})?[{SPACE}]*|{ITEM.pattern})\*\*"
)
HEADS = ("article", "item")  # what may stand between stars; its gap may stand behind them
_STARS = 2
_BAR = re.compile(r"\|")
INDENTED = "indented"


class Segment(NamedTuple):
    """A span of one line: `kind`, characters `start` to `end`, number if it has one.

    `kind` is blank, invisible, space, markup, heading, bare, contents_head,
    preamble_head, article, article_title, item, subitem, point, circled, stem,
    letter, cell, furniture, annex, text or line_end; `number` the parsed numeral,
    `inserted` that of 之N; `level` that of a heading, INDENTED of a text that begins a
    paragraph within the line.
    """

    kind: str
    start: int
    end: int
    level: str = ""
    number: int | None = None
    inserted: int | None = None


def with_stars(parts: Iterable[Segment], start: int, behind: int) -> Iterator[Segment]:
    """The segments of a line that begins with words between stars, which are markup.

    `parts` are those of the line from `start` on without the stars; `behind` is where those
    end that close.  Law: the segments cover the line from `start` on, without a hole.
    """
    first, last = start + _STARS, behind - _STARS
    cut, closed = last - first, False
    yield Segment(kind="markup", start=start, end=first)
    for part in parts:
        if part.start < cut:
            yield part._replace(start=part.start + first, end=min(part.end, cut) + first)
        if part.end >= cut and not closed:
            closed = True
            yield Segment(kind="markup", start=last, end=behind)
        if part.end > cut:
            whole = part.start >= cut
            kind = part.kind if whole else "space" if part.kind in HEADS else "text"
            begin = part.start if whole else cut
            yield part._replace(kind=kind, start=begin - cut + behind, end=part.end - cut + behind)


def within_markup(start: int, words: tuple[int, int], end: int) -> Iterator[Segment]:
    """Words with markup before and, where they end before `end`, behind them."""
    yield Segment(kind="markup", start=start, end=words[0])
    yield Segment(kind="text", start=words[0], end=words[1])
    if words[1] < end:
        yield Segment(kind="markup", start=words[1], end=end)


def cells_of_row(text: str, start: int, end: int) -> Iterator[Segment]:
    """The cells of a table's row, in Markdown or drawn, its bars and lines as markup."""
    if TABLE_RULE.fullmatch(text, start, end):
        yield Segment(kind="markup", start=start, end=end)
        return
    drawn = text[start] != "|"
    bars = [m.start() for m in (BOX_BAR if drawn else _BAR).finditer(text, start, end)]
    for at, stop in pairwise(bars):
        inner = text[at + 1 : stop].strip(SPACE + BOX_LINES if drawn else SPACE)
        first = text.index(inner, at + 1) if inner else at + 1
        yield Segment(kind="markup", start=at, end=first)
        yield Segment(kind="cell", start=first, end=first + len(inner))
        if first + len(inner) < stop:
            yield Segment(kind="markup", start=first + len(inner), end=stop)
    yield Segment(kind="markup", start=bars[-1], end=end)
