"""Serving while one edits: a saved change of a law is shown before the site is built again.

A whole build takes longer the more laws there are.  So what is served is mended first: of
the laws whose own files were saved, the pages and downloads are made anew in their place.
What other pages say of them (lists, search, prints) follows with a whole build, once nothing
was saved for a while.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from duizhao.frame import Frame
from duizhao.law import Law
from duizhao.law_work import tasks_of
from duizhao.laws_made import laws_made
from duizhao.manifest import Folders, input_kinds
from duizhao.pipeline import Site, law_from_folder
from duizhao.pool import Workers
from duizhao.print_files import LawPrints
from duizhao.problems import Problem
from duizhao.publish import write_files

#: Seconds without a change before the whole site is built, at least; and times its own length.
QUIET, TIMES = 5.0, 3.0


@dataclass(frozen=True, kw_only=True)
class Served:
    """A site as it was last built: what it was made of, and `target`, where it stands.

    `states` are time of writing and size of each source by its path; `folder` is the cache's.
    """

    site: Site
    prints: dict[str, LawPrints] = field(repr=False)
    frame: Frame = field(repr=False)
    base: str
    downloads: bool
    folder: Path
    folders: Folders
    target: Path
    states: dict[str, tuple[int, int]] = field(repr=False)


def states_of(root: Path, folders: Folders) -> dict[str, tuple[int, int]]:
    """Time of writing (nanoseconds) and size of each source below `root`, by its path."""
    found = {}
    for path in input_kinds(root, folders):
        try:
            state = (root / path).stat()
        except FileNotFoundError:
            continue  # an editor replaces a file by another: it is looked at again
        found[path] = (state.st_mtime_ns, state.st_size)
    return found


def mended(served: Served) -> Served | None:
    """Make the laws anew whose files were saved since; None where more than that was saved.

    Raises DuizhaoError where a law cannot be read; its pages then stay as they are.
    """
    options = served.site.options
    states = states_of(options.root, served.folders)
    written = {p for p in {*states, *served.states} if states.get(p) != served.states.get(p)}
    again = _laws_of(served, written)
    if again is None:
        return None
    laws = tuple(_read(law, served.site) if law.id in again else law for law in served.site.laws)
    site = replace(served.site, laws=laws)
    every = tasks_of(
        site,
        served.prints,
        base=served.base,
        folder=served.folder,
        frame=served.frame,
        downloads=served.downloads,
    )
    tasks = [task for task in every if again.intersection(task.own)]
    if tasks:
        results, _ = laws_made(tasks, [law_id for t in tasks for law_id in t.own], Workers())
        write_files(served.target, results.files())
    return replace(served, site=site, states=states)


def _laws_of(served: Served, written: Iterable[str]) -> set[str] | None:
    """The laws whose own files these are; None where one is of several laws or of none."""
    kinds = input_kinds(served.site.options.root, served.folders)
    laws = {law.id for law in served.site.laws}
    by_witness: dict[str, list[str]] = {}
    for law in served.site.laws:
        by_witness.setdefault(law.witness.name, []).append(law.id)
    found = set()
    for path in written:
        steps, kind = PurePosixPath(path), kinds.get(path, "")
        of_folder = kind == "edition" or (kind == "seed" and steps.name == "history.toml")
        law_id = steps.parent.name if of_folder else steps.stem if kind == "catalog" else ""
        if kind == "witness" and len(by_witness.get(path, ())) == 1:
            (law_id,) = by_witness[path]
        if law_id not in laws:
            return None
        found.add(law_id)
    return found


def _read(law: Law, site: Site) -> Law:
    options = site.options
    path = options.root / options.seeds / law.id / "edition.toml"
    faults: list[Problem] = []  # those that were let pass are told by the whole build
    return law_from_folder(path, options, faults, site.redirects)


class Editor:
    """Builds for a server: the laws that were saved at once, the whole site after a while.

    `build` builds the whole site, `served` tells what it left, `marker` is a file that the
    server watches.
    """

    def __init__(
        self, build: Callable[[], object], served: Callable[[], Served | None], marker: Path
    ) -> None:
        self._build, self._served, self._marker = build, served, marker
        self._now = served()
        marker.touch()
        self._marked = marker.stat().st_mtime_ns
        self._behind = False  # the rest of the site does not know of what was mended
        self._length = 0.0
        self._timer: threading.Timer | None = None

    def __call__(self) -> None:
        """Show what was saved.  Raises what building raises."""
        if self._timer:
            self._timer.cancel()
        before, self._marked = self._marked, self._marker.stat().st_mtime_ns
        due = self._behind and self._marked != before
        after = mended(self._now) if self._now and not due else None
        if after is None or (self._now and after.states == self._now.states):
            self._whole()
            return
        self._now, self._behind = after, True
        self._timer = threading.Timer(max(QUIET, TIMES * self._length), self._marker.touch)
        self._timer.daemon = True
        self._timer.start()

    def _whole(self) -> None:
        start = time.monotonic()
        self._build()
        self._now, self._behind = self._served(), False
        self._length = time.monotonic() - start
