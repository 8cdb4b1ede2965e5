"""Printing from the browser: the text and its notes, nothing to press, no empty pages."""

from __future__ import annotations

import re
import unicodedata

import pypdfium2
import pytest
from playwright.sync_api import Page
from tests.site.conftest import LAW, Site

pytestmark = [pytest.mark.site, pytest.mark.browser]

PRINTED = (f"zh/{LAW}/chapter-1/", "en/xizang-business-environment/full/")


def plain(text: str) -> str:
    """A text as it is compared: no white space, no hyphens, no radicals in place of characters.

    Chromium's PDFs give some characters as the radicals that look alike; a hyphen at the
    end of a line is read as U+0002 or U+FFFE.
    """
    folded = unicodedata.normalize("NFKC", re.sub(r"[\x02\ufffe-]\s*", "", text))
    return re.sub(r"\s+", "", folded)


def printed(page: Page) -> list[str]:
    """The text of each page that a browser prints on A4."""
    document = pypdfium2.PdfDocument(page.pdf(format="A4"))
    return [plain(sheet.get_textpage().get_text_range()) for sheet in document]


@pytest.mark.parametrize("address", PRINTED)
def test_a_law_is_printed_whole(site: Site, page: Page, address: str) -> None:
    page.goto(address)
    sheets = printed(page)
    whole = "".join(sheets)

    # the text with its notes: the beginning of each, which no break divides
    for selector in ("p.zh", "p.en", ".notes .note", "h1 .zh", ".row.head .en"):
        for words in page.locator(f".leaf {selector}").evaluate_all(
            """all => all.map(node => {
                const copy = node.cloneNode(true);
                for (const extra of copy.querySelectorAll(".back")) extra.remove();
                return copy.textContent;
            })"""
        ):
            assert plain(words)[:12] in whole, words

    # nothing of the interface
    for selector in (".masthead", ".running", ".contents", ".k", ".terms", ".turn", ".prints"):
        page.emulate_media(media="print")
        assert not any(part.is_visible() for part in page.locator(selector).all()), selector

    # of which law this is, what this text is, and where it is
    assert plain(page.locator(".crumbs li:nth-child(2)").inner_text()) in sheets[0]
    assert plain(page.locator(".colophon p").first.inner_text()) in sheets[-1]
    assert plain(site.url + address) in sheets[-1]
    for number, sheet in enumerate(sheets, 1):
        assert f"{number}/{len(sheets)}" in sheet


@pytest.mark.parametrize("address", PRINTED)
def test_pages_are_filled_and_headings_stay_with_their_text(page: Page, address: str) -> None:
    page.goto(address)
    sheets = printed(page)
    most = max(map(len, sheets))
    assert all(len(sheet) > 0.4 * most for sheet in sheets[1:-1])
    for article in page.locator("section.article:has(.row.head)").all():
        heading = plain(
            article.locator(".row.head .zh, .row.head h2, .row.head h3").first.inner_text()
        )
        words = plain(article.locator("p.zh").first.inner_text())[:8]
        on = [n for n, sheet in enumerate(sheets) if words in sheet]
        assert any(heading[:3] in sheets[n] for n in on), heading
    # the last page has more than the closing lines
    page.emulate_media(media="print")
    closing = len(plain(page.locator(".colophon").inner_text()))
    assert len(sheets[-1]) > closing + 20


def test_an_article_printed_alone_says_of_which_law_it_is(page: Page) -> None:
    page.goto(PRINTED[0])
    page.evaluate("window.print = () => {}")
    page.locator("#art_2__para_1 .c, .row.head .c").first.click()
    page.locator('[data-kind="print"]').click()
    (sheet,) = printed(page)
    assert plain(page.locator(".crumbs li:nth-child(2)").inner_text()) in sheet
