"""Python looks for circles of objects after each task, and leaves out what stays."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from duizhao.garbage import look_seldom, looked_for_afterwards, looked_for_seldom


class Circle:
    """An object that refers to itself, as the parts of a document refer to each other."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_circles_of_a_task_are_gone_when_it_is_done() -> None:
    look_seldom()
    left: list[weakref.ref[Circle]] = []

    def task(number: int) -> int:
        left.append(weakref.ref(Circle()))
        assert left[-1]() is not None  # only looking takes it away
        return number + 1

    assert looked_for_afterwards(task, 1) == 2
    assert left[0]() is None


def test_circles_of_a_task_that_fails_are_gone_too() -> None:
    left: list[weakref.ref[Circle]] = []

    def task(_: int) -> None:
        left.append(weakref.ref(Circle()))
        raise LookupError

    with pytest.raises(LookupError):
        looked_for_afterwards(task, 1)
    assert left[0]() is None


def test_what_stays_is_not_looked_at_again() -> None:
    kept: list[list[int]] = []

    def task(number: int) -> None:
        kept.extend([number] for _ in range(10_000))

    before = gc.get_freeze_count()
    looked_for_afterwards(task, 1)
    assert gc.get_freeze_count() - before >= 10_000
    assert not any(one is kept[0] for one in gc.get_objects())


def test_thresholds_are_as_before_when_it_is_looked_seldom_no_more() -> None:
    before = gc.get_threshold()
    with looked_for_seldom():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
