"""From a witness and the editor's decisions to the reading.

Guarantees: every decision's quotation stands in the witness where the decision
says; a repetition really repeats; an emendation is found exactly as often as it
says; no line is read twice; no line is both read and omitted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from duizhao.decisions import Decisions, Emend, GapDecision, LineRange, line_range
from duizhao.problems import DuizhaoError, Position, Problem, error
from duizhao.reading import Lacuna, Reading, ReadingLine
from duizhao.segments import compact
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


def lines_read(decisions: Decisions, witness: Witness) -> tuple[int, ...]:
    """The numbers of the non-blank lines that are printed, in reading order."""
    if not decisions.read:
        skipped = set(lines_omitted(decisions))
        return tuple(
            line.number for line in witness.lines if not line.blank and line.number not in skipped
        )
    return tuple(
        number
        for read in decisions.read
        for number in _numbers(read.lines)
        if not witness.line(number).blank
    )


def lines_omitted(decisions: Decisions) -> tuple[int, ...]:
    """The numbers of the lines that a decision omits."""
    return tuple(number for omit in decisions.omit for number in _numbers(omit.lines))


def _numbers(lines: str) -> range:
    first, last = line_range(lines) or (1, 0)
    return range(first, last + 1)


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


def check_decisions(decisions: Decisions, witness: Witness) -> Iterator[Problem]:
    """Every way in which the decisions do not fit the witness."""
    last = len(witness.lines)
    ranges_ok = True
    for table in ("read", "omit"):
        for index, entry in enumerate(getattr(decisions, table)):
            span = line_range(entry.lines)
            if span is None or span[1] > last:
                ranges_ok = False
                yield error(
                    "decision-lines",
                    decisions.position(table, index, "lines"),
                    f"`{entry.lines}` is not a range of lines of the witness (1-{last}).",
                    'write "12" or "12-30"',
                )
                continue
            yield from _check_ends(decisions, witness, table, index, span)
    if not ranges_ok:
        return
    yield from _check_once(decisions)
    read = set(lines_read(decisions, witness))
    for index, join in enumerate(decisions.join):
        yield from _check_beside(
            decisions, witness, "join", index, join.left, read, ends=join.left_ends, key="left_ends"
        )
        yield from _check_beside(
            decisions,
            witness,
            "join",
            index,
            join.right,
            read,
            begins=join.right_begins,
            key="right_begins",
        )
        order = lines_read(decisions, witness)
        if {join.left, join.right} <= read and order.index(join.right) != order.index(
            join.left
        ) + 1:
            yield error(
                "join-order",
                decisions.position("join", index),
                f"Line {join.right} does not follow line {join.left} in the reading order.",
                "put the two lines next to each other under [[read]]",
            )
    for index, gap in enumerate(decisions.gap):
        if gap.after:
            yield from _check_beside(
                decisions, witness, "gap", index, gap.after, read, ends=gap.quote, key="quote"
            )
        else:
            yield from _check_beside(
                decisions, witness, "gap", index, gap.before, read, begins=gap.quote, key="quote"
            )
    for index, emend in enumerate(decisions.emend):
        yield from _check_emend(decisions, witness, index, read)
        if not emend.old:
            yield error("emend-empty", decisions.position("emend", index), "`from` is empty.", "")
    for index, query in enumerate(decisions.query):
        yield from _check_found(
            decisions, witness, "query", index, query.line, query.text, read, "text"
        )
    for index, omit in enumerate(decisions.omit):
        if omit.repeats:
            yield from _check_repeats(decisions, witness, index)


def _check_ends(
    decisions: Decisions, witness: Witness, table: str, index: int, span: LineRange
) -> Iterator[Problem]:
    entry = getattr(decisions, table)[index]
    first, last = witness.line(span[0]), witness.line(span[1])
    for key, line, fits in (
        ("begins", first, first.text.strip().startswith(entry.begins)),
        ("ends", last, last.text.strip().endswith(entry.ends)),
    ):
        if not fits or not getattr(entry, key):
            yield _mismatch(decisions, table, index, key, witness.position(line.number))


def _mismatch(decisions: Decisions, table: str, index: int, key: str, place: Position) -> Problem:
    at = decisions.position(table, index, key)
    return error(
        "quotation-mismatch",
        at,
        f"The quotation does not match line {place.line} of {place.file}: {place.text[:60]}",
        "quote the line exactly as the witness has it, or correct the line number",
    )


def _check_once(decisions: Decisions) -> Iterator[Problem]:
    """No line may be read twice, or be both read and omitted."""
    owner: dict[int, str] = {}
    for table in ("read", "omit"):
        for index, entry in enumerate(getattr(decisions, table)):
            for number in _numbers(entry.lines):
                if number in owner:
                    yield error(
                        "line-used-twice",
                        decisions.position(table, index, "lines"),
                        f"Line {number} is already used by {owner[number]}.",
                        "give each line to one decision",
                    )
                    break
                owner[number] = f"[[{table}]] {entry.lines}"


def _check_beside(
    decisions: Decisions,
    witness: Witness,
    table: str,
    index: int,
    number: int,
    read: set[int],
    *,
    begins: str = "",
    ends: str = "",
    key: str,
) -> Iterator[Problem]:
    if number not in read:
        yield error(
            "line-not-read",
            decisions.position(table, index),
            f"Line {number} is not among the lines read.",
            "name a line that stands under [[read]]",
        )
        return
    text = witness.line(number).text.strip()
    if not (begins or ends) or not (text.startswith(begins) and text.endswith(ends)):
        yield _mismatch(decisions, table, index, key, witness.position(number))


def _check_found(
    decisions: Decisions,
    witness: Witness,
    table: str,
    index: int,
    number: int,
    quote: str,
    read: set[int],
    key: str,
) -> Iterator[Problem]:
    if number not in read:
        yield error(
            "line-not-read",
            decisions.position(table, index, "line"),
            f"Line {number} is not among the lines read.",
            "name a line that stands under [[read]]",
        )
        return
    normalised = witness.line(number).text
    for emend in decisions.emend:
        if emend.everywhere:
            normalised = normalised.replace(emend.old, emend.new)
    found = normalised.count(quote) or witness.line(number).text.count(quote) if quote else 0
    if found != 1:
        place = witness.position(number)
        if found == 0:
            yield _mismatch(decisions, table, index, key, place)
        else:
            yield error(
                "quotation-ambiguous",
                decisions.position(table, index, key),
                f"The quotation stands {found} times on line {number}.",
                "quote more of the line",
            )


def _check_emend(
    decisions: Decisions, witness: Witness, index: int, read: set[int]
) -> Iterator[Problem]:
    emend = decisions.emend[index]
    if not emend.everywhere:
        yield from _check_found(
            decisions, witness, "emend", index, emend.line, emend.old, read, "from"
        )
        return
    if len(emend.old) != 1 or len(emend.new) != 1:
        yield error(
            "emend-everywhere",
            decisions.position("emend", index, "from"),
            "A correction everywhere changes one character into one.",
            "name the lines one by one for anything longer",
        )
    found = sum(witness.line(n).text.count(emend.old) for n in read)
    if found != emend.count:
        yield error(
            "emend-count",
            decisions.position("emend", index, "count"),
            f"`{emend.old}` stands {found} times in the lines read, not {emend.count}.",
            f"look at what changed, then write count = {found}",
        )


def _check_repeats(decisions: Decisions, witness: Witness, index: int) -> Iterator[Problem]:
    """The omitted lines must say what the lines printed instead say.

    A leading article number may differ: that is what a rejected number is.
    """
    omit = decisions.omit[index]
    span = line_range(omit.repeats)
    if span is None or span[1] > len(witness.lines):
        yield error(
            "decision-lines",
            decisions.position("omit", index, "repeats"),
            f"`{omit.repeats}` is not a range of lines of the witness.",
            'write "12" or "12-30"',
        )
        return
    ours = _words(witness, omit.lines)
    theirs = _words(witness, omit.repeats)
    if not (ours and (ours == theirs or theirs.startswith(ours) or ours in theirs)):
        yield error(
            "omit-differs",
            decisions.position("omit", index, "repeats"),
            f"Lines {omit.lines} do not repeat lines {omit.repeats}.",
            "omit only what is printed elsewhere word for word",
        )


def _words(witness: Witness, lines: str) -> str:
    """The words of a range of lines, without spaces, marks and a leading article number."""
    from duizhao.segments import ARTICLE, MARKUP

    parts = []
    for number in _numbers(lines):
        text = witness.line(number).text.strip()
        if mark := MARKUP.match(text):
            text = text[mark.end() :]
        if head := ARTICLE.match(text):
            text = text[head.end() :]
        parts.append(compact(text))
    return "".join(parts)
