"""Plain text and Markdown: every word of the law, in order, and nothing else."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import markdown as python_markdown
import pytest
from hypothesis import HealthCheck, given, settings
from selectolax.lexbor import LexborHTMLParser
from tests.property.made import corpora_editions, pairs, published, untranslated

from duizhao.languages.bilingual import Bilingual
from duizhao.parser.edition import articles, units_of
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.site.pipeline import Site
from duizhao.sources.witness import witness_from_file
from duizhao.writers.formats.blocks import flat, said, sequence_of
from duizhao.writers.formats.blocks import untranslated as mark_of
from duizhao.writers.formats.imprint import Imprint
from duizhao.writers.formats.text import changed_line, markdown, one_line, plain_text, text_zip

IMPRINT = Imprint(
    standing=(("非官方文本。", "Unofficial."),), address="https://example.org/law", source="SHA-256"
)
QUICK = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def round_trip(pair: Bilingual) -> None:
    sequence = sequence_of(pair.edition, pair)
    for language in ("zh", pair.language):
        text = plain_text(sequence, language)
        assert changed_line(text, sequence, language) == 0
        assert text.splitlines() == text.removesuffix("\n").split("\n")
    markdown_round_trip(pair)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def markdown_round_trip(pair: Bilingual) -> None:
    """Rendered, the Markdown has the words of every unit in order and nothing between them."""
    sequence = sequence_of(pair.edition, pair)
    html = python_markdown.markdown(markdown(sequence), extensions=["footnotes", "tables"])
    tree = LexborHTMLParser(f"<body>{html}</body>")
    for node in tree.css("sup[id], .footnote-backref"):
        node.decompose()
    seen = squeezed(tree.body.text() if tree.body else "")
    wanted = ""
    for block, each in zip(flat(sequence.blocks), said(sequence), strict=True):
        note = block.kind == "note"
        mark = f"[{mark_of(block)}]" if mark_of(block) else ""
        zh, words = one_line(each.zh), one_line(each.words)
        numbers = ("", "") if note else (one_line(each.number), one_line(each.english))
        wanted += squeezed(numbers[0] + zh + numbers[1] + mark + words)
    assert seen == wanted


@QUICK
@given(pairs())
def test_any_edition(pair: Bilingual) -> None:
    round_trip(pair)


def test_published_laws(real: Site, tiny: Site) -> None:
    for pair in published(real, tiny):
        round_trip(pair)
        sequence = sequence_of(pair.edition, pair)
        data = text_zip("law", sequence, "en", IMPRINT)
        assert data == text_zip("law", sequence, "en", IMPRINT)
        archive = zipfile.ZipFile(BytesIO(data))
        assert archive.namelist() == [
            "law.zh.txt",
            "law.en.txt",
            "law.md",
            "law.imprint.txt",
        ]
        assert archive.testzip() is None
        told = archive.read("law.imprint.txt").decode("utf-8")
        assert told == "非官方文本。\nUnofficial.\nhttps://example.org/law\nSHA-256\n"
        lines = archive.read("law.zh.txt").decode("utf-8").split("\n")
        assert any(line.startswith("第一条\u3000") for line in lines)


def test_a_change_by_hand_is_named(tiny: Site) -> None:
    pair = next(published(tiny))
    sequence = sequence_of(pair.edition, pair)
    for language, old, new in (
        ("zh", "应当每日开放", "可以每日开放"),
        ("zh", "应当每日开放", "应当每日开放开放"),
        ("en", "Article 4", "Article 5"),
    ):
        text = plain_text(sequence, language)
        line = next(n for n, row in enumerate(text.split("\n"), 1) if old in row)
        assert changed_line(text.replace(old, new, 1), sequence, language) == line
    whole = plain_text(sequence, "zh")
    assert changed_line(whole + "第九十九条", sequence, "zh") == whole.count("\n") + 1


@pytest.mark.corpora
def test_the_plain_text_of_a_law_is_read_as_the_same_law(root: Path, tmp_path: Path) -> None:
    """The project's own parser finds the same articles, paragraphs and items in it."""
    for edition in corpora_editions(root):
        pair = untranslated(edition)
        round_trip(pair)
        path = tmp_path / "law.txt"
        path.write_text(plain_text(sequence_of(edition, pair), "zh"), "utf-8")
        (again,) = editions_from_reading(
            reading_from_witness(witness_from_file(path)), law_id="law"
        ).editions
        wanted = [(u.eid, str(u.text)) for a in articles(edition.body) for u in units_of(a)]
        found = [(u.eid, str(u.text)) for a in articles(again.body) for u in units_of(a)]
        assert found == wanted
