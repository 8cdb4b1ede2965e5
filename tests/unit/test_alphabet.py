"""The index of terms and articles: everything once, in order, in pages that do not grow."""

from __future__ import annotations

import hashlib
import re

import pytest

from duizhao.parser.edition import articles, units_of
from duizhao.site.pipeline import Site
from duizhao.site.site_pages import Page, pages
from duizhao.writers.pages import alphabet
from duizhao.writers.pages.alphabet import alphabet_sheets
from duizhao.writers.pages.entries import Entry, entries_in_order


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
    assert len(paths) == len(parts)
    assert len({p.title for p in parts}) > len(parts) / 2  # they say from which word on
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


def sheets(real: Site, lines: list[str], language: str = "en") -> dict[str, str]:
    """The pages of an index that has these lines beside the terms, by their files."""
    ui, pair = real.interfaces[language], real.pair_ui(language)
    with entries_in_order() as entries:
        entries.add(
            Entry(key=(words, words), letter="b", term=False, markdown=f"* [{words}](x.md)")
            for words in lines
        )
        made = list(alphabet_sheets(ui, pair, entries, real.glossary, {}))
    assert len({sheet.path for sheet in made}) == len(made)
    return {sheet.path: sheet.markdown for sheet in made}


def test_a_new_line_changes_its_page_and_hardly_another(real: Site) -> None:
    lines = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(4000)]
    before = sheets(real, lines)
    ofb = [path for path in before if path.startswith("en/a-z/b")]
    assert 4000 / alphabet.LONGEST < len(ofb) < 2 * 4000 / alphabet.LONGEST
    differ = []
    for new in ("0a", "3c", "70", "9d", "e1"):
        after = sheets(real, [*lines, new])
        differ.append({p for p in after if after[p] != before.get(p)} - {"en/a-z/index.md"})
        assert any(f"* [{new}](" in after[path] for path in differ[-1])
    assert sum(map(len, differ)) <= 3 * len(differ)


@pytest.mark.parametrize("words", ["为了", "𠮷"])
def test_what_is_not_translated_is_chinese_in_a_heading(real: Site, words: str) -> None:
    lines = [f"{words}{n:03}" for n in range(300)]
    headings = [text.partition("\n")[0] for text in sheets(real, lines).values()]
    (heading,) = [text for text in headings if words in text]
    span = rf'<span lang="zh-Hans-CN">{words}\d{{3}}</span>'
    assert re.fullmatch(f"# Index: B, from “{span}”", heading)
    headings = [text.partition("\n")[0] for text in sheets(real, lines, "zh").values()]
    (heading,) = [text for text in headings if words in text]
    assert re.fullmatch(rf"# 索引：B，自“{words}\d{{3}}”起", heading)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The people’s councils shall hear it", "The people’s councils…"),
        ("Ships in harbour shall not be loaded", "Ships in harbour shall…"),
        (
            "村民会议应当每年至少举行一次并且记录 minutes 在案",
            "村民会议应当每年至少举行一次并且记录 minu…",
        ),
        ("short enough", "short enough"),
    ],
)
def test_first_words_are_cut_between_words(text: str, shown: str) -> None:
    """An apostrophe is no letter of ASCII: with one, words were cut in two."""
    assert alphabet._cut(text, 23) == shown
