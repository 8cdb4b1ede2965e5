"""Small pages as `duizhao examine` reads them, and the drafts that it writes of them."""

from __future__ import annotations

from duizhao.editing.decisions import Decisions, decisions_from_toml
from duizhao.editing.examine.findings import Examination, examined
from duizhao.editing.examine.propose import proposal
from duizhao.sources.witness import Witness, witness_from_text


def page_of(*lines: str) -> tuple[Witness, Examination]:
    """A page of these lines, and what is found in it."""
    page = witness_from_text("\n".join(lines) + "\n", name="x")
    return page, examined(page)


def drafts_of(found: Examination) -> list[tuple[str, Decisions]]:
    """For each law its draft, as text and as read."""
    out = []
    for number, law in enumerate(found.laws):
        text = proposal(found, law, law_id=f"law-{number}", witness_file="x")
        out.append((text, decisions_from_toml(text, path="draft")))
    return out
