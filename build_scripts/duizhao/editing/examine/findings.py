"""The findings of one examination, put together: see `examined`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, takewhile

from duizhao.editing.checks.columns import require_one_column
from duizhao.editing.examine.breaks import moved_breaks
from duizhao.editing.examine.chain import Chain, Link
from duizhao.editing.examine.chains import chains_near, chains_of
from duizhao.editing.examine.choose import Dropped, conflicting, same_number
from duizhao.editing.examine.evidence import SEAM
from duizhao.editing.examine.grams import Pairs, Statistics, likeness, pairs_of
from duizhao.editing.examine.repeats import Repeat, repeats_of
from duizhao.editing.examine.rows import FRONT, Row, invisible_lines, rows_of
from duizhao.editing.examine.runs import Run, fronts_apart, runs_of, without
from duizhao.ground.problems import phrase
from duizhao.sources.witness import Witness

_DOUBTFUL = 0.6  # confidence below which a seam must read well to be a join
_UNREAD = 0.6  # confidence of a join whose seam tells nothing, at the most
_ABOVE = 3.0  # odds that front matter is of the law whose beginning stands below it


@dataclass(frozen=True, slots=True, kw_only=True)
class LawFound:
    """A law told apart: its front matter, its rows in proposed order, what links them."""

    title: str
    front: tuple[Run, ...]
    chain: Chain
    rows: tuple[Row, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, kw_only=True)
class Examination:
    """Everything found in a witness."""

    witness: Witness
    rows: tuple[Row, ...]
    runs: tuple[Run, ...]
    repeats: tuple[Repeat, ...]
    laws: tuple[LawFound, ...]
    furniture: tuple[Row, ...]
    invisible: tuple[int, ...]  # the numbers of lines of invisible characters
    unplaced: tuple[Run, ...]

    @cached_property
    def order(self) -> list[int]:
        """The numbers of the lines that need a decision, as they stand."""
        return sorted([*(row.line for row in self.rows), *self.invisible])

    @cached_property
    def words(self) -> tuple[Pairs, ...]:
        """For each law the pairs of characters in its text."""
        return tuple(Pairs(pairs_of(row.words for row in law.rows)) for law in self.laws)

    @cached_property
    def left_out(self) -> frozenset[int]:
        """The numbers of the lines that a law leaves out."""
        return frozenset(dropped.row.line for law in self.laws for dropped in law.dropped)

    @cached_property
    def next_line(self) -> dict[int, int]:
        """For each line the one that follows it on the page, but for those left out."""
        return dict(pairwise(line for line in self.order if line not in self.left_out))


def examined(witness: Witness) -> Examination:
    """Examine a witness: breaks, repeats, laws, their order.

    Raises DuizhaoError where columns stand side by side.
    """
    require_one_column(witness)
    rows = rows_of(witness)
    runs = runs_of(rows)
    statistics = Statistics(row.words for row in rows)
    repeats = repeats_of(rows)
    dropped = same_number(rows, repeats, statistics)
    dropped.extend(_front_repeats(runs))
    gone = {d.row.line for d in dropped}
    kept_runs = without(runs, gone)
    kept_runs = fronts_apart(moved_breaks(kept_runs, statistics))
    chains, pool = chains_of(kept_runs, statistics)
    conflicts = conflicting(chains, repeats, rows)
    fronts = _fronts(kept_runs, chains)
    laws = []
    for number, chain in enumerate(chains):
        mine = {row.line for row in chain.rows} | {
            row.line for run in fronts[number] for row in run.rows
        }
        left_out = _settled(
            (*(d for d in dropped if d.kept.line in mine), *conflicts[number]), mine
        )
        laws.append(
            LawFound(
                title=_title(fronts[number], chain),
                front=tuple(fronts[number]),
                chain=chain,
                rows=tuple(row for row in chain.rows if row.line not in left_out),
                dropped=tuple(left_out[line] for line in sorted(left_out)),
            )
        )
    homeless = _homeless(rows, laws, [*_left_out(kept_runs, fronts), *pool])
    return Examination(
        witness=witness,
        rows=rows,
        runs=runs,
        repeats=repeats,
        laws=tuple(laws),
        furniture=tuple(row for row in rows if row.kind == "furniture"),
        invisible=invisible_lines(witness),
        unplaced=tuple(sorted(homeless, key=lambda r: r.head.line)),
    )


def _settled(dropped: Iterable[Dropped], mine: Collection[int]) -> dict[int, Dropped]:
    """What a law leaves out, by its line, each with the printing that is printed.

    One that is left out itself leads on to the printing that it repeats; what would lead
    nowhere is not left out.
    """
    found = {d.row.line: d for d in dropped}
    out = {}
    for line, entry in found.items():
        kept, seen = entry.kept, {line}
        while kept.line in found and kept.line not in seen:
            seen.add(kept.line)
            kept = found[kept.line].kept
        if kept.line in mine and kept.line not in found:
            out[line] = replace(entry, kept=kept)
    return out


def _homeless(
    rows: tuple[Row, ...], laws: Sequence[LawFound], unplaced: Sequence[Run]
) -> list[Run]:
    """The runs that no law took, and rows that repeat what none took."""
    known = {line for law in laws for line in _lines_of(law)}
    known |= {row.line for run in unplaced for row in run.rows}
    rest = [row for row in rows if row.line not in known and row.kind != "furniture"]
    return [*unplaced, *(Run(rows=(row,)) for row in rest)]


def _front_repeats(runs: tuple[Run, ...]) -> list[Dropped]:
    """Front matter printed again: every row of a run stands in another front run.

    And a title that stands twice over one text, as a headline and as its title.
    """
    fronts = [run for run in runs if run.is_front]
    out = [dropped for run in runs for dropped in _titles_again(run)]
    gone: set[int] = set()
    for run in fronts:
        for other in fronts:
            if other is run or id(other) in gone or len(run.rows) > len(other.rows):
                continue
            words = [row.words for row in run.rows]
            theirs = [row.words for row in other.rows]
            at = _find(theirs, words)
            if at is not None:
                gone.add(id(run))
                out.extend(
                    Dropped(row=a, kept=b, evidence=phrase("front matter printed twice"))
                    for a, b in zip(run.rows, other.rows[at:], strict=False)
                )
                break
    return out


def _titles_again(run: Run) -> Iterator[Dropped]:
    first: dict[str, Row] = {}
    for row in takewhile(lambda row: row.kind in FRONT, run.rows):
        kept = first.setdefault(row.words, row)
        if row.kind == kept.kind == "title" and kept is not row:
            yield Dropped(row=row, kept=kept, evidence=phrase("front matter printed twice"))


def _find(inside: list[str], wanted: list[str]) -> int | None:
    for at in range(len(inside) - len(wanted) + 1):
        if inside[at : at + len(wanted)] == wanted:
            return at
    return None


def _fronts(runs: tuple[Run, ...], chains: list[Chain]) -> dict[int, list[Run]]:
    """Front matter by law: the law whose text its title is made of."""
    out: dict[int, list[Run]] = {number: [] for number in range(len(chains))}
    laws = Pairs(*(chain.pairs.counts for chain in chains))
    pairs = []
    for place, run in ((place, run) for place, run in enumerate(runs) if run.is_front):
        scores = {
            n: _named(run, chains[n], laws) + _ABOVE * (chains[n].places[0] == place + 1)
            for n in chains_near(chains, place)
        }
        for number, score in scores.items():
            rival = max((s for n, s in scores.items() if n != number), default=0.0)
            pairs.append((score - rival, -run.head.line, number, run))
    taken: set[int] = set()
    for _, line, number, run in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
        if line in taken or (_titled(run) and any(map(_titled, out[number]))):
            continue
        taken.add(line)
        out[number].append(run)
    return out


def _left_out(runs: tuple[Run, ...], fronts: dict[int, list[Run]]) -> list[Run]:
    """Front matter that no law took, news and advertisements."""
    taken = {id(run) for mine in fronts.values() for run in mine}
    return [
        run for run in runs if run.head.kind == "notice" or (run.is_front and id(run) not in taken)
    ]


def _titled(run: Run) -> bool:
    return any(row.kind == "title" for row in run.rows)


def _named(run: Run, chain: Chain, laws: Pairs) -> float:
    """How much more the words of the titles in front matter are a law's than all laws'."""
    names = [row.words for row in run.rows if row.kind == "title"]
    names += [n for row in run.rows for n in re.findall(r"《([^》]+)》", row.text)]
    names = names or [row.words for row in run.rows]
    pairs = Counter({name[at : at + 2]: 1 for name in names for at in range(len(name) - 1)})
    return likeness(pairs, chain.pairs, laws)


def _title(front: list[Run], chain: Chain) -> str:
    for run in (*front, *chain.runs):
        for row in run.rows:
            if row.kind == "title":
                return row.words
    return ""


def groups_of(found: Examination, run: Run) -> list[list[int]]:
    """The lines of a run, those together that stand together on the page.

    Several where columns were read across.  What a law leaves out parts no lines.
    """
    lines = [row.line for row in run.rows if row.line not in found.left_out]
    groups = [lines[:1] or [run.head.line]]
    for left, right in pairwise(lines):
        if found.next_line.get(left) == right:
            groups[-1].append(right)
        else:
            groups.append([right])
    return groups


def line_joins_of(law: LawFound) -> list[tuple[Row, Row]]:
    """The lines of the law within which a paragraph goes on, where the page is set in lines."""
    inside = {row.line for run in law.chain.runs for row in run.rows[1:]}
    return [
        (left, right)
        for left, right in pairwise(law.rows)
        if right.wrapped and right.line in inside and left.kind != "furniture"
    ]


def is_join(link: Link) -> bool:
    """Whether a link joins one sentence: the first part cut, the second going on.

    An item begins a sentence of its own: it goes on with a list, and with no word before it.
    Where article numbers are missing between the two, only a seam that reads well,
    with its next line on the page, is one; where another place is as good, only such a seam.
    """
    if link.before.end.closed or not link.after.goes_on or link.after.head.kind == "item":
        return False
    if link.confidence < _DOUBTFUL and link.seam <= SEAM:
        return False
    return not link.missing or (link.seam > SEAM and link.adjacent)


def confidence_of(link: Link) -> float:
    """How certain a link is: of joins whose seam tells nothing nearly half are wrong."""
    read = link.seam > SEAM or not is_join(link)
    return link.confidence if read else min(link.confidence, _UNREAD)


def set_aside(found: Examination, law: LawFound) -> list[tuple[int, str]]:
    """Page furniture and invisible lines after this law's lines, before another law's; why.

    What stands before all laws is set aside with the first.
    """
    owner = {line: number for number, each in enumerate(found.laws) for line in _lines_of(each)}
    mine = next((n for n, each in enumerate(found.laws) if each is law), 0)
    why = {row.line: "furniture" for row in found.furniture}
    why |= dict.fromkeys(found.invisible, "invisible")
    current, out = owner[min(owner)] if owner else 0, []
    for line in found.order:
        if line not in why:
            current = owner.get(line, current)
        elif current == mine:
            out.append((line, why[line]))
    return out


def _lines_of(law: LawFound) -> Iterator[int]:
    """The lines that a law's draft reads or leaves out as repeated."""
    yield from (row.line for run in law.front for row in run.rows)
    yield from (row.line for row in law.rows)
    yield from (dropped.row.line for dropped in law.dropped)


def turned(found: Examination, law: LawFound) -> bool:
    """Whether the page says that a law goes on elsewhere: 下转第八版."""
    aside = {line for line, _ in set_aside(found, law)}
    return any("转" in row.text for row in found.furniture if row.line in aside)
