"""Whole laws as one PDF: title page, contents, text, editorial notes, colophon."""

from __future__ import annotations

import io
from itertools import product
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from duizhao.ground.problems import render
from duizhao.languages.bilingual import Bilingual
from duizhao.languages.leaves import leaves
from duizhao.parser.edition import articles, units
from duizhao.writers.typeset import PrintOptions, law_pdf, read_back_law
from duizhao.writers.typeset.options import FORMS
from duizhao.writers.typeset.pdf_text import blocks_from_pdf, destinations_from_pdf

pytestmark = [pytest.mark.pdf, pytest.mark.slow]

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
LAWS = sorted(path.parent.name for path in SEEDS.glob("*/edition.toml"))
Prints = dict[tuple[str, str], bytes]


@pytest.fixture(scope="session")
def printed(laws: dict[str, Bilingual]) -> Prints:
    found = {
        (law_id, form): law_pdf(
            laws[law_id],
            options=PrintOptions(form=form, site_url="https://law.example/"),
            permalink=f"zh/{law_id}/",
            witness_sha256="0" * 64,
            witness_name="报纸版面",
        )
        for law_id, form in product(LAWS, FORMS)
    }
    assert found, "tests look at each"
    return found


def test_each_says_what_the_edition_says(laws: dict[str, Bilingual], printed: Prints) -> None:
    for (law_id, form), pdf in printed.items():
        assert [render(p) for p in read_back_law(pdf, laws[law_id], form)] == []


def test_every_note_is_printed(laws: dict[str, Bilingual], printed: Prints) -> None:
    for (law_id, form), pdf in printed.items():
        text = "\n".join(block.text for block in blocks_from_pdf(pdf))
        for note in laws[law_id].edition.notes:
            assert (note.zh if form != "en" else laws[law_id].of(note.eid).text) in text


def test_every_unit_has_its_destination(laws: dict[str, Bilingual], printed: Prints) -> None:
    for (law_id, _), pdf in printed.items():
        found = destinations_from_pdf(pdf)
        assert {unit.eid for unit in units(laws[law_id].edition)} <= found.keys()


def test_numbers_link_to_the_page_that_holds_them(
    laws: dict[str, Bilingual], printed: Prints
) -> None:
    for (law_id, _), pdf in printed.items():
        edition = laws[law_id].edition
        addresses = set()
        with pikepdf.open(io.BytesIO(pdf)) as document:
            for page in document.pages:
                for link in page.obj.get("/Annots", pikepdf.Array()):
                    if "/A" in link:
                        addresses.add(str(link.A.URI))
        for leaf in leaves(edition):
            for article in leaf.articles:
                address = f"https://law.example/zh/{law_id}/{leaf.slug}/#{article.eid}"
                assert address in addresses
        assert len(addresses) > len(list(articles(edition.body)))


def test_the_title_page_has_no_running_head(printed: Prints) -> None:
    for pdf in printed.values():
        with pikepdf.open(io.BytesIO(pdf)) as document:
            first = document.pages[0].Contents.read_bytes()
            second = document.pages[1].Contents.read_bytes()
        assert b"/Header" not in first
        assert b"/Header" in second


def test_a_print_of_another_law_is_refused(laws: dict[str, Bilingual], printed: Prints) -> None:
    one, other = LAWS[:2]
    found = list(read_back_law(printed[(one, "zh")], laws[other], "zh"))
    assert {"print-text", "print-note", "print-destination"} <= {p.code for p in found}


def test_running_heads_name_the_articles_of_the_page(
    laws: dict[str, Bilingual], printed: Prints
) -> None:
    for law_id in LAWS:
        pdf = printed[(law_id, "zh")]
        found = destinations_from_pdf(pdf)
        begun = {
            number: [a.eid for a in articles(laws[law_id].edition.body) if found[a.eid] == number]
            for number in range(max(found.values()) + 1)
        }
        names = {a.eid: a.number for a in articles(laws[law_id].edition.body)}
        heads = [_head(page) for page in pypdfium2.PdfDocument(pdf)]
        for number, eids in begun.items():
            if eids:
                assert names[eids[-1]] in heads[number]
            if number and eids and not begun[number - 1]:
                assert heads[number].count("第") == (2 if len(eids) > 1 else 1)
        assert "第" not in heads[-1]


def _head(page: pypdfium2.PdfPage) -> str:
    height = page.get_height()
    return str(page.get_textpage().get_text_bounded(bottom=height - 70))
