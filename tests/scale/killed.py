"""What processes do in tests; some end themselves, as the system does where memory runs out."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

PATIENCE = 30  # seconds


def until_there(marker: Path) -> None:
    """Wait for a file."""
    end = time.monotonic() + PATIENCE
    while not marker.exists():
        assert time.monotonic() < end, f"{marker.name} was not made"
        time.sleep(0.01)


def process_that_begins(marker: Path) -> int:
    """The process that does this, which the marker says is begun."""
    marker.touch()
    return os.getpid()


def first_after_last(task: tuple[int, Path]) -> tuple[int, int]:
    """A number and the process that does this: 8 waits until 0 is begun, 0 until 8 made the marker."""
    n, marker = task
    begun = marker.with_suffix(".begun")
    if n == 0:
        begun.touch()
        until_there(marker)
    if n == 8:
        until_there(begun)
        marker.touch()
    return n, os.getpid()


def fails_at_the_last(n: int) -> int:
    """Refuses 8."""
    if n == 8:
        raise ValueError(n)
    return n


def once(marker: Path) -> str:
    """Ends its process unless the marker says that this was done already."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return marker.name


def always(name: str) -> str:
    """Ends its process where it is asked to."""
    if name == "bad":
        os.kill(os.getpid(), signal.SIGKILL)
    return name
