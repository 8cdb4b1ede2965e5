"""Columns of a page that stand side by side in the lines of a text.

Code: columns-beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from duizhao.ground.problems import DuizhaoError, Problem, display_width, error
from duizhao.ground.text import HAN
from duizhao.sources.witness import Witness

#: Words, room for the margin between two columns, and words: 依照本法规定　　　　第八条　公民
_BESIDE = re.compile(r"(?P<left>\s*\S.*?\S)(?: {4,}|[ 　]*　{2,}[ 　]*)(?P<right>\S.*)")
_LEAST = 20  # lines that show columns
_LONGEST = 400  # characters
_NARROWEST = 10  # Chinese characters on the left; 第八条 and a table's cell have fewer


def require_one_column(witness: Witness) -> None:
    """Raise DuizhaoError where columns of a witness stand side by side."""
    if beside := list(check_columns(witness)):
        raise DuizhaoError(beside)


def check_columns(witness: Witness) -> Iterator[Problem]:
    """One error where most lines of a witness are two, of columns side by side.

    Their right halves begin at about one place.
    """
    written = [line for line in witness.lines if not line.blank]
    places: dict[int, list[tuple[int, int]]] = {}
    for line in written:
        text = line.text.rstrip()
        apart = len(text) <= _LONGEST and ("    " in text or "　" in text)
        match = _BESIDE.fullmatch(text) if apart else None
        if match and len(HAN.findall(match["left"])) >= _NARROWEST and HAN.search(match["right"]):
            at = display_width(text[: match.start("right")])
            places.setdefault(at // 4, []).append((line.number, match.start("right") + 1))
    most = max(places, key=lambda at: len(places[at]), default=0)
    found = [place for at in (most - 1, most, most + 1) for place in places.get(at, [])]
    if len(found) >= _LEAST and 2 * len(found) > len(written):
        number, column = min(found)
        length = len(witness.line(number).text.rstrip()) - column + 1
        yield error(
            "columns-beside",
            witness.position(number, column, length),
            f"Two columns stand side by side: {len(found)} lines are halves of two others each.",
            "copy one column after the other; `pdftotext` does so without -layout",
        )
