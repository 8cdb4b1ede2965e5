"""From a witness and the editor's decisions to the reading.

Guarantees: every decision's quotation stands in the witness where the decision
says; a repetition really repeats; an emendation is found exactly as often as it
says; no line is read twice; no line is both read and omitted; no word of a line is
corrected or doubted twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from duizhao.editing.decision_checks import check_decisions
from duizhao.editing.decisions import (
    Decisions,
    Emend,
    GapDecision,
    Query,
    lines_read,
    normalised,
    quoted_at,
)
from duizhao.ground.problems import DuizhaoError
from duizhao.ground.text import Piece, Text
from duizhao.parser.reading import Lacuna, Reading, ReadingLine
from duizhao.sources.witness import Witness


def reading_from_decisions(decisions: Decisions, witness: Witness) -> Reading:
    """The reading of one law; raises DuizhaoError with every decision that fails."""
    problems = list(check_decisions(decisions, witness))
    if problems:
        raise DuizhaoError(problems)
    on = _OnLines(decisions)
    out: list[ReadingLine | Lacuna] = []
    for number in lines_read(decisions, witness):
        text = _edited(decisions, on, witness, number)
        numbers = tuple((q.id, q.identifier) for q in on.queries.get(number, ()) if q.identifier)
        out.extend(_lacuna(gap) for gap in on.gaps.get(number, ()) if gap.before)
        if number in on.joined and out and isinstance(before := out[-1], ReadingLine):
            joined = before.text.strip() + text.strip()
            out[-1] = ReadingLine(text=joined, numbers=before.numbers + numbers)
        else:
            out.append(ReadingLine(text=text, numbers=numbers))
        out.extend(_lacuna(gap) for gap in on.gaps.get(number, ()) if gap.after)
    return tuple(out)


class _OnLines:
    """The decisions about single lines, by line."""

    def __init__(self, decisions: Decisions) -> None:
        self.gaps: dict[int, list[GapDecision]] = defaultdict(list)
        self.emends: dict[int, list[Emend]] = defaultdict(list)
        self.queries: dict[int, list[Query]] = defaultdict(list)
        self.joined = {join.right for join in decisions.join}
        for gap in decisions.gap:
            self.gaps[gap.after or gap.before].append(gap)
        for emend in decisions.emend:
            if not emend.everywhere:
                self.emends[emend.line].append(emend)
        for query in decisions.query:
            self.queries[query.line].append(query)


def _lacuna(gap: GapDecision) -> Lacuna:
    return Lacuna(
        id=gap.id,
        supplies=gap.supplies,
        block=gap.block,
        within=gap.within,
        missing=gap.missing,
    )


def _edited(decisions: Decisions, on: _OnLines, witness: Witness, number: int) -> Text:
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
    marks = _marks(decisions, on, printed, number)
    for start, end, mark in sorted(marks, key=lambda m: m[:2]):
        if at < start:
            pieces.append(piece(at, start))
        pieces.append(piece(start, end, **mark))
        at = end
    if at < len(printed):
        pieces.append(piece(at, len(printed)))
    text = Text(tuple(pieces))
    for gap in on.gaps.get(number, ()):
        lost = Piece(text="", original="", line=number, column=0, note=gap.id, mark="gap")
        if gap.after and gap.cuts in ("left", "both"):
            text = text.strip() + Text((lost,))
        if gap.before and gap.cuts in ("right", "both"):
            text = Text((lost,)) + text.strip()
    return text


def _marks(
    decisions: Decisions, on: _OnLines, printed: str, number: int
) -> Iterator[tuple[int, int, dict[str, str]]]:
    """The words of a line that a decision is about: start, end, and what becomes of them."""
    for emend in on.emends.get(number, ()):
        start = quoted_at(decisions, printed, emend.old)[0]
        mark = {"text": emend.new, "note": emend.id, "mark": "emendation"}
        yield start, start + len(emend.old), mark
    for query in on.queries.get(number, ()):
        start = quoted_at(decisions, printed, query.text)[0]
        yield start, start + len(query.text), {"note": query.id, "mark": "query"}
