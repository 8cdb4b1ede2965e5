"""Citing: which provision of a law cites which, and which other laws it cites.

Made from `references`, for readers: an internal citation leads to the first of its
targets; each provision knows what cites it from outside its own article; other laws are
gathered under one name, 刑法 with 《中华人民共和国刑法》.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from duizhao.parser.edition import Edition
from duizhao.parser.provisions import Place, Provisions
from duizhao.parser.references import Reference, references_in

_STATES = re.compile("(?:^|(?<=〈))中华人民共和国")
_MARKS = str.maketrans("《》＜＞<>", "〈〉〈〉〈〉")
_WITHIN = str.maketrans("《》〈〉", "〈〉《》")
# What the title of a law ends with; 《食品经营许可证》 is cited too, and no law.
_LAW = re.compile(
    r"(?:宪法|法典|法|条例|办法|规定|规则|细则|决定|解释|公约|协定|议定书|章程|通则|纲要|意见|通知)"
    r"(?:[（(][^）)]*[）)])?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedLaw:
    """Another law that a law cites: its fullest title, and the units that cite it, in order."""

    title: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """The citations of one law.

    `of_unit` gives those that lead somewhere by the unit they stand in; `by_target` gives,
    for an article or a division, the units that cite it or a part of it, each with the
    identifiers that it cites; `laws` are the other laws.
    """

    provisions: Provisions
    of_unit: Mapping[str, tuple[Reference, ...]]
    loose: Mapping[str, tuple[Reference, ...]]
    by_target: Mapping[str, Mapping[str, tuple[str, ...]]]
    laws: tuple[CitedLaw, ...]


def marked_alike(title: str) -> str:
    """A title with one kind of marks for the title in it: 实施《某法》办法 is cited 《实施〈某法〉办法》."""
    return title.translate(_MARKS)


def enclosed(title: str) -> str:
    """A title as one cites it: within 《》 a title has 〈〉, and one within that 《》 (GB/T 15834)."""
    return f"《{title.translate(_WITHIN) if '《' in title else title}》"


def name_of(title: str) -> str:
    """The name under which a title is looked up, without the state; （试行） makes another law."""
    return _STATES.sub("", marked_alike("".join(title.split())))


def provision_of(eid: str) -> str:
    """The provision that a unit belongs to: the words after a list are of its paragraph."""
    return re.sub(r"__wrap_\d+$", "", eid)


def owner_of(eid: str) -> str:
    """The article that a provision belongs to; a division or a loose paragraph is its own."""
    return eid.partition("__")[0] if eid.startswith("art_") else eid


def citing_from_edition(edition: Edition) -> Citing:
    """Every citation of an edition, sorted for its readers."""
    of_unit: dict[str, list[Reference]] = {}
    loose: dict[str, list[Reference]] = {}
    by_target: dict[str, dict[str, list[str]]] = {}
    titles: dict[str, str] = {}
    laws: dict[str, list[str]] = {}
    provisions = Provisions(edition)
    for place, reference in references_in(edition):
        if reference.kind == "external" and _LAW.search(provisions.levels.read(reference.title)):
            name = name_of(reference.title)
            titles[name] = max(titles.get(name, ""), reference.title, key=len)
            laws.setdefault(name, []).append(provision_of(place.eid))
            of_unit.setdefault(place.eid, []).append(reference)
        elif reference.targets and not _is_itself(reference, place):
            of_unit.setdefault(place.eid, []).append(reference)
            source = provision_of(place.eid)
            for target in reference.targets:
                owner = owner_of(target)
                if owner != owner_of(source) and not _encloses(target, place):
                    cited = by_target.setdefault(owner, {}).setdefault(source, [])
                    if target not in cited:
                        cited.append(target)
        elif not reference.targets:
            loose.setdefault(place.eid, []).append(reference)
    return Citing(
        provisions=provisions,
        of_unit={eid: tuple(found) for eid, found in of_unit.items()},
        loose={eid: tuple(found) for eid, found in loose.items()},
        by_target={
            target: {source: tuple(found) for source, found in sources.items()}
            for target, sources in by_target.items()
        },
        laws=tuple(
            CitedLaw(title=titles[name], places=tuple(dict.fromkeys(places)))
            for name, places in laws.items()
        ),
    )


def _is_itself(reference: Reference, place: Place) -> bool:
    """Whether a citation is of nothing but what one is reading: 本款."""
    return reference.said in ("本款", "本项") or reference.targets == (provision_of(place.eid),)


def _encloses(target: str, place: Place) -> bool:
    """Whether what is cited is a division in which the citation stands: 本章."""
    return any(division.eid == target for division in place.divisions)
