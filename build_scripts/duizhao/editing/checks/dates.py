"""The dates of a law. Code: print-date."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.ground.problems import Position, Problem, error
from duizhao.parser.edition import Metadata


def check_dated(metadata: Metadata, file: str) -> Iterator[Problem]:
    """A law without any date, of which no PDF can be made; `file` is what is to be mended."""
    if not metadata.latest:
        yield error(
            "print-date",
            Position(file=file),
            "An archival PDF needs a date, and this law has none.",
            "give `edition_date` in its edition.toml",
        )
