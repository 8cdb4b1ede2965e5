"""The measurements by name, and their results as a Markdown table for the docs."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from duizhao.commands.bench.alignment import alignment
from duizhao.commands.bench.building import building
from duizhao.commands.bench.columns import score, summary, torn_pages
from duizhao.commands.bench.corpora import over_corpora
from duizhao.commands.bench.coverage import coverage
from duizhao.commands.bench.parsing import growth, parsing
from duizhao.commands.bench.printing import printing
from duizhao.commands.bench.search import searching
from duizhao.commands.bench.serving import serving


def measured(
    name: str,
    corpora: Path,
    *,
    seed: int,
    pairs: int,
    full: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """The figures of one measurement, or of several collections by name.

    `corpora` holds folders of laws: `regulations` (.txt), `versions`, `docx`,
    `bilingual` (.jsonl).  `say` hears each figure of a long one when it is there.
    """
    if name == "corpora":
        return dict(over_corpora(corpora))
    if name == "align":
        return alignment(corpora)
    if name == "memory":
        return coverage(corpora)
    if name == "search":
        return searching(corpora / "regulations")
    if name == "print":
        return printing(corpora / "regulations")
    if name == "build":
        return building(corpora / "regulations", full=full, say=say)
    if name == "serve":
        return serving(corpora / "regulations", full=full)
    if name == "parse":
        return parsing(corpora / "regulations") | growth()
    return _examine(corpora / "regulations", seed=seed, pairs=pairs)


def _examine(corpus: Path, *, seed: int, pairs: int) -> dict[str, float]:
    start = time.perf_counter()
    scores = [score(page) for page in torn_pages(corpus, seed=seed, pairs=pairs)]
    return {
        "seed": seed,
        "pairs": len(scores),
        **summary(scores),
        "seconds": time.perf_counter() - start,
    }


def as_markdown(found: Mapping[str, Any]) -> str:
    """Figures as a Markdown table: a column a collection, or one column."""
    columns = found if all(isinstance(v, Mapping) for v in found.values()) else {"": found}
    rows = list(dict.fromkeys(key for figures in columns.values() for key in figures))
    lines = ["| | " + " | ".join(columns) + " |", "| --- |" + " ---: |" * len(columns)]
    for row in rows:
        cells = " | ".join(_cell(figures.get(row, 0)) for figures in columns.values())
        lines.append(f"| {row} | {cells} |")
    return "\n".join(lines)


def _cell(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3f}"
