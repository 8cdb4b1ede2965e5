"""From a witness and the editor's decisions to the reading.

Guarantees: every decision's quotation stands in the witness where the decision
says; a repetition really repeats; an emendation is found exactly as often as it
says; no line is read twice; no line is both read and omitted.
"""

from __future__ import annotations

from dataclasses import replace

from duizhao.decision_checks import check_decisions
from duizhao.decisions import Decisions, Emend, GapDecision, lines_read
from duizhao.problems import DuizhaoError
from duizhao.reading import Lacuna, Reading, ReadingLine
from duizhao.text import Piece, Text, plain
from duizhao.witness import Witness


def reading_from_decisions(decisions: Decisions, witness: Witness) -> Reading:
    """The reading of one law; raises DuizhaoError with every decision that fails."""
    problems = list(check_decisions(decisions, witness))
    if problems:
        raise DuizhaoError(problems)
    edited = {n: _edited(decisions, witness, n) for n in lines_read(decisions, witness)}
    joins = {j.right: j.left for j in decisions.join}
    after = {g.after: g for g in decisions.gap if g.after}
    before = {g.before: g for g in decisions.gap if g.before}
    out: list[ReadingLine | Lacuna] = []
    for number, text in edited.items():
        if gap := before.get(number):
            out.append(_lacuna(gap))
        if number in joins and out and isinstance(out[-1], ReadingLine):
            out[-1] = ReadingLine(text=out[-1].text.strip() + text.strip())
        else:
            out.append(ReadingLine(text=text))
        if gap := after.get(number):
            out.append(_lacuna(gap))
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
    text = plain(witness.line(number).text, line=number)
    for emend in decisions.emend:
        if emend.everywhere:
            text = Text(tuple(_normalised(piece, emend) for piece in text))
        elif emend.line == number:
            text = _mark(text, emend.old, emend.id, "emendation", emend.new)
    for query in decisions.query:
        if query.line == number:
            text = _mark(text, query.text, query.id, "query", None)
    for gap in decisions.gap:
        piece = Piece(text="", original="", line=number, column=0, note=gap.id, mark="gap")
        if gap.after == number and gap.cuts in ("left", "both"):
            text = text.strip() + Text((piece,))
        if gap.before == number and gap.cuts in ("right", "both"):
            text = Text((piece,)) + text.strip()
    return text


def _normalised(piece: Piece, emend: Emend) -> Piece:
    """The piece with one character changed into another throughout."""
    if piece.mark == "emendation":
        return piece
    return replace(piece, text=piece.text.replace(emend.old, emend.new))


def _mark(text: Text, quote: str, note: str, mark: str, new: str | None) -> Text:
    """`text` with the words `quote` (of the published or witness text) set apart."""
    published = str(text)
    at = published.find(quote)
    if at == -1:
        at = text.original.find(quote)
    whole = text.cut(at, at + len(quote))
    piece = Piece(
        text=str(whole) if new is None else new,
        original=whole.original,
        line=whole.pieces[0].line,
        column=whole.pieces[0].column,
        note=note,
        mark=mark,
    )
    return text.cut(0, at) + Text((piece,)) + text.cut(at + len(quote))
