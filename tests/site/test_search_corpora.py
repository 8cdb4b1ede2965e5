"""Search over a large collection: complete there too, and what a query moves and takes.

All laws by default; `DUIZHAO_EVERY=10` takes every tenth.  The browser’s processor is
slowed down four times.
"""

from __future__ import annotations

import gzip
import os
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.site import scan
from tests.site.conftest import ROOT, Site
from tests.site.journeys import Journeys
from tests.site.serving import served

from duizhao.building.whole.publish import write_all
from duizhao.commands.bench.search import corpus_editions
from duizhao.languages.glossary import Glossary
from duizhao.languages.pinyin import Readings
from duizhao.parser.edition import Edition
from duizhao.writers.search.files import search_files
from duizhao.writers.search.provisions import search_law

pytestmark = [pytest.mark.site, pytest.mark.browser, pytest.mark.corpora, pytest.mark.bench]

EVERY = int(os.environ.get("DUIZHAO_EVERY", "1"))
SEED = int(os.environ.get("DUIZHAO_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
_COMMON = """管理 处罚 环境 应当 行政处罚 人民政府 人民政府令 县级以上地方人民政府 的 法律责任
第十三条第二款 xingzheng xzcf 供电·处罚 营商环境条例·第七条 消防条例·第十条第二款 art·13(2)
yingshang·huanjing yshj 市场主休 西藏自治区人民代表大会常务委员会"""
COMMON = tuple(query.replace("·", " ") for query in _COMMON.split())

_ASK = """query => new Promise(done => {
  const hits = document.getElementById("hits"), field = document.getElementById("q");
  const start = performance.now();
  let first = null;
  hits.replaceChildren();
  const see = new MutationObserver(() => {
    if (first === null && hits.querySelector(".cite")) first = performance.now() - start;
    if (hits.dataset.answered !== query) return;
    see.disconnect();
    done([Number(hits.dataset.count), first]);
  });
  see.observe(hits, {attributes: true, childList: true, subtree: true});
  field.form.requestSubmit();
})"""


@dataclass(frozen=True)
class Corpus:
    editions: tuple[Edition, ...]
    site: Site


@pytest.fixture(scope="module")
def corpus(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    found = Path(os.environ.get("DUIZHAO_CORPORA") or ROOT.parent / "shared" / "corpora")
    if not (found / "regulations").is_dir():
        pytest.skip("no collection of laws: let DUIZHAO_CORPORA name one")
    folder = tmp_path_factory.mktemp("corpus") / "site"
    shutil.copytree(site.folder, folder, ignore=shutil.ignore_patterns("*.pdf"))
    shutil.rmtree(folder / "assets/search")
    editions = tuple(corpus_editions(found / "regulations", every=EVERY))
    laws = (search_law(edition, {}) for edition in editions)
    write_all(folder, search_files(laws, Glossary(), Readings(), []))
    with served(folder) as url:
        yield Corpus(editions, Site(folder, url))


class _Moved:
    """What a page loads of the index, as a server that compresses would send it."""

    def __init__(self, page: Page, folder: Path) -> None:
        self._folder, self._names = folder, list[str]()
        page.on("request", lambda request: self._add(request.url))

    def _add(self, url: str) -> None:
        if "/assets/search/" in url:
            self._names.append(url.partition("/assets/search/")[2].partition("?")[0])

    def taken(self) -> float:
        """KB since the last call."""
        files = [self._folder / "assets/search" / name for name in self._names]
        self._names.clear()
        return sum(len(gzip.compress(file.read_bytes(), 6)) for file in files) / 1000


def _asked(page: Page, query: str) -> tuple[int, float | None]:
    page.locator("#q").fill(query)
    count, first = page.evaluate(_ASK, query)
    return count, first


def test_what_a_query_moves_and_takes(
    corpus: Corpus, browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    lines: dict[str, str] = {}
    times: dict[str, list[float]] = {}
    heap = 0.0
    for _ in range(3):  # others may have had the processor
        with browser.new_context(base_url=corpus.site.url) as context:
            page = context.new_page()
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            moved = _Moved(page, corpus.site.folder)
            page.goto("zh/search/")
            page.wait_for_load_state("networkidle")
            for number, query in enumerate(COMMON):
                count, first = _asked(page, query)
                size = moved.taken()
                times.setdefault(query, []).append(first or 0)
                lines[query] = f"{count} found, {size:.0f} KB"
                assert size < (300 if number == 0 else 100), (query, size)
            session.send("HeapProfiler.collectGarbage")
            heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    with capsys.disabled():
        for query, line in lines.items():
            sys.stdout.write(f"\n{query}: first after {min(times[query]):.0f} ms, {line}")
        sys.stdout.write(f"\nheap {heap:.1f} MB\n")
    assert heap < 100
    assert max(min(several) for several in times.values()) < 200, times


def test_a_query_waits_for_rows_and_then_for_texts(corpus: Corpus, browser: Browser) -> None:
    with browser.new_context(base_url=corpus.site.url) as context:
        page = context.new_page()
        page.goto("zh/search/")
        page.wait_for_load_state("networkidle")
        journeys = Journeys(page)
        taken = dict[str, int]()
        for query in COMMON:
            count = journeys.of(query)
            if page.locator("#hits .cite").count():  # else other words were tried
                taken[query] = count
    assert len(taken) > len(COMMON) / 2
    assert max(taken.values()) <= 2, taken


def test_recall_over_the_collection(corpus: Corpus, browser: Browser) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a drawing of lots, not a secret
    passages = [
        [scan.bare(text) for text in passage.zh]
        for edition in corpus.editions
        for passage in scan.of_edition(edition, {})
    ]
    texts = [text for passage in passages for text in passage if len(text) > 12]
    with browser.new_context(base_url=corpus.site.url) as context:
        page = context.new_page()
        page.goto("zh/search/")
        for _ in range(60):
            text = chance.choice(texts)
            size = chance.randint(1, 12)
            at = chance.randrange(len(text) - size)
            query = text[at : at + size]
            if query.isascii():
                continue  # may be read as pinyin as well
            wanted = sum(any(query in text for text in passage) for passage in passages)
            assert _asked(page, query)[0] == wanted, (SEED, query)
