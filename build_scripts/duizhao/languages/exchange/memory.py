"""The translation memory: what was translated before, offered for what is not yet.

A suggestion is never applied by itself: it says where it is from, how near its Chinese
is, and whether it differs in what a law turns on (应当, 可以, 不得, numbers).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from duizhao.languages.exchange.agree import zh_numbers

NEAR = 0.8  # likeness from which a match helps
_MODAL = re.compile(r"应当|不得|可以|必须|禁止|不予|不应|應|不得|得|須")
_SHORTEST = 4  # characters; shorter texts are offered only where they are the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A translated unit of some law: Chinese, translation, where it is from."""

    source: str
    target: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A translation offered: likeness of its Chinese (1: the same) and what differs."""

    segment: Segment
    score: float
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """Segments by their Chinese; the same pair is kept once, with its first origin."""

    by_source: dict[str, tuple[Segment, ...]]

    def suggestions(
        self, text: str, *, least: float = NEAR, limit: int = 3
    ) -> tuple[Suggestion, ...]:
        """The nearest earlier translations of a Chinese text, the best first."""
        found = [Suggestion(segment=s, score=1.0) for s in self.by_source.get(text, ())]
        if len(text) >= _SHORTEST:
            near = self._near(text, least, limit + 1)
            found += [
                Suggestion(segment=s, score=round(score, 4), differs=differences(source, text))
                for source, score, _ in near
                if source != text
                for s in self.by_source[source]
            ]
        return tuple(found[:limit])

    def best(self, text: str) -> float:
        """The likeness of the nearest Chinese in the memory, 0 where none is near."""
        if text in self.by_source:
            return 1.0
        return next((score for _, score, _ in self._near(text, 0.5, 1)), 0.0)

    def _near(self, text: str, least: float, limit: int) -> list[tuple[str, float, int]]:
        """Chinese texts of the memory that are like one, with their likeness, the nearest first."""
        from rapidfuzz import process  # noqa: PLC0415 - megabytes, for few commands
        from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - the same

        scorer = Levenshtein.normalized_similarity
        found = self.by_source.keys()
        return process.extract(text, found, scorer=scorer, score_cutoff=least, limit=limit)


def memory_from_segments(segments: Iterable[Segment]) -> Memory:
    """A memory of all segments that have a translation."""
    by_source: dict[str, dict[str, Segment]] = {}
    for segment in segments:
        if segment.source and segment.target:
            by_source.setdefault(segment.source, {}).setdefault(segment.target, segment)
    return Memory({source: tuple(kinds.values()) for source, kinds in by_source.items()})


def differences(before: str, now: str) -> tuple[str, ...]:
    """What a law turns on and two Chinese texts do not share: modal verbs, numbers."""
    out = []
    for name, values in (
        ("modality", [tuple(_MODAL.findall(t)) for t in (before, now)]),
        ("numbers", [tuple(p for p, _ in zh_numbers(t)) for t in (before, now)]),
    ):
        if values[0] != values[1]:
            out.append(name)
    return tuple(out)
