"""Checks of an edition: pure generators of problems, composed here."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.edition_from_reading import Structured
from duizhao.problems import Problem
from duizhao.witness import Witness


def check_structured(witness: Witness, structured: Structured) -> Iterator[Problem]:
    """Every defect found in the laws of a witness, in the order of its lines."""
    del witness, structured
    yield from ()
