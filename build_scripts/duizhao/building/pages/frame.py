"""A page's content put into the theme without MkDocs, in whatever process the page is made.

MkDocs renders a page by handing its template the configuration, all pages and the one.
Our theme asks for little of that.  A `Frame` holds that little with the templates, so a
law's pages are finished where they are made and the rest of the site is not needed there.
A test holds the result to that of MkDocs, byte for byte.  For a theme that asks for more
there is no frame: MkDocs renders all its pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from jinja2 import (
    BytecodeCache,
    DictLoader,
    Environment,
    TemplateNotFound,
    meta,
    nodes,
    pass_context,
)
from jinja2.runtime import Context

from duizhao.building.pages.assets import add_filters
from duizhao.building.pages.render import Rendered, address, relative
from duizhao.building.pages.theme import context_of, variables
from duizhao.languages.print_files import LawPrints
from duizhao.site.pipeline import Site
from duizhao.site.site_pages import Page

MAIN = "main.html"
_CONFIG = ("site_url", "site_name", "site_description", "extra_css", "extra_javascript")
_PAGE = ("url", "title", "meta", "content", "canonical_url")
_NAMES = frozenset({"duizhao", "t", "plural", "ui", "page", "config", "material_css"})


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Templates by name, values of mkdocs.yml, versions of assets, the pages written by hand.

    `prose` gives title and address of those by language, `kept` the parts of the site that
    its options turn on.  `code` keeps the templates compiled, and stays in this process: it
    would be run, and one that comes from elsewhere is not to be trusted.
    """

    templates: Mapping[str, str] = field(repr=False)
    config: Mapping[str, Any]
    versions: Mapping[str, str]
    sheet: str
    prose: Mapping[str, Sequence[tuple[str, str]]]
    kept: Mapping[str, bool]
    code: BytecodeCache | None = field(default=None, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process."""
        return {**self.__dict__, "code": None}

    @cached_property
    def parts(self) -> Mapping[str, str]:
        """The digests of what it holds, by what a person calls it."""
        held = {
            "theme": (sorted(self.templates.items()), sorted(self.versions.items()), self.sheet),
            "navigation": sorted(self.prose.items()),
            "options": (sorted(self.config.items()), sorted(self.kept.items())),
        }
        return {
            name: hashlib.sha256(repr(value).encode()).hexdigest() for name, value in held.items()
        }

    @property
    def digest(self) -> str:
        """The digest of all that it holds."""
        return " ".join(self.parts.values())

    def __hash__(self) -> int:
        return hash(self.digest)


def templates_of(environment: Environment, own: Iterable[str]) -> dict[str, str] | None:
    """The templates that a page needs, by name; None where they ask for what no frame has.

    `own` are the names of those that an `include` may name by an expression.
    """
    found: dict[str, str] = {}
    asked: set[str] = set()
    set_here: set[str] = set()
    for name, source, tree in _reached(environment, MAIN):
        found[name] = source
        asked |= meta.find_undeclared_variables(tree)
        set_here |= {n.name for n in tree.find_all(nodes.Name) if n.ctx == "store"}
        for node in tree.find_all(nodes.Getattr):
            if isinstance(node.node, nodes.Name):
                known = {"config": _CONFIG, "page": _PAGE}.get(node.node.name)
                if known and node.attr not in known:
                    return None
    if asked - set_here - _NAMES:
        return None
    for name in own:
        if name not in found:
            found[name] = _source(environment, name)
    return found


def _reached(environment: Environment, first: str) -> Iterator[tuple[str, str, nodes.Template]]:
    waiting, seen = [first], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        source = _source(environment, name)
        tree = environment.parse(source)
        yield name, source, tree
        waiting += [other for other in meta.find_referenced_templates(tree) if other]


def _source(environment: Environment, name: str) -> str:
    if environment.loader is None:
        raise TemplateNotFound(name)
    return environment.loader.get_source(environment, name)[0]


def finished(
    frame: Frame,
    site: Site,
    pages: Sequence[Rendered],
    *,
    prints: Mapping[str, LawPrints],
    files: Mapping[str, Sequence[str]],
) -> Iterator[Rendered]:
    """Pages as documents, in order; `pages` are all that any of them leads to by its language.

    `prints` and `files` are those of the laws that pages are of, by the law's id.
    """
    paths = frozenset(one.page.path for one in pages)
    for one in pages:
        named = files.get(one.page.law_id, ())
        html = framed(frame, site, one.page, one.html, paths=paths, prints=prints, files=named)
        yield Rendered(page=one.page, html=html)


def framed(
    frame: Frame,
    site: Site,
    page: Page,
    html: str,
    *,
    paths: Collection[str],
    prints: Mapping[str, LawPrints],
    files: Sequence[str],
) -> str:
    """The document of a page of a law with its content `html`.

    `paths` are the Markdown files of all pages of the law, `files` its downloads.
    """
    base = frame.config["site_url"] or ""
    extra = context_of(
        site,
        page.path,
        page,
        paths=paths,
        prose=frame.prose,
        prints=prints,
        base=base,
        files=files,
    )
    url = quote(address(page.path))
    shown = SimpleNamespace(
        url=url,
        title=page.title,
        meta={"title": page.title},
        content=html,
        canonical_url=urljoin(base, url) if base else None,
    )
    return (
        _environment(frame)
        .get_template(MAIN)
        .render(variables(site, extra, frame.kept), page=shown, config=dict(frame.config))
    )


@lru_cache(maxsize=2)
def _environment(frame: Frame) -> Environment:
    found = Environment(
        loader=DictLoader(frame.templates),
        autoescape=True,
        auto_reload=False,
        bytecode_cache=frame.code,
    )

    @pass_context
    def url(context: Context, value: object) -> str:
        return _url(str(value), context["page"].url)

    found.filters["url"] = url
    found.globals["material_css"] = frame.sheet
    add_filters(found, frame.versions)
    return found


@lru_cache(maxsize=4096)
def _url(target: str, page: str) -> str:
    """An address below the site's root as seen from a page; others as they are."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or target.startswith(("/", "#")):
        return target
    return relative(target or ".", page)
