"""A chain: the runs of one law in reading order, and what links each to the one before."""

from __future__ import annotations

from dataclasses import dataclass, field

from duizhao.editing.examine.evidence import by_numbers, by_sentence, logistic, missing_between
from duizhao.editing.examine.grams import Pairs, Statistics
from duizhao.editing.examine.rows import Row
from duizhao.editing.examine.runs import Run

LEAD = 12.0  # what a score is before the next best at the most


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How a run was joined to a chain: its score, its evidence, a confidence 0 to 1.

    The confidence is low where another place is nearly as good, where nothing speaks
    for this one, and where it is not sure that the run begins at this line.  `seam` is how
    well the characters across the joint go together, `missing` how many articles there are
    between the two by their numbers, `adjacent` whether they are neighbours on the page.
    """

    before: Run
    after: Run
    score: float
    evidence: tuple[str, ...]
    confidence: float
    seam: float
    missing: int
    adjacent: bool


@dataclass(slots=True)
class Chain:
    """A law's runs in order, their places among all runs, and the links between them."""

    runs: list[Run]
    places: list[int]
    links: list[Link] = field(default_factory=list)
    pairs: Pairs = field(default_factory=Pairs)
    learnt: set[int] = field(default_factory=set)  # the places of the runs counted in `pairs`
    contents: dict[int, str] = field(default_factory=dict)
    chapter: int | None = None  # the last chapter number so far
    lasts: list[int | None] = field(default_factory=list)  # after each run, the last article

    def __post_init__(self) -> None:
        """Count the articles and chapters of the first runs."""
        for slot, run in enumerate(self.runs):
            self._count(run, slot)

    def _count(self, run: Run, slot: int) -> None:
        """Note the numbers of the run that has number `slot`."""
        before = self.lasts[slot - 1] if slot else None
        self.lasts.insert(slot, before if run.last is None else run.last)
        if run.last is not None:
            for after in range(slot + 1, len(self.lasts)):
                if self.runs[after].last is not None:
                    break
                self.lasts[after] = run.last
        if run.chapters and not any(later.chapters for later in self.runs[slot + 1 :]):
            self.chapter = run.chapters[-1].first

    def learn(self, run: Run, at: int) -> None:
        """Learn the words and the contents of a run."""
        if at not in self.learnt:
            self.learnt.add(at)
            self.pairs.add(run.pairs)
        for chapter, words in run.contents.items():
            self.contents.setdefault(chapter, words)

    def add(
        self,
        run: Run,
        at: int,
        found: tuple[float, tuple[str, ...]],
        rival: float,
        statistics: Statistics,
        *,
        slot: int = 0,
    ) -> None:
        """Put a run at the end of the chain, or before the run that has number `slot`.

        `found` is its score with the evidence, `rival` the score of the next best place.
        """
        slot = slot or len(self.runs)
        score, evidence = found
        lead = score - max(rival, score - LEAD)
        confidence = min(logistic(lead / 2), logistic(score / 3 + 1), run.sure)
        self.runs.insert(slot, run)
        self.places.insert(slot, at)
        self._count(run, slot)
        self.links.insert(slot - 1, self._link(slot, score, evidence, confidence, statistics))
        if slot < len(self.links):
            old, follower = self.links[slot].score, slot + 1
            evidence = why_there(self, follower, self.runs[follower], statistics)
            self.links[slot] = self._link(follower, old, evidence, confidence, statistics)
        self.learn(run, at)

    def _link(
        self,
        slot: int,
        score: float,
        evidence: tuple[str, ...],
        confidence: float,
        statistics: Statistics,
    ) -> Link:
        """The link between the run that has number `slot` and the one before it."""
        before, after = self.runs[slot - 1], self.runs[slot]
        return Link(
            before=before,
            after=after,
            score=score,
            evidence=evidence,
            confidence=confidence,
            seam=statistics.junction(before.end.words, after.head.words),
            missing=missing_between(self.last_before(slot), after),
            adjacent=self.places[slot] == self.places[slot - 1] + 1,
        )

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows in reading order."""
        return tuple(row for run in self.runs for row in run.rows)

    @property
    def last(self) -> int | None:
        """The last article number so far."""
        return self.last_before(len(self.runs))

    def last_before(self, slot: int) -> int | None:
        """The last article number before the run that has number `slot`."""
        return self.lasts[slot - 1] if slot else None


def why_there(chain: Chain, slot: int, run: Run, statistics: Statistics) -> tuple[str, ...]:
    """What speaks for a run that is put, or stands, after others of a chain."""
    numbers = by_numbers(chain.last_before(slot), run)[1]
    return tuple(filter(None, (numbers, by_sentence(chain.runs[slot - 1], run, statistics)[1])))
