"""Laws for search as bytes, in which they are kept: what is said of each apart from its texts."""

from __future__ import annotations

import json
from dataclasses import asdict

import numpy as np

from duizhao.ground.chunks import divided, joined
from duizhao.writers.search.gather import LINE, Gathered, Summary, Symbols


def summary_to_bytes(summary: Summary) -> bytes:
    """A summary to be kept."""
    return json.dumps(asdict(summary), **LINE).encode("utf-8")


def summary_from_bytes(data: bytes) -> Summary:
    """The summary that was kept."""
    return Summary(**json.loads(data))


def gathered_to_bytes(law: Gathered) -> bytes:
    """A law to be kept without its summary: the texts, the symbols, their numbers."""
    named = [
        [name, len(some.places), len(some.sizes), "\n".join(some.names)]
        for name, some in law.symbols.items()
    ]
    numbers = b"".join(
        some.places.astype("<u4").tobytes() + some.sizes.astype("<u4").tobytes()
        for some in law.symbols.values()
    )
    texts = joined(text.encode("utf-8") for text in (law.whole, *law.portions))
    return joined((texts, json.dumps(named, **LINE).encode("utf-8"), numbers))


def gathered_from_bytes(data: bytes, summary: bytes) -> Gathered:
    """The law that was kept, with its summary."""
    texts, named, numbers = divided(data)
    whole, *portions = (text.decode("utf-8") for text in divided(texts))
    words = np.frombuffer(numbers, "<u4").astype(np.uint32, copy=False)
    symbols, at = {}, 0
    for name, places, sizes, names in json.loads(named):
        symbols[name] = Symbols(
            names=names.split("\n") if names else [],
            places=words[at : at + places],
            sizes=words[at + places : at + places + sizes],
        )
        at += places + sizes
    return Gathered(
        summary=summary_from_bytes(summary), whole=whole, portions=portions, symbols=symbols
    )
