"""`duizhao bench`: measure the tool on collections of laws."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path

from duizhao.cli.parser import Add, Command
from duizhao.commands.bench import NAMES
from duizhao.ground.problem_words import said
from duizhao.ground.problems import DuizhaoError, Position, error


def add_bench(add: Add, run: Command) -> None:
    """Hang the command into the command line."""
    bench = add("bench", run, "measure on a collection of laws", "bench examine --seed 1")
    bench.add_argument("name", choices=NAMES)
    bench.add_argument("--corpora", type=Path, default=None, help="or DUIZHAO_CORPORA")
    bench.add_argument("--format", choices=("json", "markdown"), default="json")
    bench.add_argument("--seed", type=int, default=1)
    bench.add_argument("--pairs", type=int, default=50, help="of laws torn into columns")
    bench.add_argument("--plot", type=Path, default=None, help="draw builds into this file (SVG)")
    bench.add_argument(
        "--full", action="store_true", help="build: up to 1,789 laws (hours); serve: 100 and 400"
    )


def bench(
    options: argparse.Namespace, root: Path, say: Callable[[str], None]
) -> tuple[str, str, int]:
    """The figures of a measurement (JSON or a Markdown table), them in a line or "", the exit code.

    `say` hears the figures of builds one by one, as they are there: all of them take minutes.
    The code is 1 where a target is missed, 2 where the options are wrong, which is said in the line.
    """
    from duizhao.commands.bench.plot import as_svg  # noqa: PLC0415 - with the other
    from duizhao.commands.bench.report import as_markdown, measured  # noqa: PLC0415 - slow to import

    if options.plot and options.name != "build":
        return "", said("--plot draws what `bench build` measures, nothing else"), 2
    given = options.corpora or os.environ.get("DUIZHAO_CORPORA") or root.parent / "shared/corpora"
    corpora = Path(given)
    if not (corpora / "regulations").is_dir():
        place = Position(file=str(corpora))
        message = "There is no folder `regulations` of laws to measure on."
        hint = "name a collection with --corpora or DUIZHAO_CORPORA"
        raise DuizhaoError([error("no-corpora", place, message, hint)])
    found = measured(
        options.name,
        corpora,
        seed=options.seed,
        pairs=options.pairs,
        full=options.full,
        say=say,
    )
    summary = str(found.get("summary", ""))
    if options.plot:
        options.plot.write_text(as_svg(found), encoding="utf-8")
    code = 1 if found.get("targets missed") else 0
    if options.format == "markdown":
        return as_markdown(found), summary, code
    return json.dumps(found, ensure_ascii=False, indent=1), summary, code
