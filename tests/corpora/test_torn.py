"""Pages torn from pairs of laws: each draft can be built, and each line of a page is told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.commands.bench.columns import torn_pages
from duizhao.editing.accounting import check_accounting
from duizhao.editing.decisions import decisions_from_toml
from duizhao.editing.edition_from_decisions import edition_from_decisions
from duizhao.editing.examine.findings import examined
from duizhao.editing.examine.propose import proposal
from duizhao.sources.witness import witness_from_text

pytestmark = [pytest.mark.corpora, pytest.mark.slow]


def test_no_draft_is_refused_and_no_line_is_passed_over(corpora: Path) -> None:
    """What is in no draft is listed in the first; what is read twice is refused."""
    pages = list(torn_pages(corpora / "regulations", seed=1, pairs=40))
    assert len(pages) == 40
    for page in pages:
        text = "\n\n".join(piece.text for piece in page) + "\n"
        witness = witness_from_text(text, name="page.txt")
        found = examined(witness)
        done = []
        for law in found.laws:
            draft = proposal(found, law, law_id="law", witness_file="page.txt")
            decisions = decisions_from_toml(draft, path="draft")
            done.append((decisions, edition_from_decisions(decisions, witness)))
        unplaced = [row.line for run in found.unplaced for row in run.rows]
        problems = list(check_accounting(witness, done))
        assert {problem.code for problem in problems} <= {"line-unaccounted"}
        assert [problem.position.line for problem in problems] == unplaced
