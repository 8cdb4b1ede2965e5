"""The index by itself: what is folded, and that both kinds of files say the same."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.languages.pinyin import Readings
from duizhao.site.pipeline import Site
from duizhao.writers.search.files import search_files
from duizhao.writers.search.fold import (
    Syllables,
    folded,
    plain_syllable,
    variants,
)
from duizhao.writers.search.provisions import searched
from duizhao.writers.search.words import Stems, words_of


def test_folding() -> None:
    assert folded("《營商環境條例》，ＡＢｃ １２") == "营商环境条例abc12"
    assert folded("\u200b\u202e，。 ") == ""


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("marked", "plain"), [("lǜ", "lv"), ("nǎo", "nao"), ("ér", "er"), ("nüè", "nve"), ("ê", "e")]
)
def test_syllables_are_typed_without_marks(marked: str, plain: str) -> None:
    assert plain_syllable(marked) == plain


def test_readings_by_context() -> None:
    syllables = Syllables(Readings())
    assert syllables.of("行政，银行") == ["xing", "zheng", "yin", "hang"]
    assert syllables.usual("行") == "xing"
    assert syllables.exceptions("银行", syllables.of("银行")) == [1, "hang"]
    assert syllables.exceptions("a1行", syllables.of("a1行")) == []
    own = Syllables(Readings({"行政": ("háng", "zhèng")}))
    assert own.of("行政") == ["hang", "zheng"]


def test_variants_are_of_what_occurs() -> None:
    table = variants("营商")
    assert "營营" in table
    assert "環" not in table


def test_words_and_stems() -> None:
    assert words_of("People’s “market” entities, 2025") == [
        "people",
        "s",
        "market",
        "entities",
        "2025",
    ]
    assert Stems("en").table(["policies", "happy", "law"]) == "happy-1i law policies-2"
    assert Stems("bo").of("words") == "words"


def _files(site: Site, small: int) -> dict[str, str]:
    laws = [searched(law, [site.interfaces["en"]]) for law in site.laws]
    return dict(search_files(laws, site.glossary, site.readings, ["en"], small=small, common=9))


def test_parts_hold_the_same_texts_as_the_one_file(real: Site) -> None:
    one, many = _files(real, 10**9), _files(real, 0)
    assert list(one) == ["assets/search/index.js"]
    whole = _content(one["assets/search/index.js"])["laws"]
    got: dict[str, list[Any]] = {law[0]: [] for law in whole}
    for number in range(sum(name.startswith("assets/search/l/") for name in many)):
        law, _, _, _, _, first, above, rows = _content(many[f"assets/search/l/{number}.js"])
        assert len(got[law]) == first
        got[law] += rows
        for at, heading in above.items():
            assert heading[0] == _row(whole, law)[int(at)][5][0][3]
    assert [got[law[0]] for law in whole] == [law[-1] for law in whole]


def _row(laws: list[Any], law: str) -> list[Any]:
    return list(next(rows for name, *_, rows in laws if name == law))


def test_titles_and_identifiers_are_found_without_texts(real: Site) -> None:
    files = _files(real, 0)
    rows = _content(files["assets/search/t/0.js"])
    assert [(row[0], row[1][0]) for row in rows] == [
        (law.id, law.edition.metadata.title) for law in real.laws
    ]
    named = "".join(v for k, v in files.items() if k.startswith("assets/search/d/n1-"))
    assert "art_13__para_2" in named
    head = _content(files["assets/search/index.js"])
    chinese = "".join(folded(str(row)) for name, row in files.items() if "/l/" in name)
    assert all(run in chinese for run in head["letters"])


def test_letters_in_the_chinese_are_named(real: Site) -> None:
    law = searched(real.laws[0], [real.interfaces["en"]])
    one = law.provisions[0]
    unit = replace(one.units[0], zh="用ＡＰＰ和ＷｉＦｉ2")
    changed = replace(law, provisions=(replace(one, units=(unit,)),))
    files = dict(search_files([changed], real.glossary, real.readings, ["en"]))
    assert _content(files["assets/search/index.js"])["letters"] == ["app", "wifi"]


def test_two_builds_are_the_same(real: Site) -> None:
    assert _files(real, 0) == _files(real, 0)


def test_a_part_names_the_numbering_that_the_index_has(real: Site) -> None:
    files = _files(real, 0)
    whole, alphabets = _numbering(files)
    for name, script in files.items():
        found = re.match(r"assets/search/[dp]/([a-z]+)", name)
        assert script.split('"')[1] == (alphabets[found[1]] if found else whole), name


def test_another_sentence_leaves_other_parts_as_they_are(real: Site) -> None:
    laws = [searched(law, [real.interfaces["en"]]) for law in real.laws]
    one = laws[0].provisions[3]
    zh = one.units[0].zh
    units = (replace(one.units[0], zh=f"{zh[:-2]}{zh[0]}{zh[-2:]}"), *one.units[1:])
    provisions = (*laws[0].provisions[:3], replace(one, units=units), *laws[0].provisions[4:])
    before, after = (
        dict(search_files(some, real.glossary, real.readings, ["en"], small=0, common=9))
        for some in (laws, [replace(laws[0], provisions=provisions), *laws[1:]])
    )
    assert before.keys() == after.keys()
    changed = {
        name.removeprefix("assets/search/") for name in before if before[name] != after[name]
    }
    assert len([name for name in changed if name.startswith("l/")]) == 1
    assert not [name for name in changed if re.match("terms|[tw]/|d/(n|va|wa)", name)]
    assert "index.js" in changed  # it says of which build it is
    assert _numbering(before)[0] == _numbering(after)[0]


def test_another_provision_is_another_numbering(real: Site) -> None:
    laws = [searched(law, [real.interfaces["en"]]) for law in real.laws]
    fewer = [replace(laws[0], provisions=laws[0].provisions[:-1]), *laws[1:]]
    one, other = (
        dict(search_files(some, real.glossary, real.readings, ["en"], small=0, common=9))
        for some in (laws, fewer)
    )
    assert _numbering(one)[0] != _numbering(other)[0]


def test_what_is_common_in_an_alphabet_belongs_to_its_numbering(real: Site) -> None:
    laws = [searched(law, [real.interfaces["en"]]) for law in real.laws]
    (one, some), (other, others) = (
        _numbering(
            dict(search_files(laws, real.glossary, real.readings, ["en"], small=0, common=n))
        )
        for n in (9, 10)
    )
    assert one == other
    assert some["z"] != others["z"]
    assert some["n"] == others["n"]  # of identifiers none is common


def _numbering(files: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The numbering of all parts, and those of rows by alphabet."""
    index = files["assets/search/index.js"]
    alphabets = _content(index)["alphabets"]
    return index.split('"')[1], {name: own for name, (_, _, own) in alphabets.items()}


def _content(script: str) -> Any:
    arguments = script.removeprefix("duizhaoSearch.part(").removesuffix(");\n")
    return json.loads(f"[{arguments}]")[2]
