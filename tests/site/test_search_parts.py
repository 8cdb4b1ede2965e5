"""Search where the index is in parts, as that of a large site is; and without a server."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.site.asking import ask, hits, until, values
from tests.site.conftest import LAW, ROOT, Site, watched
from tests.site.journeys import Journeys
from tests.site.serving import Network, served

from duizhao.building.whole.offline import version_of, write_worker
from duizhao.building.whole.publish import write_all
from duizhao.languages.glossary import Glossary
from duizhao.languages.pinyin import Readings
from duizhao.parser.edition import Edition
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.sources.witness import witness_from_text
from duizhao.writers.search.files import search_files
from duizhao.writers.search.provisions import search_law, searched

pytestmark = [pytest.mark.site, pytest.mark.browser]


@pytest.fixture(scope="module")
def split(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with its index in parts, as that of a large site is."""
    folder = tmp_path_factory.mktemp("split") / "site"
    shutil.copytree(site.folder, folder, ignore=shutil.ignore_patterns("*.pdf"))
    shutil.rmtree(folder / "assets/search")
    laws = site_from_options(Options(root=ROOT))
    rows = [searched(law, [laws.interfaces["en"]]) for law in laws.laws]
    index = search_files(rows, laws.glossary, laws.readings, ["en"], small=0, common=20)
    write_all(folder, index)
    with served(folder) as url:
        yield Site(folder, url)


SAME = """
的 应当 行政许可 县级以上人民政府 西藏自治区人民代表大会常务委员会 yingshanghuanjing yshj licensing
“market·entities” Tibet community·art·7 第十三条第二款 社区·应当 primary-level 2025年 营商环境条例·第七条
第十三条第二项 art·13(2) §13 13条 art_13__para_2 yshj·第七条 xizang·art·3 licensing·应当 市场主休 营商环境
"""


def test_an_index_in_parts_answers_as_one_file(
    site: Site, split: Site, browser: Browser, page: Page
) -> None:
    with browser.new_context(base_url=split.url) as context:
        faults = watched(context, split.url)
        other = context.new_page()
        for query in (q.replace("·", " ") for q in SAME.split()):
            ask(page, query)
            ask(other, query)
            assert set(hits(page)) == set(hits(other)), query
            for where, what in (("#hits", "data-count"), ("#hits [aria-label] a", "href")):
                one, many = (values(each.locator(where), what)[:3] for each in (page, other))
                assert one == many, query
            assert _said(page) == _said(other)
        assert not faults


def _said(page: Page) -> str:
    """Other renderings, the cards of terms with their counts, and what may be meant."""
    return page.locator("#says").inner_text()


def test_a_query_waits_for_few_files_one_after_the_other(split: Site, browser: Browser) -> None:
    with browser.new_context(base_url=split.url) as context:
        page = context.new_page()
        page.goto("en/search/")
        page.wait_for_load_state("networkidle")
        journeys = Journeys(page)
        # Rows, then texts; for letters before these the words that begin so.
        for query in ("人民政府", "第十三条第二款", "营商环境条例 第七条", "网格员 应当"):
            assert journeys.of(query) <= 2, query
        for query in ("yingshang huanjing", "market entities", "community art 7"):
            assert journeys.of(query) <= 3, query


def _edition(text: str) -> Edition:
    (edition,) = editions_from_reading(
        reading_from_witness(witness_from_text(text, name="x"))
    ).editions
    return edition


@pytest.mark.parametrize("small", [0, 300_000], ids=["in parts", "one file"])
def test_a_law_is_cited_by_its_own_names_for_the_levels(
    site: Site, browser: Browser, tmp_path: Path, small: int
) -> None:
    """Texts of laws that name them in the other way were loaded, and the next ones after these."""
    mainland = _edition("某管理规则\n第一条　甲。\n乙：\n（一）丙；\n（二）丁。\n")
    taiwan = _edition(
        "某管理規則\n第一條　甲。\n乙：\n一、丙。\n二、丁。\n第二條　依第一條第二項第一款辦理。\n"
    )
    folder = tmp_path / "site"
    shutil.copytree(site.folder, folder, ignore=shutil.ignore_patterns("*.pdf"))
    shutil.rmtree(folder / "assets/search")
    laws = [
        search_law(replace(one, law_id=name), {}) for name, one in (("a", mainland), ("b", taiwan))
    ]
    write_all(folder, search_files(laws, Glossary(), Readings(), [], small=small, common=20))
    with served(folder) as url, browser.new_context(base_url=url) as context:
        page = context.new_page()
        for query, found in (
            ("第一條第二項第二款", ["b/text/#art_1__para_2__point_2"]),
            ("第一条第二款", ["a/text/#art_1__para_2"]),
            ("第一條第二項", ["b/text/#art_1__para_2"]),
            ("第一条", ["a/text/#art_1", "b/text/#art_1"]),
        ):
            ask(page, query)
            links = values(page.locator("#hits [aria-label] .cite > a"), "href")
            assert [link.removeprefix("../") for link in links] == found, query


def test_laws_are_offered_by_name_where_the_index_is_in_parts(
    split: Site, browser: Browser
) -> None:
    with browser.new_context(base_url=split.url) as context:
        page = context.new_page()
        page.route("**/assets/search/t/*", lambda route: route.abort())
        ask(page, "应当")
        law = page.get_by_role("combobox", name="Law", exact=True)
        law.click()
        expect(page.locator("#found")).to_have_text("The search records could not be loaded.")
        page.unroute("**/assets/search/t/*")
        law.fill("shequ")
        options = page.get_by_role("listbox", name="Laws with results").get_by_role("option")
        expect(options).to_have_count(1)
        law.press("Enter")
        expect(page.locator("#hits .law-hits")).to_have_count(1)
        expect(page).to_have_url(re.compile(f"law={LAW}$"))


def test_parts_of_another_build_are_refused(split: Site, browser: Browser) -> None:
    def older(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, body=re.sub(r'part\("\w+"', 'part("older"', answer.text(), count=1)
        )

    with browser.new_context(base_url=split.url) as context:
        page = context.new_page()
        page.route(re.compile(r"/assets/search/l/"), older)
        ask(page, "社区")
        expect(page.locator("#found")).to_contain_text("The site has been updated")
        page.unroute(re.compile(r"/assets/search/l/"))
        page.route(re.compile(r"/assets/search/d/"), lambda route: route.fulfill(body="nonsense("))
        ask(page, "网格员")
        expect(page.locator("#found")).to_contain_text("could not be")


@pytest.mark.parametrize("parts", [False, True], ids=["one file", "in parts"])
def test_without_a_server(site: Site, split: Site, browser: Browser, *, parts: bool) -> None:
    folder: Path = (split if parts else site).folder
    with browser.new_context() as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(f"file://{folder}/en/search/index.html?q=网格员")
        expect(page.locator("#hits mark").first).to_have_text("网格员")
        page.locator("#hits .cite a[href*='#art_']").first.click()
        expect(page.locator(":target")).to_be_in_viewport()
        page.goto(f"file://{folder}/en/search/index.html?q=营商环境条例 第七条")
        expect(page.locator("#hits [aria-label] .cite > a")).to_have_count(1)
        assert faults == []


def test_what_was_loaded_and_is_the_same_answers_without_a_network_in_a_new_build(
    site: Site, split: Site, browser: Browser, tmp_path: Path
) -> None:
    old, new = (shutil.copytree(split.folder, tmp_path / name) for name in ("old", "new"))
    index = new / "assets/search/index.js"
    index.write_text(re.sub(r'"build":"\w+"', '"build":"0"', index.read_text("utf-8")), "utf-8")
    named = version_of((site.folder / "assets/search/index.js").read_bytes())
    for folder in (old, new):
        page_file, index = folder / "en/search/index.html", folder / "assets/search/index.js"
        html = page_file.read_text("utf-8")
        assert named in html
        page_file.write_text(html.replace(named, version_of(index.read_bytes())), "utf-8")
        shutil.rmtree(folder / "offline")
        write_worker(folder, ["zh", "en"])
    for path in (new / "en/search/index.html", new / "assets/search/index.js", new / "sw.js"):
        os.utime(path, (time.time() + 9,) * 2)  # servers tell no two files of one second apart
    network = Network(old)
    with (
        served(network) as url,
        browser.new_context(base_url=url, service_workers="allow") as context,
    ):
        page = context.new_page()
        page.goto("en/search/")
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        page.reload()
        ask(page, "网格员")
        for part in ("terms.js", "l/5.js"):
            address = f"{url}assets/search/{part}"
            until(
                page, "a => caches.match(a, {ignoreSearch: true}).then(found => !!found)", address
            )
        network.folder = new
        page.goto("en/")  # nothing is searched for
        until(
            page,
            "build => caches.keys().then(all => all.length && all.every(n => n.includes(build)))",
            (new / "sw.js").read_text("utf-8").split('"')[1],
        )
        network.up = False
        page.goto("en/search/?q=网格员")
        expect(page.locator("#hits mark").first).to_have_text("网格员")
