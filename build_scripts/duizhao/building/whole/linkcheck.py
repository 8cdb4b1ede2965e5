"""Links of the built site: every internal link and fragment leads somewhere.

MkDocs checks the links it knows of; templates and raw HTML escape it, so the
finished pages are read once more.  The pages of a law are read where they are made
(`links_within`): what leads out of the law is kept with its result, and looked up when
the whole site is there (`check_links`).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from duizhao.ground.folders import files_below
from duizhao.ground.problems import Position, Problem, error

_ATTRIBUTES = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"))
_NOT_FOUND_PAGE = "404.html"  # its links are absolute: it is served at any address
_TOP = "__top"  # where no element need be
_PLAIN = re.compile(r"(?!/)[\w./-]+")  # a path in which nothing stands for something else


#: A place that is led to: its path below the site, without `index.html` where a folder is
#: named, and the fragment.
Place = tuple[str, str]

#: Where a link stands: page, its number among those of the page, the link as it is written.
Where = tuple[str, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Pages that were read: their identifiers, and what leads to other files.

    `ids` gives the identifiers of each page by its path below the site, `outward` the links
    to each place outside; `dead` are links among the pages that lead nowhere.
    """

    ids: Mapping[str, Collection[str]]
    outward: Mapping[Place, Sequence[Where]]
    dead: Sequence[Where] = ()


#: Reads again what is known of some pages, law by law.
Known = Callable[[], Iterable[Within]]


def links_within(
    pages: Iterable[tuple[str, bytes]], files: Collection[str]
) -> tuple[Within, list[Problem]]:
    """What pages, given with their paths, lead to; a problem for each identifier that stands twice.

    `files` are the paths of all that is known to stand on the site, these pages included.
    """
    ids: dict[str, frozenset[str]] = {}
    links: dict[str, Sequence[str]] = {}
    problems: list[Problem] = []
    for name, html in pages:
        page = LexborHTMLParser(html)
        found = _identifiers(page)
        ids[name] = frozenset(found)
        problems.extend(_duplicate_ids(name, found))
        if name != _NOT_FOUND_PAGE:
            links[name] = linked(page, _ATTRIBUTES)
    outward: dict[Place, list[Where]] = {}
    dead: list[Where] = []
    for name, hrefs in links.items():
        paths: dict[str, tuple[str, str | None]] = {}  # the links of a page lead to few files
        for number, href in enumerate(hrefs):
            path, _, fragment = href.partition("#")
            if path not in paths:
                led = _led(name, path)
                paths[path] = led, file_at(files, led) if led else None
            led, target = paths[path]
            if "%" in fragment:
                fragment = unquote(fragment)
            if led and target is None:
                outward.setdefault((led, fragment), []).append((name, number, href))
            elif fragment and target in ids and fragment not in ids[target] and fragment != _TOP:
                dead.append((name, number, href))
    return Within(ids=ids, outward=outward, dead=dead), problems


def identifiers(html: bytes) -> frozenset[str]:
    """What a page can be entered at."""
    return frozenset(_identifiers(LexborHTMLParser(html)))


def _identifiers(page: LexborHTMLParser) -> list[str]:
    return [intern(node.id or "") for node in page.css("[id]")]


def check_links(site: Path, known: Known | None = None) -> tuple[int, list[Problem]]:
    """How many pages there are, and a problem for each link that leads nowhere.

    `known` says what is known of pages that need not be read again.  It is read again for
    each question, so that memory does not grow with what all pages lead to.
    """
    files = set(files_below(site))
    have: set[str] = set()
    places: set[Place] = set()
    for some in known() if known else ():
        have.update(some.ids)
        places.update(some.outward)
    rest = sorted(name for name in files if name.endswith(".html") and name not in have)
    within, problems = links_within(((n, (site / n).read_bytes()) for n in rest), set(rest))
    places.update(within.outward)

    def every() -> Iterator[Within]:
        yield within
        yield from known() if known else ()

    dead = list(within.dead)
    if none := nowhere(places, files, every()):
        dead += (w for some in every() for place in none for w in some.outward.get(place, ()))
    problems += dead_links(dead)
    return len(rest) + len(have), sorted(problems, key=lambda problem: problem.position.file)


def nowhere(
    places: Collection[Place], files: Collection[str], pages: Iterable[Within]
) -> set[Place]:
    """The places at which nothing is."""
    found: set[Place] = set()
    asked: dict[str, dict[str, list[Place]]] = {}  # by page and fragment; two paths may name one
    for path, fragment in places:
        target = file_at(files, path)
        if target is None:
            found.add((path, fragment))
        elif fragment and fragment != _TOP:
            asked.setdefault(target, {}).setdefault(fragment, []).append((path, fragment))
    for some in pages:
        for name in some.ids:
            if name in asked:
                for fragment in asked[name].keys() - set(some.ids[name]):
                    found.update(asked[name][fragment])
    return found


def _led(name: str, path: str) -> str:
    """What a path leads to within the site from a page; "" where it leads out of it."""
    if not _PLAIN.fullmatch(path):
        parts = urlsplit(path)
        if parts.scheme or parts.netloc or path.startswith("/"):
            return ""
        path = unquote(parts.path)
    if not path:
        return name
    return intern(posixpath.normpath(posixpath.join(posixpath.dirname(name), path)))


def linked(page: LexborHTMLParser, attributes: Iterable[tuple[str, str]]) -> list[str]:
    """The links of a page in order, each once; `attributes` are tags with theirs."""
    found: dict[str, None] = {}
    for tag, attribute in attributes:
        nodes = page.css(f"{tag}[{attribute}]")
        found |= dict.fromkeys([node.attrs.get(attribute) or "" for node in nodes])
    return list(found)


def file_at(files: Collection[str], path: str) -> str | None:
    """The file that a path below the site leads to; None where there is none."""
    if path in files:
        return path
    index = f"{path}/index.html"
    if index not in files:
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


def dead_links(links: Iterable[Where]) -> Iterator[Problem]:
    """A problem for each link, in the order of pages and of links on them."""
    for name, _, href in sorted(links):
        yield error(
            "dead-link",
            Position(file=name),
            f"The link `{href}` leads nowhere.",
            "correct the link, or the identifier it names",
        )
