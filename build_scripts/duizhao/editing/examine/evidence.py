"""What speaks for a run going on from another: odds, and what is said of them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from duizhao.editing.examine.grams import Statistics
from duizhao.editing.examine.runs import Run
from duizhao.ground.problems import counted, phrase

#: Odds for or against, in nats; what speaks for it in words, "" where nothing is to be said.
Evidence = tuple[float, str]

_BACKWARD = -16.0
_AGAIN = -2.0
SEAM = 1.0  # from here on the characters across a joint tell something


def logistic(odds: float) -> float:
    """The probability (0 to 1) that odds, in nats, are of."""
    return 1 / (1 + math.exp(-odds))


def missing_between(last: int | None, run: Run) -> int:
    """How many articles there are, by their numbers, between article `last` and a run."""
    return max(0, (run.expects or 0) - last) if last is not None else 0


def by_numbers(last: int | None, run: Run, *, again: bool = False) -> Evidence:
    """Whether the numbers of articles go on after article `last`.

    The same number `again` is a misprint where the run stands next to that article in its law.
    """
    expects = run.expects
    if expects is None or last is None:
        return (0.0, "")
    if expects == last:
        return (6.0, phrase(f"article {run.first} follows article {last}"))
    if missing := missing_between(last, run):
        articles = counted(missing, "article", "articles")
        return (-0.8 * min(missing, 6), phrase(f"{articles} between {last} and {run.first}"))
    odds = _AGAIN if again and run.first == last else _BACKWARD
    return (odds, phrase(f"article {run.first} after article {last}"))


def by_sentence(before: Run, run: Run, statistics: Statistics) -> Evidence:
    """Whether a cut sentence goes on."""
    cut = not before.end.closed
    if cut and run.goes_on:
        joint = statistics.junction(before.end.words, run.head.words)
        seam = f"{before.end.words[-4:]}|{run.head.words[:4]}"
        if joint > SEAM:
            return (4 + joint, phrase(f"a cut sentence goes on: {seam}"))
        return (4 + joint, phrase(f"a cut sentence, and a line beside: {seam}"))
    if cut:
        return (-5.0, phrase("a cut sentence does not go on here"))
    return (-1.0, "") if run.goes_on else (1.0, "")


def by_headings(contents: Mapping[int, str], chapter: int | None, run: Run) -> Evidence:
    """Whether chapter headings stand in the contents of the law and follow its last chapter."""
    score, why = 0.0, ""
    for heading in run.chapters:
        named = contents.get(heading.first or 0)
        if named is None:
            continue
        if named == heading.words:
            score, why = score + 6, phrase(f"{heading.words} stands in the contents")
        else:
            score -= 6
    first = run.chapters[0].first if run.chapters else None
    if first is not None and chapter is not None:
        score += 2 if first == chapter + 1 else -2
    return (score, why)


def by_place(before: int, after: int) -> Evidence:
    """Whether one place on the page is next to another, or behind it."""
    if after == before + 1:
        return (1.5, phrase("next on the page"))
    return (0.5, "") if after > before else (-0.5, "")
