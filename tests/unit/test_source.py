from __future__ import annotations

import markdown
import pytest
from selectolax.lexbor import LexborHTMLParser

from duizhao.pipeline import Site
from duizhao.site_pages import pages
from duizhao.writers.source import source_path


def test_a_witness_has_its_page_by_name() -> None:
    assert source_path("zh", "seeds/witnesses/page.txt") == "zh/source/page.md"
    assert source_path("en", "page") == "en/source/page.md"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_line_of_the_real_page_stands_there(real: Site, language: str) -> None:
    """Word for word, in its own order, each with its anchor and where it went."""
    witness = real.laws[0].witness
    page = next(p for p in pages(real) if p.path == source_path(language, witness.name))
    html = LexborHTMLParser(markdown.markdown(page.markdown, extensions=["attr_list", "tables"]))
    rows = html.css("tbody tr")
    lines = [line for line in witness.lines if not line.blank]
    assert len(rows) == len(lines) == 148
    for row, line in zip(rows, lines, strict=True):
        number, words, where = row.css("td")
        assert number.css_first(f'a[id="L{line.number}"]') is not None
        assert (words.text() or "").split() == line.text.split()
        assert where.css("a")
    assert witness.sha256 in page.markdown
