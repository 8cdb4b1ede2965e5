"""What can be known of the site without a browser: links, anchors, languages, hosts."""

from __future__ import annotations

import gzip
import itertools
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import polib
import pytest
from babel.messages.frontend import CommandLineInterface
from selectolax.lexbor import LexborHTMLParser
from tests.site.conftest import LAW, ROOT, Site, unmarked_chinese

pytestmark = pytest.mark.site

_LOADING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "link[rel=stylesheet]": "href",
    "link[rel=icon]": "href",
    "link[rel=preload]": "href",
    "link[rel=preconnect]": "href",
}


@pytest.fixture(scope="session")
def trees(site: Site) -> dict[str, LexborHTMLParser]:
    """The parsed pages by address."""
    found = {
        site.url + str(path.relative_to(site.folder)).removesuffix("index.html"): LexborHTMLParser(
            path.read_text(encoding="utf-8")
        )
        for path in site.pages()
    }
    assert found, "tests look at each"
    return found


def _ids(tree: LexborHTMLParser) -> list[str]:
    return [str(node.attributes["id"]) for node in tree.css("[id]")]


def test_every_link_and_anchor_resolves(site: Site, trees: dict[str, LexborHTMLParser]) -> None:
    ids = {url: set(_ids(tree)) for url, tree in trees.items()}
    faults = []
    for url, tree in trees.items():
        for node in tree.css("a[href], link[href], script[src], form[action]"):
            attributes = node.attributes
            link = attributes.get("href") or attributes.get("src") or attributes.get("action")
            target, _, fragment = urljoin(url, str(link)).partition("#")
            if not target.startswith(site.url):
                continue
            path = site.folder / unquote(target.partition("?")[0].removeprefix(site.url))
            file = path / "index.html" if target.endswith("/") else path
            if not file.is_file():
                faults.append(f"{url}: {link} leads nowhere")
            elif fragment and unquote(fragment) not in ids.get(target, ()):
                faults.append(f"{url}: {link} has no such anchor")
    assert not faults


def test_identifiers_are_unique(trees: dict[str, LexborHTMLParser]) -> None:
    for url, tree in trees.items():
        twice = [name for name, count in Counter(_ids(tree)).items() if count > 1]
        assert not twice, url


def test_page_language_is_that_of_its_address(
    site: Site, trees: dict[str, LexborHTMLParser]
) -> None:
    for url, tree in trees.items():
        first = url.removeprefix(site.url).partition("/")[0]
        html = tree.css_first("html")
        assert html is not None
        assert html.attributes["lang"] == ("en" if first == "en" else "zh-Hans-CN"), url


def test_no_page_mixes_interface_languages(site: Site, trees: dict[str, LexborHTMLParser]) -> None:
    han = re.compile(r"[\u4e00-\u9fff]")
    for url, tree in trees.items():
        if not url.startswith(f"{site.url}en/"):
            continue
        for part in ("header", "nav", "footer", "fieldset", ".status", ".crumbs"):
            for node in LexborHTMLParser(str(tree.html)).css(part):
                for other in node.css("[lang^=zh], [aria-hidden]"):
                    other.decompose()
                assert not han.search(node.text()), (url, part)


def test_chinese_stands_in_elements_marked_as_chinese(
    site: Site, trees: dict[str, LexborHTMLParser]
) -> None:
    for url, tree in trees.items():
        if url.startswith(f"{site.url}en/"):
            assert not unmarked_chinese(str(tree.html)), url


def test_english_in_the_chinese_glossary_is_marked_as_english(site: Site) -> None:
    glossary = LexborHTMLParser((site.folder / "zh/glossary/index.html").read_text("utf-8"))
    said = glossary.css("p.meta")
    assert len(said) > 100
    for node in glossary.css("p.meta [lang=en]"):
        node.decompose()
    assert not [each.text() for each in said if re.search("[A-Za-z]{3}", each.text())]


def test_nothing_is_loaded_from_elsewhere(site: Site, trees: dict[str, LexborHTMLParser]) -> None:
    for url, tree in trees.items():
        for selector, attribute in _LOADING.items():
            for node in tree.css(f"{selector}[{attribute}]"):
                assert urljoin(url, str(node.attributes[attribute])).startswith(site.url), url
    for sheet in site.folder.rglob("duizhao.css"):
        assert "url(" not in sheet.read_text(encoding="utf-8")


def test_headings_go_down_one_level_at_a_time(trees: dict[str, LexborHTMLParser]) -> None:
    for url, tree in trees.items():
        levels = [int(str(n.tag)[1]) for n in tree.css("h1, h2, h3, h4, h5, h6")]
        assert levels.count(1) == 1, url
        assert levels[0] == 1, url
        assert all(b <= a + 1 for a, b in itertools.pairwise(levels)), url


def test_each_page_says_what_it_is(site: Site, trees: dict[str, LexborHTMLParser]) -> None:
    titles: Counter[str] = Counter()
    for url, tree in trees.items():
        title = tree.css_first("title")
        description = tree.css_first("meta[name=description]")
        assert title is not None, url
        assert description is not None, url
        assert str(description.attributes["content"]).strip(), url
        titles[title.text()] += 1
        if url.endswith("404.html"):
            continue
        canonical = tree.css_first("link[rel=canonical]")
        assert canonical is not None, url
        assert description.attributes.get("property") == "og:description", url
        assert canonical.attributes["href"] == url.removesuffix("pinyin/")
        alternates = tree.css("link[rel=alternate][hreflang]:not([type])")
        others = {n.attributes["hreflang"] for n in alternates}
        assert others == _versions(site, url), url
    assert not [title for title, count in titles.items() if count > 1]


def _versions(site: Site, url: str) -> set[str]:
    """The language versions of a page: both, or its own alone; of a page with pinyin none."""
    language, _, rest = url.removeprefix(site.url).partition("/")
    if rest.endswith("/pinyin/"):
        return set()
    other = {"zh": "en", "en": "zh"}.get(language)
    if other and not (site.folder / other / rest / "index.html").exists():
        return {"x-default", "zh-Hans-CN" if language == "zh" else "en"}
    return {"zh-Hans-CN", "en", "x-default"}


def test_navigation_lists_the_active_law_alone(
    site: Site, trees: dict[str, LexborHTMLParser]
) -> None:
    for url, tree in trees.items():
        laws = {
            str(n.attributes["href"]).rstrip("/").rpartition("/chapter")[0].rpartition("/")[2]
            for n in tree.css("#contents a[href*='chapter-']")
        }
        assert len(laws - {"", ".."}) <= 1, url


def test_a_chapter_is_light(site: Site) -> None:
    page = site.folder / "zh" / LAW / "chapter-1" / "index.html"
    sheets = [*site.folder.rglob("main.*.min.css"), site.folder / "assets/duizhao.css"]
    scripts = [site.folder / "assets/duizhao.js"]
    total = sum(len(gzip.compress(f.read_bytes())) for f in (page, *sheets, *scripts))
    assert total < 100_000


def test_every_message_is_translated() -> None:
    for language in ("zh", "en"):
        catalog = polib.pofile(str(ROOT / "translations" / language / "LC_MESSAGES" / "ui.po"))
        assert not catalog.untranslated_entries(), language
        assert not catalog.fuzzy_entries(), language


def test_catalogs_hold_the_messages_of_the_code(tmp_path: Path) -> None:
    template = tmp_path / "ui.pot"
    CommandLineInterface().run(  # type: ignore[no-untyped-call]
        [
            *("pybabel", "-q", "extract", "-F", str(ROOT / "babel.cfg"), "--no-default-keywords"),
            *("-k", "ui", "-k", "pair_ui", "-k", "t", "-k", "message", "-k", "plural:1,2"),
            *("-o", str(template), str(ROOT)),
        ]
    )
    said = {entry.msgid for entry in polib.pofile(str(template))}
    for language in ("zh", "en"):
        catalog = polib.pofile(str(ROOT / "translations" / language / "LC_MESSAGES" / "ui.po"))
        assert {entry.msgid for entry in catalog} == said, "run `make messages`"


def test_host_of_links(site: Site, trees: dict[str, LexborHTMLParser]) -> None:
    """Links that leave the site are the few that hand-written pages make."""
    for url, tree in trees.items():
        if f"/{LAW}/" in url:
            hosts = {
                urlsplit(urljoin(url, str(n.attributes["href"]))).netloc for n in tree.css("a")
            }
            assert hosts == {urlsplit(site.url).netloc}, url


def test_terms_lead_to_their_entries_on_the_page(site: Site) -> None:
    """By short identifiers, for a page names them hundreds of times; the glossary has the long."""
    tree = LexborHTMLParser((site.folder / f"en/{LAW}/chapter-3/index.html").read_text("utf-8"))
    entries = {
        str(entry.attributes["id"]): entry.css_first('[href^="../../glossary/#term-"]')
        for entry in tree.css("section.terms:not(.legend) li")
    }
    terms = {str(link.attributes["href"])[1:] for link in tree.css(".row p a[href^='#t']")}
    assert len(terms) > 50
    assert terms <= entries.keys()
    assert all(re.fullmatch(r"t\d+", key) and entry for key, entry in entries.items())
    term = next(link for link in tree.css(".en a[href^='#t']") if link.text() == "communities")
    entry = entries[str(term.attributes["href"])[1:]]
    assert entry is not None
    assert entry.attributes["href"] == "../../glossary/#term-community"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_links_beside_a_provision(site: Site, language: str) -> None:
    """What a heading or the page says already is not repeated."""
    tree = LexborHTMLParser(
        (site.folder / f"{language}/{LAW}/chapter-3/index.html").read_text("utf-8")
    )
    kinds = {
        "head": {"n", "x", "w", "p", "l"},
        "para": {"n", "l"},
        "first": {"n"},  # on the line that the heading leads to
    }
    met, before = set(), ""
    for row in tree.css("section.article > .row:not([id^=gap_])"):
        classes = str(row.attributes["class"])
        links = {str(link.attributes["class"]) for link in row.css(".n, .k a")}
        if "sole" in classes:
            assert not links
            continue  # its heading has them
        kind = "head" if "head" in classes else "para"
        kind = "first" if kind == "para" and before == "head" else kind
        assert links == kinds[kind], row.html
        assert row.css_first(".k") is not None, "the button to copy it is put there"
        met.add(before := kind)
    assert met == kinds.keys()
    page = tree.css_first("html")
    assert page is not None
    same = f'article :is(p, h1, h2, a, b, i, strong)[lang="{page.attributes["lang"]}"]'
    assert not tree.css(same)


def test_what_a_page_says_as_json_is_written_as_it_is(site: Site) -> None:
    html = (site.folder / f"zh/{LAW}/chapter-3/index.html").read_text("utf-8")
    said = re.findall(r'<script type="application/(?:ld\+)?json"[^>]*>(.*?)</script>', html)
    assert "城乡社区治理促进条例" in "".join(said)
    assert r"\u4e" not in html
