"""The session's one site, served below a sub-path, and a real browser to read it with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.site.serving import BASE, served

from duizhao.plugin import render_site

ROOT = Path(__file__).parents[2]
LAW = "xizang-community-governance"
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


@dataclass(frozen=True)
class Site:
    """The built site: its folder, the address it is served at."""

    folder: Path
    url: str

    def pages(self) -> list[Path]:
        """The pages that wear the theme; the files below data/ are for taking away."""
        found = self.folder.rglob("*.html")
        return sorted(p for p in found if p.relative_to(self.folder).parts[0] != "data")


def browser_path() -> str:
    """The browser that DUIZHAO_BROWSER names, or one that is installed; never none."""
    named = os.environ.get("DUIZHAO_BROWSER", "")
    for name in (named, "chromium", "chromium-browser", "google-chrome"):
        if name and (path := shutil.which(name)):
            return path
    pytest.fail("no browser: let DUIZHAO_BROWSER name a Chromium (Debian: apt install chromium)")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with served(folder) as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUIZHAO_SITE_URL", url)
        render_site(ROOT, folder)  # strict: a warning fails it
        yield Site(folder, url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browser_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        # What a service worker has kept must not stand in for the site; it has tests of its own.
        patched = partial(browser.new_context, service_workers="block")
        browser.new_context = patched  # type: ignore[method-assign]
        yield browser
        browser.close()


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


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """A page on a desktop; fails where a script fails or a request leaves the site."""
    with browser.new_context(viewport={"width": 1440, "height": 900}, base_url=site.url) as context:
        faults = watched(context, site.url)
        yield context.new_page()
        assert not faults
