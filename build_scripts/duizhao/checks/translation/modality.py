"""Modality: what is ordered, allowed and forbidden stays so, as often as the Chinese says it.

应当 and 必须 are shall, 可以 is may, 不得 is may not or shall not, 任何…不得 is “No … may”,
禁止 is prohibit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from duizhao.checks.translation.context import Pair, finding
from duizhao.problems import Problem, counted

_NOBODY = re.compile(
    r"\b(?:no|nobody|none|neither)\b[^.;:]{0,160}?\b(?:may|shall)\b", re.IGNORECASE
)
_NOT = re.compile(r"\b(?:may|shall|must)\s+(?:\w+\s+)?(?:not|neither)\b", re.IGNORECASE)
_SHALL = re.compile(r"\b(?:shall|must)\b", re.IGNORECASE)
_MAY = re.compile(r"\bmay\b(?!\s+\d)")
_PROHIBIT = re.compile(r"\b(?:prohibit|forbid|forbidden|ban(?:ned|ning|s)?\b)\w*", re.IGNORECASE)
_MAY_ZH = re.compile(r"(?<![许认])可以|可以(?!及)")  # not 许可 + 以及
_ANY_NOT = re.compile(r"任何[^，。；]{0,24}(?:均)?不得")


def check_modality(pair: Pair) -> Iterator[Problem]:
    """Other numbers of shall, may and may not than the Chinese has 应当, 可以, 不得."""
    if not pair.is_law:
        return
    source = pair.source
    rest, nobody = _NOBODY.subn(" ", pair.target)
    rest, forbids = _NOT.subn(" ", rest)
    forbids += nobody
    if "__point_" in pair.eid and re.match(r"(?:not|no|never)\b", pair.target, re.IGNORECASE):
        forbids += 1  # an item under “shall:”
    orders = len(_SHALL.findall(rest))
    allows = len(_MAY.findall(rest))
    wanted = (
        ("应当", source.count("应当") + source.count("必须"), orders, 0, "shall"),
        ("可以", len(_MAY_ZH.findall(source)), allows, source.count("可能"), "may"),
        ("不得", source.count("不得"), forbids, 0, "may not, shall not or No … may"),
    )
    for zh, count, found, more, en in wanted:
        if not count <= found <= count + more:
            yield finding(
                "translation-modality",
                pair,
                f"{zh} stands {counted(count, 'time', 'times')} in the Chinese,"
                f" its counterpart {counted(found, 'time', 'times')} in the English.",
                f"render each {zh} by {en}, and nothing else",
            )
    bans = source.count("禁止") + source.count("严禁")
    if bool(bans) != bool(_PROHIBIT.search(pair.target)):
        yield finding(
            "translation-modality",
            pair,
            f"禁止 stands {counted(bans, 'time', 'times')} in the Chinese, and the English does not match.",
            "render 禁止 by prohibit, and nothing else",
        )
    if len(_ANY_NOT.findall(source)) > nobody:
        yield finding(
            "translation-modality",
            pair,
            "任何…不得 is not rendered by “No … may”.",
            "write “No … may”; “any … may not” can be misread",
        )
