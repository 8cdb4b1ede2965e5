"""Links of the built site: every internal link and fragment leads somewhere.

MkDocs checks the links it knows of; templates and raw HTML escape it, so the
finished pages are read once more.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from duizhao.problems import Position, Problem, error

_ATTRIBUTES = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"))
_NOT_FOUND_PAGE = "404.html"  # its links are absolute: it is served at any address


def check_links(site: Path) -> tuple[int, list[Problem]]:
    """How many pages there are, and a problem for each link that leads nowhere."""
    pages = {
        path.relative_to(site).as_posix(): LexborHTMLParser(path.read_bytes())
        for path in sorted(site.rglob("*.html"))
    }
    ids = {name: set(_ids(page)) for name, page in pages.items()}
    problems: list[Problem] = []
    for name, page in pages.items():
        problems.extend(_duplicate_ids(name, page))
        if name != _NOT_FOUND_PAGE:
            problems.extend(_dead(site, name, page, ids))
    return len(pages), problems


def _ids(page: LexborHTMLParser) -> Iterator[str]:
    for node in page.css("[id]"):
        yield node.attributes.get("id") or ""


def _duplicate_ids(name: str, page: LexborHTMLParser) -> Iterator[Problem]:
    seen: set[str] = set()
    for ident in _ids(page):
        if ident in seen:
            yield error(
                "duplicate-identifier",
                Position(file=name),
                f"The identifier `{ident}` stands twice on this page.",
                "an anchor must lead to one place",
            )
        seen.add(ident)


def _dead(
    site: Path, name: str, page: LexborHTMLParser, ids: dict[str, set[str]]
) -> Iterator[Problem]:
    reported: set[str] = set()
    for tag, attribute in _ATTRIBUTES:
        for node in page.css(f"{tag}[{attribute}]"):
            href = node.attributes.get(attribute) or ""
            parts = urlsplit(href)
            if parts.scheme or parts.netloc or href.startswith("/") or href in reported:
                continue
            target = _file(site, name, unquote(parts.path))
            fragment = unquote(parts.fragment)
            if target is None or (
                fragment and target in ids and fragment not in ids[target] and fragment != "__top"
            ):
                reported.add(href)
                yield error(
                    "dead-link",
                    Position(file=name),
                    f"The link `{href}` leads nowhere.",
                    "correct the link, or the identifier it names",
                )


def _file(site: Path, name: str, path: str) -> str | None:
    """The file that a relative address leads to, below the site; None where there is none."""
    if not path:
        return name
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    if target.startswith(".."):
        return None
    full = site / target
    if full.is_dir():
        target = posixpath.join(target, "index.html") if target != "." else "index.html"
        full = site / target
    return target if full.is_file() else None
