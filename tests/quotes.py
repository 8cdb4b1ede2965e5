"""Passages of the laws with random edits: what a checker of quotations must see through."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from duizhao.writers.search.provisions import SearchLaw

EDITS = ("none", "substituted", "deleted", "scan", "punctuation", "width", "joined", "traditional")
_PUNCTUATION = {"，": "；", "。": "；", "、": "，", "；": "，", ",": ";", ";": ","}
_WIDTHS = str.maketrans("，；：（）", ",;:()")


@dataclass(frozen=True)
class Passage:
    """A passage, the edit made to it, and the identifiers it is from, law and all."""

    text: str
    edit: str
    eids: tuple[str, ...]


def passages(
    laws: Sequence[SearchLaw], seed: int, count: int, column: int = -1, least: int = 20
) -> Iterator[Passage]:
    """`count` passages of 10 to 400 characters, edits in turn; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    size = least if column < 0 else 3 * least
    units = [
        (f"{law.id}#{unit.eid}", unit.zh if column < 0 else unit.others[column])
        for law in laws
        for provision in law.provisions
        for unit in provision.units
        if len(unit.zh if column < 0 else unit.others[column]) >= size
    ]
    letters = "".join(sorted(set("".join(text for _, text in units)) - set("，。；：、（） ,.;")))
    alphabet = [c for c in letters if c.isalpha()]
    edits = [e for e in EDITS if column < 0 or e not in ("traditional", "width")]
    for n in range(count):
        edit = edits[n % len(edits)]
        eid, text = chance.choice(units)
        part = _cut(chance, text, size)
        eids = [eid]
        match edit:
            case "substituted":
                at = chance.randrange(len(part))
                part = part[:at] + chance.choice(alphabet) + part[at + 1 :]
            case "deleted":
                at = chance.randrange(1, len(part) - 3)
                part = part[:at] + part[at + chance.randrange(1, 3) :]
            case "scan":
                part = "".join(
                    chance.choice(alphabet) if chance.random() < 0.05 else c for c in part
                )
            case "punctuation":
                part = "".join(_PUNCTUATION.get(c, c) for c in part)
            case "width":
                part = part.translate(_WIDTHS)
            case "joined":
                other, more = chance.choice(units)
                part += _cut(chance, more, size)
                eids.append(other)
            case "traditional":
                part = _traditional().convert(part)
            case _:
                pass
        yield Passage(part.strip(), edit, tuple(eids))


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")


def _cut(chance: random.Random, text: str, least: int) -> str:
    """A random stretch of a text, `least` to 400 characters."""
    size = chance.randint(least, min(400, len(text)))
    at = chance.randint(0, len(text) - size)
    return text[at : at + size]
