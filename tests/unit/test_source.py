from __future__ import annotations

from pathlib import Path

import markdown
import pytest
from selectolax.lexbor import LexborHTMLParser

from duizhao.commands.add import add_file
from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options
from duizhao.site.site_pages import pages
from duizhao.writers.pages.source import source_path


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


def test_the_row_of_a_table_is_said_once_and_its_rule_to_have_no_text(tmp_path: Path) -> None:
    file = tmp_path / "fees.txt"
    file.write_text(
        "某市公园条例\n第一条　收费如下：\n| 门票 | 五元 |\n| --- | --- |\n| 停车 | 三元 |\n",
        "utf-8",
    )
    options = Options(root=tmp_path, languages=("zh", "en"))
    (added,) = add_file(file, options)
    made = {page.path: page.markdown for page in pages(site_from_options(options))}
    rows = made["en/source/fees.md"].splitlines()
    assert [row.count("[Article 1]") for row in rows[-4:]] == [1, 1, 0, 1]
    assert f"(../{added.law_id}/text.md#art_1__table_1" in rows[-1]
    assert rows[-2].endswith("| marks of a table, no text |")
