"""Breaks that no line shows: a column that ends with a whole sentence or a whole line.

There nothing tells that the next line belongs elsewhere until a number disagrees,
some lines later.  The lines between go to the run above or to the run below: where
the change is, is told by the words (which of the two uses them), by items that
belong together, by how well the lines meet, and by a sentence cut elsewhere that
goes on there.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from duizhao.editing.examine.evidence import SEAM, logistic
from duizhao.editing.examine.grams import Pairs, Statistics, likeness, pairs_of
from duizhao.editing.examine.rows import Row
from duizhao.editing.examine.runs import Run
from duizhao.ground.problems import phrase

_LIKE = 0.15  # what likeness counts for beside the rest
_TOGETHER = 3.0  # lines that belong together, as items 2 and 3
_MOVES = 1.0  # a break is moved only for more than this


def moved_breaks(runs: tuple[Run, ...], statistics: Statistics) -> tuple[Run, ...]:
    """The runs with each break at a number moved up to the line where it really is."""
    ends: dict[int | None, list[Row]] = defaultdict(list)
    for run, after in zip(runs, (*runs[1:], None), strict=False):  # of no runs none
        if not run.end.closed:
            ends[run.last].append(run.end)
        elif after is not None and _is_open(run, after):
            ends[run.last].extend(_weak_ends(run.rows, statistics))
    out: list[Run] = []
    for run in runs:
        if not out or not _is_open(out[-1], run):
            out.append(run)
            continue
        before = out[-1]
        at, sure = _change(before.rows, run, ends[run.expects], statistics)
        if at == len(before.rows):
            out.append(replace(run, sure=sure))
            continue
        goes_on = _best_seam(ends[run.expects], before.rows[at], statistics) > SEAM
        why = phrase("other words begin")
        if goes_on:
            why = phrase("goes on from a sentence cut elsewhere")
        out[-1] = replace(before, rows=before.rows[:at])
        out.append(Run(rows=before.rows[at:] + run.rows, why=why, sure=sure))
    return tuple(out)


def _is_open(before: Run, run: Run) -> bool:
    """Whether the break before a run may stand some lines higher."""
    return not run.goes_on and run.expects is not None and before.end.closed


def _change(
    rows: tuple[Row, ...], run: Run, ends: list[Row], statistics: Statistics
) -> tuple[int, float]:
    """Index in `rows` of the first that belongs to `run`, their number where none does.

    And how certain that is, from 0.5 to 1: how much worse the next best place is.
    """
    start = _tail(rows)
    above, below = Pairs(pairs_of(row.words for row in rows[:start])), Pairs(run.pairs)
    both = Pairs(above.counts, below.counts)
    scores = [(_MOVES, len(rows))]
    odds = 0.0
    for at in range(len(rows) - 1, start - 1, -1):
        text = pairs_of([rows[at].words])
        odds += likeness(text, below, both) - likeness(text, above, both)
        score = _LIKE * odds - _together(rows[at - 1], rows[at], statistics)
        scores.append((score + _best_seam(ends, rows[at], statistics), at))
    scores.sort(reverse=True)
    lead = scores[0][0] - scores[1][0] if len(scores) > 1 else math.inf
    return scores[0][1], logistic(lead)


def _together(left: Row, right: Row, statistics: Statistics) -> float:
    """How much speaks for it that two neighbouring lines belong together."""
    follows = right.kind == "item" and (
        right.first == (left.first or 0) + 1 if left.kind == "item" else right.first == 1
    )
    if right.wrapped:
        return statistics.junction(left.words, right.words)
    if follows or left.text.endswith(("：", ":", "；", ";")):
        return _TOGETHER + statistics.junction(left.words, right.words)
    return statistics.junction(left.words, right.words) / 2


def _best_seam(ends: list[Row], row: Row, statistics: Statistics) -> float:
    """How well a line goes on from the best of some cut sentences."""
    return max((statistics.junction(end.words, row.words) for end in ends), default=0.0)


def _weak_ends(rows: tuple[Row, ...], statistics: Statistics) -> Iterator[Row]:
    """The lines of a narrow column that may be its last: the next does not read on."""
    for left, right in pairwise(rows[_tail(rows) - 1 :]):
        if right.wrapped and statistics.junction(left.words, right.words) < SEAM:
            yield left


def _tail(rows: tuple[Row, ...]) -> int:
    """Index of the first of the plain lines after the last article or heading."""
    start = len(rows)
    while start > 1 and rows[start - 1].kind in ("text", "item", "subitem"):
        start -= 1
    return start
