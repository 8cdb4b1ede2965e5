"""Serving while one edits: a saved change of a law is shown before the site is built again.

A whole build takes longer the more laws there are.  So what is served is mended first: of
the laws whose own files were saved, the pages are made anew in their place, which takes as
long in a site of any size.  Their files for download, and what other pages say of them
(lists, search, prints), follow with a whole build, once nothing was saved for a while.

A whole build is made in a folder beside what is served (`Building`), so laws go on being
mended meanwhile.  Before it takes the place of what is served, the laws that were saved
since it began are mended in it too: nothing older is ever shown again.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from duizhao.building.laws.law_work import finished_pages, task_of
from duizhao.building.mkdocs.watching import Watcher
from duizhao.building.pages.frame import Frame
from duizhao.building.whole.manifest import Folders, input_kinds, kind_of
from duizhao.building.whole.publish import write_files
from duizhao.ground.problems import DuizhaoError, Problem, phrase
from duizhao.languages.law import Law
from duizhao.languages.print_files import LawPrints
from duizhao.site.pipeline import Site, law_from_folder
from duizhao.writers.downloads import Listed

#: Seconds without a change before the whole site is built, at least; and times its own length.
QUIET, TIMES = 5.0, 3.0

#: Time of writing (nanoseconds) and size of a file.
State = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Served:
    """A site as it was last built: what it was made of, and `target`, where it stands.

    `states` are those of the sources by path, from before they were read; `folder` is the
    cache's.  Without a `frame`, pages of laws are not finished by their tasks; `offered` are
    the downloads of each.
    """

    site: Site
    prints: dict[str, LawPrints] = field(repr=False)
    frame: Frame | None = field(repr=False)
    base: str
    offered: Mapping[str, tuple[Listed, ...]] = field(repr=False)
    folder: Path
    folders: Folders
    target: Path
    states: dict[str, State] = field(repr=False)


def states_of(root: Path, folders: Folders) -> dict[str, State]:
    """The state of each source below `root`, by its path."""
    found = {path: _state(root / path) for path in input_kinds(root, folders)}
    return {path: state for path, state in found.items() if state}


def _state(path: Path) -> State | None:
    """The state of a file; None where there is none: an editor replaces a file by another."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_mtime_ns, found.st_size


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What came of mending: the site with the laws made anew, and why it does not suffice.

    `rest` are paths that concern more than a law, `problems` what is wrong with laws that
    could not be made; they stay as they were.
    """

    served: Served
    laws: frozenset[str] = frozenset()
    rest: frozenset[str]
    problems: tuple[Problem, ...] = ()


def mended(served: Served, saved: Collection[str], before: Site | None = None) -> Mended:
    """Make the laws anew that have a file among the paths `saved`, if it was written since.

    The paths are below the folder of mkdocs.yml, others absolute.  A law that cannot be read
    is taken from the site `before`, where one is given.
    """
    site, root = served.site, served.site.options.root
    now = {path: _state(root / path) for path in saved}
    written = {path for path, state in now.items() if state != served.states.get(path)}
    other = {path for path in saved if Path(path).is_absolute()}
    states = {path: state for path, state in {**served.states, **now}.items() if state}
    again, rest = _laws_of(served, written - other)
    after, laws, problems = replace(served, states=states), {}, list[Problem]()
    for law_id in sorted(again):
        try:
            laws[law_id] = _read(law_id, site)
        except DuizhaoError as reason:
            problems += reason.problems
            laws |= {law.id: law for law in before.laws if law.id == law_id} if before else {}
    after = _made(after, laws)
    return Mended(
        served=after, laws=frozenset(laws), rest=frozenset(rest | other), problems=tuple(problems)
    )


def _made(served: Served, read: dict[str, Law]) -> Served:
    """The site with laws as they were read now, and their pages written."""
    if not served.frame or not read:
        return served
    site = replace(served.site, laws=tuple(read.get(law.id, law) for law in served.site.laws))
    for laws in site.witnesses().values():
        if any(law.id in read for law in laws):
            task = task_of(site, laws, served.prints, base=served.base, folder=served.folder)
            offered = {law_id: served.offered.get(law_id, ()) for law_id in task.own}
            write_files(served.target, finished_pages(task, served.frame, offered))
    return replace(served, site=site)


def _laws_of(served: Served, written: Iterable[str]) -> tuple[set[str], set[str]]:
    """The laws whose own files these are; and the files of several laws or of none."""
    laws = {law.id for law in served.site.laws}
    by_witness: dict[str, list[str]] = {}
    for law in served.site.laws:
        by_witness.setdefault(law.summary.witness, []).append(law.id)
    found, rest = set(), set()
    for path in written:
        steps, kind = PurePosixPath(path), kind_of(path, served.folders)
        of_folder = kind == "edition" or (kind == "seed" and steps.name == "history.toml")
        law_id = steps.parent.name if of_folder else steps.stem if kind == "catalog" else ""
        if kind == "witness" and len(by_witness.get(path, ())) == 1:
            (law_id,) = by_witness[path]
        if law_id in laws and served.frame:
            found.add(law_id)
        else:
            rest.add(path)
    return found, rest


def _read(law_id: str, site: Site) -> Law:
    path = site.options.root / site.options.seeds / law_id / "edition.toml"
    faults: list[Problem] = []  # those that were let pass are told by the whole build
    return law_from_folder(path, site.options, faults, site.redirects)


class Building(Protocol):
    """What builds the whole site, one at a time, while this process does something else."""

    def start(self, folder: Path, ended: Callable[[Served | None], None]) -> None:
        """Begin to build into a folder that is not there yet.

        `ended` is told the result, from any thread; None if it failed, which was said then.
        """

    def close(self) -> None:
        """End what is going on."""


class NotBuiltError(Exception):
    """The whole site could not be built; why was said already."""


class Editor:
    """What a server calls when something was saved, and `watcher`, which tells it.

    `paths` are watched beside those that the server watches.
    """

    def __init__(self, served: Served, paths: Iterable[str], building: Building) -> None:
        self._now = served
        self._building = building
        root, states = served.site.options.root, states_of(served.site.options.root, served.folders)
        written = [path for path, state in states.items() if state != served.states.get(path)]
        self.watcher = Watcher(paths, self._concerns, [str(root / path) for path in written])
        # Beside what is served: folders are exchanged by renaming them.
        self._beside = tempfile.TemporaryDirectory(
            prefix="duizhao_", dir=served.target.parent, ignore_cleanup_errors=True
        )
        self._folders = 0
        self._lock = threading.Lock()
        self._since: set[str] | None = None  # saved since the whole build that is going on began
        self._ended: tuple[Served | None] | None = None
        self._begun = self._length = 0.0
        self._timer: threading.Timer | None = None
        # The first law takes twice as long, for templates are compiled: nobody is to wait for it.
        smallest = sorted(served.site.laws, key=lambda law: law.summary.size)[:1]
        _made(served, {law.id: law for law in smallest})

    def __call__(self) -> None:
        """Show what was saved, or what was built.

        Raises DuizhaoError with what is wrong with laws, NotBuiltError.
        """
        with self._lock:
            saved = {self._named(path) for path in self.watcher.taken()}
            if self._since is not None:
                self._since |= saved
            ended, self._ended = self._ended, None
            failed = ended == (None,)
            since = self._since or set()
            if ended:
                self._since = None
            if ended and ended[0]:
                made = self._exchanged(ended[0], since)
            else:
                made = mended(self._now, saved)
            self._now = made.served
            if made.rest:
                self._begin()
            elif made.laws or (failed and since):
                self._later()  # what was half written when it was read may be why it failed
        if made.problems:
            raise DuizhaoError(made.problems)
        if failed and not since:
            raise NotBuiltError(phrase("The whole site could not be built: see above."))

    def build(self) -> None:
        """Begin to build the whole site, unless that is going on."""
        with self._lock:
            self._begin()

    def close(self) -> None:
        """End what was begun."""
        if self._timer:
            self._timer.cancel()
        self._building.close()
        self._beside.cleanup()

    def _begin(self) -> None:
        if self._timer:
            self._timer.cancel()
        if self._since is None:
            self._since, self._begun = set(), time.monotonic()
            try:
                self._building.start(self._new_folder(), self._come)
            except BaseException:
                self._since = None  # none is going on
                raise

    def _come(self, built: Served | None) -> None:
        self._ended = (built,)
        self.watcher.wake()

    def _later(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = threading.Timer(max(QUIET, TIMES * self._length), self.build)
        self._timer.daemon = True
        self._timer.start()

    def _exchanged(self, built: Served, since: set[str]) -> Mended:
        """Put what was built in the place of what is served, with what was saved since."""
        self._length = time.monotonic() - self._begun
        made = mended(built, since, self._now.site)
        target, old = self._now.target, self._new_folder()
        target.rename(old)
        built.target.rename(target)
        threading.Thread(target=shutil.rmtree, args=(old, True), daemon=True).start()
        return replace(made, served=replace(made.served, target=target))

    def _new_folder(self) -> Path:
        self._folders += 1
        return Path(self._beside.name) / str(self._folders)

    def _named(self, path: str) -> str:
        """A path below the folder of mkdocs.yml, if it is one of a source."""
        file, root = Path(path), self._now.site.options.root
        file = file.parent.resolve() / file.name
        below = file.relative_to(root).as_posix() if file.is_relative_to(root) else ""
        folders = self._now.folders
        places = (folders.docs, folders.theme, folders.seeds, folders.translations)
        within = any(place and below.startswith(f"{place}/") for place in places)
        return below if within or kind_of(below, folders) else path

    def _concerns(self, path: str) -> bool:
        """Whether a path is that of a source that was written, or of none that is known."""
        now, name = self._now, self._named(path)
        if Path(name).is_absolute():
            return True
        known = now.states.get(name)
        return bool(kind_of(name, now.folders)) and _state(Path(path)) != known
