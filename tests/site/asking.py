"""Search as a person uses it: types a query, sends it, has all results shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page

_SHOW_ALL = """async () => {
  for (let more; more = document.querySelector("#hits button.more");) {
    more.click();
    await new Promise(done => setTimeout(done, 5));
  }
}"""
ANSWERED = "query => document.getElementById('hits').dataset.answered === query"


def ask(page: Page, query: str, language: str = "en") -> None:
    """Type a query into the search page and send it."""
    if "/search/" not in page.url:
        page.goto(f"{language}/search/")
    page.locator("#q").fill(query)
    page.locator("#q").press("Enter")
    page.wait_for_function(ANSWERED, arg=query)


def hits(page: Page) -> list[str]:
    page.evaluate(_SHOW_ALL)
    links = page.locator("#hits .law-hits:not([aria-label]) .cite > a")
    return [href.rpartition("#")[2] for href in values(links, "href")]


def values(found: Locator, attribute: str) -> list[str]:
    """What an attribute of each of them is, asked of the browser at once."""
    script = "(nodes, name) => nodes.map(node => node.getAttribute(name) ?? '')"
    return list(map(str, found.evaluate_all(script, attribute)))


def until(page: Page, question: str, *given: str) -> None:
    """Wait until a question, which may be a promise, is answered with yes."""
    for _ in range(100):
        if page.evaluate(question, *given):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never: {question}")
