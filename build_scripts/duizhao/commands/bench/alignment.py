"""How well an English text is aligned to the Chinese, and what is found of one out of date.

`tw-aligned` holds laws whose articles are known to match: their keys are taken away and
the aligner must find them again.  In `tw-stale` it must find what is missing, extra or
renumbered and where numbers disagree.  Levels there are 條, 項, 款 (一、), 目 （一）.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duizhao.ground.numerals import NUMERAL_CHARACTERS, integer
from duizhao.languages.exchange.align import Aligned, Alignment, align, fits
from duizhao.languages.exchange.english import Block, blocks_from_lines
from duizhao.languages.exchange.renumbered import renumbered
from duizhao.languages.exchange.slots import Slot

_ITEM = re.compile(
    rf"(?:[（(]([{NUMERAL_CHARACTERS}]+)[）)]|([{NUMERAL_CHARACTERS}]+)(?:、|\s+))\s*(.*)",
    re.DOTALL,
)
_HEAD = re.compile(rf"第\s*([{NUMERAL_CHARACTERS}]+)\s*([編章節款目])")
_LEVEL = {"編": "part", "章": "chp", "節": "sec", "款": "subsec", "目": "subsec"}
_ENDS = ("。", "：", "；", ":", ";", "？", "！")
_BROKEN_AT = 24  # characters of a line that may be broken inside a paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One article, heading or front text as the collection has it."""

    key: str
    zh: str
    en: str


def rows_from_file(path: Path) -> list[Row]:
    """The rows of a .jsonl; a side that is missing is ""."""
    found = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return [Row(key=r["key"], zh=r.get("zh") or "", en=r.get("en") or "") for r in found]


def chinese_lines(text: str) -> list[str]:
    """The lines of a Chinese text, a paragraph broken at its margin put together again."""
    out: list[str] = []
    for line in (part.strip() for part in re.split(r"\r?\n", text)):
        if not line:
            continue
        whole = not out or out[-1].endswith(_ENDS) or _ITEM.match(line)
        broken = out and not whole and len(out[-1]) >= _BROKEN_AT
        if broken or (out and line[0] in "，。；："):
            out[-1] += line
        else:
            out.append(line)
    return out


def slots_of(rows: list[Row]) -> list[Slot]:
    """The Chinese of all rows as slots; the identifier is the row's key and a line's number."""
    out: list[Slot] = []
    path: dict[str, str] = {}
    order = ("part", "chp", "sec", "subsec")
    for row in rows:
        key = row.key
        if re.fullmatch(r"h\d+", key) and (match := _HEAD.match(row.zh)):
            level = _LEVEL[match[2]]
            path = {k: v for k, v in path.items() if order.index(k) < order.index(level)}
            path[level] = f"{level}_{integer(match[1])}"
            if row.zh:
                place = "__".join(path.values())
                out.append(Slot(eid=f"{key}:0", role="heading", text=row.zh, place=place))
            continue
        place = key.replace("art-", "art_", 1) if key.startswith("art-") else "front"
        role = "title" if key == "title" else "paragraph"
        for number, line in enumerate(chinese_lines(row.zh)):
            match = _ITEM.match(line)
            label = (integer(match[1] or match[2]) or 0) if match else 0
            text = match[3] if match and label else line
            out.append(Slot(eid=f"{key}:{number}", role=role, text=text, place=place, label=label))
    return out


def english_of(rows: list[Row], *, heads: bool) -> tuple[list[Block], dict[int, str]]:
    """The English of all rows as blocks, with or without article heads; the row of each line."""
    lines: list[tuple[int, str]] = []
    owner: dict[int, str] = {}
    for row in rows:
        if heads and row.en and row.key.startswith("art-"):
            lines.append((len(lines) + 1, f"Article {row.key.removeprefix('art-')}"))
        for line in row.en.splitlines():
            if line.strip():
                lines.append((len(lines) + 1, line))
                owner[len(lines)] = row.key
    return blocks_from_lines(lines), owner


def unnumbered(block: Block) -> Block:
    """A block as plain text: the number of a heading or item taken away."""
    text = re.sub(r"^\w+\s+\S+\s+", "", block.text) if block.kind == "heading" else block.text
    return Block(kind="text", text=text, line=block.line, raw=text)


def truth(
    rows: list[Row], slots: list[Slot], blocks: list[Block], owner: dict[int, str]
) -> dict[str, int]:
    """The English line of each Chinese unit, where a row's lines leave no doubt."""
    out: dict[str, int] = {}
    for row in rows:
        mine = [s for s in slots if s.eid.rpartition(":")[0] == row.key]
        lines = [b for b in blocks if owner.get(b.line) == row.key]
        if len(mine) == len(lines):
            out.update({s.eid: b.line for s, b in zip(mine, lines, strict=True)})
    return out


@dataclass(slots=True)
class Tally:
    """Counts that shares are made of."""

    units: int = 0
    right: int = 0
    articles: int = 0
    articles_right: int = 0
    unjudged: int = 0


def _judge(rows: list[Row], *, heads: bool, tally: Tally, numbers: bool = True) -> None:
    slots = slots_of(rows)
    blocks, owner = english_of(rows, heads=heads)
    known = truth(rows, slots, blocks, owner)
    found = align(slots, blocks if numbers else [unnumbered(b) for b in blocks])
    given: dict[str, list[int]] = {}
    for pair in found.pairs:
        for slot in pair.slots:
            given[slot.eid] = [b.line for b in pair.blocks]
    for slot in slots:
        if slot.eid not in known:
            tally.unjudged += 1
            continue
        tally.units += 1
        tally.right += given.get(slot.eid) == [known[slot.eid]]
    for row in rows:
        if row.key.startswith("art-"):
            lines = [n for s in slots if s.eid.rpartition(":")[0] == row.key for n in given[s.eid]]
            tally.articles += 1
            tally.articles_right += bool(lines) and {owner.get(n) for n in lines} == {row.key}


def alignment(corpora: Path) -> dict[str, Any]:
    """Shares of units and articles aligned right, and what is found in the stale laws."""
    start = time.perf_counter()
    folder = corpora / "bilingual"
    laws = [rows_from_file(p) for p in sorted((folder / "tw-aligned").glob("*.jsonl"))]
    numbered, bare, nothing = Tally(), Tally(), Tally()
    for rows in laws:
        _judge(rows, heads=True, tally=numbered)
        _judge(rows, heads=False, tally=bare)
        _judge(rows, heads=False, tally=nothing, numbers=False)
    out: dict[str, Any] = {
        "laws": len(laws),
        "units": numbered.units,
        "units in doubt": numbered.unjudged,
        "units right, article numbers given": _share(numbered.right, numbered.units),
        "articles right, article numbers given": _share(numbered.articles_right, numbered.articles),
        "units right, no article numbers": _share(bare.right, bare.units),
        "articles right, no article numbers": _share(bare.articles_right, bare.articles),
        "units right, no numbers at all": _share(nothing.right, nothing.units),
        "articles right, no numbers at all": _share(nothing.articles_right, nothing.articles),
    }
    aligned = [_mismatches(rows) for rows in laws]
    stale = [_mismatches(rows_from_file(p)) for p in sorted((folder / "tw-stale").glob("*.jsonl"))]
    for name, found in (("aligned", aligned), ("stale", stale)):
        for key in (
            "articles",
            "missing",
            "missing found",
            "extra",
            "extra found",
            "renumbered",
            "paragraphs differ",
            "numbers differ",
        ):
            out[f"{name}: {key}"] = sum(f[key] for f in found)
    return out | {"seconds": time.perf_counter() - start}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _mismatches(rows: list[Row]) -> dict[str, int]:
    """What truly is missing or extra in one law, and what the alignment reports of it."""
    slots = slots_of(rows)
    blocks, _ = english_of(rows, heads=True)
    found = align(slots, blocks)
    place = {
        row.key: row.key.replace("art-", "art_", 1) for row in rows if row.key.startswith("art-")
    }
    missing = {place[r.key] for r in rows if r.key in place and r.zh and not r.en}
    extra = {place[r.key] for r in rows if r.key in place and r.en and not r.zh}
    return {
        "articles": sum(1 for r in rows if r.key in place and r.zh),
        "missing": len(missing),
        "missing found": len(missing & set(found.missing)),
        "extra": len(extra),
        "extra found": len(extra & {k for k, _ in found.extra}),
        "renumbered": len(renumbered(found)),
        "paragraphs differ": len(set(paragraphs_differ(found))),
        "numbers differ": len({p.place for p in found.pairs if p.numbers}),
    }


def paragraphs_differ(found: Alignment) -> Iterator[str]:
    """Articles that both texts have, with other paragraphs or items."""
    by_place: dict[str, list[Aligned]] = {}
    for pair in found.pairs:
        by_place.setdefault(pair.place, []).append(pair)
    for place, pairs in by_place.items():
        slots = [s for p in pairs for s in p.slots]
        blocks = [b for p in pairs for b in p.blocks]
        if place.startswith("art_") and slots and blocks and not fits(slots, blocks):
            yield place
