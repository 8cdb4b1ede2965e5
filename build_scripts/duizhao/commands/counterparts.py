"""Counterparts: which provision of an older text each provision of a newer one was.

An article that is put in moves all that follow, so numbers do not tell.  Articles, annexes
and headings are found by their words first; then what stands in them, by its words in the
same article; last what went from one article to another.  What has no counterpart is new.

Guarantees: an older provision is the counterpart of one newer one at most; one of the same
words is taken before one of other words, and the one of the same number before others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from duizhao.ground.patterns import HEADING

ALIKE = 0.5  # share of pairs of characters in common that makes two articles one
WITHIN = 0.4  # the same within an article that has been found
ELSEWHERE = 0.7  # the same in another article
_SHORT = 12  # characters: what is shorter may stand in many articles
_NUMBER = re.compile(r"_u?\d+(?:-\d+)?")

Texts = Mapping[str, str]


def counterparts(old: Texts, new: Texts) -> dict[str, str]:
    """For each identifier of `new` that has one, its counterpart in `old`.

    Both give the text of each unit by its identifier, in order.  Keys of the answer are
    also the articles and annexes as wholes: `art_10`.
    """
    was, now = _wholes(old), _wholes(new)
    found: dict[str, str] = {}
    for kind in dict.fromkeys(map(_kind, now)):
        found |= _paired(
            {w: _words(u) for w, u in was.items() if _kind(w) == kind},
            {w: _words(u) for w, u in now.items() if _kind(w) == kind},
            ALIKE,
        )
    inside: dict[str, str] = {}
    for whole, former in found.items():
        inside |= _paired(was[former], now[whole], WITHIN, partial(_under, former))
    taken = set(inside.values())
    inside |= _paired(
        {e: t for e, t in old.items() if e not in taken and _loose(e, t)},
        {e: t for e, t in new.items() if e not in inside and _loose(e, t)},
        ELSEWHERE,
    )
    return found | inside


def whole_of(eid: str) -> str:
    """The article or annex that an identifier lies in; any other unit is a whole itself."""
    return eid.partition("__")[0] if eid.startswith(("art_", "annex_")) else eid


def _under(former: str, eid: str) -> str:
    """An identifier with another whole in the place of its own."""
    return former + eid[len(whole_of(eid)) :]


def _loose(eid: str, text: str) -> bool:
    return whole_of(eid) != eid and len(text) > _SHORT


def _wholes(texts: Texts) -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    for eid, text in texts.items():
        out.setdefault(whole_of(eid), {})[eid] = text
    return out


def _kind(whole: str) -> str:
    """What only the same can be a counterpart of: art, chp__heading, toc__chp, note."""
    return "__".join(_NUMBER.sub("", whole).split("__")[-2:])


def _words(units: Texts) -> str:
    """The text of a whole; of a heading, what follows its number."""
    text = "".join("".join(units.values()).split())
    heading = HEADING.fullmatch(text)
    return heading["words"] if heading else text


def _same(eid: str) -> str:
    return eid


def _paired(
    old: Texts, new: Texts, least: float, expected: Callable[[str], str] = _same
) -> dict[str, str]:
    """The pairs, those of the same words first; `expected` is the place without a change."""
    found = {e: expected(e) for e, text in new.items() if old.get(expected(e)) == text}
    taken = set(found.values())
    free = [e for e in old if e not in taken]
    by_text: dict[str, list[str]] = {}
    for eid in free:
        by_text.setdefault(old[eid], []).append(eid)
    for eid, text in new.items():
        if eid not in found and by_text.get(text):
            found[eid] = by_text[text].pop(0)
    taken = set(found.values())
    rest = [e for e in new if e not in found]
    scores = _scores([old[e] for e in free], [new[e] for e in rest])
    place = {e: n for n, e in enumerate(old)}
    order = {e: n for n, e in enumerate(new)}
    ranked = sorted(
        (-score, free[m] != expected(rest[n]), abs(place[free[m]] - order[rest[n]]), n, m)
        for (n, m), score in scores.items()
        if score >= least
    )
    for _, _, _, n, m in ranked:
        if rest[n] not in found and free[m] not in taken:
            found[rest[n]] = free[m]
            taken.add(free[m])
    return found


def _scores(old: Sequence[str], new: Sequence[str]) -> dict[tuple[int, int], float]:
    """How alike two texts are, 0 to 1, by their numbers in `new` and `old`: Dice's measure."""
    where: dict[str, list[tuple[int, int]]] = {}
    for m, text in enumerate(old):
        for pair, count in _pairs(text).items():
            where.setdefault(pair, []).append((m, count))
    out: dict[tuple[int, int], float] = {}
    for n, text in enumerate(new):
        common: Counter[int] = Counter()
        for pair, count in _pairs(text).items():
            for m, other in where.get(pair, ()):
                common[m] += min(count, other)
        for m, shared in common.items():
            out[n, m] = 2 * shared / max(len(old[m]) + len(text) - 2, 1)
    return out


def _pairs(text: str) -> Counter[str]:
    return Counter(text[n : n + 2] for n in range(len(text) - 1))
