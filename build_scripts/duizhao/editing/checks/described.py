"""Whether a witness is described. Code: witness-description."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.editing.decisions import TO_DESCRIBE
from duizhao.ground.problems import Position, Problem, warning
from duizhao.parser.edition import Metadata


def check_described(metadata: Metadata, file: str) -> Iterator[Problem]:
    """A law of which nobody has said what its witness is; `file` is its edition.toml."""
    if metadata.source.strip() in ("", TO_DESCRIBE):
        yield warning(
            "witness-description",
            Position(file=file),
            "Nobody has said yet what the witness is.",
            "say under [[witness]], as `description`, where the text is from and of what kind it is",
        )
