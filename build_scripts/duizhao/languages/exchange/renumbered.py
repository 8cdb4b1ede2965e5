"""Articles whose English stands under another number, found by their numbers and shape.

A law that gained or lost articles keeps its old English under the old numbers.  What an
article refers to, dates and amounts are the same in both languages; a number that few
articles have says more.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from duizhao.languages.exchange.agree import en_numbers, zh_numbers
from duizhao.languages.exchange.align import Alignment
from duizhao.languages.exchange.english import Block
from duizhao.languages.exchange.slots import Slot

_LEAST = 0.55  # of 1: likeness that is worth a remark
_MARGIN = 0.12  # by which a better place must be better than the article's own


class Profile(NamedTuple):
    """What can be compared across languages: numbers, item labels, length."""

    numbers: frozenset[Fraction]
    labels: tuple[int, ...]
    length: float


def renumbered(found: Alignment) -> tuple[tuple[str, str, float], ...]:
    """(English article, Chinese article, likeness) where these are not of one number.

    Nothing is proposed where both texts have the same articles, nor for an article whose
    paragraphs, items and numbers agree with its own Chinese.  Each Chinese article is
    proposed once, the most alike first; English without Chinese of its number may stand
    for any (an older wording beside the new one).
    """
    if not any(k.startswith("art_") for k in (*found.missing, *dict(found.extra))):
        return ()
    chinese, english = _profiles(found)
    known = Counter(n for p in (*chinese.values(), *english.values()) for n in p.numbers)
    total = len(chinese) + len(english)
    weights = {n: math.log(1 + total / c) for n, c in known.items()}
    ratio = sum(p.length for p in english.values()) / max(
        sum(p.length for p in chinese.values()), 1
    )

    def alike(zh: str, en: str) -> float:
        return _likeness(chinese[zh], english[en], weights, ratio)

    doubtful = set(_doubtful(found))
    ranked = sorted(
        ((alike(zh, en), en, zh) for en in english if en in doubtful for zh in chinese),
        key=lambda r: (-r[0], r[1], r[2]),
    )
    out: list[tuple[str, str, float]] = []
    taken = set[str]()
    for score, en, zh in ranked:
        own = alike(en, en) if en in chinese else 0.0
        free = zh not in taken or en not in chinese
        if score < _LEAST or en not in doubtful or not free:
            continue
        if en == zh or score >= own + _MARGIN:
            doubtful.discard(en)
            taken.add(zh)
            if en != zh:
                out.append((en, zh, round(score, 2)))
    return tuple(out)


def _doubtful(found: Alignment) -> Iterator[str]:
    """Articles of the English that do not agree with the Chinese of the same number."""
    for pair in found.pairs:
        if pair.blocks and (pair.how != "structure" or pair.numbers):
            yield pair.place


def _profiles(found: Alignment) -> tuple[dict[str, Profile], dict[str, Profile]]:
    slots: dict[str, list[Slot]] = {}
    blocks: dict[str, list[Block]] = {}
    for pair in found.pairs:
        if pair.place.startswith("art_"):
            if pair.slots:
                slots.setdefault(pair.place, []).extend(pair.slots)
            if pair.blocks:
                blocks.setdefault(pair.place, []).extend(pair.blocks)
    return {k: _of_slots(v) for k, v in slots.items()}, {
        k: _of_blocks(v) for k, v in blocks.items()
    }


def _of_slots(slots: Sequence[Slot]) -> Profile:
    numbers = frozenset(max(v) for s in slots for _, v in zh_numbers(s.text))
    return Profile(numbers, tuple(s.label for s in slots), sum(len(s.text) for s in slots))


def _of_blocks(blocks: Sequence[Block]) -> Profile:
    numbers = frozenset(n for b in blocks for n in en_numbers(b.text) if n > 1)
    return Profile(numbers, tuple(b.label for b in blocks), sum(len(b.text) for b in blocks))


def _likeness(zh: Profile, en: Profile, weights: dict[Fraction, float], ratio: float) -> float:
    """0 to 1: shared numbers by weight, then paragraphs and items, then length."""
    union = sum(weights[n] for n in zh.numbers | en.numbers)
    shared = sum(weights[n] for n in zh.numbers & en.numbers)
    listed = zh.labels == en.labels and any(zh.labels)  # the same items say something too
    same = shared / union if union else 0.6 if listed else 0.3
    shape = 1.0 if zh.labels == en.labels else 1 / (1 + abs(len(zh.labels) - len(en.labels)))
    expected = max(zh.length * ratio, 1.0)
    size = min(expected, en.length) / max(expected, en.length, 1.0)
    return 0.6 * same + 0.2 * shape + 0.2 * size
