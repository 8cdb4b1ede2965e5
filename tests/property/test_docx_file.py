"""Word documents: every word in its bookmark, styles used for what they are."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm
from hypothesis import HealthCheck, given, settings
from tests.property.made import corpora_editions, pairs, published, untranslated

from duizhao.ground.problems import DuizhaoError
from duizhao.languages.bilingual import Bilingual
from duizhao.site.pipeline import Site
from duizhao.writers.formats.archive import zipped
from duizhao.writers.formats.blocks import sequence_of
from duizhao.writers.formats.docx_file import bookmark, docx_file, expected, read_docx_file
from duizhao.writers.formats.imprint import Imprint

IMPRINT = Imprint(
    standing=(("非官方文本。", "Unofficial."),), address="https://example.org/law", source="SHA-256"
)


def round_trip(pair: Bilingual) -> bytes:
    """The file, after it was read back."""
    sequence = sequence_of(pair.edition, pair)
    data = docx_file(pair.edition, sequence, pair, IMPRINT)
    assert read_docx_file(data, "law.docx") == expected(sequence)
    return data


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(pairs())
def test_any_edition(pair: Bilingual) -> None:
    data = round_trip(pair)
    assert data == docx_file(pair.edition, sequence_of(pair.edition, pair), pair, IMPRINT)


def test_published_laws_use_styles(real: Site, tiny: Site) -> None:
    for pair in published(real, tiny):
        document = docx.Document(BytesIO(round_trip(pair)))
        styles = [p.style.name for p in document.paragraphs if p.style]
        assert {"Title", "Heading 1", "Heading 2", "Law Chinese", "Law Translation"} <= set(styles)
        assert "Normal" not in styles
        for style in ("Law Chinese", "Law Translation"):
            (mark,) = document.styles[style].element.iter(qn("w:lang"))
            wanted = "en-US" if style == "Law Chinese" else pair.language
            assert (mark.get(qn("w:val")), mark.get(qn("w:eastAsia"))) == (wanted, "zh-CN")
        names = [m.get(qn("w:name")) for m in document.element.body.iter(qn("w:bookmarkStart"))]
        assert len(names) == len(set(names))
        assert all(len(name) <= 40 and name.isidentifier() for name in names)


@pytest.mark.parametrize("eid", ["art_120-1", "a" * 60, "part_1__subpart_2__chp_3__sec_1__heading"])
def test_names_that_word_takes(eid: str) -> None:
    assert len(bookmark(eid)) <= 40
    assert bookmark(eid).isidentifier()
    assert bookmark(eid) != bookmark(eid, "tr")


def test_every_page_says_what_standing_the_text_has(tiny: Site) -> None:
    foot = docx.Document(BytesIO(round_trip(next(published(tiny))))).sections[0].footer
    told = [paragraph.text for paragraph in foot.paragraphs]
    assert told == ["非官方文本。", "Unofficial.", "https://example.org/law · SHA-256"]


def test_a_change_is_read(tiny: Site) -> None:
    pair = next(published(tiny))
    data = round_trip(pair)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = [(name, archive.read(name)) for name in archive.namelist()]
    changed = zipped(
        (n, d.replace("应当每日开放".encode(), "可以每日开放".encode())) for n, d in files
    )
    wanted = expected(sequence_of(pair.edition, pair))
    found = read_docx_file(changed, "law.docx")
    assert [key for key in wanted if wanted[key] != found[key]] == ["zh_art_4__para_1"]


@pytest.mark.parametrize("data", [b"", b"PK", b"<html>"])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(DuizhaoError) as reason:
        read_docx_file(data, "law.docx")
    assert reason.value.problems[0].code == "docx-broken"


@pytest.mark.corpora
def test_laws_of_the_corpora(root: Path) -> None:
    for edition in corpora_editions(root):
        round_trip(untranslated(edition))


def test_the_page_and_its_headings(tiny: Site) -> None:
    document = docx.Document(BytesIO(round_trip(next(published(tiny)))))
    page = document.sections[0]
    size = (page.page_width or 0, page.page_height or 0)
    assert [round(n / Cm(1), 1) for n in size] == [21.0, 29.7]
    headings = [p for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings[-1].text == "注 Notes"
    assert [p.text.count("\n") for p in headings[:-1]] == [1] * (len(headings) - 1)
    assert document.styles["Title"].element.find(f".//{qn('w:pBdr')}") is None
