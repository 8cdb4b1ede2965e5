"""Search of what is no query, and without its index."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.site.asking import ANSWERED

pytestmark = [pytest.mark.site, pytest.mark.browser]

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    ".*+?^${}()|[]\\",
    "(((((((((((((((((((a",
    "\u202e\u202d\u2066x",
    "__proto__ constructor toString",
    "a" * 999,
    "社" * 999,
    "ang" * 330,
    " ".join("社区" for _ in range(300)),
    "第" * 500 + "条",
    "社区" * 5000,
    "art " * 240,
    "((1)" * 240,
)


def test_bad_input_is_text_and_quick(page: Page, browser: Browser) -> None:
    page.on("dialog", lambda _: pytest.fail("a script was run"))
    page.goto("en/search/?q=a")
    expect(page.locator("#found")).not_to_be_empty()
    longest = {}
    for query in HOSTILE:
        browser.start_tracing(page=page, categories=["toplevel"])
        page.locator("#q").fill(query)
        page.wait_for_function(ANSWERED, arg=query)
        longest[ascii(query)[:24]] = _longest_task(json.loads(browser.stop_tracing()))
        expect(page.locator("#found")).not_to_be_empty()
        assert page.locator("#hits img, #found img, #hits script").count() == 0
    assert 0 < max(longest.values()) < 100, longest


def _longest_task(trace: dict[str, Any]) -> float:
    """Milliseconds of processor time that the page's longest task took."""
    events = trace["traceEvents"]
    main = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    tasks = [event for event in events if event["name"].endswith("RunTask")]
    return max(int(e.get("tdur", 0)) for e in tasks if (e["pid"], e["tid"]) in main) / 1000


def test_ten_thousand_characters_and_lone_surrogates(page: Page) -> None:
    page.goto("en/search/")
    page.locator("#q").fill("社区" * 5000)
    expect(page.locator("#found")).to_contain_text("1,000 characters")
    page.locator("#q").evaluate(
        r"e => { e.value = '\ud800社区\udc00'; e.dispatchEvent(new Event('input')); }"
    )
    expect(page.locator("#hits mark").first).to_have_text("社区")
    page.locator("#q").fill("，。！")
    expect(page.locator("#found")).to_contain_text("at least one letter")


def test_index_missing(page: Page) -> None:
    page.route("**/assets/search/index.js*", lambda route: route.abort())
    page.goto("en/search/?q=社区")
    expect(page.locator("#found")).to_have_text("The search records could not be loaded.")
    page.unroute("**/assets/search/index.js*")
    page.locator("#q").press("Enter")
    expect(page.locator("#hits mark").first).to_have_text("社区")
