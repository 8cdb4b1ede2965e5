"""The pages of no law, taken as they were where nothing changed that they are made of.

Those of the index of all laws are many and large together, so none is held: the content of
each waits in the cache until it is known which pages there are, and is then put into the
theme and written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path

from duizhao.building.laws.law_pack import file_of
from duizhao.building.laws.law_work import page_key, pages_store
from duizhao.building.pages.frame import Frame, framed
from duizhao.building.pages.render import Rendered, rendered_html
from duizhao.building.pages.theme import LISTING, made_of_card
from duizhao.building.whole.published import Wanted, write_made
from duizhao.building.whole.wholes import LISTS, PAGES, Whole, Wholes
from duizhao.site.pipeline import Site
from duizhao.site.site_pages import LOADING_SEARCH, ListsOf, Page, shared_pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Such pages: `documents` are in the theme and on the site, `content` those that MkDocs puts there.

    `files` gives path, size and SHA-256 of what the documents are; `kept` is what the content
    of all is kept under, and `fresh` says how many were converted.
    """

    documents: tuple[Page, ...] = field(repr=False)
    files: tuple[Wanted, ...] = field(repr=False)
    content: tuple[Rendered, ...] = field(repr=False)
    kept: frozenset[str] = field(repr=False)
    fresh: int

    @property
    def pages(self) -> tuple[Page, ...]:
        """All of them."""
        return (*self.documents, *(one.page for one in self.content))


def shared_made(
    site: Site,
    lists: ListsOf,
    said: str,
    *,
    folder: Path,
    frame: Frame | None,
    wholes: Wholes | None,
) -> Shared:
    """The pages of no law; `said` is the digest of `lists`, `folder` that of the cache.

    `wholes` knows the site that documents are written into; without it, or without a `frame`,
    all pages are content.
    """
    making = _Making(site=site, lists=lists, folder=folder)
    if frame is None or wholes is None:
        pages = making.pages()
        content = tuple(making.content(key, page) for key, page in pages.items())
        return Shared(
            documents=(), files=(), content=content, kept=frozenset(pages), fresh=making.fresh
        )
    made_of: dict[str, object] = {
        "interface": [*site.interfaces.values()],
        "options": site.options.languages,
        "theme": frame.digest,
    }
    of_pages = {"laws": (said, len(site.laws)), "glossary": site.glossary}
    whole = wholes.written(PAGES, made_of | of_pages, partial(making.written, frame, wholes))
    pages = {key: Page(markdown="", **page) for key, page in json.loads(whole.text).items()}
    of_mkdocs, listing = _of_kinds(pages, LOADING_SEARCH), _of_kinds(pages, LISTING)
    listed = Whole(files=())  # few laws are on the home page alone, which MkDocs renders
    if listing:
        of_lists = {"laws": [made_of_card(law.summary) for law in site.laws]}
        write_lists = partial(making.listed, frame, wholes, pages, listing)
        listed = wholes.written(LISTS, made_of | of_lists, write_lists)
    return Shared(
        documents=tuple(page for key, page in pages.items() if key not in of_mkdocs),
        files=(*whole.files, *listed.files),
        content=tuple(making.content(key, page) for key, page in of_mkdocs.items()),
        kept=frozenset(pages),
        fresh=making.fresh,
    )


def _of_kinds(pages: Mapping[str, Page], kinds: Iterable[str]) -> dict[str, Page]:
    return {key: page for key, page in pages.items() if page.kind in kinds}


@dataclass(slots=True, kw_only=True)
class _Making:
    """Makes the pages; `fresh` counts those that were converted."""

    site: Site
    lists: ListsOf
    folder: Path
    fresh: int = 0

    def pages(self) -> dict[str, Page]:
        """Every page without its Markdown, by what its content is kept under."""
        every = shared_pages(self.site, self.lists)
        return {self._kept(page): replace(page, markdown="") for page in every}

    def _kept(self, page: Page) -> str:
        """What the content of a page is kept under; it is converted where it is not there."""
        key, store = page_key(self.site, page), pages_store(self.folder)
        if store.get(key) is None:
            self.fresh += 1
            store.put(key, rendered_html(self.site, page).encode("utf-8"))
        return key

    def content(self, key: str, page: Page) -> Rendered:
        """A page with its content; all are looked for once more where it is gone."""
        store = pages_store(self.folder)
        data = store.get(key)
        if data is None:
            self.pages()
            data = store.get(key)
        if data is None:
            raise OSError(f"{store.folder}: what was just made is gone; build again")
        return Rendered(page=page, html=data.decode("utf-8"))

    def documents(
        self, frame: Frame, pages: Mapping[str, Page], some: Mapping[str, Page]
    ) -> Iterator[tuple[str, bytes]]:
        """The files of some of the pages, in the theme."""
        paths = frozenset(page.path for page in pages.values())
        for key, page in some.items():
            html = self.content(key, page).html
            whole = framed(frame, self.site, page, html, paths=paths, prints={}, files=())
            yield file_of(page.path), whole.encode("utf-8")

    def listed(
        self, frame: Frame, wholes: Wholes, pages: Mapping[str, Page], some: Mapping[str, Page]
    ) -> Whole:
        """Write those of the pages that list laws."""
        documents = self.documents(frame, pages, some)
        return Whole(files=tuple(write_made(wholes.target, wholes.published, documents)))

    def written(self, frame: Frame, wholes: Wholes) -> Whole:
        """Write all but those that list laws; the text says which pages there are."""
        pages = self.pages()
        stay = {k: p for k, p in pages.items() if p.kind not in (*LOADING_SEARCH, *LISTING)}
        documents = self.documents(frame, pages, stay)
        files = tuple(write_made(wholes.target, wholes.published, documents))
        said = {key: {k: v for k, v in asdict(page).items() if v} for key, page in pages.items()}
        return Whole(files=files, text=json.dumps(said, ensure_ascii=False))
