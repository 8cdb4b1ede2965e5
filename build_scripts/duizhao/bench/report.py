"""All measurements in one run, as JSON and as a table."""

from __future__ import annotations

import time
from pathlib import Path

from duizhao.bench.columns import score, summary, torn_pages
from duizhao.bench.parsing import growth, parsing

NAMES = ("examine", "parse")


def measured(name: str, corpora: Path, *, seed: int, pairs: int) -> dict[str, float]:
    """The figures of one measurement; `corpora` holds a folder `regulations` of .txt."""
    corpus = corpora / "regulations"
    if name == "parse":
        return parsing(corpus) | growth()
    start = time.perf_counter()
    scores = [score(page) for page in torn_pages(corpus, seed=seed, pairs=pairs)]
    return {
        "seed": seed,
        "pairs": len(scores),
        **summary(scores),
        "seconds": time.perf_counter() - start,
    }
