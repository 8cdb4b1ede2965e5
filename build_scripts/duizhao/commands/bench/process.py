"""A command run to its end, and what it took."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from duizhao.commands.bench.memory import Together

_DUIZHAO = "from duizhao.command import run; run()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a command took: processor seconds, seconds on the wall, most memory in bytes.

    Processor time is that of all its processes, memory that of the largest; `together` is
    what all had at once, 0 where nobody looks or the system does not tell.
    """

    processor: float
    wall: float
    memory: int
    together: int


def duizhao(*arguments: str) -> list[str]:
    """A command of this program."""
    return [sys.executable, "-c", _DUIZHAO, *arguments]


def environment() -> dict[str, str]:
    """That of this process; modules are kept compiled, as they are wherever nobody forbids it."""
    found = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def run(command: list[str], folder: Path, *, looks: bool = True) -> Cost:
    """Run a command to its end; RuntimeError with what it said where it fails.

    Without `looks` nobody looks what memory its processes have `together`: that stops each of
    them and takes a twentieth of the time of those that use all cores, of one that leaves cores
    free next to nothing.
    """
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            command, cwd=folder, env=environment(), stdout=said, stderr=said
        )
        memory = Together(process.pid) if looks else None
        _, status, used = os.wait4(process.pid, 0)
        together = memory.ended() if memory else 0
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(said.read().decode("utf-8", "replace")[-2000:])
    return Cost(
        processor=used.ru_utime + used.ru_stime,
        wall=time.perf_counter() - start,
        memory=used.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        together=together,
    )
