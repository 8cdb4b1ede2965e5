"""Chains: runs put in reading order, one chain a law.

A chain grows from a run that holds article 1.  At each step the best pair of a
chain's end and a run not yet placed is joined; what counts is the article
numbers, whether a cut sentence meets a continuation, how often the characters
across the joint stand together elsewhere in the witness, the chapter headings
against the table of contents, the words in common, and the order of the page.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from duizhao.examine.rows import Row
from duizhao.examine.runs import Run

_IMPOSSIBLE = -100.0
_UNPLACED = -4.0
SEAM = 1.0  # from here on the characters across a joint tell something


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How a run was joined to a chain: its score, its evidence, a confidence 0 to 1."""

    before: Run
    after: Run
    score: float
    evidence: tuple[str, ...]
    confidence: float
    seam: float = 0.0  # how well the characters across the joint go together


@dataclass(slots=True)
class Chain:
    """A law's runs in order, with the links between them."""

    runs: list[Run]
    links: list[Link] = field(default_factory=list)
    grams: Counter[str] = field(default_factory=Counter)
    contents: dict[int, str] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows in reading order."""
        return tuple(row for run in self.runs for row in run.rows)

    @property
    def last(self) -> int | None:
        """The last article number so far."""
        return next((r.last for r in reversed(self.runs) if r.last is not None), None)

    @property
    def chapter(self) -> int | None:
        """The last chapter number so far."""
        return next((run.chapters[-1].first for run in reversed(self.runs) if run.chapters), None)


class Statistics:
    """Character statistics of one witness: grams within rows, and their rarity in runs."""

    def __init__(self, rows: tuple[Row, ...], runs: tuple[Run, ...]) -> None:
        self._grams: Counter[str] = Counter()
        for row in rows:
            for size in (2, 3, 4):
                self._grams.update(
                    row.words[at : at + size] for at in range(len(row.words) - size + 1)
                )
        self._spread: Counter[str] = Counter()
        self._profiles: dict[int, Counter[str]] = {}
        for run in runs:
            words = run.words
            profile = Counter(words[at : at + 2] for at in range(len(words) - 1))
            self._profiles[id(run)] = profile
            self._spread.update(profile.keys())
        self._runs = max(1, len(runs))

    def junction(self, left: str, right: str) -> float:
        """How well two texts meet: higher where the characters across stand together."""
        two = self._grams[left[-1:] + right[:1]]
        three = max(self._grams[left[-2:] + right[:1]], self._grams[left[-1:] + right[:2]])
        four = self._grams[left[-2:] + right[:2]]
        return min(6.0, 0.6 * math.log1p(two) + 1.4 * math.log1p(three) + 2 * math.log1p(four))

    def profile(self, run: Run) -> Counter[str]:
        """The pairs of characters in a run."""
        return self._profiles[id(run)]

    def likeness(self, left: Counter[str], right: Counter[str]) -> float:
        """Cosine (0 to 1) of two profiles, rare pairs weighing more."""
        weight = {g: math.log(1 + self._runs / self._spread[g]) for g in right if g in left}
        dot = sum(left[g] * right[g] * w * w for g, w in weight.items())
        norms = math.sqrt(self._norm(left) * self._norm(right))
        return dot / norms if norms else 0.0

    def _norm(self, profile: Counter[str]) -> float:
        return sum(
            (n * math.log(1 + self._runs / max(1, self._spread[g]))) ** 2
            for g, n in profile.items()
        )


def chains_of(runs: tuple[Run, ...], statistics: Statistics) -> tuple[list[Chain], list[Run]]:
    """The chains, one a law, and the runs that fit none."""
    order = {id(run): at for at, run in enumerate(runs)}
    body = [run for run in runs if not run.is_front and run.head.kind != "furniture"]
    starts = [run for run in body if run.expects == 0] or body[:1]
    chains = [
        Chain(runs=[run], grams=Counter(statistics.profile(run)), contents=dict(run.contents))
        for run in starts
    ]
    pool = [run for run in body if not any(run is start for start in starts)]
    while pool and chains:
        scored = sorted(
            (
                (*_score(chain, run, statistics, order), at, number)
                for at, chain in enumerate(chains)
                for number, run in enumerate(pool)
            ),
            key=lambda s: (-s[0], s[2], s[3]),
        )
        score, evidence, at, number = scored[0]
        if score < _UNPLACED:
            break
        rival = next((s[0] for s in scored[1:] if s[2] == at or s[3] == number), _IMPOSSIBLE)
        chain, run = chains[at], pool.pop(number)
        chain.links.append(
            Link(
                before=chain.runs[-1],
                after=run,
                score=score,
                evidence=evidence,
                seam=statistics.junction(chain.runs[-1].end.words, run.head.words),
                confidence=1 / (1 + math.exp(-(score - max(rival, score - 12)) / 2)),
            )
        )
        chain.runs.append(run)
        chain.grams.update(statistics.profile(run))
        for chapter, words in run.contents.items():
            chain.contents.setdefault(chapter, words)
    return chains, pool


def _score(
    chain: Chain, run: Run, statistics: Statistics, order: dict[int, int]
) -> tuple[float, tuple[str, ...]]:
    """How well `run` goes on from the end of `chain`, and why."""
    before = chain.runs[-1]
    parts = [
        _numbers(chain.last, run),
        _sentence(before, run, statistics),
        _headings(chain, run),
        (3 * statistics.likeness(chain.grams, statistics.profile(run)), ""),
        _place(order[id(before)], order[id(run)]),
    ]
    return sum(score for score, _ in parts), tuple(why for _, why in parts if why)


def _numbers(last: int | None, run: Run) -> tuple[float, str]:
    expects = run.expects
    if expects is None or last is None:
        return (0.0, "")
    if expects == last:
        return (6.0, f"article {run.first} follows article {last}")
    if expects > last:
        missing = expects - last
        return (-0.8 * min(missing, 6), f"{missing} articles between {last} and {run.first}")
    return (_IMPOSSIBLE, "")


def _sentence(before: Run, run: Run, statistics: Statistics) -> tuple[float, str]:
    cut = not before.end.closed
    if cut and run.goes_on:
        joint = statistics.junction(before.end.words, run.head.words)
        seam = f"{before.end.words[-4:]}|{run.head.words[:4]}"
        words = "a cut sentence goes on" if joint > SEAM else "a cut sentence, and a line beside"
        return (4 + joint, f"{words}: {seam}")
    if cut:
        return (-5.0, "a cut sentence does not go on here")
    return (-1.0, "") if run.goes_on else (1.0, "")


def _headings(chain: Chain, run: Run) -> tuple[float, str]:
    score, why = 0.0, ""
    for chapter in run.chapters:
        named = chain.contents.get(chapter.first or 0)
        if named is None:
            continue
        if named == chapter.words:
            score, why = score + 6, f"{chapter.words} stands in the contents"
        else:
            score -= 6
    first = run.chapters[0].first if run.chapters else None
    if first is not None and chain.chapter is not None:
        score += 2 if first == chain.chapter + 1 else -2
    return (score, why)


def _place(before: int, after: int) -> tuple[float, str]:
    if after == before + 1:
        return (1.5, "next on the page")
    return (0.5, "") if after > before else (-0.5, "")
