"""The lines of the index of all laws in its order: millions, where there are many laws.

They wait on disk, sorted by SQLite, whose order of texts is that of Python: by code points.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import starmap
from typing import NamedTuple

from duizhao.ground.databases import written

_TABLE = "create table entry (letter text, below integer, first text, second text, markdown text)"
_IN_ORDER = (
    "select second, markdown from entry where letter = ? order by below, first, second, markdown"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the index: its place in the order, its letter, its words, where it leads."""

    key: tuple[str, str]
    letter: str
    term: bool
    markdown: str


class Line(NamedTuple):
    """A line in its place: its words and its Markdown."""

    words: str
    markdown: str


class Entries:
    """Lines that are given in any order; terms come before others of their letter."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._all = database
        self._all.execute(_TABLE)

    def add(self, entries: Iterable[Entry]) -> None:
        """Add lines."""
        rows = ((e.letter, not e.term, *e.key, e.markdown) for e in entries)
        self._all.executemany("insert into entry values (?, ?, ?, ?, ?)", rows)

    def counts(self) -> dict[str, int]:
        """How many lines each letter has, in the order of letters."""
        return dict(
            self._all.execute("select letter, count(*) from entry group by letter order by letter")
        )

    def of(self, letter: str) -> Iterator[Line]:
        """A letter's lines, in order."""
        return starmap(Line, self._all.execute(_IN_ORDER, (letter,)))


@contextmanager
def entries_in_order() -> Iterator[Entries]:
    """No lines yet; those that are added are forgotten in the end.  Raises OSError for a full disk."""
    with written() as database:
        yield Entries(database)
