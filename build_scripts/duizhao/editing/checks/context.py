"""What every check is given: a law, its witness, and where each of its units stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from duizhao.ground.problems import Position
from duizhao.ground.text import Text
from duizhao.parser.edition import Edition
from duizhao.parser.provisions import Place, placed_units
from duizhao.sources.witness import Witness


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A law under check; `places` are the units of its preamble and body, in order."""

    witness: Witness
    edition: Edition
    places: tuple[Place, ...]

    @staticmethod
    def of(witness: Witness, edition: Edition) -> Checked:
        """The law of an edition, ready to be checked."""
        return Checked(witness=witness, edition=edition, places=tuple(placed_units(edition)))

    def position(
        self, text: Text, offset: int = 0, length: int = 1, path: tuple[str, ...] = ()
    ) -> Position:
        """The place in the witness of a published offset in `text`."""
        at = 0
        for piece in text:
            size = len(piece.text)
            if offset < at + size or piece is text.pieces[-1]:
                inside = min(max(0, offset - at), max(0, len(piece.original) - 1))
                place = self.witness.position(piece.line, piece.column + inside + 1, length)
                return replace(place, path=path)
            at += size
        return Position(file=self.witness.name, path=path)
