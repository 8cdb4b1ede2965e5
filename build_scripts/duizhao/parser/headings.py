"""Headings: those broken over lines, those without a number, and the table of contents.

Five passes over the tokens, each linear, none adding or losing text::

    mark_points     一、 … of a 目录, each printed again below, become "contents"
    join_headings   第二节 向外国请求没收、 ⏎ 返还违法所得   becomes one heading
    mark_contents   the headings of a 目录 become "contents"
    name_divisions  a name alone on a line, between a chapter's heading, or a finished
                    sentence, and an article, is a heading whose number was not printed
    before_the_first  总则 over the article before 第一章 has no number, nor one to supply
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from duizhao.ground.patterns import HEADING, is_finished
from duizhao.ground.text import Text
from duizhao.parser.segments import compact, looks_like_title, without_page
from duizhao.parser.tokens import Token, with_kind

_JOINERS = ("、", "和", "与", "及", "或", "的", "以及", "及其", "——")
_HEADINGS = ("heading", "bare")
_BEGINS = (*_HEADINGS, "preamble_head", "article")
_LISTED = ("point", "item", "preamble_head", "bare")  # what a 目录 by 一、 consists of
_BROKEN_AFTER = 12  # words of a heading that fill a narrow line
_LONGEST_NAME = 24
_UNNUMBERED = {"chapter": "chp_u1", "part": "part_u1"}


def headings_from_tokens(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens after all passes."""
    return before_the_first(name_divisions(mark_contents(join_headings(mark_points(tokens)))))


def mark_points(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Tokens in which the rows of a 目录 by 一、 are "contents", up to where its first comes again."""
    head = next((i for i, t in enumerate(tokens) if t.kind == "contents_head"), len(tokens))
    rows: list[list[Token]] = []
    for token in tokens[head + 1 :]:
        if not rows or rows[-1][-1].row != token.row:
            rows.append([])
        rows[-1].append(token)
    lines = [without_page("".join(str(t.text) for t in row)) for row in rows]
    end = next((n for n, line in enumerate(lines) if n and line == lines[0]), 0)
    listed = rows[:end]
    if not any(row[0].kind == "point" for row in listed) or not all(
        row[0].kind in _LISTED and looks_like_title(line)
        for row, line in zip(listed, lines, strict=False)
    ):
        return tokens
    entries = (
        row[0]._replace(
            kind="contents",
            segment=row[0].segment._replace(level=row[0].segment.level or "division"),
            text=Text(tuple(p for t in row for p in t.text)),
        )
        for row in listed
    )
    return (*tokens[: head + 1], *entries, *(t for row in rows[end:] for t in row))


def join_headings(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Tokens in which a heading broken over two lines is one."""
    out: list[Token] = []
    index, size = 0, len(tokens)
    while index < size:
        token = tokens[index]
        if (
            token.kind == "heading"
            and index + 2 < size
            and tokens[index + 1].kind in ("text", "bare")
            and _alone(tokens, index + 1)
            and tokens[index + 2].kind in (*_HEADINGS, "article", "text")
            and _continues(token, tokens[index + 1], tokens[index + 2])
        ):
            token = token._replace(text=token.text.strip() + tokens[index + 1].text.strip())
            index += 1
        out.append(token)
        index += 1
    return tuple(out)


def _alone(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the token has its row to itself."""
    row = tokens[index].row
    return (index == 0 or tokens[index - 1].row != row) and (
        index + 1 >= len(tokens) or tokens[index + 1].row != row
    )


def _continues(heading: Token, line: Token, follower: Token) -> bool:
    """Whether `line` goes on with `heading`, broken over two lines."""
    text = str(line.text).strip()
    if not looks_like_title(text) or any(c in text for c in "。；：") or len(text) > 40:
        return False
    match = HEADING.fullmatch(str(heading.text).strip())
    words = match["words"].strip() if match else ""
    if not words:
        return line.kind == "bare" or follower.kind != "text"
    if line.kind == "bare":
        return False
    if words.endswith(_JOINERS) or text.startswith(_JOINERS):
        return True
    return len(compact(words)) >= _BROKEN_AFTER


def name_divisions(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Tokens in which a heading whose number was not printed is a "bare" heading.

    Its level follows from the numbered chapters around: it is a chapter where the
    numbers leave room for it or where chapters are not numbered at all, a section
    where they do not or where it stands right under a chapter's heading.
    """
    tokens = tuple(_name_items(tokens))
    names = [index for index in range(1, len(tokens) - 1) if _is_name(tokens, index)]
    if not names:
        return tokens
    out = list(tokens)
    bounds = [
        (index, token.segment.number)
        for index, token in enumerate(tokens)
        if token.kind == "heading" and token.segment.level == "chapter"
    ]
    edges = [(-1, None), *bounds, (len(tokens), None)]
    for (start, number), (stop, next_number) in pairwise(edges):
        group = [index for index in names if start < index < stop]
        if not group:
            continue
        room = (
            next_number - number - 1
            if number is not None and next_number is not None
            else len(group)
        )
        under = number is not None and group[0] == start + 1
        level = "section" if room < len(group) or under else "chapter"
        for index in group:
            segment = tokens[index].segment._replace(kind="bare", level=level)
            out[index] = tokens[index]._replace(kind="bare", segment=segment)
    return tuple(out)


def before_the_first(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Tokens in which a bare heading before 第一章 has an identifier without a number, chp_u1."""
    first = next((i for i, t in enumerate(tokens) if t.kind == "heading"), len(tokens))
    if first == len(tokens) or tokens[first].segment.number != 1:
        return tokens
    level = tokens[first].segment.level
    bare = [
        i for i in range(first) if tokens[i].kind == "bare" and tokens[i].segment.level == level
    ]
    if len(bare) != 1 or level not in _UNNUMBERED:
        return tokens
    named = tokens[bare[0]]._replace(identifier=_UNNUMBERED[level])
    return (*tokens[: bare[0]], named, *tokens[bare[0] + 1 :])


def _name_items(tokens: tuple[Token, ...]) -> Iterator[Token]:
    """Tokens in which （一）动产质押 between two articles is a heading below 一、."""
    for index, token in enumerate(tokens):
        text = str(token.text).strip()
        if (
            token.kind == "text"
            and index + 1 < len(tokens)
            and tokens[index + 1].kind == "article"
            and index > 1
            and tokens[index - 1].kind == "item"
            and tokens[index - 1].row == token.row
            and len(text) <= _LONGEST_NAME
            and looks_like_title(text)
            and _is_ended(tokens, index - 2)
        ):
            yield token._replace(kind="named_item")
        else:
            yield token


def _is_ended(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the token at `index` is a heading (一、 …) or the end of a sentence."""
    token = tokens[index]
    if token.kind in _HEADINGS or is_finished(str(token.text)):
        return True
    above = tokens[index - 1] if index else None
    return above is not None and above.kind == "point" and above.row == token.row


def _is_name(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a line is nothing but a name that stands where a heading stands.

    It follows a chapter's heading or a finished sentence, an article follows it, and
    it is not the first line of a law.
    """
    token, follower, before = tokens[index], tokens[index + 1], tokens[index - 1]
    if token.kind != "text" or follower.kind != "article" or follower.segment.number == 1:
        return False
    text = str(token.text).strip()
    return (
        _alone(tokens, index)
        and len(text) <= _LONGEST_NAME
        and looks_like_title(text)
        and not any(c in text for c in '。；：，:;,（(《“"0123456789年')
        and (
            (before.kind == "heading" and before.segment.level == "chapter")
            or (before.kind == "text" and is_finished(str(before.text)))
        )
    )


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
    belongs to the contents.  Where it does not begin again within the run (the body's
    first heading is lost, an interleaved page), the run is contents if 目录 stands
    above, or if it names three or more divisions of one level one after another.  So do the
    annexes that it names last.
    """
    out = list(tokens)
    last: dict[tuple[str, ...], int] = {}
    for index, token in enumerate(tokens):
        if token.kind in ("heading", "bare", "preamble_head"):
            last[_key(token)] = index
    for start, stop in heading_runs(tokens):
        headed = start > 0 and tokens[start - 1].kind == "contents_head"
        end = _contents_end(tokens, start, stop, last, headed=headed)
        for index in range(start, end + (end > start) * _annexes_listed(tokens, end)):
            out[index] = with_kind(tokens[index], "contents")
    return tuple(out)


def _annexes_listed(tokens: tuple[Token, ...], end: int) -> int:
    """How many annexes a 目录 names at its end, below which the body begins."""
    rest = tokens[end:]
    size = next((n for n, token in enumerate(rest) if token.kind != "annex"), len(rest))
    return size if size < len(rest) and rest[size].kind in _BEGINS else 0


def _contents_end(
    tokens: tuple[Token, ...],
    start: int,
    stop: int,
    last: dict[tuple[str, ...], int],
    *,
    headed: bool,
) -> int:
    """Where the contents that begin at `start` end; `start` where there are none."""
    first = _key(tokens[start])
    keys = [_key(tokens[index]) for index in range(start, stop)]
    named = ("bare", _words(tokens[start]))  # the body's 总则 may stand without its number
    if first != named and named in keys[1:]:
        return start + 1 + keys[1:].index(named)
    if first in keys[1:]:
        return start + 1 + keys[1:].index(first)
    levels = Counter(tokens[index].segment.level for index in range(start, stop))
    same = levels[tokens[start].segment.level]
    again = any(last[key] >= stop for key in keys)
    if headed and stop - start > 1:
        body_follows = stop < len(tokens) and tokens[stop].kind == "article"
        return stop if same > 1 or again or not body_follows else start
    if same >= 3 or (same == 2 and last[first] >= stop):
        return stop
    return start


def _words(token: Token) -> str:
    """The words of a heading, without its number and without spaces."""
    match = HEADING.fullmatch(str(token.text).strip())
    return without_page(match["words"] if match else str(token.text))


def _key(token: Token) -> tuple[str, ...]:
    """What makes two headings the same: level and number, or the words of a bare one."""
    segment = token.segment
    if segment.number is not None:
        return (segment.level, str(segment.number), str(segment.inserted))
    return ("bare", without_page(str(token.text)))
