"""How far the work is: a bar with rate and remaining time on a terminal, else a few lines.

Of a step that nobody can say how far it is, a line says that it is being done, if it takes time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Timer
from typing import TypeVar

from duizhao.ground.problem_words import said

T = TypeVar("T")

_STANDARD_ERROR = 2  # its number in every process
_SOON = 3.0  # seconds: a step that is done by then says nothing
_LINES = 10  # at most, where there is no terminal; what is shorter is done before one reads

#: As tqdm has it, but that the rate is always that of a second.
_BAR = "{l_bar}{bar}| {n_fmt}/{total_fmt} [{elapsed}<{remaining}, {rate_noinv_fmt}]"

_SAY: ContextVar[Callable[[str], None] | None] = ContextVar("SAY", default=None)


@contextmanager
def shown(say: Callable[[str], None]) -> Iterator[None]:
    """Meanwhile `watched` shows how far it is; `say` prints a line on standard error."""
    before = _SAY.set(say)
    try:
        yield
    finally:
        _SAY.reset(before)


def watched(results: Iterator[T], steps: Sequence[int], what: str) -> Iterator[T]:
    """The results as they come, each so many `steps` of all; `what` these are is an English phrase."""
    say = _SAY.get()
    if say is None:
        yield from results
        return
    name, total = said(what), sum(steps)
    if _is_terminal():
        from tqdm import tqdm  # noqa: PLC0415 - slow to import

        with tqdm(total=total, desc=name, unit="", bar_format=_BAR, dynamic_ncols=True) as bar:
            for result, step in zip(results, steps, strict=True):
                bar.update(step)
                yield result
        return
    count = 0
    for result, step in zip(results, steps, strict=True):
        count += step
        if _is_told(count - step, count, total):
            say(said(f"{count} of {total} {name} done"))
        yield result


@contextmanager
def noticed(words: str) -> Iterator[None]:
    """What is done meanwhile is told in these words if it takes long; a thread needs the context."""
    say = _SAY.get()
    if say is None:
        yield
        return
    timer = Timer(_SOON, say, [words])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _is_terminal() -> bool:
    """Whether standard error is shown on a screen; one without a width shows no bar."""
    return os.isatty(_STANDARD_ERROR) and os.get_terminal_size(_STANDARD_ERROR).columns > 0


def _is_told(before: int, count: int, total: int) -> bool:
    """Whether a line is due: one at each tenth of the way."""
    return total >= _LINES and count * _LINES // total > before * _LINES // total
