"""Chains: runs put in reading order, one chain a law.

A chain grows from a run that holds article 1.  At each step the best pair of a
chain's end and a run not yet placed is joined; what counts is the article
numbers, whether a cut sentence meets a continuation, how often the characters
across the joint stand together elsewhere in the witness, the chapter headings
against the table of contents, the words in common, and the order of the page.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import nsmallest

from duizhao.editing.examine.chain import LEAD, Chain, why_there
from duizhao.editing.examine.evidence import (
    SEAM,
    by_headings,
    by_numbers,
    by_place,
    by_sentence,
)
from duizhao.editing.examine.grams import Pairs, Statistics, familiar, likeness
from duizhao.editing.examine.lost import first_of_lost_law
from duizhao.editing.examine.runs import Run

_IMPOSSIBLE = -100.0
_UNPLACED = -4.0
# That of a run put between others where no sentence reads on: three of four are right.
_WEAK_LEAD = 1.5
_MOST_LOST = 4  # laws whose article 1 is lost: a page has few
_AROUND = 12  # runs looked at before and after the end of a chain
_LIKE, _MOST_LIKE = 0.1, 8.0  # what likeness counts for, and at the most
_FAMILIAR = 0.2  # a text of a law shares so many of its pairs with the rest of it


def chains_of(runs: tuple[Run, ...], statistics: Statistics) -> tuple[list[Chain], list[Run]]:
    """The chains, one a law, and the runs that fit none.

    A law whose article 1 is lost begins with what the others leave.
    """
    body = {
        at: run
        for at, run in enumerate(runs)
        if not run.is_front and run.head.kind not in ("furniture", "notice")
    }
    starts = [at for at, run in body.items() if run.expects == 0]
    starts = starts or nsmallest(1, body, key=lambda at: (body[at].first or math.inf, at))
    chains, rest = _twice(body, starts, statistics)
    for _ in range(_MOST_LOST):
        first = first_of_lost_law(runs, [chain.pairs for chain in chains], rest)
        if first is None:
            break
        starts = sorted([*starts, first])
        chains, rest = _twice(body, starts, statistics)
    return chains, [rest[at] for at in sorted(rest)]


def _twice(
    body: Mapping[int, Run], starts: list[int], statistics: Statistics
) -> tuple[list[Chain], dict[int, Run]]:
    """The chains that begin with certain runs, and what fits none, by its place.

    The first time a law's words are known from its beginning alone, the second time from
    all of it.
    """
    chains, _ = _chained(body, starts, statistics, [])
    return _chained(body, starts, statistics, chains)


def _chained(
    runs: Mapping[int, Run], starts: list[int], statistics: Statistics, known: list[Chain]
) -> tuple[list[Chain], dict[int, Run]]:
    """The chains and the runs that fit none, by the words of chains already `known`."""
    body = dict(runs)
    chains = [Chain(places=[at], runs=[body.pop(at)]) for at in starts]
    laws = Laws()
    for number, chain in enumerate(chains):
        if known:
            chain.pairs, chain.learnt = known[number].pairs, known[number].learnt
            laws.pairs.add(chain.pairs.counts)
            laws.learnt |= chain.learnt
        chain.learn(chain.runs[0], chain.places[0])
        laws.learn(chain.runs[0], chain.places[0])
    pool = Pool(body)
    offers = [_offers(chain, pool, laws, statistics) for chain in chains]
    while True:
        scores = [(offer[0][0], -number) for number, offer in enumerate(offers) if offer]
        if not scores or max(scores)[0] < _UNPLACED:
            break
        number = -max(scores)[1]
        score, _, at, evidence = offers[number][0]
        rivals = [_offered(offer, at) for n, offer in enumerate(offers) if n != number]
        rivals += [offer[0] for offer in offers[number][1:2]]
        run = pool.take(at)
        chains[number].add(run, at, (score, evidence), max(rivals, default=_IMPOSSIBLE), statistics)
        laws.learn(run, at)
        for n, offer in enumerate(offers):
            offers[n] = [o for o in offer if o[2] != at]
            if n == number or not offers[n]:
                offers[n] = _offers(chains[n], pool, laws, statistics)
    return chains, _put_between(chains, pool, laws, statistics)


@dataclass(slots=True)
class Laws:
    """The words of all laws together, and the places of the runs they were learnt from."""

    pairs: Pairs = field(default_factory=Pairs)
    learnt: set[int] = field(default_factory=set)

    def learn(self, run: Run, at: int) -> None:
        """Learn the words of a run."""
        if at not in self.learnt:
            self.learnt.add(at)
            self.pairs.add(run.pairs)


def _put_between(
    chains: list[Chain], pool: Pool, laws: Laws, statistics: Statistics
) -> dict[int, Run]:
    """Put the runs that no chain ended before where they fit best; those that fit none.

    Numbers that were misread, and columns that were reached too late, leave such runs.
    Those that are most like a law come first: the others then find more of it.
    """
    unplaced: dict[int, Run] = {}
    likes = {
        at: {n: _liking(chains[n], at, run, laws) for n in chains_near(chains, at)}
        for at, run in pool.runs.items()
    }
    for at in sorted(likes, key=lambda place: (-max(likes[place].values()), place)):
        run = pool.runs[at]
        if not _of_a_law(run, laws.pairs):
            unplaced[at] = run
            continue
        offers = sorted(
            (
                (liking + _slot(chains[number], slot, at, run, statistics), -number, -slot)
                for number, liking in likes[at].items()
                for slot in _slots(chains[number], at, run)
            ),
            reverse=True,
        )
        least = _UNPLACED if run.first is None else 2 * _UNPLACED
        if offers[0][0] < least:
            unplaced[at] = run
            continue
        score, number, slot = offers[0][0], -offers[0][1], -offers[0][2]
        chain = chains[number]
        why = why_there(chain, slot, run, statistics)
        reads_on = statistics.junction(chain.runs[slot - 1].end.words, run.head.words) > SEAM
        rivals = [score - (LEAD if reads_on else _WEAK_LEAD), *(offer[0] for offer in offers[1:2])]
        chain.add(run, at, (score, why), max(rivals), statistics, slot=slot)
    return unplaced


def chains_near(chains: list[Chain], at: int) -> list[int]:
    """The numbers of the chains that begin nearest to a place: all, on a page."""
    return nsmallest(_AROUND, range(len(chains)), key=lambda n: abs(chains[n].places[0] - at))


def _slots(chain: Chain, at: int, run: Run) -> list[int]:
    """The slots of a chain a run may fit into: all, but in a long chain the likely ones."""
    wanted = run.expects

    def far(slot: int) -> tuple[int, int]:
        last = chain.last_before(slot)
        by_number = 0 if wanted is None or last is None else abs(wanted - last)
        return by_number, abs(chain.places[slot - 1] - at)

    slots = range(1, len(chain.runs) + 1)
    return list(slots) if len(slots) <= _AROUND else nsmallest(_AROUND, slots, key=far)


def _of_a_law(run: Run, law: Pairs) -> bool:
    """Whether a run is a law's at all: an advertisement has no number and words of its own."""
    return run.first is not None or familiar(run.pairs, law) > _FAMILIAR


def _slot(chain: Chain, slot: int, at: int, run: Run, statistics: Statistics) -> float:
    """How well a run fits between two runs of a chain, or at its end."""
    before = chain.runs[slot - 1]
    score = by_numbers(chain.last_before(slot), run)[0] + by_sentence(before, run, statistics)[0]
    score += by_place(chain.places[slot - 1], at)[0]
    if slot < len(chain.runs):
        after = chain.runs[slot]
        last = run.last if run.last is not None else chain.last_before(slot)
        score += by_numbers(last, after)[0] + by_sentence(run, after, statistics)[0]
        score -= by_numbers(chain.last_before(slot), after)[0]
        score -= by_sentence(before, after, statistics)[0]
    return score


class Pool:
    """Runs not yet placed, by their place on the page."""

    def __init__(self, runs: dict[int, Run]) -> None:
        self.runs = runs
        self._places = sorted(runs)
        self._by_number: dict[int | None, list[int]] = {}
        for at, run in runs.items():
            self._by_number.setdefault(run.expects, []).append(at)

    def take(self, at: int) -> Run:
        """Take the run at a place out of the pool."""
        run = self.runs.pop(at)
        del self._places[bisect_left(self._places, at)]
        self._by_number[run.expects].remove(at)
        return run

    def near(self, at: int, last: int | None) -> list[int]:
        """The places of the runs around a place, and of some that begin after article `last`.

        A page has no more runs than that; a file of many laws has its own near each end.
        """
        middle = bisect_left(self._places, at)
        around = self._places[max(0, middle - _AROUND) : middle + _AROUND]
        wanted = self._by_number.get(last, ()) if last is not None else ()
        nearest = nsmallest(_AROUND, wanted, key=lambda place: abs(place - at))
        return sorted({*around, *nearest})


_Offer = tuple[float, int, int, tuple[str, ...]]  # score, minus the place, place, evidence


def _offers(chain: Chain, pool: Pool, laws: Laws, statistics: Statistics) -> list[_Offer]:
    """The runs that a chain could go on with, the best first."""
    out = []
    for at in pool.near(chain.places[-1], chain.last):
        run = pool.runs[at]
        if _of_a_law(run, chain.pairs):
            score, evidence = _score(chain, at, run, _liking(chain, at, run, laws), statistics)
            out.append((score, -at, at, evidence))
    return sorted(out, reverse=True)


def _offered(offers: list[_Offer], at: int) -> float:
    """The score at which a run was offered to a chain."""
    return next((score for score, _, place, _ in offers if place == at), _IMPOSSIBLE)


def _score(
    chain: Chain, at: int, run: Run, liking: float, statistics: Statistics
) -> tuple[float, tuple[str, ...]]:
    """How well `run`, at its place on the page, goes on from the end of `chain`, and why."""
    before = chain.runs[-1]
    beside = at == chain.places[-1] + 1 and familiar(run.pairs, chain.pairs) > _FAMILIAR
    parts = [
        by_numbers(chain.last, run, again=beside),
        by_sentence(before, run, statistics),
        by_headings(chain.contents, chain.chapter, run),
        (liking, ""),
        by_place(chain.places[-1], at),
    ]
    return sum(score for score, _ in parts), tuple(why for _, why in parts if why)


def _liking(chain: Chain, at: int, run: Run, laws: Laws) -> float:
    """How much more a run's words are a chain's than all laws', within limits."""
    odds = likeness(
        run.pairs,
        chain.pairs,
        laws.pairs,
        in_law=at in chain.learnt,
        in_laws=at in laws.learnt,
    )
    return max(-_MOST_LIKE, min(_MOST_LIKE, _LIKE * odds))
