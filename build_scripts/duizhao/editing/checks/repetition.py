"""Passages that stand twice, exactly or nearly.  Code: passage-repeated.

Nearly: the clauses (what stands between two marks) that a paragraph shares with one
earlier paragraph make up most of it.  Each clause is looked up once, so the cost is
linear; clauses that many paragraphs have are formulas and say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from duizhao.editing.checks.context import Checked
from duizhao.ground.problems import Problem, warning
from duizhao.parser.provisions import Place
from duizhao.parser.segments import compact

_CLAUSE = re.compile(r"[^，。；：、,;:]{6,}")
_EXACT = 40  # characters: shorter formulas rightly repeat (法律、法规规定的其他情形)
_NEAR = 60
_SHARE = 0.85
_COMMON = 4  # paragraphs that may have a clause before it is a formula


def check_repetition(laws: list[Checked]) -> Iterator[Problem]:
    """Each paragraph or item that repeats an earlier one of the same file."""
    whole: dict[str, Place] = {}
    index: dict[str, list[Place]] = {}
    for law in laws:
        for place in law.places:
            text = str(place.unit.text)
            if len(text) < _EXACT or place.unit.role == "heading":
                continue
            tight = compact(text)
            original = whole.setdefault(tight, place)
            if original is not place:
                yield _problem(law, place, original, "word for word")
            elif len(tight) >= _NEAR and (other := _nearly(tight, place, index)):
                yield _problem(law, place, other, "nearly word for word")


def _nearly(text: str, place: Place, index: dict[str, list[Place]]) -> Place | None:
    """The earlier paragraph that holds most of `text`; `place` joins the index."""
    clauses = set(_CLAUSE.findall(text))
    shared: Counter[str] = Counter()
    by_eid: dict[str, Place] = {}
    for clause in clauses:
        holders = index.setdefault(clause, [])
        for holder in holders:
            shared[holder.eid] += len(clause)
            by_eid[holder.eid] = holder
        if len(holders) < _COMMON:
            holders.append(place)
    if not shared:
        return None
    eid, size = shared.most_common(1)[0]
    other = by_eid[eid]
    total = sum(map(len, clauses))
    alike = size >= _SHARE * total and len(str(other.unit.text)) < 1.3 * len(text)
    return other if alike and total >= _NEAR // 2 else None


def _problem(law: Checked, place: Place, original: Place, how: str) -> Problem:
    lines = original.unit.text.lines
    return warning(
        "passage-repeated",
        law.position(place.unit.text, 0, min(40, len(str(place.unit.text))), place.path),
        f"This passage repeats line {lines[0] if lines else 0} {how}.",
        "if it was printed twice by mistake, leave one out",
    )
