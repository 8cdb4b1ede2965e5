"""The whole site as one .zip that reads from a folder, without a server.

A browser that opens files shows a list of them for `chapter-1/`, so in the archive
every link to a folder names its `index.html`.  Nothing else on a page is changed, but
three things are left out: the link to the web manifest, which cannot be read from a
file, the offer to download the archive, and that of a law's PDFs as a .zip: they are in
the archive one by one.

The files of a law are compressed where they are made (`archived`) and kept; here the
compressed parts are put one after another, and of the other files those that stay as they
are come from the archive before (`Earlier`).  The same site gives the same bytes: files in
order, no time, no owner.
"""

from __future__ import annotations

import io
import posixpath
import re
import shutil
import struct
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from duizhao.offline import FOLDER

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
#: of all laws, large and written anew after each change: to compress them well takes half as
#: long as all else there, and saves a two hundredth of the archive
_TABLES = ("data/laws.jsonl", "data/laws.sqlite")
#: of the header of a file in a .zip: the sizes of name and addition, which follow
_HEADER = struct.Struct("<26xHH")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The archive that the same tools made of another state of the site.

    `same` are the paths below the site of files that have not changed since.
    """

    path: Path
    same: Collection[str]

    @contextmanager
    def opened(self) -> Iterator[Callable[[str], tuple[zipfile.ZipInfo, bytes] | None]]:
        """Gives of a file what the archive says of it, and its bytes there, compressed, with their header."""
        with self.path.open("rb") as file, zipfile.ZipFile(file) as archive:

            def taken(name: str) -> tuple[zipfile.ZipInfo, bytes] | None:
                info = archive.NameToInfo.get(f"{_FIRST}/{name}") if name in self.same else None
                if info is None:
                    return None
                file.seek(info.header_offset)
                header = file.read(_HEADER.size)
                more = sum(_HEADER.unpack(header)) + info.compress_size
                info.header_offset = 0  # in what is given
                return info, header + file.read(more)

            yield taken


def in_archive(name: str) -> bool:
    """Whether a file of the site, given by its path, is in the archive."""
    return not _LEFT_OUT.match(name)


def write_archive(
    site: Path,
    names: Iterable[str],
    parts: Iterable[tuple[Collection[str], bytes]] = (),
    earlier: Earlier | None = None,
) -> None:
    """Write `offline/site.zip` into the finished site, of those of its files that belong there.

    `names` are the paths of all of them; `parts` are what `archived` gave of some, with theirs.
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
            _append(archive, file, part)
            there.update(paths)
        for name in sorted(names):
            if name in there or not in_archive(name):
                continue
            if found := taken(name):
                info, data = found
                _put(archive, file, [info], data)
            else:
                _stream(archive, name, site / name)


def _nothing(_: str) -> None:
    """What there is of a file where there is no archive before."""


def _opened(file: IO[bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)


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


def _append(archive: zipfile.ZipFile, file: IO[bytes], part: bytes) -> None:
    """Copy the files of a part as they are compressed."""
    with zipfile.ZipFile(io.BytesIO(part)) as own:
        _put(archive, file, own.infolist(), part[: own.start_dir])


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
