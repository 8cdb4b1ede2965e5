"""From a citation as a person types it to an identifier.

Read are: 第十三条第二款, 第十三條第二款, 13条2款, 第一百二十条之一, 第120-1條, 第七条第（三）项, Article 13,
paragraph 2, paragraph 2 of Article 13, art 13(2)(3), § 13, 13-2 as in an address (#art-13-2),
and identifiers themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from duizhao.ground.numerals import NUMERAL_CHARACTERS, integer
from duizhao.languages.citation import citations
from duizhao.parser.edition import Edition

_NUM = rf"[（(]?([{NUMERAL_CHARACTERS}]{{1,9}})[）)]?"
#: 第六条之一第二款第（三）项第四目: numerals of article, of what is put in behind it, and of
#: paragraph, point and indent, as groups.
PLACE_ZH = rf"第?{_NUM}[条條](?:之{_NUM})?(?:第?{_NUM}款)?(?:第?{_NUM}[项項])?(?:第?{_NUM}目)?"
#: 第六條第二項第三款: as Taiwan names the levels, 項 is a paragraph there and 款 a point (`levels`).
PLACE_TW = rf"第?{_NUM}[条條](?:之{_NUM})?(?:第?{_NUM}[项項])?(?:第?{_NUM}款)?(?:第?{_NUM}目)?"
_ZH = re.compile(PLACE_ZH)
#: 第37-1條, as Taiwan's collections print 第三十七條之一.
_HYPHEN = re.compile(r"([0-9]{1,5})[-‐–]([0-9]{1,3})([条條])")
_EN = re.compile(
    r"(?:art(?:icle)?s?\b\.?|§|sec(?:tion)?\b\.?)?[\s_.-]*(?P<art>\d+)"
    r"(?:\s?(?P<bis>bis\b)|之(?P<ins>\d+)|-(?P<hyphen>\d+))?"
    r"(?:[\s,.;_-]*(?:para(?:graph)?\b\.?)?[\s_]*\(?(?P<para>\d+)\)?)?"
    r"(?:[\s,.;_-]*(?:(?:sub-?para(?:graph)?|point|item)\b\.?)?[\s_]*\(?(?P<point>\d+)\)?)?"
    r"(?:[\s,.;_-]*(?:(?:sub-?item|indent|item)\b\.?)?[\s_]*\(?(?P<indent>\d+)\)?)?",
    re.IGNORECASE,
)
#: The smaller unit first: item (3) of paragraph 2 of Article 13.
_TURNED = re.compile(
    r"(?:(?:sub-?para(?:graph)?|point|item)\b\.?\s*\(?(?P<point>\d+)\)?,?\s+(?:of\s+)?)?"
    r"(?:para(?:graph)?\b\.?\s*\(?(?P<para>\d+)\)?,?\s+(?:of\s+)?)?"
    r"(?P<art>art(?:icle)?\b\.?\s*\d+(?:-\d+)?)",
    re.IGNORECASE,
)
_EID = re.compile(r"[a-z]+_u?\d+(?:-\d+)?(?:__[a-z]+_u?\d+(?:-\d+)?)*")


def eids_from_citation(typed: str) -> tuple[str, ...]:
    """The identifiers that a citation may mean, the likeliest first; none where it is none.

    Article 120-1 is the article put in behind 120, or else paragraph 1 of that.  An article
    with one paragraph is cited without it: what comes back may need `resolved` to find the
    provision in a law.
    """
    text = unicodedata.normalize("NFKC", typed).strip().lstrip("#").strip()
    if _EID.fullmatch(text):
        return (text,)
    if match := _ZH.fullmatch(_HYPHEN.sub(r"\1\3之\2", "".join(text.split()))):
        found = [eid_of(match.groups())]
    elif match := _EN.fullmatch(_in_order(text)):
        hyphen, *below = match.group("hyphen", "para", "point", "indent")
        inserted = "1" if match["bis"] else match["ins"] or hyphen
        found = [eid_of((match["art"], inserted, *below))]
        if hyphen and below[2] is None:
            found.append(eid_of((match["art"], None, hyphen, *below[:2])))
    else:
        found = []
    return tuple(filter(None, found))


def eid_of(numerals: Sequence[str | None]) -> str | None:
    """The identifier of a place by the numerals of `PLACE_ZH`; None where one is no number, or 0.

    What is not said is None; the article is said.
    """
    numbers = [None if said is None else integer(said) for said in numerals]
    if any(said is not None and not number for said, number in zip(numerals, numbers, strict=True)):
        return None
    article, inserted, *below = numbers
    parts = [f"art_{article}" + (f"-{inserted}" if inserted else "")]
    kinds = zip(("para", "point", "indent"), below, strict=True)
    parts += [f"{kind}_{number}" for kind, number in kinds if number is not None]
    return "__".join(parts)


def in_first_paragraph(eid: str) -> str:
    """The identifier of what is cited without its paragraph: 第七条第（三）项 is of the first."""
    return re.sub(r"^(art_[\d-]+)__(point_)", r"\1__para_1__\2", eid)


def _in_order(text: str) -> str:
    """An English citation with the article first."""
    match = _TURNED.fullmatch(text)
    if match is None:
        return text
    named = (("para", match["para"]), ("item", match["point"]))
    return " ".join([match["art"], *(f"{level} {n}" for level, n in named if n)])


def resolved(edition: Edition, eid: str) -> str | None:
    """The identifier in this law that `eid` means, None where the law has no such provision."""
    known = citations(edition)
    aliases = dict(edition.aliases)
    for candidate in (eid, in_first_paragraph(eid)):
        if candidate in known:
            return candidate
        if candidate in aliases:
            return aliases[candidate]
    return None
