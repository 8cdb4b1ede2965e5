"""The index by itself: what is folded, how postings are written, that both kinds say the same."""

from __future__ import annotations

import ast
import base64
import json
import re
import tempfile
import zlib
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.pinyin import Readings
from duizhao.pipeline import Site
from duizhao.search.files import search_files
from duizhao.search.fold import (
    Syllables,
    folded,
    plain_syllable,
    variants,
)
from duizhao.search.grams import LONGEST, Alphabet, commonness, divisions
from duizhao.search.postings import (
    Records,
    divided,
    hashed,
    ordered,
    packed,
    part_of,
    spelled,
    varints,
)
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


@given(st.lists(st.integers(min_value=0, max_value=2**32 - 1)))
def test_numbers_are_read_back(numbers: list[int]) -> None:
    data, ends = varints(np.array(numbers, np.uint32), np.arange(1, len(numbers) + 1))
    assert _numbers(data.tobytes()) == numbers
    starts = [0, *ends.tolist()]
    each = [_numbers(data[a:b].tobytes()) for a, b in pairwise(starts)]
    assert each == [[number] for number in numbers]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5))))
def test_keys_that_share_a_hash_are_told_apart_in_the_order_in_which_they_came(
    some: list[tuple[int, int]],
) -> None:
    records = _records(some)
    order, keys = ordered(records)
    assert order.tolist() == np.lexsort((records.keys, records.hashes)).tolist()
    assert keys.tolist() == records.keys[order].tolist()


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 5))), st.integers(0, 9))
def test_shares_follow_the_hashes_and_keep_the_order_in_which_records_came(
    some: list[tuple[int, int]], bits: int
) -> None:
    shares = list(divided(_records(some), 1 << bits))
    assert len(shares) == 1 << bits
    together = [
        place
        for _, place in sorted((key_hash >> (32 - bits), n) for n, (key_hash, _) in enumerate(some))
    ]
    for column in ("hashes", "keys", "documents", "places"):
        wanted = getattr(_records(some), column)[together].tolist()
        assert [v for share in shares for v in getattr(share, column).tolist()] == wanted


def _records(some: list[tuple[int, int]]) -> Records:
    """One record each of these hashes and keys."""
    return Records(
        hashes=np.array([a for a, _ in some], np.uint32),
        keys=np.array([b for _, b in some], np.uint64),
        documents=np.arange(len(some), dtype=np.uint32),
        places=np.arange(len(some), dtype=np.uint32) % 7,
    )


@dataclass(frozen=True)
class _Index:
    """Parts read as a browser reads them, but in Python and without its shortcuts."""

    rows: dict[tuple[str, str], bytes]
    common: frozenset[str]

    def row(self, key: str) -> tuple[bytes, bytes]:
        """The bytes of a key's documents and of its places."""
        row = self.rows.get(("d", key), b"\0")
        at = next(n for n, byte in enumerate(row) if byte < 128) + 1
        end = at + _numbers(row[:at])[0]
        return row[at:end], row[end:] + self.rows.get(("p", key), b"")

    def documents(self, key: str) -> list[int]:
        at, out = -1, []
        for gap in _numbers(self.row(key)[0]):
            at += gap
            out.append(at)
        return out

    def places(self, key: str) -> dict[int, list[int]]:
        lists: list[list[int]] = [[]]
        for gap in _numbers(self.row(key)[1]):
            if gap:
                lists[-1].append((lists[-1] or [-1])[-1] + gap)
            else:
                lists.append([])
        return dict(zip(self.documents(key), lists[:-1], strict=True))

    def phrase(self, text: str) -> list[int]:
        at, begins = 0, None
        while at < len(text):
            start, end = at, at + 1
            while text[start:end] in self.common:
                if end < len(text):
                    end += 1
                elif start:
                    start -= 1
                else:
                    return self.documents(text)
            here = {(d, p - start) for d, ps in self.places(text[start:end]).items() for p in ps}
            begins = here if begins is None else begins & here
            at = end
        return sorted({document for document, _ in begins or ()})


def _index(documents: list[list[str]], folder: Path, common: int, batch: int) -> _Index:
    alphabet = Alphabet(name="z", folder=folder, common=common, batch=batch)
    for texts in documents:
        alphabet.add(texts)
    rows: dict[tuple[str, str], bytes] = {}
    for name, (keys, sizes, data) in alphabet.parts():
        row = zlib.decompress(base64.b64decode(data), wbits=-15)
        where = re.fullmatch(r"([dp])/z(\d+)-(\d+)", name)
        assert where
        kind, size, number = where[1], int(where[2]), int(where[3])
        count = alphabet.counts[size - 1]["dp".index(kind)] if sizes else 0
        at = 0
        for key, length in zip(keys.split("\n") if sizes else [], sizes, strict=True):
            symbols = [np.array([spelled(c)], np.uint32) for c in key]
            assert len(key) == size
            assert part_of(hashed(symbols), count)[0] == number
            rows[kind, key] = row[at : at + length]
            at += length
        assert at == len(row)
    return _Index(rows, frozenset(alphabet.found))


@given(
    st.lists(st.lists(st.text("甲乙丙丁", max_size=9), max_size=4), max_size=30),
    st.integers(0, 6),
    st.sampled_from((4, 40, 10**6)),
)
@settings(max_examples=40)
def test_every_phrase_is_answered(documents: list[list[str]], common: int, batch: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = _index(documents, Path(folder), common, batch)
    phrases = {
        text[a:b]
        for texts in documents
        for text in texts
        for a in range(len(text))
        for b in range(a + 1, len(text) + 1)
    }
    for phrase in [*phrases, "丁丙乙甲", "甲甲甲"]:
        wanted = [n for n, texts in enumerate(documents) if any(phrase in t for t in texts)]
        assert index.phrase(phrase) == wanted, phrase


def test_copies_of_a_law_end(tmp_path: Path) -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E40)))
    index = _index([[text]] * 9, tmp_path, 3, 10**6)
    assert max(map(len, index.common)) == LONGEST - 1
    assert index.phrase(text) == list(range(9))


def test_common_keys_keep_no_places(tmp_path: Path) -> None:
    index = _index([["甲乙"], ["甲丙"], ["甲乙"]], tmp_path, 2, 10**6)
    assert index.common == {"甲"}
    assert index.row("甲")[1] == b""
    assert index.places("乙") == {0: [1], 2: [1]}
    assert index.places("甲丙") == {1: [0]}
    assert ("d", "乙丙") not in index.rows


def test_keys_are_made_without_reading_syntax(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alphabets are made in threads, and two threads of Python 3.11 cannot do that at once."""

    def refused(*_: object, **__: object) -> None:
        raise SystemError("AST constructor recursion depth mismatch")

    with monkeypatch.context() as here:
        here.setattr(ast, "parse", refused)
        index = _index([["甲乙"], ["甲丙"], ["甲乙"]], tmp_path, 2, 2)
    assert index.phrase("甲乙") == [0, 2]


def test_no_symbol_ends_a_run(tmp_path: Path) -> None:
    alphabet = Alphabet(name="s", folder=tmp_path, between=" ", common=0)
    alphabet.add([["fa", "", "lv"], ["fa", "lv"]])
    list(alphabet.parts())
    assert alphabet.found[:2] == ["fa", "lv"]
    assert "fa lv" in alphabet.found


def test_a_part_is_packed() -> None:
    keys, sizes, data = packed(["b", "a"], [2, 1], b"yyx")
    assert (keys, sizes) == ("b\na", [2, 1])
    assert zlib.decompress(base64.b64decode(data), wbits=-15) == b"yyx"


def test_a_key_stays_in_its_part() -> None:
    # `docs/assets/search-index.js` computes the same.
    assert spelled("a") == 0xE40C292C
    assert hashed([np.array([spelled(c)], np.uint32) for c in "管理"])[0] == 3048464918


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


def test_what_is_common_depends_on_the_collection() -> None:
    assert [commonness(n) for n in (0, 20_000, 10**7)] == [250, 1_000, 4_000]


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


def test_the_number_of_parts_seldom_changes() -> None:
    counts = [divisions(size, 1) for size in range(1, 5_000)]
    assert all(size <= count <= 1.25 * size for size, count in enumerate(counts, 1))
    assert len(set(counts)) < 50
    assert divisions(0, 10) == 0


def _numbering(files: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The numbering of all parts, and those of rows by alphabet."""
    index = files["assets/search/index.js"]
    alphabets = _content(index)["alphabets"]
    return index.split('"')[1], {name: own for name, (_, _, own) in alphabets.items()}


def _content(script: str) -> Any:
    arguments = script.removeprefix("duizhaoSearch.part(").removesuffix(");\n")
    return json.loads(f"[{arguments}]")[2]
