"""How sure the articles are: from the notes and the translation's status, nothing else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from duizhao.bilingual import Bilingual, Translation
from duizhao.confidence import confidence_counts, confidence_of
from duizhao.edition import articles, units_of
from duizhao.pipeline import Site
from duizhao.site_pages import pages

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


def test_the_counts_of_about_this_text_are_those_of_the_chapters(real: Site) -> None:
    written = {page.path: page for page in pages(real)}
    for law in real.laws:
        for language in real.options.languages:
            about = written[f"{language}/{law.id}/about.md"].markdown
            table = about.partition("{#sure}")[2].partition("\n## ")[0]
            stated = [int(row) for row in re.findall(r"^\|[^|]+\| (\d+) \|$", table, re.MULTILINE)]
            shown: list[str] = []
            for leaf in law.leaves:
                markdown = written[f"{language}/{law.id}/{leaf.slug}.md"].markdown
                shown += re.findall(r"\]\(#sure-(\w+)\)", markdown)
            order = dict.fromkeys(
                ("printed", "gap", "number", "supplied", "query", "emendation", "translated")
            )
            assert set(shown) <= set(order)
            assert stated == [shown.count(key) for key in order if key in shown]
