"""A site divided among three origins, in a browser: one search, links and languages across."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from tests.scale.sites import site_of
from tests.site.serving import Network, served

from duizhao.building.mkdocs.site_build import render_site
from duizhao.commands.split.divide import divide
from duizhao.commands.split.rule import part_of

pytestmark = [pytest.mark.site, pytest.mark.browser]

_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", e =>
  window.violations.push(`${e.effectiveDirective}: ${e.blockedURI}`));
"""


@dataclass(frozen=True)
class Sites:
    """The addresses of the root and of two parts; law-1 is at `two`, law-2 at `one`."""

    root: str
    one: str
    two: str
    networks: tuple[Network, ...]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    folder = tmp_path_factory.mktemp("divided")
    root = site_of(folder / "made", 2)
    names = ("root", "part-1", "part-2")
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        networks = tuple(Network(folder / "sites" / name) for name in names)
        at = [stack.enter_context(served(network)) for network in networks]
        patch.setenv("DUIZHAO_SITE_URL", at[0])
        render_site(root, root / "site", pdf=False)
        divide(root / "site", folder / "sites", at)
        assert [part_of(law, 2) for law in ("law-1", "law-2")] == [2, 1]
        yield Sites(at[0], at[1], at[2], networks)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        faults: list[str] = []
        context.add_init_script(_VIOLATIONS)
        context.on("weberror", lambda fault: faults.append(str(fault.error)))
        yield context
        assert not faults
        for page in context.pages:
            assert page.evaluate("window.violations") == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def test_search_at_a_part_finds_the_laws_of_all(sites: Sites, page: Page) -> None:
    page.goto(f"{sites.one}en/law-2/")
    page.locator(".masthead input[name=q]").fill("湖泊")
    page.locator(".masthead input[name=q]").press("Enter")
    page.wait_for_url(f"{sites.root}en/search/?q=*")
    hit = page.locator(f"#hits a[href^='{sites.two}en/law-1/'][href*='#art_']").first
    expect(page.locator(f"#hits a[href='{sites.one}en/law-2/']")).to_be_visible()
    address = str(hit.get_attribute("href"))
    hit.click()
    expect(page).to_have_url(address)
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator("body")).to_have_css("margin", "0px")  # the sheet came from its own site


def test_a_typed_citation_leads_to_the_part(sites: Sites, page: Page) -> None:
    page.goto(f"{sites.root}zh/search/")
    page.locator("#q").press_sequentially("第二湖泊管理条例第一条")
    option = page.locator("#options [role=option]").first
    expect(option).to_contain_text("第一条")
    option.click()
    page.wait_for_url(f"{sites.one}zh/law-2/**#art_1")


def test_the_quote_checker_leads_to_the_part(sites: Sites, page: Page) -> None:
    page.goto(f"{sites.root}zh/quote/")
    page.locator("#passage").fill("为了保护湖泊，制定本条例。")
    page.locator("#quote button[type=submit]").click()
    expect(page.locator(f"#parts a[href^='{sites.two}zh/law-1/']").first).to_be_visible()


def test_a_citation_and_the_language_lead_on(sites: Sites, page: Page) -> None:
    page.goto(f"{sites.one}zh/law-2/")
    page.locator("a[href*='chapter-1/']").first.click()
    cited = page.locator(f"a.r[href^='{sites.two}zh/law-1/']").first
    cited.click()
    page.wait_for_url(f"{sites.two}zh/law-1/**")
    page.locator(".languages a").click()
    page.wait_for_url(f"{sites.two}en/law-1/**")
    page.locator(".seal").click()
    page.wait_for_url(f"{sites.root}en/")
    page.locator("section.card h2 a, section.card h3 a").last.click()
    page.wait_for_url(f"{sites.one}en/law-2/")


def test_the_script_and_the_program_agree(sites: Sites, page: Page) -> None:
    page.goto(f"{sites.root}en/search/")
    laws = [*(f"law-{n}" for n in range(500)), "示例条例", "a"]
    found = page.evaluate("laws => laws.map(law => duizhaoSites.home('en', law))", laws)
    at = (sites.root, sites.one, sites.two)
    assert found == [f"{at[part_of(law, 2)]}en/{law}/" for law in laws]


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("root", "en/law-1/chapter-1/?a=1#art_1"),  # as a print or a book names it
        ("one", "en/law-1/chapter-1/#art_1"),  # where it was before a part was added
        ("root", "zh/source/law-1/#L1"),
        ("root", "data/law-1/law-1.zh-en.html"),
    ],
)
def test_an_address_of_before_leads_on(sites: Sites, page: Page, asked: str, path: str) -> None:
    page.goto(f"{getattr(sites, asked)}{path}", wait_until="commit")
    page.wait_for_url(f"{sites.two}{path}")
    if "#" in path:
        expect(page.locator(":target")).to_be_attached()


def test_what_is_nowhere_says_so_and_the_first_page_of_a_part_leads_home(
    sites: Sites, page: Page
) -> None:
    page.goto(f"{sites.one}en/no-such-law/", wait_until="commit")
    expect(page.get_by_text("There is no such page")).to_be_visible()
    page.goto(f"{sites.two}en/glossary/", wait_until="commit")
    page.wait_for_url(f"{sites.root}en/glossary/")
    for home in ("", "zh/", "en/"):
        page.goto(f"{sites.one}{home}", wait_until="commit")
        page.wait_for_url(f"{sites.root}{home}")


def test_a_host_that_leads_back_makes_no_circle(sites: Sites, page: Page) -> None:
    """The address in the list is led to another name of the host, as with a new domain."""
    other = sites.two.replace("127.0.0.1", "localhost")
    asked: list[str] = []

    def lead(route: Route) -> None:
        asked.append(route.request.url)
        location = {"Location": route.request.url.replace("127.0.0.1", "localhost")}
        route.fulfill(status=301, headers=location)

    page.route(f"{sites.two}en/law-1/nowhere/", lead)
    page.goto(f"{other}en/law-1/nowhere/", wait_until="commit")
    expect(page.get_by_text("There is no such page")).to_be_visible()
    page.wait_for_timeout(1000)
    assert asked == [f"{sites.two}en/law-1/nowhere/"]


def test_a_part_is_read_without_a_network(sites: Sites, browser: Browser) -> None:
    with browser.new_context(service_workers="allow") as context:
        page = context.new_page()
        page.goto(f"{sites.two}en/law-1/")
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        page.get_by_role("button", name="Keep for reading offline").click()
        expect(page.get_by_role("button", name="Kept for reading offline; remove")).to_be_visible()
        network = sites.networks[2]
        network.up = False
        try:
            page.goto(f"{sites.two}zh/law-1/chapter-1/")
            expect(page.locator("#art_1")).to_be_visible()
            page.goto(f"{sites.two}en/offline/")
            expect(page.locator(".kept-laws li")).to_have_count(1)
        finally:
            network.up = True


def test_folders_are_sites_of_their_own(sites: Sites) -> None:
    for network, address in zip(sites.networks, (sites.root, sites.one, sites.two), strict=True):
        assert isinstance(network.folder, Path)
        assert f'"site_url": "{address}"' in (network.folder / "manifest.json").read_text("utf-8")
