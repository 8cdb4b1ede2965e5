"""What is written when MkDocs is done: what was made of laws, and what is made of the whole site."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

from duizhao.building.laws.law_pack import FILES, Made, bodies
from duizhao.building.laws.law_work import entry
from duizhao.building.laws.laws_made import Results, SiteMade
from duizhao.building.pages.cards import cards
from duizhao.building.prints.prints import PrintedFiles
from duizhao.building.whole.archive import PATH as ARCHIVE
from duizhao.building.whole.archive import in_archive
from duizhao.building.whole.archive_file import ArchiveFile, Earlier
from duizhao.building.whole.manifest import NAME as MANIFEST
from duizhao.building.whole.manifest import Digests, Folders, digest_of, manifest_of, measured
from duizhao.building.whole.offline import write_worker
from duizhao.building.whole.published import Wanted, digests_of, write_changed, write_made
from duizhao.building.whole.site_search import write_search
from duizhao.building.whole.web.files import web_files
from duizhao.building.whole.wholes import ARCHIVE as THE_ARCHIVE
from duizhao.building.whole.wholes import TABLES, Whole, Wholes
from duizhao.ground.folders import files_below
from duizhao.ground.pool import Workers
from duizhao.ground.store import Store
from duizhao.site.pipeline import Site
from duizhao.writers.formats.tables import Earlier as EarlierRows
from duizhao.writers.site_downloads import DATABASE, LINES, write_whole

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What MkDocs knows of pages: the address of each by its source, what a law offers.

    `downloads` are paths by the law's id, under "" those of all laws; `by_hand` gives, for
    pages written by hand, the path of the page and of its source.
    """

    addresses: Mapping[str, str]
    downloads: Mapping[str, tuple[str, ...]]
    by_hand: Mapping[str, str]


@dataclass(slots=True, kw_only=True)
class Finishing:
    """The rest of the site.

    `framed` says that MkDocs does not render the pages of laws, `has` whether there are tables
    of all laws ("downloads"), an "archive" and a "worker"; `known` are size and SHA-256 of
    files that are there or will be, by path.  `workers` help with the index of search.
    """

    wholes: Wholes
    site: Site
    url: str
    framed: bool
    has: Mapping[str, bool]
    workers: Workers
    known: dict[str, tuple[int, str]] = field(default_factory=dict)
    _pages: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, 1), init=False)
    _joining: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, 2), init=False)
    _packing: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, 1), init=False)
    _whole: Future[Whole | None] | None = field(default=None, init=False)
    _search: Future[Whole] | None = field(default=None, init=False)
    _packed: Future[ArchiveFile] | None = field(default=None, init=False)
    _open: ExitStack = field(default_factory=ExitStack, init=False)
    _begun: list[Future[Any]] = field(default_factory=list, init=False)
    _there: set[str] = field(default_factory=set, init=False)

    def came(self, store: Store, one: Made) -> None:
        """Write the files of a law that was made, unless MkDocs does, while others are made."""
        if self.framed:
            self._begun.append(self._pages.submit(self._write_law, store, one))

    def _write_law(self, store: Store, one: Made) -> None:
        if data := store.get(entry(one.key, FILES)):  # else it is made again when all are there
            self._there.add(one.key)  # not tried again where that fails, which is told at the end
            read = partial(bodies, data, one)
            write_changed(self.wholes.target, self.wholes.published, one.files, read)

    def begin(self, results: Results) -> None:
        """Write what laws alone give, beside what else is to be done: most of it is waiting."""
        handed = Event()
        search = partial(write_search, self.wholes, self.site, results, self.workers, handed.set)
        self._search = _let(self._joining, search)
        self._search.add_done_callback(lambda _: handed.set())
        self._whole = _let(self._joining, partial(self._write_tables, results))
        self._begun += [self._pages.submit(self._write_pages, results), self._whole, self._search]
        if self.framed:
            laws = results.digests()
            self.known |= laws
            if self.has["archive"] and not all(map(self._same, filter(in_archive, laws))):
                self._packed = _let(self._packing, partial(self._pack, results))  # it will not stay
        handed.wait()  # what is done here keeps that thread from handing out what processes do

    def index(self) -> str:
        """The file of search that pages load first, when all of search is written."""
        if self._search is None:
            raise RuntimeError("nothing was begun yet")
        return self._search.result().text

    def wait(self) -> None:
        """Wait until nothing is written any more, whatever came of it; what waits is not begun."""
        for threads in (self._pages, self._joining, self._packing):
            threads.shutdown(cancel_futures=True)
        self._open.close()

    def _same(self, path: str) -> bool:
        """Whether a file stays as it was published."""
        return self.wholes.published.files.get(path) == self.known.get(path)

    def _write_pages(self, results: Results) -> Whole | None:
        """Write what laws have, unless MkDocs does."""
        if self.framed:
            results.write(self.wholes.target, self.wholes.published, self._there)
        return None

    def _write_tables(self, results: Results) -> Whole | None:
        """Write the tables of all laws, if wanted: what they are."""
        if not self.has["downloads"]:
            return None
        others = self.site.options.others
        laws = [list(place) for place in results.places]
        made_of = {"options": [list(others), self.url], "laws": laws}

        def make() -> Whole:
            earlier = self._rows_before(made_of)
            listed = write_whole(self.wholes.target, results, others, self.url, earlier)
            files = tuple((each.path, each.size, each.sha256) for each in listed)
            return Whole(files=files, text=json.dumps(made_of), mended=earlier is not None)

        return self.wholes.written(TABLES, made_of, make)

    def _rows_before(self, now: Mapping[str, Any]) -> EarlierRows | None:
        """The published database, if it can be read and was made with the same languages."""
        published = self.wholes.published
        before = self.wholes.before(TABLES)
        said = json.loads(before.text) if before else {}
        if said.get("options") != now["options"]:
            return None
        path = published.folder / DATABASE
        if digest_of(path) != published.files[DATABASE][1]:
            return None
        kept = {tuple(place) for place in said["laws"]}
        same = {place[0] for place in now["laws"] if tuple(place) in kept}
        return EarlierRows(path=path, same=same)

    def finish(
        self,
        made: SiteMade,
        *,
        prints: PrintedFiles | None,
        pages: Pages,
        folders: Folders,
    ) -> None:
        """Write the rest, from what was `made`; the manifest is last."""
        target, published = self.wholes.target, self.wholes.published
        site, known = self.site, self.known
        known |= digests_of(made.shared.files)
        if prints:
            for law_id, some in prints.lists.items():
                known |= digests_of(some.wanted)
                write_changed(target, published, some.wanted, partial(prints.read, law_id))
            pictures = cards(site, self.wholes.folder)
            known |= digests_of(write_made(target, published, pictures))
        for begun in self._begun:
            if whole := begun.result():
                known |= digests_of(whole.files)
        texts = web_files(site, pages.addresses, pages.downloads, self.url)
        encoded = ((path, text.encode("utf-8")) for path, text in texts)
        known |= digests_of(write_made(target, published, encoded))
        there = [path for path in files_below(target) if path not in (ARCHIVE, MANIFEST)]
        self.known = known = {path: known.get(path) or measured(target / path) for path in there}
        packed = _let(self._packing, partial(self._archive, made.results, dict(known)))
        if self.has["worker"]:

            def put(path: str, data: bytes) -> tuple[int, str]:
                ((_, size, digest),) = write_made(target, published, [(path, data)])
                return size, digest

            known |= write_worker(target, site.options.languages, known, put)

        def archive() -> Digests:  # which takes longest
            return digests_of(packed.result())

        pieces = manifest_of(
            site,
            folders,
            url=self.url,
            sources=pages.by_hand,
            outputs=known,
            last=archive,
            fonts=prints.fonts if prints else (),
        )
        with (target / MANIFEST).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
        known |= archive()
        if self.has["archive"]:
            _let_be_later(target / MANIFEST, target / ARCHIVE)

    def _archive(self, results: Results, there: Digests) -> tuple[Wanted, ...]:
        """Write the archive of all that is there, if wanted: what it is."""
        if not self.has["archive"]:
            return ()
        holds = [(path, there[path]) for path in sorted(filter(in_archive, there))]

        def make() -> Whole:
            packed = self._packed.result() if self._packed else self._pack(results)
            packed.put_files(there)
            files = ((ARCHIVE, *packed.closed()),)
            return Whole(files=files, mended=packed.mends)

        return self.wholes.written(THE_ARCHIVE, {"files": holds}, make).files

    def _pack(self, results: Results) -> ArchiveFile:
        """Begin the archive: with what laws give to it, then the tables, once they are there."""
        target, published = self.wholes.target, self.wholes.published
        earlier = None
        if self.wholes.before(THE_ARCHIVE):
            path, digest = published.folder / ARCHIVE, published.files[ARCHIVE][1]
            earlier = Earlier(path=path, digest=digest, same=self._same)
        packed = self._open.enter_context(ArchiveFile(target, earlier))
        packed.put_parts(results.archives(target))
        if self._whole and (tables := self._whole.result()):
            self.known.update(digests_of(tables.files))
            names = [path for path, _, _ in tables.files]
            packed.put_files(names, {LINES: results.packed_lines()})
        return packed


def _let(threads: ThreadPoolExecutor, work: Callable[[], T]) -> Future[T]:
    """Let a thread do something; what it says is said in this language and to whom it is said here."""
    return threads.submit(copy_context().run, work)


def _let_be_later(path: Path, other: Path) -> None:
    """Give a file that was written after another a later time: a clock may tick too slowly."""
    after = other.stat().st_mtime_ns + 1
    if path.stat().st_mtime_ns < after:
        os.utime(path, ns=(after, after))
