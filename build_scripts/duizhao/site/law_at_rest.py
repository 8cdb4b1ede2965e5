"""A law that lies where it is kept, and is read when somebody asks for its text.

Of a site with many laws only a few are in memory at a time; what lists say of the others
is in their summaries.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import lru_cache, partial
from typing import Any, TypeVar

from duizhao.editing.history import Change
from duizhao.languages.citation import Cited
from duizhao.languages.citing import Citing
from duizhao.languages.law import Law
from duizhao.languages.leaves import Leaf
from duizhao.languages.summary import Summary

T = TypeVar("T")

#: Laws that a process has read at a time: the one that is written, and those that it cites.
AWAKE = 32

#: What is known of a law at rest: its summary, its history, its sources.
Known = tuple[Summary, tuple[Change, ...], Mapping[str, str]]

_TEXT = frozenset(field.name for field in fields(Law)) - {"history", "sources"}


class LawAtRest(Law):
    """A law of which little is at hand; `data` gives the whole of it, as `bytes_of` made it.

    It goes to another process as what gives them there, and to another machine `whole`.
    """

    data: Callable[[], bytes]

    def __init__(self, known: Known, data: Callable[[], bytes]) -> None:
        summary, history, sources = known
        values = {"summary": summary, "history": history, "sources": sources, "data": data}
        self.__dict__.update(values)  # it is frozen, as all laws are

    def __reduce__(self) -> tuple[object, ...]:
        return LawAtRest, (known_of(self), self.data)

    def whole(self) -> tuple[object, ...]:
        """What it is made of where this machine's files are not, as `__reduce__` says it."""
        return LawAtRest, (known_of(self), partial(bytes, self.data()))

    def __getattr__(self, name: str) -> Any:
        if name in _TEXT:
            return getattr(_awake(self), name)
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return _awake(self) == (_awake(other) if isinstance(other, LawAtRest) else other)

    __hash__ = object.__hash__

    @property
    def id(self) -> str:
        """See `Law`."""
        return self.summary.law_id

    def leaf_of(self, eid: str) -> Leaf | None:
        """See `Law`."""
        return _awake(self).leaf_of(eid)

    def once(self, question: tuple[str, ...], answer: Callable[[], T]) -> T:
        """See `Law`."""
        return _awake(self).once(question, answer)

    def afresh(self) -> Law:
        """See `Law`."""
        return self

    @property
    def citing(self) -> Citing:
        """See `Law`."""
        return _awake(self).citing

    @property
    def cited(self) -> dict[str, Cited]:
        """See `Law`."""
        return _awake(self).cited


def known_of(law: Law) -> Known:
    """What is known of a law when it rests."""
    return law.summary, law.history, law.sources


def bytes_of(law: Law) -> bytes:
    """A law to be kept."""
    return pickle.dumps(law.afresh(), 5)


def all_rest() -> None:
    """Forget what this process has read, since nobody will ask for it again."""
    _awake.cache_clear()


@lru_cache(maxsize=AWAKE)
def _awake(law: LawAtRest) -> Law:
    # Made by `bytes_of` and sealed in the cache, which is the project's own.
    found: Law = pickle.loads(law.data())  # noqa: S301
    return found
