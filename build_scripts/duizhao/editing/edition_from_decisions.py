"""From witness and decisions to the frozen edition, with its notes for readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from duizhao.editing.decisions import Decisions, LineRange, line_range
from duizhao.editing.reading_from_decisions import reading_from_decisions
from duizhao.ground.problems import DuizhaoError, Position, Problem, error
from duizhao.parser.edition import Edition, Metadata, Note, articles, gaps, texts, units, units_of
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.sources.witness import Witness

_TWICE = re.compile(r".*?-dup\d+")  # up to what is given twice: what is below it is told with it
_OVERRIDES = tuple(
    f.name for f in fields(Metadata) if f.name not in ("events", "effective_rule", "source")
)


def edition_from_decisions(decisions: Decisions, witness: Witness) -> Edition:
    """The edition of one law.

    Raises DuizhaoError where a decision does not fit the witness, where the lines
    read hold no law or several, or where an identifier would stand twice.
    """
    reading = reading_from_decisions(decisions, witness)
    found = editions_from_reading(reading, law_id=decisions.law.id).editions
    place = Position(file=decisions.path)
    if len(found) != 1:
        titles = ", ".join(e.metadata.title for e in found) or "none"
        raise DuizhaoError(
            [
                error(
                    "laws-in-reading",
                    place,
                    f"The lines read hold {len(found)} laws, not one: {titles}.",
                    "read only this law's lines, in order",
                )
            ]
        )
    edition = replace(
        found[0],
        metadata=_metadata(found[0].metadata, decisions),
        aliases=tuple((a, o.leads_to) for o in decisions.omit for a in o.aliases),
    )
    edition = replace(edition, notes=tuple(notes_from_decisions(decisions, edition)))
    problems = list(_identifier_problems(edition, decisions, witness))
    if problems:
        raise DuizhaoError(problems)
    return edition


def _metadata(read: Metadata, decisions: Decisions) -> Metadata:
    """What the text says, with what [law] overrides."""
    law = decisions.law
    given: dict[str, Any] = {k: v for k in _OVERRIDES if (v := getattr(law, k, ""))}
    if read.effective_rule == "on promulgation" and read.effective in ("", read.promulgated):
        given = {"effective": given.get("promulgated", read.effective), **given}
    return replace(read, source=decisions.witness[0].description, **given)


def _identifier_problems(
    edition: Edition, decisions: Decisions, witness: Witness
) -> Iterator[Problem]:
    seen: set[str] = set()
    known: set[str] = set()
    doubted = {query.identifier for query in decisions.query}
    yield from _number_problems(edition, decisions)
    told: set[str] = set()
    for unit in units(edition):
        first = unit.text.lines[0] if unit.text.lines else 0
        above = unit.eid.partition("__")[0]
        undecided = "art_u" in above and above not in doubted
        twice = _TWICE.match(unit.eid)
        again = above if undecided else twice[0] if twice else unit.eid
        if (undecided or twice or unit.eid in seen) and again not in told:
            told.add(again)
            place = witness.position(first, 1) if first else Position(file=witness.name)
            yield error(
                "duplicate-identifier",
                replace(place, length=len(place.text)),
                "The number of this article is given to another text."
                if undecided
                else f"The identifier `{unit.eid.partition('-dup')[0]}` is already given.",
                "in edition.toml omit the repetition, or decide which text has the number,"
                " or doubt it: [[query]] with an `identifier`",
            )
        seen.add(unit.eid)
    for note in edition.notes:
        if note.eid in seen:  # the second line of an adoption note is `note_2`
            yield error(
                "duplicate-identifier",
                decisions.position_of(note.id),
                f"The identifier `{note.eid}` is already given.",
                "give the decision another id",
            )
    known |= seen | {a.eid for a in articles(edition.body)} | {g.eid for g in gaps(edition.body)}
    for index, omit in enumerate(decisions.omit):
        if omit.aliases and omit.leads_to not in known:
            yield error(
                "alias-target",
                decisions.position("omit", index, "leads_to"),
                f"`{omit.leads_to}` is not an identifier of this edition.",
                "name the provision that the rejected number leads to",
            )
        for alias in omit.aliases:
            if alias in known:
                yield error(
                    "alias-taken",
                    decisions.position("omit", index, "aliases"),
                    f"`{alias}` is the identifier of a provision that is published.",
                    "leave it out",
                )


def _number_problems(edition: Edition, decisions: Decisions) -> Iterator[Problem]:
    """Doubts of numbers: each names an identifier, and is about the number of what has it."""
    borne = {
        (note, eid.removesuffix("__heading").rpartition("__")[2])
        for eid, text in texts(edition)
        for note in text.notes
    }
    for index, query in enumerate(decisions.query):
        undecided = re.search(r"_u[1-9]\d*$", query.identifier)
        if not query.identifier or (undecided and (query.id, query.identifier) in borne):
            continue
        place = decisions.position("query", index, "identifier")
        if undecided:
            message = (
                f"“{query.text}” is not the number of something that can be `{query.identifier}`."
            )
            hint = "quote the number of an article for art_u1, of a chapter for chp_u1, of an item for point_u1"
        else:
            message = f"`{query.identifier}` is not an identifier for a number in doubt."
            hint = "write art_u1, chp_u1 or point_u1; a number that is decided is an [[emend]]"
        yield error("query-number", place, message, hint)


def notes_from_decisions(decisions: Decisions, edition: Edition) -> Iterator[Note]:
    """The notes, in the order of edition.toml's tables, each with the units it is about."""
    by_note = _units_by_note(edition)
    by_line = _provisions_by_line(edition)
    for read in decisions.read:
        if read.why:
            yield Note(
                id=read.id or f"lines-{read.lines}",
                kind="order",
                zh=read.why,
                lines=_ranges(read.lines),
            )
    for join in decisions.join:
        if not join.why:
            continue  # no more than the end of a line on its page
        yield Note(
            id=join.id,
            kind="join",
            zh=join.why,
            quote=f"{join.left_ends}｜{join.right_begins}",
            lines=((join.left, join.left), (join.right, join.right)),
            targets=tuple(
                eid for eid, text in texts(edition) if {join.left, join.right} <= set(text.lines)
            ),
        )
    for omit in decisions.omit:
        yield Note(
            id=omit.id,
            kind=omit.kind,
            zh=omit.why,
            lines=_ranges(omit.lines),
            others=_ranges(omit.repeats),
            targets=_on_lines(by_line, _ranges(omit.repeats)),
        )
    for emend in decisions.emend:
        yield Note(
            id=emend.id,
            kind="normalisation" if emend.everywhere else "emendation",
            zh=emend.why,
            quote=emend.old,
            reading=emend.new,
            certainty=emend.certainty,
            lines=() if emend.everywhere else ((emend.line, emend.line),),
            count=emend.count,
            keeps_translation=emend.keeps_translation,
            targets=by_note.get(emend.id, ()),
        )
    for query in decisions.query:
        yield Note(
            id=query.id,
            kind="query",
            zh=query.why,
            quote=query.text,
            reading=query.proposal,
            lines=((query.line, query.line),),
            targets=by_note.get(query.id, ()),
        )
    for gap in decisions.gap:
        line = gap.after or gap.before
        yield Note(
            id=gap.id,
            kind="gap",
            zh=gap.why,
            what=gap.what,
            quote=gap.quote,
            lines=((line, line),),
            targets=by_note.get(gap.id, ()),
        )


def _ranges(lines: str) -> tuple[LineRange, ...]:
    span = line_range(lines)
    return (span,) if span else ()


def _units_by_note(edition: Edition) -> dict[str, tuple[str, ...]]:
    """The units and gaps that carry each note's mark."""
    found: dict[str, list[str]] = {}
    for eid, text in texts(edition):
        for note in text.notes:
            found.setdefault(note, []).append(eid)
    for gap in gaps(edition.body):
        found.setdefault(gap.note, []).append(gap.eid)
    return {note: tuple(dict.fromkeys(eids)) for note, eids in found.items()}


def _provisions_by_line(edition: Edition) -> dict[int, str]:
    """The article, or else the unit, that each witness line went to."""
    found: dict[int, str] = {}
    for eid, text in texts(edition):
        for line in text.lines:
            found.setdefault(line, eid)
    for article in articles(edition.body):
        for unit in units_of(article):
            for line in unit.text.lines:
                found[line] = article.eid
    return found


def _on_lines(by_line: dict[int, str], ranges: tuple[LineRange, ...]) -> tuple[str, ...]:
    lines = (n for first, last in ranges for n in range(first, last + 1))
    return tuple(dict.fromkeys(by_line[n] for n in lines if n in by_line))
