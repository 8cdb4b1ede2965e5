"""An English text aligned to the Chinese: by structure first, then by length and position.

1. Articles, headings and annexes meet by their numbers.
2. Within a provision whose paragraphs and items are the same in number and label, each
   meets its own: `how` is "structure".
3. Otherwise paragraphs are paired by dynamic programming over length, item numbers and
   numbers in the text (after Gale and Church, 1993): `how` is "position".
4. A text without any article head is aligned so as a whole, between its headings.

Law: every slot and every block stands in exactly one `Aligned`, in order within its
provision.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from duizhao.languages.exchange.agree import Disagreement, disagreement
from duizhao.languages.exchange.english import Block
from duizhao.languages.exchange.pairing import paired
from duizhao.languages.exchange.slots import Slot, grouped

_ORDER = ("part", "subpart", "chp", "sec", "subsec")
_RATIO = 3.3  # English characters for one Chinese character, where a text gives no measure
_LONGEST_TITLE = 120
_CONTENTS = 3  # headings of one level without an article between them


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """Slots and blocks that belong together; one side is empty where nothing answers."""

    place: str
    slots: tuple[Slot, ...]
    blocks: tuple[Block, ...]
    how: str
    numbers: Disagreement = field(default_factory=Disagreement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """A whole text aligned.

    `missing` are provisions without English, `extra` English provisions without Chinese
    (with their first line).
    """

    pairs: tuple[Aligned, ...]
    missing: tuple[str, ...]
    extra: tuple[tuple[str, int], ...]

    @property
    def complete(self) -> bool:
        """Whether both texts have the same provisions."""
        return not self.missing and not self.extra


def align(slots: Sequence[Slot], blocks: Sequence[Block]) -> Alignment:
    """Align the English blocks of a law to its Chinese slots."""
    blocks = without_contents(blocks)
    if any(s.place.startswith("art_") for s in slots) and not any(
        b.kind == "article" for b in blocks
    ):
        return _flat(slots, blocks)
    chinese = grouped(slots)
    groups = _english_groups(blocks)
    english: dict[str, _Group] = {}
    others: list[_Group] = []
    for group in groups:
        if group.key in chinese and group.key not in english:
            english[group.key] = group
        else:
            others.append(group)
    ratio = _ratio(
        sum(len(s.text) for k in english for s in chinese[k]),
        sum(len(b.text) for g in english.values() for b in g.blocks),
    )
    pairs: list[Aligned] = []
    for key, found in chinese.items():
        given = english[key].blocks if key in english else []
        pairs.extend(_provision(key, found, given, ratio))
    pairs.extend(
        Aligned(place=g.key, slots=(), blocks=tuple(g.blocks), how="none")
        for g in others
        if g.blocks
    )
    return Alignment(
        pairs=tuple(pairs),
        missing=tuple(
            k for k in chinese if k != "front" and not (k in english and english[k].blocks)
        ),
        extra=tuple((g.key, g.line) for g in others if g.key != "front"),
    )


class _Group(NamedTuple):
    """An English provision: its key, the line of its head, what stands in it."""

    key: str
    line: int
    blocks: list[Block]


def _english_groups(blocks: Sequence[Block]) -> list[_Group]:
    """Blocks by the provision that they stand in, in order."""
    groups = [_Group("front", 0, [])]
    path: dict[str, str] = {}
    for block in blocks:
        if block.kind == "article":
            groups.append(_Group(block.key, block.line, []))
        elif block.kind == "heading":
            level = block.key.partition("_")[0]
            path = {k: v for k, v in path.items() if _ORDER.index(k) < _ORDER.index(level)}
            path[level] = block.key
            groups.append(_Group("__".join(path.values()), block.line, [block]))
        elif block.kind == "annex":
            path = {}
            groups.append(_Group(block.key, block.line, [block]))
        else:
            groups[-1].blocks.append(block)
    return [group._replace(blocks=_titled(group.blocks)) for group in groups]


def without_contents(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the lines of the contents.

    These are the headings before the first article that come again before it, or three
    and more of one level in a row.  Of a heading printed twice in a row one is kept.
    """
    blocks = [
        b
        for b, after in itertools.zip_longest(blocks, blocks[1:])
        if not (after and b.kind == "heading" and (b.kind, b.key) == (after.kind, after.key))
    ]
    first = next((n for n, b in enumerate(blocks) if b.kind == "article"), -1)
    heads = [n for n, b in enumerate(blocks) if b.kind == "heading"]
    if first >= 0:
        heads = [n for n in heads if n < first]
    else:
        heads = [n for k, n in enumerate(heads) if n == heads[0] + k]  # one run
    if not heads:
        return list(blocks)
    again = [n for n in heads[1:] if blocks[n].key == blocks[heads[0]].key]
    end = again[-1] if again else 0
    level = blocks[heads[0]].key.partition("_")[0]
    alike = sum(blocks[n].key.startswith(f"{level}_") for n in heads)
    if not again and first >= 0 and alike >= _CONTENTS:
        end = first
    gone = {n for n in heads if n < end}
    return [b for n, b in enumerate(blocks) if n not in gone]


def _titled(blocks: list[Block]) -> list[Block]:
    """A bare "Chapter 1" takes the short line below it as its title."""
    if len(blocks) > 1 and blocks[0].kind == "heading" and blocks[1].kind == "text":
        first, second = blocks[:2]
        bare = len(first.text.split()) <= 2
        if bare and len(second.text) < _LONGEST_TITLE and not second.text.endswith((".", ";", ":")):
            joined = Block(
                kind="heading",
                text=f"{first.text} {second.text}",
                line=first.line,
                key=first.key,
                raw=f"{first.raw} {second.raw}",
            )
            return [joined, *blocks[2:]]
    return blocks


def _provision(
    place: str, slots: Sequence[Slot], blocks: Sequence[Block], ratio: float
) -> list[Aligned]:
    """The pairs within one provision."""
    if blocks and place != "front" and fits(slots, blocks):
        return [_pair(place, (s,), (b,), "structure") for s, b in zip(slots, blocks, strict=True)]
    out: list[Aligned] = []
    if place == "front" and slots and blocks and slots[0].role == "title":
        out.append(_pair(place, (slots[0],), (blocks[0],), "structure"))
        slots, blocks = slots[1:], blocks[1:]
    found = paired(slots, blocks, ratio)
    out.extend(_pair(place, a, b, "position" if a and b else "none") for a, b in found)
    return out


def _pair(place: str, slots: tuple[Slot, ...], blocks: tuple[Block, ...], how: str) -> Aligned:
    numbers = Disagreement()
    if slots and blocks and slots[0].role != "heading":
        numbers = disagreement(" ".join(s.text for s in slots), " ".join(b.text for b in blocks))
    return Aligned(place=place, slots=slots, blocks=blocks, how=how, numbers=numbers)


def fits(slots: Sequence[Slot], blocks: Sequence[Block]) -> bool:
    """Whether paragraphs and items are the same; English may number its paragraphs too."""
    if len(slots) != len(blocks):
        return False
    plain = 0
    for slot, block in zip(slots, blocks, strict=True):
        plain += slot.label == 0
        if block.label != slot.label and not (slot.label == 0 and block.label == plain):
            return False
    return True


def _ratio(chinese: int, english: int) -> float:
    return english / chinese if chinese > 200 and english > 200 else _RATIO


def _flat(slots: Sequence[Slot], blocks: Sequence[Block]) -> Alignment:
    """Align a text without article heads, chapter by chapter where headings meet."""
    ratio = _ratio(sum(len(s.text) for s in slots), sum(len(b.text) for b in blocks))
    headings = {s.place: n for n, s in enumerate(slots) if s.role == "heading"}
    cuts: list[tuple[int, int]] = [(0, 0)]
    path: dict[str, str] = {}
    for index, block in enumerate(blocks):
        if block.kind != "heading":
            continue
        level = block.key.partition("_")[0]
        path = {k: v for k, v in path.items() if _ORDER.index(k) < _ORDER.index(level)}
        path[level] = block.key
        at = headings.get("__".join(path.values()), -1)
        if at > cuts[-1][0]:
            cuts.append((at, index))
    cuts.append((len(slots), len(blocks)))
    pairs = [
        _pair(a[0].place if a else "", a, b, "position" if a and b else "none")
        for (s0, b0), (s1, b1) in itertools.pairwise(cuts)
        for a, b in paired(slots[s0:s1], blocks[b0:b1], ratio)
    ]
    return Alignment(pairs=tuple(pairs), missing=_without(pairs), extra=())


def _without(pairs: Iterable[Aligned]) -> tuple[str, ...]:
    """Provisions no slot of which has English."""
    given: dict[str, bool] = {}
    for pair in pairs:
        for slot in pair.slots:
            given[slot.place] = given.get(slot.place, False) or bool(pair.blocks)
    return tuple(k for k, has in given.items() if not has and k != "front")
