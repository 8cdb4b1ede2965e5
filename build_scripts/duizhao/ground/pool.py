"""Tasks on the machine's cores, or wherever an executor that is given does them."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from operator import call
from pathlib import Path
from threading import Thread
from typing import Any, ParamSpec, Self, TypeVar

from duizhao.ground.garbage import (
    give_back_at_once,
    look_seldom,
    looked_for_afterwards,
    looked_for_no_more,
)
from duizhao.ground.problems import DuizhaoError, Position, error

T = TypeVar("T")
R = TypeVar("R")
P = ParamSpec("P")

#: Characters of law below which starting processes takes longer than the work.
WORTH_PROCESSES = 40_000

#: Tasks handed out at once, where twice the processes are no more: those that wait need not be in memory twice.
AT_ONCE = 64
_AHEAD = 16  # times that many are done, at most, before their turn
_ENDINGS = 3  # times that the processes may end before one task is done


class Workers:
    """Where tasks are done: by an executor that is given, or by processes of this machine.

    The executor has so many tasks `at_once`.
    Processes are started when there is work for them and kept until `close`, since starting
    one takes as long as a good many tasks.  Where `start` starts them this process is one of
    those that work: instead of waiting it does what nobody has begun.
    """

    def __init__(self, executor: Executor | None = None, at_once: int = AT_ONCE) -> None:
        self._executor, self._at_once = executor, at_once
        self._own: ProcessPoolExecutor | None = None
        self._helps = False

    def start(self, load: Callable[[], object]) -> None:
        """Start the processes of this machine, with what `load` loads in their memory.

        Where that is safe this process loads it and is forked: it is in memory once.
        """
        if self._executor or (os.cpu_count() or 1) < 2:
            return
        self._helps = True
        if forks := _may_fork():
            looked_for_afterwards(call, load)
        processes = self._processes(0, "fork" if forks else "spawn")
        for _ in range((os.cpu_count() or 1) - 1):
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

        Otherwise this process does it when it is asked, as where that process was killed or,
        if this one works too, where it is not begun.
        """
        here = partial(function, *given, **named)
        if self._own is None:
            return here
        try:
            future = self._own.submit(looked_for_afterwards, call, here)
        except BrokenExecutor:
            return here

        def result() -> R:
            if self._helps and future.cancel():
                return here()
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

        With `alone` this process does them itself, on so many `threads`.  A process that is killed
        takes the others of its pool with it; what was not done is then given to new ones.  Raises
        DuizhaoError where that happens again and again before one task is done, or where the
        executor gives up with BrokenExecutor; `name` says which task it is.
        """
        if self._executor:
            yield from _elsewhere(self._executor, function, tasks, name, self._at_once)
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
        first, endings, done = 0, 0, dict[int, Future[R]]()
        at_once = max(AT_ONCE, 2 * (os.cpu_count() or 1))
        here = partial(looked_for_afterwards, function)
        while first < len(tasks):
            processes, helps = self._processes(endings), self._helps and not endings
            try:
                for result in _in_order(
                    processes, here, tasks, at_once, done, first=first, helps=helps
                ):
                    first, endings = first + 1, 0
                    yield result
            except BrokenExecutor:
                self.close()
                endings += 1
                if endings == _ENDINGS:
                    raise _ended(name(tasks[first])) from None
                done = {n: each for n, each in done.items() if not _broken(each)}

    def _processes(self, endings: int, how: str = "spawn") -> ProcessPoolExecutor:
        if self._own is None:
            # Where one was ended, memory may be short: the next try has fewer.
            number = max(1, ((os.cpu_count() or 1) - self._helps) >> endings)
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
    executor: Executor,
    function: Callable[[T], R],
    tasks: Sequence[T],
    name: Callable[[T], str],
    at_once: int,
) -> Iterator[R]:
    done = 0
    try:
        for result in _in_order(executor, function, tasks, at_once, {}):
            done += 1
            yield result
    except BrokenExecutor:
        raise _ended(name(tasks[done])) from None


def _in_order(
    executor: Executor,
    function: Callable[[T], R],
    tasks: Sequence[T],
    at_once: int,
    done: dict[int, Future[R]],
    *,
    first: int = 0,
    helps: bool = False,
) -> Iterator[R]:
    """The results of tasks in their order, from the `first` on.

    So many are `at_once` with the executor: when one is done, whichever it is, another is handed
    out, so none waits for a long one.  `done` has those that are done, by number, and gets others.
    A process that `helps` does what was handed out last and nobody has begun, instead of waiting.
    """
    rest = (n for n in range(first, len(tasks)) if n not in done)
    given: dict[Future[R], int] = {}
    try:
        for turn in range(first, len(tasks)):
            there = False
            while not there:
                there = turn in done
                free = min(at_once, _AHEAD * at_once - len(done)) - len(given)
                for n in islice(rest, max(free, 0 if given else 1)):
                    given[executor.submit(function, tasks[n])] = n
                own = _taken_back(given) if helps and not there else None
                if own is not None:
                    done[own] = _did(function, tasks[own])
                waits = not there and own is None
                ready, _ = wait(given, None if waits else 0, FIRST_COMPLETED)
                done.update((given.pop(future), future) for future in ready)
            yield done.pop(turn).result()
    finally:
        for future in given:
            future.cancel()


def _taken_back(given: dict[Future[R], int]) -> int | None:
    """The last of the tasks that nobody has begun, which is given no more; None where all are."""
    return next((given.pop(each) for each in reversed([*given]) if each.cancel()), None)


def _did(function: Callable[[T], R], task: T) -> Future[R]:
    """A task that this process did."""
    future: Future[R] = Future()
    try:
        future.set_result(function(task))
    except Exception as reason:  # noqa: BLE001 - it is raised in its turn
        future.set_exception(reason)
    return future


def _broken(done: Future[Any]) -> bool:
    """Whether what was to do a task was ended."""
    return isinstance(done.exception(), BrokenExecutor)


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
