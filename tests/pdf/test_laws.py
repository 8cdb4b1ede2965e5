"""Every chapter of this project's laws, in every form, as it is published."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import pairwise, product
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import pikepdf
import pypdfium2
import pytest

from duizhao.ground.problems import render
from duizhao.ground.text import Text
from duizhao.languages.bilingual import Bilingual
from duizhao.languages.leaves import Leaf, leaves
from duizhao.languages.pinyin import Readings
from duizhao.parser.edition import Unit, units_of
from duizhao.writers.typeset import PrintOptions, leaf_pdf, pdf_text, read_back
from duizhao.writers.typeset.options import FORMS, columns
from duizhao.writers.typeset.pdf_text import (
    blocks_from_pdf,
    contents_from_pdf,
    destinations_from_pdf,
)

pytestmark = [pytest.mark.pdf, pytest.mark.slow]

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
LAWS = sorted(path.parent.name for path in SEEDS.glob("*/edition.toml"))
SITE = "https://law.example/"


def printed(bilingual: Bilingual, leaf: Leaf, form: str) -> bytes:
    return leaf_pdf(
        bilingual,
        leaf,
        options=PrintOptions(form=form, site_url=SITE),
        permalink=f"zh/{bilingual.edition.law_id}/{leaf.slug}/",
        witness_sha256="0" * 64,
        witness_name="报纸版面",
    )


@pytest.fixture(scope="session", params=product(LAWS, FORMS), ids="-".join)
def chapters(
    request: pytest.FixtureRequest, laws: dict[str, Bilingual]
) -> list[tuple[Bilingual, Leaf, str, bytes]]:
    law_id, form = request.param
    bilingual = laws[law_id]
    found = [
        (bilingual, leaf, form, printed(bilingual, leaf, form))
        for leaf in leaves(bilingual.edition)
    ]
    assert found, "tests look at each"
    return found


Chapters = list[tuple[Bilingual, Leaf, str, bytes]]


def test_each_says_what_the_edition_says(chapters: Chapters) -> None:
    for bilingual, leaf, form, pdf in chapters:
        assert [render(p) for p in read_back(pdf, bilingual, leaf, form)] == []


def test_another_engine_extracts_the_same_text(chapters: Chapters) -> None:
    for bilingual, leaf, form, pdf in chapters:
        pages = [_solid(p.get_textpage().get_text_range()) for p in pypdfium2.PdfDocument(pdf)]
        checked = 0
        for node in leaf.body:
            for unit in units_of(node):
                if not unit.text.notes:
                    texts = {"zh": str(unit.text), "en": bilingual.of(unit.eid).text}
                    if form == "pinyin":  # what is said stands with its word
                        spoken = Readings().spoken(texts["zh"])
                        texts["zh"] = "".join(said + word for word, said in spoken)
                    for language in columns(form):
                        assert _stands(_solid(texts[language]), pages), (unit.eid, language)
                        checked += 1
        assert checked > 3


def _stands(text: str, pages: list[str]) -> bool:
    """Whether a text stands on a page, or begins on one and ends on the next."""
    return any(text in page for page in pages) or any(
        text[:cut] in one and text[cut:] in other
        for one, other in pairwise(pages)
        for cut in range(len(text))
    )


def _solid(text: str) -> str:
    # pdfium gives U+FFFE for a hyphen at a line's end
    return "".join(text.replace("\ufffe", "-").split())


def test_no_line_begins_with_a_mark_that_ends_something(chapters: Chapters) -> None:
    margin = {"parallel": 21.0, "zh": 30.0, "pinyin": 30.0}  # mm
    for _, leaf, form, pdf in chapters:
        if form == "en":
            continue
        edge = margin[form] / 25.4 * 72 + 4
        for number, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
            text = page.get_textpage()
            first = {
                character
                for n, character in enumerate(text.get_text_range())
                if character in _ENDS and text.get_charbox(n, loose=True)[0] < edge
            }
            assert not first, (leaf.slug, form, number)


#: What may not stand at a line's beginning (clreq, 3.1.3); “·” joins, so it may not either.
_ENDS = "、，。；：！？）》〉】〕”’·"


def test_every_identifier_is_a_destination(chapters: Chapters) -> None:
    for bilingual, leaf, _, pdf in chapters:
        found = destinations_from_pdf(pdf)
        assert leaf.eids <= found.keys()
        for alias, target in bilingual.edition.aliases:
            if target in leaf.eids:
                assert found[alias] == found[target]


def test_destinations_follow_reading_order(chapters: Chapters) -> None:
    for _, leaf, _, pdf in chapters:
        pages = destinations_from_pdf(pdf)
        order = [pages[article.eid] for article in leaf.articles]
        assert order == sorted(order)


def test_declares_its_standards_and_languages(chapters: Chapters) -> None:
    for bilingual, leaf, form, pdf in chapters:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert document.check_pdf_syntax() == []
            packet = document.Root.Metadata.read_bytes().decode()
            assert (
                "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in packet
            )
            assert "<pdfuaid:part>1</pdfuaid:part>" in packet
            assert document.Root.MarkInfo.Marked
            assert document.Root.ViewerPreferences.DisplayDocTitle
            assert str(document.Root.Lang) == ("en-US" if form == "en" else "zh-CN")
            assert str(document.docinfo["/CreationDate"]).startswith("D:20261124")
            assert ('xml:lang="en-US"' in packet) == ("en" in columns(form))
            assert leaf.division is not None
            if form != "en":
                assert str(leaf.division.heading.text) in str(document.docinfo["/Title"])
            else:
                assert bilingual.of("title").text in str(document.docinfo["/Title"])


def test_fonts_are_embedded_subsets_and_no_page_is_a_picture(chapters: Chapters) -> None:
    for _, _, _, pdf in chapters:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            for page in document.pages:
                assert "/XObject" not in page.obj.Resources
                for font in page.obj.Resources.Font.values():
                    inner = font.DescendantFonts[0]
                    assert (
                        "/FontFile3" in inner.FontDescriptor or "/FontFile2" in inner.FontDescriptor
                    )
                    assert str(inner.BaseFont)[7:8] == "+"


def test_every_link_leads_somewhere(chapters: Chapters) -> None:
    for _, leaf, _, pdf in chapters:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            pages = {page.obj.objgen for page in document.pages}
            known = leaf.eids
            for page in document.pages:
                for link in page.obj.get("/Annots", pikepdf.Array()):
                    if "/A" in link:
                        address, _, fragment = str(link.A.URI).partition("#")
                        assert address.startswith(SITE)
                        assert address.endswith(f"{leaf.slug}/")
                        assert not fragment or fragment in known
                    else:
                        assert link.Dest[0].objgen in pages


def test_a_page_of_colophon_alone_names_no_article(chapters: Chapters) -> None:
    for bilingual, leaf, form, pdf in chapters:
        pages = pypdfium2.PdfDocument(pdf)
        label = "Date of edition" if form == "en" else "版本日期"
        for page in pages:
            text = page.get_textpage()
            height = page.get_height()
            if label in text.get_text_bounded(bottom=height - 130):
                head = text.get_text_bounded(bottom=height - 70)
                assert not re.search(r"第.+条|Article", head), (bilingual.edition.law_id, leaf.slug)


def test_outline_has_the_chapter_and_its_articles(chapters: Chapters) -> None:
    for _, leaf, form, pdf in chapters:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            titles = list(_titles(document.Root.Outlines))
        assert len(titles) == 2 + len(leaf.articles)
        if form == "parallel":
            assert all(" · " in title for title in titles)


def _titles(node: pikepdf.Object) -> Iterator[str]:
    child = node.get("/First")
    while child is not None:
        yield str(child.Title)
        yield from _titles(child)
        child = child.get("/Next")


def test_same_input_gives_the_same_bytes_in_another_process(laws: dict[str, Bilingual]) -> None:
    bilingual = laws[LAWS[0]]
    leaf = leaves(bilingual.edition)[0]
    here = printed(bilingual, leaf, "parallel")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(printed, bilingual, leaf, "parallel").result() == here


def test_one_changed_character_in_any_unit_is_found(
    laws: dict[str, Bilingual], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The same PDF is compared with many editions: what it holds is read once.
    monkeypatch.setattr(pdf_text, "contents_from_pdf", cache(contents_from_pdf))
    for law_id, form in product(LAWS, ("zh", "pinyin", "parallel")):
        bilingual = laws[law_id]
        leaf = leaves(bilingual.edition)[0]
        pdf = printed(bilingual, leaf, form)
        for node in leaf.body:
            for unit in units_of(node):
                spoiled = _without_one_character(bilingual, unit.eid)
                changed = next(x for x in leaves(spoiled.edition) if x.slug == leaf.slug)
                found = list(read_back(pdf, spoiled, changed, form))
                assert [p.code for p in found] == ["print-text"], unit.eid
                assert found[0].position.path[1] == "zh"


def _without_one_character(bilingual: Bilingual, eid: str) -> Bilingual:
    """The same law, but the edition lacks a character in the middle of one unit."""
    edition = _spoiled(bilingual.edition, eid)
    assert edition != bilingual.edition
    return replace(bilingual, edition=edition)


T = TypeVar("T")


def _spoiled(node: T, eid: str) -> T:
    if isinstance(node, Unit) and node.eid == eid:
        longest = max(node.text.pieces, key=lambda piece: len(piece.text))
        cut = len(longest.text) // 2
        shorter = replace(longest, text=longest.text[:cut] + longest.text[cut + 1 :])
        pieces = (shorter if piece is longest else piece for piece in node.text.pieces)
        return replace(node, text=Text(tuple(pieces)))
    if isinstance(node, tuple):
        return tuple(_spoiled(part, eid) for part in node)  # type: ignore[return-value]
    if is_dataclass(node) and not isinstance(node, type | Text):
        changed = {f.name: _spoiled(getattr(node, f.name), eid) for f in fields(node)}
        return replace(node, **changed)
    return node


def test_a_note_stands_on_the_page_of_its_mark(chapters: Chapters) -> None:
    for _, leaf, form, pdf in chapters:
        blocks = blocks_from_pdf(pdf)
        at = dict[int, int]()
        for n, block in enumerate(blocks):
            if block.note and block.kind == "Lbl":
                at[n] = block.page
        for n, page in at.items():
            bearer = next(b for b in reversed(blocks[:n]) if not b.note)
            number = blocks[n].text
            marked = max(k for k, label in enumerate(bearer.labels) if label == number)
            assert page == bearer.label_pages[marked], (leaf.slug, form, number)
