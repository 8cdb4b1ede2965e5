"""How often Python looks for objects that refer to each other and to which nothing leads."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: New objects after which the young ones are looked through, and how many times that is done
#: before the next older ones are.  Python's own are 700, 10 and 10: as many for the last.
_SELDOM = (50_000, 20, 100)


@contextmanager
def looked_for_seldom() -> Iterator[None]:
    """Meanwhile it is looked seldom.

    For the process that puts a site together: what it reads stays to the end and has no such
    circles.  Those that make many pages leave circles behind, and would take more memory.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def looked_for_no_more() -> None:
    """Not at the end either, where Python looks through all that is there once more.

    For a process that is about to end: the system takes its memory back.
    """
    gc.freeze()
