"""The law in one HTML file: complete, on its own, small, safe to open; read back equal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from selectolax.lexbor import LexborHTMLParser
from tests.property.made import corpora_editions, pairs, published, untranslated

from duizhao.ground.problems import DuizhaoError
from duizhao.languages.bilingual import Bilingual
from duizhao.parser.edition import units
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.site.pipeline import Site
from duizhao.sources.readers import text_from_bytes
from duizhao.sources.witness import witness_from_text
from duizhao.writers.formats.blocks import flat, said, sequence_of
from duizhao.writers.formats.html_file import html_file, read_html_file
from duizhao.writers.formats.imprint import imprint_of

QUICK = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def blocks_are_the_units_and_the_notes(pair: Bilingual) -> None:
    edition = pair.edition
    contents = {entry.unit.eid for entry in edition.contents} | {"toc"}
    wanted = [str(u.text) for u in units(edition) if u.eid not in contents]
    found = list(flat(sequence_of(edition, pair).blocks))
    laws = [str(b.zh) for b in found if b.kind != "note"]
    assert [f for f in laws if f] == [w for w in wanted if w]
    assert sorted(b.eid for b in found if b.kind == "note") == sorted(n.eid for n in edition.notes)
    assert len({b.eid for b in found}) == len(found)


def round_trip(pair: Bilingual) -> str:
    """The file, after it was read back by its own reader and by a browser's rules."""
    written = html_file(
        pair.edition,
        sequence_of(pair.edition, pair),
        pair,
        imprint_of(pair.edition, address="https://example.org/", witness="0" * 64),
    )
    wanted = said(sequence_of(pair.edition, pair))
    assert read_html_file(written, "law.html") == wanted
    html = LexborHTMLParser(written)
    for sup in html.css("sup"):
        sup.decompose()
    holders = [n for n in html.css("span[data-eid]") if n.parent is not None]
    seen = [n.text() for n in holders if _lang(n.parent) == "zh-Hans-CN"]
    assert seen == [each.zh for each in wanted]
    return written


def _lang(node: object) -> str:
    return str(node.attributes.get("lang"))  # type: ignore[attr-defined]


def test_a_comment_that_somebody_put_into_a_file_says_nothing() -> None:
    """It ended `verify` of a book in a traceback."""
    unit = '<p lang="zh-Hans-CN"><span data-eid="a">甲<!-- x -->乙<?y?></span></p>'
    assert read_html_file(unit, "law.html")[0].zh == "甲乙"


@QUICK
@given(pairs())
def test_any_edition(pair: Bilingual) -> None:
    blocks_are_the_units_and_the_notes(pair)
    round_trip(pair)


def test_the_languages_of_a_heading_are_lines_of_their_own_without_a_style(real: Site) -> None:
    for pair in published(real):
        title = pair.edition.metadata.title
        read = text_from_bytes(round_trip(pair).encode(), name="law.html")
        assert read.split("\n")[0] == title
        witness = witness_from_text(read, name="law.html")
        (law, *_) = editions_from_reading(reading_from_witness(witness)).editions
        assert law.metadata.title == title


def test_published_laws_stand_alone(real: Site, tiny: Site) -> None:
    for pair in published(real, tiny):
        written = round_trip(pair)
        assert len(written.encode("utf-8")) < 300_000
        html = LexborHTMLParser(written)
        assert not html.css("script, link, img, iframe, [src], [onclick], [style]")
        assert "url(" not in written
        assert "@import" not in written
        ids = [n.attributes["id"] for n in html.css("[id]")]
        assert len(ids) == len(set(ids))
        for link in html.css("a[href^='#']"):
            assert (link.attributes["href"] or "").removeprefix("#") in ids
        for note in pair.edition.notes:
            assert note.eid in ids


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY a "ha">]>', "markup-doctype"),
        ("<!DOCTYPE html>", '<!DOCTYPE html SYSTEM "file:///etc/passwd">', "markup-doctype"),
        ("<main>", "<main>&a;", "markup-syntax"),
        ("</main>", "</mein>", "markup-syntax"),
    ],
)
def test_what_is_no_such_file_is_refused(tiny: Site, old: str, new: str, code: str) -> None:
    written = round_trip(next(published(tiny)))
    with pytest.raises(DuizhaoError) as reason:
        read_html_file(written.replace(old, new, 1), "law.html")
    problem = reason.value.problems[0]
    assert problem.code == code
    assert problem.position.line == written.splitlines().index(old) + 1


def test_a_change_is_read(tiny: Site) -> None:
    pair = next(published(tiny))
    written = round_trip(pair)
    changed = read_html_file(written.replace("应当每日开放", "可以每日开放"), "law.html")
    wanted = said(sequence_of(pair.edition, pair))
    assert [a.eid for a, b in zip(wanted, changed, strict=True) if a != b] == ["art_4__para_1"]


@pytest.mark.corpora
def test_laws_of_the_corpora(root: Path) -> None:
    for edition in corpora_editions(root):
        round_trip(untranslated(edition))


def test_the_contents_stand_below_the_title_in_both_languages(real: Site) -> None:
    for pair in published(real):
        imprint = imprint_of(pair.edition, address="", witness="0" * 64)
        tree = LexborHTMLParser(
            html_file(pair.edition, sequence_of(pair.edition, pair), pair, imprint)
        )
        main = [node.tag for node in tree.css("main > *")]
        assert main[:2] == ["h1", "nav"]
        for link in tree.css("nav a"):
            target = (link.attributes["href"] or "").removeprefix("#")
            (words,) = tree.css(f'h2#{target} span[lang="en"] [data-eid]')
            assert words.text() in link.text()
        for note in tree.css(".note"):
            assert len(note.css("p:first-child .back")) == len(note.css(".back"))


def test_a_law_without_a_title_is_headed_by_that_of_its_editors(real: Site) -> None:
    for pair in published(real):
        given = replace(pair.edition, title=None)
        tree = LexborHTMLParser(round_trip(replace(pair, edition=given)))
        assert [node.tag for node in tree.css("main > *")][:2] == ["h1", "nav"]
        assert [node.text() for node in tree.css("h1")] == [f"〔{given.metadata.title}〕"]


def test_a_law_without_any_translation_says_so_once(tiny: Site) -> None:
    """Every paragraph said it, beside or below the Chinese."""
    edition = tiny.laws[0].edition
    written = round_trip(untranslated(edition))
    assert written.count("Not yet translated") == 1
    assert "Article 1" not in written
    assert round_trip(next(published(tiny))).count("Not yet translated") != 1
