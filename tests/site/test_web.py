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

from duizhao.building.whole.web.feed import feed_files
from duizhao.building.whole.web.llms import llms_files
from duizhao.building.whole.web.sitemap import Address, sitemap_files
from duizhao.editing.history import Change
from duizhao.languages.law import View
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options

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
    ((_, text),) = feed_files([view], "https://x.example/")
    root = etree.fromstring(text.encode())
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
    ((_, text),) = feed_files([view], "https://x.example/")
    root = etree.fromstring(text.encode())
    assert root.findtext(f"{ATOM}entry/{ATOM}content") == "改\\u0001动\\ufffe"


def _documents(
    days: list[str], *, most: int = 3
) -> tuple[dict[str, str], dict[str, list[tuple[str, str]]], list[str]]:
    """Feed and archives of changes on these days: text, (relation, file), and all days as read.

    They are read as RFC 5005 says: from the feed to the archive before it, and so on.
    """
    read = site_from_options(Options(root=ROOT))
    law = read.law(LAW)
    changes = [
        Change(id=f"c{day}", date=day, kind="text", words={"zh": "改"})
        for day in sorted(days, reverse=True)
    ]
    view = replace(read.view(law, "en"), law=replace(law, history=tuple(changes)))
    files = dict(feed_files([view], "https://x.example/", most=most))
    links: dict[str, list[tuple[str, str]]] = {}
    told: list[str] = []
    for name, text in files.items():
        root = etree.fromstring(text.encode())
        links[name] = [
            (str(link.get("rel")), str(link.get("href")).removeprefix("https://x.example/"))
            for link in root.findall(f"{ATOM}link")
            if link.get("type") == "application/atom+xml"
        ]
        archive = root.find("{http://purl.org/syndication/history/1.0}archive")
        assert (archive is None) == (name == "en/feed.xml")
        assert root.findtext(f"{ATOM}id") == "https://x.example/en/feed.xml"
        assert ("self", name) in links[name]
    name = "en/feed.xml"
    while name:
        root = etree.fromstring(files[name].encode())
        updated = root.findall(f"{ATOM}entry/{ATOM}updated")
        told += [(each.text or "")[:10] for each in updated]
        name = dict(links[name]).get("prev-archive", "")
    return files, links, told


def _days(year: int, count: int) -> list[str]:
    return [f"{year}-01-{day:02}" for day in range(1, count + 1)]


def test_a_feed_has_the_latest_changes_and_archives_the_others() -> None:
    days = [*_days(2023, 5), *_days(2024, 8)]
    files, links, told = _documents(days)
    assert list(files) == [
        "en/feed.xml",
        *("en/feed-2023-1.xml", "en/feed-2023-2.xml", "en/feed-2024-1.xml"),
    ]
    assert files["en/feed.xml"].count("<entry>") == 5
    assert told == sorted(days, reverse=True)
    assert ("next-archive", "en/feed-2023-2.xml") in links["en/feed-2023-1.xml"]
    assert all(("current", "en/feed.xml") in links[name] for name in list(files)[1:])


def test_a_feed_of_few_changes_is_whole() -> None:
    files, links, told = _documents(_days(2024, 5))
    assert list(files) == ["en/feed.xml"]
    assert links["en/feed.xml"] == [("self", "en/feed.xml")]
    assert len(told) == 5


def test_a_new_change_alters_no_archive_and_an_early_one_those_of_its_year() -> None:
    days = [*_days(2022, 4), *_days(2023, 5), *_days(2024, 7)]
    before, _, _ = _documents(days)
    later, _, told = _documents([*days, "2024-02-01"])
    assert "2024-02-01" in told
    assert {name for name in before if later[name] != before[name]} == {"en/feed.xml"}
    fuller, _, _ = _documents([*days, "2024-02-01", "2024-02-02"])
    link = '<link rel="next-archive"'
    said = [line for line in fuller["en/feed-2024-1.xml"].splitlines() if link not in line]
    assert said == before["en/feed-2024-1.xml"].splitlines()  # it leads to one more archive
    early, _, _ = _documents([*days, "2022-02-01"])
    assert {name for name in before if early[name] != before[name]} == {"en/feed-2022-2.xml"}


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


@pytest.fixture(scope="module")
def view() -> View:
    read = site_from_options(Options(root=ROOT))
    return read.view(read.law(LAW), "en")


def _llms(view: View, numbers: range, *, without: int = 0, most: int = 100) -> dict[str, str]:
    """llms.txt and its parts for laws with these numbers: each address leads to one law or part."""
    names = [f"law-{n:04}" for n in numbers if n != without]
    views = [
        replace(view, law=replace(view.law, edition=replace(view.law.edition, law_id=name)))
        for name in names
    ]
    whole = [("sitemap.xml", "sitemap.xml")]
    files = dict(llms_files(views, {}, whole, "https://x.example/", most=most))
    told = re.findall(r"\(https://x\.example/([^)]+)\)", "\n".join(files.values()))
    laws = [path.split("/")[1] for path in told if path.startswith("en/")]
    assert sorted(laws) == names
    assert [path for path in told if path.startswith("llms/")] == list(files)[1:]
    return files


def test_many_laws_stand_in_parts_that_llms_txt_leads_to(view: View) -> None:
    assert list(_llms(view, range(1, 101))) == ["llms.txt"]
    files = _llms(view, range(1, 1001))
    assert 8 < len(files) < 32
    assert all(text.count("\n") < 400 for text in files.values())
    assert "en/law-" not in files["llms.txt"]
    name = "law-0001"
    assert f"- [{name} … " in files["llms.txt"]
    assert f"](https://x.example/llms/from-{name}.txt)" in files["llms.txt"]


def test_a_new_law_changes_one_part_of_llms_txt(view: View) -> None:
    after = _llms(view, range(1, 401))
    for number in (150, 200, 250):
        before = _llms(view, range(1, 401), without=number)
        differ = {name for name in after if after[name] != before.get(name)} - {"llms.txt"}
        (name,) = differ
        assert f"/law-{number:04}/" in after[name]
