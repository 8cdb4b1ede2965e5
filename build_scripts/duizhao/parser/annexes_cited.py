"""Annexes that a text cites: 附件二, 本法附件, 本条例所附《税目税额表》, 见附件.

Grammar (NUM is a numeral)::

    cited := own 附KIND NUM? title? | own 所附 title? | 附KIND NUM title? | 见附KIND | （附KIND | title
    own   := 本法 | 本条例 …
    KIND  := 件 | 录 | 表 | 图

A title alone counts where an annex of this law has it and it is no law's name; 附件 alone
only in the words above, and where it can be but one.  What is annexed to something else
(《公约》附录一、附录二, 申请书及其附件) is not this law's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from duizhao.parser.law_names import KINDS, OWN
from duizhao.parser.provisions import Provisions

_NUM = "[一二三四五六七八九十百0-9]+(?![一二三四五六七八九十百0-9份式张页本套种])"
_CITED = re.compile(
    rf"(?P<own>{OWN})的?(?:所附的?|附(?P<kind>[件录表图])(?P<number>{_NUM})?)(?:《(?P<title>[^《》]{{1,80}})》)?"
    rf"|附(?P<numbered>[件录表图])(?P<ordinal>{_NUM})(?:《(?P<beside>[^《》]{{1,80}})》)?"
    r"|(?<=[见（(])附(?P<alone>[件录表图])(?![一二三四五六七八九十0-9])"
    r"|《(?P<only>[^《》]{1,80})》"
)
_LAW = re.compile(rf"(?:{KINDS})(?:[（(][^）)]*[）)])?$")
# Before 附件二: that it is of something else, or goes on a list.
_OF_ANOTHER = re.compile(rf"(?:[其该的》）)]|{KINDS}|书)$")
_JOINT = re.compile("[、和及与或至]|以及|或者")


def annexes_cited(text: str, provisions: Provisions) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Start, end and identifiers of each citation of an annex of this law, in order."""
    if not provisions.has_annexes:
        return
    foreign = -1  # where an annex of something else ended
    for match in _CITED.finditer(text):
        title = match["title"] or match["beside"] or match["only"] or ""
        found = provisions.annexed(title) if title else None
        if match["only"]:
            found = None if _LAW.search(title) else found
        elif match["numbered"] and (
            _OF_ANOTHER.search(text[: match.start()])
            or (foreign >= 0 and _JOINT.fullmatch(text[foreign : match.start()]))
        ):
            foreign, found = match.end(), None
        elif not found:
            kind = match["kind"] or match["numbered"] or match["alone"] or ""
            found = provisions.annex(kind, match["number"] or match["ordinal"] or "")
        if found:
            yield match.start(), match.end(), tuple(found)
