"""What is to be printed waits without its laws, each of which is laid out when its turn comes."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

import pytest

from duizhao.building.prints.print_jobs import Job, jobs_of
from duizhao.building.prints.print_plans import Plan, Waiting, plans_of
from duizhao.languages.print_files import PRINT_FORMS
from duizhao.site.pipeline import Site
from duizhao.writers.typeset import PrintOptions

Both = tuple[list[Plan], Waiting, list[str]]


@pytest.fixture(scope="module")
def both(real: Site) -> Both:
    """The plans of two laws, their jobs, and the laws that were asked for those."""
    asked: list[str] = []
    options = {code: PrintOptions() for code in real.interfaces}

    def jobs(law_id: str) -> Iterator[Job]:
        asked.append(law_id)
        return jobs_of(real.law(law_id), options, real.readings)

    plans = [plan for law in real.laws for plan in plans_of(law.id, jobs(law.id))]
    asked.clear()
    return plans, Waiting(plans, jobs), asked


def test_the_jobs_are_those_that_were_planned(both: Both, real: Site) -> None:
    plans, waiting, asked = both
    assert len(waiting) == len(plans) > 20
    for plan, job in zip(plans, waiting, strict=True):
        assert (plan.path, plan.key, plan.form) == (job.path, job.key, job.form)
        assert plan.slug == (job.leaf.slug if job.leaf else "")
    assert asked == [law.id for law in real.laws]


def test_of_a_slice_no_other_law_is_asked_for(both: Both, real: Site) -> None:
    plans, waiting, asked = both
    asked.clear()
    rest = waiting[len(PRINT_FORMS) :][-2:]
    assert [job.path for job in rest] == [plan.path for plan in plans[-2:]]
    assert asked == [real.laws[-1].id]
    with pytest.raises(IndexError):
        itemgetter(2)(rest)
