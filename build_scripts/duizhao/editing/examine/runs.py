"""Runs: stretches of a witness within which nothing breaks off.

A break stands between two lines where the first is cut, the second cannot follow
it, or a number does not go on.  Each break says why.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from duizhao.editing.examine.grams import pairs_of
from duizhao.editing.examine.rows import FRONT, Row
from duizhao.ground.problems import phrase

_ABOVE = (*FRONT, "heading", "contents_head")


@dataclass(frozen=True, kw_only=True)
class Run:
    """Consecutive rows; `why` says what broke before it (the file's beginning: "").

    `sure` (0 to 1) is how certain it is that the break stands before just this row.
    """

    rows: tuple[Row, ...]
    why: str = ""
    sure: float = 1.0

    @property
    def head(self) -> Row:
        """The first row."""
        return self.rows[0]

    @property
    def end(self) -> Row:
        """The last row."""
        return self.rows[-1]

    @cached_property
    def first(self) -> int | None:
        """The first article number in the run."""
        return next((r.first for r in self.rows if r.kind == "article"), None)

    @cached_property
    def last(self) -> int | None:
        """The last article number in the run."""
        return next((r.last for r in reversed(self.rows) if r.kind == "article"), None)

    @property
    def expects(self) -> int | None:
        """The article number that stands before the run: one less than its first."""
        return None if self.first is None else self.first - 1

    @property
    def goes_on(self) -> bool:
        """Whether the run begins in the body without a number or heading of its own."""
        return self.head.kind in ("text", "item", "subitem")

    @property
    def is_front(self) -> bool:
        """Whether the run is front matter only, and headings below it."""
        return self.head.kind in FRONT and all(row.kind in _ABOVE for row in self.rows)

    @cached_property
    def chapters(self) -> tuple[Row, ...]:
        """Chapter headings that stand in the body, those of a table of contents left out."""
        out: list[Row] = []
        for index, row in enumerate(self.rows):
            if row.kind == "heading" and row.level == "chapter":
                follower = self.rows[index + 1 : index + 2]
                if follower and follower[0].kind != "heading":
                    out.append(row)
        return tuple(out)

    @property
    def contents(self) -> dict[int, str]:
        """Chapters named in a table of contents in the run: number and words."""
        inside, found = False, dict[int, str]()
        for row in self.rows:
            if row.kind == "contents_head":
                inside = True
            elif inside and row.kind == "heading" and row.level == "chapter":
                if row.first is None or row.first in found:
                    break
                found[row.first] = row.words
            elif inside and row.kind != "heading":
                break
        return found

    @cached_property
    def pairs(self) -> Counter[str]:
        """The pairs of characters in it."""
        return pairs_of(row.words for row in self.rows)


def without(runs: tuple[Run, ...], gone: set[int]) -> tuple[Run, ...]:
    """Runs again after the rows on lines `gone` were left out: old breaks stay breaks."""
    kept = tuple(row for run in runs for row in run.rows if row.line not in gone)
    breaks: dict[int, str] = {}
    places = {row.line: at for at, row in enumerate(row for run in runs for row in run.rows)}
    left = [places[row.line] for row in kept]
    for run in runs:
        at = bisect_left(left, places[run.head.line])
        if at < len(kept):
            breaks.setdefault(kept[at].line, run.why)
    return runs_of(kept, breaks)


def runs_of(rows: tuple[Row, ...], breaks: Mapping[int, str] | None = None) -> tuple[Run, ...]:
    """Cut the rows at every break, and before the lines that `breaks` names."""
    breaks = breaks or {}
    out: list[Run] = []
    current: list[Row] = []
    why = ""
    state = _State()
    for index, row in enumerate(rows):
        reason = breaks.get(row.line, "") or state.break_before(row, rows, index) if current else ""
        if reason:
            # A heading belongs to what it stands over; below a title the first one may not.
            keep = len(current)
            while keep > 1 and row.kind == "article" and current[keep - 1].kind == "heading":
                if state.above and current[keep - 1].first == 1:
                    break
                keep -= 1
            out.append(Run(rows=tuple(current[:keep]), why=why))
            current, why = current[keep:], reason
            state = _State()
            for over in current:
                state.take(over)
        current.append(row)
        state.take(row)
    if current:
        out.append(Run(rows=tuple(current), why=why))
    return tuple(out)


def fronts_apart(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with front matter cut off from the body below it, which may be another law's."""
    out: list[Run] = []
    for run in runs:
        body = next((at for at, row in enumerate(run.rows) if row.kind not in FRONT), 0)
        if body and not run.is_front:
            out.append(replace(run, rows=run.rows[:body]))
            out.append(Run(rows=run.rows[body:], why=phrase("the text of a law begins")))
        else:
            out.append(run)
    return tuple(out)


class _State:
    """What a run has come to: its last row, article and chapter."""

    def __init__(self) -> None:
        self.last: Row | None = None
        self.article: int | None = None
        self.chapter: int | None = None
        self.items: dict[bool, int] = {}  # the last item of （一） and of （1）
        self.in_contents = False
        self.above = False  # only front matter so far, and headings below it

    def take(self, row: Row) -> None:
        """Go on to `row`."""
        above = self.above or self.last is None
        self.above = above and row.kind in (_ABOVE if self.last else FRONT)
        self.last = row
        if row.kind == "article":
            self.article, self.in_contents = row.last, False
            self.items = {}
        elif row.kind == "item" and row.first is not None:
            self.items[_is_arabic(row)] = row.first
        elif row.kind == "contents_head":
            self.in_contents, self.chapter = True, None
        elif row.kind == "heading" and row.level == "chapter":
            self.chapter = row.first

    def break_before(self, row: Row, rows: tuple[Row, ...], index: int) -> str:
        """Why nothing can go on from the last row to `row`; "" where it can."""
        last = self.last
        if last is None:
            return ""
        if row.across:
            return phrase("columns were read across")
        if row.kind == "furniture" or last.kind == "furniture":
            return phrase("page furniture")
        if row.kind == "notice" or last.kind == "notice":
            return phrase("news or an advertisement")
        if not last.closed and not row.wrapped and row.kind not in ("item", "subitem"):
            return phrase("the line before is cut")
        if row.kind in FRONT and last.kind not in FRONT and row.kind != "date":
            return phrase("front matter begins")
        if row.kind == "contents_head" and last.kind not in FRONT:
            return phrase("a table of contents begins")
        if self.above and row.kind in ("text", "item") and _next_article(rows, index) != 1:
            return phrase("body text after front matter")
        return self._item_break(row, last) or self._number_break(row)

    def _item_break(self, row: Row, last: Row) -> str:
        """Items of one way of writing count up; a list begins anew below words that open it."""
        if row.kind != "item" or row.first is None:
            return ""
        before = self.items.get(_is_arabic(row), 0 if self.article is not None else None)
        again = last.kind == "item" and _is_arabic(last) == _is_arabic(row)
        if row.first == 1 and again and not last.text.endswith(("：", ":")):
            return phrase(f"item {row.first} after item {last.first}")
        if before is not None and row.first not in (1, before, before + 1):
            return phrase(f"item {row.first} after item {before}")
        return ""

    def _number_break(self, row: Row) -> str:
        if row.kind == "article" and self.article is not None and row.first is not None:
            if row.first != self.article + (0 if row.inserted else 1):
                return phrase(f"article {row.first} after article {self.article}")
        elif row.kind == "article" and self.above:
            if row.first != 1:
                return phrase(f"article {row.first} after front matter")
        elif row.kind == "heading" and row.level == "chapter" and self.chapter is not None:
            restarts = row.first == 1 and self.in_contents
            if row.first not in (None, self.chapter + 1) and not restarts:
                return phrase(f"chapter {row.first} after chapter {self.chapter}")
        return ""


def _is_arabic(item: Row) -> bool:
    """Whether the number of an item is written （1） and not （一）."""
    return item.text.lstrip("（(〔 　")[:1].isdecimal()


def _next_article(rows: tuple[Row, ...], index: int) -> int | None:
    return next((r.first for r in rows[index:] if r.kind == "article"), None)
