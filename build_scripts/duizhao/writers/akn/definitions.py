"""Where a law defines a term itself: 本条例所称公园，是指…… and （以下简称社区）.

::

    definition = 本, name of the act, 所称 or 所称的, term, (，是指 | ，指 | 是指)
               | bracket, 以下 (简称 | 统称 | 称), term, bracket
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LAW = r"本[\u4e00-\u9fff]{1,8}?所称的?(?P<term>[^，,。；：（(]{1,20}?)(?:[，,]是?指|是指)"
_SHORT = r"[（(]以下(?:简称为?|统称为?|称为?)[“\"《]?(?P<short>[^（()）“”\"《》，,。]{1,20})[”\"》]?[)）]"
_DEFINITION = re.compile(f"{_LAW}|{_SHORT}")


def definitions_in(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each term that a text defines, in order."""
    for match in _DEFINITION.finditer(text):
        group = "term" if match["term"] else "short"
        yield match.start(group), match.end(group)
