"""Tokens: the segments of a reading that carry meaning, with quoted text set apart.

Law text that is quoted (an amending decision that prints the new articles
between “ and ”) must not become structure: its lines are plain text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from duizhao.reading import Lacuna, Reading
from duizhao.segments import Segment, segments_of_line
from duizhao.text import Text

_SILENT = ("space", "markup", "blank")
_LONGEST_QUOTATION = 400  # lines; a quotation mark open for longer is a misprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A segment with its text; `row` is the index of its line in the reading.

    `kind` is that of the segment, or "gap" for a lacuna.
    """

    kind: str
    row: int
    segment: Segment
    text: Text
    lacuna: Lacuna | None = None

    @property
    def line(self) -> int:
        """The first witness line the token comes from (0: supplied)."""
        lines = self.text.lines
        return lines[0] if lines else 0


_NO_SEGMENT = Segment(kind="gap", start=0, end=0)


def tokens_from_reading(reading: Reading) -> tuple[Token, ...]:
    """The tokens of a reading, in order."""
    out: list[Token] = []
    after: int | None = None
    quoted = quoted_rows(reading)
    for row, element in enumerate(reading):
        if isinstance(element, Lacuna):
            out.append(
                Token(kind="gap", row=row, segment=_NO_SEGMENT, text=Text(), lacuna=element)
            )
            continue
        line = str(element.text)
        if row in quoted:
            whole = Segment(kind="text", start=0, end=len(line))
            out.append(Token(kind="text", row=row, segment=whole, text=element.text.strip()))
            continue
        for segment in segments_of_line(line, after=after):
            if segment.kind in _SILENT:
                continue
            if segment.kind == "article" and segment.number is not None:
                after = segment.number
            elif segment.kind == "contents_head":
                after = None
            text = element.text.cut(segment.start, segment.end)
            out.append(Token(kind=segment.kind, row=row, segment=segment, text=text))
    return tuple(out)


def quoted_rows(reading: Reading) -> frozenset[int]:
    """Rows that lie inside a quotation opened with “ on an earlier row.

    Only a quotation that is closed again counts; one that never closes is a
    misprint and swallows nothing.
    """
    depth, start, inside = 0, 0, set[int]()
    for row, element in enumerate(reading):
        if isinstance(element, Lacuna):
            depth = 0
            continue
        line = str(element.text)
        if "“" not in line and "”" not in line:
            continue
        before = depth
        depth = max(0, depth + line.count("“") - line.count("”"))
        if before == 0 and depth:
            start, depth = row, 1
        elif before and depth == 0:
            if row - start <= _LONGEST_QUOTATION:
                inside.update(range(start + 1, row + 1))
        elif depth:
            depth = 1
            # Chinese practice repeats “ at each quoted paragraph and closes once.
            if "“" not in line[:2] and row - start > _LONGEST_QUOTATION:
                depth = 0
    return frozenset(inside)


def with_kind(token: Token, kind: str) -> Token:
    """The same token under another kind."""
    return replace(token, kind=kind)


def heading_runs(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """Ranges (start, stop) of tokens that are headings with nothing between them."""
    start = None
    for index, token in enumerate(tokens):
        if token.kind in ("heading", "bare", "preamble_head"):
            start = index if start is None else start
        elif start is not None:
            yield start, index
            start = None
    if start is not None:
        yield start, len(tokens)


def mark_contents(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Tokens with the headings of a table of contents (目录) turned into "contents".

    With 目录 above or without: in a run of headings with no text between them, all
    before the point where the numbering begins again with the run's first heading
    belongs to the contents.  Where 目录 stands above and the body has no headings
    at once (an interleaved page), the whole run is contents.
    """
    out = list(tokens)
    for start, stop in heading_runs(tokens):
        headed = start > 0 and tokens[start - 1].kind == "contents_head"
        end = start
        first = _key(tokens[start])
        for index in range(start + 1, stop):
            if _key(tokens[index]) == first:
                end = index
                break
        else:
            if headed and stop - start > 1:
                end = stop
                if stop < len(tokens) and tokens[stop].kind in ("article",):
                    # 目录 … and the body's first heading did not repeat: it is the body.
                    end = stop if _restarts_later(tokens, first, stop) else start
        for index in range(start, end):
            out[index] = with_kind(tokens[index], "contents")
    return tuple(out)


def _restarts_later(tokens: tuple[Token, ...], key: tuple[str, ...], stop: int) -> bool:
    """Whether a heading with `key` stands somewhere from `stop` on."""
    return any(t.kind in ("heading", "bare") and _key(t) == key for t in tokens[stop:])


def _key(token: Token) -> tuple[str, ...]:
    """What makes two headings the same: level and number, or the words of a bare one."""
    segment = token.segment
    if segment.number is not None:
        return (segment.level, str(segment.number), str(segment.inserted))
    return ("bare", "".join(str(token.text).split()))
