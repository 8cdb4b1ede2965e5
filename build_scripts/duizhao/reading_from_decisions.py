"""From a witness and the editor's decisions to the reading.

Guarantees: every decision's quotation stands in the witness where the decision
says; a repetition really repeats; an emendation is found exactly as often as it
says; no line is read twice; no line is both read and omitted; no word of a line is
corrected or doubted twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.decision_checks import check_decisions
from duizhao.decisions import (
    Decisions,
    GapDecision,
    lines_read,
    normalised,
    quoted_at,
)
from duizhao.problems import DuizhaoError
from duizhao.reading import Lacuna, Reading, ReadingLine
from duizhao.text import Piece, Text
from duizhao.witness import Witness


def reading_from_decisions(decisions: Decisions, witness: Witness) -> Reading:
    """The reading of one law; raises DuizhaoError with every decision that fails."""
    problems = list(check_decisions(decisions, witness))
    if problems:
        raise DuizhaoError(problems)
    edited = {n: _edited(decisions, witness, n) for n in lines_read(decisions, witness)}
    joins = {j.right: j.left for j in decisions.join}
    out: list[ReadingLine | Lacuna] = []
    for number, text in edited.items():
        out.extend(_lacuna(gap) for gap in decisions.gap if gap.before == number)
        if number in joins and out and isinstance(out[-1], ReadingLine):
            out[-1] = ReadingLine(text=out[-1].text.strip() + text.strip())
        else:
            out.append(ReadingLine(text=text))
        out.extend(_lacuna(gap) for gap in decisions.gap if gap.after == number)
    return tuple(out)


def _lacuna(gap: GapDecision) -> Lacuna:
    return Lacuna(
        id=gap.id,
        supplies=gap.supplies,
        block=gap.block,
        within=gap.within,
        missing=gap.missing,
    )


def _edited(decisions: Decisions, witness: Witness, number: int) -> Text:
    """The text of a line with its emendations, queries and gap marks."""
    printed = witness.line(number).text
    published = normalised(decisions, printed)

    def piece(start: int, end: int, **mark: str) -> Piece:
        return Piece(
            **{"text": published[start:end], **mark},
            original=printed[start:end],
            line=number,
            column=start,
        )

    pieces, at = list[Piece](), 0
    for start, end, mark in sorted(_marks(decisions, printed, number), key=lambda m: m[:2]):
        if at < start:
            pieces.append(piece(at, start))
        pieces.append(piece(start, end, **mark))
        at = end
    if at < len(printed):
        pieces.append(piece(at, len(printed)))
    text = Text(tuple(pieces))
    for gap in decisions.gap:
        lost = Piece(text="", original="", line=number, column=0, note=gap.id, mark="gap")
        if gap.after == number and gap.cuts in ("left", "both"):
            text = text.strip() + Text((lost,))
        if gap.before == number and gap.cuts in ("right", "both"):
            text = Text((lost,)) + text.strip()
    return text


def _marks(
    decisions: Decisions, printed: str, number: int
) -> Iterator[tuple[int, int, dict[str, str]]]:
    """The words of a line that a decision is about: start, end, and what becomes of them."""
    for emend in decisions.emend:
        if emend.line == number and not emend.everywhere:
            start = quoted_at(decisions, printed, emend.old)[0]
            mark = {"text": emend.new, "note": emend.id, "mark": "emendation"}
            yield start, start + len(emend.old), mark
    for query in decisions.query:
        if query.line == number:
            start = quoted_at(decisions, printed, query.text)[0]
            yield start, start + len(query.text), {"note": query.id, "mark": "query"}
