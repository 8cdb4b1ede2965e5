"""How much memory a process and those that it began have together, as Linux counts it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

_OFTEN = 0.2  # seconds between two looks
_PROCESSES = Path("/proc")


class Together:
    """Looks at a process again and again until it is `ended`; `most` is what all had at once.

    In bytes, what they share counted once (PSS); 0 where the system does not tell.
    """

    def __init__(self, process: int) -> None:
        self.most = 0
        self._process, self._over = process, Event()
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def ended(self) -> int:
        """Look no more; the most there was."""
        self._over.set()
        self._thread.join()
        return self.most

    def _look(self) -> None:
        while not self._over.wait(_OFTEN):
            self.most = max(self.most, sum(map(_share, _with_children(self._process))))


def _with_children(process: int) -> Iterator[int]:
    """A process and all that it began, and they in turn."""
    yield process
    with suppress(OSError):
        for thread in os.listdir(_PROCESSES / f"{process}/task"):  # noqa: PTH208 - names are enough
            said = (_PROCESSES / f"{process}/task/{thread}/children").read_text("ascii")
            for child in said.split():
                yield from _with_children(int(child))


def _share(process: int) -> int:
    """A process’s own memory, and its share of what it has in common with others."""
    with suppress(OSError):
        for line in (_PROCESSES / f"{process}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
