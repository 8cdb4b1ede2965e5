"""Citations that a passage holds: beside, before or behind what it quotes.

::

    citation := title place | place "of" title        as a line, in brackets, or before a colon
    title    := of a law of the site, in any language, or 《…》
    place    := 第六条第二款 | Article 6, paragraph 2 | art. 6(2) | as the law's language has it

What a law says of another stands within a sentence, and is no citation in this sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duizhao.languages.locator import PLACE_TW, PLACE_ZH, eid_of, in_first_paragraph
from duizhao.writers.quote.corpus import Folded, folded_text
from duizhao.writers.search.provisions import SearchLaw, as_taiwan

LEAST_TITLE = 4  # compared characters of a title
#: What tells the versions of a law apart, at the end of its title: （2019年修正）.
VERSION = re.compile(r"[（(][^（）()]*[）)]$")
_DIGITS = "([0-9]{1,5})"
_EN = (
    rf"(?:art(?:icle)?\.?|§)\s*{_DIGITS}(?:-{_DIGITS})?"
    rf"(?:,?\s*para(?:graph|\.)?\s*\(?{_DIGITS}\)?|\s?\({_DIGITS}\))?"
    rf"(?:,?\s*(?:sub-?paragraph|point)\s*\(?{_DIGITS}\)?|\s?\({_DIGITS}\))?"
    rf"(?:,?\s*(?:sub-?item|item|indent)\s*\(?{_DIGITS}\)?|\s?\({_DIGITS}\))?"
)
_OPENS = r"""[\s"“”'‘’「『《〈]*"""
_CLOSES = r"""[\s"“”'‘’」』》〉,，]*"""
_PLACES = (
    (re.compile(_CLOSES + PLACE_ZH), re.compile(_CLOSES + PLACE_TW)),
    (re.compile(_CLOSES + _EN, re.IGNORECASE),),
)
_CLOSED = re.compile(r"""["”'’」』》〉]*""")
#: in another language: numbers, each with a few words
_OTHER = re.compile(
    r"""["”'’」』》〉]*((?:, [^\n()（）:：.。;；,\[\]【】0-9]{0,30}[0-9]{1,5}(?:-[0-9]{1,3})?"""
    r"[^\s()（）:：.。;；,\[\]【】0-9]{0,12}){1,4})"
)
_ZH_TITLE = re.compile("《([^《》\n]{2,60})》" + PLACE_ZH)
_OF = re.compile(rf"{_EN}\s+of\s+(?:the\s+)?{_OPENS}$", re.IGNORECASE)
_SAYS = r"\s*(?:规定|明确|指出|(?:provides?|states?|reads?|stipulates?)(?:\s+that)?)?[,，]?\s*[:：]"
#: What stands before a citation, and behind it; that a sentence goes on says that it is none.
_BEFORE = re.compile(r"(?:[\n(（\[【;；]|—+)" + _OPENS + "$")
_AFTER_SENTENCE = re.compile(r"[.。!！?？;；]" + _OPENS + "$")
_END = re.compile(
    r"""\s*[.。]?["”]?\s*(?:[)）\]】]+[.。]?|[;；]|\n(?!\s*(?:[的所之和或及、]|规定))|\Z)"""
)
_LEAD = re.compile(_SAYS, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation from `start` to `end` of the passage.

    `laws` are the ids of those that have its title, none for a law that is not here;
    `eid` is what it cites, `taiwan` what it does in a law that names its levels as Taiwan
    does, each "" where it is none; both are where `said` is how another language says it.
    """

    start: int
    end: int
    laws: tuple[str, ...]
    eid: str
    said: str = ""
    taiwan: str = ""


def titles_of(laws: Sequence[SearchLaw]) -> dict[str, tuple[str, ...]]:
    """Ids by title as it is compared, longest first; with and without the version at its end."""
    found: dict[str, list[str]] = {}
    for law in laws:
        for title in law.titles:
            for name in (title, VERSION.sub("", title)):
                ids = found.setdefault(folded_text(name).plain, [])
                if law.id not in ids:
                    ids.append(law.id)
    some = sorted(found, key=lambda name: (-len(name), name))
    return {name: tuple(found[name]) for name in some if len(name) >= LEAST_TITLE}


def citations(passage: Folded, titles: Mapping[str, tuple[str, ...]]) -> list[Citation]:
    """The citations of a passage in its order; they do not overlap."""
    found: list[Citation] = []
    for one in _all(passage, titles):
        if all(one.end <= other.start or other.end <= one.start for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _all(passage: Folded, titles: Mapping[str, tuple[str, ...]]) -> Iterator[Citation]:
    for title, laws in titles.items():
        at = passage.plain.find(title)
        while at >= 0:
            one = _around(passage, at, at + len(title), laws)
            if one:
                yield one
            at = passage.plain.find(title, at + len(title))
    for match in _ZH_TITLE.finditer(passage.text):
        if folded_text(match[1]).plain not in titles:
            eid = _eid(match.groups()[1:])
            span = _bounded(passage.text, match.start(), match.end()) if eid else None
            if span:
                yield Citation(*span, (), eid)


def _around(passage: Folded, low: int, high: int, laws: tuple[str, ...]) -> Citation | None:
    """The citation of which a title, from `low` to `high` as compared, is a part."""
    text, start, end = passage.text, passage.start[low], passage.end[high - 1]
    before = text[max(0, start - 100) : start]
    of = _OF.search(before)
    if of:
        closed = _CLOSED.match(text, end)
        span = _bounded(text, start - len(of[0]), closed.end() if closed else end)
        return Citation(*span, laws, _eid(of.groups())) if span else None
    for patterns in _PLACES:
        matches = [found for pattern in patterns if (found := pattern.match(text, end))]
        stop = max((match.end() for match in matches), default=0)
        eids = [_eid(match.groups()) if match.end() == stop else "" for match in matches]
        span = _bounded(text, start, stop) if any(eids) else None
        if span:
            return Citation(*span, laws, eids[0], taiwan="".join(eids[1:]))
    match = _OTHER.match(text, end)
    if match is None:
        return None
    span = _bounded(text, start, match.end())
    return Citation(*span, laws, "", folded_text(match[1]).plain) if span else None


def _bounded(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a citation goes from and to with the marks around it; None within a sentence."""
    before = text[max(0, start - 20) : start] if start > 20 else "\n" + text[:start]
    lead = _LEAD.match(text, end)
    opened = _BEFORE.search(before) or (lead and _AFTER_SENTENCE.search(before))
    closed = lead or _END.match(text, end)
    if not opened or not closed:
        return None
    mark = opened[0][0]
    return start - len(opened[0]) + (mark not in "(（[【—"), closed.end()


def _eid(numerals: Sequence[str | None]) -> str:
    """The identifier of what is cited, "" where a numeral is no number.

    `numerals` are those of article, article put in behind it, and, once or twice each,
    paragraph, point and indent.
    """
    article, inserted, *below = numerals
    if len(below) > 3:
        below = [below[n] or below[n + 1] for n in range(0, len(below), 2)]
    return eid_of((article, inserted, *below)) or ""


def cited_in(one: Citation, law: SearchLaw) -> str:
    """What a citation is of in a law, by the names that the law has for the levels."""
    if one.taiwan in ("", one.eid):
        return one.eid
    way = as_taiwan(law)
    if way is None:
        return one.eid or one.taiwan
    return one.taiwan if way else one.eid


def cites(eid: str, other: str) -> bool:
    """Whether a citation is of a provision, of one within it or of one around it."""
    return any(
        one == other or one.startswith(f"{other}__") or other.startswith(f"{one}__")
        for one in (eid, in_first_paragraph(eid))
    )
