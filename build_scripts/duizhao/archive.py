"""The whole site as one .zip that reads from a folder, without a server.

A browser that opens files shows a list of them for `chapter-1/`, so in the archive
every link to a folder names its `index.html`.  Nothing else on a page is changed, but
three things are left out: the link to the web manifest, which cannot be read from a
file, the offer to download the archive, and that of a law's PDFs as a .zip: they are in
the archive one by one.

The files of a law are compressed where they are made (`archived`) and kept; here the
compressed parts are put one after another, and of the other files those that stay as they
are come from the archive before (`Earlier`).  A file to which every law gives a part is
kept so, too (`deflated`).  The same site gives the same bytes: files in order, no time, no
owner.
"""

from __future__ import annotations

import io
import posixpath
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from duizhao.offline import FOLDER
from duizhao.site_downloads import whole_files

PATH = f"{FOLDER}/site.zip"
_BEGIN = (1980, 1, 1, 0, 0, 0)  # the earliest time that a .zip can give
_FIRST = "zh-en-laws"  # the folder that the archive unfolds
#: for a server, for other programs, or not asked for by any page
_LEFT_OUT = re.compile(
    rf"({FOLDER}/|pictures/|sitemap|robots\.txt$|manifest\.json$|sw\.js$|404\.html$|pdf/.*\.zip$)"
    r"|.*\.(webmanifest|map)$"
)
#: compressed already: to try again takes long and saves a fortieth
_PACKED = (".pdf", ".png", ".zip", ".epub", ".docx")
#: large and written anew after each change: to compress them well takes half as long as all
#: else there, and saves a hundredth of the archive
_TABLES = frozenset(each.path for each in whole_files())
_CHUNK = 1 << 20  # bytes
_LINK = re.compile(r'(<(?:a|form|link)\b[^>]*?\s(?:href|action)=")([^"#?]+)([^"]*")')
_NOT_HERE = re.compile(
    r'\s*<link rel="manifest"[^>]*>|<section class="archive">.*?</section>\n?'
    r'|<p><a href="[^"]*/pdf/[^"]*\.zip">[^<]*</a></p>\n?',
    re.DOTALL,
)


def archived(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files, given with their paths below the site, as a part of the archive."""
    out = io.BytesIO()
    with _opened(out) as archive:
        for name, content in files:
            if in_archive(name):
                _add(archive, name, content)
    return out.getvalue()


_LEVEL = 6  # of compression
_RAW = -zlib.MAX_WBITS  # without header and checksum, as in a .zip
_END = b"\x03\x00"  # a last part, empty

#: What an archive says of some files, and their bytes there, compressed, with their headers;
#: the places of the files are those in these bytes.
Compressed = tuple[Sequence[zipfile.ZipInfo], bytes]

#: Gives what is there of some files, in their order; None where that is not all.
Taken = Callable[[Sequence[str]], Compressed | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The archive that the same tools made of another state of the site.

    `same` are the paths below the site of files that have not changed since.
    """

    path: Path
    same: Collection[str]

    @contextmanager
    def opened(self) -> Iterator[Taken]:
        """Gives what the archive has of some files."""
        with self.path.open("rb") as file, zipfile.ZipFile(file) as archive:
            listed = archive.infolist()  # as the files stand there
            numbers = {info.filename: number for number, info in enumerate(listed)}
            starts = [*(info.header_offset for info in listed), archive.start_dir]

            def taken(names: Sequence[str]) -> Compressed | None:
                first = numbers.get(f"{_FIRST}/{names[0]}", len(listed)) if names else len(listed)
                end = first + len(names)
                infos = listed[first:end]
                there = [info.filename for info in infos] == [f"{_FIRST}/{n}" for n in names]
                if not infos or not there or not all(n in self.same for n in names):
                    return None
                for info in infos:
                    info.header_offset -= starts[first]
                file.seek(starts[first])
                return infos, file.read(starts[end] - starts[first])

            yield taken


def deflated(part: bytes) -> bytes:
    """A part of a file compressed so that others can follow, each by itself."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    return packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)


def inflated(part: bytes) -> bytes:
    """The part again."""
    return zlib.decompressobj(_RAW).decompress(part)


def in_archive(name: str) -> bool:
    """Whether a file of the site, given by its path, is in the archive."""
    return not _LEFT_OUT.match(name)


def write_archive(
    site: Path,
    names: Iterable[str],
    parts: Iterable[tuple[Sequence[str], Callable[[], bytes]]] = (),
    earlier: Earlier | None = None,
    streams: Mapping[str, Iterable[bytes]] | None = None,
) -> None:
    """Write `offline/site.zip` into the finished site, of those of its files that belong there.

    `names` are the paths of all of them; `parts` read what `archived` gave of some, with
    theirs, and `streams` gives what `deflated` gave of the parts of others.
    """
    target = site / PATH
    target.parent.mkdir(exist_ok=True)
    there: set[str] = set()
    with (
        target.open("wb") as file,
        _opened(file) as archive,
        earlier.opened() if earlier else nullcontext(_nothing) as taken,
    ):
        for paths, part in parts:
            own = [path for path in paths if in_archive(path)]
            _put(archive, file, *(taken(own) or _compressed(part())))
            there.update(own)
        for name in sorted(names):
            if name in there or not in_archive(name):
                continue
            if found := taken([name]):
                _put(archive, file, *found)
            elif streams and name in streams:
                _join(archive, file, _info(name), site / name, streams[name])
            else:
                _stream(archive, name, site / name)


def _nothing(_: Sequence[str]) -> None:
    """What there is of a file where there is no archive before."""


def _opened(file: IO[bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    if name.endswith(".html"):
        content = for_a_folder(content.decode("utf-8")).encode()
    archive.writestr(_info(name), content)


def _stream(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    """Add a file; the tables of all laws may be larger than memory."""
    if name.endswith(".html"):
        _add(archive, name, path.read_bytes())
        return
    info = _info(name)
    info.file_size = path.stat().st_size
    if name in _TABLES:
        info._compresslevel = 1  # type: ignore[attr-defined]  # noqa: SLF001 - public since Python 3.13
    with path.open("rb") as file, archive.open(info, "w") as out:
        shutil.copyfileobj(file, out, _CHUNK)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(f"{_FIRST}/{name}", _BEGIN)
    info.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    info.create_system = 3  # the same on every system
    info.external_attr = 0o644 << 16
    return info


def _compressed(part: bytes) -> Compressed:
    """What is in a part."""
    with zipfile.ZipFile(io.BytesIO(part)) as own:
        return own.infolist(), part[: own.start_dir]


def _put(
    archive: zipfile.ZipFile, file: IO[bytes], infos: Iterable[zipfile.ZipInfo], data: bytes
) -> None:
    """Put in files as they are compressed, with their headers; only where they begin is new."""
    start = file.tell()
    for info in infos:
        info.header_offset += start
        archive.filelist.append(info)
        archive.NameToInfo[info.filename] = info
    file.write(data)
    archive.start_dir = file.tell()


def _join(
    archive: zipfile.ZipFile,
    file: IO[bytes],
    info: zipfile.ZipInfo,
    path: Path,
    parts: Iterable[bytes],
) -> None:
    """Put in a file of which all parts are compressed."""
    info.file_size, info.CRC = path.stat().st_size, 0
    with path.open("rb") as whole:
        while chunk := whole.read(_CHUNK):
            info.CRC = zlib.crc32(chunk, info.CRC)
    info.header_offset, large = file.tell(), info.file_size > zipfile.ZIP64_LIMIT
    file.write(info.FileHeader(zip64=large))  # which does not say yet how long it is here
    start = file.tell()
    file.writelines(parts)
    file.write(_END)
    info.compress_size = file.tell() - start
    archive.start_dir = file.tell()
    file.seek(info.header_offset)
    file.write(info.FileHeader(zip64=large))
    file.seek(archive.start_dir)
    archive.filelist.append(info)
    archive.NameToInfo[info.filename] = info


def for_a_folder(html: str) -> str:
    """A page whose links to folders lead to their index pages."""
    led: dict[str, str] = {}  # the links of a page lead to few places

    def link(match: re.Match[str]) -> str:
        before, path, after = match.groups()
        if path not in led:
            led[path] = _index_of(path)
        return f"{before}{led[path]}{after}"

    return _LINK.sub(link, _NOT_HERE.sub("", html))


def _index_of(path: str) -> str:
    """The index page of a folder; another address as it is.  A folder's ends with a slash or dots."""
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or path.startswith("/"):
        return path
    return posixpath.join(path, "index.html") if path.endswith(("/", ".")) else path
