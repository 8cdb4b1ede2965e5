"""Witnesses (底本): a source exactly as it was received.

A `Witness` is never edited.  Its law: ``"".join(line.raw for line in lines) == text``,
and ``text`` is the decoded content of the file whose SHA-256 it carries.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from duizhao.problems import DuizhaoError, Position, error


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessLine:
    """One line: its 1-based number, its text, and its text with the line's end."""

    number: int
    text: str
    raw: str

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands on the line."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A source as received: name of the file, SHA-256 of its bytes, text, lines."""

    name: str
    sha256: str
    text: str = field(repr=False)
    lines: tuple[WitnessLine, ...] = field(repr=False)

    def line(self, number: int) -> WitnessLine:
        """The line with a 1-based number; IndexError outside the witness."""
        if not 1 <= number <= len(self.lines):
            raise IndexError(number)
        return self.lines[number - 1]

    def position(self, number: int, column: int = 0, length: int = 1) -> Position:
        """A `Position` on line `number` (1-based; column 1-based, 0 for the whole line)."""
        text = self.lines[number - 1].text if 1 <= number <= len(self.lines) else ""
        return Position(file=self.name, line=number, column=column, length=length, text=text)


def witness_from_text(text: str, *, name: str, sha256: str = "") -> Witness:
    """A witness from text already decoded; lines end at LF, CRLF or CR only."""
    lines, start = [], 0
    number = 0
    while start < len(text):
        number += 1
        lf, cr = text.find("\n", start), text.find("\r", start)
        if cr != -1 and (lf == -1 or cr < lf):
            end, stop = cr, cr + (2 if text.startswith("\r\n", cr) else 1)
        elif lf != -1:
            end, stop = lf, lf + 1
        else:
            end = stop = len(text)
        lines.append(WitnessLine(number=number, text=text[start:end], raw=text[start:stop]))
        start = stop
    digest = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Witness(name=name, sha256=digest, text=text, lines=tuple(lines))


def witness_from_file(path: Path, *, name: str | None = None, sha256: str | None = None) -> Witness:
    """Read the UTF-8 witness at `path`; `sha256` is what the edition expects of it.

    Raises DuizhaoError where the file is missing, is not text, or has changed.
    """
    name = name or path.name
    place = Position(file=str(name))
    try:
        data = path.read_bytes()
    except OSError as reason:
        raise DuizhaoError(
            [
                error(
                    "witness-missing",
                    place,
                    f"The witness cannot be read: {reason.strerror}.",
                    "put the file back, or correct `file` under [[witness]]",
                )
            ]
        ) from reason
    found = hashlib.sha256(data).hexdigest()
    if sha256 is not None and found != sha256:
        raise DuizhaoError(
            [
                error(
                    "witness-changed",
                    place,
                    f"The witness has changed: its SHA-256 is {found}, the edition was made"
                    f" from {sha256}.",
                    "restore the file; if the new bytes are right, review every decision and"
                    " then write the new SHA-256 into edition.toml",
                )
            ]
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        line = data.count(b"\n", 0, reason.start) + 1
        raise DuizhaoError(
            [
                error(
                    "witness-encoding",
                    Position(file=str(name), line=line),
                    f"Byte {reason.start} is not UTF-8.",
                    "convert the file to UTF-8",
                )
            ]
        ) from reason
    return witness_from_text(text, name=str(name), sha256=found)
