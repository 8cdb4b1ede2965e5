"""Enumerations: as many members as the Chinese has, in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duizhao.ground.numerals import integer
from duizhao.ground.problems import Problem, counted
from duizhao.languages.checks.context import Pair, finding
from duizhao.languages.checks.places import without_places_en, without_places_zh
from duizhao.languages.checks.quantities import NUMBER_WORDS

_MARK_ZH = re.compile(r"[（(]([一二三四五六七八九十]+|\d{1,2})[）)]")
_MARK_EN = re.compile(r"(?<![\w\d)])\((\d{1,2}|[a-z]|[ivx]{2,4})\)(?!\w)")
# “Three (3) months” repeats a number and marks no item.
_REPEATED = re.compile(rf"\b(?:{NUMBER_WORDS})\s*\(\d{{1,3}}\)", re.IGNORECASE)
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_JOINT_EN = re.compile(r"[,;]\s*(?:and|or)\b|[,;:]|\band\b|\bor\b|\bas well as\b|\bto\b|–")


def check_enumeration(pair: Pair) -> Iterator[Problem]:
    """Numbered members in another number or order; lists too short for their members."""
    zh = [integer(m) for m in _MARK_ZH.findall(without_places_zh(pair.read))]
    en = [_ordinal(m) for m in _MARK_EN.findall(_REPEATED.sub(" ", without_places_en(pair.target)))]
    if zh != en:
        yield finding(
            "translation-enumeration",
            pair,
            f"The Chinese numbers its items {_list(zh)}, the English {_list(en)}.",
            "give each item its number, in the order of the Chinese; an item that is a unit"
            " of its own has none, the page adds it",
        )
    if not pair.is_law:
        return
    marks = pair.source.count("、")
    joints = len(_JOINT_EN.findall(pair.target))
    if joints < marks:
        yield finding(
            "translation-enumeration",
            pair,
            f"The Chinese divides the members of its lists {counted(marks, 'time', 'times')},"
            f" the English {joints}.",
            "compare the lists member by member: one is missing, or two are run together",
        )


def _ordinal(mark: str) -> int:
    if mark.isdigit():
        return int(mark)
    return _ROMAN.get(mark) or ord(mark[0]) - ord("a") + 1


def _list(numbers: list[int] | list[int | None]) -> str:
    return ", ".join(map(str, numbers)) or "not"
