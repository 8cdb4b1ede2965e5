"""How often a page asks for files of search, one after the other, before it shows a result."""

from __future__ import annotations

from playwright.sync_api import Page, Route

#: looks, one after the other, at which a page asks for nothing more: a busy one asks late
STILL = 3
_IDLE = "() => new Promise(done => setTimeout(() => setTimeout(done, 30), 30))"
_SHOWN = """query => {
  const hits = document.getElementById("hits");
  return !!hits.querySelector(".cite") || hits.dataset.answered === query;
}"""


class Journeys:
    """Keeps every answer back until the page asks for nothing more, and counts how often."""

    def __init__(self, page: Page) -> None:
        self._page, self._held = page, list[Route]()
        page.route("**/assets/search/**", self._hold)

    def _hold(self, route: Route) -> None:
        self._held.append(route)

    def of(self, query: str) -> int:
        """Send a query; the journeys before its first result, or its answer without any."""
        page = self._page
        page.locator("#q").fill(query)
        page.evaluate("() => document.getElementById('hits').replaceChildren()")
        page.locator("#q").press("Enter")
        count = 0
        while True:
            still = 0
            while still < STILL:
                seen = len(self._held)
                page.evaluate(_IDLE)
                still = still + 1 if seen == len(self._held) else 0
            if not self._held and page.evaluate(_SHOWN, query):
                return count
            count += bool(self._held)
            answered, self._held[:] = self._held[:], []
            for route in answered:
                route.continue_()
