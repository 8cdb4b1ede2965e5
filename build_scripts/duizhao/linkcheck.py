"""Links of the built site: every internal link and fragment leads somewhere.

MkDocs checks the links it knows of; templates and raw HTML escape it, so the
finished pages are read once more.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from duizhao.problems import Position, Problem, error

_ATTRIBUTES = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"))
_NOT_FOUND_PAGE = "404.html"  # its links are absolute: it is served at any address


@dataclass(frozen=True, slots=True)
class _Page:
    """What is kept of a page once it is read: its identifiers in order, its links."""

    ids: tuple[str, ...]
    links: tuple[str, ...]


def check_links(site: Path) -> tuple[int, list[Problem]]:
    """How many pages there are, and a problem for each link that leads nowhere."""
    files = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    pages = {
        name: _read((site / name).read_bytes()) for name in sorted(files) if name.endswith(".html")
    }
    ids = {name: frozenset(page.ids) for name, page in pages.items()}
    problems: list[Problem] = []
    for name, page in pages.items():
        problems.extend(_duplicate_ids(name, page))
        if name != _NOT_FOUND_PAGE:
            problems.extend(_dead(files, name, page, ids))
    return len(pages), problems


def _read(html: bytes) -> _Page:
    page = LexborHTMLParser(html)
    links = (
        node.attributes.get(attribute) or ""
        for tag, attribute in _ATTRIBUTES
        for node in page.css(f"{tag}[{attribute}]")
    )
    # Many pages have the same links; each is kept once.
    return _Page(
        ids=tuple(intern(node.attributes.get("id") or "") for node in page.css("[id]")),
        links=tuple(intern(link) for link in dict.fromkeys(links)),
    )


def _duplicate_ids(name: str, page: _Page) -> Iterator[Problem]:
    seen: set[str] = set()
    for ident in page.ids:
        if ident in seen:
            yield error(
                "duplicate-identifier",
                Position(file=name),
                f"The identifier `{ident}` stands twice on this page.",
                "an anchor must lead to one place",
            )
        seen.add(ident)


def _dead(
    files: AbstractSet[str], name: str, page: _Page, ids: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    led: dict[str, str | None] = {}  # the links of a page lead to few files
    for href in page.links:
        parts = urlsplit(href)
        if parts.scheme or parts.netloc or href.startswith("/"):
            continue
        if parts.path not in led:
            led[parts.path] = _file(files, name, unquote(parts.path))
        target, fragment = led[parts.path], unquote(parts.fragment)
        if target is None or (
            fragment and target in ids and fragment not in ids[target] and fragment != "__top"
        ):
            yield error(
                "dead-link",
                Position(file=name),
                f"The link `{href}` leads nowhere.",
                "correct the link, or the identifier it names",
            )


def _file(files: AbstractSet[str], name: str, path: str) -> str | None:
    """The file that a relative address leads to, below the site; None where there is none."""
    if not path:
        return name
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    if target in files:
        return target
    index = posixpath.normpath(posixpath.join(target, "index.html"))
    return index if index in files else None
