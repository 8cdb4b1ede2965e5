"""Exceptions: findings that a translator has looked at and accepted, with the reason.

Grammar, on a translator's comment line above the entry::

    # exception CODE: reason
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from duizhao.ground.problems import Position, Problem, Severity
from duizhao.languages.catalog import Catalog

_EXCEPTION = re.compile(r"\s*exception\b\s*(?P<code>[\w-]*)\s*:?\s*(?P<reason>.*)")


def units_by_line(catalog: Catalog) -> dict[int, str]:
    """Which unit a finding on a line of the catalog is about."""
    return {n: e.eid for e in catalog.entries.values() for n in (e.line, e.target_line) if n}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptions:
    """What a catalog excepts: by unit and code the reason and the place of the entry.

    `units` gives the unit of each line, by `units_by_line`.
    """

    units: Mapping[int, str]
    granted: Mapping[tuple[str, str], tuple[str, Position]]

    def excepted(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems without those excepted, and each exception as an information.

        A further problem for each exception that excepts nothing or gives no reason.
        """
        used = set[tuple[str, str]]()
        for problem in problems:
            key = (self.units.get(problem.position.line, ""), problem.code)
            if key in self.granted and self.granted[key][0]:
                used.add(key)
            else:
                yield problem
        for (eid, code), (reason, place) in self.granted.items():
            made = Problem(
                code="translation-exception",
                severity=Severity.INFO,
                position=place,
                message=f"{eid}: {code} is accepted: {reason}",
                hint="nothing, while the reason holds",
            )
            if (eid, code) in used:
                yield made
            else:
                why = (
                    "gives no reason" if not reason else f"excepts nothing: there is no {code} here"
                )
                yield replace(
                    made,
                    code="translation-exception-idle",
                    severity=Severity.WARNING,
                    message=f"{eid}: The exception {why}.",
                    hint="write `# exception CODE: reason`, or remove the line",
                )


def exceptions_of(catalog: Catalog) -> Exceptions:
    """What the remarks of a catalog except."""
    granted = {
        (entry.eid, match["code"]): (
            match["reason"].strip(),
            Position(file=catalog.path, line=entry.line, text=entry.text),
        )
        for entry in catalog.entries.values()
        for remark in entry.remarks
        if (match := _EXCEPTION.fullmatch(remark))
    }
    return Exceptions(units=units_by_line(catalog), granted=granted)
