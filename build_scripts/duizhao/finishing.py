"""What is written when MkDocs is done: what was made of laws, and what is made of the whole site."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from duizhao.archive import write_archive
from duizhao.cards import cards
from duizhao.law_pack import files_of
from duizhao.laws_made import SiteMade
from duizhao.manifest import NAME as MANIFEST
from duizhao.manifest import Folders, manifest_of
from duizhao.offline import write_worker
from duizhao.pipeline import Site
from duizhao.prints import PrintedFiles
from duizhao.publish import write_files
from duizhao.published import Published, write_changed
from duizhao.site_downloads import write_whole
from duizhao.web.files import web_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What MkDocs knows of pages: the address of each by its source, what a law offers.

    `downloads` are paths by the law's id, under "" those of all laws; `by_hand` gives, for
    pages written by hand, the path of the page and of its source.
    """

    addresses: Mapping[str, str]
    downloads: Mapping[str, tuple[str, ...]]
    by_hand: Mapping[str, str]


def finish(
    target: Path,
    site: Site,
    made: SiteMade,
    *,
    prints: PrintedFiles | None,
    published: Published,
    pages: Pages,
    folders: Folders,
    cache: Path,
    url: str,
    kept: Mapping[str, bool],
    framed: bool,
) -> None:
    """Write the rest of the site into `target`; the manifest is last.

    `published` is the site whose place it takes, `kept` says which parts its options turn
    on, `framed` that MkDocs did not render the pages of laws.
    """
    known: dict[str, tuple[int, str]] = {}
    if framed:
        write_files(target, files_of((), made.shared))
        known |= made.results.digests()
        made.results.write(target, published)
    if prints:
        for law_id, some in prints.lists.items():
            known |= {path: (size, sha256) for path, size, sha256 in some.wanted}
            write_changed(target, published, some.wanted, partial(prints.read, law_id))
        for path, png in cards(site, cache):
            known[path] = (len(png), hashlib.sha256(png).hexdigest())
            write_files(target, [(path, png)])
    if made.whole:
        others = [code for code in site.options.languages if code != "zh"]
        write_whole(target, made.results.tables, others, url)
    texts = web_files(site, pages.addresses, pages.downloads, url)
    write_files(target, ((path, text.encode("utf-8")) for path, text in texts))
    if kept["archive"]:
        write_archive(target, made.results.archives(target))
    if kept["worker"]:
        write_worker(target, site.options.languages, known)
    text = manifest_of(site, folders, target, url=url, sources=pages.by_hand, known=known)
    (target / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
