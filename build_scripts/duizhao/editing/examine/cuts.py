"""Sentences that are cut at the end of a line, in a source whose lines stand in order.

A page that is torn into columns is told by the lengths of its lines (`rows.Measure`); here
single lines are cut, among others that are whole paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from duizhao.ground.patterns import ARTICLE_LINE
from duizhao.ground.problems import Problem, display_width
from duizhao.ground.text import HAN
from duizhao.parser.closings import is_closing, is_signer
from duizhao.parser.front import is_note
from duizhao.parser.organs import is_organ
from duizhao.parser.segments import segments_of_line
from duizhao.sources.witness import Witness

_LINE = 20  # characters of a line of print at least; labels are shorter
_WRAPPED = 3  # lines that are cut to a width: of fewer, a mark may have been lost
_INDENT = ("　", "  ", "\t", "\u00a0\u00a0")
_RAGGED = 3  # characters by which a full line may fall short, for a mark or a word that goes below
_ALONE = ("heading", "bare", "annex", "contents_head", "cell", "markup")  # lines of their own
_PREAMBLE = ("为", "根据", "依据", "按照", "鉴于")  # how the text before the first article begins
_SENTENCES = ("。", "。”", "。）")
_ENDS = (*_SENTENCES, "！", "？", "：", ":")  # a line that ends so may end its paragraph
_STOPS = re.compile(rf"[^=＝÷×+＋]*(?:{HAN.pattern}|[，、])")  # within a sentence, no formula


class Cuts(NamedTuple):
    """Pairs of lines that are one text, and lines that fill their page and end a sentence.

    Behind one of these the same paragraph may go on, or another begin: the source does not tell.
    `wrapped`: the text is set in lines, which are cut to a width.
    """

    joins: list[tuple[int, int]]
    doubtful: list[int]
    wrapped: bool


def cut_sentences(
    witness: Witness,
    problems: Sequence[Problem],
    omitted: Mapping[int, str],
    heads: Collection[int],
) -> Cuts | None:
    """Where a text stops at the end of a line, and goes on in the next.

    `problems` are those of the texts, `omitted` are lines that are not printed, with the
    reason, `heads` those in which an article begins.  None where a line begins within a sentence
    whose beginning does not stand right before.
    """
    begins = {p.position.line for p in problems if p.code == "paragraph-fragment"}
    stops = {p.position.line for p in problems if p.code == "paragraph-unfinished"}
    lines = {
        n.number: n.text.rstrip() for n in witness.lines if not n.blank and n.number not in omitted
    }
    certain = [(a, b) for a, b in pairwise(lines) if a in stops and b in begins]
    plain = {n for n, line in lines.items() if _is_plain(line.strip(), head=n in heads)}
    found = {*certain, *_wrapped(lines, stops, plain)}
    doubtful: list[int] = []
    if len(found) >= _WRAPPED:
        full = _page_width([lines[left] for left, _ in found])
        if _is_set_in(lines, [lines[right] for _, right in found]):
            found.update(_set_in(lines, full))
        else:
            ends = [(a, b) for a, b in _filled(lines, full) if b in plain]
            found.update((a, b) for a, b in ends if not lines[a].endswith(_ENDS))
            doubtful = [a for a, _ in ends if lines[a].endswith(_SENTENCES)]
    ready = begins <= {right for _, right in found}
    return Cuts(sorted(found), doubtful, len(found) >= _WRAPPED) if ready else None


def _page_width(lines: Sequence[str]) -> Callable[[str], bool]:
    """Whether a line is as long as its page is wide, told by lines that stop where it ends.

    In characters or in columns: figures and Latin letters may take half the room of others.
    """
    columns = median(map(display_width, lines)) - 2 * _RAGGED
    characters = median(map(len, lines)) - _RAGGED
    return lambda line: display_width(line) >= columns or len(line) >= characters


def _is_set_in(lines: Mapping[int, str], goes_on: Sequence[str]) -> bool:
    """Whether paragraphs begin with spaces: articles do, and lines that go on do not."""
    heads = [line for line in lines.values() if ARTICLE_LINE.match(line)]
    astray = sum(line.startswith(_INDENT) for line in goes_on)
    set_in = sum(line.startswith(_INDENT) for line in heads)
    return astray * 10 <= len(goes_on) and set_in * 10 >= len(heads) * 9


def _set_in(lines: Mapping[int, str], full: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The pairs of lines that are one text where all paragraphs begin with spaces.

    A line without goes on with a full one above, also behind a full stop, and with words that
    look like a number of their own.
    """
    within = False
    for above, below in pairwise(lines):
        within = within or lines[above].startswith(_INDENT)
        within = within and not lines[below].startswith(_INDENT) and full(lines[above])
        if within and _kind(lines[below]) not in _ALONE:
            yield above, below
        else:
            within = False


def _filled(lines: Mapping[int, str], full: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The pairs of lines of a law's text, that before its first article too, whose first is full."""
    begun = False
    for above, below in pairwise(lines):
        line = lines[above].strip()
        opens = line.startswith(_PREAMBLE) and not is_note(line)
        begun = begun or opens or _kind(line) in ("article", "point")
        if begun and full(line) and _kind(line) not in _ALONE:
            yield above, below


def _kind(line: str) -> str:
    """What a line begins with."""
    return next((s.kind for s in segments_of_line(line) if s.kind != "space"), "blank")


def _wrapped(
    lines: Mapping[int, str], stops: Collection[int], plain: Collection[int]
) -> list[tuple[int, int]]:
    """The pairs of lines between which a text goes on that was cut to the width of its page.

    Then several lines are as long as one of print and stop, plain text follows, and the last
    that follows is closed.
    """
    found: list[tuple[int, int]] = []
    closed = True
    for left, right in reversed([*pairwise(lines)]):
        closed = right not in stops or (closed and bool(found) and found[-1][0] == right)
        if left in stops and closed and _is_full(lines[left].strip()) and right in plain:
            found.append((left, right))
    return found if len(found) >= _WRAPPED else []


def _is_full(line: str) -> bool:
    """Whether a line that stops may do so for the width of its page, within a sentence."""
    kinds = [segment.kind for segment in segments_of_line(line)]
    return len(line) >= _LINE and bool(_STOPS.fullmatch(line)) and "point" not in kinds


def _is_plain(line: str, *, head: bool) -> bool:
    """Whether a line begins without a mark, and is no signature; not `head`: 第六条 is mentioned."""
    signs = is_closing(line) or is_organ(line) or is_signer(line)
    return not signs and _kind(line) in (("text",) if head else ("text", "article"))
