"""A preamble under a heading of its own: a section of the page, which everything leads to."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.scale.sites import site_of

from duizhao.add import add_file
from duizhao.linkcheck import check_links
from duizhao.pipeline import Options
from duizhao.site_build import render_site

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
