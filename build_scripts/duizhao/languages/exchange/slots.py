"""The Chinese side of an alignment: the places of a law that wait for English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duizhao.parser.edition import Edition, units

_DIVISION = re.compile(r"(?:part|subpart|chp|sec)_[^_]+(?:__(?:part|subpart|chp|sec)_[^_]+)*")
_LAST = re.compile(r"(?:point|indent)_(\d+)(?:-\d+)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One unit that is translated.

    `place` is the provision it stands in ("art_13", "chp_2", "annex_1", "front");
    `label` is the number of an item, 0 for other text.
    """

    eid: str
    role: str
    text: str
    place: str
    label: int = 0


def slots_from_edition(edition: Edition) -> tuple[Slot, ...]:
    """Every unit of an edition, in order; the contents repeat headings and are left out."""
    return tuple(_slots(edition))


def _slots(edition: Edition) -> Iterator[Slot]:
    for unit in units(edition):
        if unit.role == "contents" or not str(unit.text):
            continue
        match = _LAST.search(unit.eid)
        label = int(match[1]) if match and unit.role in ("item", "subitem") else 0
        yield Slot(
            eid=unit.eid,
            role=unit.role,
            text=str(unit.text),
            place=_place(unit.eid),
            label=label,
        )


def _place(eid: str) -> str:
    first = eid.partition("__")[0]
    if first.startswith(("art_", "annex_")):
        return first
    division = _DIVISION.match(eid)
    return division.group() if division else "front"


def grouped(slots: Iterable[Slot]) -> dict[str, list[Slot]]:
    """Slots by the provision they stand in, in order of appearance."""
    out: dict[str, list[Slot]] = {}
    for slot in slots:
        out.setdefault(slot.place, []).append(slot)
    return out
