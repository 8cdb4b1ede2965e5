"""References: the provisions that the Chinese names, and no others."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.ground.problems import Problem
from duizhao.languages.checks.context import Pair, finding
from duizhao.languages.checks.places import places_en, places_zh, relative_zh


def check_references(pair: Pair) -> Iterator[Problem]:
    """Named provisions that one side has and the other has not."""
    zh, en = places_zh(pair.read), places_en(pair.target)
    hint = "name the provisions that the Chinese names: 条 Article, 款 paragraph, 项 subparagraph, 目 item"
    for level, number in sorted(zh - en):
        yield finding(
            "translation-reference", pair, f"{level} {number} is not in the English.", hint
        )
    for level, number in sorted(en - zh):
        yield finding(
            "translation-reference", pair, f"{level} {number} is not in the Chinese.", hint
        )
    if not pair.is_law:
        return
    for match, english in relative_zh(pair.read):
        if not english.search(pair.target):
            words = pair.source[match.start() : match.end()]
            yield finding(
                "translation-reference",
                pair,
                f"“{words}” has no counterpart.",
                "前款 is “the preceding paragraph”, 本条 “this Article”",
            )
