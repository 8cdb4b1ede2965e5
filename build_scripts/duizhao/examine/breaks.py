"""Breaks that no line shows: a column that ends with a whole sentence.

Where a column ends at a full stop, nothing tells that the next line belongs
elsewhere until an article number disagrees, some lines later.  The lines between
are then moved to the run whose cut sentence they continue.
"""

from __future__ import annotations

from duizhao.examine.chains import SEAM, Statistics
from duizhao.examine.rows import Row
from duizhao.examine.runs import Run


def moved_breaks(runs: tuple[Run, ...], statistics: Statistics) -> tuple[Run, ...]:
    """The runs with each break at a number moved up to the line where it really is."""
    out: list[Run] = []
    for run in runs:
        before = out[-1] if out else None
        at = _continuation(before, run, runs, statistics) if before else None
        if before is None or at is None:
            out.append(run)
            continue
        out[-1] = Run(rows=before.rows[:at], why=before.why)
        out.append(
            Run(rows=before.rows[at:] + run.rows, why="goes on from a sentence cut elsewhere")
        )
    return tuple(out)


def _continuation(
    before: Run, run: Run, runs: tuple[Run, ...], statistics: Statistics
) -> int | None:
    """Index in `before` of the line that continues a sentence cut before article `run.first`."""
    if run.goes_on or run.expects is None or not before.end.closed:
        return None
    tail = _tail(before)
    ends = [
        other.end
        for other in runs
        if other is not before and not other.end.closed and other.last == run.expects
    ]
    best: tuple[float, int] | None = None
    for at in tail:
        for end in ends:
            seam = statistics.junction(end.words, before.rows[at].words)
            own = statistics.junction(before.rows[at - 1].words, before.rows[at].words)
            if seam > SEAM and seam > own and (best is None or seam > best[0]):
                best = (seam, at)
    return best[1] if best else None


def _tail(run: Run) -> range:
    """Indices of the plain lines after the run's last article or heading."""
    rows: tuple[Row, ...] = run.rows
    start = len(rows)
    while start > 1 and rows[start - 1].kind in ("text", "item", "subitem"):
        start -= 1
    return range(start, len(rows))
