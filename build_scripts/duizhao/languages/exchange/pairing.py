"""Paragraphs paired by length and position: Gale and Church's dynamic programme.

A Program for Aligning Sentences in Bilingual Corpora, Computational Linguistics 19
(1993).  Item numbers and numbers in the text count as evidence beside length; a band
round the diagonal keeps the work linear.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from duizhao.languages.exchange.agree import en_numbers, zh_numbers
from duizhao.languages.exchange.english import Block
from duizhao.languages.exchange.slots import Slot

_VARIANCE = 11.0  # of English length per Chinese character
_PRIOR = {(1, 1): 0.0, (1, 0): 5.0, (0, 1): 5.0, (2, 1): 3.5, (1, 2): 3.5}
_BAND = 60  # blocks off the diagonal that are still tried, at least


class _Side(NamedTuple):
    """What the dynamic programme knows of one unit."""

    length: float
    label: int
    numbers: frozenset[object]


def paired(
    slots: Sequence[Slot], blocks: Sequence[Block], ratio: float
) -> list[tuple[tuple[Slot, ...], tuple[Block, ...]]]:
    """The cheapest way through both sequences: 1-1, 1-2, 2-1, or nothing on one side."""
    labelled = any(b.label for b in blocks)
    left = [
        _Side(
            len(s.text) * ratio,
            s.label if labelled else 0,
            frozenset(min(v) for _, v in zh_numbers(s.text)),
        )
        for s in slots
    ]
    values = [frozenset[object](en_numbers(b.text)) for b in blocks]
    right = [_Side(len(b.text), b.label, v) for b, v in zip(blocks, values, strict=True)]
    rows, columns = len(left), len(right)
    best: dict[tuple[int, int], float] = {(0, 0): 0.0}
    came: dict[tuple[int, int], tuple[int, int]] = {}
    slope = columns / rows if rows else 0.0
    band = max(_BAND, slope)  # what is tried for one row must meet what is tried for the next
    for i in range(rows + 1):
        centre = i * slope
        low = max(0, math.floor(centre - band)) if rows else 0
        high = min(columns, math.ceil(centre + band)) if rows else columns
        for j in range(low, high + 1):
            for step, prior in _PRIOR.items():
                before = (i - step[0], j - step[1])
                if before not in best:
                    continue
                cost = (
                    best[before] + prior + _cost(left[before[0] : i], right[before[1] : j], ratio)
                )
                if cost < best.get((i, j), math.inf):
                    best[i, j], came[i, j] = cost, step
    out = []
    at = (rows, columns)
    while at != (0, 0):
        step = came[at]
        before = (at[0] - step[0], at[1] - step[1])
        out.append((tuple(slots[before[0] : at[0]]), tuple(blocks[before[1] : at[1]])))
        at = before
    return out[::-1]


def _cost(left: Sequence[_Side], right: Sequence[_Side], ratio: float) -> float:
    """The cost of pairing: unlike lengths, item numbers and numbers in the text."""
    if not left or not right:
        return 0.0
    expected = sum(s.length for s in left)
    found = sum(s.length for s in right)
    delta = (found - expected) / math.sqrt(max(expected / ratio, 1.0) * _VARIANCE * ratio)
    cost = min(delta * delta / 2, 12.0)
    if left[0].label != right[0].label:
        cost += 4.0 if left[0].label else 1.5
    elif left[0].label:
        cost -= 2.0
    if any(s.label for s in (*left[1:], *right[1:])):
        cost += 6.0  # an item begins a unit of its own
    wanted = frozenset[object]().union(*(s.numbers for s in left))
    given = frozenset[object]().union(*(s.numbers for s in right))
    if wanted:
        share = len(wanted & given) / len(wanted)
        cost += 3.0 - 6.0 * share
    return cost
