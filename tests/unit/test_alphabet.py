"""The index of terms and articles: everything once, in order, in pages that do not grow."""

from __future__ import annotations

import re

import pytest

from duizhao.edition import articles, units_of
from duizhao.pipeline import Site
from duizhao.site_pages import Page, pages
from duizhao.writers import alphabet


def index(site: Site, language: str) -> list[Page]:
    return [p for p in pages(site) if p.kind == "alphabet" and p.language == language]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_article_and_term_is_in_it(real: Site, language: str) -> None:
    text = "\n".join(page.markdown for page in index(real, language))
    for law in real.laws:
        for article in articles(law.edition.body):
            page = law.leaf_of(article.eid)
            assert page is not None
            link = f"{law.id}/{page.slug}.md#{article.eid})"
            has_words = any(str(unit.text) for unit in units_of(article))
            assert text.count(link) == has_words, article.eid
    for term in real.glossary.terms:
        assert text.count(f"glossary.md#{term.slug})") == 1


def test_letters_follow_each_other_and_pages_too(
    real: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = index(real, "en")
    monkeypatch.setattr(alphabet, "LONGEST", 5)
    parts = index(real, "en")
    assert len(parts) > len(whole)

    def entries(found: list[Page]) -> list[str]:
        # the first page lists the letters
        return [e for p in found[1:] for e in re.findall(r"^\* .*$", p.markdown, re.MULTILINE)]

    assert all(len(re.findall(r"^\* ", p.markdown, re.MULTILINE)) <= 5 for p in parts[1:])
    assert sorted(entries(parts)) == sorted(entries(whole))
    paths = {p.path for p in parts}
    for page in parts:
        for target in re.findall(r"\]\(([^)#]+\.md)\)", page.markdown):
            if "/" not in target:
                assert f"en/a-z/{target}" in paths


def test_the_chinese_index_is_ordered_by_sound(real: Site) -> None:
    text = "\n".join(page.markdown for page in index(real, "zh")[1:])
    letters = re.findall(r"^## (\S+) \{#letter-", text, re.MULTILINE)
    assert [x for x in letters if x != "#"] == sorted({*letters} - {"#"})
    assert "营商环境" in text.partition("{#letter-y}")[2].partition("{#letter-")[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_letters_share_pages_and_each_is_found(real: Site, language: str) -> None:
    first, *rest = index(real, language)
    listed = re.findall(r"^\* \[(\S+)\]\(([^)#]+)#(letter-\w+)\)", first.markdown, re.MULTILINE)
    assert len(rest) < len(listed)
    at = {page.path.rpartition("/")[2]: page.markdown for page in rest}
    for letter, path, anchor in listed:
        assert f"## {letter} {{#{anchor}}}" in at[path]
