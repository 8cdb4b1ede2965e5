"""References: a citation must lead somewhere.  Code: reference-dangling."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.editing.checks.context import Checked
from duizhao.ground.problems import Problem, warning
from duizhao.parser.references import references_in


def check_references(law: Checked) -> Iterator[Problem]:
    """Every citation of a provision that this law does not have."""
    for place, reference in references_in(law.edition, law.places):
        if reference.kind == "dangling":
            yield warning(
                "reference-dangling",
                law.position(
                    place.unit.text,
                    reference.start,
                    reference.end - reference.start,
                    place.path,
                ),
                f"{reference.text} does not exist in this law.",
                "compare the source: the number may be misprinted, or the provision lost",
            )
