"""Where two printings of one passage differ, for the note that tells readers which is kept."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

_AROUND = 2  # characters beside a difference, so that its place can be found
_MOST = 5  # differences that are listed
_LONGEST = 30  # characters of one


def variants(left: str, right: str) -> list[tuple[str, str]]:
    """The places where two texts differ, each as both have it with what stands around it."""
    out: list[list[int]] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        if out and a - out[-1][1] <= 2 * _AROUND:
            out[-1][1], out[-1][3] = b, d
        else:
            out.append([a, b, c, d])
    return [
        (_around(left, first, last), _around(right, start, end)) for first, last, start, end in out
    ]


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - _AROUND) : end + _AROUND]


def told_variants(pairs: Iterable[tuple[str, str]]) -> str:
    """How the lines of two printings differ, in Chinese; 文字有出入 alone where they do much."""
    found = [variant for left, right in pairs for variant in variants(left, right)]
    if not found or len(found) > _MOST or any(len(text) > _LONGEST for v in found for text in v):
        return "文字有出入"
    return "出入如下：" + "；".join(f"前者作“{left}”，后者作“{right}”" for left, right in found)
