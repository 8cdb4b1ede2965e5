"""Tokens: the segments of a reading that carry meaning, with quoted text set apart.

Law text that is quoted (an amending decision that prints the new articles
between “ and ”) must not become structure: its lines are plain text.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from duizhao.ground.numerals import NUMERAL_CHARACTERS, integer
from duizhao.ground.patterns import ARTICLE, ARTICLE_LINE, HEADING, ROUND_TITLE, SPACE, mark_at
from duizhao.ground.text import Text
from duizhao.parser.closings import is_signer
from duizhao.parser.front import is_note
from duizhao.parser.navigation import navigation_rows
from duizhao.parser.page_marks import page_rows
from duizhao.parser.reading import Lacuna, Reading
from duizhao.parser.segments import Segment, looks_like_title, segments_of_line

_SILENT = ("space", "markup", "blank")
_BEGINS = ("article", "point", "annex")
_MARKS = ("item", "subitem", "point", "circled", "stem", "letter")
_ROMAN = (9, 22, 24)  # the numbers of i, v and x among letters
_FIGURES = re.compile("[0-9０-９]")
_LONGEST_QUOTATION = 400  # lines; a quotation mark open for longer is a misprint
#: The Markdown mark of a heading, an item or a quotation.
_BLOCK = re.compile(rf"[{SPACE}]*(?:#{{1,6}}[ \t]+|[-*+] +|> ?)")
_WHOLE_QUOTATION = re.compile("“.*”[。；，、]?")
_MERE_NAME, _LONGEST_TITLE = 12, 40
_SENTENCE = re.compile("[。；：！？，“”]")
_FEWEST_TITLED = 3  # articles, of which a majority has a title
_HEAD_LINES = 8  # among which the title is
_MOST_ADDED = 100  # articles at once
_AMENDING = re.compile("修改|修正|补充规定")
_AMENDED = re.compile("(?:改|修正)为|作为第|增加[一二三四五六七八九十两]+条")
_NAMED = re.compile(rf"第(?P<num>[{NUMERAL_CHARACTERS}]+)条")


class Token(NamedTuple):
    """A segment with its text; `row` is the index of its line in the reading.

    `identifier` is that of a number in doubt ("art_u1"), "" where the number makes it.

    `kind` is that of the segment, or "gap" for a lacuna; tokens.py and headings.py
    give some another kind: contents, furniture, bare.  `quoted`: it goes on with a
    quotation that was opened in an earlier line.
    """

    kind: str
    row: int
    segment: Segment
    text: Text
    lacuna: Lacuna | None = None
    quoted: bool = False
    identifier: str = ""

    def ordinal(self, prefix: str) -> str:
        """The end of an identifier: "13" or "120-1" by the number, "u1" where that is in doubt."""
        own = self.identifier.removeprefix(f"{prefix}_")
        if own != self.identifier and own.startswith("u"):
            return own
        number, after = self.segment.number, self.segment.inserted
        return f"{number}-{after}" if after else f"{number}"


_NO_SEGMENT = Segment(kind="gap", start=0, end=0)


def tokens_from_reading(reading: Reading) -> tuple[Token, ...]:
    """The tokens of a reading, in order."""
    out: list[Token] = []
    after: int | None = None
    head = ""  # of the last article
    letters = set[int]()  # of items since the last article began
    begun = False  # a table is no part of the front matter
    lines = ["" if isinstance(e, Lacuna) else str(e.text) for e in reading]
    quoted = quoted_rows(lines) | amended_rows(lines)
    spaced, titled = heads_are_spaced(lines), heads_are_titled(lines)
    titles, titled_heads = title_rows(lines)
    aside = page_rows(lines) | navigation_rows(lines)
    tabbed = tabbed_rows(lines)
    for row, (element, line) in enumerate(zip(reading, lines, strict=True)):
        if isinstance(element, Lacuna):
            out.append(Token(kind="gap", row=row, segment=_NO_SEGMENT, text=Text(), lacuna=element))
            continue
        if row in aside or row in quoted or row in titles:
            kind = "furniture" if row in aside else "text" if row in quoted else "article_title"
            whole = Segment(kind=kind, start=0, end=len(line))
            begin = _behind_mark(line) if kind == "text" else 0
            text = element.text.cut(begin, len(line)).strip()
            out.append(Token(kind=kind, row=row, segment=whole, text=text, quoted=row in quoted))
            continue
        if after is not None and _in_other_numerals(line, head, after):
            whole = Segment(kind="text", start=0, end=len(line))
            out.append(Token(kind="text", row=row, segment=whole, text=element.text.strip()))
            continue
        in_table = row in tabbed and begun
        found = _cells(line) if in_table else segments_of_line(line, after=after, spaced=spaced)
        if titled or row in titled_heads:
            found = _with_titles(line, found, alone=row in titled_heads)
        for segment in _lettered(found, letters):
            kind = segment.kind
            begun = begun or kind in _BEGINS
            if kind in _SILENT:
                continue
            if kind == "letter":
                letters.add(segment.number or 0)
            elif kind == "article" and segment.number is not None:
                after, head = segment.number, line[segment.start : segment.end]
                letters.clear()
            elif kind == "contents_head":
                after = None
            if segment.start == 0 and segment.end == len(line):
                text = element.text
            else:
                text = element.text.cut(segment.start, segment.end)
            notes = text.notes if element.numbers else ()
            own = next((eid for note, eid in element.numbers if note in notes), "")
            out.append(Token(kind=kind, row=row, segment=segment, text=text, identifier=own))
    return tuple(out)


def _behind_mark(line: str) -> int:
    """Where the words of a line begin that is text as a whole: behind its Markdown mark."""
    block = _BLOCK.match(line)
    end = block.end() if block else 0
    return end if any(s.kind == "markup" and s.end == end for s in segments_of_line(line)) else 0


def _in_other_numerals(line: str, head: str, after: int) -> bool:
    """Whether 第X条 at a line's start is written in other numerals than the heads: a mention.

    `head` and `after` are the last article's head and number: after 第 7 條 the line
    第四條申請案 opens no article.
    """
    match = ARTICLE.match(line.lstrip(SPACE))
    if match is None or integer(match["num"]) == after + 1:
        return False
    return bool(_FIGURES.search(head)) != bool(_FIGURES.search(match["num"]))


def _lettered(found: Iterable[Segment], before: Container[int]) -> Iterator[Segment]:
    """Segments in which （i）, （v） and （x） are letters only after h, u and w: else they are numerals.

    What has a Roman numeral is plain text, as （ii） is; `before` are the numbers of letters before.
    """
    roman: Segment | None = None
    for segment in found:
        if (
            segment.kind == "letter"
            and segment.number in _ROMAN
            and segment.number - 1 not in before
        ):
            roman = segment._replace(kind="text", number=None)
        elif roman:
            roman = roman._replace(end=segment.end)
        else:
            yield segment
    if roman:
        yield roman


def heads_are_spaced(lines: list[str]) -> bool:
    """Whether most lines that begin 第X条 set a space after it."""
    gaps = [match["gap"] for line in lines if (match := ARTICLE_LINE.match(line))]
    return sum(map(bool, gaps)) * 2 > len(gaps)


def heads_are_titled(lines: list[str]) -> bool:
    """Whether most lines that begin 第X条 have a title next, several of them in round brackets."""
    heads = [m.string[m.end() :].lstrip() for line in lines if (m := ARTICLE_LINE.match(line))]
    in_round = sum(ROUND_TITLE.match(words) is not None for words in heads)
    in_others = sum(words.startswith(("【", "〔", "[")) for words in heads)
    return in_round > 1 and (in_round + in_others) * 2 > len(heads)


def title_rows(lines: list[str]) -> tuple[frozenset[int], frozenset[int]]:
    """Rows that are the title of the article whose head, 第X条, is above; rows of head and title.

    So treaties are printed.  Most heads stand over or before a short line without a stop, and
    that over a line of the same article, longer where it is no mere name: else the text is cut
    to a width.
    """
    filled = [(row, line.strip(SPACE)) for row, line in enumerate(lines) if line.strip(SPACE)]
    heads, below, behind = 0, set[int](), set[int]()
    for index, (row, line) in enumerate(filled):
        match = ARTICLE_LINE.match(line)
        if match is None:
            continue
        heads += 1
        words = line[match.end() :].strip(SPACE)
        following = [*filled[index + 1 : index + 3], (0, ""), (0, "")]
        if words and _names(words, following[0][1]):
            behind.add(row)
        elif not words and _names(following[0][1], following[1][1]):
            below.add(following[0][0])
    found = len(below) + len(behind)
    if found < _FEWEST_TITLED or found * 2 <= heads:
        return frozenset(), frozenset()
    return frozenset(below), frozenset(behind)


def _names(name: str, text: str) -> bool:
    """Whether a line may be the title of the article whose text goes on with the other."""
    fills = len(name) > _MERE_NAME and len(name) * 3 > len(text) * 2
    none = not text or ARTICLE_LINE.match(text) or HEADING.match(text)
    return _is_title(name) and not (fills or none)


def _is_title(line: str) -> bool:
    """Whether a line below 第X条 may be its title: words alone, without a mark or a stop."""
    return (
        looks_like_title(line)
        and len(line) <= _LONGEST_TITLE
        and not _SENTENCE.search(line)
        and mark_at(line, 0, len(line)) is None
        and not (ARTICLE_LINE.match(line) or HEADING.match(line))
    )


def _with_titles(line: str, found: Iterable[Segment], *, alone: bool) -> Iterator[Segment]:
    """Segments in which what is right behind an article's head is its title.

    That is （目的和依据）, or all the words where they are `alone` on their line.
    """
    before = ""
    for segment in found:
        title = ROUND_TITLE.match(line, segment.start, segment.end)
        if before == "article" and segment.kind == "text" and (title or alone):
            end = title.end() if title and not alone else segment.end
            yield segment._replace(kind="article_title", end=end)
            segment = segment._replace(start=end)  # noqa: PLW2901 -- what is left of it
        if segment.start < segment.end:
            yield segment
        before = segment.kind


def tabbed_rows(lines: list[str]) -> frozenset[int]:
    """Rows of tables whose cells stand apart by tabs.

    Two such lines at least follow one another, none with more cells than the first.  A tab
    may also follow 第X条 or （一）, stand astray in a sentence, or between office and name of
    those who sign.
    """
    rows = set[int]()
    run: list[int] = []
    most = 0
    for row, line in enumerate([*lines, ""]):
        cells = line.strip().split("\t")
        if not (run and len(cells) <= most and _is_row(cells)):
            signed = all(is_signer(lines[n]) for n in run)
            rows.update(run if len(run) > 1 and not signed else ())
            run, most = [], len(cells)
        if run or _opens_table(cells):
            run.append(row)
    return frozenset(rows)


def _is_row(cells: list[str]) -> bool:
    """Whether a line may be a row of a table; behind a mark there are two cells more: 1.⇥3%⇥甲."""
    kind = _kind(cells)
    return kind == "text" or (kind in _MARKS and len(cells) > 2)


def _opens_table(cells: list[str]) -> bool:
    """Whether a line may be the first row: it has no mark, and no sentence stands before a tab."""
    return _kind(cells) == "text" and not any(
        cell.rstrip().endswith(("，", "、", "；", "：", "。")) for cell in cells[:-1]
    )


def _kind(cells: list[str]) -> str:
    """What the first of several cells begins with, "" where there is one alone."""
    return segments_of_line("\t".join(cells))[0].kind if len(cells) > 1 else ""


def _cells(line: str) -> Iterator[Segment]:
    """The cells of a row of `tabbed_rows`, empty ones too, and what stands around them."""
    start, at = len(line) - len(line.lstrip()), 0
    for cell in line.strip().split("\t"):
        first = start + len(cell) - len(cell.lstrip())
        last = max(first, start + len(cell.rstrip()))
        if at < first:
            yield Segment(kind="space", start=at, end=first)
        yield Segment(kind="cell", start=first, end=last)
        start, at = start + len(cell) + 1, last
    if at < len(line):
        yield Segment(kind="space", start=at, end=len(line))


def quoted_rows(lines: list[str]) -> frozenset[int]:
    """Rows that lie inside a quotation opened with “ on an earlier row.

    Only a quotation that is closed again counts; one that never closes is a
    misprint and swallows nothing.  A lost row ("") ends every quotation.
    """
    depth, start, inside = 0, 0, set[int]()
    for row, line in enumerate(lines):
        if not line:
            depth = 0
            continue
        if "“" not in line and "”" not in line:
            continue
        before = depth
        # Chinese practice repeats “ at each quoted paragraph and closes once.
        again = before and _WHOLE_QUOTATION.fullmatch(line.strip())
        depth = max(0, depth + line.count("“") - line.count("”") - bool(again))
        if before == 0 and depth:
            start, depth = row, 1
        elif before and depth == 0:
            if row - start <= _LONGEST_QUOTATION:
                inside.update(range(start + 1, row + 1))
        elif depth:
            depth = 1
            if "“" not in line[:2] and row - start > _LONGEST_QUOTATION:
                depth = 0
    return frozenset(inside)


def amended_rows(lines: list[str]) -> frozenset[int]:
    """Rows of an act that amends where it prints new articles without quotation marks.

    They are heads that the line above names before its colon (第三条修改为：, 增加一条，作为第四条：,
    分别作为第五条至第七条：), and the headings between.
    """
    head = islice((line for line in lines if line.strip(SPACE)), _HEAD_LINES)
    if not any(_AMENDING.search(line) and not is_note(line) for line in head):
        return frozenset()  # a law that was amended says so in its note
    filled = [(row, line.strip(SPACE)) for row, line in enumerate(lines) if line.strip(SPACE)]
    rows, new, between = set[int](), frozenset[int](), list[int]()
    for row, line in filled:
        match = ARTICLE_LINE.match(line)
        number = _head_number(line) if match else None
        if number in new:
            rows.update((*between, row))
            between = []
        elif match or not HEADING.fullmatch(line):
            new = _amended(line) or (frozenset() if match or _opens_point(line) else new)
            between = []
        elif new:
            between.append(row)
    return frozenset(rows)


def _amended(line: str) -> frozenset[int]:
    """The articles that a line says it amends or adds, which follow its colon."""
    if not line.endswith(("：", ":")) or not _AMENDED.search(line):
        return frozenset()
    found = [(m, integer(m["num"])) for m in _NAMED.finditer(line)]
    numbers = {number for _, number in found if number}
    for (first, low), (last, high) in pairwise(found):
        if low and high and line[first.end() : last.start()] == "至":
            numbers.update(range(low, min(high, low + _MOST_ADDED)))
    return frozenset(numbers)


def _head_number(line: str) -> int | None:
    match = ARTICLE.match(line)
    return integer(match["num"]) if match else None


def _opens_point(line: str) -> bool:
    mark = mark_at(line, 0, len(line))
    return mark is not None and mark.kind == "point"


def with_kind(token: Token, kind: str) -> Token:
    """The same token under another kind."""
    return token._replace(kind=kind)


def rows_of(tokens: tuple[Token, ...]) -> Iterator[tuple[str, Text]]:
    """Each row's first kind and its whole text, so that a mark and its words stay together."""
    rows: dict[int, tuple[str, list[Text]]] = {}
    for token in tokens:
        rows.setdefault(token.row, (token.kind, []))[1].append(token.text)
    for kind, texts in rows.values():
        yield kind, Text(tuple(piece for text in texts for piece in text))
