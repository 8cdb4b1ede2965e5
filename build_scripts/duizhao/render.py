"""From the Markdown of a generated page to its finished HTML, without MkDocs.

It does what MkDocs does (its extensions, its links between pages), so that pages can be
rendered in other processes and kept; a test holds the two to each other.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from duizhao.decorate import decorated
from duizhao.pipeline import Site
from duizhao.site_pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A page without its Markdown, and the HTML of its content."""

    page: Page
    html: str = field(repr=False)


def rendered_html(site: Site, page: Page, extensions: tuple[str, ...]) -> str:
    """The content of a page as HTML, decorated; `extensions` are Markdown's, by name."""
    ui = site.interfaces[page.language]
    cited = site.law(page.law_id).cited if page.law_id else {}
    html = html_of(page.markdown, page.path, extensions)
    return decorated(html, ui, site.pair_ui(page.language), cited, page.kind)


def html_of(text: str, path: str, extensions: tuple[str, ...]) -> str:
    """The HTML of a Markdown file at `path`, its links leading from page to page."""
    converter, links = _converter(extensions)
    converter.reset()
    links.path = path
    return converter.convert(text)


def address(path: str) -> str:
    """The address of a file of the site: zh/x/y.md is zh/x/y/, zh/x/index.md is zh/x/."""
    if not path.endswith(".md"):
        return path
    stem = path.removesuffix(".md")
    return stem.removesuffix("index") if stem.endswith("/index") or stem == "index" else f"{stem}/"


@lru_cache(maxsize=4)
def _converter(extensions: tuple[str, ...]) -> tuple[Markdown, _Links]:
    converter = Markdown(extensions=list(extensions))
    links = _Links(converter)
    converter.treeprocessors.register(links, "links", 0)
    return converter, links


class _Links(Treeprocessor):
    """Lets links lead to the addresses of Markdown files."""

    path = ""  # of the page that is rendered

    def run(self, root: Element) -> None:
        """Change the links and pictures of a page in place."""
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(element.tag)
            target = element.get(name) if name else None
            if name and target is not None:
                element.set(name, self._led(target))

    def _led(self, target: str) -> str:
        scheme, host, path, query, fragment = urlsplit(target)
        if scheme or host or not path or target.startswith("/") or AMP_SUBSTITUTE in target:
            return target
        file = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(path)))
        led = _relative(quote(address(file)), quote(address(self.path)))
        return urlunsplit(("", "", led, query, fragment))


def _relative(target: str, page: str) -> str:
    """An address as seen from a page, whose own ends with a slash."""
    relative = posixpath.relpath(f"/{target}", f"/{page}")
    return f"{relative}/" if target.endswith("/") or not target else relative
