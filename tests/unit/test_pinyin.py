from __future__ import annotations

from pathlib import Path

import pypinyin

from duizhao.pinyin import Readings, readings_from_file


def test_a_syllable_for_each_character() -> None:
    assert Readings().syllables("公园") == ["gōng", "yuán"]
    assert Readings().word("营商环境").replace(" ", "") == "yíngshānghuánjìng"


def test_readings_of_this_edition_go_first() -> None:
    readings = Readings({"重地": ("chóng", "dì")})
    assert readings.syllables("重地公园") == ["chóng", "dì", "gōng", "yuán"]
    assert readings.syllables("公园重地") == ["gōng", "yuán", "chóng", "dì"]


def test_the_longest_phrase_goes_first() -> None:
    readings = Readings({"重": ("zhòng",), "重地": ("chóng", "dì")})
    assert readings.syllables("重地重") == ["chóng", "dì", "zhòng"]


def test_the_library_itself_stays_as_it_is() -> None:
    before = pypinyin.lazy_pinyin("重地")
    Readings({"重地": ("chóng", "dì")}).syllables("重地")
    assert pypinyin.lazy_pinyin("重地") == before


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "pinyin.toml"
    assert readings_from_file(path) == Readings()
    path.write_text('[readings]\n"重地" = "chóng dì"\n', encoding="utf-8")
    assert readings_from_file(path).phrases == {"重地": ("chóng", "dì")}


def test_other_characters_stay() -> None:
    assert "".join(Readings().syllables("A公1")) == "Agōng1"
