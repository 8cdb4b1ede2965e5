"""Processes for the machine's cores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context


@contextmanager
def pool(tasks: int, executor: Executor | None = None) -> Iterator[Executor | None]:
    """The executor given, else processes for so many tasks; None where one would do.

    They are ended with what they have begun; tasks that wait are dropped.
    """
    workers = min(os.cpu_count() or 1, tasks)
    if executor or workers < 2:
        yield executor
        return
    # Spawned: a forked process could inherit a lock that nobody releases.
    own = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        yield own
    finally:
        own.shutdown(cancel_futures=True)
