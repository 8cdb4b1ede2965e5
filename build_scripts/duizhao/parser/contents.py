"""The contents (目录): its entries, each with the division that it names."""

from __future__ import annotations

import re

from duizhao.parser.edition import Annex, ContentsEntry, Node, Unit, divisions
from duizhao.parser.segments import compact, without_page
from duizhao.parser.tokens import Token

_ANNEX = re.compile("附[件录錄表图][一二三四五六七八九十0-9]*|附(?=[：:])")


def contents_from_tokens(
    entries: list[Token],
    preamble: tuple[Unit, ...],
    body: tuple[Node, ...],
    annexes: tuple[Annex, ...],
) -> tuple[ContentsEntry, ...]:
    """Contents entries, each with the division, the annex or the preamble it leads to."""
    found = list(divisions(body))
    headings = [(unit, unit.eid) for unit in preamble if unit.role == "heading"]
    headings += [(division.heading, division.eid) for division in found]
    by_words = {compact(str(heading.text)): eid for heading, eid in reversed(headings)}
    by_number = {_annex_key(str(annex.heading.text)): annex.eid for annex in reversed(annexes)}
    by_eid = {d.eid for d in found}
    out, path = [], dict[str, str]()
    seen: dict[str, int] = {}
    for token in entries:
        level = token.segment.level
        number = token.segment.number
        words = without_page(str(token.text))
        ordinal = token.ordinal(_PREFIXES.get(level, "")) if number else _annex_key(words)
        eid = _entry_eid(level, ordinal, path)
        seen[eid] = seen.get(eid, 0) + 1
        unique = eid if seen[eid] == 1 else f"{eid}-dup{seen[eid]}"
        target = eid if eid in by_eid else by_words.get(words, "") if not number else ""
        if not level and not target:
            target = by_number.get(_annex_key(words), "")
        if level == "division" and number and f"dvs_{ordinal}" in by_eid:  # 一、 over 条
            target = f"dvs_{ordinal}"
        out.append(
            ContentsEntry(
                unit=Unit(eid=f"toc__{unique}", role="contents", text=token.text.strip()),
                level=level,
                target=target,
            )
        )
    return tuple(out)


_PREFIXES = {"part": "part", "subpart": "subpart", "chapter": "chp", "section": "sec"}
_LEVELS = tuple(_PREFIXES)


def _entry_eid(level: str, ordinal: str, path: dict[str, str]) -> str:
    """The identifier that the division named in a contents entry has in the body."""
    if level not in _PREFIXES:
        return f"entry_{ordinal}"
    rank = _LEVELS.index(level)
    for lower in _LEVELS[rank:]:
        path.pop(lower, None)
    above = [path[name] for name in _LEVELS[:rank] if name in path]
    path[level] = f"{_PREFIXES[level]}_{ordinal}"
    return "__".join([*above, path[level]])


def _annex_key(heading: str) -> str:
    """What an annex is called by: 附件一; no two texts where it is called nothing."""
    match = _ANNEX.match(compact(heading))
    return match[0] if match else heading
