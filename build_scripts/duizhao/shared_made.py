"""The pages of no law, taken as they were where nothing changed that they are made of."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from duizhao.frame import Frame, framed
from duizhao.kept_laws import digest_of_object
from duizhao.law_work import name_digest, rendered, tools
from duizhao.pipeline import Site
from duizhao.render import Rendered
from duizhao.site_pages import LOADING_SEARCH, ListsOf, shared_pages
from duizhao.store import Store
from duizhao.theme import LISTING

_KEPT_AS = name_digest("\nshared")  # of no task


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Such pages: `documents` are in the theme already, `content` those that MkDocs puts there.

    `fresh` says how many were converted.
    """

    documents: tuple[Rendered, ...] = field(repr=False)
    content: tuple[Rendered, ...] = field(repr=False)
    fresh: int


def shared_made(
    site: Site, lists: ListsOf, said: str, *, folder: Path, frame: Frame | None
) -> Shared:
    """The pages of no law; `said` is the digest of `lists`, `folder` that of the cache.

    Without a `frame` all are content.
    """
    store, key = Store(folder / "last"), _key(site, said, frame)
    fresh, known = 0, dict[str, str]()
    if kept := _kept(store, key):
        pages, known = kept
    else:
        pages, fresh = rendered(site, shared_pages(site, lists), folder, "")
    content = [one for one in pages if not frame or one.page.kind in LOADING_SEARCH]
    others = [one for one in pages if frame and one.page.kind not in LOADING_SEARCH]
    documents = tuple(_documents(frame, site, others, known)) if frame else ()
    if not kept:
        html = {one.page.path: one.html for one in documents if one.page.kind not in LISTING}
        light = [replace(one, html="") if one.page.path in html else one for one in pages]
        store.put(_KEPT_AS, pickle.dumps((key, tuple(light), html), 5))
    return Shared(documents=documents, content=tuple(content), fresh=fresh)


def _key(site: Site, lists: str, frame: Frame | None) -> str:
    """The digest of all that these pages are made of, but for what those that list laws say of laws."""
    said = [*site.interfaces.values()], site.glossary, site.options.languages, len(site.laws)
    return digest_of_object((tools(), frame.digest if frame else "", lists, said))


def _kept(store: Store, key: str) -> tuple[tuple[Rendered, ...], dict[str, str]] | None:
    """The pages that are kept under a key, and the documents of some by path: those have no content."""
    data = store.get(_KEPT_AS)
    if data is None:
        return None
    # Written above, and sealed; the cache is the project's own.
    made_of, pages, documents = pickle.loads(data)  # noqa: S301
    return (pages, documents) if made_of == key else None


def _documents(
    frame: Frame, site: Site, pages: list[Rendered], known: Mapping[str, str]
) -> Iterator[Rendered]:
    """Pages as documents, in order; those that list laws are made anew."""
    paths = frozenset(one.page.path for one in pages)
    for one in pages:
        html = known.get(one.page.path)
        if html is None:
            html = framed(frame, site, one.page, one.html, paths=paths, prints={}, files=())
        yield Rendered(page=one.page, html=html)
