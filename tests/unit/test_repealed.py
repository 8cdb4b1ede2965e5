"""A law that is repealed is said to be so wherever the site says from when laws are in force."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from duizhao.building.pages.cards import _law_data
from duizhao.building.pages.structured_data import law_data
from duizhao.building.pages.theme import _card
from duizhao.languages.law import Law, View
from duizhao.parser.edition import Event
from duizhao.site.pipeline import Site
from duizhao.writers.formats.bibliography import bibtex, csl
from duizhao.writers.formats.blocks import sequence_of
from duizhao.writers.formats.docx_file import docx_file, expected, read_docx_file
from duizhao.writers.formats.epub import epub, read_epub
from duizhao.writers.formats.html_file import html_file, read_html_file
from duizhao.writers.formats.imprint import imprint_of
from duizhao.writers.formats.tables import rows_of
from duizhao.writers.pages.overview import overview_markdown
from duizhao.writers.search.provisions import search_law
from duizhao.writers.typeset import PrintOptions
from duizhao.writers.typeset.data import Provenance, document_from_leaf

END = Event(kind="repealed", date="2032-01-01", text="2032年1月1日废止")


def with_status(law: Law, status: str, *events: Event) -> Law:
    was = law.edition.metadata
    metadata = replace(was, status=status, effective="2030-05-01", events=(*was.events, *events))
    edition = replace(law.edition, metadata=metadata)
    pairs = {code: replace(pair, edition=edition) for code, pair in law.bilingual.items()}
    return replace(law, edition=edition, bilingual=pairs)


def said(view: View) -> dict[str, str]:
    """What is said of the law, by the place where it is said."""
    facts = [line for line in overview_markdown(view, "x.md").splitlines() if line[:2] == "| "]
    cited = law_data(view, "https://example.org/", part=None, files=())["@graph"]
    return {
        "page": view.standing,
        "list": f"{_card(view)['repealed']} {_card(view)['effective']}",
        "overview": "\n".join(facts),
        "picture": str(_law_data(view)["facts"]),
        "data": next((n["temporalCoverage"] for n in cited if "temporalCoverage" in n), ""),
        "search": search_law(view.law.edition, view.law.bilingual).repealed,
    }


@pytest.mark.parametrize(
    ("events", "english", "chinese"),  # of which the small site translates the day alone
    [((), "Repealed", "Repealed"), ((END,), "Repealed on January 1, 2032", "2032年1月1日")],
)
def test_a_repealed_law_is_nowhere_shown_as_in_force(
    tiny: Site, events: tuple[Event, ...], english: str, chinese: str
) -> None:
    law = with_status(tiny.laws[0], "repealed", *events)
    for language, words in (("en", english), ("zh", chinese)):
        found = said(tiny.view(law, language))
        for place in ("page", "list", "overview", "picture"):
            assert words in found[place], place
            assert "In force" not in found[place], place
        assert found["list"].endswith(f"{words} ")
        assert found["data"] == ("2030-05-01/2032-01-01" if events else "")
        assert found["search"] == ("2032-01-01" if events else "undated")


def test_of_a_law_in_force_nothing_of_a_repeal_is_said(tiny: Site) -> None:
    found = said(tiny.view(with_status(tiny.laws[0], ""), "en"))
    assert found["search"] == ""
    assert found["data"] == "2030-05-01/.."
    assert "In force from May 1, 2030" in found["picture"]
    assert not any("epealed" in words for words in found.values())


def test_the_last_amendment_stands_among_the_dates(tiny: Site) -> None:
    """A law revised in 2031 was said to be of 2030, by its overview."""
    days = ("2030-09-01", "2031-10-01")
    events = (Event(kind="amended", date=days[0]), Event(kind="revised", date=days[1]))
    found = said(tiny.view(with_status(tiny.laws[0], "", *events), "en"))
    assert "| Last amended | October 1, 2031 |" in found["overview"]
    before = Event(kind="amended", date="2029-01-01")  # of the text that this one replaced
    for law in (tiny.laws[0], with_status(tiny.laws[0], "", before)):
        assert "amended" not in said(tiny.view(law, "en"))["overview"]


def test_every_page_of_a_print_says_it(tiny: Site) -> None:
    law = with_status(tiny.laws[0], "repealed")
    made = document_from_leaf(
        law.bilingual["en"],
        law.leaves[0],
        options=PrintOptions(),
        provenance=Provenance(),
    )
    assert made["foot"]["standing"]["zh"].startswith("已废止，")
    assert made["foot"]["standing"]["en"].startswith("Repealed · ")
    assert "状态：" in str(made["facts"])  # the day is not known


def test_files_that_are_passed_on_say_it(tiny: Site) -> None:
    for events, words in ((), "已废止"), ((END,), "自2032年1月1日起废止"):
        law = with_status(tiny.laws[0], "repealed", *events)
        pair = law.bilingual["en"]
        sequence = sequence_of(law.edition, pair)
        imprint = imprint_of(law.edition, address="", witness="0" * 64)
        assert imprint.chinese[0] == f"{words}。"
        made = html_file(law.edition, sequence, pair, imprint)
        assert words in made
        book = epub(law.edition, sequence, pair, imprint, law_uri="/x")
        with ZipFile(BytesIO(book)) as archive:
            pages = [n for n in archive.namelist() if n.endswith(".xhtml") and "notes" not in n]
            assert len(pages) > 1
            assert all(words in archive.read(page).decode() for page in pages)
        assert read_epub(book, "x") == read_html_file(made, "x")
        typed = docx_file(law.edition, sequence, pair, imprint)
        assert words in Document(BytesIO(typed)).sections[0].header.paragraphs[0].text
        assert read_docx_file(typed, "x") == expected(sequence)
        assert f"note = {{{words} Repealed" in bibtex("x", law.edition.metadata, "", "/")
        day = "2032-01-01" if events else ""
        assert ["repealed", day] == json.loads(rows_of(law, []).laws)[0][9:11]
        was = tiny.laws[0].edition
        imprint = imprint_of(was, address="", witness="0" * 64)
        kept = html_file(was, sequence_of(law.edition, pair), pair, imprint)
        assert read_html_file(made, "x") == read_html_file(kept, "x")  # and the text is as it was
        assert "废止" not in kept + bibtex("x", tiny.laws[0].edition.metadata, "", "/")
        assert '"status": "repealed"' in csl("x", law.edition.metadata, "", "/")
    assert "status" not in csl("x", tiny.laws[0].edition.metadata, "", "/")
