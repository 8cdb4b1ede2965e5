"""Where two printings of one passage differ: what readers are told of it, where and how."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from duizhao.editing.examine.choose import Dropped
from duizhao.editing.examine.tables import evidence, standing_once, table
from duizhao.parser.segments import segments_of_line

_AROUND = 2  # characters beside a difference, so that its place can be found
_MOST = 5  # differences that are told one by one
_LONGEST = 30  # characters of one
_WORD = re.compile(r"[0-9\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")  # which a draft doubts inside Chinese anyway
_HEADS = ("article", "item", "subitem", "point", "space")

_Place = tuple[int, int, int, int]  # beginning and end in the one text, and in the other


def told_variants(pairs: Iterable[tuple[str, str]]) -> str:
    """How the lines of two printings differ, in Chinese; 文字有出入 alone where they do much."""
    found = [variant for left, right in pairs for variant in variants(left, right)]
    if not found or len(found) > _MOST or any(len(text) > _LONGEST for v in found for text in v):
        return "文字有出入"
    return "出入如下：" + "；".join(f"前者作“{left}”，后者作“{right}”" for left, right in found)


def doubted_variants(dropped: Sequence[Dropped]) -> Iterator[str]:
    """A query on each word for which a printing that is left out has another.

    None where the two differ much, or in marks alone.
    """
    taken: dict[int, list[tuple[int, int]]] = {}
    for entry in dropped:
        text, other = entry.kept.text, entry.row.text
        if entry.exact or len(places := _places(text, other)) > _MOST:
            continue
        head = max(_head(text), len(entry.kept.head))
        spans = taken.setdefault(entry.kept.line, [(0, head)])
        for start, end, there, until in places:
            read = other[there:until]
            quoted = standing_once(text, start, max(end, start + 1))
            apart = all(start + len(quoted) <= first or last <= start for first, last in spans)
            wordless = not _WORD.search(text[start:end] + read)
            if not quoted or not apart or wordless or _LATIN.search(quoted) or len(read) > _LONGEST:
                continue
            more = quoted[end - start :]
            spans.append((start, start + len(quoted)))
            yield evidence((), 0.5) + table(
                "[[query]]",
                id=f"variant-line-{entry.kept.line}"
                + (f"-{len(spans) - 1}" if len(spans) > 2 else ""),
                line=entry.kept.line,
                text=quoted,
                why=f"这段文字在第{entry.row.line}行又刊印了一次，此处作“{read}{more}”。"
                "何者为是，底本没有依据可以断定，原文照录。",
            )


def variants(left: str, right: str) -> list[tuple[str, str]]:
    """The places where two texts differ, each as both have it with what stands around it."""
    out: list[list[int]] = []
    for first, last, start, end in _places(left, right):
        if out and first - out[-1][1] <= 2 * _AROUND:
            out[-1][1], out[-1][3] = last, end
        else:
            out.append([first, last, start, end])
    return [(_around(left, a, b), _around(right, c, d)) for a, b, c, d in out]


def _places(left: str, right: str) -> list[_Place]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [(a, b, c, d) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"]


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - _AROUND) : end + _AROUND]


def _head(text: str) -> int:
    """Where the number that a line begins with ends: numbers are doubted elsewhere."""
    end = 0
    for segment in segments_of_line(text):
        if segment.kind not in _HEADS:
            break
        end = segment.end
    return end
