"""Whether every link between the sites of a divided one leads somewhere.

Links within a site are read by `linkcheck`; here those that name another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from urllib.parse import SplitResult, unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from duizhao.building.whole.linkcheck import file_at, linked
from duizhao.commands.split.layout import folder_of
from duizhao.ground.folders import files_below
from duizhao.ground.problems import Position, Problem, error

_LINKING = (("a", "href"), ("link", "href"), ("form", "action"), ("script", "src"))
_NOT_FOUND = "404.html"  # shown at any address: its links are whole, those within its site too


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """What a site has: its address, its files, the identifiers on its pages."""

    address: str
    files: AbstractSet[str]
    ids: Mapping[str, AbstractSet[str]]


def check_between(folder: Path, addresses: Iterable[str]) -> Iterator[Problem]:
    """A problem for each link that names one of the sites and finds nothing there.

    `folder` has the sites in the order of their `addresses`.
    """
    links: dict[str, tuple[str, ...]] = {}  # by page
    sites = []
    for number, address in enumerate(addresses):
        name = folder_of(number)
        files = files_below(folder / name)
        ids = {}
        for path in files:
            if path.endswith(".html"):
                page = LexborHTMLParser((folder / name / path).read_bytes())
                ids[path] = {node.id or "" for node in page.css("[id]")}
                some = _links(page, urlsplit(address) if path == _NOT_FOUND else None)
                links[f"{name}/{path}"] = tuple(some)
        sites.append(_Site(address=address, files=set(files), ids=ids))
    nearest = sorted(sites, key=lambda site: -len(site.address))  # one may lie within another
    for page_name, whole in links.items():
        for link in whole:
            if not _leads(nearest, link):
                yield error(
                    "dead-link",
                    Position(file=page_name),
                    f"The link `{link}` leads nowhere.",
                    "correct the link, or the identifier it names",
                )


def _links(page: LexborHTMLParser, own: SplitResult | None) -> Iterator[str]:
    """The links of a page that name a site; those that begin with a slash where `own` is given."""
    for link in linked(page, _LINKING):
        if link.startswith(("https://", "http://")):
            yield intern(link)  # many pages have the same
        elif own and link.startswith("/"):
            yield f"{own.scheme}://{own.netloc}{link}"


def _leads(sites: Iterable[_Site], link: str) -> bool:
    """Whether a link finds a file and an anchor at the site that it names; or names none."""
    site = next((site for site in sites if link.startswith(site.address)), None)
    if site is None:
        return True
    parts = urlsplit(link.removeprefix(site.address))
    file = file_at(site.files, unquote(parts.path))
    if file is None:
        return False
    fragment = unquote(parts.fragment)
    return not fragment or file not in site.ids or fragment in site.ids[file]
