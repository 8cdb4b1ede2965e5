"""A preamble under a heading of its own: a section of the page, which everything leads to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from selectolax.lexbor import LexborHTMLParser
from tests.scale.sites import site_of

from duizhao.building.mkdocs.site_build import render_site
from duizhao.building.whole.linkcheck import check_links
from duizhao.commands.add import add_file
from duizhao.languages.pinyin import Readings
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.writers.typeset import PrintOptions, document_of

LAW = """某宪章
（1982年12月4日某会议通过）
序　言
历史悠久。
前途光明。
第一章 总纲
第一条 甲。
第二条 乙。
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = site_of(tmp_path_factory.mktemp("preamble") / "mysite", 1)
    path = root.parent / "charter.txt"
    path.write_text(LAW, "utf-8")
    add_file(path, Options(root=root), law_id="charter")
    render_site(root, root / "site", pdf=False, faulty=True)
    return root / "site"


def test_every_link_leads_somewhere(site: Path) -> None:
    _, problems = check_links(site)
    assert problems == []


@pytest.mark.parametrize("page", ["zh/charter", "en/charter", "zh/charter/full"])
def test_it_is_a_section(site: Path, page: str) -> None:
    html = LexborHTMLParser((site / page / "index.html").read_text("utf-8"))
    (heading,) = html.css("#preamble")
    assert heading.tag == "h2"
    assert "序 言" in heading.text()
    (first,) = html.css("#preamble__para_1")
    assert "历史悠久。" in first.text()


def test_the_source_leads_to_its_lines(site: Path) -> None:
    html = LexborHTMLParser((site / "en/source/charter/index.html").read_text("utf-8"))
    assert html.css("a[href$='charter/#preamble']")
    assert html.css("a[href$='charter/#preamble__para_2']")


def test_it_is_a_heading_in_the_files_too(site: Path) -> None:
    html = LexborHTMLParser((site / "data/charter/charter.zh-en.html").read_text("utf-8"))
    assert [node.tag for node in html.css("#preamble")] == ["h2"]
    document = Document(str(site / "data/charter/charter.zh-en.docx"))
    styles = {p.text: p.style.name for p in document.paragraphs if p.style}
    assert next(style for text, style in styles.items() if "序　言" in text) == "Heading 1"
    assert next(style for text, style in styles.items() if "第一章" in text) == "Heading 1"


def test_it_is_a_heading_in_print(site: Path) -> None:
    law = site_from_options(Options(root=site.parent)).law("charter")
    source: dict[str, Any] = {
        "permalink": "",
        "witness_sha256": "0" * 64,
        "witness_name": "charter.txt",
    }
    options, readings = PrintOptions(), Readings()
    made = document_of(law.bilingual["en"], None, options=options, readings=readings, **source)
    (row,) = [row for row in made["rows"] if "preamble__heading" in str(row["eids"])]
    assert (row["kind"], row["role"], row["level"]) == ("heading", "front", 2)
