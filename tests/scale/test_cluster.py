"""A build on the workers of a real scheduler: the same bytes, also where one of them is killed."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from distributed import KilledWorker
from tests.scale.killed import always, once
from tests.scale.sites import files_of, site_of

from duizhao.building.laws import afar, scheduler
from duizhao.building.laws.afar import Outcome, Parcel, fonts_at, worked
from duizhao.building.laws.law_work import done, tasks_of
from duizhao.building.laws.scheduler import Cluster, cluster
from duizhao.cli.main import main
from duizhao.ground.pool import Workers
from duizhao.ground.problems import DuizhaoError
from duizhao.ground.store import Store
from duizhao.site import pipeline
from duizhao.site.kept_laws import KeptLaws
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options

CACHE = Path(".cache/duizhao")
DASK = Path(sys.executable).with_name("dask")

pytestmark = pytest.mark.slow


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [DASK, *arguments, "--no-dashboard"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "10s"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(true: Callable[[], object], seconds: float = 120) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "that took too long"
        time.sleep(0.01)


@contextmanager
def scheduled(folder: Path) -> Iterator[str]:
    """The address of a scheduler that is ready."""
    file = folder / "scheduler.json"
    with started("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)):
        until(lambda: file.exists() and file.stat().st_size)
        yield json.loads(file.read_text("utf-8"))["address"]


def worker(address: str, folder: Path) -> AbstractContextManager[subprocess.Popen[bytes]]:
    return started(
        "worker", address, "--no-nanny", "--nthreads", "1", "--local-directory", str(folder)
    )


def test_a_worker_killed_in_the_middle_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = site_of(tmp_path / "here", 1), tmp_path / "there"
    shutil.copytree(here, there)
    prints, over = there / CACHE / "prints", threading.Event()
    monkeypatch.setattr(scheduler, "_PATIENCE", 120)
    came = []
    with (
        scheduled(tmp_path) as address,
        worker(address, tmp_path) as one,
        worker(address, tmp_path),
    ):
        assert main(["--root", str(here), "build"]) == 0

        def kill() -> None:
            until(lambda: over.is_set() or (prints.is_dir() and any(prints.iterdir())))
            one.send_signal(signal.SIGKILL)
            came.append(len(list(prints.iterdir())))

        killer = threading.Thread(target=kill)
        killer.start()
        code = main(["--root", str(there), "build", "--scheduler", address])
        over.set()
        killer.join()
    assert code == 0, capsys.readouterr().err
    assert one.returncode == -signal.SIGKILL
    assert 0 < came[0] < len(list(prints.iterdir()))
    assert files_of(there / "site") == files_of(here / "site")
    # Templates are compiled for the places where they lie.
    for root in (here, there):
        shutil.rmtree(root / CACHE / "templates")
    assert files_of(there / CACHE) == files_of(here / CACHE)


def problem_of(address: str, capsys: pytest.CaptureFixture[str], root: Path) -> str:
    assert main(["--root", str(root), "build", "--no-pdf", "--scheduler", address]) == 1
    assert not (root / "site").exists()
    return capsys.readouterr().err


def test_a_cluster_that_cannot_do_the_work_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site_of(tmp_path / "mysite", 1)
    monkeypatch.setattr(scheduler, "_PATIENCE", 0.5)
    assert "scheduler  No scheduler answers there" in problem_of("tcp://127.0.0.1:9", capsys, root)
    assert "scheduler  No scheduler answers there" in problem_of("nowhere://x", capsys, root)
    with scheduled(tmp_path) as address:
        monkeypatch.setattr(scheduler, "_PATIENCE", 2)
        assert "The scheduler has no workers." in problem_of(address, capsys, root)
        monkeypatch.setattr(scheduler, "_PATIENCE", 120)
        with worker(address, tmp_path):
            other = {**afar.versions(), "typst": "0.1"}
            monkeypatch.setattr(scheduler, "_here", lambda: other)
            said = problem_of(address, capsys, root)
    assert "worker-versions" in said
    assert "The worker tcp://127.0.0.1:" in said
    assert f"typst: 0.1 here, {afar.versions()['typst']} there." in said
    assert "duizhao:" not in said, "only what differs is named"


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(DuizhaoError, match=r"extra `cluster`"), cluster("tcp://127.0.0.1:9"):
        pass


def test_a_worker_that_came_later_with_other_versions_does_nothing() -> None:
    parcel = Parcel(function=len, task="abc", versions={**afar.versions(), "zlib": "0"})
    outcome = worked(parcel)
    assert (outcome.result, outcome.versions) == (None, afar.versions())
    assert worked(Parcel(function=len, task="abc", versions=afar.versions())).result == 3


def test_a_task_relies_on_no_disk_but_brings_home_what_it_would_keep(tmp_path: Path) -> None:
    site = site_from_options(Options(root=site_of(tmp_path / "mysite", 1)))
    cache = tmp_path / "cache"
    (task,) = (replace(t, key="0") for t in tasks_of(site, {}, base="", folder=cache))
    outcome = worked(Parcel(function=done, task=task, versions=afar.versions()))
    assert not cache.exists()
    data, problems = done(task)
    assert outcome.result == (data, problems)
    assert dict(outcome.files) == files_of(cache)
    shutil.rmtree(cache)
    afar.put(cache, outcome.files)
    assert dict(outcome.files) == files_of(cache)
    again, problems = done(task)
    assert (json.loads(again)["fresh"], problems) == (0, []), "its pages are at home"


def test_a_task_goes_with_the_text_of_its_laws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here a law is the place where it lies, which a worker cannot read."""
    root = site_of(tmp_path / "mysite", 1)
    site = site_from_options(Options(root=root), KeptLaws(store=Store(root / "kept"), program=""))
    (task,) = (replace(t, key="0") for t in tasks_of(site, {}, base="", folder=tmp_path / "cache"))
    sent: list[bytes] = []

    def submit(_: object, parcel: bytes) -> Future[bytes]:
        sent.append(parcel)
        return Future()

    there = object.__new__(Cluster)
    monkeypatch.setattr(there, "_inner", SimpleNamespace(submit=submit), raising=False)
    there.submit(done, task)
    shutil.rmtree(root)
    outcome = worked(pickle.loads(sent[0]))  # noqa: S301 - our own
    assert outcome.result[1] == []
    assert any(path.endswith(".head") for path, _ in outcome.files)


def test_sources_are_read_by_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others have not got them."""

    class Elsewhere(Executor):
        def submit(self, *_: object, **__: object) -> Future[Any]:
            raise AssertionError("a task went to a machine without the files")

    monkeypatch.setattr(pipeline, "WORTH_PROCESSES", 0)
    options = Options(root=site_of(tmp_path / "mysite", 2))
    assert len(site_from_options(options, workers=Workers(Elsewhere())).laws) == 2


def test_fonts_of_the_site_go_by_content(tmp_path: Path) -> None:
    folder, alone = tmp_path / "fonts", tmp_path / "b.ttf"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep/a.ttf").write_bytes(b"A")
    alone.write_bytes(b"B")
    fonts = fonts_at((str(folder), str(alone)))
    fonts.unpack()
    first, second = map(Path, afar._FONTS[fonts.digest])
    assert files_of(first) == {"deep/a.ttf": b"A"}
    assert (second.name, second.read_bytes()) == ("b.ttf", b"B")
    assert not {first, second} & {folder, alone}


class Broken(Executor):
    """Does one task, then nothing any more."""

    def __init__(self) -> None:
        self.given = 0

    def submit(self, function: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        self.given += 1
        future: Future[Any] = Future()
        if self.given == 1:
            future.set_result(function(*args))
        else:
            future.set_exception(BrokenExecutor())
        return future


def test_a_task_that_ends_every_worker_is_named() -> None:
    results = Workers(Broken()).mapped(len, ["one", "second"], name=str)
    assert next(results) == 3
    with pytest.raises(DuizhaoError, match="second  ") as caught:
        next(results)
    assert [problem.code for problem in caught.value.problems] == ["worker-ended"]


@pytest.mark.parametrize(
    ("reason", "code"), [("killed", "BrokenExecutor"), ("cancelled", "The scheduler is gone")]
)
def test_what_dask_gives_up_is_said(reason: str, code: str) -> None:
    given, future = Future[bytes](), Future[Any]()
    if reason == "killed":
        given.set_exception(KilledWorker("task", SimpleNamespace(address="x"), 3))  # type: ignore[arg-type]
    else:
        given.cancel()
    there = object.__new__(Cluster)
    there._address = "tcp://x"
    there._settle(future, "task", given)
    assert code in repr(future.exception()) + str(future.exception())


@pytest.mark.parametrize(
    "path", ["../x", "templates/x", "laws/other.head", "laws/0.a/b", "pages/x"]
)
def test_a_worker_may_send_home_the_files_of_its_task_alone(tmp_path: Path, path: str) -> None:
    site = site_from_options(Options(root=site_of(tmp_path / "mysite", 1)))
    (task,) = (replace(t, key="0") for t in tasks_of(site, {}, base="", folder=tmp_path / "cache"))
    given, future = Future[bytes](), Future[Any]()
    given.set_result(pickle.dumps(Outcome(result=None, files=(("laws/0.head", b""), (path, b"")))))
    there = object.__new__(Cluster)
    there._address = "tcp://x"
    there._settle(future, task, given)
    assert "does not write" in str(future.exception())
    assert not (tmp_path / "cache").exists()


def test_a_process_that_is_killed_is_replaced(tmp_path: Path) -> None:
    if (os.cpu_count() or 1) < 2:
        pytest.skip("one core: the work is done in this process")
    for name in "ac":
        (tmp_path / name).touch()
    tasks = [tmp_path / name for name in "abc"]
    with Workers() as workers:
        assert list(workers.mapped(once, tasks, name=str)) == ["a", "b", "c"]
        assert list(workers.mapped(once, tasks, name=str)) == ["a", "b", "c"], "they go on"


def test_a_task_that_ends_its_process_always_is_named() -> None:
    if (os.cpu_count() or 1) < 2:
        pytest.skip("one core: the work is done in this process")
    with Workers() as workers:
        results = workers.mapped(always, ["good", "bad"], name=str)
        with pytest.raises(DuizhaoError, match="bad  worker-ended"):
            list(results)
