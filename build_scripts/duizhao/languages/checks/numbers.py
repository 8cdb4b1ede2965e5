"""Numbers, dates, amounts and deadlines: what the Chinese has, the English must have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from duizhao.ground.problems import Problem
from duizhao.languages.checks.context import Pair, finding
from duizhao.languages.checks.places import blank, without_places_en, without_places_zh
from duizhao.languages.checks.quantities import (
    TIMES,
    Quantity,
    chinese_quantities,
    english_quantities,
)

_MARK = re.compile(
    r"(?<!\w)[(（](?:\d{1,2}|[a-z])[)）]"
)  # of an item; `check_enumeration` reads it


# How English says one of them without a number.
_ONE = {
    unit: rf"\b(?:an?|per|each|every)\s+(?:\w+\s+)?{unit}\b|\b{often}\b"
    for unit, often in (
        ("hour", "hourly"),
        ("day", "daily"),
        ("week", "weekly"),
        ("month", "monthly"),
        ("year", "(?:annual|yearly)"),
    )
}
_AGE = re.compile(r"\b(?:age|aged|ages|old)\b", re.IGNORECASE)


def check_numbers(pair: Pair) -> Iterator[Problem]:
    """Quantities that one side has and the other has not, or with another unit."""
    read = _MARK.sub(blank, without_places_zh(pair.read))
    zh = list(chinese_quantities(read, pair.source))
    en = list(english_quantities(_MARK.sub(" ", without_places_en(pair.target))))
    yield from _dates(pair, zh, en)
    years = {q.value / 10000 for q in zh if q.unit == "date"}
    zh = [q for q in zh if q.unit != "date"]
    en = [q for q in en if q.unit != "date"]
    left = list(en)
    for quantity in sorted(zh, key=lambda q: not q.unit):
        exact = next(
            (q for q in left if (q.value, q.unit) == (quantity.value, quantity.unit)), None
        )
        loose = exact or next((q for q in left if q.value == quantity.value), None)
        if loose is not None:
            left.remove(loose)
        elif not quantity.unit and any(q.value == quantity.value for q in en):
            continue  # English need not repeat a bare number
        if exact is None and quantity.unit in TIMES:
            yield from _deadline(pair, quantity, loose)
        elif loose is None and quantity.unit:
            yield finding(
                "translation-amount",
                pair,
                f"“{quantity.words}” is not in the English.",
                "give the amount or share that the Chinese has",
            )
        elif loose is None:
            yield finding(
                "translation-number",
                pair,
                f"The number of “{quantity.words}” ({quantity.value}) is not in the English.",
                "give the number that the Chinese has",
            )
    known = {q.value for q in zh} | years
    if "半" in pair.read:
        known.add(Fraction(1, 2))  # of 过半数, which English may call a majority
    for quantity in left:
        if quantity.figures and quantity.value not in known:
            yield finding(
                "translation-number",
                pair,
                f"“{quantity.words.strip()}” is not in the Chinese.",
                "give the numbers that the Chinese has, and no others",
                quantity.words.strip(),
            )


def _deadline(pair: Pair, quantity: Quantity, loose: Quantity | None) -> Iterator[Problem]:
    one = quantity.value == 1 and quantity.unit in _ONE
    if one and re.search(_ONE[quantity.unit], pair.target, re.IGNORECASE):
        return
    if not (quantity.unit == "age" and loose and _AGE.search(pair.target)):
        has = f"the English has “{loose.words.strip()}”" if loose else "is not in the English"
        yield finding(
            "translation-deadline",
            pair,
            f"“{quantity.words}”: {has}." if loose else f"“{quantity.words}” {has}.",
            "give the time in the same unit: 日 day, 工作日 working day, 月 month, 年 year",
            loose.words.strip() if loose else "",
        )


def _dates(pair: Pair, zh: list[Quantity], en: list[Quantity]) -> Iterator[Problem]:
    wanted = Counter(q.value for q in zh if q.unit == "date")
    given = Counter(q.value for q in en if q.unit == "date")
    words = {q.value: q.words for q in (*en, *zh) if q.unit == "date"}
    bare = {q.value for q in en if q.unit != "date"}
    for value in wanted - given:
        if value % 10000 == 0 and value / 10000 in bare:
            continue  # a year alone is a number in English
        yield finding(
            "translation-date",
            pair,
            f"The date {words[value]} is not in the English.",
            "give the date that the Chinese has",
        )
    for quantity in en:
        if quantity.unit == "date" and quantity.value not in wanted:
            yield finding(
                "translation-date",
                pair,
                f"The date {quantity.words} is not in the Chinese.",
                "give the date that the Chinese has",
                quantity.words,
            )
