"""What comes of the work on a law, as bytes: a head, the files, and what others are made of.

The head says which pages and files there are, so most of a build needs no more of a law
that was kept.  The other parts are what the law gives to things that all laws share:
links, search, tables, lists.  Each is an entry of the store of its own, read when it is
needed and one law at a time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from duizhao.building.pages.render import Rendered, address
from duizhao.site.site_pages import Page
from duizhao.writers.downloads import Download, Listed

#: Names of parts; `shares` has the others.
HEAD, FILES = "head", "files"

Parts = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What came of a task, without the bytes: they are in the store under `key`.

    `pages` have no Markdown; `files` gives path, size and SHA-256 of what stands on the
    site, downloads first.  `fresh` says how many pages had to be converted; `parts` are the
    names of all parts but the head; `lists` is the digest of what goes into lists.
    """

    key: str
    laws: tuple[str, ...]
    downloads: tuple[Listed, ...]
    pages: tuple[Page, ...]
    files: tuple[tuple[str, int, str], ...] = field(repr=False)
    fresh: int
    parts: tuple[str, ...] = field(repr=False)
    lists: str = field(repr=False)


def packed(
    laws: Sequence[str],
    downloads: Sequence[Download],
    pages: Sequence[Page],
    bodies: Sequence[tuple[str, bytes]],
    fresh: int,
    shares: Mapping[str, bytes],
    lists: str,
) -> dict[str, bytes]:
    """The parts of a result: the head, the files, and its `shares`, of which some go into `lists`.

    `bodies` are what `files_of` gives of the downloads and the pages.
    """
    files = [(path, len(data), hashlib.sha256(data).hexdigest()) for path, data in bodies]
    head = {
        "laws": list(laws),
        "downloads": [[each.format, each.language] for each in downloads],
        "pages": [{k: v for k, v in asdict(page).items() if v} for page in pages],
        "fresh": fresh,
        "files": files,
        "parts": [FILES, *shares],
        "lists": lists,
    }
    return {
        HEAD: json.dumps(head, ensure_ascii=False).encode("utf-8"),
        FILES: b"".join(data for _, data in bodies),
        **shares,
    }


def files_of(downloads: Sequence[Download], pages: Sequence[Rendered]) -> list[tuple[str, bytes]]:
    """Path and bytes of each file, downloads first."""
    return [(each.path, each.data) for each in downloads] + [
        (file_of(one.page.path), one.html.encode("utf-8")) for one in pages
    ]


def file_of(path: str) -> str:
    """The file of a page below the site's root: zh/x/index.html for zh/x.md."""
    return f"{address(path)}index.html"


def unpacked(head: bytes, key: str) -> Made:
    """What a result says of itself; `key` is what it is kept under."""
    said = json.loads(head)
    files = tuple((path, size, digest) for path, size, digest in said["files"])
    return Made(
        key=key,
        laws=tuple(said["laws"]),
        downloads=tuple(
            Listed(path=path, format=form, language=language, size=size, sha256=digest)
            for (form, language), (path, size, digest) in zip(
                said["downloads"], files, strict=False
            )
        ),
        pages=tuple(Page(**{"markdown": "", **page}) for page in said["pages"]),
        files=files,
        fresh=said["fresh"],
        parts=tuple(said["parts"]),
        lists=said["lists"],
    )


def bodies(data: bytes, made: Made) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file of a result, downloads first."""
    at = 0
    for path, size, _ in made.files:
        yield path, data[at : at + size]
        at += size
