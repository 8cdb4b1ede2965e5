"""How large the search index of a collection gets, and how long it takes to make.

The queries of a browser are measured by `tests/site/test_search_corpora.py`.
"""

from __future__ import annotations

import gzip
import resource
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from duizhao.ground.problems import DuizhaoError
from duizhao.languages.glossary import Glossary
from duizhao.languages.pinyin import Readings
from duizhao.parser.edition import Edition
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.sources.witness import witness_from_file
from duizhao.writers.search.files import search_files
from duizhao.writers.search.provisions import SearchLaw, search_law


def corpus_editions(corpus: Path, *, every: int) -> Iterator[Edition]:
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


def searching(corpus: Path) -> dict[str, float]:
    """Seconds, memory and sizes of the index of a quarter, half and all of a collection.

    Laws are read one after the other, as search takes them, so that the memory is what
    the whole needs.
    """
    out: dict[str, float] = {}
    for share in (4, 2, 1):
        out |= _measured(corpus, share, f"1/{share}: " if share > 1 else "")
    return out


def _measured(corpus: Path, share: int, name: str) -> dict[str, float]:
    counts: Counter[str] = Counter()

    def laws() -> Iterator[SearchLaw]:
        start = time.process_time()
        for edition in corpus_editions(corpus, every=share):
            law = search_law(edition, {})
            counts["laws"] += 1
            counts["provisions"] += len(law.provisions)
            counts["characters"] += sum(len(u.zh) for p in law.provisions for u in p.units)
            counts["reading"] += int((time.process_time() - start) * 1e9)
            yield law
            start = time.process_time()

    sizes: Counter[str] = Counter()
    largest: Counter[str] = Counter()
    seconds, start = 0.0, time.process_time()
    for path, script in search_files(laws(), Glossary(), Readings(), []):
        seconds += time.process_time() - start
        size = len(gzip.compress(script.encode(), 6))
        kind = _kind(path)
        sizes[kind] += size
        largest[kind] = max(largest[kind], size)
        counts["files"] += 1
        start = time.process_time()
    reading = counts.pop("reading") / 1e9
    return {
        **{f"{name}{what}": count for what, count in counts.items()},
        f"{name}reading the laws, processor seconds": reading,
        f"{name}search, processor seconds": seconds - reading,
        f"{name}most memory so far, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        f"{name}all files, MB compressed": sizes.total() / 1e6,
        **{f"{name}{kind}, MB compressed": size / 1e6 for kind, size in sizes.items()},
        **{f"{name}{kind}, largest file, KB": size / 1000 for kind, size in largest.items()},
    }


_KINDS = {
    "d/z": "characters",
    "d/s": "syllables",
    "d/i": "first letters",
    "d/n": "identifiers",
    "l/": "texts",
    "t/": "titles",
}


def _kind(path: str) -> str:
    name = path.removeprefix("assets/search/")
    return next((kind for start, kind in _KINDS.items() if name.startswith(start)), name)
