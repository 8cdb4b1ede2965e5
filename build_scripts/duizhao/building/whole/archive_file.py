"""The file of the archive (`archive`): what is compressed already is put in as it stands.

Of a law that is what was kept when it was made, of all else that stayed as it is what the
archive before has (`Earlier`).  Laws are first, then the tables of all laws, then the rest by
name: so the file can be begun while the rest of the site is made.
"""

from __future__ import annotations

import io
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Self

from duizhao.building.whole.archive import END, PATH, add, in_archive, info_of, name_of, opened
from duizhao.writers.site_downloads import whole_files

#: Large and written anew after each change: to compress them well takes half as long as all
#: else there, and saves a hundredth of the archive.
_TABLES = frozenset(each.path for each in whole_files())
_CHUNK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Compressed:
    """What an archive says of some files, and where they begin and end in it, with their headers."""

    infos: Sequence[zipfile.ZipInfo]
    source: io.BufferedIOBase
    begin: int
    end: int


#: Gives what is there of some files, in their order; None where that is not all.
Taken = Callable[[Sequence[str]], Compressed | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The archive that the same tools made of another state of the site; `digest` is its SHA-256.

    `same` says of a path below the site whether that file has not changed since.
    """

    path: Path
    digest: str
    same: Callable[[str], bool]

    @contextmanager
    def opened(self) -> Iterator[Taken]:
        """Gives what the archive has of some files; nothing where it is not what was published.

        What is taken gets a digest of its own.
        """
        with ExitStack() as stack:
            file = stack.enter_context(self.path.open("rb"))
            if file_digest(file, "sha256").hexdigest() != self.digest:
                yield _nothing
                return
            archive = stack.enter_context(zipfile.ZipFile(file))
            listed = archive.infolist()  # as the files stand there
            numbers = {info.filename: number for number, info in enumerate(listed)}
            starts = [*(info.header_offset for info in listed), archive.start_dir]

            def taken(names: Sequence[str]) -> Compressed | None:
                first = numbers.get(name_of(names[0])) if names else None
                if first is None or not all(map(self.same, names)):
                    return None
                end = first + len(names)
                infos = listed[first:end]
                if [info.filename for info in infos] != [name_of(n) for n in names]:
                    return None
                return Compressed(infos=infos, source=file, begin=starts[first], end=starts[end])

            yield taken


#: Paths of files below the site, and what reads what `archived` gave of them.
Part = tuple[Sequence[str], Callable[[], bytes]]


class ArchiveFile:
    """`offline/site.zip` in a site that is being written: first `put_parts`, then `put_files`.

    What is written already is read for the digest, so that little is left when the last is in.
    """

    def __init__(self, site: Path, earlier: Earlier | None = None) -> None:
        self._site = site
        self._there: set[str] = set()
        self._digest, self._read = sha256(), 0
        self._chunk = memoryview(bytearray(_CHUNK))
        with ExitStack() as stack:
            path = site / PATH
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = stack.enter_context(path.open("wb"))
            self._written = stack.enter_context(path.open("rb", buffering=0))
            self._zip = stack.enter_context(opened(self._file))
            self._taken = stack.enter_context(earlier.opened()) if earlier else _nothing
            self._open = stack.pop_all()

    def __enter__(self) -> Self:
        """The archive, to be closed."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._open.close()

    @property
    def mends(self) -> bool:
        """Whether what stayed as it is is taken from the archive before."""
        return self._taken is not _nothing

    def closed(self) -> tuple[int, str]:
        """Write the list of files, as all are in; size in bytes and SHA-256 of the archive."""
        self._zip.close()
        self._look()
        self._open.close()
        return self._read, self._digest.hexdigest()

    def _look(self) -> None:
        """Read what was written since this was called, which is written for good."""
        self._file.flush()
        while chunk := self._written.read(_CHUNK):
            self._digest.update(chunk)
            self._read += len(chunk)

    def put_parts(self, parts: Iterable[Part]) -> None:
        """Put in files that are compressed already; those that changed are read."""
        for paths, part in parts:
            own = [path for path in paths if in_archive(path)]
            self._put(self._taken(own) or _compressed(part()))
            self._there.update(own)
        self._look()

    def put_files(
        self, names: Iterable[str], streams: Mapping[str, Iterable[bytes]] | None = None
    ) -> None:
        """Put in those of some files of the site that belong there and are not yet in, by name.

        `streams` gives what `deflated` gave of the parts of some.
        """
        for name in sorted(names):
            if name in self._there or not in_archive(name):
                continue
            if found := self._taken([name]):
                self._put(found)
            elif streams and name in streams:
                self._join(info_of(name), self._site / name, streams[name])
            else:
                self._stream(name, self._site / name)
            self._there.add(name)
        self._look()

    def _put(self, some: Compressed) -> None:
        """Put in files as they are compressed, with their headers; only where they begin is new."""
        moved = self._file.tell() - some.begin
        some.source.seek(some.begin)
        left = some.end - some.begin
        while left:
            if not (count := some.source.readinto(self._chunk[:left])):
                raise EOFError(f"{self._site / PATH}: the archive before is cut off")
            left -= self._file.write(self._chunk[:count])
        for info in some.infos:
            info.header_offset += moved
            if max(info.file_size, info.compress_size) <= zipfile.ZIP64_LIMIT:
                # What it had to say of where it began is said anew, if it has to be.
                info.extra = b""
                info.create_version = info.extract_version = zipfile.DEFAULT_VERSION
            self._list(info)

    def _list(self, info: zipfile.ZipInfo) -> None:
        """Let the list of files name one that stands there."""
        self._zip.filelist.append(info)
        self._zip.NameToInfo[info.filename] = info
        self._zip.start_dir = self._file.tell()

    def _stream(self, name: str, path: Path) -> None:
        """Add a file; the tables of all laws may be larger than memory."""
        if name.endswith(".html"):
            add(self._zip, name, path.read_bytes())
            return
        info = info_of(name)
        info.file_size = path.stat().st_size
        if name in _TABLES:
            info._compresslevel = 1  # type: ignore[attr-defined]  # noqa: SLF001 - public since Python 3.13
        with path.open("rb") as file, self._zip.open(info, "w") as out:
            shutil.copyfileobj(file, out, _CHUNK)

    def _join(self, info: zipfile.ZipInfo, path: Path, parts: Iterable[bytes]) -> None:
        """Put in a file of which all parts are compressed."""
        info.file_size, info.CRC = path.stat().st_size, 0
        with path.open("rb") as whole:
            while chunk := whole.read(_CHUNK):
                info.CRC = zlib.crc32(chunk, info.CRC)
        info.header_offset, large = self._file.tell(), info.file_size > zipfile.ZIP64_LIMIT
        self._file.write(info.FileHeader(zip64=large))  # which does not say yet how long it is here
        start = self._file.tell()
        self._file.writelines(parts)
        self._file.write(END)
        info.compress_size = self._file.tell() - start
        self._file.seek(info.header_offset)
        self._file.write(info.FileHeader(zip64=large))
        self._file.seek(start + info.compress_size)
        self._list(info)


def _nothing(_: Sequence[str]) -> None:
    """What there is of a file where there is no archive before."""


def _compressed(part: bytes) -> Compressed:
    """What is in a part."""
    source = io.BytesIO(part)
    with zipfile.ZipFile(source) as own:
        return Compressed(infos=own.infolist(), source=source, begin=0, end=own.start_dir)
