"""The index by itself: what is folded, how postings are written, that both kinds say the same."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.pinyin import Readings
from duizhao.pipeline import Site
from duizhao.search.files import search_files
from duizhao.search.fold import Syllables, exceptions, folded, plain_syllable, variants
from duizhao.search.postings import Postings, packed, pairs, shard, varint
from duizhao.search.provisions import searched
from duizhao.search.words import Stems, words_of


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
    common = syllables.common()
    spoken = syllables.of("银行")
    assert exceptions("银行", spoken, common | {"行": "xing"}) == [1, "hang"]
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


def _numbers(data: bytes) -> list[int]:
    out: list[int] = []
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if not byte & 128:
            out.append(value)
            value = shift = 0
    return out


@given(st.lists(st.integers(min_value=0, max_value=2**40)))
def test_numbers_are_read_back(numbers: list[int]) -> None:
    assert _numbers(b"".join(map(varint, numbers))) == numbers


@given(st.lists(st.lists(st.text("甲乙丙丁", max_size=9), max_size=4), max_size=300))
def test_postings_are_read_back(documents: list[list[str]]) -> None:
    postings = Postings()
    wanted: dict[str, list[tuple[int, list[int]]]] = {}
    for number, texts in enumerate(documents):
        found = pairs(texts)
        postings.add(number, found)
        for key, places in found.items():
            wanted.setdefault(key, []).append((number, places))
    for key, rows in wanted.items():
        at = -1
        numbers: list[int] = []
        for gap in _numbers(bytes(postings.documents[key])):
            at += gap
            numbers.append(at)
        assert numbers == [number for number, _ in rows]
        read: list[list[int]] = [[]]
        at = -1
        for gap in _numbers(bytes(postings.places[key])):
            if gap:
                at += gap
                read[-1].append(at)
            else:
                at = -1
                read.append([])
        assert read[:-1] == [p for _, p in rows]


def test_no_pair_runs_from_one_text_into_the_next() -> None:
    found = pairs(["甲乙", "丙丁"])
    assert set(found) == {"甲乙", "丙丁"}
    assert found["丙丁"][0] - found["甲乙"][0] > 2


def test_a_part_is_packed() -> None:
    keys, sizes, data = packed({"b": b"yy", "a": b"x"})
    assert (keys, sizes) == ("a\nb", [1, 2])
    assert zlib.decompress(base64.b64decode(data), wbits=-15) == b"xyy"


def test_a_key_stays_in_its_part() -> None:
    # The browser computes the same: these addresses are published.
    assert [shard(key, 8192) for key in ("管理", "2xing zheng", "en:law")] == [
        shard(key, 2**32) % 8192 for key in ("管理", "2xing zheng", "en:law")
    ]


def _files(site: Site, small: int) -> dict[str, str]:
    laws = [searched(law, [site.interfaces["en"]]) for law in site.laws]
    return dict(search_files(laws, site.glossary, site.readings, ["en"], small=small))


def test_parts_hold_the_same_texts_as_the_one_file(real: Site) -> None:
    one, many = _files(real, 10**9), _files(real, 0)
    assert list(one) == ["assets/search/index.js"]
    whole = _content(one["assets/search/index.js"])["laws"]
    assert whole == [_content(many[f"assets/search/l/{n}.js"]) for n in range(len(whole))]


def test_two_builds_are_the_same(real: Site) -> None:
    assert _files(real, 0) == _files(real, 0)


def test_every_part_names_its_build(real: Site) -> None:
    builds = {script.split('"')[1] for script in _files(real, 0).values()}
    assert len(builds) == 1


def _content(script: str) -> Any:
    arguments = script.removeprefix("duizhaoSearch.part(").removesuffix(");\n")
    return json.loads(f"[{arguments}]")[2]
