"""From a citation as a person types it to an identifier.

Read are: 第十三条第二款, 13条2款, 第一百二十条之一, 第七条第（三）项, Article 13, paragraph 2,
art 13(2)(3), § 13, 13-2 as in an address (#art-13-2), and identifiers themselves.
"""

from __future__ import annotations

import re
import unicodedata

from duizhao.citation import citations
from duizhao.edition import Edition
from duizhao.numerals import NUMERAL_CHARACTERS, integer

_NUM = rf"[（(]?(?:[{NUMERAL_CHARACTERS}]+)[）)]?"
_ZH = re.compile(
    rf"第?(?P<art>{_NUM})条(?:之(?P<ins>{_NUM}))?"
    rf"(?:第?(?P<para>{_NUM})款)?(?:第?(?P<point>{_NUM})项)?(?:第?(?P<indent>{_NUM})目)?"
)
_EN = re.compile(
    r"(?:art(?:icle)?s?\b\.?|§|sec(?:tion)?\b\.?)?[\s_.-]*(?P<art>\d+)(?:\s?(?P<bis>bis\b)|之(?P<ins>\d+))?"
    r"(?:[\s,.;_-]*(?:para(?:graph)?\b\.?)?[\s_]*\(?(?P<para>\d+)\)?)?"
    r"(?:[\s,.;_-]*(?:(?:sub-?para(?:graph)?|point|item)\b\.?)?[\s_]*\(?(?P<point>\d+)\)?)?"
    r"(?:[\s,.;_-]*(?:(?:sub-?item|indent|item)\b\.?)?[\s_]*\(?(?P<indent>\d+)\)?)?",
    re.IGNORECASE,
)
_EID = re.compile(r"[a-z]+_u?\d+(?:-\d+)?(?:__[a-z]+_u?\d+(?:-\d+)?)*")


def eid_from_citation(typed: str) -> str | None:
    """The identifier that a citation names, None where it is none.

    An article with one paragraph is cited without it: what comes back may need
    `resolved` to find the provision in a law.
    """
    text = unicodedata.normalize("NFKC", typed).strip().lstrip("#").strip()
    if _EID.fullmatch(text):
        return text
    match = _ZH.fullmatch("".join(text.split())) or _EN.fullmatch(text)
    if match is None:
        return None
    parts = []
    for name in ("art", "para", "point", "indent"):
        if match[name] is None:
            continue
        number = integer(match[name].strip("（）()"))
        if number is None:
            return None
        inserted = _inserted(match) if name == "art" else None
        parts.append(f"{name}_{number}" + (f"-{inserted}" if inserted else ""))
    return "__".join(parts)


def _inserted(match: re.Match[str]) -> int | None:
    """Which of the articles put in behind one: 之二 is the second, bis the first."""
    found = match.groupdict()
    return 1 if found.get("bis") else integer(found["ins"]) if found["ins"] else None


def resolved(edition: Edition, eid: str) -> str | None:
    """The identifier in this law that `eid` means, None where the law has no such provision."""
    known = citations(edition)
    aliases = dict(edition.aliases)
    with_paragraph = re.sub(r"^(art_[\d-]+)__(point_)", r"\1__para_1__\2", eid)
    for candidate in (eid, with_paragraph):
        if candidate in known:
            return candidate
        if candidate in aliases:
            return aliases[candidate]
    return None
