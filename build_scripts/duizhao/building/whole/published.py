"""The published site, from which the next one takes the files that stay as they are.

Such a file is linked and not written again: it keeps its time, so that a copy elsewhere
is brought up to date by differences alone, and a build of many laws writes what changed.
A file is taken where the manifest gives it the digest that is wanted, and its size and
its time of writing say that nobody wrote it after the manifest.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duizhao.building.whole.manifest import NAME
from duizhao.building.whole.publish import write_files
from duizhao.building.whole.spare import moved

#: Path, size in bytes and SHA-256 of a file of a site.
Wanted = tuple[str, int, str]


def digests_of(files: Iterable[Wanted]) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of files by path."""
    return {path: (size, sha256) for path, size, sha256 in files}


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What stands in `folder`: size and SHA-256 by path, `written` before that time in ns.

    `manifest` is the digest of its manifest, `spare` that of the folder (`duizhao.building.whole.spare`);
    `taken` are the paths of the files taken.
    """

    folder: Path = Path()
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict, repr=False)
    written: int = 0
    manifest: str = ""
    spare: Path | None = None
    taken: set[str] = field(default_factory=set, repr=False, compare=False)

    def linked(self, site: Path, wanted: Iterable[Wanted]) -> set[str]:
        """Link what can be taken of some files into `site`, and return their paths.

        They should be all that their folders hold; where they are not, use `link`.
        """
        numbers = {}
        for one in wanted:
            if (number := self._number(one)) is not None:
                numbers[one[0]] = number
        found = moved(self.spare, site, numbers) if self.spare else set()
        found.update(self._linked(site, {p: n for p, n in numbers.items() if p not in found}))
        self.taken.update(found)
        return found

    def link(self, site: Path, wanted: Wanted) -> bool:
        """Link one file of many in its folder into `site`, if it can be taken."""
        number = self._number(wanted)
        found = self._linked(site, {} if number is None else {wanted[0]: number})
        self.taken.update(found)
        return bool(found)

    def _linked(self, site: Path, numbers: Mapping[str, int]) -> list[str]:
        """Link files whose numbers are known; another build may exchange the folders meanwhile."""
        made: set[str] = set()
        found = []
        for path, number in numbers.items():
            place = os.path.dirname(path)  # noqa: PTH120 - of many thousands of paths
            if place not in made:
                (site / place).mkdir(parents=True, exist_ok=True)
                made.add(place)
            try:
                os.link(f"{self.folder}/{path}", f"{site}/{path}")
            except OSError:
                continue  # not every disk has links: then it is written, or that fails
            if os.lstat(f"{site}/{path}").st_ino == number:
                found.append(path)
            else:
                os.unlink(f"{site}/{path}")  # noqa: PTH108 - of many thousands of paths
        return found

    def all_linked(self, site: Path, wanted: Sequence[Wanted]) -> bool:
        """Link all of some files into `site`, or none."""
        there = self.linked(site, wanted)
        if len(there) == len(wanted):
            return True
        for path in there:  # never to be written through the link
            (site / path).unlink()
        self.taken.difference_update(there)
        return False

    def holds(self, wanted: Wanted) -> bool:
        """Whether such a file stands there, and nobody wrote it since."""
        return self._number(wanted) is not None

    def _number(self, wanted: Wanted) -> int | None:
        """The number that the file system gives such a file; None where none stands there."""
        path, size, sha256 = wanted
        if self.files.get(path) != (size, sha256):
            return None
        try:
            state = os.lstat(f"{self.folder}/{path}")
        except OSError:
            return None
        whole = state.st_size == size and state.st_mtime_ns < self.written
        return state.st_ino if whole else None


def published_from_folder(folder: Path, spare: Path | None = None) -> Published:
    """What stands in a folder that a build has made; nothing where its manifest is not whole."""
    try:
        text = (folder / NAME).read_bytes()
        said = json.loads(text)
        written = (folder / NAME).stat().st_mtime_ns
        files = {path: (one["bytes"], one["sha256"]) for path, one in said["outputs"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return Published()  # nothing is lost: all is written
    manifest = hashlib.sha256(text).hexdigest()
    return Published(folder=folder, files=files, written=written, manifest=manifest, spare=spare)


def write_changed(
    site: Path,
    published: Published,
    wanted: Iterable[Wanted],
    read: Callable[[], Iterable[tuple[str, bytes]]],
) -> None:
    """Write files into `site`, but link those that stay as they are.

    `wanted` are the files that `read` gives with their bytes; it is not called where none
    has to be written.
    """
    some = list(wanted)
    there = published.linked(site, some)
    if len(there) < len(some):
        write_files(site, ((path, data) for path, data in read() if path not in there))


def write_made(
    site: Path, published: Published, files: Iterable[tuple[str, bytes]]
) -> Iterator[Wanted]:
    """Write files that were made anew into `site`, but link those that came out as they were."""
    for path, data in files:
        wanted = path, len(data), hashlib.sha256(data).hexdigest()
        if not published.link(site, wanted):
            write_files(site, [(path, data)])
        yield wanted
