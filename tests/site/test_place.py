"""Staying in place: between chapter, whole law, languages and views, with scripts and without."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from selectolax.lexbor import LexborHTMLParser
from tests.site.conftest import LAW, Site, watched

pytestmark = [pytest.mark.site, pytest.mark.browser]

PROVISION = "art_16__para_2"
CHAPTER = f"zh/{LAW}/chapter-3/"
WHOLE = f"zh/{LAW}/full/"
PHONE: ViewportSize = {"width": 390, "height": 800}


@pytest.fixture
def still(site: Site, browser: Browser) -> Iterator[Page]:
    """A page on a phone, without scripts."""
    with browser.new_context(
        base_url=site.url, java_script_enabled=False, viewport=PHONE, has_touch=True
    ) as context:
        faults = watched(context, site.url)
        yield context.new_page()
        assert not faults


def _scroll_to(page: Page, eid: str) -> None:
    page.locator(f"#{eid}").evaluate(
        "e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 70)"
    )


def _ids(site: Site, address: str) -> list[str]:
    tree = LexborHTMLParser((site.folder / address / "index.html").read_bytes())
    article = tree.css_first("article")
    assert article is not None
    return [str(node.attributes["id"]) for node in article.css("[id]")]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("law", [LAW, "xizang-business-environment"])
def test_the_whole_law_has_the_anchors_of_its_chapters_in_order(
    site: Site, law: str, language: str
) -> None:
    base = site.folder / language / law
    chapters = sorted(path.parent.name for path in base.glob("chapter-*/index.html"))
    assert len(chapters) > 1
    wanted = [
        name
        for chapter in chapters
        for name in _ids(site, f"{language}/{law}/{chapter}")
        if re.match(r"(chp|sec|art|gap|note)_", name)
    ]
    found = _ids(site, f"{language}/{law}/full")
    assert len(found) == len(set(found))
    assert set(wanted) <= set(found)
    provisions = [name for name in wanted if name.startswith("art_")]
    assert [name for name in found if name in set(provisions)] == provisions


def test_whole_law_and_chapter_without_scripts(still: Page) -> None:
    still.goto(CHAPTER)
    still.locator(".row.head:has(#art_16) .w").tap()
    expect(still).to_have_url(re.compile(f"/laws/{WHOLE}#art_16$"))
    expect(still.locator("#art_16")).to_be_in_viewport()
    still.locator(".row.head:has(#art_16) .x").tap()
    expect(still).to_have_url(re.compile(f"/laws/en/{LAW}/full/#art_16$"))
    expect(still.locator("#art_16")).to_be_in_viewport()
    still.locator(".row.head:has(#art_16) .w").tap()
    expect(still).to_have_url(re.compile(f"/laws/en/{LAW}/chapter-3/#art_16$"))
    expect(still.locator("#art_16")).to_be_in_viewport()


def test_from_a_chapter_to_its_place_in_the_whole_law_without_scripts(still: Page) -> None:
    still.goto(CHAPTER)
    still.locator(".running .extent").tap()
    expect(still).to_have_url(re.compile(f"/laws/{WHOLE}#chp_3$"))
    expect(still.locator("#chp_3")).to_be_in_viewport()
    still.mouse.wheel(
        0, -1_000_000
    )  # of the running head, the line of links has gone with the text
    still.locator(".running .extent").tap()
    expect(still).to_have_url(re.compile(f"/laws/zh/{LAW}/#toc$"))


def test_whole_law_and_chapter_keep_the_provision(page: Page) -> None:
    page.goto(CHAPTER)
    _scroll_to(page, PROVISION)
    page.locator(".running .extent").click()
    expect(page).to_have_url(re.compile(f"/laws/{WHOLE}#{PROVISION}$"))
    expect(page.locator(f"#{PROVISION}")).to_be_in_viewport()
    _scroll_to(page, "art_3__para_1")
    page.locator(".running .extent").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/laws/zh/{LAW}/chapter-1/#art_3__para_1$"))
    expect(page.locator("#art_3__para_1")).to_be_in_viewport()


def test_from_the_top_one_gets_to_the_top(page: Page) -> None:
    page.goto(CHAPTER)
    page.locator(".running .extent").click()
    expect(page).to_have_url(re.compile(f"/laws/{WHOLE}#chp_3$"))
    page.goto(WHOLE)
    page.locator(".running .extent").click()
    expect(page).to_have_url(re.compile(f"/laws/zh/{LAW}/#toc$"))


@pytest.mark.parametrize(("view", "gone"), [("zh", ".en"), ("en", ".zh")])
@pytest.mark.parametrize("address", [CHAPTER, WHOLE])
def test_view_changes_in_place_without_scripts(
    still: Page, address: str, view: str, gone: str
) -> None:
    still.goto(f"{address}#{PROVISION}")
    still.locator(f"label:has(#view-{view})").tap()
    expect(still.locator(f"#{PROVISION} > {gone}")).to_be_hidden()
    expect(still.locator(f"#{PROVISION}")).to_be_in_viewport()
    still.locator("label:has(#view-both)").tap()
    expect(still.locator(f"#{PROVISION}")).to_be_in_viewport()


def test_the_contents_of_the_whole_law_lead_to_places_on_it(page: Page) -> None:
    page.goto(WHOLE)
    page.locator("#contents").get_by_role("link", name="第四章").click()
    expect(page).to_have_url(re.compile(f"/laws/{WHOLE}#chp_4$"))
    page.goto(f"zh/{LAW}/")
    page.locator("article").get_by_role("link", name="全文（一页）").click()
    expect(page).to_have_url(re.compile(f"/laws/{WHOLE}$"))


def test_search_finds_a_provision_once_and_in_its_chapter(page: Page) -> None:
    page.goto("zh/search/?q=城乡社区治理应当坚持党建引领")
    hits = page.locator(".hits > li")
    expect(hits.first).to_be_visible()
    assert hits.count() == 1
    expect(hits.locator(f"a[href$='/{LAW}/chapter-3/#art_15']").first).to_be_visible()


def test_the_whole_law_is_light(site: Site) -> None:
    """The page itself; what it loads is a chapter's."""
    for law in (LAW, "xizang-business-environment"):
        for language in ("zh", "en"):
            page = site.folder / language / law / "full" / "index.html"
            chapters = page.parent.parent.glob("chapter-*/index.html")
            parts = [len(gzip.compress(chapter.read_bytes())) for chapter in chapters]
            assert len(gzip.compress(page.read_bytes())) < sum(parts)
