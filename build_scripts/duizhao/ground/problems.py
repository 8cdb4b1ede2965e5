"""Problems: what is wrong, where, and what to do about it.

A check or a parser yields `Problem`s; it never prints.  `render` is the one
place that turns a problem into text for a terminal::

    seeds/witnesses/page.txt:33:76  emend-mismatch  The quoted text is not on this line.
      村(居)民委员会应当依法协助…
                          ^^^^
      Do: quote the line exactly as the witness has it.

Codes are stable: a code never changes its meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_LONGEST_EXCERPT = 60  # characters of the offending line that are shown
#: Control characters but tab and line feed, and what turns the direction of writing.
_DRIVES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Severity(StrEnum):
    """How much a problem matters: an error stops, a warning and an info do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place in a file: 1-based line and column (0: the whole file or line)."""

    file: str
    line: int = 0
    column: int = 0
    length: int = 1
    text: str = ""
    path: tuple[str, ...] = ()  # headings that lead there, outermost first

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding: stable code, severity, place, what is wrong, what to do."""

    code: str
    severity: Severity
    position: Position
    message: str
    hint: str = ""


class DuizhaoError(Exception):
    """Input that stops the work; carries every problem found at that stage."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(render(p) for p in self.problems))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.problems,)  # as it comes from another process


class WrongUseError(DuizhaoError):
    """What a command was asked for is not there, such as a law or a language: exit code 2."""


def error(code: str, position: Position, message: str, hint: str = "") -> Problem:
    """A `Problem` of severity error."""
    return Problem(
        code=code, severity=Severity.ERROR, position=position, message=message, hint=hint
    )


def warning(code: str, position: Position, message: str, hint: str = "") -> Problem:
    """A `Problem` of severity warning."""
    return Problem(
        code=code, severity=Severity.WARNING, position=position, message=message, hint=hint
    )


def display_width(text: str) -> int:
    """Columns that `text` takes on a terminal: wide characters take two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def visible(text: str) -> str:
    """`text` with control and invisible characters written as escapes."""
    if text.replace("\u3000", " ").isprintable():  # most is; the space is that of Chinese
        return text
    return "".join(
        c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") else f"\\u{ord(c):04x}"
        for c in text
    )


def harmless(text: str) -> str:
    """`text` as a terminal may get it: what would drive it is written as escapes, as JSON has them."""
    return _DRIVES.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def phrase(text: str) -> str:
    """`text` itself; marks words that become a part of a message, for `make messages`."""
    return text


def counted(number: int, one: str, many: str) -> str:
    """A number with what it counts: `counted(1, "law", "laws")`.

    For `make messages` the sentence it stands in has the plural, which ends in an s.
    """
    return f"{number} {one if number == 1 else many}"


def render(problem: Problem, *, within: str = "in ", remedy: str = "Do: ") -> str:
    """`problem` as lines for a terminal, with the offending span under carets.

    `within` and `remedy` stand before the headings and the hint; `problem_words.spoken`
    gives those of the reader's language.
    """
    at = problem.position
    lines = [f"{_shown(str(at))}  {problem.code}  {_shown(problem.message)}"]
    if at.path:
        lines.append(f"  {within}" + " › ".join(map(_shown, at.path)))
    if at.text:
        start = max(at.column - 1, 0)
        first = max(0, start - _LONGEST_EXCERPT // 2)
        before = visible(at.text[first:start])
        span = visible(at.text[start : start + max(at.length, 1)])
        after = visible(at.text[start + max(at.length, 1) :][:_LONGEST_EXCERPT])
        lead = "…" if first else ""
        lines.append(f"  {lead}{before}{span}{after}")
        if at.column:
            pad = " " * display_width(lead + before)
            lines.append(f"  {pad}{'^' * max(1, display_width(span))}")
    if problem.hint:
        lines.append(f"  {remedy}{_shown(problem.hint)}")
    return "\n".join(lines)


def _shown(text: str) -> str:
    """`text` of several lines as a terminal may get it: what it quotes must not drive it."""
    return "\n".join(map(visible, text.split("\n")))
