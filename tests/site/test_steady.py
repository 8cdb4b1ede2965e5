"""Nothing moves while a page loads, and enlarged text loses nothing, on every kind of page."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.browser import FLAGS, browser_path
from tests.site.conftest import LAW, Site
from tests.site.kinds import KINDS, opened
from tests.site.serving import Network, served

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


@pytest.mark.bench
def test_no_long_task_on_load(site: Site, browser: Browser) -> None:
    """No task over 50 ms, as the middle one of five loads has it; said of every kind of page."""
    longest: dict[str, float] = {}
    with browser.new_context(base_url=site.url, viewport={"width": 390, "height": 900}) as context:
        context.add_init_script(
            "window.tasks = []; new PerformanceObserver(list => window.tasks.push("
            "...list.getEntries().map(task => task.duration)))"
            ".observe({ type: 'longtask', buffered: true });"
        )
        page = context.new_page()
        for kind, address in (KINDS | PLACES).items():
            loads = []
            for _ in range(5):
                page.goto("about:blank")
                page.goto(address)
                page.wait_for_load_state("networkidle")
                loads.append(max([0, *page.evaluate("window.tasks")]))
            longest[kind] = statistics.median(loads)
    sys.stdout.write("".join(f"{kind:24}{ms:6.0f} ms\n" for kind, ms in longest.items()))
    assert not {kind: ms for kind, ms in longest.items() if ms > 50}


@pytest.mark.parametrize(("width", "language"), [(390, "zh"), (1440, "en")])
def test_nothing_moves_while_a_page_loads(
    site: Site, browser: Browser, width: int, language: str
) -> None:
    faults = {}
    some = _some(language)
    with browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 900}
    ) as context:
        context.add_init_script(_SHIFTS)
        page = context.new_page()
        for kind, address in some.items():
            page.goto("about:blank")
            opened(page, address)
            page.evaluate("() => new Promise(f => requestAnimationFrame(() => setTimeout(f, 50)))")
            if found := page.evaluate("window.shifts"):
                faults[kind] = found
    assert len(some) > 15
    assert not faults


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_while_a_page_comes_slowly(site: Site, browser: Browser, width: int) -> None:
    """The lines above the text, and tables, are painted whole, however a page is broken into packets."""
    slow = served(Network(site.folder, slow=True))
    size = {"width": width, "height": 1600}
    with slow as url, browser.new_context(base_url=url, viewport=size) as context:  # type: ignore[arg-type]
        context.add_init_script(_SHIFTS)
        page = context.new_page()
        page.goto(f"en/{LAW}/chapter-3/")
        assert not page.evaluate("window.shifts")
        for line in (".masthead", ".running"):
            assert page.locator(line).is_visible()
        page.goto("zh/translators/")
        assert not page.evaluate("window.shifts")
        tables = page.locator("article > table").all()
        assert tables
        assert all(table.is_visible() for table in tables)


def _some(language: str) -> dict[str, str]:
    """The pages of a language, and those in all languages."""
    other = "en/" if language == "zh" else "zh/"
    return {kind: at for kind, at in (KINDS | PLACES).items() if not at.startswith(other)}


#: what a reader of the page must still be able to see and press when its text is large
_LOST = """() => {
  const clipped = [];
  for (const node of document.querySelectorAll("main :is(p, h1, h2, h3, li, td, th, dt, dd, label, button, a), .masthead a, .masthead button")) {
    const style = getComputedStyle(node);
    if (style.display === "none" || style.visibility === "hidden" || style.clipPath !== "none" || !node.getClientRects().length) continue;
    if (node.closest("[hidden], .sure i, legend, .md-skip, .of, .where, thead")) continue; // shortened, or for ears alone
    const box = node.getBoundingClientRect();
    if (box.right > innerWidth + 1 && !node.closest(".scroll, .table")) clipped.push([node.outerHTML.slice(0, 80), "beyond the edge"]);
    const hides = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
    if (hides && (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1)) clipped.push([node.outerHTML.slice(0, 80), "cut off"]);
  }
  return clipped;
}"""


def _lost(page: Page, language: str) -> dict[str, list[object]]:
    faults: dict[str, list[object]] = {}
    for kind, address in _some(language).items():
        opened(page, address)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found = page.evaluate(_LOST)
        if over > 0 or found:
            faults[kind] = [over, *found[:4]]
    return faults


def test_a_page_at_200_per_cent_loses_nothing(site: Site, browser: Browser) -> None:
    with browser.new_context(
        base_url=site.url, viewport={"width": 640, "height": 512}, device_scale_factor=2
    ) as context:
        assert not _lost(context.new_page(), "en")


@pytest.fixture
def large(site: Site, browser: Browser) -> Iterator[Page]:
    """A page of a reader who sets the browser's text to twice its size."""
    launched = browser.browser_type.launch(
        executable_path=browser_path(), args=[*FLAGS, "--blink-settings=defaultFontSize=32"]
    )
    try:
        page = launched.new_page(base_url=site.url, viewport={"width": 1280, "height": 1024})
        page.goto("zh/")
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        yield page
    finally:
        launched.close()


def test_text_at_200_per_cent_loses_nothing(large: Page) -> None:
    """WCAG 1.4.4."""
    assert not _lost(large, "zh")


def test_text_at_200_per_cent_fits_a_phone(large: Page) -> None:
    large.set_viewport_size({"width": 390, "height": 800})
    over = {}
    for kind, address in KINDS.items():
        large.goto(address)
        over[kind] = large.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert {kind: by for kind, by in over.items() if by > 0} == {}
