"""What runs on in a line: the items of a list, and paragraphs whose line end was lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duizhao.ground.patterns import ANNEX, Mark, list_end, mark_at, marks_in_line
from duizhao.parser.spans import INDENTED, Segment

#: The indent of a paragraph that stands within a line, whose own line end was lost.
_INDENT = re.compile("(?<=[。；：”）])[　\u00a0]{2,}(?=[^　\u00a0])")


def marked(text: str, start: int, end: int) -> Iterator[Segment]:
    """An item, subitem or numbered point at `start`, or plain text."""
    if text[start] == "附" and ANNEX.fullmatch(text, start, end):
        yield Segment(kind="annex", start=start, end=end)
    else:
        yield from words(text, start, end, own=mark_at(text, start, end))


def words(text: str, start: int, end: int, *, own: Mark | None = None) -> Iterator[Segment]:
    """Text with the paragraphs and items that run on in it; `own` is the mark that it begins with.

    A paragraph runs on whose indent is left within the line: …管理。　　前款规定的….
    """
    first, level = start, ""
    depth, counted = 0, start
    for indent in _INDENT.finditer(text, start, end):
        at = indent.start()
        depth += text.count("“", counted, at) - text.count("”", counted, at)
        counted = at
        if depth > 0:
            continue
        yield from _items(text, first, at, own, level)
        yield Segment(kind="space", start=at, end=indent.end())
        first, level = indent.end(), INDENTED
        own = mark_at(text, first, end)
    yield from _items(text, first, end, own, level)


def _items(text: str, start: int, end: int, own: Mark | None, level: str) -> Iterator[Segment]:
    """Text with the items that run on in it; `own` is the mark that it begins with.

    `level` is that of a text before the first mark.
    """
    places = [*([(start, own)] if own else []), *marks_in_line(text, start, end, own)]
    first = places[0][0] if places else end
    if start < first:
        yield Segment(kind="text", start=start, end=first, level=level)
    for index, (at, mark) in enumerate(places, 1):
        stop = places[index][0] if index < len(places) else end
        closed = list_end(text, first, mark.end, end) if start < first and stop == end else stop
        yield Segment(
            kind=mark.kind, start=at, end=mark.end, number=mark.number, inserted=mark.inserted
        )
        for begin, close in ((mark.end, closed), (closed, stop)):
            if begin < close:
                yield Segment(kind="text", start=begin, end=close)
