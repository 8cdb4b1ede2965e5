"""Text with its provenance: what is published, and what the witness has there.

A `Text` is a tuple of `Piece`s.  Joined, their `text` is what is published and
their `original` is what the witness has, so a text always answers "how do you
know?": nothing else in the project carries law text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from duizhao.ground.pickled import quickly_pickled

#: A Chinese character, those beyond the first plane (𠮷) and compatible ones too.
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
#: A character that XML 1.0 cannot hold.
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of published text from one line of the witness.

    `original` stands at 1-based `line`, 0-based `column` of the witness.  `note`
    is the id of the editorial note that explains the piece (an emendation, a
    query), `mark` its kind; a gap is a piece without text.
    """

    text: str
    original: str
    line: int
    column: int
    note: str = ""
    mark: str = ""  # "", "emendation", "query" or "gap"

    def cut(self, start: int, end: int) -> Piece:
        """Characters `start` to `end`; only where text and original run in step."""
        if len(self.text) != len(self.original):
            if (start, end) != (0, len(self.text)):
                raise ValueError("an emended piece cannot be divided")
            return self
        text = self.text[start:end]
        return Piece(
            text=text,
            original=text if self.original is self.text else self.original[start:end],
            line=self.line,
            column=self.column + start,
            note=self.note,
            mark=self.mark,
        )


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Text:
    """Published text as a tuple of pieces."""

    pieces: tuple[Piece, ...] = ()

    def __str__(self) -> str:
        if len(self.pieces) == 1:
            return self.pieces[0].text
        return "".join([p.text for p in self.pieces])

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def __add__(self, other: Text) -> Text:
        return Text(self.pieces + other.pieces)

    def __iter__(self) -> Iterator[Piece]:
        return iter(self.pieces)

    @property
    def original(self) -> str:
        """What the witness has in this place."""
        return "".join(p.original for p in self.pieces)

    @property
    def lines(self) -> tuple[int, ...]:
        """The witness lines that the text comes from, in reading order."""
        return tuple(dict.fromkeys(p.line for p in self.pieces if p.line))

    @property
    def notes(self) -> tuple[str, ...]:
        """Ids of the notes on the text, in order."""
        return tuple(dict.fromkeys(p.note for p in self.pieces if p.note))

    def cut(self, start: int, end: int | None = None) -> Text:
        """The text from published offset `start` to `end`.

        An emended piece is kept whole: it goes to the side its start is on.  A piece
        without text (a gap, a deletion) goes with what follows it, or with what stands
        before it where white space or nothing follows.  So texts cut at the same offsets
        and joined are the text again, each piece once.
        """
        if len(self.pieces) == 1:
            (piece,) = self.pieces
            size = len(piece.text)
            end = size if end is None else min(end, size)
            if start == 0 and end == size:
                return self
            if size and size == len(piece.original):
                return Text((piece.cut(start, end),)) if start < end else Text()
        text = str(self)
        end = len(text) if end is None else end
        out, at = [], 0
        for piece in self.pieces:
            size = len(piece.text)
            low, high = max(start, at), min(end, at + size)
            if size == 0:
                if start < at <= end if _looks_back(text, at) else start <= at < end or not text:
                    out.append(piece)
            elif size != len(piece.original):
                if start <= at < end:
                    out.append(piece)
            elif low < high:
                out.append(piece.cut(low - at, high - at))
            at += size
        return Text(tuple(out))

    def strip(self) -> Text:
        """The text without white space at its ends."""
        text = str(self)
        inner = text.strip()
        if len(inner) == len(text):
            return self
        if not inner:
            return Text(tuple(piece for piece in self.pieces if not piece.text))
        left = len(text) - len(text.lstrip())
        right = left + len(inner)
        out, at = [], 0
        for piece in self.pieces:  # what has no text is not white space
            if not piece.text and not left <= at <= right:
                out.append((at < left, piece))
            at += len(piece.text)
        before = tuple(piece for early, piece in out if early)
        after = tuple(piece for early, piece in out if not early)
        return Text(before) + self.cut(left, right) + Text(after)


def _looks_back(text: str, at: int) -> bool:
    """Whether what stands without text at an offset belongs to the text before it."""
    return at > 0 and (at == len(text) or text[at].isspace())


def plain(text: str, *, line: int = 0, column: int = 0) -> Text:
    """`text` as it stands at a place of the witness, unchanged."""
    return Text((Piece(text=text, original=text, line=line, column=column),)) if text else Text()


def shown(text: str) -> str:
    """`text` with what no markup can hold, or no reader can see, written as escapes."""
    return _UNSEEN.sub(lambda m: f"\\u{ord(m.group()):04x}", text)
