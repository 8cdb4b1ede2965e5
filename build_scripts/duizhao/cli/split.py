"""`duizhao split`: a finished site divided among several addresses, with one search."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from duizhao.cli.parser import Add
from duizhao.commands.limits import HOSTS, near_limits, sizes_of
from duizhao.ground.problem_words import said, spoken
from duizhao.ground.problems import counted


def add_split(add: Add, say: Callable[[str], None]) -> None:
    """Hang the command into the command line; `say` tells how it went."""
    example = "split site --out sites --at https://example.org/ https://example.org/laws-1/"
    split = add("split", _split, "divide a built site among several addresses", example)
    split.add_argument("site", type=Path, help="the folder that `build` made")
    split.add_argument(
        "--out", type=Path, required=True, help="folder for the folders root, part-1 and so on"
    )
    split.add_argument(
        "--at", nargs="+", required=True, metavar="ADDRESS",
        help="the root, for which the site was built, then the address of each part",
    )  # fmt: skip
    split.set_defaults(say=say)


def _split(options: argparse.Namespace) -> int:
    from duizhao.commands.split.divide import divide  # noqa: PLC0415 - slow to import

    for made in divide(options.site, options.out, options.at):
        sizes = sizes_of(made.folder)
        size = f"{sum(sizes.values()) / 1e6:,.1f}"
        told = f"{counted(made.pages, 'page', 'pages')}, {counted(made.laws, 'law', 'laws')}, {size} MB"
        options.say(f"{made.folder}  {made.address}  {said(told)}")
        for problem in near_limits(sizes, made.folder.name, HOSTS):
            options.say(spoken(problem))
    options.say(said("every link within and between the sites checked"))
    return 0
