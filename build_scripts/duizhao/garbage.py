"""How often Python looks for objects that refer to each other and to which nothing leads.

What laws are read into stays until the end, in millions of small objects without such circles;
as Python is set up it looks through them so often that reading kept laws takes twice as long.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: New objects after which the young ones are looked through, and how many times that is done
#: before the next older ones are.  Python's own first number is 700; with 100,000 a process
#: that makes pages takes half as much memory again, for pages do leave circles behind.
_SELDOM = (10_000, 10, 10)


def look_seldom() -> None:
    """Look seldom from now on, as a process of the build does."""
    gc.set_threshold(*_SELDOM)


@contextmanager
def looked_for_seldom() -> Iterator[None]:
    """Meanwhile it is looked seldom."""
    before = gc.get_threshold()
    look_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
