"""Headings and the contents.

Codes: heading-broken, heading-unnumbered, contents-disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from duizhao.editing.checks.context import Checked
from duizhao.ground.problems import Problem, error, warning
from duizhao.parser.edition import divisions
from duizhao.parser.segments import compact

_PAGE = re.compile(r"[\s.．·…•\-—–_]*[（(]?\d{0,4}[）)]?\s*$")
_NAMED_SO = ("总则", "附则", "總則", "附則")


def check_headings(law: Checked) -> Iterator[Problem]:
    """Headings that run over two lines, and those whose number was not printed."""
    for division in divisions(law.edition.body):
        text = division.heading.text
        if len(text.lines) > 1:
            yield warning(
                "heading-broken",
                law.position(text, 0, len(str(text))),
                f"The heading “{text}” is broken over {len(text.lines)} lines.",
                "join the lines",
            )
        if not division.number and compact(str(text)) not in _NAMED_SO:
            yield warning(
                "heading-unnumbered",
                law.position(text, 0, len(str(text))),
                f"“{text}” stands as a heading, but its number is not printed.",
                f"it is read as {division.eid}; supply the number if the source has it",
            )


def check_contents(law: Checked) -> Iterator[Problem]:
    """Where the contents (目录) and the body's headings differ."""
    edition = law.edition
    if not edition.contents:
        return
    found = {d.eid: d for d in divisions(edition.body)}
    listed = set()
    for entry in edition.contents:
        listed.add(entry.target)
        printed = _PAGE.sub("", str(entry.unit.text))
        words = compact(printed)
        place = law.position(entry.unit.text, 0, len(printed))
        division = found.get(entry.target)
        if division is None:
            named = entry.level and entry.level != "division"  # 一、 may stand for an article
            if named or words in _NAMED_SO:
                yield error(
                    "contents-disagree",
                    place,
                    f"The contents name “{words}”; the body has no such heading.",
                    "find the heading, or record that it is lost",
                )
        elif division.number and compact(str(division.heading.text)) != words:
            yield warning(
                "contents-disagree",
                place,
                f"The contents say “{words}”, the body “{division.heading.text}”.",
                "compare another copy",
            )
    levels = {entry.level for entry in edition.contents}
    for division in found.values():
        if division.eid not in listed and division.level in levels:
            yield warning(
                "contents-disagree",
                law.position(division.heading.text, 0, len(str(division.heading.text))),
                f"The heading “{division.heading.text}” is not in the contents.",
                "compare another copy",
            )
