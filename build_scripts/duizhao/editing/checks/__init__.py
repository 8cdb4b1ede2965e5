"""Checks of an edition: pure generators of problems, composed here.

Each names one kind of defect by a code that never changes its meaning; none alters
anything.  `check_structured` runs them all over the laws of one witness.
"""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.editing.checks.characters import check_characters
from duizhao.editing.checks.columns import check_columns
from duizhao.editing.checks.context import Checked
from duizhao.editing.checks.headings import check_contents, check_headings
from duizhao.editing.checks.numbers import check_numbers
from duizhao.editing.checks.references import check_references
from duizhao.editing.checks.repetition import check_repetition
from duizhao.editing.checks.sentences import check_brackets, check_sentences
from duizhao.editing.checks.whole import check_omitted, check_whole
from duizhao.ground.problems import Problem
from duizhao.parser.edition_from_reading import Structured
from duizhao.sources.witness import Witness

_CHECKS = (
    check_whole,
    check_numbers,
    check_headings,
    check_contents,
    check_sentences,
    check_brackets,
    check_references,
    check_characters,
)


def check_edition(law: Checked) -> Iterator[Problem]:
    """Every defect of one law by itself, check by check."""
    for check in _CHECKS:
        yield from check(law)


def check_structured(witness: Witness, structured: Structured) -> Iterator[Problem]:
    """Every defect found in the laws of a witness, in the order of its lines."""
    found = list(check_columns(witness))
    laws = [Checked.of(witness, edition) for edition in structured.editions]
    for law in laws:
        found.extend(check_edition(law))
    found.extend(check_repetition(laws))
    found.extend(check_omitted(witness, structured.omitted))
    yield from sorted(found, key=lambda p: (p.position.line, p.position.column))
