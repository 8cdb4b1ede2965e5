"""How much of an amended law its earlier version covers, as a translation memory."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any

from duizhao.languages.exchange.memory import NEAR, Segment, memory_from_segments
from duizhao.languages.exchange.slots import slots_from_edition
from duizhao.parser.edition import Edition
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.sources.witness import witness_from_file


def coverage(corpora: Path) -> dict[str, Any]:
    """For the newer of each two versions: units and characters exact, near and new."""
    start = time.perf_counter()
    units: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    pairs = version_pairs(corpora / "versions")
    for old, new in pairs:
        memory = memory_from_segments(
            Segment(source=text, target=text, origin=old.name) for text in _texts(old)
        )
        for text in _texts(new):
            best = memory.best(text)
            kind = "exact" if best == 1.0 else "near" if best >= NEAR else "new"
            units[kind] += 1
            characters[kind] += len(text)
    out: dict[str, Any] = {"laws": len(pairs), "units": units.total()}
    for name, counts in (("units", units), ("characters", characters)):
        for kind in ("exact", "near", "new"):
            out[f"{name} {kind}"] = counts[kind] / max(counts.total(), 1)
    return out | {"seconds": time.perf_counter() - start}


def version_pairs(folder: Path) -> list[tuple[Path, Path]]:
    """The files of laws that have two versions, older first: <title>_<date>.txt."""
    by_title: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*_*.txt")):
        by_title.setdefault(path.stem.rpartition("_")[0], []).append(path)
    return [(paths[0], paths[-1]) for paths in by_title.values() if len(paths) > 1]


def _texts(path: Path) -> list[str]:
    editions: tuple[Edition, ...] = editions_from_reading(
        reading_from_witness(witness_from_file(path))
    ).editions
    return [slot.text for edition in editions for slot in slots_from_edition(edition)]
