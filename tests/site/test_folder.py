"""The site from a folder: the archive without scripts, the built site itself with them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser
from tests.site.conftest import LAW, Site

from duizhao.building.whole.archive import PATH
from duizhao.building.whole.archive_file import ArchiveFile
from duizhao.building.whole.linkcheck import check_links
from duizhao.ground.folders import files_below

pytestmark = [pytest.mark.site]


@pytest.fixture(scope="module")
def unpacked(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(site.folder / PATH) as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


def test_every_link_of_the_archive_leads_to_a_file(unpacked: Path) -> None:
    pages, problems = check_links(unpacked)
    assert pages > 50
    assert problems == []
    folders = []
    for path in unpacked.rglob("*.html"):
        for node in LexborHTMLParser(path.read_bytes()).css("a[href], form[action]"):
            link = str(node.attributes.get("href") or node.attributes.get("action"))
            parts = urlsplit(link)
            if not parts.scheme and parts.path and (path.parent / unquote(parts.path)).is_dir():
                folders.append((path, link))
    assert folders == []


def test_the_archive_says_what_the_site_says(site: Site, unpacked: Path) -> None:
    """Nothing but links differs, and nothing that a page needs is left out."""
    pages = list(site.pages())
    assert len(pages) > 1
    for path in pages:
        name = path.relative_to(site.folder)
        if str(name) == "404.html":
            continue
        ours, theirs = (
            LexborHTMLParser((folder / name).read_bytes()) for folder in (unpacked, site.folder)
        )
        if offer := theirs.css_first(".archive"):
            offer.decompose()
        for offer in theirs.css('a[href*="/pdf/"][href$=".zip"]'):
            offer.decompose()
        assert ours.text().split() == theirs.text().split(), name
        for node in ours.css("script[src], link[rel=stylesheet], link[rel=icon]"):
            file = str(node.attributes.get("src") or node.attributes.get("href"))
            assert (unpacked / name.parent / file.partition("?")[0]).is_file(), (name, file)


def test_the_archive_holds_each_pdf_once(site: Site, unpacked: Path) -> None:
    pdfs = sorted(path.relative_to(site.folder) for path in site.folder.rglob("*.pdf"))
    assert pdfs
    assert pdfs == sorted(path.relative_to(unpacked) for path in unpacked.rglob("*.pdf"))
    assert list((site.folder / "pdf").rglob("*.zip"))
    assert list((unpacked / "pdf").rglob("*.zip")) == []


def test_the_archive_is_the_same_whenever_it_is_made(site: Site) -> None:
    whole = (site.folder / PATH).read_bytes()
    built = _members(site.folder / PATH)
    bare = [(info, data) for info, data in built if info.filename.startswith("zh-en-laws/")]
    assert built == bare
    assert len(built) == len({info.filename for info, _ in built})
    _write(site.folder)  # without what laws had compressed: the same files
    first = (site.folder / PATH).read_bytes()
    assert _told(_members(site.folder / PATH)) == _told(built)
    for path in site.folder.rglob("*.html"):
        path.touch()
    _write(site.folder)
    again = (site.folder / PATH).read_bytes()
    (site.folder / PATH).write_bytes(whole)  # other tests read the site too
    assert again == first


def _write(site: Path) -> None:
    with ArchiveFile(site) as archive:
        archive.put_files(files_below(site))


def _members(path: Path) -> list[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(path) as archive:
        return [(info, archive.read(info)) for info in archive.infolist()]


def _told(members: list[tuple[zipfile.ZipInfo, bytes]]) -> dict[str, tuple[object, ...]]:
    return {i.filename: (i.date_time, i.external_attr, i.create_system, d) for i, d in members}


@pytest.mark.browser
def test_the_archive_is_read_without_scripts(unpacked: Path, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{unpacked.as_uri()}/index.html")
        page.get_by_role("link", name="Continue in English").click()
        page.get_by_role("link", name="Regulations of the Xizang").last.click()
        page.get_by_role("link", name=re.compile("Chapter 3")).first.click()
        expect(page.locator("#art_16__para_2 > .zh")).to_be_visible()
        page.locator(".row.head:has(#art_16) .x").click()
        expect(page).to_have_url(f"{unpacked.as_uri()}/zh/{LAW}/chapter-3/index.html#art_16")
        expect(page.locator(".seal")).to_have_css("display", "grid")


@pytest.mark.browser
@pytest.mark.parametrize("which", ["archive", "site"])
def test_search_and_links_from_a_folder(
    site: Site, unpacked: Path, browser: Browser, which: str
) -> None:
    folder = unpacked if which == "archive" else site.folder
    with browser.new_context() as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(f"{folder.as_uri()}/zh/{LAW}/chapter-3/index.html")
        page.locator(".masthead input").fill("网格员")
        page.locator(".masthead input").press("Enter")
        page.locator("#hits .cite a[href*='#art_']").first.click()
        expect(page.locator(":target")).to_be_in_viewport()
        page.locator(".turn a").first.click()
        expect(page.locator("h1")).to_be_visible()
        page.locator(".languages [data-switch]").click()
        assert page.url.partition("#")[0].endswith("/index.html")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert faults == []
