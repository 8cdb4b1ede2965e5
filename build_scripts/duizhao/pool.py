"""Tasks on the machine's cores, or wherever an executor that is given does them."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from duizhao.problems import DuizhaoError, Position, error

T = TypeVar("T")
R = TypeVar("R")

_WINDOW = 64  # tasks handed out at once: those that wait need not be in memory twice
_ENDINGS = 3  # times that the processes may end before one task is done


def mapped(
    function: Callable[[T], R],
    tasks: Sequence[T],
    *,
    name: Callable[[T], str],
    executor: Executor | None = None,
    alone: bool = False,
) -> Iterator[R]:
    """The results of tasks in order, from the executor given or from as many processes as pay.

    With `alone` this process does them itself.  A process that is killed takes the others
    of its pool with it; what was not done is then given to new ones.  Raises DuizhaoError
    where that happens again and again before one task is done, or where the executor gives up
    with BrokenExecutor; `name` says which task it is.
    """
    workers = min(os.cpu_count() or 1, len(tasks))
    if executor:
        yield from _elsewhere(executor, function, tasks, name)
    elif alone or workers < 2:
        yield from map(function, tasks)
    else:
        yield from _in_processes(function, tasks, name, workers)


def _elsewhere(
    executor: Executor, function: Callable[[T], R], tasks: Sequence[T], name: Callable[[T], str]
) -> Iterator[R]:
    done = 0
    try:
        for result in _windowed(executor, function, tasks):
            done += 1
            yield result
    except BrokenExecutor:
        raise _ended(name(tasks[done])) from None


def _in_processes(
    function: Callable[[T], R], tasks: Sequence[T], name: Callable[[T], str], workers: int
) -> Iterator[R]:
    done, endings = 0, 0
    while done < len(tasks):
        # Spawned: a forked process could inherit a lock that nobody releases.  Where one was
        # ended, memory may be short: the next try has fewer.
        number = max(1, workers >> endings)
        own = ProcessPoolExecutor(number, mp_context=get_context("spawn"))
        try:
            for result in _windowed(own, function, tasks[done:]):
                done, endings = done + 1, 0
                yield result
        except BrokenExecutor:
            endings += 1
            if endings == _ENDINGS:
                raise _ended(name(tasks[done])) from None
        finally:
            own.shutdown(cancel_futures=True)


def _windowed(executor: Executor, function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
    rest = iter(tasks)
    waiting = deque(executor.submit(function, task) for task in islice(rest, _WINDOW))
    try:
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(executor.submit(function, task) for task in islice(rest, 1))
            yield result
    finally:
        for future in waiting:
            future.cancel()


def _ended(name: str) -> DuizhaoError:
    return DuizhaoError(
        [
            error(
                "worker-ended",
                Position(file=name),
                "The process that worked on this was ended from outside, again and again.",
                "free memory, or see in the system's log what ended it; then build again",
            )
        ]
    )
