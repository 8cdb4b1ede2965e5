"""What is written when MkDocs is done: what was made of laws, and what is made of the whole site."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
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


@dataclass(slots=True, kw_only=True)
class Finishing:
    """The rest of the site in `target`, from what was `made`.

    What needs no page of MkDocs is begun at once, beside what else is to be done: most of it
    is waiting for the disk.  `published` is the site whose place it takes; `framed` says that
    MkDocs does not render the pages of laws.
    """

    target: Path
    site: Site
    made: SiteMade
    published: Published
    url: str
    framed: bool
    _begun: Future[None] = field(init=False)

    def __post_init__(self) -> None:
        thread = ThreadPoolExecutor(1)
        self._begun = thread.submit(self._write)
        thread.shutdown(wait=False)

    def wait(self) -> None:
        """Wait until what was begun is written, whatever came of it."""
        wait([self._begun])

    def _write(self) -> None:
        if self.framed:
            write_files(self.target, files_of((), self.made.shared))
            self.made.results.write(self.target, self.published)
        if self.made.whole:
            others = [code for code in self.site.options.languages if code != "zh"]
            write_whole(self.target, self.made.results.tables, others, self.url)

    def finish(
        self,
        *,
        prints: PrintedFiles | None,
        pages: Pages,
        folders: Folders,
        cache: Path,
        kept: Mapping[str, bool],
    ) -> None:
        """Write the rest; the manifest is last.  `kept` says which parts the options turn on."""
        target, site, made = self.target, self.site, self.made
        known: dict[str, tuple[int, str]] = {}
        if self.framed:
            known |= made.results.digests()
        if prints:
            for law_id, some in prints.lists.items():
                known |= {path: (size, sha256) for path, size, sha256 in some.wanted}
                write_changed(target, self.published, some.wanted, partial(prints.read, law_id))
            for path, png in cards(site, cache):
                known[path] = (len(png), hashlib.sha256(png).hexdigest())
                write_files(target, [(path, png)])
        self._begun.result()
        texts = web_files(site, pages.addresses, pages.downloads, self.url)
        write_files(target, ((path, text.encode("utf-8")) for path, text in texts))
        if kept["archive"]:
            write_archive(target, made.results.archives(target))
        if kept["worker"]:
            write_worker(target, site.options.languages, known)
        text = manifest_of(site, folders, target, url=self.url, sources=pages.by_hand, known=known)
        (target / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
