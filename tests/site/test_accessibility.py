"""axe's rules (WCAG 2.2 AA and best practice) and reflow, on every kind of page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.site import axe, targets
from tests.site.conftest import LAW, Site
from tests.site.kinds import KINDS, WIDTHS, opened

pytestmark = [pytest.mark.site, pytest.mark.browser]

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@pytest.fixture(scope="module")
def page(site: Site, browser: Browser) -> Iterator[Page]:
    with browser.new_context(base_url=site.url, reduced_motion="reduce") as context:
        yield context.new_page()


def _settings(kind: str) -> list[tuple[int, Scheme]]:
    """Widths and schemes to look at: together the two languages of a kind have each of them.

    DUIZHAO_AXE=all looks at each page in every combination.
    """
    every: list[tuple[int, Scheme]] = list(product(WIDTHS, SCHEMES))
    if axe.THOROUGH:
        return every
    return [every[0], every[5]] if kind.startswith("en") else [every[3], every[4]]


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(page: Page, kind: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    opened(page, KINDS[kind])
    faults = {}
    for width, scheme in _settings(kind):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        if found := axe.faults(page):
            faults[width, scheme] = found
    assert not faults


@pytest.mark.parametrize("kind", KINDS)
def test_a_finger_hits_what_it_is_put_on(page: Page, kind: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, KINDS[kind])
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert targets.faults(page) == []
    for name in page.locator(".masthead .of a").all():
        box = name.bounding_box()
        assert box
        assert box["height"] >= 24
    if page.locator(".to-contents").count():
        page.locator(".to-contents").click()
        assert targets.faults(page) == []
        page.keyboard.press("Escape")


@pytest.mark.parametrize(
    "texts", [".row > .en", ".row > .zh a[href^='#t']", "#art_20__para_1 > .en"]
)
def test_axe_finds_faint_texts(page: Page, texts: str) -> None:
    """Contrast is not measured of all texts, yet no look of a text is left out."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")
    page.goto(f"en/{LAW}/chapter-3/")
    page.evaluate(
        "texts => document.querySelectorAll(texts).forEach(n => n.style.color = '#bbb')", texts
    )
    assert [fault for fault in axe.faults(page) if fault.startswith("color-contrast")]


@pytest.mark.parametrize("state", ["tip", "menu", "contents", "zh", "en"])
def test_axe_finds_nothing_in_what_opens(page: Page, state: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.emulate_media(color_scheme="dark")
    page.goto(f"en/{LAW}/chapter-3/")
    match state:
        case "tip":
            page.locator(".row a[href^='#t']").first.focus()
        case "menu":
            page.locator("button.c").first.click()
        case "contents":
            page.locator(".to-contents").click()
        case view:
            page.locator(f"label:has(#view-{view})").click()
    assert not axe.faults(page)
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_in_results_and_their_lists(page: Page, language: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{language}/search/?q=人民政府")
    named = {"zh": "法规", "en": "Law"}[language]  # not 法律, which is one kind of them
    page.get_by_role("combobox", name=named, exact=True).click()
    expect(page.locator("#laws [role=option]")).to_have_count(2)
    assert not axe.faults(page)
    page.locator("#q").fill("人民")
    expect(page.locator("#options")).to_be_visible()
    assert not axe.faults(page)


def test_forced_colours_tell_what_is_chosen(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"en/{LAW}/chapter-3/")
    lines = """([chosen, others, side]) => {
      const line = each => getComputedStyle(each).getPropertyValue(`border-${side}-color`);
      const all = [...document.querySelectorAll(others)].filter(each => !each.matches(chosen));
      return [line(document.querySelector(chosen)), ...new Set(all.map(line))];
    }"""
    for chosen, others, side in (
        (".sizes :checked + span", ".sizes span", "block-end"),
        (
            ".contents ul > li > a[aria-current]",
            ".contents ul > li > :is(a, button)",
            "inline-start",
        ),
    ):
        found = page.evaluate(lines, [chosen, others, side])
        assert len(found) == len(set(found)) == 2, chosen


def test_no_page_scrolls_sideways(page: Page) -> None:
    faults = []
    for kind, width in product(KINDS, (320, 390, 768, 1100)):
        if width == 320:
            page.goto(KINDS[kind])
        page.set_viewport_size({"width": width, "height": 800})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            faults.append((kind, width, over))
    assert not faults


def test_skip_link_comes_first_and_leads_to_the_text(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"zh/{LAW}/chapter-3/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "md-skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_focus_is_visible_on_every_kind_of_control(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"zh/{LAW}/chapter-3/")
    for selector in (
        ".seal",
        ".scheme",
        ".row .n",
        ".row .x",
        ".row .c",
        ".ref",
        ".row a[href^='#t']",
        ".turn a",
    ):
        page.locator(selector).first.focus()
        page.keyboard.press("Shift")  # the keyboard is in use
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", selector
