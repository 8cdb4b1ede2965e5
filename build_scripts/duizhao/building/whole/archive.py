"""The whole site as one .zip that reads from a folder, without a server.

A browser that opens files shows a list of them for `chapter-1/`, so in the archive
every link to a folder names its `index.html`.  Nothing else on a page is changed, but
three things are left out: the link to the web manifest, which cannot be read from a
file, the offer to download the archive, and that of a law's PDFs as a .zip: they are in
the archive one by one.

The files of a law are compressed where they are made (`archived`) and kept, and so is what it
gives to a file of all laws (`deflated`); `archive_file` puts these together.  The same site
gives the same bytes: files in order, no time, no owner.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable
from typing import IO
from urllib.parse import urlsplit

from duizhao.building.whole.offline import FOLDER

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
_LEVEL = 6  # of compression
_RAW = -zlib.MAX_WBITS  # without header and checksum, as in a .zip
END = b"\x03\x00"  # the last part of a file that `deflated` made, empty
_LINK = re.compile(r'(<(?:a|form|link)\b[^>]*?\s(?:href|action)=")([^"#?]+)([^"]*")')
_NOT_HERE = re.compile(
    r'\s*<link rel="manifest"[^>]*>|<section class="archive">.*?</section>\n?'
    r'|<p><a href="[^"]*/pdf/[^"]*\.zip">[^<]*</a></p>\n?',
    re.DOTALL,
)


def archived(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files, given with their paths below the site, as a part of the archive."""
    out = io.BytesIO()
    with opened(out) as archive:
        for name, content in files:
            if in_archive(name):
                add(archive, name, content)
    return out.getvalue()


def opened(file: IO[bytes]) -> zipfile.ZipFile:
    """An archive that is written to a file."""
    return zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)


def add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a file; a page as it is read from a folder."""
    if name.endswith(".html"):
        content = for_a_folder(content.decode("utf-8")).encode()
    archive.writestr(info_of(name), content)


def name_of(name: str) -> str:
    """What a file of the site is called in the archive."""
    return f"{_FIRST}/{name}"


def info_of(name: str) -> zipfile.ZipInfo:
    """What the archive says of a file of the site."""
    info = zipfile.ZipInfo(name_of(name), _BEGIN)
    info.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    info.create_system = 3  # the same on every system
    info.external_attr = 0o644 << 16
    return info


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
