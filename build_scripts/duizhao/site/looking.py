"""Who looks at laws for what is wrong with them, and where it is kept what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from duizhao.ground.pool import WORTH_PROCESSES, Workers
from duizhao.languages.law import Law
from duizhao.site.kept_laws import KeptLaws

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """Where laws are looked at: by this process, unless `workers` wait for tasks.

    What was found is `kept`, if anything may be.
    """

    workers: Workers = field(default_factory=Workers)
    kept: KeptLaws | None = None

    def each(
        self,
        kind: str,
        look: Callable[[T], R],
        tasks: Sequence[T],
        *,
        name: Callable[[T], str],
        made_of: Callable[[T], Sequence[str]],
    ) -> Iterator[R]:
        """What tasks give, in their order, those that are kept from there.

        `made_of` gives the digests of all that the result of a task follows from, "" for what is
        not known; `name` says which task it is.
        """
        kept = self.kept
        keys = [kept.key_of(kind, made_of(task)) if kept else None for task in tasks]
        there = kept.store.names() if kept else frozenset()
        unknown = [task for task, key in zip(tasks, keys, strict=True) if key not in there]
        alone = not self.workers.started
        looked = self.workers.mapped(look, unknown, name=name, alone=alone)
        for task, key in zip(tasks, keys, strict=True):
            found: R | None = kept.found(key) if kept and key in there else None
            if found is None:
                found = next(looked) if key not in there else look(task)  # else it is damaged
                if (
                    kept and key and key == kept.key_of(kind, made_of(task))
                ):  # not changed meanwhile
                    kept.keep(key, found)
            yield found


@contextmanager
def looking(laws: Iterable[Law], kept: KeptLaws | None) -> Iterator[Looking]:
    """With further processes where there is much to look at."""
    with Workers() as workers:
        if sum(law.summary.size for law in laws) >= WORTH_PROCESSES:
            workers.start(tuple)  # what they need is loaded here
        yield Looking(workers=workers, kept=kept)
