"""Tables of a law in the browser: the pair in each cell, words that stay whole, the views."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from tests.site.conftest import LAW, Site

pytestmark = [pytest.mark.site, pytest.mark.browser]

_TABLE = (
    '<div class="scroll" tabindex="0" role="region" aria-label="Table 1"><table class="law"><thead><tr>'
    '<th><span id="t_1" lang="zh-Hans-CN">税目</span> <span lang="en">Taxable items</span></th>'
    + '<th><span lang="zh-Hans-CN">税率</span> <span lang="en">Administration</span></th>'
    * 7
    + '</tr></thead><tbody><tr><td><span lang="zh-Hans-CN">12.6</span></td>'
    '<td><span class="long" lang="zh-Hans-CN">拖船按照发动机功率每千瓦折合净吨位。</span></td>'
    "</tr></tbody></table></div>"
)


def test_a_table_of_a_file_to_pass_on_is_scrolled_on_a_phone(site: Site, browser: Browser) -> None:
    """It is wider than the window; the page is not."""
    with browser.new_context(
        base_url=site.url, viewport={"width": 390, "height": 800}, bypass_csp=True
    ) as context:
        page = context.new_page()
        page.goto(f"data/{LAW}/{LAW}.zh-en.html")
        cells = "<td><p>税率</p><p>Administration</p></td>" * 8
        page.locator("main").evaluate(
            "(e, table) => e.insertAdjacentHTML('afterbegin', table)",
            f"<table><tbody><tr>{cells}</tr></tbody></table>",
        )
        inside = page.locator("table").evaluate("t => t.scrollWidth - t.clientWidth")
        assert inside > 100
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_table_can_be_read_in_each_view(site: Site, browser: Browser) -> None:
    with browser.new_context(
        base_url=site.url, viewport={"width": 390, "height": 800}, bypass_csp=True
    ) as context:
        page = context.new_page()
        page.goto(f"en/{LAW}/chapter-3/")
        page.locator("article").evaluate(
            "(e, table) => e.insertAdjacentHTML('afterbegin', table)", _TABLE
        )
        table = page.locator("table.law")
        zh, en = table.get_by_text("税率").first, table.get_by_text("Administration").first
        above, below = zh.bounding_box(), en.bounding_box()
        assert above
        assert below
        assert above["y"] + above["height"] <= below["y"] + 1  # each on lines of its own
        assert below["height"] < 40  # a word on one line
        assert (
            table.locator("td").first.evaluate("e => getComputedStyle(e).borderTopWidth") == "1px"
        )
        remark = table.get_by_text("拖船").bounding_box()
        assert remark
        assert remark["height"] < 60  # eighteen characters on two lines, among eight columns
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.locator("label:has(#view-zh)").click()
        expect(zh).to_be_visible()
        expect(en).to_be_hidden()
        page.locator("label:has(#view-en)").click()
        expect(zh).to_be_hidden()
        expect(en).to_be_visible()
        expect(table.get_by_text("12.6")).to_be_visible()  # it has no translation
