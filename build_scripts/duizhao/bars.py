"""How far the work is: a bar with rate and remaining time on a terminal, else a few lines."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from duizhao.problem_words import said

T = TypeVar("T")

_STANDARD_ERROR = 2  # its number in every process
_LINES = 10  # at most, where there is no terminal; what is shorter is done before one reads

_SAY: ContextVar[Callable[[str], None] | None] = ContextVar("SAY", default=None)


@contextmanager
def shown(say: Callable[[str], None]) -> Iterator[None]:
    """Meanwhile `watched` shows how far it is; `say` prints a line on standard error."""
    before = _SAY.set(say)
    try:
        yield
    finally:
        _SAY.reset(before)


def watched(results: Iterator[T], total: int, what: str) -> Iterator[T]:
    """The results as they come; `what` they are is an English phrase."""
    say = _SAY.get()
    if say is None:
        yield from results
        return
    name = said(what)
    if os.isatty(_STANDARD_ERROR):
        from tqdm import tqdm  # noqa: PLC0415 - slow to import

        yield from tqdm(results, total=total, desc=name, unit="", dynamic_ncols=True)
        return
    for count, result in enumerate(results, 1):
        if _is_told(count, total):
            say(said(f"{count} of {total} {name} done"))
        yield result


def _is_told(count: int, total: int) -> bool:
    """Whether a line is due: one at each tenth of the way."""
    return total >= _LINES and count * _LINES // total > (count - 1) * _LINES // total
