"""The workers of a Dask scheduler as an executor; the only module that imports Dask."""

from __future__ import annotations

import io
import logging
import pickle
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from duizhao.building.laws.afar import Fonts, Outcome, Parcel, fonts_at, put, versions, worked
from duizhao.building.laws.law_work import Task, writes
from duizhao.building.prints.print_jobs import Job
from duizhao.ground.pool import AT_ONCE
from duizhao.ground.problems import DuizhaoError, Position, error, phrase, visible
from duizhao.site.law_at_rest import LawAtRest

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = 30.0  # seconds that a scheduler and its first worker are waited for


def executor_at(address: str | None) -> AbstractContextManager[Cluster | None]:
    """The executor at an address; None where none is given: then this machine does the work."""
    return cluster(address) if address else nullcontext()


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """The executor at a scheduler's address, for example tcp://10.0.0.5:8786.

    Raises DuizhaoError where there is no scheduler, where it has no worker, and where a
    worker would make other bytes than this machine.
    """
    try:
        import dask  # noqa: PLC0415 - optional
        from distributed import Client  # noqa: PLC0415
    except ImportError as reason:
        raise _refused(
            address,
            f"Dask is not installed here: {reason}",
            "install duizhao with its extra `cluster`, which names Dask",
        ) from None
    # Of a scheduler that is gone we say so ourselves, without tracebacks.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    # A law is sent with its task, and that is what is wanted.
    quiet = {"distributed.admin.large-graph-warning-threshold": "1TB"}
    with dask.config.set(quiet):
        try:
            client = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as reason:
            raise _refused(
                address,
                f"No scheduler answers there: {reason}",
                "start one with `dask scheduler`, and give the address that it prints",
            ) from None
        with client:
            _require_equal(client, address)
            yield Cluster(client, address)


class Cluster(Executor):
    """Does tasks on workers: sends them by content, takes home what came of them.

    A task whose worker is gone is given to another; where that happens again and again,
    its future raises BrokenExecutor.
    """

    def __init__(self, client: Client, address: str) -> None:
        self._client, self._address = client, address
        self._inner = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        self._sent: set[str] = set()  # fonts

    @property
    def at_once(self) -> int:
        """How many tasks its workers should have: those they do, and as many that wait there."""
        threads: dict[str, int] = self._client.nthreads()  # type: ignore[no-untyped-call]
        return max(AT_ONCE, 2 * sum(threads.values()))

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send one task; TypeError for anything but a function of one argument."""
        if len(args) != 1 or kwargs:
            raise TypeError("a task is one argument")
        (task,) = args
        fonts = self._brought(task.options.fonts) if isinstance(task, Job) else ""
        parcel = Parcel(function=function, task=task, versions=_here(), fonts=fonts)
        future: Future[Any] = Future()
        # As bytes: Dask would look for tasks of its own within.
        sent = self._inner.submit(_opened, parcelled(parcel))
        sent.add_done_callback(lambda found: self._settle(future, task, found))
        return future

    def _brought(self, paths: tuple[str, ...]) -> str:
        """The digest of a site's own fonts, which every worker gets once, also a later one."""
        if not paths:
            return ""
        fonts = fonts_at(paths)
        if fonts.digest not in self._sent:
            self._client.register_plugin(_plugin(fonts))
            self._sent.add(fonts.digest)
        return fonts.digest

    def _settle(self, future: Future[Any], task: object, found: Future[bytes]) -> None:
        from distributed import KilledWorker  # noqa: PLC0415

        if not future.set_running_or_notify_cancel():
            return
        try:
            outcome: Outcome = pickle.loads(found.result())  # noqa: S301 - our own workers
            if outcome.versions:
                raise _differ(self._address, outcome.place, outcome.versions)  # noqa: TRY301
            if isinstance(task, Task):
                self._take_home(task, outcome)
        except KilledWorker as reason:
            future.set_exception(BrokenExecutor(str(reason)))
        except CancelledError:
            lost = "The scheduler is gone, and its workers with it."
            future.set_exception(_refused(self._address, lost, "start it again, then build again"))
        except BaseException as reason:  # noqa: BLE001 - it is raised where the result is asked for
            future.set_exception(reason)
        else:
            future.set_result(outcome.result)

    def _take_home(self, task: Task, outcome: Outcome) -> None:
        """Put what a task wrote into the cache, and nothing else: some of it holds code."""
        for path, _ in outcome.files:
            if not writes(task, path):
                message = (
                    f"A worker sent `{visible(path)}`, which doing {task.name} does not write."
                )
                raise _refused(self._address, message, "look at what runs on its machine")
        put(task.folder, outcome.files)


def parcelled(value: object) -> bytes:
    """What is sent to another machine."""
    out = io.BytesIO()
    _Whole(out, 5).dump(value)
    return out.getvalue()


class _Whole(pickle.Pickler):
    """Sends laws with their text, which lies where the other machine cannot read it."""

    def reducer_override(self, value: object) -> Any:
        """See `pickle`."""
        return value.whole() if isinstance(value, LawAtRest) else NotImplemented


def _opened(parcel: bytes) -> bytes:
    """The work of a worker."""
    return pickle.dumps(worked(pickle.loads(parcel)))  # noqa: S301 - our own client


def _plugin(fonts: Fonts) -> Any:
    """What gives each worker the fonts before it takes a task."""
    from distributed import WorkerPlugin  # noqa: PLC0415

    class Bringer(WorkerPlugin):
        name = f"duizhao-fonts-{fonts.digest}"

        def setup(self, worker: object) -> None:  # noqa: ARG002 - Dask passes it
            fonts.unpack()

    return Bringer()


def _require_equal(client: Client, address: str) -> None:
    """Refuse a cluster without workers, or one with a worker that makes other bytes."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
        found: dict[str, Any] = client.run(versions, on_error="return")
    except TimeoutError:
        raise _refused(
            address, "The scheduler has no workers.", "start some with `dask worker ADDRESS`"
        ) from None
    for place, there in found.items():
        if isinstance(there, BaseException):
            raise _refused(
                address,
                f"The worker {place} cannot do the work: {there!r}",
                "install the same duizhao there, with the same packages",
            )
        if there != _here():
            raise _differ(address, place, there)


def _here() -> dict[str, str]:
    return versions()


def _differ(address: str, place: str, there: Mapping[str, str]) -> DuizhaoError:
    here = _here()
    names = [name for name in {**here, **there} if here.get(name) != there.get(name)]
    told = "; ".join(
        phrase(f"{what}: {here.get(what, '-')} here, {there.get(what, '-')} there")
        for what in names
    )
    return DuizhaoError(
        [
            error(
                "worker-versions",
                Position(file=address),
                f"The worker {place} would make other bytes than this machine: {told}.",
                "install the same versions there (requirements/site.txt)",
            )
        ]
    )


def _refused(address: str, message: str, hint: str) -> DuizhaoError:
    return DuizhaoError([error("scheduler", Position(file=address), message, hint)])
