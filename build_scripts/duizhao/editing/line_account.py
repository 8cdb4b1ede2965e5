"""The account of a parsed witness: what became of each of its non-blank lines.

Law: ``used + omitted + unaccounted == total``.  The account is taken from the
pieces that the finished editions carry, not from the steps that made them, and
counts characters: a line is used where every character with a meaning stands in
an edition exactly once, and omitted where the parser set it aside and named the
reason (page furniture, invisible characters, the rule of a Markdown table).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from duizhao.ground.patterns import MARKUP, MATTER_TITLE, SPACE
from duizhao.ground.problems import Problem, error
from duizhao.parser.edition import texts
from duizhao.parser.edition_from_reading import Structured
from duizhao.sources.witness import Witness


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAccount:
    """Totals of non-blank lines, the first and last line of each law, what went wrong.

    `omitted_lines` maps each omitted line to its reason; `lost` holds the numbers of
    the lines that are unaccounted.
    """

    total_lines: tuple[int, ...]
    omitted_lines: dict[int, str]
    lost: frozenset[int] = frozenset()
    ranges: tuple[tuple[int, int], ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def total(self) -> int:
        """Non-blank lines."""
        return len(self.total_lines)

    @property
    def omitted(self) -> int:
        """Lines set aside for a named reason."""
        return len(self.omitted_lines)

    @property
    def unaccounted(self) -> int:
        """Lines lost in whole or in part, or printed twice: a fault of the parser."""
        return len(self.lost)

    @property
    def used(self) -> int:
        """Lines whose every word stands in an edition."""
        return self.total - self.omitted - self.unaccounted

    def within(self, first: int, last: int) -> LineAccount:
        """The account of the lines from `first` to `last`."""
        start, stop = bisect_left(self.total_lines, first), bisect_right(self.total_lines, last)
        lines = self.total_lines[start:stop]
        return LineAccount(
            total_lines=lines,
            omitted_lines={n: self.omitted_lines[n] for n in lines if n in self.omitted_lines},
            lost=frozenset(lines) & self.lost,
        )


def account_of(witness: Witness, structured: Structured) -> LineAccount:
    """What became of each line of `witness` in the editions made of it."""
    spans: dict[int, list[tuple[int, int]]] = {}
    bounds: list[list[int]] = []
    for edition in structured.editions:
        seen: list[int] = []
        for _, text in texts(edition):
            for piece in text:
                if piece.line and piece.original:
                    spans.setdefault(piece.line, []).append(
                        (piece.column, piece.column + len(piece.original))
                    )
                    seen.append(piece.line)
        bounds.append(seen)
    reasons: dict[int, str] = {}
    for token in structured.omitted:
        for piece in token.text:
            spans.setdefault(piece.line, []).append(
                (piece.column, piece.column + len(piece.original))
            )
            reasons[piece.line] = token.kind
    printed = {line for seen in bounds for line in seen}
    total, omitted, lost, problems = [], dict[int, str](), set[int](), list[Problem]()
    for line in witness.lines:
        if line.blank:
            continue
        total.append(line.number)
        fault = _fault(line.text, spans.get(line.number, []))
        if fault is not None:
            lost.add(line.number)
            problems.append(_problem(witness, line.number, *fault))
        elif line.number not in printed:
            omitted[line.number] = reasons.get(line.number, "markup")
    return LineAccount(
        total_lines=tuple(total),
        omitted_lines=omitted,
        lost=frozenset(lost),
        ranges=tuple(_ranges(bounds, len(witness.lines))),
        problems=tuple(problems),
    )


def _ranges(bounds: list[list[int]], last: int) -> Iterator[tuple[int, int]]:
    """Each law's lines, from its first printed one to the line before the next law's."""
    starts = [min(seen, default=1) for seen in bounds]
    for index, start in enumerate(starts):
        first = 1 if index == 0 else start
        yield first, starts[index + 1] - 1 if index + 1 < len(starts) else last


_MARKUP = frozenset("#*-+|:>｜" + SPACE + "".join(map(chr, range(0x2500, 0x2580))))


def _fault(text: str, spans: list[tuple[int, int]]) -> tuple[str, int, int] | None:
    """The first stretch that is lost ("line-unaccounted") or printed twice, or None."""
    head = MARKUP.match(text, len(text) - len(text.lstrip(SPACE)))
    at = head.end() if head and all(start >= head.end() for start, _ in spans) else 0
    matter = MATTER_TITLE.fullmatch(text)
    if matter and all(matter.start("words") <= a < b <= matter.end("words") for a, b in spans):
        text, at = text[: matter.end("words")], matter.start("words")
    for start, end in sorted(spans):
        if start < at:
            return "text-twice", start, min(end, at)
        if not _meaningless(text[at:start]):
            return "line-unaccounted", at, start
        at = end
    return None if _meaningless(text[at:]) else ("line-unaccounted", at, len(text))


def _meaningless(text: str) -> bool:
    """Whether nothing but space and Markdown marks stands in `text`."""
    return not text or all(c in _MARKUP or c.isspace() for c in text)


def _problem(witness: Witness, number: int, code: str, start: int, end: int) -> Problem:
    message = (
        "This text stands in the edition twice."
        if code == "text-twice"
        else "This text has been lost between the witness and the edition."
    )
    return error(
        code,
        witness.position(number, start + 1, max(1, end - start)),
        message,
        "report it: the parser has a fault",
    )
