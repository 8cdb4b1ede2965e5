"""A long law is laid out a piece at a time; once that is done, nothing tells."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.site import axe
from tests.site.asking import until
from tests.site.conftest import LAW, Site

pytestmark = [pytest.mark.site, pytest.mark.browser]

WHOLE = f"en/{LAW}/full/"
_LAST = """() => [...document.querySelectorAll(".article .zh")].at(-1).checkVisibility({ contentVisibilityAuto: true })"""
_TOPS = """() => [...document.querySelectorAll(".leaf > *, .row")].map(e => e.getBoundingClientRect().top + scrollY)"""


@pytest.fixture(params=[390, 1440])
def reader(site: Site, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that notes, when it has loaded, whether the last article is laid out."""
    size = {"width": request.param, "height": 900}
    with browser.new_context(base_url=site.url, viewport=size) as context:  # type: ignore[arg-type]
        context.add_init_script(
            f"addEventListener('load', () => requestAnimationFrame(() => window.whole = ({_LAST})()));"
        )
        yield context.new_page()


def test_what_is_beyond_the_window_is_laid_out_after_the_page_has_loaded(reader: Page) -> None:
    reader.goto(WHOLE)
    until(reader, "'whole' in window")
    assert reader.evaluate("window.whole") is False
    axe.unfolded(reader)
    assert reader.evaluate(_LAST)


def test_unfolded_it_is_the_page_that_it_was(reader: Page) -> None:
    reader.goto(WHOLE)
    axe.unfolded(reader)
    unfolded = reader.evaluate(_TOPS)
    reader.reload()  # then all is laid out at once
    until(reader, "'whole' in window")
    assert reader.evaluate("window.whole") is True
    assert reader.evaluate(_TOPS) == pytest.approx(unfolded, abs=0.1)


def test_the_place_that_was_asked_for_stays_where_it_is(reader: Page) -> None:
    reader.goto(f"{WHOLE}#art_20__para_1")
    place = reader.locator("#art_20__para_1")
    expect(place).to_be_in_viewport()
    before = place.evaluate("e => e.getBoundingClientRect().top")
    axe.unfolded(reader)
    assert place.evaluate("e => e.getBoundingClientRect().top") == pytest.approx(before, abs=2)


def test_whoever_comes_back_is_at_the_same_provision(reader: Page) -> None:
    reader.goto(WHOLE)
    axe.unfolded(reader)
    reader.locator("#art_20__para_1").evaluate("e => e.scrollIntoView()")
    where = reader.evaluate("scrollY")
    reader.reload()
    expect(reader.locator("#art_20__para_1")).to_be_in_viewport()
    reader.goto(f"en/{LAW}/")
    reader.go_back()
    expect(reader.locator("#art_20__para_1")).to_be_in_viewport()
    assert reader.evaluate("scrollY") == pytest.approx(where, abs=2)
