"""What the characters of a witness tell: which texts meet, and which are of one law.

Both count runs of two to four characters.  Two texts meet well where the characters
across the joint stand together elsewhere; a text is of the law whose pairs of
characters it uses more often than the other laws on the page do.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice

_SHORT = 400  # pairs; so much of a law tells half of what all of it would
_ENOUGH = 400  # pairs of a text that are looked at
_MOST_TWICE = 2  # a pair counts twice at the most: laws repeat their own terms


class Statistics:
    """Character statistics of one witness: its grams within lines."""

    def __init__(self, texts: Iterable[str]) -> None:
        """`texts` are the words of the lines."""
        self._grams: Counter[str] = Counter()
        for words in texts:
            for size in (2, 3, 4):
                self._grams.update(words[at : at + size] for at in range(len(words) - size + 1))

    def junction(self, left: str, right: str) -> float:
        """How well two texts meet: higher where the characters across stand together."""
        two = self._grams[left[-1:] + right[:1]]
        three = max(self._grams[left[-2:] + right[:1]], self._grams[left[-1:] + right[:2]])
        four = self._grams[left[-2:] + right[:2]]
        return min(6.0, 0.6 * math.log1p(two) + 1.4 * math.log1p(three) + 2 * math.log1p(four))


def likeness(
    text: Counter[str],
    law: Pairs,
    laws: Pairs,
    *,
    in_law: bool = False,
    in_laws: bool = False,
) -> float:
    """How much more a text (its pairs) is like a law than like all of some laws together.

    The logarithm of odds.  Pairs that stand in none of the laws tell nothing, and what
    a short law does not use tells little.  `in_law` and `in_laws` say that the text is
    counted in the law, or in the laws, already: it does not speak for itself.
    """
    size = text.total() if in_laws else 0
    mine, all_laws = law.size - in_law * size, laws.size - size
    odds, weight = 0.0, 0.5 * mine / (mine + _SHORT)
    for pair, count in islice(text.items(), _ENOUGH):
        known = laws.counts[pair] - in_laws * count
        if known > 0:
            share = (law.counts[pair] - in_law * count) / max(1, mine) / (known / all_laws)
            odds += min(count, _MOST_TWICE) * math.log(1 - weight + weight * share)
    return odds


def familiar(text: Mapping[str, int], law: Pairs) -> float:
    """The share (0 to 1) of a text's pairs that a law uses."""
    return sum(pair in law.counts for pair in text) / max(1, len(text))


class Pairs:
    """The pairs of characters of a growing text: how often each, and how many in all."""

    def __init__(self, *texts: Mapping[str, int]) -> None:
        self.counts: Counter[str] = Counter()
        self.size = 0
        for text in texts:
            self.add(text)

    def add(self, text: Mapping[str, int]) -> None:
        """Add the pairs of a text."""
        self.counts.update(text)
        self.size += sum(text.values())


def pairs_of(texts: Iterable[str]) -> Counter[str]:
    """The pairs of characters in some texts, each with how often it stands there."""
    return Counter(words[at : at + 2] for words in texts for at in range(len(words) - 1))
