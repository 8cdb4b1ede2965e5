"""Stretches of a law whose words are another law's: numbers alone may have put them there.

Where two laws break off at one number, the numbers go on as well from either, and so do the
sentences of a column that ends with a whole one.  What is told here decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.editing.examine.chains import chains_near
from duizhao.editing.examine.findings import Examination, LawFound, groups_of
from duizhao.editing.examine.grams import Pairs, likeness, pairs_of
from duizhao.editing.examine.runs import Run
from duizhao.editing.examine.tables import QUOTE, line_span
from duizhao.ground.problems import visible

# Odds, in nats, from which on a stretch is to be looked at.  On pages torn by lot more than half
# of what is told stood in the wrong law, and most of the rest in one of two laws that were one.
_ASTRAY = 20.0


def astray_in(found: Examination, law: LawFound) -> Iterator[tuple[Run, int]]:
    """The runs of a law whose words are much more another's, each with the number of that law."""
    chains = [each.chain for each in found.laws]
    words = found.words
    mine = next(number for number, each in enumerate(found.laws) if each is law)
    printed = {row.line for row in law.rows}
    for place, run in zip(law.chain.places, law.chain.runs, strict=True):
        text = pairs_of(row.words for row in run.rows if row.line in printed)
        near = {mine, *chains_near(chains, place)}
        laws = Pairs(*(words[number].counts for number in near))
        odds = {
            number: likeness(text, words[number], laws, in_law=number == mine, in_laws=True)
            for number in near
        }
        best = max(odds, key=lambda number: odds[number])
        if odds[best] > odds[mine] + _ASTRAY:
            yield run, best


def told_astray(found: Examination, law: LawFound) -> Iterator[str]:
    """The same as a comment in the draft of the law."""
    lines = [
        f"# 第{line_span(group[0], group[-1])}行（更像{_named(found.laws[other])}）："
        f"{visible(found.witness.line(group[0]).text.strip()[:QUOTE])}"
        for run, other in astray_in(found, law)
        for group in groups_of(found, run)
    ]
    if lines:
        yield "\n".join(
            ["# 以下各行排在本法规中，用词却更像同一版面上的另一部法规，请核对归属：", *lines]
        )


def _named(law: LawFound) -> str:
    return f"“{visible(law.title)}”" if law.title else "没有标题的一部"
