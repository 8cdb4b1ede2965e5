"""Memory that is no longer needed: how often Python looks for it, when the system has it back.

Python looks for objects that refer to each other and to which nothing leads.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

#: What glibc calls the number of bytes from which a piece of memory is asked of the system alone.
_M_MMAP_THRESHOLD = -3
_ALONE = 128 * 1024  # as at a process's beginning

T = TypeVar("T")
R = TypeVar("R")

#: New objects after which the young ones are looked through, and how many times that is done
#: before the next older ones are.  Python's own are 700, 10 and 10: as many for the last.
_SELDOM = (50_000, 20, 100)


@contextmanager
def looked_for_seldom() -> Iterator[None]:
    """Meanwhile it is looked seldom.

    For the process that puts a site together: what it reads stays to the end and has no such
    circles.
    """
    before = gc.get_threshold()
    look_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)


def look_seldom() -> None:
    """From now on it is looked seldom."""
    gc.set_threshold(*_SELDOM)


def looked_for_afterwards(function: Callable[[T], R], task: T) -> R:
    """What a function gives for a task; then it is looked once, and at what remains never again.

    For a process that does many tasks.  What remains of one are programs, dictionaries and
    what is remembered, hundreds of thousands of objects that stay; what it leaves behind are
    circles around much memory that Python does not count, such as the parts of a .docx.  What
    is free goes back to the system, small pieces too.
    """
    try:
        return function(task)
    finally:
        gc.collect()
        gc.freeze()
        if trim := _of_linux("malloc_trim"):
            trim(0)


def give_back_at_once() -> None:
    """Large pieces go back to the system as soon as they are free, with the C library of Linux.

    It raises the bound each time one is freed, up to 32 MB: what is freed below stays with the process,
    between what is not.
    """
    if mallopt := _of_linux("mallopt"):
        mallopt(_M_MMAP_THRESHOLD, _ALONE)


def _of_linux(name: str) -> Callable[..., int] | None:
    """A function of the C library of Linux; None where that has it not, and on other systems."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None


def looked_for_no_more() -> None:
    """Not at the end either, where Python looks through all that is there once more.

    For a process that is about to end: the system takes its memory back.
    """
    gc.freeze()
