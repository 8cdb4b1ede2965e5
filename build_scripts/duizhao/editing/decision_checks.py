"""Checks of editorial decisions against their witness.

Each yields what makes a decision untrue: lines that do not exist, quotations that
do not stand there, repetitions that repeat nothing, lines used twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from duizhao.editing.decisions import (
    Decisions,
    LineRange,
    line_range,
    lines_of,
    lines_read,
    quoted_at,
)
from duizhao.ground.numerals import integer
from duizhao.ground.patterns import ARTICLE
from duizhao.ground.problems import Position, Problem, counted, error, visible
from duizhao.parser.segments import compact, segments_of_line
from duizhao.sources.witness import Witness

_QUOTE_HINT = "quote the line exactly as the witness has it, or correct the line number"
_LONGEST = 60  # characters of a witness line that a message shows
_KINDS = "law administrative-regulation local-regulation rule judicial-interpretation decision"
#: What the values of some keys may be, by table and key; "" is a law's that is read from its text.
_KNOWN = (
    ("law", "kind", ("", *_KINDS.split())),
    ("law", "status", ("", "repealed")),
    ("omit", "kind", ("repetition", "number", "furniture")),
    ("gap", "cuts", ("none", "left", "right", "both")),
    ("gap", "within", ("division", "article")),
)
_EID = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One decision under examination: its table and place, and what it is held against."""

    decisions: Decisions
    witness: Witness
    table: str
    index: int

    def at(self, key: str = "") -> Position:
        return self.decisions.position(self.table, self.index, key)

    @property
    def gap_after(self) -> bool:
        return bool(self.decisions.gap[self.index].after)

    def mismatch(self, key: str, number: int) -> Problem:
        text = self.witness.line(number).text.strip()
        if len(text) > _LONGEST:
            at_end = key in ("ends", "left_ends") or (key == "quote" and self.gap_after)
            text = f"…{text[-_LONGEST:]}" if at_end else f"{text[:_LONGEST]}…"
        return error(
            "quotation-mismatch",
            self.at(key),
            f"Line {number} of {self.witness.name} has something else: {text}",
            _QUOTE_HINT,
        )


def check_decisions(decisions: Decisions, witness: Witness) -> Iterator[Problem]:
    """Every way in which the decisions do not fit the witness."""
    ranges = list(_check_ranges(decisions, witness))
    yield from ranges
    if any(p.code == "decision-lines" for p in ranges):
        return  # nothing that names lines can be checked
    yield from _check_once(decisions)
    read = lines_read(decisions, witness)
    yield from _check_joins(decisions, witness, read)
    yield from _check_gaps(decisions, witness, set(read))
    yield from _check_emendations(decisions, witness, set(read))
    for index, query in enumerate(decisions.query):
        entry = _Entry(decisions, witness, "query", index)
        yield from _check_found(entry, query.line, query.text, set(read), "text")
    yield from _check_overlaps(decisions, witness)
    yield from _check_values(decisions)
    for index, omit in enumerate(decisions.omit):
        if omit.repeats:
            yield from _check_repeats(_Entry(decisions, witness, "omit", index))


def _check_values(decisions: Decisions) -> Iterator[Problem]:
    """Words that mean something to the program are those it knows: it would pass others over."""
    for table, key, known in _KNOWN:
        entries = [decisions.law] if table == "law" else getattr(decisions, table)
        for index, entry in enumerate(entries):
            if (value := getattr(entry, key)) not in known:
                yield error(
                    "edition-type",
                    decisions.position(table, index, key),
                    f"`{key}` cannot be “{visible(value)}”.",
                    f"use one of: {', '.join(filter(None, known))}",
                )
    for index, gap in enumerate(decisions.gap):
        match = ARTICLE.fullmatch(gap.supplies)
        if gap.supplies and (match is None or integer(match["num"]) is None):
            yield error(
                "edition-type",
                decisions.position("gap", index, "supplies"),
                f"“{visible(gap.supplies)}” is no number of an article.",
                "write it as the law does: 第二十一条",
            )
    for table, key in (("gap", "missing"), ("omit", "aliases")):
        for index, entry in enumerate(getattr(decisions, table)):
            for eid in getattr(entry, key):
                if not _EID.fullmatch(eid):
                    yield error(
                        "edition-type",
                        decisions.position(table, index, key),
                        f"“{visible(eid)}” is no identifier.",
                        "write it as addresses have it: art_13__para_2, chp_3",
                    )


def _check_ranges(decisions: Decisions, witness: Witness) -> Iterator[Problem]:
    """Ranges lie within the witness, and begin and end with the words quoted."""
    last = len(witness.lines)
    for table in ("read", "omit"):
        for index, decision in enumerate(getattr(decisions, table)):
            entry = _Entry(decisions, witness, table, index)
            span = line_range(decision.lines)
            if span is None or span[1] > last:
                yield error(
                    "decision-lines",
                    entry.at("lines"),
                    f"`{decision.lines}` is not a range of lines of the witness (1-{last}).",
                    'write "12" or "12-30"',
                )
                continue
            yield from _check_ends(entry, decision.begins, decision.ends, span)


def _check_ends(entry: _Entry, begins: str, ends: str, span: LineRange) -> Iterator[Problem]:
    first, last = (entry.witness.line(n).text.strip() for n in span)
    if not begins or not first.startswith(begins):
        yield entry.mismatch("begins", span[0])
    if not ends or not last.endswith(ends):
        yield entry.mismatch("ends", span[1])


def _check_once(decisions: Decisions) -> Iterator[Problem]:
    """No line may be read twice, or be both read and omitted."""
    owner: dict[int, str] = {}
    for table in ("read", "omit"):
        for index, decision in enumerate(getattr(decisions, table)):
            for number in lines_of(decision.lines):
                if number in owner:
                    yield error(
                        "line-used-twice",
                        decisions.position(table, index, "lines"),
                        f"Line {number} is already used by {owner[number]}.",
                        "give each line to one decision",
                    )
                    break
                owner[number] = f"[[{table}]] {decision.lines}"


def _check_joins(
    decisions: Decisions, witness: Witness, read: tuple[int, ...]
) -> Iterator[Problem]:
    for index, join in enumerate(decisions.join):
        entry = _Entry(decisions, witness, "join", index)
        if missing := [n for n in (join.left, join.right) if n not in read]:
            yield _not_read(entry, missing[0])
            continue
        if not join.left_ends or not witness.line(join.left).text.strip().endswith(join.left_ends):
            yield entry.mismatch("left_ends", join.left)
        right = witness.line(join.right).text.strip()
        if not join.right_begins or not right.startswith(join.right_begins):
            yield entry.mismatch("right_begins", join.right)
        if read.index(join.right) != read.index(join.left) + 1:
            yield error(
                "join-order",
                entry.at(),
                f"Line {join.right} does not follow line {join.left} in the reading order.",
                "put the two lines next to each other under [[read]]",
            )


def _not_read(entry: _Entry, number: int) -> Problem:
    return error(
        "line-not-read",
        entry.at(),
        f"Line {number} is not among the lines read.",
        "name a line that is not omitted and, where there is [[read]], stands there",
    )


def _check_gaps(decisions: Decisions, witness: Witness, read: set[int]) -> Iterator[Problem]:
    for index, gap in enumerate(decisions.gap):
        entry = _Entry(decisions, witness, "gap", index)
        if bool(gap.after) == bool(gap.before):
            yield error(
                "gap-place",
                entry.at(),
                "A gap stands after one line, or before one.",
                "write either `after` or `before`",
            )
            continue
        number = gap.after or gap.before
        if number not in read:
            yield _not_read(entry, number)
            continue
        text = witness.line(number).text.strip()
        fits = text.endswith(gap.quote) if gap.after else text.startswith(gap.quote)
        if not gap.quote or not fits:
            yield entry.mismatch("quote", number)


def _check_emendations(decisions: Decisions, witness: Witness, read: set[int]) -> Iterator[Problem]:
    for index, emend in enumerate(decisions.emend):
        entry = _Entry(decisions, witness, "emend", index)
        if emend.old == emend.new:
            yield error(
                "edition-type",
                entry.at("to"),
                "`to` is the same as `from`: nothing is corrected.",
                "remove the decision; its note would tell readers of a correction that was not made",
            )
            continue
        if not emend.everywhere:
            yield from _check_found(entry, emend.line, emend.old, read, "from")
            continue
        if len(emend.old) != 1 or len(emend.new) != 1:
            yield error(
                "emend-everywhere",
                entry.at("from"),
                "A correction everywhere changes one character into one.",
                "name the lines one by one for anything longer",
            )
            continue
        found = sum(witness.line(n).text.count(emend.old) for n in read)
        if not found:
            yield error(
                "emend-count",
                entry.at("from"),
                f"`{emend.old}` does not stand in the lines read: there is nothing to correct.",
                "remove the decision; its note would tell readers of a correction that was not made",
            )
        elif found != emend.count:
            yield error(
                "emend-count",
                entry.at("count"),
                f"`{emend.old}` stands {counted(found, 'time', 'times')} in the lines read, not {emend.count}.",
                f"look at what changed, then write count = {found}",
            )


def _check_found(
    entry: _Entry, number: int, quote: str, read: set[int], key: str
) -> Iterator[Problem]:
    """The quotation stands once on its line, as printed or as published."""
    if number not in read:
        yield _not_read(entry, number)
        return
    found = len(quoted_at(entry.decisions, entry.witness.line(number).text, quote))
    if found == 0:
        yield entry.mismatch(key, number)
    elif found > 1:
        yield error(
            "quotation-ambiguous",
            entry.at(key),
            f"The quotation stands {found} times on line {number}.",
            "quote more of the line",
        )


def _check_overlaps(decisions: Decisions, witness: Witness) -> Iterator[Problem]:
    """No word of a line is corrected or doubted twice."""
    spans: dict[int, list[tuple[int, int, str]]] = {}
    marked = [
        ("emend", n, e.line, e.old, e.id) for n, e in enumerate(decisions.emend) if not e.everywhere
    ]
    marked += [("query", n, q.line, q.text, q.id) for n, q in enumerate(decisions.query)]
    for table, index, number, quote, name in marked:
        if not 1 <= number <= len(witness.lines):
            continue
        for start in quoted_at(decisions, witness.line(number).text, quote)[:1]:
            end = start + len(quote)
            others = spans.setdefault(number, [])
            for other_start, other_end, other in others:
                if start < other_end and other_start < end:
                    yield error(
                        "decision-overlap",
                        decisions.position(table, index, "from" if table == "emend" else "text"),
                        f"These words overlap those of the decision `{other}`.",
                        "quote so that each decision has words of its own",
                    )
            others.append((start, end, name))


def _check_repeats(entry: _Entry) -> Iterator[Problem]:
    """The omitted lines must say what the lines printed instead say.

    A leading article number may differ: that is what a rejected number is.
    """
    omit = entry.decisions.omit[entry.index]
    span = line_range(omit.repeats)
    if span is None or span[1] > len(entry.witness.lines):
        yield error(
            "decision-lines",
            entry.at("repeats"),
            f"`{omit.repeats}` is not a range of lines of the witness.",
            'write "12" or "12-30"',
        )
        return
    ours = _words(entry.witness, omit.lines)
    if not ours or ours not in _words(entry.witness, omit.repeats):
        yield error(
            "omit-differs",
            entry.at("repeats"),
            f"Lines {omit.lines} do not repeat lines {omit.repeats}.",
            "omit only what is printed elsewhere word for word",
        )


def _words(witness: Witness, lines: str) -> str:
    """The words of a range of lines, without spaces, marks and article numbers."""
    parts: list[str] = []
    for number in lines_of(lines):
        text = witness.line(number).text
        parts.extend(
            compact(text[s.start : s.end])
            for s in segments_of_line(text)
            if s.kind not in ("markup", "space", "blank", "article")
        )
    return "".join(parts)
