"""The contents (目录): its entries, each with the division that it names."""

from __future__ import annotations

from duizhao.edition import ContentsEntry, Division, Node, Unit, divisions
from duizhao.segments import compact, without_page
from duizhao.tokens import Token


def contents_from_tokens(entries: list[Token], body: tuple[Node, ...]) -> tuple[ContentsEntry, ...]:
    """Contents entries, each with the division it leads to."""
    found = list(divisions(body))
    by_words = {_heading_key(d): d.eid for d in reversed(found)}
    by_eid = {d.eid for d in found}
    out, path = [], dict[str, str]()
    seen: dict[str, int] = {}
    for token in entries:
        level = token.segment.level
        number = token.segment.number
        words = without_page(str(token.text))
        ordinal = token.ordinal(_PREFIXES.get(level, "")) if number else words
        eid = _entry_eid(level, ordinal, path)
        seen[eid] = seen.get(eid, 0) + 1
        unique = eid if seen[eid] == 1 else f"{eid}-dup{seen[eid]}"
        target = eid if eid in by_eid else by_words.get(words, "") if not number else ""
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


def _heading_key(division: Division) -> str:
    return compact(str(division.heading.text))
