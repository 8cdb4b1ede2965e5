"""Tasks on the machine's cores, or wherever an executor that is given does them."""

from __future__ import annotations

import atexit
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from operator import call
from pathlib import Path
from threading import Thread
from typing import ParamSpec, Self, TypeVar

from duizhao.garbage import (
    give_back_at_once,
    look_seldom,
    looked_for_afterwards,
    looked_for_no_more,
)
from duizhao.problems import DuizhaoError, Position, error

T = TypeVar("T")
R = TypeVar("R")
P = ParamSpec("P")

#: Characters of law below which starting processes takes longer than the work.
WORTH_PROCESSES = 40_000

_WINDOW = 64  # tasks handed out at once: those that wait need not be in memory twice
_ENDINGS = 3  # times that the processes may end before one task is done


class Workers:
    """Where tasks are done: by an executor that is given, or by processes of this machine.

    Processes are started when there is work for them and kept until `close`, since starting
    one takes as long as a good many tasks.
    """

    def __init__(self, executor: Executor | None = None) -> None:
        self._executor = executor
        self._own: ProcessPoolExecutor | None = None

    def start(self, load: Callable[[], object]) -> None:
        """Start the processes of this machine, with what `load` loads in their memory.

        Where that is safe this process loads it and is forked: it is in memory once.
        """
        if self._executor or (os.cpu_count() or 1) < 2:
            return
        if forks := _may_fork():
            looked_for_afterwards(call, load)
        processes = self._processes(0, "fork" if forks else "spawn")
        for _ in range(os.cpu_count() or 1):
            processes.submit(load)

    @property
    def started(self) -> bool:
        """Whether processes of this machine wait for tasks."""
        return self._own is not None

    @property
    def elsewhere(self) -> bool:
        """Whether tasks go where this machine's files may not be."""
        return self._executor is not None

    def ahead(self, function: Callable[P, R], *given: P.args, **named: P.kwargs) -> Callable[[], R]:
        """What gives a function's result, on which a process works meanwhile if any is started.

        Otherwise this process does it when it is asked, as where that process was killed.
        """
        here = partial(function, *given, **named)
        if self._own is None:
            return here
        try:
            future = self._own.submit(looked_for_afterwards, call, here)
        except BrokenExecutor:
            return here

        def result() -> R:
            try:
                return future.result()
            except BrokenExecutor:
                return here()

        return result

    def mapped(
        self,
        function: Callable[[T], R],
        tasks: Sequence[T],
        *,
        name: Callable[[T], str],
        alone: bool = False,
        threads: int = 1,
    ) -> Iterator[R]:
        """The results of tasks in order, from the executor given or from as many processes as pay.

        With `alone` this process does them itself, on so many `threads`.  A process that is killed takes the others
        of its pool with it; what was not done is then given to new ones.  Raises DuizhaoError
        where that happens again and again before one task is done, or where the executor gives
        up with BrokenExecutor; `name` says which task it is.
        """
        if self._executor:
            yield from _elsewhere(self._executor, function, tasks, name)
        elif not tasks or (os.cpu_count() or 1) < 2 or (alone and threads < 2):
            yield from map(function, tasks)
        elif alone:
            with ThreadPoolExecutor(threads) as pool:
                yield from pool.map(function, tasks)
        else:
            yield from self._in_processes(function, tasks, name)

    def close(self) -> None:
        """End the processes; they are not waited for, nor what nobody asks for any more."""
        if self._own:
            self._own.shutdown(wait=False, cancel_futures=True)
            self._own = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _in_processes(
        self, function: Callable[[T], R], tasks: Sequence[T], name: Callable[[T], str]
    ) -> Iterator[R]:
        done, endings = 0, 0
        here = partial(looked_for_afterwards, function)
        while done < len(tasks):
            try:
                for result in _windowed(self._processes(endings), here, tasks[done:]):
                    done, endings = done + 1, 0
                    yield result
            except BrokenExecutor:
                self.close()
                endings += 1
                if endings == _ENDINGS:
                    raise _ended(name(tasks[done])) from None

    def _processes(self, endings: int, how: str = "spawn") -> ProcessPoolExecutor:
        if self._own is None:
            # Where one was ended, memory may be short: the next try has fewer.
            number = max(1, (os.cpu_count() or 1) >> endings)
            self._own = ProcessPoolExecutor(number, get_context(how), _prepare)
        return self._own


def _may_fork() -> bool:
    """Whether this process has one thread: of another, a fork could inherit a lock that nobody releases.

    Elsewhere than on Linux the system's own libraries have threads.
    """
    return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1


def _prepare() -> None:
    """Have this process end soon, and with the one that started it, which may be killed and say nothing.

    It looks for circles of objects after each task, and hardly within one.
    """
    look_seldom()
    give_back_at_once()
    atexit.register(looked_for_no_more)

    def follow() -> None:
        if parent := parent_process():
            parent.join()
            os._exit(1)

    Thread(target=follow, daemon=True).start()


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
