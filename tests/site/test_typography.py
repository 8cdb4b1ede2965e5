"""How the text of a law is set, as the browser measures it: lines, sizes, line ends."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.site.conftest import LAW

pytestmark = [pytest.mark.site, pytest.mark.browser]

CHAPTER = f"en/{LAW}/chapter-3/"
SOURCE = "zh/source/newspaper-page/"  # whose title has those of two laws
#: The baselines of the number, both languages and the first link, of each paragraph: pixels,
#: as the fonts' descent gives them.
_BASELINES = """rows => {
    const pen = document.createElement("canvas").getContext("2d");
    return rows.map(row => [".n", ".zh", ".en", ".k > a"].map(part => {
        const shown = row.querySelector(`:scope > ${part}`);
        if (!shown || !shown.getClientRects().length) return null;
        const text = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT).nextNode();
        const range = document.createRange();
        range.selectNodeContents(text);
        pen.font = getComputedStyle(text.parentElement).font;
        const box = range.getClientRects()[0];
        return box.bottom - pen.measureText("x").fontBoundingBoxDescent;
    }).filter(each => each !== null));
}"""
_RATIO = """rt => parseFloat(getComputedStyle(rt).fontSize)
    / parseFloat(getComputedStyle(rt.closest("p")).fontSize)"""


@pytest.mark.parametrize("size", ["small", "normal", "large"])
@pytest.mark.parametrize("address", [CHAPTER, f"{CHAPTER}pinyin/"])
def test_a_provision_stands_on_one_line(page: Page, address: str, size: str) -> None:
    page.goto(address)
    page.locator(f"label:has(#size-{size})").click()
    for view in ("both", "zh", "en"):
        page.locator(f"label:has(#view-{view})").click()
        rows = page.locator(".row:not(.head, .sole):visible").evaluate_all(_BASELINES)
        assert len(rows) > 5
        for baselines in rows:
            assert max(baselines) - min(baselines) < 5  # what fonts say of themselves is rounded


def test_pinyin_is_as_large_as_its_characters_ask(page: Page) -> None:
    page.goto(f"{CHAPTER}pinyin/")
    sounds = page.locator(".row > .zh rt").first
    for size in ("small", "normal", "large"):
        page.locator(f"label:has(#size-{size})").click()
        assert 0.55 < sounds.evaluate(_RATIO) < 0.62
    page.emulate_media(media="print")
    assert 0.55 < sounds.evaluate(_RATIO) < 0.62


#: How wide the last line of each paragraph of several lines is: times its characters' size.
_LAST_LINES = """texts => texts.map(text => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const boxes = [...range.getClientRects()];
    const low = Math.max(...boxes.map(box => box.bottom));
    const last = boxes.filter(box => box.bottom > low - 8);
    if (last.length === boxes.length) return 99;
    const wide = Math.max(...last.map(box => box.right)) - Math.min(...last.map(box => box.left));
    return wide / parseFloat(getComputedStyle(text).fontSize);
})"""


@pytest.mark.parametrize("width", [1440, 1240, 900, 390])
@pytest.mark.parametrize(
    ("address", "texts", "least"),
    [  # where a mark follows the last character, that is more than two
        (f"zh/{LAW}/chapter-3/", ".row:not(.head) > .zh", 2.1),
        ("zh/policy/", "article > p", 2.1),
        ("zh/a-z/x/", ".alphabet > ul > li:not(:has(a + a))", 1.9),
    ],
)
def test_no_character_stands_alone_on_a_last_line(
    page: Page, width: int, address: str, texts: str, least: float
) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto(address)
    lines = page.locator(texts).evaluate_all(_LAST_LINES)
    assert len(lines) > 10
    assert min(lines) > least


def test_a_title_is_not_cut_within_a_word_on_the_narrowest_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(CHAPTER)
    lines = page.locator(".of a").evaluate("""link => {
        const words = document.createRange();
        words.setStart(link.firstChild, 0);
        words.setEnd(link.firstChild, link.textContent.indexOf(" "));
        return words.getClientRects().length;
    }""")
    assert lines == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [390, 360])
def test_the_short_title_in_the_running_head_is_whole_on_a_phone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in (CHAPTER, f"zh/{LAW}/chapter-3/", "en/xizang-business-environment/"):
        page.goto(address)
        cut = page.locator(".of a").evaluate("link => link.scrollHeight - link.clientHeight")
        assert cut <= 0, address
        assert page.locator(".masthead").evaluate("head => head.clientHeight") <= 60


@pytest.mark.parametrize("width", [300, 340, 360, 390])
def test_a_title_is_broken_between_words(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    pages = ((f"zh/{LAW}/", "h1 .zh, .of a"), ("zh/", ".card .zh"), (SOURCE, "h1"))
    for address, title in pages:
        page.goto(address)
        lines = page.locator(title).evaluate_all("""titles => titles.map(title =>
            [...title.childNodes].filter(node => node.data).map(word => {
                const range = document.createRange();
                range.selectNodeContents(word);
                return new Set([...range.getClientRects()].map(box => box.top)).size;
            }))""")
        assert lines
        assert all(len(words) > 3 and set(words) == {1} for words in lines), address


@pytest.mark.parametrize("address", ["en/", "zh/", "en/search/", "zh/search/"])
def test_what_to_type_is_said_whole_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address)
    room, words = page.locator(".find.large input").evaluate("""field => {
        const style = getComputedStyle(field);
        const pen = document.createElement("canvas").getContext("2d");
        pen.font = style.font;
        const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        return [room, pen.measureText(field.placeholder).width];
    }""")
    assert words <= room


def test_text_at_twice_its_size_leaves_words_whole_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("en/", "en/accessibility/", f"en/{LAW}/"):
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        cut = page.locator("h1").evaluate("""heading => {
            const text = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
            const found = [];
            for (let node; (node = text.nextNode());)
                for (const word of node.data.matchAll(/[A-Za-z’-]+[,.]?/g)) {
                    const range = document.createRange();
                    range.setStart(node, word.index);
                    range.setEnd(node, word.index + word[0].length);
                    if (range.getClientRects().length > 1) found.push(word[0]);
                }
            return found;
        }""")
        assert not cut, address
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_apostrophe_of_pinyin_is_narrow(page: Page) -> None:
    page.goto("zh/glossary/")
    wide = page.locator("h3 .py:has-text('’')").first.evaluate("""said => {
        const at = said.textContent.indexOf("’");
        const range = document.createRange();
        range.setStart(said.firstChild, at);
        range.setEnd(said.firstChild, at + 1);
        return range.getBoundingClientRect().width / parseFloat(getComputedStyle(said).fontSize);
    }""")
    assert wide < 0.5


def test_what_is_said_of_an_article_is_not_over_its_number_from_the_right(page: Page) -> None:
    page.goto(f"zh/{LAW}/chapter-3/")
    page.evaluate("""() => {
        document.documentElement.dir = "rtl";
        for (const text of document.querySelectorAll(".zh")) text.dir = "ltr";
    }""")
    left, right = page.locator(
        ".row.head"
    ).first.evaluate("""row => ["h2 .zh", ".of-zh"].map(part => {
        const range = document.createRange();
        range.selectNodeContents(row.querySelector(part));
        const { left, right } = range.getBoundingClientRect();
        return [left, right];
    })""")
    assert left[1] < right[0]


def test_the_picture_of_a_print_does_not_part_a_heading_from_its_table(page: Page) -> None:
    page.goto("en/xizang-business-environment/")
    page.evaluate(  # as of a law without chapters
        "document.querySelectorAll('p:has(.first-page) + table tr + tr').forEach(r => r.remove())"
    )
    picture = page.locator(".first-page").bounding_box()
    heading = page.locator("p:has(.first-page) ~ h2").first.bounding_box()
    assert picture is not None
    assert heading is not None
    assert heading["y"] >= picture["y"] + picture["height"]
