"""Further languages on the built site: invented, from right to left, Tibetan.

Nothing here is a translation: the invented language and the Arabic one are English
between other signs, the Tibetan is a handful of words repeated.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode
from tests.site import axe
from tests.site.conftest import LAW, ROOT, Site, watched
from tests.site.kinds import opened
from tests.site.serving import served

from duizhao.building.mkdocs.site_build import render_site
from duizhao.building.whole.linkcheck import check_links

pytestmark = [pytest.mark.site, pytest.mark.browser, pytest.mark.slow]

WORDS = {"xx": "⟦{}⟧", "ar": "نص {}"}
#: Test words, “snow mountain”, “grass land”, “white”, “three”: no translation of a law.
TIBETAN = "གངས་རི་དང་རྩྭ་ཐང་། དཀར་པོ་གསུམ་ཡོད།"
ODD = "བོད་ཡིག་ནང་གི་ལྷ་སའི་སྐྱོབས་ཧཱུྃ།"  # in one unit only
PLACE = "art_1__para_1"


def spoken(folder: Path) -> None:
    """Give the site three languages more, each a folder and its name in mkdocs.yml."""
    english = folder / "translations/en/LC_MESSAGES"
    for code, form in WORDS.items():
        out = folder / f"translations/{code}/LC_MESSAGES"
        out.mkdir(parents=True)
        for path in english.glob("*.po"):
            catalog = polib.pofile(str(path), wrapwidth=0)
            for entry in catalog:
                entry.msgstr = form.format(entry.msgstr) if entry.msgstr else ""
                entry.msgstr_plural = {n: form.format(t) for n, t in entry.msgstr_plural.items()}
            catalog.save(str(out / path.name))
    out = folder / "translations/bo/LC_MESSAGES"
    out.mkdir(parents=True)
    catalog = polib.pofile(str(english / f"{LAW}.po"), wrapwidth=0)
    for entry in catalog:
        if entry.msgstr and entry.msgctxt != "title":
            entry.msgstr = ODD if entry.msgctxt == PLACE else TIBETAN
    catalog.save(str(out / f"{LAW}.po"))
    config = folder / "mkdocs.yml"
    line = "languages: [zh, en]"
    text = config.read_text("utf-8")
    assert line in text
    config.write_text(text.replace(line, "languages: [zh, en, xx, ar, bo]"), encoding="utf-8")


@pytest.fixture(scope="module")
def spoken_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    root = tmp_path_factory.mktemp("languages")
    for name in ("docs", "seeds", "translations"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    spoken(root)
    folder = root / "site"
    with served(folder) as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUIZHAO_SITE_URL", url)
        render_site(root, folder, pdf=False)
        yield Site(folder, url)


@pytest.fixture
def reader(spoken_site: Site, browser: Browser) -> Iterator[Page]:
    viewport = {"width": 1440, "height": 900}
    with browser.new_context(viewport=viewport, base_url=spoken_site.url) as context:  # type: ignore[arg-type]
        faults = watched(context, spoken_site.url)
        yield context.new_page()
        assert not faults


def test_every_link_leads_somewhere(spoken_site: Site) -> None:
    assert check_links(spoken_site.folder)[1] == []


# --- the invented language: nothing of the interface is left in English ---------------

_INNER = re.compile("⟦[^⟦⟧]*⟧")
#: What is no word of the interface: dates of a locale that nobody has, names, digests.
_NO_WORDS = re.compile(
    r"(January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|\b(AR|EN)\b|https?://\S+|[0-9a-f]{8,}…?|SHA-256|[\w./-]+\.(txt|po|toml|json|xml|zip|html)\b"
)


def left_over(text: str) -> list[str]:
    """What of a text stands outside the signs of the invented language."""
    while _INNER.search(text):
        text = _INNER.sub("", text)
    return sorted(set(re.findall(r"[A-Za-z]{2,}[A-Za-z ,.]*", _NO_WORDS.sub("", text))))


def of_the_interface(node: LexborNode | None) -> bool:
    """Whether it is in the page's own language: the law's translation names its own."""
    while node is not None and "lang" not in node.attributes:
        node = node.parent
    return node is not None and node.tag == "html"


def words_in(value: object) -> Iterator[str]:
    """What a script is given to say: everything but settings."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("language", "titleZh"):
                yield from words_in(inner)
    elif isinstance(value, str):
        yield value


def said(page: LexborHTMLParser) -> Iterator[str]:
    """Every text and every spoken name of a page that is in the page's language."""
    for node in page.root.traverse(include_text=True) if page.root else ():
        parent = node.parent
        if node.tag == "-text" and parent is not None:
            if parent.tag == "script" and (parent.attributes.get("id") or "").endswith("words"):
                yield from words_in(json.loads(node.text_content or ""))
            elif parent.tag not in ("script", "style", "code") and of_the_interface(parent):
                yield node.text_content or ""
        elif node.tag not in ("html", "-text") and of_the_interface(node):
            for name in ("aria-label", "placeholder", "title", "alt"):
                yield node.attributes.get(name) or ""
            if node.tag == "meta" and node.attributes.get("name") == "description":
                yield node.attributes.get("content") or ""


def test_nothing_of_the_interface_is_left_in_english(spoken_site: Site) -> None:
    faults = {}
    for path in sorted((spoken_site.folder / "xx").rglob("*.html")):
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        if found := left_over("\n".join(said(page))):
            faults[path.relative_to(spoken_site.folder).as_posix()] = found
    assert not faults


def test_what_is_left_over_is_found() -> None:
    assert left_over("⟦⟦Article 2⟧, ⟦paragraph 2⟧⟧ 3") == []
    assert left_over("⟦Edition⟧ of September 26, 2024") == ["of  "]


# --- Tibetan ---------------------------------------------------------------------------


def test_tibetan_is_laid_out_with_its_fonts_and_room(reader: Page) -> None:
    reader.goto(f"bo/{LAW}/chapter-1/")
    assert reader.locator("html").get_attribute("lang") == "bo-CN"
    own = reader.locator("p.en:lang(bo)").first
    style = own.evaluate(
        "e => [getComputedStyle(e).fontFamily, parseFloat(getComputedStyle(e).lineHeight)"
        " / parseFloat(getComputedStyle(e).fontSize)]"
    )
    assert "Noto Serif Tibetan" in style[0]
    assert style[1] >= 1.9
    for width in (390, 768, 1440):
        reader.set_viewport_size({"width": width, "height": 900})
        assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_tibetan_lines_break_between_syllables(reader: Page) -> None:
    reader.set_viewport_size({"width": 390, "height": 900})
    reader.goto(f"bo/{LAW}/chapter-1/")
    ends = reader.evaluate(
        """() => {
          const node = document.querySelector("p.en:lang(bo)").firstChild;
          const range = document.createRange(), ends = [];
          let last = null;
          for (let i = 0; i < node.length; i++) {
            range.setStart(node, i);
            range.setEnd(node, i + 1);
            const top = range.getClientRects()[0]?.bottom;
            if (top === undefined) continue;
            if (last !== null && top - last > 12) ends.push(node.data[i - 1]);
            if (last === null || top - last > 12) last = top;
          }
          return ends;
        }"""
    )
    assert set(ends) <= {"་", "།", " "}


@pytest.mark.parametrize(
    "query",
    [
        ODD,
        ODD.rstrip("།"),  # without the mark at the end
        "ལྷ་ས",  # without the particle that is written into the syllable
        "ནང་གི་ལྷ",  # from the middle of the text
        "ཡིག་ནང",
        "ྷ་སའི་ས",  # from the middle of a letter
        "ལྷ༌སའི",  # with the mark that does not break lines
        "ལྷ་སའི།",
    ],
)
def test_any_part_of_a_tibetan_text_is_found(reader: Page, query: str) -> None:
    reader.goto("bo/search/")
    reader.locator("#q").fill(query)
    reader.locator("#q").press("Enter")
    expect(reader.locator("#hits .cite").first).to_be_visible()
    expect(
        reader.locator(f'#hits a[href$="#{PLACE}"], #hits a[href$="#art_1"]').first
    ).to_be_visible()
    assert reader.locator("#hits .passage mark").count() >= 1
    marked = reader.locator("#hits mark[lang], #hits .en mark").first
    assert marked.text_content()


@pytest.mark.parametrize("query", ["ལྷས", "གངསརི", "ཨེཨེ"])
def test_syllables_are_not_run_together(reader: Page, query: str) -> None:
    reader.goto("bo/search/")
    reader.locator("#q").fill(query)
    reader.locator("#q").press("Enter")
    expect(reader.locator("#found")).not_to_be_empty()
    expect(reader.locator("#hits .cite")).to_have_count(0)


def test_without_forms_citations_are_chinese(reader: Page) -> None:
    reader.goto("bo/search/")
    reader.locator("#q").fill("ལྷ་ས")
    reader.locator("#q").press("Enter")
    expect(reader.locator("#hits .cite a").first).to_have_text(re.compile("第一条"))
    reader.goto("xx/search/")
    reader.locator("#q").fill("第一条")
    reader.locator("#q").press("Enter")
    expect(reader.locator("#hits .cite a").first).to_have_text(re.compile("⟦Article 1⟧"))


# --- from right to left ----------------------------------------------------------------


def test_right_to_left_pages_run_that_way(reader: Page) -> None:
    reader.goto(f"ar/{LAW}/chapter-1/")
    assert reader.locator("html").get_attribute("dir") == "rtl"
    row = reader.locator(".row:has(> p.zh):has(> p.en)").first
    zh, ar = row.locator("p.zh"), row.locator("p.en")
    assert zh.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert ar.evaluate("e => getComputedStyle(e).direction") == "rtl"
    head = reader.locator(".row.head .zh").first.bounding_box()
    text = zh.bounding_box()
    assert head
    assert text
    assert head["x"] >= text["x"] - 20, "the number stands over the Chinese, on the right"
    for width in (390, 768, 1440):
        reader.set_viewport_size({"width": width, "height": 900})
        assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


@pytest.mark.parametrize(
    "address",
    [
        "ar/",
        f"ar/{LAW}/",
        f"ar/{LAW}/chapter-1/",
        "ar/search/?q=社区",
        "bo/",
        f"bo/{LAW}/chapter-1/",
    ],
)
def test_axe_finds_nothing(reader: Page, address: str) -> None:
    opened(reader, address)
    faults = axe.faults(reader)
    # an invented language is no valid one
    assert not [fault for fault in faults if "xx" not in fault.partition("]")[0]]
