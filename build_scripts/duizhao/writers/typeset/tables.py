"""How many columns of a table a page has room for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from duizhao.ground.problems import Position, Problem, error
from duizhao.writers.typeset.options import PrintOptions

_MILLIMETRE = 72 / 25.4  # points
#: As `cells` in templates/pdf/rows.typ sets the widest tables.
_SMALLEST, _INSET = 0.62, 1.5  # times the body's size; points beside a cell's text
_LEAST = 1.1  # characters that a cell must have room for


def most_columns(options: PrintOptions) -> int:
    """How many columns still have room for one character of the smallest type."""
    measures = options.measures()
    width, margin, size = (float(str(measures[key])) for key in ("width", "margin", "size"))
    cell = _LEAST * _SMALLEST * size + 2 * _INSET
    return int((width - 2 * margin) * _MILLIMETRE / cell)


def check_tables(data: dict[str, Any], options: PrintOptions, *, name: str) -> Iterator[Problem]:
    """The tables of a document that are too wide for its page, by provision."""
    most = most_columns(options)
    for row in data["rows"]:
        if row["kind"] != "table":
            continue
        columns = max(len(line) for line in row[options.languages[0]])
        if columns > most:
            yield error(
                "print-table",
                Position(file=name, path=(row["eids"][0],)),
                f"The table `{row['eids'][0]}` has {columns} columns; the page has room for {most}.",
                "choose larger paper, smaller margins or smaller type in the print options",
            )
