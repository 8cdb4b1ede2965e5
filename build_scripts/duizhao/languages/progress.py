"""How far a translation is, chapter by chapter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from duizhao.languages.bilingual import STATUSES, Bilingual, sources
from duizhao.languages.law import Law
from duizhao.languages.ui import Interface
from duizhao.parser.edition import units

FRONT, NOTES = "front", "notes"  # parts that are no leaf: before the body; the editor's words


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Units of one part of a law by status; `part` is a leaf's slug, front or notes."""

    part: str
    heading: str
    counts: Mapping[str, int]
    findings: int

    @property
    def total(self) -> int:
        """All units of the part."""
        return sum(self.counts.values())


def progress(law: Law, pair: Bilingual, findings: Mapping[str, int]) -> Iterator[Progress]:
    """Each part of a law in order; `findings` counts the open ones of each unit."""
    own = {unit.eid for unit in units(law.edition)}
    placed = {eid: leaf.slug for leaf in law.leaves for eid in leaf.eids}
    last = law.leaves[-1].slug if law.leaves else FRONT
    parts: dict[str, list[str]] = {FRONT: [], **{f.slug: [] for f in law.leaves}, NOTES: []}
    for eid, _ in sources(law.edition):
        part = placed.get(eid) or placed.get(eid.removesuffix("__heading"))
        if part is None:
            part = NOTES if eid not in own else last if eid.startswith("annex") else FRONT
        parts[part].append(eid)
    headings = {leaf.slug: leaf.heading for leaf in law.leaves}
    for part, eids in parts.items():
        if eids:
            counts = dict.fromkeys(STATUSES, 0)
            for eid in eids:
                counts[pair.of(eid).status] += 1
            yield Progress(
                part=part,
                heading=headings.get(part, ""),
                counts=counts,
                findings=sum(findings.get(eid, 0) for eid in eids),
            )


def in_words(ui: Interface, done: Progress) -> str:
    """The progress of a chapter as its readers are told it."""
    counts = done.counts
    if counts["translated"] == done.total:
        return ui.plural(
            "Translation: complete ({n} passage)",
            "Translation: complete ({n} passages)",
            done.total,
        )
    out = ui(
        "Translation: {done} of {total} passages",
        done=ui.number(counts["translated"]),
        total=ui.number(done.total),
    )
    waiting = counts["fuzzy"] + counts["stale"]
    if waiting:
        out += ui("list separator") + ui.plural("{n} awaits review", "{n} await review", waiting)
    return out
