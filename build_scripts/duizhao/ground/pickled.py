"""Frozen dataclasses that pickle takes and gives back fast.

Of a dataclass with slots Python asks the list of fields anew for each object, which is most
of what it takes to keep a law or to send it to another process.  Here the fields are looked
up once a class.
"""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")


def quickly_pickled(cls: type[T]) -> type[T]:
    """The same dataclass, whose fields are all slots; its state is the tuple of their values."""
    names = [each.name for each in fields(cls)]  # type: ignore[arg-type]
    values = attrgetter(*names)
    one = len(names) == 1  # of which `attrgetter` gives the value alone
    puts = [getattr(cls, name).__set__ for name in names]

    def state(self: T) -> tuple[Any, ...]:
        return (values(self),) if one else values(self)

    def restore(self: T, state: tuple[Any, ...]) -> None:
        for put, value in zip(puts, state, strict=True):
            put(self, value)

    cls.__getstate__ = state  # type: ignore[assignment]
    cls.__setstate__ = restore  # type: ignore[attr-defined]
    return cls
