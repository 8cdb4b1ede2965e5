"""Which printing of a repeated passage to keep.

Under one number: the printing that goes on best, else that which stands in the order of
its law, else the last.  Under several numbers: the one that leaves the fewest numbers of
the law without a text; among equals the number printed most often, then the last printing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from duizhao.editing.examine.chain import Chain
from duizhao.editing.examine.evidence import SEAM
from duizhao.editing.examine.grams import Statistics
from duizhao.editing.examine.repeats import Repeat
from duizhao.editing.examine.rows import FRONT, Row
from duizhao.ground.problems import phrase

_WITHIN = ("text", "item", "subitem", "heading")  # what stands between two articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A row not to be printed: it repeats `kept`; `number` the number it rejects, if any."""

    row: Row
    kept: Row
    number: int | None = None
    exact: bool = True
    evidence: str
    confidence: float = 1.0


def same_number(
    rows: tuple[Row, ...], repeats: tuple[Repeat, ...], statistics: Statistics
) -> list[Dropped]:
    """Repetitions that contradict nothing: the same words under the same number.

    A row without a number follows the row above it where that is repeated too.
    """
    heads = _governing(rows)
    passages = _Passages(rows, heads, repeats, statistics)
    out: list[Dropped] = []
    kept: dict[int, int] = {}  # for each printing that which is kept
    for repeat in repeats:
        by_number: dict[int | None, list[int]] = {}
        for index in repeat.rows:
            by_number.setdefault(heads[index], []).append(index)
        for number, places in by_number.items():
            if number is None or len(places) < 2:
                continue
            if not repeat.exact and not all(rows[at].kind == "article" for at in places):
                # Laws say similar things of similar cases: only below what is left out.
                if (above := kept.get(places[0] - 1)) is not None and above + 1 in places:
                    out.extend(_drop(rows, places, above + 1, repeat))
                    kept.update(dict.fromkeys(places, above + 1))
                continue
            uncut = _whole([rows[at] for at in places], exact=repeat.exact)
            whole = [at for at in places if rows[at] in uncut]
            cut = not all(rows[at].closed for at in places)
            best = max(
                whole,
                key=lambda at: (
                    _goes_on(rows, at, statistics) if cut else 0.0,
                    passages.fit(at, places),
                    at,
                ),
            )
            out.extend(_drop(rows, places, best, repeat))
            kept.update(dict.fromkeys(places, best))
    return out


class _Passages:
    """Repeated passages, and how well each printing stands among what is around it."""

    def __init__(
        self,
        rows: tuple[Row, ...],
        heads: list[int | None],
        repeats: tuple[Repeat, ...],
        statistics: Statistics,
    ) -> None:
        self._rows, self._heads, self._statistics = rows, heads, statistics
        self._same = {at: frozenset(repeat.rows) for repeat in repeats for at in repeat.rows}
        self._ends: dict[tuple[int, int, int], int] = {}  # of what was walked, with its end

    def fit(self, at: int, places: Sequence[int]) -> int:
        """At how many of its two ends the passage around a row goes on from, or to, its law.

        `places` are those of the row's printings.
        """
        other = next(place for place in places if place != at)
        first, last = self._reach(at, other, -1), self._reach(at, other, 1)
        return self._follows(first) + self._is_followed(last)

    def _reach(self, at: int, other: int, step: int) -> int:
        """The last row, from `at` on, that is repeated beside `other` too."""
        away = other - at
        walked = [at]
        while (key := (walked[-1], away, step)) not in self._ends:
            if walked[-1] + step not in self._same.get(walked[-1] + away + step, ()):
                self._ends[key] = walked[-1]
            else:
                walked.append(walked[-1] + step)
        end = self._ends[key]
        self._ends.update(((row, away, step), end) for row in walked)
        return end

    def _follows(self, at: int) -> bool:
        row, before = self._rows[at], self._heads[at - 1] if at else None
        expected = (row.first or 0) - 1 if row.kind == "article" else self._heads[at]
        return before is not None and before == expected

    def _is_followed(self, at: int) -> bool:
        rows, number = self._rows, self._heads[at]
        if at + 1 == len(rows) or number is None:
            return False
        if not rows[at].closed:
            return self._statistics.junction(rows[at].words, rows[at + 1].words) > SEAM
        after = next(
            (n for n in range(at + 1, len(rows)) if rows[n].kind not in _WITHIN), len(rows)
        )
        return (
            after < len(rows) and rows[after].first == number + 1 and rows[after].kind == "article"
        )


def _whole(places: Sequence[Row], *, exact: bool) -> Sequence[Row]:
    """Those of several printings that are not cut short where others are not."""
    if not exact:
        return [row for row in places if row.closed] or places
    longest = max(len(row.words) for row in places)
    return [row for row in places if len(row.words) == longest]


def _drop(rows: tuple[Row, ...], places: list[int], best: int, repeat: Repeat) -> list[Dropped]:
    return [
        Dropped(row=rows[at], kept=rows[best], exact=repeat.exact, evidence=phrase("printed twice"))
        for at in places
        if at != best
    ]


def _goes_on(rows: tuple[Row, ...], at: int, statistics: Statistics) -> float:
    """How well the row after a row continues it."""
    if at + 1 >= len(rows):
        return 0.0
    return statistics.junction(rows[at].words, rows[at + 1].words)


def _governing(rows: tuple[Row, ...]) -> list[int | None]:
    """For each row the number of the article it is printed under, as the page has it."""
    out: list[int | None] = []
    current: int | None = None
    for row in rows:
        if row.kind == "article":
            current = row.last
        elif row.kind in FRONT or row.kind in ("contents_head", "heading", "furniture"):
            current = None
        out.append(current)
    return out


def conflicting(
    chains: list[Chain], repeats: tuple[Repeat, ...], rows: tuple[Row, ...]
) -> list[list[Dropped]]:
    """For each law the repetitions under different numbers: keep one, reject the others."""
    owner = dict(zip((row.line for row in rows), _governing(rows), strict=True))
    before = {right.line: left for left, right in pairwise(rows)}
    law = {row.line: number for number, chain in enumerate(chains) for row in chain.rows}
    mine: dict[int, list[Repeat]] = defaultdict(list)
    for repeat in repeats:
        for number in sorted({law[line] for line in _lines(repeat, rows) if line in law}):
            mine[number].append(repeat)
    return [
        _conflicting(chain, mine[number], rows, owner, before)
        for number, chain in enumerate(chains)
    ]


def _lines(repeat: Repeat, rows: tuple[Row, ...]) -> list[int]:
    return [rows[at].line for at in repeat.rows]


def _conflicting(
    chain: Chain,
    repeats: list[Repeat],
    rows: tuple[Row, ...],
    owner: dict[int, int | None],
    before: dict[int, Row],
) -> list[Dropped]:
    """The same for one law; `owner` the article a line is under, `before` the row before it."""
    inside = {row.line for row in chain.rows}
    implied = _implied(chain)
    covered = Counter(
        number
        for row in chain.rows
        if row.kind == "article" and row.first is not None
        for number in range(row.first, (row.last or row.first) + 1)
    )
    votes = {id(repeat): Counter(owner[rows[at].line] for at in repeat.rows) for repeat in repeats}
    out: list[Dropped] = []
    chosen: dict[int, Row] = {}
    for repeat in repeats:
        places = [rows[at] for at in repeat.rows if rows[at].line in inside]
        if len(places) < 2 or not repeat.exact:
            continue  # near repetitions are reported; laws say similar things of similar cases
        whole = _whole(places, exact=repeat.exact)
        if all(p.kind != "article" for p in places):
            kept = _beside(whole, chosen, before)
        else:
            kept = max(
                whole,
                key=lambda p: (
                    p.kind == "article",
                    p.first not in implied and covered[p.first or 0] == 1,
                    votes[id(repeat)][owner[p.line]],
                    p.line,
                ),
            )
        if kept.kind == "article":
            covered.subtract(p.first for p in places if p is not kept and p.first is not None)
        for place in places:
            chosen[place.line] = kept
            if place is not kept:
                out.append(_rejected(place, kept, repeat, owner[place.line]))
    return out


def _rejected(place: Row, kept: Row, repeat: Repeat, number: int | None) -> Dropped:
    return Dropped(
        row=place,
        kept=kept,
        number=number if place.kind == "article" else None,
        exact=repeat.exact,
        evidence=(
            phrase("one text under several numbers")
            if place.kind == "article"
            else phrase("printed again")
        ),
        confidence=0.6,
    )


def _beside(places: Sequence[Row], chosen: dict[int, Row], before: dict[int, Row]) -> Row:
    """The printing that stands after a printing already kept, so that a passage stays whole."""
    for place in reversed(places):
        above = before.get(place.line)
        if above is not None and chosen.get(above.line) is above:
            return place
    return places[-1]


def _implied(chain: Chain) -> set[int]:
    """Numbers whose text stands on the page without its head: before article n, n - 1."""
    return {
        run.expects
        for run, before in zip(chain.runs[1:], chain.runs, strict=False)
        if run.goes_on and run.expects is not None and before.end.closed
    }
