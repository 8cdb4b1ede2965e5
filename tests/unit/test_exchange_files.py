"""Files for other tools: each is read back, by this project and by the field's own library."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree
from translate.storage import tbx, tmx, xliff

from duizhao.cli.exchange import FORMS
from duizhao.ground.text import plain
from duizhao.languages.bilingual import Bilingual, sources
from duizhao.languages.catalog import Catalog
from duizhao.languages.exchange import export, table
from duizhao.languages.exchange.import_ import import_pairs
from duizhao.languages.exchange.readers import pairs_from_file
from duizhao.languages.glossary import Rendering
from duizhao.parser.edition import Unit
from duizhao.site.pipeline import Site

ZH = export.CHINESE
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def current(pair: Bilingual) -> dict[str, tuple[str, str]]:
    return {
        eid: (text, pair.of(eid).text)
        for eid, text in sources(pair.edition)
        if pair.of(eid).status == "translated"
    }


def test_tmx_holds_every_current_translation(pair: Bilingual, tmp_path: Path) -> None:
    data = export.tmx(pair, version="1")
    assert data == export.tmx(pair, version="1")
    there = tmx.tmxfile(io.BytesIO(data), sourcelanguage=ZH, targetlanguage="en")
    assert sorted((u.source, u.target) for u in there.units) == sorted(current(pair).values())
    (tmp_path / "x.tmx").write_bytes(data)
    mine = pairs_from_file(tmp_path / "x.tmx", wanted="en")
    assert {p.eid: (p.source, p.target) for p in mine} == current(pair)


def test_tmx_names_what_its_dtd_requires(pair: Bilingual) -> None:
    root = etree.fromstring(export.tmx(pair, version="1"))
    header = root.find("header")
    required = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang"}
    assert root.get("version") == "1.4"
    assert (required | {"datatype"}) <= set(header.attrib)
    assert header.get("segtype") in ("block", "paragraph", "sentence", "phrase")
    order = {"note": 0, "prop": 1, "tuv": 2}
    for unit in root.iter("tu"):
        kinds = [order[child.tag] for child in unit]
        assert kinds == sorted(kinds)
        assert [len(v.findall("seg")) for v in unit.findall("tuv")] == [1, 1]
    names = [unit.get("tuid") for unit in root.iter("tu")]
    assert len(names) == len(set(names))


def test_xliff_holds_every_unit_with_its_state(
    pair: Bilingual, catalog: Catalog, tmp_path: Path
) -> None:
    data = export.xliff(pair, catalog)
    there: Any = xliff.xlifffile(io.BytesIO(data))
    assert [u.source for u in there.units] == [text for _, text in sources(pair.edition)]
    (tmp_path / "x.xlf").write_bytes(data)
    mine = {p.eid: p for p in pairs_from_file(tmp_path / "x.xlf", wanted="en")}
    for eid, text in sources(pair.edition):
        status = pair.of(eid).status
        assert mine[eid].source == text
        assert mine[eid].done == (status == "translated")
        assert bool(mine[eid].target) == (status != "missing")


def test_tbx_holds_the_terms_of_the_law(tiny: Site, pair: Bilingual) -> None:
    data = export.tbx(pair, tiny.glossary)
    there = tbx.tbxfile(io.BytesIO(data), sourcelanguage=ZH, targetlanguage="en")
    wanted = [(t.zh, t.en) for t in export.terms_of(pair, tiny.glossary)]
    assert wanted
    assert [(u.source, u.target) for u in there.units] == wanted
    names = [e.get("id") for e in etree.fromstring(data).iter("termEntry")]
    assert len(names) == len(set(names))


def test_tbx_is_in_the_language_that_is_asked_for(tiny: Site, pair: Bilingual) -> None:
    first, *others = export.terms_of(pair, tiny.glossary)
    words = Rendering(words="སྤྱི་གླིང་", forbidden=("གླིང་",), definition="ད")
    terms = (replace(first, others={"bo": words}), *others)
    data = export.tbx(replace(pair, language="bo"), replace(tiny.glossary, terms=terms))
    root = etree.fromstring(data)
    assert {s.get(LANG) for s in root.iter("langSet")} == {ZH, "bo-CN"}
    (section,) = [s for s in root.iter("langSet") if s.get(LANG) == "bo-CN"]
    assert [t.text for t in section.iter("term")] == ["སྤྱི་གླིང་", "གླིང་"]
    assert [d.text for d in section.iter("descrip")] == ["ད"]
    assert len(list(root.iter("termEntry"))) == len(terms)


def test_what_goes_out_as_xliff_comes_in_unchanged(
    tiny: Site, pair: Bilingual, catalog: Catalog, tmp_path: Path
) -> None:
    (tmp_path / "x.xlf").write_bytes(export.xliff(pair, catalog))
    pairs = pairs_from_file(tmp_path / "x.xlf", wanted="en")
    found = import_pairs(pair.edition, pairs, name="x.xlf")
    assert found.problems == ()
    for fill in found.fills:
        assert (catalog.entries[fill.eid].target, catalog.entries[fill.eid].fuzzy) == (
            fill.target,
            fill.fuzzy,
        )


def test_xliff_of_version_two_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.xlf"
    path.write_text(
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh" trgLang="en">'
        '<file id="f" original="law"><unit id="u1" name="art_1__para_1"><segment state="final">'
        '<source>公园<pc id="1">开放</pc>。</source><target>Parks <ph id="2"/>open.</target>'
        "</segment></unit></file></xliff>",
        encoding="utf-8",
    )
    (found,) = pairs_from_file(path, wanted="en")
    assert (found.eid, found.source, found.target) == ("art_1__para_1", "公园开放。", "Parks open.")
    assert found.done
    assert found.law == "law"


def test_what_stands_between_the_segments_of_a_unit_is_read(tmp_path: Path) -> None:
    def part(kind: str, source: str, target: str) -> str:
        return f"<{kind}><source>{source}</source>{target}</{kind}>"

    path = tmp_path / "x.xlf"
    path.write_text(
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh" trgLang="en">'
        '<file id="f"><unit id="art_1__para_1">'
        + part("segment", "甲。", "<target>First.</target>")
        + part("ignorable", "", "<target> </target>")
        + part("segment", "乙", "<target>Second</target>")
        + part("ignorable", "——", "")
        + part("segment", "丙。", "<target>third.</target>")
        + '</unit><unit id="art_2__para_1">'
        + part("ignorable", "——", "")
        + part("segment", "丁。", "")
        + "</unit></file></xliff>",
        encoding="utf-8",
    )
    assert [(p.source, p.target) for p in pairs_from_file(path, wanted="en")] == [
        ("甲。乙——丙。", "First. Second——third."),
        ("——丁。", ""),
    ]


# --- the table for revisers -------------------------------------------------


def revised(data: bytes, path: Path, changes: dict[str, tuple[int, str]]) -> Path:
    """The table with cells changed as a reviser would: by identifier, column and words."""
    document = Document(io.BytesIO(data))
    for row in document.tables[0].rows:
        eid = row.cells[0].text.split()[0]
        if eid in changes:
            column, words = changes[eid]
            row.cells[column].text = words
    document.save(str(path))
    return path


def rows(pair: Bilingual, path: Path) -> list[table.RevisedRow]:
    return table.rows_from_file(path, law_id="example-parks", language="en", name=path.name)


def test_an_untouched_table_changes_nothing(
    pair: Bilingual, catalog: Catalog, tmp_path: Path
) -> None:
    path = revised(table.table(pair, catalog), tmp_path / "t.docx", {})
    assert table.is_table(path)
    assert len(rows(pair, path)) == len(list(sources(pair.edition)))
    found = table.import_rows(pair, catalog, rows(pair, path), name="t.docx")
    assert (found.fills, found.problems) == ((), ())


def test_a_revised_row_comes_in_as_current(
    pair: Bilingual, catalog: Catalog, tmp_path: Path
) -> None:
    changes = {"art_3__para_1": (2, "Visitors to parks shall:")}
    path = revised(table.table(pair, catalog), tmp_path / "t.docx", changes)
    (fill,) = table.import_rows(pair, catalog, rows(pair, path), name="t.docx").fills
    assert (fill.eid, fill.target, fill.fuzzy) == (
        "art_3__para_1",
        "Visitors to parks shall:",
        False,
    )
    assert fill.origin == "t.docx, revised"


@pytest.mark.parametrize(
    ("column", "words", "code"),
    [
        (0, "art_99__para_1", "exchange-unknown-id"),
        (1, "游人必须遵守下列规定：", "exchange-source-changed"),
        (2, "", "exchange-emptied"),
    ],
)
def test_a_row_that_cannot_be_trusted_is_refused(
    pair: Bilingual, catalog: Catalog, tmp_path: Path, column: int, words: str, code: str
) -> None:
    data = table.table(pair, catalog)
    path = revised(data, tmp_path / "t.docx", {"art_3__para_1": (column, words)})
    found = table.import_rows(pair, catalog, rows(pair, path), name="t.docx")
    assert [p.code for p in found.problems] == [code]
    assert found.fills == ()


def test_a_row_changed_on_both_sides_is_a_conflict(
    pair: Bilingual, catalog: Catalog, tmp_path: Path
) -> None:
    changes = {"art_3__para_1": (2, "Visitors to parks shall:")}
    path = revised(table.table(pair, catalog), tmp_path / "t.docx", changes)
    entry = catalog.entries["art_3__para_1"]
    entries = catalog.entries | {entry.eid: type(entry)(
        eid=entry.eid, source=entry.source, target="All visitors shall:", fuzzy=False, line=1
    )}  # fmt: skip
    later = Catalog(path="x", language="en", entries=entries)
    found = table.import_rows(pair, later, rows(pair, path), name="t.docx")
    assert [p.code for p in found.problems] == ["exchange-conflict"]


def test_tracked_changes_are_read_as_accepted(
    pair: Bilingual, catalog: Catalog, tmp_path: Path
) -> None:
    document = Document(io.BytesIO(table.table(pair, catalog)))
    row = next(r for r in document.tables[0].rows if r.cells[0].text.startswith("art_3__para_1 "))
    paragraph = row.cells[2].paragraphs[0]._p
    run = paragraph.r_lst[0]
    space = run.nsmap["w"]
    gone = etree.SubElement(paragraph, f"{{{space}}}del")
    gone.append(run)
    new = etree.SubElement(paragraph, f"{{{space}}}ins")
    text = etree.SubElement(etree.SubElement(new, f"{{{space}}}r"), f"{{{space}}}t")
    text.text = "Everyone shall:"
    path = tmp_path / "t.docx"
    document.save(str(path))
    (fill,) = table.import_rows(pair, catalog, rows(pair, path), name="t.docx").fills
    assert fill.target == "Everyone shall:"


@pytest.fixture
def odd(pair: Bilingual) -> Bilingual:
    """The pair with a title and a paragraph that hold what XML cannot."""
    words = "公\x01园" * 128
    title = Unit(eid="title", role="title", text=plain(words))
    metadata = replace(pair.edition.metadata, title=words)
    return replace(pair, edition=replace(pair.edition, title=title, metadata=metadata))


def test_what_xml_cannot_hold_goes_out_and_comes_in(
    odd: Bilingual, catalog: Catalog, tmp_path: Path
) -> None:
    (tmp_path / "x.tmx").write_bytes(export.tmx(odd, version="1"))
    (tmp_path / "x.xlf").write_bytes(export.xliff(odd, catalog))
    for name in ("x.tmx", "x.xlf"):
        pairs = pairs_from_file(tmp_path / name, wanted="en")
        assert import_pairs(odd.edition, pairs, name=name).problems == ()
    path = revised(table.table(odd, catalog), tmp_path / "t.docx", {})
    found = table.import_rows(odd, catalog, rows(odd, path), name="t.docx")
    assert (found.fills, found.problems) == ((), ())


def test_a_language_of_a_region_goes_out_under_its_tag_and_comes_in(
    pair: Bilingual, catalog: Catalog, tmp_path: Path
) -> None:
    pair = replace(pair, language="pt_BR")
    (tmp_path / "x.tmx").write_bytes(export.tmx(pair, version="1"))
    (tmp_path / "x.xlf").write_bytes(export.xliff(pair, catalog))
    for name in ("x.tmx", "x.xlf"):
        assert "pt_BR" not in (tmp_path / name).read_text("utf-8")
        found = pairs_from_file(tmp_path / name, wanted="pt_BR")
        assert current(pair) == {p.eid: (p.source, p.target) for p in found if p.done}


def test_every_form_has_a_writer() -> None:
    assert FORMS == ("tmx", "tbx", "xliff", "docx")
