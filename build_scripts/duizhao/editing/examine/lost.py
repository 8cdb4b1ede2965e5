"""Laws whose article 1 is not on the page, told by what no other law goes on with.

What is left over when the laws that begin on a page are put in order is of a law that
begins elsewhere where a title is left over as well, or where its words are hardly more
those of a law told apart than of the page as a whole.  Where only one law was told apart
the page is that law and what it left; then it shares few of its words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from duizhao.editing.examine.grams import Pairs, familiar, likeness
from duizhao.editing.examine.runs import Run

_FEWEST = 3  # articles; fewer are more often numbers misread
_OWN = 7.0  # odds, in nats, from which on what a law left is its own
_SHARED = 1 / 3  # of the pairs of what one law alone left, from which on it is its own


def first_of_lost_law(
    runs: Sequence[Run], laws: Sequence[Pairs], rest: Mapping[int, Run]
) -> int | None:
    """The place of the run with which a law begins that has no article 1; None where none does.

    `laws` are the words of the laws told apart, `rest` the runs they left, by their places.
    """
    left = {at: run for at, run in rest.items() if run.first is not None}
    articles = sum(row.kind == "article" for run in left.values() for row in run.rows)
    if articles < _FEWEST:
        return None
    titles = {row.words for run in runs for row in run.rows if row.kind == "title"}
    if len(titles) <= len(laws):
        text = Pairs(*(run.pairs for run in left.values())).counts
        page = Pairs(*(run.pairs for run in runs))
        if len(laws) == 1 and familiar(text, laws[0]) > _SHARED:
            return None
        if any(likeness(text, law, page, in_laws=True) > _OWN for law in laws):
            return None
    return min(left, key=lambda at: (left[at].first or 0, at))
