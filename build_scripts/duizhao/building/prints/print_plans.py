"""What is to be printed, without the laws: of thousands of files no more than facts are in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from duizhao.building.prints.print_jobs import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A file that is to be made: the `number`-th job of a law, and what is known of it.

    `slug` is that of the leaf, "" for the whole law; the rest is as `Job` has it.
    """

    law_id: str
    number: int
    path: str
    form: str
    language: str
    slug: str
    parts: Mapping[str, str] = field(repr=False)
    key: str


def plans_of(law_id: str, jobs: Iterable[Job]) -> Iterator[Plan]:
    """The plans of a law's jobs."""
    for number, job in enumerate(jobs):
        yield Plan(
            law_id=law_id,
            number=number,
            path=job.path,
            form=job.form,
            language=job.language,
            slug=job.leaf.slug if job.leaf else "",
            parts=job.parts,
            key=job.key,
        )


class Waiting(Sequence[Job]):
    """The jobs of plans, each made when it is taken; those of one law stand together.

    `jobs_of` gives all jobs of a law by its id, of which one law's are in memory at a time.
    """

    def __init__(self, plans: Sequence[Plan], jobs_of: Callable[[str], Iterable[Job]]) -> None:
        self.plans, self._jobs_of = plans, jobs_of
        self._law_id, self._jobs = "", list[Job]()

    def __len__(self) -> int:
        return len(self.plans)

    @overload
    def __getitem__(self, at: int) -> Job: ...
    @overload
    def __getitem__(self, at: slice) -> Waiting: ...
    def __getitem__(self, at: int | slice) -> Job | Waiting:
        if isinstance(at, slice):
            return Waiting(self.plans[at], self._jobs_of)
        plan = self.plans[at]
        if plan.law_id != self._law_id:
            self._law_id, self._jobs = plan.law_id, list(self._jobs_of(plan.law_id))
        return self._jobs[plan.number]
