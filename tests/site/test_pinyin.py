"""The pages with pinyin: the same text under the same anchors, seen but not read out twice."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser
from tests.site.conftest import LAW, Site

pytestmark = [pytest.mark.site, pytest.mark.browser]

PINYIN = f"en/{LAW}/chapter-3/pinyin/"
ROW = "art_16__para_2"


def _texts(site: Site, address: str) -> tuple[list[str], list[str | None]]:
    """The Chinese of a page's rows and headings without ruby, and the page's anchors."""
    tree = LexborHTMLParser((site.folder / address / "index.html").read_bytes())
    for over in tree.css("rt"):
        over.decompose()
    texts = [node.text() for node in tree.css(".leaf p.zh, .leaf h1 .zh, .leaf h2 .zh")]
    return texts, [node.attributes["id"] for node in tree.css(".leaf [id]")]


def test_the_text_and_its_anchors_are_those_of_the_chapter(site: Site) -> None:
    found = sorted(site.folder.glob("*/*/*/pinyin/index.html"))
    assert len(found) == 12  # six chapters in two languages
    for page in found:
        address = page.parent.relative_to(site.folder)
        assert _texts(site, str(address)) == _texts(site, str(address.parent))


def test_words_stand_under_their_pinyin(page: Page) -> None:
    page.goto(PINYIN)
    row = page.locator(f"#{ROW} > .zh")
    first = row.locator("ruby").first
    assert first.inner_html() == ('县级<rt lang="zh-Latn-pinyin" aria-hidden="true">xiànjí</rt>')
    over, under = first.locator("rt").bounding_box(), first.bounding_box()
    assert over
    assert under
    assert over["y"] < under["y"] + under["height"] / 2
    spoken = row.aria_snapshot()
    assert "xiànjí" not in spoken
    assert "县级" in spoken


def test_pinyin_is_not_copied_with_the_text(page: Page) -> None:
    page.goto(PINYIN)
    text = page.evaluate(
        """id => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector(`#${id} > .zh`));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          return getSelection().toString();
        }""",
        ROW,
    )
    assert text.startswith("县级以上人民政府应当依法制定、公布社区协助政府工作事项清单")


def test_between_chapter_and_pinyin_without_scripts(site: Site, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False, base_url=site.url) as context:
        page = context.new_page()
        page.goto(f"en/{LAW}/chapter-3/")
        page.get_by_role("link", name="Pinyin: Article 16", exact=True).click()
        expect(page).to_have_url(re.compile(r"/chapter-3/pinyin/#art_16$"))
        expect(page.locator("#art_16")).to_be_in_viewport()
        page.get_by_role("link", name="Chapter: Article 16", exact=True).click()
        expect(page).to_have_url(re.compile(r"/chapter-3/#art_16$"))
        page.locator(".running").get_by_role("link", name="Pinyin").click()
        page.get_by_role("navigation", name="Contents").get_by_role(
            "link", name=re.compile("Chapter 1")
        ).click()
        expect(page).to_have_url(re.compile(r"/chapter-1/pinyin/$"))


def test_search_engines_find_the_chapter(page: Page, site: Site) -> None:
    page.goto(PINYIN)
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    assert canonical == f"{site.url}en/{LAW}/chapter-3/"
    expect(page.locator("link[hreflang]:not([type])")).to_have_count(0)


def test_terms_and_notes_work_there_too(page: Page) -> None:
    page.goto(PINYIN)
    page.locator(f"#{ROW} .zh a[href^='#t']:not(.u)").first.focus()
    expect(page.locator("#tip")).to_be_visible()
    expect(page.locator(".notes").first).to_be_visible()


def test_text_size(site: Site, browser: Browser) -> None:
    for scripts in (True, False):
        with browser.new_context(java_script_enabled=scripts, base_url=site.url) as context:
            page = context.new_page()
            page.set_viewport_size({"width": 320, "height": 640})
            page.goto(f"zh/{LAW}/chapter-3/")
            row = page.locator(f"#{ROW} > .zh")
            before = row.bounding_box()
            page.locator("#size-normal").focus()
            page.keyboard.press("ArrowRight")
            expect(page.locator("#size-large")).to_be_checked()
            after = row.bounding_box()
            assert before
            assert after
            assert after["height"] > before["height"] * 1.2
            page.keyboard.press("ArrowLeft")
            page.keyboard.press("ArrowRight")
            if scripts:
                assert page.evaluate("document.documentElement.scrollWidth") <= 320
                page.goto(f"zh/{LAW}/chapter-1/")  # it is remembered
                expect(page.locator("#size-large")).to_be_checked()
