"""Nothing moves while a page loads, and enlarged text loses nothing, on every kind of page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.site.conftest import LAW, Site
from tests.site.kinds import KINDS

pytestmark = [pytest.mark.site, pytest.mark.browser]

_SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries())
    if (!entry.hadRecentInput)
      window.shifts.push([entry.value, ...entry.sources.map(s => s.node?.parentElement?.outerHTML.slice(0, 80))]);
}).observe({ type: "layout-shift", buffered: true });
"""
#: pages at which a reader arrives in the middle
PLACES = {
    "place": f"zh/{LAW}/chapter-3/#art_17",
    "place-in-whole-law": f"en/{LAW}/full/#art_20__para_1",
}


@pytest.mark.parametrize(("width", "language"), [(390, "zh"), (1440, "en")])
def test_nothing_moves_while_a_page_loads(
    site: Site, browser: Browser, width: int, language: str
) -> None:
    faults = {}
    some = {kind: at for kind, at in (KINDS | PLACES).items() if _in(at) in (language, "")}
    with browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 900}
    ) as context:
        context.add_init_script(_SHIFTS)
        page = context.new_page()
        for kind, address in some.items():
            page.goto("about:blank")
            page.goto(address)
            if "?q=" in address:
                page.locator(".hits li").first.wait_for()
            page.evaluate("() => new Promise(f => requestAnimationFrame(() => setTimeout(f, 50)))")
            if found := page.evaluate("window.shifts"):
                faults[kind] = found
    assert len(some) > 15
    assert not faults


def _in(address: str) -> str:
    """The language of an address, "" for those in all languages."""
    first = address.partition("/")[0]
    return first if first in ("zh", "en") else ""
