"""The whole site as one .zip that reads from a folder, without a server.

A browser that opens files shows a list of them for `chapter-1/`, so in the archive
every link to a folder names its `index.html`.  Nothing else on a page is changed, but
two things are left out: the link to the web manifest, which cannot be read from a
file, and the offer to download the archive.

The same site gives the same bytes: files in order, no time, no owner.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from duizhao.offline import FOLDER

PATH = f"{FOLDER}/site.zip"
_BEGIN = (1980, 1, 1, 0, 0, 0)  # the earliest time that a .zip can give
_FIRST = "zh-en-laws"  # the folder that the archive unfolds
#: for a server, for other programs, or not asked for by any page
_LEFT_OUT = re.compile(
    rf"({FOLDER}/|pictures/|sitemap|robots\.txt$|manifest\.json$|sw\.js$|404\.html$)|.*\.(webmanifest|map)$"
)
_TAG = re.compile(r"<(?:a|form|link)\b[^>]*>")
_LINK = re.compile(r'(?<=\s)(href|action)="([^"]*)"')
_NOT_HERE = re.compile(
    r'\s*<link rel="manifest"[^>]*>|<section class="archive">.*?</section>\n?', re.DOTALL
)


def write_archive(site: Path) -> None:
    """Write `offline/site.zip` into the finished site."""
    target = site / PATH
    target.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in _members(site):
            info = zipfile.ZipInfo(f"{_FIRST}/{name}", _BEGIN)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # the same on every system
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)


def _members(site: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(site.rglob("*")):
        name = file.relative_to(site).as_posix()
        if not file.is_file() or _LEFT_OUT.match(name):
            continue
        content = file.read_bytes()
        if file.suffix == ".html":
            content = for_a_folder(site, name, content.decode("utf-8")).encode()
        yield name, content


def for_a_folder(site: Path, name: str, html: str) -> str:
    """A page with its links to folders of `site` leading to their index pages."""
    here = posixpath.dirname(name)
    folders: dict[str, bool] = {}  # the links of a page lead to few places

    def is_folder(path: str) -> bool:
        if path not in folders:
            target = site / posixpath.normpath(posixpath.join(here, unquote(path)))
            folders[path] = (target / "index.html").is_file()
        return folders[path]

    def link(match: re.Match[str]) -> str:
        parts = urlsplit(match[2])
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return match[0]
        if not is_folder(parts.path):
            return match[0]
        whole = parts._replace(path=posixpath.join(parts.path, "index.html")).geturl()
        return f'{match[1]}="{whole}"'

    return _TAG.sub(lambda tag: _LINK.sub(link, tag[0]), _NOT_HERE.sub("", html))
