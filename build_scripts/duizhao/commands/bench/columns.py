"""How well an examination puts a torn page together again, measured on torn laws.

Pairs of laws are cut into columns, interleaved, some passages printed twice, some
dropped, all drawn from a seed that is printed; then the examination is held
against what was done.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from duizhao.editing.examine.findings import Examination, examined, is_join
from duizhao.ground.problems import DuizhaoError
from duizhao.parser.segments import segments_of_line
from duizhao.sources.witness import witness_from_file, witness_from_text

_SHORTEST, _LONGEST = 40, 220  # lines of a law that is used
_SHORTEST_CUT = 30  # characters of a line that may be cut in two


@dataclass(frozen=True, slots=True)
class Piece:
    """A printed line: its text, its law, its place in the law (line and half), a copy or not."""

    text: str
    law: int
    at: tuple[int, int]
    copy: bool = False
    cut: bool = False  # the sentence goes on in the next piece of the law


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What was recovered of one page: each pair is (right, of)."""

    order: tuple[int, int]
    laws: tuple[int, int]
    joins_found: tuple[int, int]
    joins_right: tuple[int, int]
    repeats_found: tuple[int, int]
    repeats_right: tuple[int, int]


def torn_pages(corpus: Path, *, seed: int, pairs: int) -> Iterator[list[Piece]]:
    """Pages torn from pairs of laws in `corpus`."""
    chance = random.Random(seed)  # noqa: S311 - a drawing of lots, not a secret
    files = sorted(corpus.glob("*.txt"))
    chance.shuffle(files)
    laws: list[list[str]] = []
    for path in files:
        if len(laws) == 2 * pairs:
            break
        lines = _lines(path)
        if _SHORTEST <= len(lines) <= _LONGEST and _has_chapters(lines):
            laws.append(lines)
    for number in range(len(laws) // 2):
        yield _torn(laws[2 * number], laws[2 * number + 1], chance)


def _lines(path: Path) -> list[str]:
    try:
        witness = witness_from_file(path)
    except DuizhaoError:
        return []
    return [line.text.strip() for line in witness.lines if not line.blank]


def _has_chapters(lines: list[str]) -> bool:
    return any(s.kind == "heading" for line in lines for s in segments_of_line(line))


def _torn(first: list[str], second: list[str], chance: random.Random) -> list[Piece]:
    """One page: both laws in columns, in turn."""
    columns = [_columns(lines, law, chance) for law, lines in enumerate((first, second))]
    page: list[Piece] = []
    while any(columns):
        law = chance.choice([n for n in (0, 1) if columns[n]])
        page.extend(columns[law].pop(0))
    return page


def _columns(lines: list[str], law: int, chance: random.Random) -> list[list[Piece]]:
    """A law's lines in 4 to 7 columns, most cut in the middle of a sentence."""
    pieces = [Piece(line, law, (n, 0)) for n, line in enumerate(lines)]
    pieces = _dropped(pieces, chance)
    count = chance.randint(4, 7)
    cuts = sorted(chance.sample(range(5, len(pieces) - 2), count - 1))
    columns: list[list[Piece]] = []
    start = 0
    carried: list[Piece] = []
    for cut in [*cuts, len(pieces)]:
        column = carried + pieces[start:cut]
        carried = []
        last = column[-1]
        if cut < len(pieces) and len(last.text) >= _SHORTEST_CUT and chance.random() < 0.7:
            at = chance.randint(len(last.text) // 3, len(last.text) - 6)
            if last.text[at - 1] not in "。；：" and not last.text[:at].endswith(("”", "）")):
                column[-1] = Piece(last.text[:at], law, last.at, cut=True)
                carried = [Piece(last.text[at:], law, (last.at[0], 1))]
        columns.append(column)
        start = cut
    return _repeated(columns, chance)


def _dropped(pieces: list[Piece], chance: random.Random) -> list[Piece]:
    """Without a passage of one to four lines, for half of the laws."""
    if chance.random() < 0.5:
        return pieces
    at = chance.randint(8, len(pieces) - 8)
    size = chance.randint(1, 4)
    return pieces[:at] + pieces[at + size :]


def _repeated(columns: list[list[Piece]], chance: random.Random) -> list[list[Piece]]:
    """With one or two passages printed again at the head of a later column."""
    for _ in range(chance.randint(1, 2)):
        source = chance.randrange(len(columns) - 1)
        whole = [p for p in columns[source] if not p.cut and p.at[1] == 0 and len(p.text) > 24]
        if len(whole) < 4:
            continue
        at = chance.randrange(len(whole) - 2)
        copies = [Piece(p.text, p.law, p.at, copy=True) for p in whole[at : at + 2]]
        target = chance.randrange(source + 1, len(columns))
        columns[target] = (
            columns[target] + copies if columns[target][-1].cut is False else (columns[target])
        )
    return columns


def score(page: list[Piece]) -> Score:
    """Examine a page and compare."""
    text = "\n\n".join(piece.text for piece in page) + "\n"
    found = examined(witness_from_text(text, name="page"))
    truth = {2 * n + 1: piece for n, piece in enumerate(page)}
    return _compared(found, truth)


def _compared(found: Examination, truth: dict[int, Piece]) -> Score:
    successor = _successors(truth)
    pairs = right = laws_right = laws_all = 0
    joins: set[tuple[int, int]] = set()
    dropped: set[int] = set()
    for law in found.laws:
        rows = [row.line for row in law.rows]
        dropped |= {d.row.line for d in law.dropped}
        votes = [truth[line].law for line in rows]
        laws_all += len(votes)
        laws_right += max(votes.count(0), votes.count(1), 0)
        for left, after in itertools.pairwise(rows):
            pairs += 1
            right += _key(truth[after]) == successor.get(_key(truth[left]))
        joins |= {
            (link.before.end.line, link.after.head.line)
            for link in law.chain.links
            if is_join(link)
        }
    true_joins = {_key(p) for p in truth.values() if p.cut}
    found_joins = {_key(truth[a]) for a, b in joins if _is_next(truth[a], truth[b])}
    copies = {_key(p) for p in truth.values() if p.copy}
    dropped_keys = {_key(truth[line]) for line in dropped}
    total = len({_key(p) for p in truth.values()}) - 2
    return Score(
        order=(right, max(pairs, total)),
        laws=(laws_right, max(laws_all, 1)),
        joins_found=(len(found_joins & true_joins), len(true_joins)),
        joins_right=(len(found_joins & true_joins), len(joins)),
        repeats_found=(len(copies & dropped_keys), len(copies)),
        repeats_right=(len(copies & dropped_keys), len(dropped_keys)),
    )


def _key(piece: Piece) -> tuple[int, int, int]:
    return (piece.law, *piece.at)


def _is_next(left: Piece, right: Piece) -> bool:
    return left.law == right.law and left.at[0] == right.at[0] and right.at[1] == 1


def _successors(truth: dict[int, Piece]) -> dict[tuple[int, int, int], tuple[int, int, int]]:
    """What truly follows each piece in its law."""
    keys = sorted({_key(p) for p in truth.values()})
    return {a: b for a, b in itertools.pairwise(keys) if a[0] == b[0]}


def summary(scores: list[Score]) -> dict[str, float]:
    """Shares recovered over all pages, 0 to 1."""
    names = (
        "order",
        "laws",
        "joins_found",
        "joins_right",
        "repeats_found",
        "repeats_right",
    )
    out = {}
    for name in names:
        right = sum(getattr(s, name)[0] for s in scores)
        of = sum(getattr(s, name)[1] for s in scores)
        out[name] = right / of if of else 1.0
    return out
