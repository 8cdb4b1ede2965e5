"""Site map, feeds, robots.txt, llms.txt: read back by their formats' own rules."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser
from tests.site.conftest import LAW, ROOT, Site

from duizhao.history import Change
from duizhao.pipeline import Options, site_from_options
from duizhao.web.feed import feed
from duizhao.web.sitemap import Address, sitemap_files

pytestmark = [pytest.mark.site]

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"


def _file(site: Site, url: str) -> Path:
    assert url.startswith(site.url)
    path = site.folder / urlsplit(url).path.removeprefix(urlsplit(site.url).path)
    return path / "index.html" if path.is_dir() or not path.suffix else path


def _sitemap(site: Site) -> etree._Element:
    return etree.fromstring((site.folder / "sitemap.xml").read_bytes())


def test_the_site_map_names_every_page_once(site: Site) -> None:
    told = [_file(site, loc.text or "") for loc in _sitemap(site).iter(f"{MAP}loc")]
    assert len(told) == len(set(told))
    pages = {p for p in site.folder.rglob("index.html") if "on-moved" not in p.read_text("utf-8")}
    # a page with pinyin is its chapter again: the chapter is named
    assert set(told) == {p for p in pages if p.parent.name != "pinyin"}


def test_languages_name_each_other_as_the_pages_do(site: Site) -> None:
    found: dict[str, dict[str, str]] = {}
    for url in _sitemap(site).iter(f"{MAP}url"):
        links = {str(a.get("hreflang")): str(a.get("href")) for a in url.iter(f"{XHTML}link")}
        found[url.findtext(f"{MAP}loc") or ""] = links
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", url.findtext(f"{MAP}lastmod") or "")
    assert found
    for loc, links in found.items():
        assert "x-default" in links
        for other in links.values():
            if loc != site.url:  # the root is not a page of a language
                assert found[other] == links, loc
        head = LexborHTMLParser(_file(site, loc).read_bytes())
        own = {
            str(a.attributes["hreflang"]): str(a.attributes["href"])
            for a in head.css('link[rel="alternate"][hreflang]')
            if not a.attributes.get("type")
        }
        assert own == links, loc
        assert loc == site.url or loc in links.values()


def test_a_large_site_map_is_divided() -> None:
    pages = [Address(url=f"https://x.example/{n}&/", day="2024-01-01") for n in range(25)]
    files = dict(sitemap_files(pages, "https://x.example/", most=10))
    assert list(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    index = etree.fromstring(files.pop("sitemap.xml").encode())
    assert [e.text for e in index.iter(f"{MAP}loc")] == [f"https://x.example/{f}" for f in files]
    told = [
        loc.text
        for text in files.values()
        for loc in etree.fromstring(text.encode()).iter(f"{MAP}loc")
    ]
    assert told == [page.url for page in pages]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_feed_is_atom_and_leads_to_what_it_tells(site: Site, language: str) -> None:
    root = etree.fromstring((site.folder / language / "feed.xml").read_bytes())
    assert root.tag == f"{ATOM}feed"
    for name in ("title", "id", "updated", "author"):
        assert len(root.findall(f"{ATOM}{name}")) == 1
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) >= 4
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
    assert len(ids) == len(set(ids))
    instants = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert instants == sorted(instants, reverse=True)
    assert root.findtext(f"{ATOM}updated") == instants[0]
    for entry in entries:
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT00:00:00\+08:00", entry.findtext(f"{ATOM}updated") or ""
        )
        assert (entry.findtext(f"{ATOM}content") or "").strip()
        link = entry.find(f"{ATOM}link")
        assert link is not None
        page, _, anchor = str(link.get("href")).partition("#")
        html = LexborHTMLParser(_file(site, page).read_bytes())
        place = html.css_first(f'[id="{anchor}"]')
        assert place is not None
        assert (entry.findtext(f"{ATOM}content") or "") in place.text()
    home = LexborHTMLParser((site.folder / language / "index.html").read_bytes())
    (told,) = home.css('link[type="application/atom+xml"]')
    assert told.attributes["href"] == f"{site.url}{language}/feed.xml"


def test_a_new_change_comes_first_and_is_escaped() -> None:
    read = site_from_options(Options(root=ROOT))
    law = read.law(LAW)
    change = Change(id="x", date="2030-01-02", kind="text", words={"zh": "<改>&“动”"})
    view = replace(read.view(law, "en"), law=replace(law, history=(*law.history, change)))
    root = etree.fromstring(feed([view], "https://x.example/").encode())
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.text == "<改>&“动”"
    assert content.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans-CN"
    assert root.findtext(f"{ATOM}updated") == "2030-01-02T00:00:00+08:00"


def test_a_feed_is_well_formed_whatever_a_change_says() -> None:
    read = site_from_options(Options(root=ROOT))
    law = read.law(LAW)
    change = Change(id="x", date="2030-01-02", kind="text", words={"zh": "改\x01动\ufffe"})
    view = replace(read.view(law, "en"), law=replace(law, history=(change,)))
    root = etree.fromstring(feed([view], "https://x.example/").encode())
    assert root.findtext(f"{ATOM}entry/{ATOM}content") == "改\\u0001动\\ufffe"


def test_robots_and_llms(site: Site) -> None:
    robots = (site.folder / "robots.txt").read_text("utf-8")
    assert f"Sitemap: {site.url}sitemap.xml" in robots
    assert not (site.folder / "sitemap.xml.gz").exists()
    text = (site.folder / "llms.txt").read_text("utf-8")
    assert text.startswith("# ")
    assert "\n> " in text
    links = re.findall(r"\[[^\]]+\]\(([^)]+)\)", text)
    assert len(links) > 6
    for link in links:
        assert _file(site, link).is_file(), link
