"""Links of the built site: every internal link and fragment leads somewhere.

MkDocs checks the links it knows of; templates and raw HTML escape it, so the
finished pages are read once more.  The pages of a law are read where they are made
(`links_within`): what leads out of the law is kept with its result, and looked up when
the whole site is there (`check_links`).
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from duizhao.folders import files_below
from duizhao.problems import Position, Problem, error

_ATTRIBUTES = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"))
_NOT_FOUND_PAGE = "404.html"  # its links are absolute: it is served at any address
_TOP = "__top"  # where no element need be


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Pages that were read: their identifiers, and what leads to other files.

    `ids` gives the identifiers of each page by its path below the site; `outward` gives
    page and link as it stands there for each place outside that is led to: (path, fragment),
    the path without `index.html` where a folder is named.
    """

    ids: Mapping[str, Collection[str]]
    outward: Mapping[tuple[str, str], tuple[str, str]]


#: Reads again what is known of some pages, law by law.
Known = Callable[[], Iterable[Within]]


def links_within(
    pages: Iterable[tuple[str, bytes]], files: Collection[str]
) -> tuple[Within, list[Problem]]:
    """What pages, given with their paths, lead to; a problem for each link among them that is dead.

    `files` are the paths of all that is known to stand on the site, these pages included.
    """
    ids: dict[str, frozenset[str]] = {}
    led: dict[tuple[str, str], tuple[str, str]] = {}
    problems: list[Problem] = []
    for name, html in pages:
        page = LexborHTMLParser(html)
        found = [intern(node.id or "") for node in page.css("[id]")]
        ids[name] = frozenset(found)
        problems.extend(_duplicate_ids(name, found))
        if name != _NOT_FOUND_PAGE:
            for place, href in _led(name, page):
                led.setdefault(place, (name, href))
    outward = {}
    for (path, fragment), where in led.items():
        target = _file(files, path)
        if target is None:
            outward[path, fragment] = where
        elif fragment and target in ids and fragment not in ids[target] and fragment != _TOP:
            problems.append(_dead(*where))
    return Within(ids=ids, outward=outward), problems


def check_links(site: Path, known: Known | None = None) -> tuple[int, list[Problem]]:
    """How many pages there are, and a problem for each link that leads nowhere.

    `known` says what is known of pages that need not be read again.
    """
    files = set(files_below(site))
    have: set[str] = set()
    led: dict[tuple[str, str], tuple[str, str]] = {}
    for some in known() if known else ():
        have.update(some.ids)
        for place, where in some.outward.items():
            led.setdefault(place, where)
    rest = sorted(name for name in files if name.endswith(".html") and name not in have)
    within, problems = links_within(((n, (site / n).read_bytes()) for n in rest), set(rest))
    for place, where in within.outward.items():
        led.setdefault(place, where)
    asked: dict[str, dict[str, tuple[str, str]]] = {}
    for (path, fragment), where in led.items():
        target = _file(files, path)
        if target is None:
            problems.append(_dead(*where))
        elif fragment and fragment != _TOP:
            asked.setdefault(target, {})[fragment] = where
    for some in (within, *(known() if known else ())):
        for name in some.ids.keys() & asked.keys():
            problems.extend(
                _dead(*where)
                for fragment, where in asked[name].items()
                if fragment not in some.ids[name]
            )
    return len(rest) + len(have), sorted(problems, key=lambda p: p.position.file)


def _led(name: str, page: LexborHTMLParser) -> Iterator[tuple[tuple[str, str], str]]:
    """What a page leads to within the site: path and fragment, and the link that does."""
    folder = posixpath.dirname(name)
    found = (
        node.attrs.get(attribute) or ""
        for tag, attribute in _ATTRIBUTES
        for node in page.css(f"{tag}[{attribute}]")
    )
    paths = {"": name}  # the links of a page lead to few files
    for href in dict.fromkeys(found):
        path, mark, fragment = href.partition("#")
        if path not in paths:
            parts = urlsplit(path)
            outside = parts.scheme or parts.netloc or path.startswith("/")
            led = unquote(parts.path)
            paths[path] = "" if outside else intern(posixpath.normpath(posixpath.join(folder, led)))
            if not outside and not led:
                paths[path] = name
        if paths[path]:
            yield (paths[path], unquote(fragment) if mark else ""), href


def _file(files: Collection[str], path: str) -> str | None:
    """The file that a path below the site leads to; None where there is none."""
    if path in files:
        return path
    index = posixpath.normpath(posixpath.join(path, "index.html"))
    return index if index in files else None


def _duplicate_ids(name: str, ids: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for ident in ids:
        if ident in seen:
            yield error(
                "duplicate-identifier",
                Position(file=name),
                f"The identifier `{ident}` stands twice on this page.",
                "an anchor must lead to one place",
            )
        seen.add(ident)


def _dead(name: str, href: str) -> Problem:
    return error(
        "dead-link",
        Position(file=name),
        f"The link `{href}` leads nowhere.",
        "correct the link, or the identifier it names",
    )
