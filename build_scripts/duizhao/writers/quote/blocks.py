"""Blocks: the parts of a passage, each with the place in the stream that it is from.

1. Where each of the passage's n-grams stands is found in one walk through the stream.
2. For a part of the passage, places are counted by their distance from it (diagonals,
   in bands): the densest bands are the candidates.
3. In a band, n-grams grow into runs of equal characters, and the best chain of runs is
   found: a character gained for each equal one, one lost for each that is not.
4. The best chain is a block.  What is left of the passage on both sides of it, and in
   wide gaps within, is looked for in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from duizhao.writers.quote.corpus import Corpus

BAND = 32  # width of a band of diagonals; two neighbours are looked at together
CANDIDATES = 12  # bands in which chains are made
BEFORE = 60  # runs before one that it may be chained to
LONG_GAP = 12  # what a text left out or put in costs at most
MANY = 4000  # places of an n-gram above which it tells nothing


class Run(NamedTuple):
    """Equal characters: from `i` of the passage and `j` of the stream, `size` of them."""

    i: int
    j: int
    size: int


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the passage and its place: runs in order, and other places as good."""

    runs: tuple[Run, ...]
    also: tuple[int, ...] = ()

    @property
    def i0(self) -> int:
        """Where it begins in the passage."""
        return self.runs[0].i

    @property
    def i1(self) -> int:
        """Where it ends in the passage."""
        return self.runs[-1].i + self.runs[-1].size

    @property
    def j0(self) -> int:
        """Where it begins in the stream."""
        return self.runs[0].j

    @property
    def j1(self) -> int:
        """Where it ends in the stream."""
        return self.runs[-1].j + self.runs[-1].size


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What is long enough, in compared characters: n-gram, block, gap that is looked into."""

    gram: int
    least: int
    short: int


def measures(size: int, *, chinese: bool) -> Measures:
    """The measures for a passage of `size` compared characters."""
    sixty_percent = (6 * size + 9) // 10
    if chinese:
        return Measures(gram=2 if size < 30 else 3, least=min(8, sixty_percent), short=8)
    return Measures(gram=4 if size < 60 else 6, least=min(24, sixty_percent), short=24)


def places_of(plain: str, stream: str, gram: int) -> dict[str, list[int]]:
    """Where each n-gram of the passage stands in the stream."""
    found: dict[str, list[int]] = {plain[i : i + gram]: [] for i in range(len(plain) - gram + 1)}
    for j in range(len(stream) - gram + 1):
        places = found.get(stream[j : j + gram])
        if places is not None:
            places.append(j)
    return found


def blocks_of(
    plain: str,
    corpus: Corpus,
    measured: Measures,
    likely: AbstractSet[tuple[int, int]],
) -> list[Block]:
    """The blocks of a passage in its order; they do not overlap.

    `likely` are numbers of laws with those of their provisions: of places that are as good,
    one in these is taken.
    """
    finder = _Finder(plain, corpus, measured, likely)
    waiting = [(0, len(plain))]
    while waiting:
        low, high = waiting.pop()
        if high - low < measured.least:
            continue
        block = finder.best(low, high)
        if block is None:
            continue
        parts = list(_divided(block, measured.short, corpus))
        ends = [low, *(end for part in parts for end in (part.i0, part.i1)), high]
        waiting += zip(ends[::2], ends[1::2], strict=True)
        finder.found += parts
    return sorted(finder.found, key=lambda block: block.i0)


def _divided(block: Block, short: int, corpus: Corpus) -> Iterator[Block]:
    """A block cut where the passage has words of its own for long, and between laws."""
    some = [block.runs[0]]
    for run in block.runs[1:]:
        last = some[-1]
        if run.i - last.i - last.size >= short or corpus.law(run.j) != corpus.law(last.j):
            yield Block(tuple(some), block.also)
            some = []
        some.append(run)
    yield Block(tuple(some), block.also)


class _Finder:
    """Looks for the best block in parts of one passage."""

    def __init__(
        self, plain: str, corpus: Corpus, measured: Measures, likely: AbstractSet[tuple[int, int]]
    ) -> None:
        self.likely = likely
        self.plain = plain
        self.corpus = corpus
        self.measured = measured
        self.places = places_of(plain, corpus.stream, measured.gram)
        self.found: list[Block] = []

    def best(self, low: int, high: int) -> Block | None:
        """The best block in a part of the passage; None where nothing is good enough."""
        best: tuple[int, int, int, str] | None = None
        chosen: tuple[Run, ...] = ()
        also: list[int] = []
        used = {self.corpus.law(b.j0) for b in self.found}
        seeds = self._seeds(low, high)
        for band in _densest(seeds):
            some = (*seeds.get(band, ()), *seeds.get(band + 1, ()))
            score, runs = _chain(self._runs(low, high, some))
            if score < self.measured.least:
                continue
            spot = self.corpus.spots[self.corpus.at(runs[0].j)]
            likely = int((spot.law, spot.provision) in self.likely)
            effective = self.corpus.laws[spot.law].effective
            rank = (score, likely, int(spot.law in used), effective)
            if runs == chosen or (best and score == best[0] and runs[0].j in also):
                continue
            if best is None or rank > best:
                also = [*also, chosen[0].j] if best and best[0] == score else []
                best, chosen = rank, runs
            elif score == best[0]:
                also.append(runs[0].j)
        return Block(chosen, tuple(sorted(also))) if chosen else None

    def _seeds(self, low: int, high: int) -> dict[int, list[tuple[int, int]]]:
        """Where n-grams of a part stand: places in passage and stream by band of diagonals."""
        gram = self.measured.gram
        seeds: dict[int, list[tuple[int, int]]] = {}
        for i in range(low, high - gram + 1):
            places = self.places[self.plain[i : i + gram]]
            if len(places) > MANY and high - low > 40:
                continue
            for j in places:
                band = (j - i) // BAND
                if band in seeds:
                    seeds[band].append((i, j))
                else:
                    seeds[band] = [(i, j)]
        return seeds

    def _runs(self, low: int, high: int, seeds: Iterable[tuple[int, int]]) -> list[Run]:
        """The runs of equal characters that n-grams grow into; on a diagonal, from its start."""
        plain, stream, gram = self.plain, self.corpus.stream, self.measured.gram
        reached: dict[int, int] = {}
        out = []
        for i, j in seeds:
            if i < reached.get(j - i, 0):
                continue
            a, b, end = i, j, i + gram
            while a > low and b > 0 and plain[a - 1] == stream[b - 1]:
                a -= 1
                b -= 1
            while end < high and end + j - i < len(stream) and plain[end] == stream[end + j - i]:
                end += 1
            reached[j - i] = end
            out.append(Run(a, b, end - a))
        return sorted(out)


def _densest(seeds: Mapping[int, Sequence[tuple[int, int]]]) -> list[int]:
    """The bands that have most n-grams together with the next one, in the stream's order."""
    both = {band: len(some) + len(seeds.get(band + 1, ())) for band, some in seeds.items()}
    for band, some in seeds.items():
        both.setdefault(band - 1, len(some))
    return sorted(sorted(both, key=lambda band: (-both[band], band))[:CANDIDATES])


def _chain(runs: Sequence[Run]) -> tuple[int, tuple[Run, ...]]:
    """The best chain of runs: its score, and its runs without what overlaps."""
    scores: list[int] = []
    chains: list[tuple[int, int]] = []  # the run before, how much of this one it takes
    for k, run in enumerate(runs):
        score, before, taken = run.size, -1, 0
        for m in range(max(0, k - BEFORE), k):
            other = runs[m]
            di, dj = run.i - other.i - other.size, run.j - other.j - other.size
            over = max(0, -di, -dj)
            if over >= run.size:
                continue
            di, dj = di + over, dj + over
            cost = min(di, dj) + min(abs(di - dj), LONG_GAP)
            value = scores[m] - cost + run.size - over
            if value > score:
                score, before, taken = value, m, over
        scores.append(score)
        chains.append((before, taken))
    if not runs:
        return 0, ()
    at = scores.index(max(scores))
    best = scores[at]
    out = []
    while at >= 0:
        before, taken = chains[at]
        run = runs[at]
        out.append(Run(run.i + taken, run.j + taken, run.size - taken))
        at = before
    return best, tuple(reversed(out))


def stretched(
    blocks: Sequence[Block], plain: str, corpus: Corpus, measured: Measures
) -> list[Block]:
    """Blocks with a few characters beside them that stand elsewhere in the same provision.

    They are too few for a block of their own; what lies between was left out.
    """
    out = list(blocks)
    if out and measured.gram <= out[0].i0 < measured.short:
        first = out[0]
        low, _ = corpus.provision(first.j0)
        at = corpus.stream.rfind(plain[: first.i0], low, first.j0)
        if at >= 0:
            out[0] = Block((Run(0, at, first.i0), *first.runs), first.also)
    for n, block in enumerate(out):
        stop = out[n + 1].i0 if n + 1 < len(out) else len(plain)
        if measured.gram <= stop - block.i1 < measured.short:
            _, high = corpus.provision(block.j1 - 1)
            at = corpus.stream.find(plain[block.i1 : stop], block.j1, high)
            if at >= 0:
                run = Run(block.i1, at, stop - block.i1)
                out[n] = Block((*block.runs, run), block.also)
    return out


def joined(blocks: Sequence[Block], corpus: Corpus) -> list[Block]:
    """Blocks that go on in the provision in which the one before ends become one."""
    out: list[Block] = []
    for block in blocks:
        if out and out[-1].j1 <= block.j0:
            one = corpus.spots[corpus.at(out[-1].j1 - 1)]
            two = corpus.spots[corpus.at(block.j0)]
            if (one.law, one.provision) == (two.law, two.provision):
                out[-1] = Block(out[-1].runs + block.runs, out[-1].also)
                continue
        out.append(block)
    return out
