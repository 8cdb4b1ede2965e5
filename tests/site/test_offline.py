"""Without a network: the service worker in a real browser, with a server that falls silent."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from tests.site.asking import until
from tests.site.conftest import LAW, Site, watched
from tests.site.serving import Network, served

from duizhao.building.whole.offline import write_worker

pytestmark = [pytest.mark.site, pytest.mark.browser]

OTHER = "xizang-business-environment"
_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", e =>
  window.violations.push(`${e.effectiveDirective}: ${e.blockedURI}`));
"""
_KEPT = """async () => {
  const out = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) out.push(request.url);
  return out;
}"""


@pytest.fixture
def network(site: Site) -> Network:
    return Network(site.folder)


@pytest.fixture
def url(network: Network) -> Iterator[str]:
    with served(network) as address:
        yield address


@pytest.fixture
def context(url: str, browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=url, service_workers="allow") as context:
        faults = watched(context, url)
        context.add_init_script(_VIOLATIONS)
        yield context
        assert not faults


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def _ready(page: Page, address: str) -> None:
    """Open a page and wait until it, too, is kept."""
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    _await_kept(page, address)


def _await_kept(page: Page, address: str) -> None:
    until(page, f"({_KEPT})().then(all => all.some(a => a.endsWith('/{address}')))")


def _new_build(site: Site, folder: Path, change: Callable[[Path], None]) -> Path:
    """Another build: a copy of the site with a change, and the worker that belongs to it."""
    shutil.copytree(site.folder, folder)
    shutil.rmtree(folder / "offline")
    change(folder)
    write_worker(folder, ["zh", "en"])
    return folder


def _title(folder: Path, page: str, words: str) -> None:
    path = folder / page / "index.html"
    html = path.read_text("utf-8")
    path.write_text(re.sub("<title>.*?</title>", f"<title>{words}</title>", html), "utf-8")


def _build(folder: Path) -> str:
    first = (folder / "sw.js").read_text("utf-8").partition(";")[0]
    return str(json.loads(first.removeprefix("const BUILD = ")))


def test_what_was_read_and_the_search_go_on(network: Network, page: Page, url: str) -> None:
    _ready(page, f"en/{LAW}/chapter-3/")
    page.goto(f"zh/{OTHER}/chapter-1/")
    _await_kept(page, f"zh/{OTHER}/chapter-1/")
    assert page.evaluate("window.violations") == []
    scope = page.evaluate("navigator.serviceWorker.ready.then(r => r.scope)")
    assert scope == url  # below a sub-path

    network.up = False
    page.reload()
    assert page.evaluate("getComputedStyle(document.querySelector('.seal')).display") == "grid"
    page.goto(f"en/{LAW}/chapter-3/#art_16__para_2")
    expect(page.locator("#art_16__para_2 > .zh")).to_be_visible()
    page.locator("label:has(#view-zh)").click()
    expect(page.locator("#art_16__para_2 > .en")).to_be_hidden()
    page.locator(".to-search, .masthead .find input").last.press("Tab")
    page.goto("en/search/?q=网格员")
    expect(page.locator("#hits mark").first).to_have_text("网格员")
    page.locator(f"#hits a[href*='{LAW}/chapter-3/#art_']").first.click()
    expect(page.locator(":target")).to_be_in_viewport()


def test_a_page_that_is_not_kept_says_so(network: Network, page: Page, url: str) -> None:
    _ready(page, f"en/{LAW}/")
    network.up = False
    page.goto(f"en/{LAW}/chapter-1/")
    expect(page.get_by_text("This page is not kept on this device")).to_be_visible()
    expect(page.locator(".not-kept code")).to_have_text(f"/en/{LAW}/chapter-1/")
    page.goto(f"zh/{LAW}/chapter-1/")
    expect(page.get_by_text("没有网络，而本设备上也没有保存这个页面")).to_be_visible()
    network.up = True
    page.get_by_role("link", name="重试").click()
    expect(page).to_have_url(f"{url}zh/{LAW}/chapter-1/")
    expect(page.locator("h1")).to_contain_text("总则")


def test_an_address_cannot_make_the_page_lead_elsewhere(page: Page, url: str) -> None:
    for asked in ("//elsewhere.example/", "javascript:alert(1)", "https://elsewhere.example/"):
        page.goto(f"en/offline/?page={asked}")
        link = page.locator(".not-kept a")
        expect(link).to_be_visible()
        assert str(link.evaluate("a => a.href")).startswith(url.removesuffix("laws/"))


def test_a_law_is_kept_and_removed(network: Network, page: Page, site: Site) -> None:
    _ready(page, f"zh/{LAW}/")
    button = page.get_by_role("button", name="保存以供离线阅读")
    button.click()
    expect(page.get_by_role("button", name="已保存，可离线阅读；移除")).to_be_visible()
    network.up = False
    pages = sorted(p.parent.name for p in (site.folder / "en" / LAW).rglob("index.html"))
    assert len(pages) > 4
    for language in ("zh", "en"):
        for path in sorted((site.folder / language / LAW).rglob("index.html")):
            page.goto(f"{path.parent.relative_to(site.folder)}/")
            assert page.evaluate("document.querySelector('.not-kept') === null"), path
    page.goto("en/offline/")
    page.get_by_role("button", name="Remove Regulations").click()
    expect(page.get_by_text("None yet.")).to_be_visible()
    page.goto(f"en/{LAW}/chapter-4/")
    expect(page.locator(".not-kept")).to_be_visible()


def test_a_new_build_takes_the_place_of_the_old(
    network: Network, page: Page, site: Site, tmp_path: Path
) -> None:
    _ready(page, f"en/{LAW}/")
    page.get_by_role("button", name="Keep for reading offline").click()
    expect(page.get_by_role("button", name="Kept for reading offline; remove")).to_be_visible()
    for read in (f"en/{OTHER}/chapter-1/", f"en/{OTHER}/chapter-2/"):
        page.goto(read)
        _await_kept(page, read)

    def change(folder: Path) -> None:
        _title(folder, f"en/{LAW}/chapter-2", "Renewed")
        _title(folder, f"en/{OTHER}/chapter-2", "Renewed")
        sheet = folder / "assets/duizhao.css"
        sheet.write_text(sheet.read_text("utf-8") + "\n.seal { opacity: .5 }", "utf-8")

    network.folder = _new_build(site, tmp_path / "new", change)
    page.goto(f"en/{LAW}/")  # the browser looks for a new worker
    until(
        page,
        "build => caches.keys().then(all => all.length > 0 && all.every(n => n.includes(build)))",
        _build(network.folder),
    )
    network.up = False
    page.goto(f"en/{LAW}/chapter-2/")
    assert page.title() == "Renewed"  # kept, and fetched anew
    page.goto(f"en/{OTHER}/chapter-1/")
    assert "Chapter 1" in page.title()  # read, and the same
    page.goto(f"en/{OTHER}/chapter-2/")
    expect(page.locator(".not-kept")).to_be_visible()  # read, and of the old build


def test_two_builds_are_never_mixed(
    network: Network, page: Page, site: Site, tmp_path: Path
) -> None:
    """A build that has arrived in part only changes nothing of what is kept."""
    _ready(page, f"en/{LAW}/chapter-1/")

    def change(folder: Path) -> None:
        for chapter in ("chapter-1", "chapter-2"):
            _title(folder, f"en/{LAW}/{chapter}", "Renewed")
        _title(folder, "zh", "Renewed")

    new = _new_build(site, tmp_path / "new", change)
    (new / "zh/index.html").write_text("still the one before", "utf-8")  # the digest is another
    network.folder = new
    for n in (1, 2):
        page.goto(f"en/{LAW}/chapter-{n}/")
        assert page.title() == "Renewed"  # with a network, what the server has
    page.evaluate(
        """navigator.serviceWorker.ready.then(async registration => {
          await registration.update();
          const worker = registration.installing;
          if (!worker) return;
          await new Promise(done => worker.addEventListener("statechange", done));
        })"""
    )
    until(page, "navigator.serviceWorker.ready.then(r => !r.installing && !r.waiting)")
    network.up = False
    page.goto(f"en/{LAW}/chapter-1/")
    assert "Chapter 1" in page.title()
    page.goto(f"en/{LAW}/chapter-2/")
    expect(page.locator(".not-kept")).to_be_visible()


def test_pages_kept_unasked_are_few(
    network: Network, page: Page, site: Site, tmp_path: Path
) -> None:
    def change(folder: Path) -> None:
        pass

    network.folder = _new_build(site, tmp_path / "new", change)
    worker = network.folder / "sw.js"
    text = worker.read_text("utf-8")
    assert "const MOST = 150;" in text
    worker.write_text(text.replace("const MOST = 150;", "const MOST = 2;"), "utf-8")
    _ready(page, f"en/{LAW}/chapter-1/")
    for n in (2, 3, 4):
        page.goto(f"en/{LAW}/chapter-{n}/")
        _await_kept(page, f"en/{LAW}/chapter-{n}/")
    until(page, f"({_KEPT})().then(all => all.filter(a => a.includes('chapter-')).length === 2)")


def test_a_page_is_kept_whose_worker_comes_while_it_is_read(
    page: Page, context: BrowserContext
) -> None:
    """Another page brought the worker, between this page's request and its end."""
    late: list[Route] = []
    page.route("**/assets/duizhao.js*", lambda route: late.append(route))  # noqa: PLW0108 - a method of a list takes no marks
    page.goto(f"zh/{LAW}/", wait_until="commit")
    context.new_page().goto("zh/")
    until(page, "navigator.serviceWorker.controller !== null")
    assert late
    late[0].continue_()
    _await_kept(page, f"zh/{LAW}/")


def test_other_caches_of_the_host_are_left_alone(page: Page) -> None:
    page.goto("zh/")
    page.evaluate("caches.open('of another site').then(() => null)")
    page.evaluate("caches.open('duizhao:/elsewhere/:x').then(() => null)")
    _ready(page, f"zh/{LAW}/")
    names = page.evaluate("caches.keys()")
    assert {"of another site", "duizhao:/elsewhere/:x"} <= set(names)
