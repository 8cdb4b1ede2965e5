"""The reading: the lines of a law in reading order, edited, ready to be structured.

Between the witness and the edition stands this plain sequence.  A `ReadingLine`
is a line, or several lines joined, with every editorial decision already
applied to its text; a `Lacuna` is a place where text is known to be lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from duizhao.ground.text import Text, plain
from duizhao.sources.witness import Witness


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLine:
    """One line of the law as it will be published, with its provenance.

    `numbers` are the numbers in it that are in doubt: a note, and the identifier that
    what bears the number has instead of one made of it ("art_u1").
    """

    text: Text
    numbers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacuna:
    """Lost text at this place.

    `supplies` names the article that begins within the lost text ("第二十一条"),
    `block` says whether whole paragraphs are lost (else only the neighbouring
    line is cut and carries the mark itself), `within` what the lost text belongs
    to: "article" or "division".
    """

    id: str
    supplies: str = ""
    block: bool = True
    within: str = "division"
    missing: tuple[str, ...] = ()


Reading = tuple[ReadingLine | Lacuna, ...]


def reading_from_witness(witness: Witness) -> Reading:
    """The lines of a witness in their own order, with no decision taken."""
    return tuple(
        ReadingLine(text=plain(line.text, line=line.number))
        for line in witness.lines
        if not line.blank
    )
