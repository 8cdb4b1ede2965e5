"""Processes of this machine: they work ahead of what is asked.

They end with the one that started them, whatever ended that.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.scale.killed import (
    PATIENCE,
    fails_at_the_last,
    first_after_last,
    once,
    process_that_begins,
    until_there,
)
from tests.scale.sites import site_of

from duizhao.cli.main import main
from duizhao.ground.pool import Workers
from duizhao.ground.problems import DuizhaoError
from duizhao.languages.pinyin import readings_from_file
from duizhao.site import looking

ROOT = Path(__file__).parents[2]
STARTED = """
import multiprocessing, os, time
from duizhao.ground.pool import Workers
os.cpu_count = lambda: 3
if __name__ == "__main__":
    workers = Workers()
    workers.start(os.getpid)
    print(*[each.pid for each in multiprocessing.active_children()], flush=True)
    time.sleep(600)
"""
LOADED = """
import os, sys, threading, time
from pathlib import Path
from duizhao.ground.pool import Workers
os.cpu_count = lambda: 2
LOADED_BY = []
def load():
    LOADED_BY.append(os.getpid())
def loaded_by(marker):
    marker.touch()
    return LOADED_BY
if __name__ == "__main__":
    if "thread" in sys.argv:
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    with Workers() as workers:
        workers.start(load)
        marker = Path(sys.argv[1])
        by = workers.ahead(loaded_by, marker)
        while not marker.exists():
            time.sleep(0.01)
        print(os.getpid() in by())
"""


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


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
@pytest.mark.parametrize(("thread", "shared"), [("", "True"), ("thread", "False")])
def test_what_they_need_is_in_memory_once_where_no_thread_forbids_it(
    tmp_path: Path, thread: str, shared: str
) -> None:
    (tmp_path / "loaded.py").write_text(LOADED, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "loaded.py"), str(tmp_path / "begun"), thread]
    env = os.environ | {"PYTHONPATH": str(ROOT / "build_scripts")}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (shared, "")


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core: no processes are started")
def test_what_is_asked_for_ahead_is_worked_on_elsewhere(tmp_path: Path) -> None:
    marker, faulty = tmp_path / "a", tmp_path / "pinyin.toml"
    faulty.write_text('[readings]\n"重地" = "chóng"\n', encoding="utf-8")
    with Workers() as workers:
        assert workers.ahead(os.getpid)() == os.getpid(), "no process is started for it"
        workers.start(os.getpid)
        elsewhere = workers.ahead(process_that_begins, tmp_path / "begun")
        until_there(tmp_path / "begun")
        assert elsewhere() != os.getpid()
        problems = workers.ahead(readings_from_file, faulty, name="pinyin.toml")
        with pytest.raises(DuizhaoError, match="has 2 characters and 1 syllable here") as caught:
            problems()
        assert [p.code for p in caught.value.problems] == ["pinyin-syllables"]
        killed = workers.ahead(once, marker)
        until_there(marker)
        assert killed() == "a", "its process was killed: this one does it"
        assert workers.ahead(os.getpid)() == os.getpid(), "as long as there are no new ones"


def test_the_process_that_started_them_works_instead_of_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It begins with the last task; what fails is raised in its turn."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    tasks = [(n, tmp_path / "last") for n in range(9)]
    with Workers() as workers:
        workers.start(os.getpid)
        done = list(workers.mapped(first_after_last, tasks, name=str))
        assert [n for n, _ in done] == list(range(9))
        assert done[0][1] != done[-1][1] == os.getpid()
        ahead = [workers.ahead(first_after_last, (0, tmp_path / "gate")) for _ in range(5)]
        assert workers.ahead(os.getpid)() == os.getpid(), "nobody has begun it"
        (tmp_path / "gate").touch()
        assert {result()[0] for result in ahead} == {0}
        found = workers.mapped(fails_at_the_last, range(9), name=str)
        assert [next(found) for _ in range(8)] == list(range(8))
        with pytest.raises(ValueError, match="8"):
            next(found)


def test_a_task_that_takes_long_holds_up_no_other() -> None:
    """As many as are handed out at once, and no more, were done beside the first."""
    others = threading.Semaphore(0)

    def done(n: int) -> int:
        if n:
            others.release()
        else:
            for _ in range(40):
                assert others.acquire(timeout=PATIENCE), "the others wait for the first"
        return n

    with ThreadPoolExecutor(4) as threads:
        assert list(Workers(threads, 4).mapped(done, range(50), name=str)) == list(range(50))


class Counting(ThreadPoolExecutor):
    """Knows the most tasks that it had at once."""

    most = now = 0
    changes = threading.Lock()

    def submit(self, function: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        with self.changes:
            self.now += 1
            self.most = max(self.most, self.now)
        return super().submit(self._counted, function, *args)

    def _counted(self, function: Callable[..., Any], *args: Any) -> Any:
        result = function(*args)
        with self.changes:
            self.now -= 1
        return result


def test_results_come_in_the_order_of_tasks_whichever_is_done_first() -> None:
    done, tasks = list[int](), list(range(200))

    def work(n: int) -> int:
        time.sleep(n * 7 % 5 / 1000)
        done.append(n)
        return n

    with Counting(4) as threads:
        assert list(Workers(threads, 5).mapped(work, tasks, name=str)) == tasks
        assert threads.most <= 5
    assert sorted(done) == tasks, "each is done once"
    assert done != tasks


class Ended(Executor):
    """Is ended by the first task, when it has done the others that it has."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if args == ("first",):
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(function(*args))
        return future


def test_what_was_done_when_its_process_was_killed_is_not_done_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    executors, done = [Ended(), ThreadPoolExecutor(1)], list[str]()
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(Workers, "_processes", lambda *_: executors.pop(0))

    def work(name: str) -> str:
        done.append(name)
        return name

    tasks = ["first", "second", "third"]
    assert list(Workers().mapped(work, tasks, name=str)) == tasks
    assert sorted(done) == tasks


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core: no processes are started")
def test_checks_find_the_same_with_several_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """They were made by one process, however many laws there were."""
    root = site_of(tmp_path / "mysite", 3)
    path = root / "translations/en/LC_MESSAGES/law-2.po"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("into lakes", "into 5 lakes"), "utf-8"
    )  # said otherwise, and wrongly
    (root / "seeds/witnesses/law-4.txt").write_text("第一条\n", "utf-8")  # of no law
    started = []
    begin = Workers.start

    def start(self: Workers, load: Callable[[], object]) -> None:
        started.append(self)
        begin(self, load)

    monkeypatch.setattr(Workers, "start", start)
    for command in (["check"], ["translate", "check"], ["translate", "status"]):
        told = []
        for worth in (sys.maxsize, 0):
            monkeypatch.setattr(looking, "WORTH_PROCESSES", worth)
            code = main(["--root", str(root), *command])
            told.append((code, capsys.readouterr().out))
        assert told[0] == told[1]
        wanted = (
            "law-2" if "status" in command else "translated otherwise at art_3__para_1__point_1"
        )
        assert wanted in told[0][1]
        assert len(started) == 1
        started.clear()
