"""Witnesses (底本): a source exactly as it was received.

A `Witness` is never edited.  Its law: ``"".join(line.raw for line in lines) == text``,
and ``text`` is what the file whose SHA-256 it carries says: the decoded content of a
text, the paragraphs of a document or page, see `readers`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from duizhao.ground.input_file import LARGEST, state_of
from duizhao.ground.problems import DuizhaoError, Position, error
from duizhao.sources.readers import text_from_bytes, too_large


class WitnessLine(NamedTuple):
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


_RESTORE = (
    "restore the file; if the new bytes are right, review every decision and then write the new"
    " SHA-256 into edition.toml"
)
_RESTORE_ENDS = (
    "only its line ends are others, as git makes them: write `seeds/witnesses/** -text` into"
    " .gitattributes, delete the file, and let `git checkout` bring it back"
)
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


def witness_from_text(text: str, *, name: str, sha256: str = "") -> Witness:
    """A witness from text already decoded; lines end at LF, CRLF or CR only."""
    lines = []
    for number, match in enumerate(_LINE.finditer(text), 1):
        if match.start() == len(text):
            break
        lines.append(WitnessLine(number=number, text=match[1], raw=match[0]))
    digest = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Witness(name=name, sha256=digest, text=text, lines=tuple(lines))


def witness_from_file(path: Path, *, name: str | None = None, sha256: str | None = None) -> Witness:
    """Read the witness at `path`, a .txt, .md, .docx or .html.

    `name` is what messages call it; `sha256` is what the edition expects of its bytes.
    Raises DuizhaoError, with one problem, where the file is missing, has changed, is
    empty, too large, broken, or of no format or encoding that is read.
    """
    name = name or path.name
    place = Position(file=name)
    try:
        # What is read once may come through a pipe; an edition's witness is a file.
        size = (path.stat() if sha256 is None else state_of(path)).st_size
        if size > LARGEST:
            raise too_large(size, name=name)
        data = path.read_bytes()
    except OSError as reason:
        raise DuizhaoError(
            [
                error(
                    "witness-missing",
                    place,
                    f"The witness {name} cannot be read: {reason.strerror}.",
                    "put the file back, or correct its name",
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
                    f"The witness {name} has changed: its SHA-256 is {found}, the edition was made"
                    f" from {sha256}.",
                    _RESTORE_ENDS if _but_for_line_ends(data, sha256) else _RESTORE,
                )
            ]
        )
    return witness_from_text(text_from_bytes(data, name=name), name=name, sha256=found)


def _but_for_line_ends(data: bytes, sha256: str) -> bool:
    """Whether these bytes have that digest once all lines end with LF, or all with CRLF."""
    lines = data.replace(b"\r\n", b"\n")
    return sha256 in (
        hashlib.sha256(ends).hexdigest() for ends in (lines, lines.replace(b"\n", b"\r\n"))
    )
