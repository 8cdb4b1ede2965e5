"""Python looks for circles of objects after each task, and leaves out what stays; memory goes back."""

import gc
import platform
import subprocess
import sys
import weakref
from collections.abc import Iterator

import pytest

from duizhao.ground.garbage import look_seldom, looked_for_afterwards, looked_for_seldom

HELD = """
import sys
from pathlib import Path
from resource import getpagesize
from duizhao.ground.garbage import give_back_at_once
if "at once" in sys.argv:
    give_back_at_once()
def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * getpagesize()
before = held()
bytearray(16_000_000)  # freed: the C library takes pieces of that size for usual now
large, left = [], []
for _ in range(32):
    large.append(bytearray(b"x" * 1_000_000))
    left.append(bytearray(b"x" * 100_000))
large.clear()
print(held() - before)
"""


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


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_large_pieces_of_memory_go_back_when_they_are_free() -> None:
    def held(*how: str) -> int:
        command = [sys.executable, "-c", HELD, *how]
        return int(subprocess.run(command, capture_output=True, check=True).stdout)

    assert held() > 30_000_000, "what this is about"
    assert held("at once") < 10_000_000
