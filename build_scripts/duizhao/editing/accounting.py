"""Accounting: every line of a witness that has words is used once, or omitted by name.

The proof reads the finished editions, not the steps that made them: for each
line it adds up the characters that stand in an edition as some text's original.  Marks are
no words: a line of nothing else, such as the rule of a table, needs no decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duizhao.editing.decisions import Decisions, lines_of, lines_omitted
from duizhao.ground.problems import Problem, error
from duizhao.parser.edition import Edition, texts
from duizhao.parser.segments import segments_of_line
from duizhao.sources.witness import Witness, WitnessLine

_OUTSIDE = ("space", "markup", "blank")  # segments that carry no words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """Where a witness line went: `kind` is used, omitted, blank, markup or unaccounted.

    `places` are (law id, eid) pairs; `decision` the id of the omission.
    """

    line: int
    kind: str
    places: tuple[tuple[str, str], ...] = ()
    law_id: str = ""
    decision: str = ""


Edited = tuple[Decisions, Edition]


def fates(witness: Witness, edited: Iterable[Edited]) -> tuple[Fate, ...]:
    """The fate of each line of the witness, in its own order."""
    edited = tuple(edited)
    places: dict[int, dict[tuple[str, str], None]] = {}
    for _, edition in edited:
        for eid, text in texts(edition):
            for line in text.lines:
                places.setdefault(line, {})[edition.law_id, eid] = None
    omitted = {
        number: (edition.law_id, omit.id)
        for decisions, edition in edited
        for omit in decisions.omit
        for number in lines_of(omit.lines)
    }
    return tuple(
        Fate(line=line.number, kind="blank") if line.blank else _fate(line, places, omitted)
        for line in witness.lines
    )


def _fate(
    line: WitnessLine,
    places: dict[int, dict[tuple[str, str], None]],
    omitted: dict[int, tuple[str, str]],
) -> Fate:
    number = line.number
    if number in places:
        used = tuple(places[number])
        return Fate(line=number, kind="used", places=used, law_id=used[0][0])
    if number in omitted:
        law_id, decision = omitted[number]
        return Fate(line=number, kind="omitted", law_id=law_id, decision=decision)
    return Fate(line=number, kind="markup" if _wordless(line) else "unaccounted")


def _wordless(line: WitnessLine) -> bool:
    """Whether a line has no words: the rule of a table, a row of empty cells."""
    segments = segments_of_line(line.text, after=None)
    return all(s.kind in _OUTSIDE or s.start == s.end for s in segments)


def check_accounting(witness: Witness, edited: Iterable[Edited]) -> Iterator[Problem]:
    """A problem for each line that is lost, used twice, or used only in part."""
    edited = tuple(edited)
    covered: dict[int, list[tuple[int, int]]] = {}
    for _, edition in edited:
        for _, text in texts(edition):
            for piece in text:
                if piece.line and piece.original:
                    covered.setdefault(piece.line, []).append(
                        (piece.column, piece.column + len(piece.original))
                    )
    omitted = {number for decisions, _ in edited for number in lines_omitted(decisions)}
    for line in witness.lines:
        if line.blank:
            continue
        spans = sorted(covered.get(line.number, ()))
        place = witness.position(line.number, 1, len(line.text))
        if not spans:
            if line.number not in omitted and not _wordless(line):
                yield error(
                    "line-unaccounted",
                    place,
                    "This line is neither printed nor omitted.",
                    "read it in one law's edition.toml, or omit it there and say why",
                )
            continue
        if line.number in omitted:
            yield error(
                "line-used-twice",
                place,
                "This line is printed, and omitted by a decision.",
                "keep one of the two",
            )
        yield from _check_spans(witness, line.number, spans)


def _check_spans(witness: Witness, number: int, spans: list[tuple[int, int]]) -> Iterator[Problem]:
    """Each character with a meaning must be covered once."""
    text = witness.line(number).text
    times = [0] * len(text)
    for start, end in spans:
        for at in range(start, min(end, len(text))):
            times[at] += 1
    for segment in segments_of_line(text, after=None):
        for at in range(segment.start, segment.end):
            if times[at] > 1:
                yield error(
                    "text-twice",
                    witness.position(number, at + 1, _run(times, at, 2)),
                    "This text is printed twice.",
                    "one line may be read by one law only",
                )
                return
            if segment.kind not in _OUTSIDE and not times[at] and not text[at].isspace():
                yield error(
                    "text-lost",
                    witness.position(number, at + 1, _run(times, at, 0)),
                    "This text has been lost between the witness and the edition.",
                    "report it: the parser has a fault",
                )
                return


def _run(times: list[int], start: int, value: int) -> int:
    end = start
    while end < len(times) and (times[end] >= value if value else times[end] == 0):
        end += 1
    return max(1, end - start)
