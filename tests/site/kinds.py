"""One page of every kind, for the checks that look at all of them."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.site.conftest import LAW

_EACH = {
    "home": "",
    "overview": f"{LAW}/",
    "chapter": f"{LAW}/chapter-3/",
    "whole-law": f"{LAW}/full/",
    "pinyin": f"{LAW}/chapter-3/pinyin/",
    "about-this-text": f"{LAW}/about/",
    "source": "source/newspaper-page/",
    "glossary": "glossary/",
    "index": "a-z/",
    "letter": "a-z/a/",
    "concordance": "concordance/s/",
    "search": "search/?q=社区",
    "offline": "offline/?page=zh/elsewhere/",
    "quote": "quote/",
    "prose": "about/",
    "policy": "policy/",
    "citing": "citing/",
    "translators": "translators/",
    "accessibility": "accessibility/",
}
KINDS = {
    "choose": "",
    "missing": "404.html",
    **{
        f"{language}-{kind}": f"{language}/{path}"
        for language in ("zh", "en")
        for kind, path in _EACH.items()
    },
}
WIDTHS = (1440, 768, 390)


def opened(page: Page, address: str) -> None:
    """Go to a page and wait until it is complete, with its results where it searches."""
    page.goto(address)
    if "?q=" in address:
        page.locator(".hits li").first.wait_for()
