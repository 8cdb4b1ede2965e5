"""How large the search index of a collection gets, and how long it takes to make.

The queries of a browser are measured by `tests/site/test_search_corpora.py`.
"""

from __future__ import annotations

import gzip
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from duizhao.edition import Edition
from duizhao.edition_from_reading import editions_from_reading
from duizhao.glossary import Glossary
from duizhao.pinyin import Readings
from duizhao.problems import DuizhaoError
from duizhao.reading import reading_from_witness
from duizhao.search.files import search_files
from duizhao.search.provisions import SearchLaw, search_law
from duizhao.witness import witness_from_file


def corpus_editions(corpus: Path, *, every: int = 1) -> Iterator[Edition]:
    """The laws of a folder of .txt (or every n-th file), numbered law-1, law-2."""
    number = 0
    for path in sorted(corpus.glob("*.txt"))[::every]:
        try:
            found = editions_from_reading(reading_from_witness(witness_from_file(path)))
        except DuizhaoError:
            continue  # a file that is refused is no law
        for edition in found.editions:
            number += 1
            yield replace(edition, law_id=f"law-{number}")


def write_index(laws: list[SearchLaw], folder: Path) -> None:
    """Write the files of search below `folder`."""
    for name, script in search_files(laws, Glossary(), Readings(), []):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(script, encoding="utf-8")


def searching(corpus: Path) -> dict[str, float]:
    """Seconds and sizes of the index of a quarter, half and all of a collection."""
    start = time.perf_counter()
    laws = [search_law(edition, {}) for edition in corpus_editions(corpus)]
    out: dict[str, float] = {"laws": len(laws), "reading, seconds": time.perf_counter() - start}
    for share in (4, 2, 1):
        out |= _measured(laws[::share], f"1/{share}: " if share > 1 else "")
    return out


def _measured(laws: list[SearchLaw], name: str) -> dict[str, float]:
    start = time.perf_counter()
    sizes: Counter[str] = Counter()
    largest: Counter[str] = Counter()
    seconds = 0.0
    for path, script in search_files(laws, Glossary(), Readings(), []):
        seconds += time.perf_counter() - start
        size = len(gzip.compress(script.encode(), 6)) / 1000
        kind = path.removeprefix("assets/search/").partition("/")[0]
        sizes[kind] += int(size * 1000)
        largest[kind] = max(largest[kind], int(size * 1000))
        start = time.perf_counter()
    texts = sum(len(u.zh) for law in laws for p in law.provisions for u in p.units)
    return {
        f"{name}characters": texts,
        f"{name}provisions": sum(len(law.provisions) for law in laws),
        f"{name}seconds": seconds,
        **{f"{name}{kind}, KB compressed": size / 1000 for kind, size in sizes.items()},
        **{f"{name}{kind}, largest part, KB": size / 1000 for kind, size in largest.items()},
    }
