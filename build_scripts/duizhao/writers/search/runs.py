"""The keys of one document, symbol by symbol: what `grams` finds of a whole collection at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from duizhao.writers.search.gather import Symbols

#: Where a document has each of its keys: by the key's size and its symbols.
Places = dict[tuple[int, str], list[int]]


def documents(symbols: Symbols) -> Iterator[list[str]]:
    """The symbols of each document; "" ends each of its texts."""
    names = ["", *symbols.names]
    places, at = symbols.places.tolist(), 0
    for size in symbols.sizes.tolist():
        yield [names[number] for number in places[at : at + size]]
        at += size


def places_of(
    document: Sequence[str], longest: int, between: str, common: Collection[str]
) -> Places:
    """Where a document has each of its keys of up to `longest` symbols, in order.

    `between` stands between the symbols of a written key; `common` are those that are common.
    """
    found: Places = {}
    starts = [at for at, symbol in enumerate(document) if symbol]
    for size in range(1, longest + 1):
        known = set()
        for at in starts:
            key = between.join(document[at : at + size])
            found.setdefault((size, key), []).append(at)
            if key in common:
                known.add(at)
        # A document ends with "": after each run there is one more.
        longer = {at for at in known if document[at + size]}
        longer |= {at - 1 for at in known if at and document[at - 1]}
        starts = sorted(longer)
    return found
