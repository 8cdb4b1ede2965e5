"""`duizhao bench`: measure the tool on collections of laws."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from duizhao.bench.report import as_markdown, measured
from duizhao.problems import DuizhaoError, Position, error


def bench(options: argparse.Namespace, root: Path) -> tuple[str, int]:
    """The figures of a measurement, as JSON or as a Markdown table, and the exit code.

    The code is 1 where a target is missed.
    """
    given = options.corpora or os.environ.get("DUIZHAO_CORPORA") or root.parent / "shared/corpora"
    corpora = Path(given)
    if not (corpora / "regulations").is_dir():
        place = Position(file=str(corpora))
        message = "There is no folder `regulations` of laws to measure on."
        hint = "name a collection with --corpora or DUIZHAO_CORPORA"
        raise DuizhaoError([error("no-corpora", place, message, hint)])
    found = measured(
        options.name, corpora, seed=options.seed, pairs=options.pairs, full=options.full
    )
    code = 1 if found.get("targets missed") else 0
    if options.format == "markdown":
        return as_markdown(found), code
    return json.dumps(found, ensure_ascii=False, indent=1), code
