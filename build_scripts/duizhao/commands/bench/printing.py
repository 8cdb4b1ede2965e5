"""How fast chapters are set in both languages, beside two other makers of PDFs.

The same chapters, in one run: with Typst as this program sets them, then as plain HTML
with WeasyPrint and with Chromium, each in as many processes as the machine has cores.
What is not installed is left out.  A collection has no English, so each Chinese unit is
given English of the length that translations of law have.
"""

from __future__ import annotations

import contextlib
import functools
import html
import importlib
import importlib.util
import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn

from duizhao.commands.bench.search import corpus_editions
from duizhao.languages.bilingual import Bilingual, bilingual_from_edition, sources
from duizhao.languages.catalog import Catalog, Entry
from duizhao.languages.leaves import Leaf, leaves
from duizhao.parser.edition import units_of
from duizhao.writers.typeset import PrintOptions, leaf_pdf, read_back

_SIZE = range(2250, 2751)  # characters of a chapter
_WARM, _MEASURED = 6, 24  # chapters
_LETTERS = 2.9  # of English for a Chinese character, as in this project's own laws
_ENGLISH = (
    "People’s governments at or above the county level shall strengthen the organization and"
    " leadership of this work, establish sound coordination mechanisms, study and resolve major"
    " issues in a timely manner, and include the funds required in their budgets. "
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a collection, with English."""

    pair: Bilingual
    leaf: Leaf


def english(chinese: str) -> str:
    """As much English as a translation of `chinese` would be."""
    wanted = round(len(chinese) * _LETTERS)
    text = _ENGLISH * (wanted // len(_ENGLISH) + 1)
    return text[: max(text.find(" ", wanted), 1)].strip()


def chapters(corpus: Path) -> Iterator[Chapter]:
    """The chapters of a folder of .txt that are of the measured length."""
    for edition in corpus_editions(corpus, every=5):
        found = [leaf for leaf in leaves(edition) if _length(leaf) in _SIZE]
        if not found:
            continue
        dated = replace(edition, metadata=replace(edition.metadata, edition_date="2026-01-01"))
        entries = {
            eid: Entry(eid=eid, source=zh, target=english(zh), fuzzy=False, line=1)
            for eid, zh in sources(dated)
        }
        catalog = Catalog(path="", language="en", entries=entries)
        pair = bilingual_from_edition(dated, catalog)
        yield from (Chapter(pair, leaf) for leaf in found)


def _length(leaf: Leaf) -> int:
    return sum(len(str(unit.text)) for node in leaf.body for unit in units_of(node))


def set_with_typst(chapter: Chapter) -> int:
    """The bytes of a chapter's PDF."""
    return len(leaf_pdf(chapter.pair, chapter.leaf, options=PrintOptions()))


def set_and_read(chapter: Chapter) -> int:
    """The same, read back as for publication."""
    pdf = leaf_pdf(chapter.pair, chapter.leaf, options=PrintOptions())
    return len(pdf) - len(list(read_back(pdf, chapter.pair, chapter.leaf, "parallel")))


def as_html(chapter: Chapter) -> str:
    """The chapter as a plain page: a row a unit, the languages side by side."""
    rows = "".join(
        f"<tr><td lang=zh>{html.escape(str(unit.text))}</td>"
        f"<td lang=en>{html.escape(chapter.pair.of(unit.eid).text)}</td></tr>"
        for node in chapter.leaf.body
        for unit in units_of(node)
    )
    font = pylopdf_fonts_zh_cn.serif_path().as_uri()
    return (
        f"<!doctype html><meta charset=utf-8><style>@font-face{{font-family:S;src:url({font})}}"
        "@page{size:A4;margin:21mm}body{font:10pt S}td{width:50%;vertical-align:top}</style>"
        f"<table>{rows}</table>"
    )


def set_with_weasyprint(chapter: Chapter) -> int:
    """The bytes of the page as WeasyPrint sets it."""
    weasyprint = importlib.import_module("weasyprint")
    return len(weasyprint.HTML(string=as_html(chapter)).write_pdf())


@functools.cache
def _page() -> Any:
    """A page of a browser that stays open as long as this process."""
    start = importlib.import_module("playwright.sync_api").sync_playwright().start()
    browser = start.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
    return browser.new_page()


def _chromium() -> str | None:
    return os.environ.get("DUIZHAO_BROWSER") or shutil.which("chromium")


def set_with_chromium(chapter: Chapter) -> int:
    """The bytes of the page as Chromium prints it."""
    page = _page()
    page.set_content(as_html(chapter))
    return len(page.pdf(format="A4", tagged=True))


def printing(corpus: Path) -> dict[str, Any]:
    """Chapters a second with each maker; "absent" for one that is not installed."""
    found = list(islice(chapters(corpus), _WARM + _MEASURED))
    warm, measured = found[:_WARM], found[_WARM:]
    out: dict[str, Any] = {
        "chapters": len(measured),
        "characters a chapter": sum(_length(c.leaf) for c in measured) // max(1, len(measured)),
        "processes": os.cpu_count() or 1,
    }
    there = importlib.util.find_spec
    makers: tuple[tuple[str, Callable[[Chapter], int], bool], ...] = (
        ("Typst", set_with_typst, True),
        ("Typst, read back", set_and_read, True),
        ("WeasyPrint", set_with_weasyprint, there("weasyprint") is not None),
        ("Chromium", set_with_chromium, bool(there("playwright") and _chromium())),
    )
    for name, make, installed in makers:
        if installed:
            out |= _rate(name, make, warm, measured)
        else:
            out[f"{name}, chapters a second"] = "absent"
    return out


def processor_seconds() -> float:
    """What this process and all below it have used, those that ended too; 0 without /proc."""
    parents: dict[int, int] = {}
    used: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            fields = path.read_text().rpartition(")")[2].split()
            number = int(path.parent.name)
            parents[number] = int(fields[1])
            used[number] = sum(int(n) for n in fields[11:15])
    ours, more = {os.getpid()}, True
    while more:
        found = ours | {number for number, parent in parents.items() if parent in ours}
        ours, more = found, len(found) > len(ours)
    return sum(used.get(number, 0) for number in ours) / os.sysconf("SC_CLK_TCK")


def _rate(
    name: str, make: Callable[[Chapter], int], warm: list[Chapter], measured: list[Chapter]
) -> dict[str, float]:
    """Chapters a second, once every process has set some of the first chapters."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        list(pool.map(make, warm * 2))
        start, before = time.perf_counter(), processor_seconds()
        list(pool.map(make, measured))
        seconds, spent = time.perf_counter() - start, processor_seconds() - before
    return {
        f"{name}, chapters a second": len(measured) / seconds,
        f"{name}, processor seconds a chapter": spent / max(1, len(measured)),
    }
