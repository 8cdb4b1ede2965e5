"""Sentences that are cut at the end of a line, in a source whose lines stand in order.

A page that is torn into columns is told by the lengths of its lines (`rows.Measure`); here
single lines are cut, among others that are whole paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from duizhao.front import is_closing, is_signer
from duizhao.metadata import is_organ
from duizhao.problems import Problem
from duizhao.segments import segments_of_line
from duizhao.text import HAN
from duizhao.witness import Witness

_LINE = 20  # characters of a line of print at least; labels are shorter
_WRAPPED = 3  # lines that are cut to a width: of fewer, a mark may have been lost
_STOPS = re.compile(rf"[^=＝÷×+＋]*(?:{HAN.pattern}|[，、])")  # within a sentence, no formula


def cut_sentences(
    witness: Witness, problems: Sequence[Problem], omitted: Mapping[int, str]
) -> list[tuple[int, int]] | None:
    """The pairs of lines that are one sentence: the first stops, and the next goes on.

    `problems` are those of the texts, `omitted` are lines that are not printed, with the
    reason.  None where a line begins within a sentence whose beginning does not stand right before.
    """
    begins = {p.position.line for p in problems if p.code == "paragraph-fragment"}
    stops = {p.position.line for p in problems if p.code == "paragraph-unfinished"}
    printed = [n.number for n in witness.lines if not n.blank and n.number not in omitted]
    certain = [(left, right) for left, right in pairwise(printed) if right in begins]
    if len(certain) < len(begins) or any(left not in stops for left, _ in certain):
        return None
    return sorted({*certain, *_wrapped(witness, printed, stops)})


def _wrapped(
    witness: Witness, printed: Sequence[int], stops: Collection[int]
) -> list[tuple[int, int]]:
    """The pairs of lines between which a text goes on that was cut to the width of its page.

    Then several lines are as long as one of print and stop, plain text follows, and the last
    that follows is closed.
    """
    found: list[tuple[int, int]] = []
    closed = True
    for left, right in reversed([*pairwise(printed)]):
        before, after = (witness.line(number).text.strip() for number in (left, right))
        closed = right not in stops or (closed and bool(found) and found[-1][0] == right)
        if left in stops and closed and _is_full(before) and _is_plain(after):
            found.append((left, right))
    return found if len(found) >= _WRAPPED else []


def _is_full(line: str) -> bool:
    """Whether a line that stops may do so for the width of its page, within a sentence."""
    kinds = [segment.kind for segment in segments_of_line(line)]
    return len(line) >= _LINE and bool(_STOPS.fullmatch(line)) and "point" not in kinds


def _is_plain(line: str) -> bool:
    """Whether a line begins without a mark, and is no signature."""
    signs = is_closing(line) or is_organ(line) or is_signer(line)
    return not signs and segments_of_line(line)[0].kind == "text"
