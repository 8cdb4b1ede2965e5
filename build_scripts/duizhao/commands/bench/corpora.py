"""What the parser and the checks find over collections of laws: the table in the docs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from duizhao.editing.parse_json import parse_json
from duizhao.ground.problems import DuizhaoError
from duizhao.sources.witness import witness_from_file

COLLECTIONS = ("regulations", "versions", "docx")


def over_corpora(corpora: Path) -> dict[str, dict[str, int]]:
    """For each collection: files, files read, files clean, and files with each code."""
    return {name: _over(corpora / name) for name in COLLECTIONS if (corpora / name).is_dir()}


def _over(folder: Path) -> dict[str, int]:
    counts: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".docx")):
        counts["files"] += 1
        try:
            found = parse_json(witness_from_file(path))
        except DuizhaoError as reason:
            codes.update({p.code for p in reason.problems})
            continue
        counts["read"] += 1
        _count(found, counts, codes)
    return {**counts, **dict(sorted(codes.items(), key=lambda c: (-c[1], c[0])))}


def _count(found: dict[str, Any], counts: Counter[str], codes: Counter[str]) -> None:
    """Add one file's figures."""
    problems = {problem["code"] for problem in found["problems"]}
    codes.update(problems)
    counts["clean"] += not problems
    counts["unaccounted lines"] += found["lines"]["unaccounted"]
    for law in found["laws"]:
        counts["laws"] += 1
        for kind in ("chapter", "section", "article", "paragraph", "item", "subitem", "annex"):
            counts[kind] += law["counts"][kind]
