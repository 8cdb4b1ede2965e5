from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from duizhao.ground.problems import DuizhaoError
from duizhao.languages.glossary import (
    Glossary,
    Rendering,
    Term,
    glossary_from_file,
    glossary_from_terms,
    words_pattern,
)
from duizhao.languages.pinyin import Readings
from duizhao.site.pipeline import Site


def term(zh: str, en: str, *forms: str) -> Term:
    return Term(
        zh=zh, en=en, pinyin="", definition_zh="x", definition_en="x", source="x", forms=forms
    )


GLOSSARY = glossary_from_terms(
    (
        term("公园", "park", "parks"),
        term("公园管理单位", "park management unit"),
        term("条", "article"),
        term("人民代表大会", "people’s congress"),
    )
)


def found(glossary: Glossary, text: str, language: str) -> list[tuple[str, str]]:
    return [(text[o.start : o.end], o.term.zh) for o in glossary.occurrences(text, language)]


def test_the_longest_term_wins_and_terms_do_not_overlap() -> None:
    assert found(GLOSSARY, "公园管理单位管理公园", "zh") == [
        ("公园管理单位", "公园管理单位"),
        ("公园", "公园"),
    ]


def test_what_was_found_is_not_sent_to_another_process() -> None:
    fresh = glossary_from_terms(GLOSSARY.terms)
    before = pickle.dumps(fresh)
    assert found(fresh, "公园", "zh") == found(fresh, "公园", "zh") == [("公园", "公园")]
    assert pickle.dumps(fresh) == before
    sent = pickle.loads(before)  # noqa: S301 - made here
    assert found(sent, "公园", "zh") == [("公园", "公园")]


def test_english_matches_whole_words_in_any_case() -> None:
    text = "Parks, the park management unit, a spark, parking, car-park and PARK."
    assert [w for w, _ in found(GLOSSARY, text, "en")] == ["Parks", "park management unit", "PARK"]


def test_a_term_with_an_apostrophe() -> None:
    assert [w for w, _ in found(GLOSSARY, "the People’s Congress", "en")] == ["People’s Congress"]


@pytest.mark.parametrize("language", ["ja", "ja-JP", "th_TH"])
def test_a_language_without_spaces_matches_within_a_run_of_letters(language: str) -> None:
    entry = replace(term("公园", "park"), others={language: Rendering(words="公園")})
    glossary = glossary_from_terms((entry,))
    assert found(glossary, "この公園は", language) == [("公園", "公园")]
    assert words_pattern(["公園"], language).search("この公園は")


def test_words_of_one_character_are_not_looked_for() -> None:
    assert found(GLOSSARY, "第一条的条件", "zh") == []
    assert found(GLOSSARY, "Article 1", "en") == []


def test_an_empty_glossary_and_an_unknown_language_find_nothing() -> None:
    assert found(Glossary(), "公园", "zh") == found(GLOSSARY, "公园", "bo") == []
    assert found(glossary_from_terms(()), "公园", "zh") == []


def test_anchors_can_be_read() -> None:
    assert term("公园", "park (green space)").slug == "term-park-green-space"
    assert term("公园", "公园").slug == "term-x"


def test_no_file_is_an_empty_glossary(tmp_path: Path) -> None:
    assert glossary_from_file(tmp_path / "none.toml", Readings()).terms == ()


TERM = """[[term]]
zh = "公园"
en = "park"
definition_zh = "甲"
definition_en = "x"
source = "x"
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("[[term]]", "[term]", "glossary-type", 1),
        ("[[term]]", "[[terms]]", "glossary-unknown-key", 1),
        (TERM, '# none\nterm = ["公园"]\n', "glossary-type", 2),
        ('en = "park"', 'en = "park"\nforms = [1]', "glossary-type", 4),
        ('en = "park"', 'en = "park"\nforms = [""]', "glossary-type", 4),
        ('en = "park"', 'en = "park"\nforbidden = [1]', "glossary-type", 4),
        ('en = "park"', 'en = "park"\nbo = { words = "x", forms = [1] }', "glossary-type", 4),
    ],
)
def test_what_is_no_entry_is_named_at_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text(TERM.replace(old, new), encoding="utf-8")
    with pytest.raises(DuizhaoError) as caught:
        glossary_from_file(path, Readings())
    (problem,) = caught.value.problems
    assert (problem.code, problem.position.line) == (code, line)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_real_glossary(root: Path, language: str) -> None:
    glossary = glossary_from_file(root / "seeds/glossary.toml", Readings())
    assert len(glossary.terms) >= 30
    for entry in glossary.terms:
        assert entry.pinyin
        words = entry.zh if language == "zh" else entry.en
        if len(entry.zh) > 1:
            assert [w for w, _ in found(glossary, words, language)] == [words], words


def test_terms_that_could_stand_in_texts_keep_the_order_of_the_glossary(real: Site) -> None:
    glossary = real.glossary
    text = "".join(term.zh for term in reversed(glossary.terms))
    found = glossary.touching({"zh": text})
    assert len(found) > 200
    assert list(found) == sorted(found, key=glossary.terms.index)
    assert glossary.touching({"zh": "甲乙", "en": "zzz"}) == ()
    one = found[0]
    assert one in glossary.touching({"en": f"x{one.en.upper()}x"}), "within a word too"
