"""The work on all laws: what is kept is taken, the rest is made, on all cores where that pays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from duizhao.anew import Work, why
from duizhao.bars import watched
from duizhao.downloads import Download, Listed, site_downloads
from duizhao.frame import Frame
from duizhao.law_work import (
    Made,
    Task,
    bodies,
    common_parts,
    done,
    key_of,
    pages_store,
    parts_of,
    rendered,
    tasks_of,
    unpacked,
)
from duizhao.pipeline import Site
from duizhao.pool import mapped
from duizhao.print_files import LawPrints
from duizhao.problems import DuizhaoError, Problem, phrase
from duizhao.render import Rendered
from duizhao.site_pages import shared_pages
from duizhao.store import Store

#: Characters of law below which starting processes takes longer than the work.
WORTH_PROCESSES = 40_000


def laws_made(
    tasks: Sequence[Task],
    executor: Executor | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> tuple[list[Made], list[Work]]:
    """The result of each task in order, and what had to be done for it.

    Without an executor, processes are started where there is work enough for them.
    `meanwhile` is what this process does while others work.  Raises DuizhaoError with the problems of all tasks.
    """
    if not tasks:
        if meanwhile:
            meanwhile()
        return [], []
    store, before = laws_store(tasks[0].folder), Store(tasks[0].folder / "last")
    common = common_parts(tasks[0])
    parts = [parts_of(task, common) for task in tasks]
    keys = [key_of(some) for some in parts]
    kept = [_kept(store, key) for key in keys]
    new = {key: task for task, key, one in zip(tasks, keys, kept, strict=True) if not one}
    fresh = _do(new, store, executor, meanwhile)
    made, work = [], []
    for task, key, some, one in zip(tasks, keys, parts, kept, strict=True):
        reasons: tuple[str, ...] = ()
        if one is None:
            last = sha256(task.name.encode()).hexdigest()
            reasons = why(before.get(last), some)
            before.put(last, json.dumps(some).encode())
        now = one or fresh[key]
        made.append(now)
        count = now.fresh if one is None else 0
        work.append(Work(laws=task.own, why=reasons, pages=len(now.pages), fresh=count))
    store.prune(set(keys))
    return made, work


def laws_store(folder: Path) -> Store:
    """Where the results of tasks are kept in the cache."""
    return Store(folder / "laws")


def files_made(made: Iterable[Made], folder: Path) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file of the laws, one law in memory at a time."""
    store = laws_store(folder)
    for one in made:
        data = store.get(one.key)
        if data is None:
            raise OSError(f"{store.folder}: what the build has just made is gone; build again")
        yield from bodies(data, one)


def _kept(store: Store, key: str) -> Made | None:
    data = store.get(key)
    return unpacked(data, key) if data is not None else None


def _do(
    tasks: Mapping[str, Task],
    store: Store,
    executor: Executor | None,
    meanwhile: Callable[[], object] | None,
) -> dict[str, Made]:
    """Do tasks and keep their results; all problems are raised together."""
    problems: list[Problem] = []
    made = {}
    todo, alone = list(tasks.values()), not _worth_processes(tasks.values())
    results = mapped(done, todo, name=_name, executor=executor, alone=alone)
    for key, (data, found) in zip(tasks, watched(results, len(todo), phrase("laws")), strict=True):
        problems.extend(found)
        if not found:
            store.put(key, data)
            made[key] = unpacked(data, key)
        if meanwhile:  # the first is done: the others are on their way
            meanwhile()
            meanwhile = None
    if meanwhile:
        meanwhile()
    if problems:
        raise DuizhaoError(problems)
    return made


def _name(task: Task) -> str:
    return task.name


def _worth_processes(tasks: Iterable[Task]) -> bool:
    """Whether there is so much to do that starting processes pays."""
    size = sum(len(law.witness.text) for task in tasks for law in task.site.laws)
    return size >= WORTH_PROCESSES


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMade:
    """What stands on the site beside its prints and search: files, pages, what was done.

    `laws` are the results of the laws' tasks; `downloads` are the files of each law by its
    id; `whole` are those of all laws together; `shared` the pages of no law; `other`
    says how many of these were converted.
    """

    laws: tuple[Made, ...]
    downloads: Mapping[str, tuple[Listed, ...]]
    whole: tuple[Download, ...]
    shared: tuple[Rendered, ...]
    work: tuple[Work, ...]
    other: int


def site_made(
    site: Site,
    prints: Mapping[str, LawPrints],
    *,
    base: str,
    folder: Path,
    frame: Frame | None = None,
    downloads: bool = True,
    executor: Executor | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> SiteMade:
    """Every download, if wanted, and every generated page of a site; `folder` is the cache's.

    Without a `frame` the pages are not put into the theme.  Raises DuizhaoError where a
    download does not say what its law says.
    """
    tasks = list(tasks_of(site, prints, base=base, folder=folder, frame=frame, downloads=downloads))
    made, work = laws_made(tasks, executor, meanwhile)
    of_laws: dict[str, tuple[Listed, ...]] = {law.id: () for law in site.laws}
    for each in (file for one in made for file in one.downloads):
        of_laws[each.path.split("/")[1]] += (each,)
    shared, keys, fresh = rendered(site, shared_pages(site), folder)
    pages_store(folder).prune({*keys, *(key for one in made for key in one.keys)})
    return SiteMade(
        laws=tuple(made),
        downloads=of_laws,
        whole=tuple(site_downloads(site.laws, of_laws, base)) if downloads else (),
        shared=shared,
        work=tuple(work),
        other=fresh,
    )
