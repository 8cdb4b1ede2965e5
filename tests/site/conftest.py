"""The session's one site, served below a sub-path, and a real browser to read it with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from selectolax.lexbor import LexborHTMLParser
from tests.site.serving import BASE, served

from duizhao.building.mkdocs.site_build import render_site

ROOT = Path(__file__).parents[2]
LAW = "xizang-community-governance"


@dataclass(frozen=True)
class Site:
    """The built site: its folder, the address it is served at."""

    folder: Path
    url: str

    def pages(self) -> list[Path]:
        """The pages that wear the theme; the files below data/ are for taking away."""
        found = self.folder.rglob("*.html")
        return sorted(p for p in found if p.relative_to(self.folder).parts[0] != "data")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with served(folder) as url:
        with pytest.MonkeyPatch.context() as patch:  # other sites have other addresses
            patch.setenv("DUIZHAO_SITE_URL", url)
            render_site(ROOT, folder)  # strict: a warning fails it
        yield Site(folder, url)


def watched(context: BrowserContext, url: str) -> list[str]:
    """Every fault of the context's pages from now on: errors, requests to elsewhere."""
    faults: list[str] = []
    origin = url.removesuffix(BASE)

    def watch(page: Page) -> None:
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((origin, "data:"))
                else faults.append(f"request to {request.url}")
            ),
        )

    context.on("page", watch)
    return faults


def unmarked_chinese(html: str) -> list[str]:
    """The Chinese of a page in another language that no element says is Chinese."""
    body = LexborHTMLParser(html).css_first("body")
    assert body is not None
    # a link in an icon's place has a name, and code is code
    for node in body.css("[lang^=zh], a[aria-label], code, script, template"):
        node.decompose()
    return re.findall("[\u4e00-\u9fff]+", body.text())


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """A page on a desktop; fails where a script fails or a request leaves the site."""
    with browser.new_context(viewport={"width": 1440, "height": 900}, base_url=site.url) as context:
        faults = watched(context, site.url)
        yield context.new_page()
        assert not faults
