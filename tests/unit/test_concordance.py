"""The concordance, and the progress of chapters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duizhao.languages.bilingual import Bilingual, Translation
from duizhao.languages.concordance import concordance, letter_of, letters
from duizhao.languages.law import Law
from duizhao.languages.progress import in_words, progress
from duizhao.parser.edition import units
from duizhao.site.pipeline import Site
from duizhao.site.site_pages import pages


def with_translation(law: Law, eid: str, text: str) -> Law:
    pair = law.bilingual["en"]
    words = {**pair.translations, eid: Translation(text=text, status="translated")}
    changed = Bilingual(edition=law.edition, language="en", translations=words)
    return replace(law, bilingual={"en": changed})


def test_every_occurrence_stands_with_its_counterpart(tiny: Site) -> None:
    law = tiny.laws[0]
    found = concordance([law], "en", tiny.glossary)
    shown = found["term-park"]
    wanted = [
        u.eid
        for u in units(law.edition)
        for o in tiny.glossary.occurrences(str(u.text), "zh")
        if o.term.slug == "term-park"
    ]
    assert [o.eid for o in shown] == wanted
    first = next(o for o in shown if o.eid == "art_2__para_2")
    assert first.chinese == ("", "公园", "分为综合公园和专类公园。")
    assert first.translation[1] == "Parks"
    assert {o.status for o in shown} == {"translated", "fuzzy", "missing"}
    assert not any(o.deviates for o in shown)


def test_another_rendering_is_flagged(tiny: Site) -> None:
    law = with_translation(tiny.laws[0], "art_2__para_2", "Gardens are of two kinds.")
    shown = concordance([law], "en", tiny.glossary)["term-park"]
    assert {o.eid for o in shown if o.deviates} == {"art_2__para_2"}
    flagged = next(o for o in shown if o.deviates)
    assert flagged.translation == ("", "", "Gardens are of two kinds.")


def test_a_text_without_spaces_is_cut_where_it_must_be(tiny: Site) -> None:
    words = "公園は、総合公園と専門公園に分ける。" * 10
    for text, before in ((words, ""), (f"{words}(Parks){words}", f"…{words[-47:]}(")):
        law = with_translation(tiny.laws[0], "art_2__para_2", text)
        shown = concordance([law], "en", tiny.glossary)["term-park"]
        found = next(o for o in shown if o.eid == "art_2__para_2").translation
        assert found[0] == before
        assert found[2].endswith("…")
        assert len(found[2]) > 40
        assert "".join(found).strip("…") in text


def test_the_published_terms_are_rendered_as_the_glossary_has_them(real: Site) -> None:
    found = concordance(real.laws, "en", real.glossary)
    assert sum(map(len, found.values())) > 600
    assert [o.eid for places in found.values() for o in places if o.deviates] == []


def test_terms_stand_under_the_letter_of_their_pinyin(real: Site) -> None:
    found = concordance(real.laws, "en", real.glossary)
    groups = dict(letters(real.glossary, found))
    assert list(groups) == sorted(groups)
    assert all(letter_of(t) == letter for letter, terms in groups.items() for t in terms)
    made = {p.path for p in pages(real) if "/concordance/" in p.path}
    assert made == {f"{code}/concordance/{x}.md" for code in ("zh", "en") for x in groups}


@pytest.mark.parametrize(("code", "colon"), [("zh", "："), ("en", ": ")])
def test_a_place_is_followed_by_the_colon_of_the_page(real: Site, code: str, colon: str) -> None:
    shown = [p.markdown for p in pages(real) if p.path.startswith(f"{code}/concordance/")]
    lines = [line for text in shown for line in text.splitlines() if line.startswith("* [")]
    assert len(lines) > 300
    assert all(f"){colon}<span" in line for line in lines)


def test_the_glossary_is_indexed_twice(real: Site) -> None:
    for path in ("zh/glossary.md", "en/glossary.md"):
        text = next(p.markdown for p in pages(real) if p.path == path)
        first, second = text.index("{#index-pinyin}"), text.index("{#index-alphabet}")
        count = len(real.glossary.terms)
        assert text[first:second].count("](#term-") == text[second:].count("](#term-") == count


def test_each_chapter_says_how_far_it_is_translated(tiny: Site) -> None:
    law, ui = tiny.laws[0], tiny.interfaces["en"]
    parts = {p.part: p for p in progress(law, law.bilingual["en"], {"art_6__para_1": 2})}
    assert list(parts) == ["front", "chapter-1", "chapter-2", "notes"]
    assert sum(p.total for p in parts.values()) == sum(law.bilingual["en"].counts().values())
    assert parts["chapter-2"].findings == 2
    assert in_words(ui, parts["chapter-1"]) == "Translation: complete (10 passages)"
    assert in_words(ui, parts["chapter-2"]) == ("Translation: 3 of 6 passages, 1 awaits review")
    overview = next(p.markdown for p in pages(tiny) if p.path == "en/example-parks/index.md")
    assert "Translation: 3 of 6 passages" in overview
