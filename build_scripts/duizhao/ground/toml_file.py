"""TOML files with positions: what a file says, and where it says it.

Python's own reader gives values without their places.  The tables that this project
reads are flat, one key a line, so a place is found by the header and the key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duizhao.ground.input_file import MERGE, MERGED, bytes_of
from duizhao.ground.problems import DuizhaoError, Position, Problem, error

_HEADER = re.compile(r"\s*\[\[?\s*([\w-]+)\s*\]\]?\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlFile:
    """A TOML file as read: `path` names it in messages, `data` is what it says."""

    path: str
    lines: tuple[str, ...] = field(repr=False)
    data: dict[str, Any] = field(repr=False)
    headers: dict[tuple[str, int], int] = field(repr=False)  # (table, index) to line

    def position(
        self, table: str, index: int = 0, key: str = "", *, of_key: bool = False
    ) -> Position:
        """Where the value of a key (or the key itself), or a table's header, stands.

        A key that is not there gives the header, a table that is not there the file.
        """
        start = self.headers.get((table, index), 0)
        if not start:
            return Position(file=self.path)
        if key:
            for number in range(start + 1, len(self.lines) + 1):
                text = self.lines[number - 1]
                if text.lstrip().startswith("["):
                    break
                if match := re.match(rf"\s*(\"?{re.escape(key)}\"?)\s*=\s*(.*\S)?", text):
                    group = 1 if of_key or not match[2] else 2
                    return self.line(number, match.start(group), match.end(group))
        return self.line(start, 0, len(self.lines[start - 1]))

    def find(self, words: str) -> Position:
        """The first place where `words` stand, else the file."""
        for number, text in enumerate(self.lines, 1):
            if (at := text.find(words)) != -1 and not text.lstrip().startswith("#"):
                return self.line(number, at, at + len(words))
        return Position(file=self.path)

    def line(self, number: int, start: int, end: int) -> Position:
        """Characters `start` to `end` (0-based) of line `number` (1-based)."""
        return Position(
            file=self.path,
            line=number,
            column=start + 1,
            length=max(1, end - start),
            text=self.lines[number - 1],
        )


def toml_from_file(path: Path, *, name: str, code: str) -> TomlFile:
    """Read a TOML file; DuizhaoError `<code>-unreadable` or `<code>-syntax` where it is none.

    A byte order mark, with which some editors begin a file, is no part of it.
    """
    try:
        source = bytes_of(path).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError) as reason:
        why = getattr(reason, "strerror", None) or "it is not UTF-8"
        problem = error(
            f"{code}-unreadable",
            Position(file=name),
            f"{path.name} cannot be read: {why}.",
            "put a UTF-8 file there",
        )
        raise DuizhaoError([problem]) from reason
    return toml_from_text(source, path=name, code=code)


def toml_from_text(source: str, *, path: str, code: str) -> TomlFile:
    """The same from the text of the file."""
    lines = tuple(source.removesuffix("\n").split("\n"))  # as TOML counts them
    try:
        data = tomllib.loads(source)
    except (ValueError, RecursionError) as reason:
        # A number of thousands of digits, or a thousand brackets in each other: without a place.
        longest = max(range(len(lines)), key=lambda n: len(lines[n]), default=0) + 1
        where = re.search(r"line (\d+), column (\d+)", str(reason))
        at_end = isinstance(reason, tomllib.TOMLDecodeError)
        number = int(where[1]) if where else len(lines) if at_end else longest
        column = int(where[2]) if where else 1
        text = lines[number - 1] if 0 < number <= len(lines) else ""
        place = Position(file=path, line=number, column=column, text=text)
        hint = MERGE if MERGED.match(text) else "mend the syntax"
        raise DuizhaoError(
            [error(f"{code}-syntax", place, f"This is not TOML: {reason}.", hint)]
        ) from reason
    headers: dict[tuple[str, int], int] = {}
    counts: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if match := _HEADER.match(line):
            name = match[1]
            headers[name, counts.get(name, 0)] = number
            counts[name] = counts.get(name, 0) + 1
    return TomlFile(path=path, lines=lines, data=data, headers=headers)


def table_faults(
    toml: TomlFile,
    *,
    unknown: str,
    wrong: str,
    once: Collection[str] = (),
    several: Collection[str] = (),
) -> Iterator[Problem]:
    """What a file says beside its tables: others (code `unknown`), its own in another shape (`wrong`).

    Tables named in `once` are written [name], those in `several` [[name]]; none must be there.
    """
    file = Path(toml.path).name
    for name, value in toml.data.items():
        header = toml.position(name)
        place = header if header.line else toml.find(name)
        if name not in (*once, *several):
            hint = f"use one of: {', '.join((*once, *several))}"
            yield error(unknown, place, f"`{name}` is not a table of {file}.", hint)
        elif name in once and not isinstance(value, dict):
            yield error(wrong, place, f"`{name}` is not a table of {file}.", f"write [{name}]")
        elif name in several and not _tables(value):
            yield error(wrong, place, f"`{name}` may stand several times.", f"write [[{name}]]")


def _tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)
