"""Modality: what is ordered, allowed and forbidden stays so, as often as the Chinese says it.

应当, 必须, 应 and 须 are shall, 可以 is may, 不得 is may not or shall not, 任何…不得 is “No …
may”, 禁止 is prohibit.  应, 须 and 可 alone are also parts of other words (供应, 许可): they may
stand for a shall or may, and need not; so may 不予, 不适用, 无须 and the like for a shall not.
Law in traditional characters orders with 應 and allows with 得, and says shall of much that it
only states: of it what is forbidden is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from duizhao.ground.problems import Problem, counted
from duizhao.languages.checks.context import Pair, finding
from duizhao.parser.levels import MAINLAND

_NOBODY = re.compile(
    r"\b(?:no(?!\s+(?:less|more|fewer|later|earlier|longer)\s+than\b)|nobody|none|neither)\b[^.;:]{0,160}?\b(?:may|shall)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:may|shall|must)\s+(?:\w+\s+)?(?:not|neither)\b", re.IGNORECASE)
_SHALL = re.compile(r"\b(?:shall|must)\b", re.IGNORECASE)
_MAY = re.compile(r"\bmay\b(?!\s+\d)")
_PROHIBIT = re.compile(r"\b(?:prohibit|forbid|forbidden|ban(?:ned|ning|s)?\b)\w*", re.IGNORECASE)
_MAY_ZH = re.compile(r"(?<![许认])可以|可以(?!及)")  # not 许可 + 以及
_ANY_NOT = re.compile(r"任何[^，。；]{0,24}(?:均)?不得")
# 应 and 须 that may order; 应 is none in 供应, 相应, 应急, 应用, 应对 …
_PERHAPS_SHALL = re.compile(
    "(?<![供相适反响对效感回照呼策顺因接不])应(?![当急用届邀聘征召变援激酬景和])|(?<![必无毋])须(?!知)"
)
_PERHAPS_MAY = re.compile("(?<![许认不])可(?![以靠行持燃溶再])|得以")
_PERHAPS_NOT = re.compile(
    "不(?!得|断|动产|同|良|足|少|论|仅|但|超|低|高|法|特定|可抗)|未(?!成年|来)|无(?!障碍|线|偿|形|人机|害|公害)|勿"
)


def check_modality(pair: Pair) -> Iterator[Problem]:
    """Other numbers of shall, may and may not than the Chinese has 应当, 可以, 不得."""
    if not pair.is_law:
        return
    source = pair.read
    rest, nobody = _NOBODY.subn(" ", pair.target)
    rest, forbids = _NOT.subn(" ", rest)
    forbids += nobody
    if "__point_" in pair.eid and re.match(r"(?:not|no|never)\b", pair.target, re.IGNORECASE):
        forbids += 1  # an item under “shall:”
    orders = len(_SHALL.findall(rest))
    allows = len(_MAY.findall(rest))
    ordered = source.count("应当") + source.count("必须")
    allowed, forbidden = len(_MAY_ZH.findall(source)), source.count("不得")
    wanted = [
        ("应当", ordered, orders, len(_PERHAPS_SHALL.findall(source)), "shall"),
        ("可以", allowed, allows, len(_PERHAPS_MAY.findall(source)), "may"),
        (
            "不得",
            forbidden,
            forbids,
            len(_PERHAPS_NOT.findall(source)),
            "may not, shall not or No … may",
        ),
    ]
    for zh, count, found, more, en in wanted if pair.levels == MAINLAND else wanted[2:]:
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
