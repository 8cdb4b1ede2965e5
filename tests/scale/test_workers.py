"""Processes of this machine: they work ahead of what is asked.

They end with the one that started them, whatever ended that.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.scale.killed import once

from duizhao.pinyin import readings_from_file
from duizhao.pool import Workers
from duizhao.problems import DuizhaoError

ROOT = Path(__file__).parents[2]
STARTED = """
import multiprocessing, os, time
from duizhao.pool import Workers
os.cpu_count = lambda: 2
if __name__ == "__main__":
    workers = Workers()
    workers.start("duizhao.problems")
    print(*[each.pid for each in multiprocessing.active_children()], flush=True)
    time.sleep(600)
"""
PATIENCE = 30  # seconds


def runs(process: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_they_end_where_it_is_killed() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", STARTED],
        cwd=ROOT / "build_scripts",
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with parent:
        assert parent.stdout is not None
        started = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(started) == 2
        assert all(runs(pid) for pid in started)
        parent.kill()
    end = time.monotonic() + PATIENCE
    while any(runs(pid) for pid in started) and time.monotonic() < end:
        time.sleep(0.05)
    assert not [pid for pid in started if runs(pid)]


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core: no processes are started")
def test_what_is_asked_for_ahead_is_worked_on_elsewhere(tmp_path: Path) -> None:
    marker, faulty = tmp_path / "a", tmp_path / "pinyin.toml"
    faulty.write_text('[readings]\n"重地" = "chóng"\n', encoding="utf-8")
    with Workers() as workers:
        assert workers.ahead(os.getpid)() == os.getpid(), "no process is started for it"
        workers.start("duizhao.problems")
        assert workers.ahead(os.getpid)() != os.getpid()
        problems = workers.ahead(readings_from_file, faulty, name="pinyin.toml")
        with pytest.raises(DuizhaoError, match="has 2 characters and 1 syllable here") as caught:
            problems()
        assert [p.code for p in caught.value.problems] == ["pinyin-syllables"]
        assert workers.ahead(once, marker)() == "a", "its process was killed: this one does it"
        assert workers.ahead(os.getpid)() == os.getpid(), "as long as there are no new ones"
