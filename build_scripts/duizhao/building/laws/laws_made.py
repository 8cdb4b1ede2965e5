"""The work on all laws: what is kept is taken, the rest is made, on all cores where that pays."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol

from duizhao.building.laws.anew import Work, why
from duizhao.building.laws.bars import watched
from duizhao.building.laws.law_pack import FILES, HEAD, Made, bodies, unpacked
from duizhao.building.laws.law_work import (
    Task,
    common_parts,
    done,
    entry,
    key_of,
    laws_store,
    name_digest,
    pages_store,
    parts_of,
    tasks_of,
    terms_of,
)
from duizhao.building.laws.shared_made import Shared, shared_made
from duizhao.building.laws.shares import (
    ARCHIVE,
    ENTRY,
    LINES,
    LINKS,
    ROWS,
    SEARCH,
    WORDS,
    links_from_bytes,
    lists_name,
)
from duizhao.building.pages.frame import Frame
from duizhao.building.whole.archive import archived, inflated
from duizhao.building.whole.linkcheck import Within
from duizhao.building.whole.published import Published, digests_of, write_changed
from duizhao.building.whole.wholes import Wholes
from duizhao.ground.pool import WORTH_PROCESSES, Workers
from duizhao.ground.problems import DuizhaoError, Problem, phrase
from duizhao.ground.store import Store
from duizhao.languages.print_files import LawPrints
from duizhao.site.kept_laws import digest_of_object
from duizhao.site.law_lists import Lists, lists_from_bytes
from duizhao.site.pipeline import Site
from duizhao.writers.downloads import Download, Listed
from duizhao.writers.formats.tables import OfLaw, Rows
from duizhao.writers.search.gather import Gathered, Summary
from duizhao.writers.search.kept import gathered_from_bytes, summary_from_bytes
from duizhao.writers.site_downloads import rows_from_bytes, whole_files


class Told(Protocol):
    """Is told how far the work on laws is."""

    def came(self, store: Store, one: Made) -> None:
        """A result was made and is kept, while others are made."""

    def begin(self, results: Results) -> None:
        """The results of all laws are there."""


@dataclass(frozen=True, kw_only=True)
class Results:
    """What came of the tasks, in their order; `laws` are the ids in the order of the site.

    Parts are read one law at a time.  One that is damaged is made again.
    """

    made: tuple[Made, ...]
    laws: tuple[str, ...]
    tasks: Mapping[str, Task] = field(repr=False, compare=False)
    store: Store = field(compare=False)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Path and bytes of each file of the laws."""
        for one in self.made:
            yield from self._bodies(one)

    def _bodies(self, one: Made) -> Iterator[tuple[str, bytes]]:
        return bodies(self._part(one, FILES), one)

    def write(self, site: Path, published: Published, there: Collection[str]) -> None:
        """Write the files of the laws into `site`; `published` is the one whose place it takes.

        `there` are the keys of results whose files are written already.
        """
        for one in self.made:
            if one.key not in there:
                write_changed(site, published, one.files, partial(self._bodies, one))

    def digests(self) -> dict[str, tuple[int, str]]:
        """Size and SHA-256 of each file of the laws, by its path."""
        return digests_of(file for one in self.made for file in one.files)

    def links(self) -> Iterator[Within]:
        """Where the pages of the laws lead; nothing where MkDocs renders them."""
        return (links_from_bytes(self._part(m, LINKS)) for m in self.made if LINKS in m.parts)

    def archives(self, site: Path) -> Iterator[tuple[list[str], Callable[[], bytes]]]:
        """What reads each part of the archive, with the paths of the files that are in it.

        Where MkDocs rendered the pages they are read from the finished `site`.
        """
        for one in self.made:
            paths = [path for path, _, _ in one.files]
            if ARCHIVE in one.parts:
                yield paths, partial(self._part, one, ARCHIVE)
            else:
                files = ((path, (site / path).read_bytes()) for path in paths)
                yield paths, partial(archived, files)

    def search(self) -> Iterator[Gathered]:
        """Each law for search."""
        return map(gathered_from_bytes, self._of_laws(SEARCH), self._of_laws(WORDS))

    def summaries(self) -> Iterator[Summary]:
        """What search must know of each law."""
        return map(summary_from_bytes, self._of_laws(WORDS))

    def gathered(self, key: str, n: int) -> Gathered | None:
        """A law for search as `places` names it, now or earlier; None where it is not kept."""
        law, words = (self.store.get(entry(key, f"{name}-{n}")) for name in (SEARCH, WORDS))
        return None if law is None or words is None else gathered_from_bytes(law, words)

    def rows(self) -> Iterator[OfLaw]:
        """What reads the rows of each law, with its id."""

        def read(law_id: str) -> Rows:
            one, n = self._places[law_id]
            return rows_from_bytes(self._part(one, f"{ROWS}-{n}"))

        return ((law_id, partial(read, law_id)) for law_id in self.laws)

    def lines(self) -> Iterator[bytes]:
        """The JSON Lines of each law."""
        return map(inflated, self.packed_lines())

    def packed_lines(self) -> Iterator[bytes]:
        """The same, compressed as parts of one file."""
        return self._of_laws(LINES)

    def entries(self) -> Iterator[str]:
        """What each law gives to the index of data."""
        return (data.decode("utf-8") for data in self._of_laws(ENTRY))

    def lists(self, language: str) -> Iterator[Lists]:
        """What each law gives to lists of a language."""
        return map(lists_from_bytes, self._of_laws(lists_name(language)))

    def lists_digest(self) -> str:
        """The digest of all that laws give to lists."""
        return digest_of_object((self.laws, [one.lists for one in self.made]))

    def _of_laws(self, name: str) -> Iterator[bytes]:
        for law_id in self.laws:
            one, n = self._places[law_id]
            yield self._part(one, f"{name}-{n}")

    @cached_property
    def made_of(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ids of the laws, and what the results are kept under: all that they depend on."""
        return self.laws, tuple(one.key for one in self.made)

    @property
    def places(self) -> list[tuple[str, str, int]]:
        """Of each law its id, what its task's result is kept under, and which of its laws it is."""
        return [(law_id, one.key, n) for law_id in self.laws for one, n in (self._places[law_id],)]

    @cached_property
    def _places(self) -> dict[str, tuple[Made, int]]:
        return {law_id: (one, n) for one in self.made for n, law_id in enumerate(one.laws)}

    def _part(self, one: Made, name: str) -> bytes:
        data = self.store.get(entry(one.key, name))
        if data is None:
            _, problems = done(self.tasks[one.key])
            if problems:
                raise DuizhaoError(problems)
            data = self.store.get(entry(one.key, name))
        if data is None:
            raise OSError(f"{self.store.folder}: what was just made is gone; build again")
        return data


def laws_made(
    tasks: Sequence[Task], laws: Sequence[str], workers: Workers, told: Told | None = None
) -> tuple[Results, list[Work]]:
    """The results of tasks, and what had to be done for each; `laws` are the ids in order.

    Who is `told` hears of each result that was made.  Processes are started where there is work
    enough for them.  Raises DuizhaoError with the problems of all tasks.
    """
    folder = tasks[0].folder
    store, before = laws_store(folder), Store(folder / "last")
    common = common_parts(tasks[0])
    terms = terms_of(tasks, before)
    parts = [parts_of(task, some, common) for task, some in zip(tasks, terms, strict=True)]
    keys = [key_of(some) for some in parts]
    kept = [_kept(store, key) for key in keys]
    tasks = [replace(task, key=key) for task, key in zip(tasks, keys, strict=True)]
    new = [task for task, one in zip(tasks, kept, strict=True) if not one]
    fresh = _do(new, workers, partial(told.came, store) if told else None)
    made, work = [], []
    for task, key, some, one in zip(tasks, keys, parts, kept, strict=True):
        reasons: tuple[str, ...] = ()
        if one is None:
            last = name_digest(task.name)
            kept_parts = before.get(last)
            reasons = why(json.loads(kept_parts) if kept_parts else None, some)
            before.put(last, json.dumps(some).encode())
        now = one or fresh[key]
        made.append(now)
        count = now.fresh if one is None else 0
        work.append(Work(laws=task.own, why=reasons, pages=len(now.pages), fresh=count))
    by_key = dict(zip(keys, tasks, strict=True))
    return Results(made=tuple(made), laws=tuple(laws), tasks=by_key, store=store), work


def _kept(store: Store, key: str) -> Made | None:
    head = store.get(entry(key, HEAD))
    return unpacked(head, key) if head is not None else None


def _do(
    tasks: Sequence[Task], workers: Workers, came: Callable[[Made], None] | None
) -> dict[str, Made]:
    """Do tasks, long ones first, so that none is left for one process alone at the end.

    All problems are raised together.
    """
    problems: list[Problem] = []
    made = {}
    tasks = sorted(tasks, key=_size, reverse=True)
    results = workers.mapped(done, tasks, name=_name, alone=not _worth_processes(tasks))
    shown = watched(results, [len(task.own) for task in tasks], phrase("laws"))
    for task, (head, found) in zip(tasks, shown, strict=True):
        problems.extend(found)
        if not found:
            made[task.key] = one = unpacked(head, task.key)
            if came:
                came(one)
    if problems:
        raise DuizhaoError(problems)
    return made


def _name(task: Task) -> str:
    return task.name


def _worth_processes(tasks: Iterable[Task]) -> bool:
    """Whether there is so much to do that starting processes pays."""
    return sum(map(_size, tasks)) >= WORTH_PROCESSES


def _size(task: Task) -> int:
    """Characters of a task's witness."""
    return task.site.law(task.own[0]).summary.size


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMade:
    """What stands on the site beside its prints: files, pages, what was done.

    `downloads` are the files of each law by its id; `whole` are those of all laws together,
    which are written when the site is (`site_downloads`); `shared` are the pages of no law.
    """

    results: Results
    downloads: Mapping[str, tuple[Listed, ...]]
    whole: tuple[Download, ...]
    shared: Shared
    work: tuple[Work, ...]


def site_made(
    site: Site,
    prints: Mapping[str, LawPrints],
    *,
    base: str,
    folder: Path,
    frame: Frame | None = None,
    downloads: bool = True,
    workers: Workers,
    told: Told | None = None,
    wholes: Wholes | None = None,
) -> SiteMade:
    """Every download, if wanted, and every generated page of a site; `folder` is the cache's.

    Without a `frame` the pages are not put into the theme; with one, `wholes` writes those of no
    law.  Who is `told` hears of each result that was made, and of those of all laws before the
    other pages are made.  Raises DuizhaoError where a download does not say what its law says.
    """
    tasks = list(tasks_of(site, prints, base=base, folder=folder, frame=frame, downloads=downloads))
    results, work = laws_made(tasks, [law.id for law in site.laws], workers, told)
    if told:
        told.begin(results)
    used = {entry(one.key, name) for one in results.made for name in (HEAD, *one.parts)}
    results.store.prune(used)
    of_laws: dict[str, tuple[Listed, ...]] = {law.id: () for law in site.laws}
    for each in (file for one in results.made for file in one.downloads):
        of_laws[each.path.split("/")[1]] += (each,)
    said = results.lists_digest()
    shared = shared_made(site, results.lists, said, folder=folder, frame=frame, wholes=wholes)
    pages_store(folder).prune(shared.kept.union(name_digest(task.name) for task in tasks))
    return SiteMade(
        results=results,
        downloads=of_laws,
        whole=whole_files() if downloads else (),
        shared=shared,
        work=tuple(work),
    )
