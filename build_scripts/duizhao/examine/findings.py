"""The findings of one examination, put together: see `examined`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duizhao.examine.breaks import moved_breaks
from duizhao.examine.chains import SEAM, Chain, Link, Statistics, chains_of
from duizhao.examine.choose import Dropped, conflicting, same_number
from duizhao.examine.repeats import Repeat, repeats_of
from duizhao.examine.rows import Row, rows_of
from duizhao.examine.runs import Run, runs_of, without
from duizhao.witness import Witness


@dataclass(frozen=True, slots=True, kw_only=True)
class LawFound:
    """A law told apart: its front matter, its rows in proposed order, what links them."""

    title: str
    front: tuple[Run, ...]
    chain: Chain
    rows: tuple[Row, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """Everything found in a witness."""

    witness: Witness
    rows: tuple[Row, ...]
    runs: tuple[Run, ...]
    repeats: tuple[Repeat, ...]
    laws: tuple[LawFound, ...]
    furniture: tuple[Row, ...]
    unplaced: tuple[Run, ...]


def examined(witness: Witness) -> Examination:
    """Examine a witness: breaks, repeats, laws, their order."""
    rows = rows_of(witness)
    runs = runs_of(rows)
    statistics = Statistics(rows, runs)
    repeats = repeats_of(rows)
    dropped = same_number(rows, repeats, statistics)
    dropped.extend(_front_repeats(runs))
    gone = {d.row.line for d in dropped}
    kept_runs = without(runs, gone)
    kept_runs = moved_breaks(kept_runs, Statistics(rows, kept_runs))
    statistics = Statistics(rows, kept_runs)
    chains, pool = chains_of(kept_runs, statistics)
    conflicts = [conflicting(chain, repeats, rows) for chain in chains]
    fronts = _fronts(kept_runs, chains)
    laws = []
    for number, chain in enumerate(chains):
        mine = {row.line for row in chain.rows} | {
            row.line for run in fronts[number] for row in run.rows
        }
        rejected = {d.row.line for d in conflicts[number]}
        mine_dropped = [d for d in dropped if d.kept.line in mine] + conflicts[number]
        laws.append(
            LawFound(
                title=_title(fronts[number], chain),
                front=tuple(fronts[number]),
                chain=chain,
                rows=tuple(row for row in chain.rows if row.line not in rejected),
                dropped=tuple(sorted(mine_dropped, key=lambda d: d.row.line)),
            )
        )
    return Examination(
        witness=witness,
        rows=rows,
        runs=runs,
        repeats=repeats,
        laws=tuple(laws),
        furniture=tuple(row for row in rows if row.kind == "furniture"),
        unplaced=tuple(pool),
    )


def _front_repeats(runs: tuple[Run, ...]) -> list[Dropped]:
    """Front matter printed again: every row of a run stands in another front run."""
    fronts = [run for run in runs if run.is_front]
    out: list[Dropped] = []
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
                    Dropped(row=a, kept=b, evidence="front matter printed twice")
                    for a, b in zip(run.rows, other.rows[at:], strict=False)
                )
                break
    return out


def _find(inside: list[str], wanted: list[str]) -> int | None:
    for at in range(len(inside) - len(wanted) + 1):
        if inside[at : at + len(wanted)] == wanted:
            return at
    return None


def _fronts(runs: tuple[Run, ...], chains: list[Chain]) -> dict[int, list[Run]]:
    """Front matter by law: the law whose text its title is made of."""
    out: dict[int, list[Run]] = {number: [] for number in range(len(chains))}
    pairs = []
    for run in runs:
        if run.is_front and any(
            row.kind in ("title", "formula", "announcement") for row in run.rows
        ):
            for number, chain in enumerate(chains):
                pairs.append((_named(run, chain), run, number))
    taken: set[int] = set()
    for score, run, number in sorted(pairs, key=lambda p: -p[0]):
        if id(run) in taken or (any(_titled(r) for r in out[number]) and _titled(run)):
            continue
        if score > 0:
            taken.add(id(run))
            out[number].append(run)
    return out


def _titled(run: Run) -> bool:
    return any(row.kind == "title" for row in run.rows)


def _named(run: Run, chain: Chain) -> float:
    """How much of the title's words the law's text uses."""
    names = [row.words for row in run.rows if row.kind == "title"]
    names += [n for row in run.rows for n in re.findall(r"《([^》]+)》", row.text)]
    grams = {name[at : at + 2] for name in names for at in range(len(name) - 1)}
    total = sum(chain.grams.values()) or 1
    return sum(chain.grams[g] for g in grams) / total / max(1, len(grams))


def _title(front: list[Run], chain: Chain) -> str:
    for run in (*front, *chain.runs):
        for row in run.rows:
            if row.kind == "title":
                return row.words
    return ""


def joins_of(law: LawFound) -> list[Link]:
    """The links at which a cut sentence really goes on."""
    return [link for link in law.chain.links if is_join(link)]


def is_join(link: Link) -> bool:
    """Whether a link joins one sentence: the first part cut, the second going on.

    Where article numbers are missing between the two, only a seam that reads well,
    with its next line on the page, is one.
    """
    if link.before.end.closed or not link.after.goes_on:
        return False
    if any("articles between" in why for why in link.evidence):
        return link.seam > SEAM and "next on the page" in link.evidence
    return True
