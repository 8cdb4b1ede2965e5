"""The content security policy: on every page, and kept while everything is used."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser
from tests.site.conftest import LAW, Site, watched
from tests.site.kinds import KINDS, opened

pytestmark = [pytest.mark.site]

_COLLECT = """
window.violations = [];
document.addEventListener("securitypolicyviolation", e =>
  window.violations.push(`${e.effectiveDirective}: ${e.blockedURI} ${e.sample}`));
"""


def test_every_page_has_the_policy_and_no_inline_script(site: Site) -> None:
    policies = set()
    for path in site.pages():
        tree = LexborHTMLParser(path.read_bytes())
        first = tree.css("head > meta")[1]
        assert first.attributes["http-equiv"] == "Content-Security-Policy", path
        policies.add(first.attributes["content"])
        for script in tree.css("script"):
            data = script.attributes.get("type") in ("application/json", "application/ld+json")
            assert data or ("src" in script.attributes and not script.text()), path
        for node in tree.css("*"):
            assert not [name for name in node.attributes if name.startswith("on")], path
    assert len(policies) == 1
    policy = str(policies.pop())
    assert "unsafe-eval" not in policy
    assert "script-src 'self';" in policy


#: Presses what a page has and comes to a term; the policy asks not who pressed.
_USE = """async () => {
  for (const one of ["button.scheme", "label:has(#view-zh)", "label:has(#view-both)", "button.c"])
    document.querySelector(one)?.click();
  document.querySelector(".row a[href^='#t']")?.focus();
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return window.violations;
}"""


def _use(page: Page, address: str) -> list[str]:
    """Open a page and use what it has; what the policy stopped."""
    opened(page, address)
    return list(page.evaluate(_USE))


@pytest.mark.browser
def test_no_kind_of_page_breaks_the_policy(site: Site, browser: Browser) -> None:
    with browser.new_context(base_url=site.url) as context:
        faults = watched(context, site.url)
        page = context.new_page()
        page.add_init_script(_COLLECT)
        found = {kind: _use(page, address) for kind, address in KINDS.items()}
        assert {kind: stopped for kind, stopped in found.items() if stopped} == {}
        assert faults == []


@pytest.mark.browser
def test_the_policy_stops_what_it_should(site: Site, browser: Browser) -> None:
    """A test that cannot fail is none: an injected handler and script are stopped and seen."""
    with browser.new_context(base_url=site.url) as context:
        page = context.new_page()
        page.add_init_script(_COLLECT)
        page.goto(f"en/{LAW}/chapter-3/")
        page.evaluate(
            """() => {
              const script = document.createElement("script");
              try { script.text = "window.pwned = 1"; } catch {}
              document.body.append(script);
              try { document.body.setAttribute("onclick", "window.pwned = 1"); } catch {}
              document.body.click();
            }"""
        )
        assert page.evaluate("window.pwned") is None
        assert page.evaluate("window.violations.length") > 0


def test_files_to_take_away_have_a_policy_of_their_own(site: Site, page: Page) -> None:
    """They run nothing and fetch nothing, and their own style is let through."""
    files = sorted((site.folder / "data").rglob("*.html"))
    assert files
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    for path in files:
        asked.clear()
        page.goto(f"{site.url}{path.relative_to(site.folder).as_posix()}")
        assert [url for url in asked if not url.endswith("/favicon.ico")] == [page.url]
        assert page.evaluate("getComputedStyle(document.querySelector('.pair')).display") == "grid"
