"""How sure the articles are: from the notes and the translation's status, nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from duizhao.commands.add import add_file
from duizhao.editing.decisions import decisions_from_toml
from duizhao.editing.edition_from_decisions import edition_from_decisions
from duizhao.languages.bilingual import Bilingual, Translation
from duizhao.languages.confidence import (
    confidence_counts,
    confidence_of,
    differing,
    paragraph_counts,
)
from duizhao.parser.edition import articles, units_of
from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options
from duizhao.site.site_pages import pages
from duizhao.sources.witness import witness_from_text

GOVERNANCE = "xizang-community-governance"
BUSINESS = "xizang-business-environment"


def keys(site: Site, law_id: str, eid: str) -> tuple[str, ...]:
    law = site.law(law_id)
    article = next(a for a in articles(law.edition.body) if a.eid == eid)
    return confidence_of(article, law.edition, law.bilingual["en"]).keys


@pytest.mark.parametrize(
    ("law_id", "eid", "expected"),
    [
        (BUSINESS, "art_2", ("printed", "translated")),
        (BUSINESS, "art_7", ("query", "translated")),
        (BUSINESS, "art_14", ("number", "query", "translated")),
        (BUSINESS, "art_15", ("gap", "supplied")),
        (BUSINESS, "art_18", ("gap", "supplied", "translated")),
        (GOVERNANCE, "art_6", ("emendation", "translated")),
        (GOVERNANCE, "art_20", ("gap", "translated")),
    ],
)
def test_what_is_said_of_an_article(
    real: Site, law_id: str, eid: str, expected: tuple[str, ...]
) -> None:
    assert keys(real, law_id, eid) == expected


@pytest.mark.parametrize("status", ["missing", "fuzzy", "stale"])
def test_one_part_that_is_not_translated_tells_for_the_article(real: Site, status: str) -> None:
    law = real.law(GOVERNANCE)
    article = next(a for a in articles(law.edition.body) if a.eid == "art_8")
    *_, last = units_of(article)
    pair = law.bilingual["en"]
    changed: Bilingual = replace(
        pair, translations={**pair.translations, last.eid: Translation(text="", status=status)}
    )
    assert confidence_of(article, law.edition, changed).translation == status
    assert confidence_counts(law.edition, changed)[status] == 1
    assert confidence_counts(law.edition, pair)[status] == 0


def test_doubts_are_those_of_the_notes(real: Site) -> None:
    """Every correction, doubt and gap of an article's text is counted in it, once."""
    for law in real.laws:
        own = [
            confidence_of(a, law.edition, law.bilingual["en"]) for a in articles(law.edition.body)
        ]
        for kind in ("emendation", "query"):
            notes = [note for note in law.edition.notes if note.kind == kind]
            assert sum(one.doubts.get(kind, 0) for one in own) == len(notes)


ORDER = ("printed", "gap", "number", "supplied", "query", "emendation", "translated")
_MARKS = re.compile(r"^(\[[^\n]*)\n\{: \.sure( \.own)? \}$|\]\(#(art_\w+)\)\{#\3\}", re.MULTILINE)


def _shown(markdown: str) -> tuple[list[str], list[str]]:
    """What a chapter says of its articles and, in their own marks or their article's, paragraphs."""
    of_articles: list[str] = []
    of_paragraphs: list[list[str]] = []
    article: list[str] = []
    for marks, own, eid in _MARKS.findall(markdown):
        keys = re.findall(r"#sure-(\w+)", marks)
        if own:  # of the paragraph that was counted last, for as many sides as it names
            del of_paragraphs[-1]
            of_paragraphs.append(keys + [k for k in article if k == "translated"])
        elif marks:
            article = keys
            of_articles += keys
        elif "__para_" in eid and "__point_" not in eid:
            text = [k for k in article if k not in ("number", "supplied", "translated")]
            of_paragraphs.append((text or ["printed"]) + [k for k in article if k == "translated"])
    return of_articles, [key for keys in of_paragraphs for key in keys]


def test_the_counts_of_about_this_text_are_those_of_the_chapters(real: Site) -> None:
    written = {page.path: page for page in pages(real)}
    for law in real.laws:
        for language in real.options.languages:
            about = written[f"{language}/{law.id}/about.md"].markdown
            table = about.partition("{#sure}")[2].partition("\n## ")[0]
            stated = re.findall(r"^\|[^|]+\| (\d+) \| (\d+) \|$", table, re.MULTILINE)
            shown: tuple[list[str], list[str]] = ([], [])
            for leaf in law.leaves:
                markdown = written[f"{language}/{law.id}/{leaf.slug}.md"].markdown
                for found, more in zip(shown, _shown(markdown), strict=True):
                    found.extend(more)
            assert set(shown[0]) <= set(ORDER)
            assert stated == [
                tuple(str(some.count(key)) for some in shown) for key in ORDER if key in shown[0]
            ]


def test_paragraphs_speak_for_themselves_only_where_they_differ(real: Site) -> None:
    law = real.law(BUSINESS)
    pair = law.bilingual["en"]
    by_eid = {article.eid: article for article in articles(law.edition.body)}
    mixed = differing(by_eid["art_7"], law.edition, pair)
    assert mixed.chinese
    assert not mixed.translation
    assert [one.chinese for one in mixed.paragraphs.values()] == [("printed",), ("query",)]
    assert not differing(by_eid["art_2"], law.edition, pair).paragraphs
    # one paragraph whose translation is out of date
    eid = "art_7__para_1"
    stale: Bilingual = replace(
        pair, translations={**pair.translations, eid: Translation(text="", status="stale")}
    )
    both = differing(by_eid["art_7"], law.edition, stale)
    assert both.translation
    assert [p.translation for p in both.paragraphs.values()] == ["stale", "translated"]


def test_a_page_shows_how_sure_a_paragraph_is_and_says_whose_it_is(real: Site) -> None:
    page = next(
        p for p in pages(real) if p.path.startswith(f"en/{BUSINESS}/") and "{#art_7 " in p.markdown
    )
    block = page.markdown.partition("{#art_7__para_2}")[2].partition("{: .zh")[0]
    assert "[doubtful in 1 place](#sure-query)\n{: .sure .own }" in block
    assert "unofficial translation" not in block


@pytest.mark.parametrize(("line", "quoted", "differ"), [(2, "第一条", False), (5, "（二）", True)])
def test_a_doubt_about_a_number_is_the_articles_or_the_items(
    line: int, quoted: str, differ: bool
) -> None:
    """That of an article is no matter of its paragraphs, that of an item is its paragraph's."""
    witness = witness_from_text(
        "某市公园条例\n第一条 甲。\n乙包括：\n（一）丙；\n（二）丁。\n", name="x.txt"
    )
    decisions = decisions_from_toml(
        f'[law]\nid = "parks"\n[[witness]]\nfile = "x.txt"\nsha256 = "{witness.sha256}"\n'
        f'description = "x"\n[[query]]\nid = "doubt"\nline = {line}\ntext = "{quoted}"\nwhy = "疑。"\n',
        path="edition.toml",
    )
    edition = edition_from_decisions(decisions, witness)
    pair = Bilingual(edition=edition, language="en", translations={})
    (article,) = articles(edition.body)
    assert confidence_of(article, edition, pair).doubts == {"query": 1}
    assert differing(article, edition, pair).chinese == differ


def test_paragraphs_of_a_resolution_say_how_sure_they_are(tiny_copy: Path) -> None:
    """They said nothing: whether a translation was reviewed could not be told."""
    text = "某市人民代表大会关于公园的决议\n（2024年1月1日通过）\n会议决定：\n（一）甲。\n（二）乙。\n丙。\n"
    (tiny_copy / "plan.txt").write_text(text, "utf-8")
    add_file(tiny_copy / "plan.txt", Options(root=tiny_copy), law_id="plan")
    seeds = tiny_copy / "seeds/plan/edition.toml"
    seeds.write_text(
        f'{seeds.read_text("utf-8")}\n[[query]]\nid = "doubt"\nline = 5\ntext = "乙"\nwhy = "疑。"\n',
        "utf-8",
    )
    site = site_from_options(Options(root=tiny_copy))
    law = site.law("plan")
    counts = paragraph_counts(law.edition, law.bilingual["en"])
    assert {key: n for key, n in counts.items() if n} == {"printed": 1, "query": 1, "missing": 2}
    written = {page.path: page.markdown for page in pages(site)}
    marks = re.findall(r"^(\[.*)\n\{: \.sure \.own \}$", written["en/plan/text.md"], re.MULTILINE)
    assert [re.findall(r"#sure-(\w+)", line) for line in marks] == [
        ["query", "missing"],
        ["printed", "missing"],
    ]
    about = written["en/plan/about.md"].partition("{#sure}")[2].partition("\n## ")[0]
    assert "Each paragraph says" in about
    assert re.findall(r"^\|.*\| (\d+) \|$", about, re.MULTILINE) == ["1", "1"], (
        "of the Chinese alone"
    )
