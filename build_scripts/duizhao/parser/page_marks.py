"""What a print says on every page, round a law's text: the page's number, its running head.

Only lines that say nothing else, and for heads only those that stand at the edges of pages
again and again between the first provision and the last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from duizhao.ground.patterns import FURNITURE, begins_provision, is_finished
from duizhao.ground.text import HAN
from duizhao.parser.front import ends_like_title, is_note
from duizhao.parser.segments import compact, segments_of_line

_APART = 5  # lines that must stand between two pages' marks
_LONGEST = 60  # characters of a running head
_MOST_SORTS = 3  # of heads: those of left and right pages, and pages without one
_FRONT = 4  # lines in which a law begins behind its title
_NUMBERED = re.compile(r"[-—–－·• ]*(?P<first>\d{1,4})[-—–－·• ]+(?P<right>\D.*)"
                       r"|(?P<left>.*\D)[-—–－·• ]+(?P<last>\d{1,4})[-—–－·• ]*")  # fmt: skip
_AT_AN_END = re.compile(r"^[-—–－·• ]*\d|\d[-—–－·• ]*$")
#: A page's number, and what may stand round it: 3, 3 / 9, Page 3 of 9, [3], ～3～.
_NUMBER = re.compile(
    r"(?P<before>(?:[Pp](?:age|\.)?|页|[\[［～~_])? *)(?P<number>\d{1,4})"
    r"(?P<after>(?: *[/|] *\d{1,4}| *of *\d{1,4}| *[\]］～~_])?)"
)
#: The links between the pages that a web site divides a text into: 上一页 1 2 3 下一页.
_TURNS = re.compile(
    r"(?=.*[上下前后]一页)(?:首页|[上下前后]一页|末页|尾页|第?\d++页?|共\d++页|\.{3}|…|[\s|\[\]【】()（）<>«»]){1,60}+"
)
_STOPS = ("。", "；", "：", "，", "、", "”", "|")


def page_rows(lines: Sequence[str]) -> frozenset[int]:
    """The rows that hold a page's number, or the head that stands on every page."""
    turned = {
        row for row, line in enumerate(lines) if "一页" in line and _TURNS.fullmatch(line.strip())
    }
    numbers = page_numbers(lines) | turned
    return numbers | _heads(lines, numbers)


def page_numbers(lines: Sequence[str]) -> frozenset[int]:
    """Rows that hold a page number and nothing else: those of one form count up, far apart."""
    forms = defaultdict[tuple[str, str], list[tuple[int, int]]](list)
    for row, line in enumerate(lines):
        if len(line) < _LONGEST and (found := _NUMBER.fullmatch(line.strip())):
            forms[found["before"], found["after"]].append((row, int(found["number"])))
    return frozenset(row for pages in forms.values() if _count_up(pages) for row, _ in pages)


def _count_up(pages: Sequence[tuple[int, int]]) -> bool:
    """Whether rows with numbers are two or more, each the next one, far apart."""
    return len(pages) > 1 and all(
        number == before + 1 and row - above >= _APART
        for (above, before), (row, number) in pairwise(pages)
    )


def _heads(lines: Sequence[str], numbers: frozenset[int]) -> frozenset[int]:
    """The rows of the heads of pages."""
    written = [row for row, line in enumerate(lines) if line.strip()]
    body = [row for row in written if begins_provision(lines[row])]
    if len(body) < 2:
        return frozenset()
    within = range(body[0], body[-1])
    pages, edges = _edges(lines, written, numbers)
    at_edges = defaultdict[str, list[int]](list)
    for row in edges:
        at_edges[compact(lines[row])].append(row)
    found = set[int]()
    for rows in at_edges.values():
        often = len(rows) > 1 and len(rows) * _MOST_SORTS >= pages
        if often and any(row in within for row in rows) and _is_head(lines[rows[0]]):
            found.update(row for row in rows if row > 0 or not ends_like_title(lines[row]))
    found.update(_numbered_heads(lines, within))
    found.update(_titles(lines, within))
    return frozenset(found)


def _edges(
    lines: Sequence[str], written: Sequence[int], numbers: frozenset[int]
) -> tuple[int, list[int]]:
    """How many pages end within the lines, and the rows beside their numbers or form feeds."""
    short = (row for row in written if len(lines[row]) <= _LONGEST)
    marks = numbers | {row for row in short if FURNITURE.fullmatch(lines[row].strip())}
    fed = {row for row in written if lines[row].startswith("\f")}
    beside = {0, *fed}
    for before, after in pairwise(written):
        beside.update([after] if before in marks else [], [before] if after in marks else [])
    return max(len(marks), len(fed)), sorted(beside.intersection(written) - marks)


def _is_head(line: str) -> bool:
    """Whether a line could be the head of a page: words without a mark, no sentence."""
    tight = compact(line)
    return (
        len(tight) <= _LONGEST
        and len(HAN.findall(tight)) > 1
        and not tight.endswith(_STOPS)
        and {s.kind for s in segments_of_line(line)} <= {"text", "space"}
    )


def _numbered_heads(lines: Sequence[str], within: range) -> Iterator[int]:
    """The rows that are a head with the page's number: 3　某市公报, 某市公报 - 4 -.

    Three at least count up, and one cuts a sentence, or stands over the law too.
    """
    found = defaultdict[str, list[tuple[int, int]]](list)
    over = {compact(line) for line in lines[: within.start]}
    for row, line in enumerate(lines):
        words = line.strip() if len(line) <= _LONGEST else ""
        match = _NUMBERED.fullmatch(words) if _AT_AN_END.search(words) else None
        if match and _is_head(head := match["right"] or match["left"]):
            found[compact(head)].append((row, int(match["first"] or match["last"])))
    both = {row: number for pages in found.values() if len(pages) > 1 for row, number in pages}
    apart = all(b - a >= _APART and n > m for (a, m), (b, n) in pairwise(sorted(both.items())))
    if len(both) < 3 or not apart:
        return
    if any(row in within and _cuts(lines, row) for row in both) or over & found.keys():
        yield from both


def _cuts(lines: Sequence[str], row: int) -> bool:
    """Whether the line above stops within a sentence."""
    above = next((lines[at] for at in range(row - 1, -1, -1) if lines[at].strip()), "。")
    return not is_finished(above) and not above.rstrip().endswith(_STOPS)


def _titles(lines: Sequence[str], within: range) -> Iterator[int]:
    """The rows within the law that are its title alone, printed on page after page."""
    over = (line for line in lines[: within.start] if ends_like_title(line))
    title = {compact(line) for line in over if _is_head(line)}
    begins = {name[0] for name in title}
    like = (row for row in within if lines[row].lstrip()[:1] in begins)
    rows = [row for row in like if compact(lines[row]) in title]
    begun = [row for row in rows if any(_begins_law(line) for line in _below(lines, row))]
    if len(rows) > 1 and not begun and all(b - a >= _APART for a, b in pairwise(rows)):
        yield from rows


def _below(lines: Sequence[str], row: int) -> Iterator[str]:
    """The first lines behind a row that are not blank."""
    return islice((lines[at] for at in range(row + 1, len(lines)) if lines[at].strip()), _FRONT)


def _begins_law(line: str) -> bool:
    """Whether a line is of the front of a law, its first heading or its first article."""
    first = [(s.kind, s.number) for s in segments_of_line(line) if s.kind != "space"][:1]
    return is_note(line) or any(
        kind == "contents_head" or (kind in ("heading", "article", "point") and number == 1)
        for kind, number in first
    )
