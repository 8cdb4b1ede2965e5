from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypinyin
import pytest

from duizhao.ground.problems import DuizhaoError
from duizhao.languages.pinyin import Readings, readings_from_file
from duizhao.parser.edition import units
from duizhao.site.pipeline import Site

Golden = Callable[[str, str], None]
WORDS = Path(__file__).parents[1] / "golden/pinyin.txt"


def test_a_syllable_for_each_character() -> None:
    assert Readings().syllables("公园") == ["gōng", "yuán"]
    assert Readings().word("营商环境") == "yíngshāng huánjìng"
    assert Readings().word("村（居）民委员会") == "cūn（jū）mín wěiyuánhuì"


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


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("第二十三条", "dì-èrshísān tiáo"),
        ("第一百二十条", "dì-yībǎi èrshí tiáo"),
        ("不得申请一次", "bùdé shēnqǐng yī cì"),
        ("第二款、第三项A", "dì-èr kuǎn 、 dì-sān xiàng A"),
        ("常务委员会", "chángwù wěiyuánhuì"),
    ],
)
def test_words_are_written_together(real: Site, text: str, spoken: str) -> None:
    found = real.readings.spoken(text)
    assert "".join(word for word, _ in found) == text
    assert " ".join(said or word for word, said in found) == spoken


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("市场主体", "shìchǎng zhǔtǐ"),
        ("西安", "xī’ān"),
        ("无障碍", "wúzhàng’ài"),
        ("本条例所称", "běn tiáolì suǒ chēng"),
        ("行之有效", "xíngzhī-yǒuxiào"),
        ("及时处理", "jíshí chǔlǐ"),
        ("数字化", "shùzìhuà"),
        ("第一百二十条之一", "dì-yībǎi èrshí tiáo zhīyī"),
        ("2024年9月26日", "2024 nián 9 yuè 26 rì"),
    ],
)
def test_words_as_the_standard_writes_them(text: str, spoken: str) -> None:
    assert " ".join(said or word for word, said in Readings().spoken(text)) == spoken


def test_every_word_of_the_laws_is_written_as_it_was_read_by_hand(
    real: Site, golden: Golden
) -> None:
    """Both laws were read word by word; a change of a library or the seeds shows here."""
    found: set[str] = set()
    for law in real.laws:
        for unit in units(law.edition):
            spoken = real.readings.spoken(str(unit.text))
            assert "".join(word for word, _ in spoken) == str(unit.text)
            assert all(said for word, said in spoken if "\u4e00" <= word[0] <= "\u9fff")
            found.update(f"{word}\t{said}\n" for word, said in spoken if said)
    golden("pinyin-words.txt", "".join(sorted(found)))


def test_words_of_an_edition(tmp_path: Path) -> None:
    path = tmp_path / "pinyin.toml"
    path.write_text('[words]\n"公园重地" = "Gōngyuán zhòngdì"\n', encoding="utf-8")
    readings = readings_from_file(path)
    assert readings.spoken("在公园重地") == [
        ("在", "zài"),
        ("公园", "Gōngyuán"),
        ("重地", "zhòngdì"),
    ]


def test_a_character_that_has_no_reading_has_none() -> None:
    assert Readings().spoken("公\U0002fa1d园")[0] == ("公", "gōng")
    assert ("\U0002fa1d", "") in Readings().spoken("公\U0002fa1d园")


@pytest.mark.parametrize("written", ["Gōngyuán", "Gōngyuán zhòngdì dì", "Gōngyuánzhòng dí", ""])
def test_words_that_do_not_spell_what_is_read(tmp_path: Path, written: str) -> None:
    path = tmp_path / "pinyin.toml"
    path.write_text(f'[words]\n"公园重地" = "{written}"\n', encoding="utf-8")
    with pytest.raises(DuizhaoError, match="pinyin-words"):
        readings_from_file(path)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('[reading]\n"重地" = "chóng dì"\n', "pinyin-syntax", 1),
        ('[[readings]]\n"重地" = "chóng dì"\n', "pinyin-syntax", 1),
        ('\nreadings = ["重地"]\n', "pinyin-syntax", 2),
        ('words = "重地"\n', "pinyin-syntax", 1),
        ('[readings]\n"重地" = ["chóng dì"]\n', "pinyin-syllables", 2),
        ('[readings]\n"地" = 4\n', "pinyin-syllables", 2),
    ],
)
def test_what_is_no_table_of_readings_is_named_at_its_line(
    tmp_path: Path, text: str, code: str, line: int
) -> None:
    path = tmp_path / "pinyin.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DuizhaoError) as caught:
        readings_from_file(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.position.line) == (code, line)


def test_other_characters_stay() -> None:
    assert "".join(Readings().syllables("A公1")) == "Agōng1"


def test_five_hundred_words_are_read_as_they_were_checked_by_hand(
    real: Site, golden: Golden
) -> None:
    """The list was read word by word; a change of the library shows here."""
    words = [line.partition("\t")[0] for line in WORDS.read_text("utf-8").splitlines()]
    assert len(set(words)) == 500
    golden("pinyin.txt", "".join(f"{w}\t{' '.join(real.readings.syllables(w))}\n" for w in words))


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("是本行政区域", "shì běn xíng zhèng qū yù"),
        ("应当推行市场主体", "yīng dāng tuī xíng shì chǎng zhǔ tǐ"),
        ("及时调整", "jí shí tiáo zhěng"),
        ("以人民为中心", "yǐ rén mín wéi zhōng xīn"),
        ("为市场主体", "wèi shì chǎng zhǔ tǐ"),
        ("银行开户", "yín háng kāi hù"),
    ],
)
def test_readings_in_a_sentence(real: Site, text: str, reading: str) -> None:
    assert " ".join(real.readings.syllables(text)) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("在本行政区域内", "zài běn xíng zhèng qū yù nèi"),
        ("构成犯罪行为的", "gòu chéng fàn zuì xíng wéi de"),
        ("投保人参加保险", "tóu bǎo rén cān jiā bǎo xiǎn"),
        ("拒不改正的当事人", "jù bù gǎi zhèng de dāng shì rén"),
        ("依法定调整", "yī fǎ dìng tiáo zhěng"),
        ("自转让之日起", "zì zhuǎn ràng zhī rì qǐ"),
        ("同一会计年度", "tóng yī kuài jì nián dù"),
        ("采血浆", "cǎi xuè jiāng"),
        ("原处罚机关", "yuán chǔ fá jī guān"),
        ("建设项目的设计", "jiàn shè xiàng mù de shè jì"),
        ("主管部门将车辆", "zhǔ guǎn bù mén jiāng chē liàng"),
        ("以政府为主导", "yǐ zhèng fǔ wéi zhǔ dǎo"),
        ("目的和标的", "mù dì hé biāo dì"),
        ("发展银行业务", "fā zhǎn yín háng yè wù"),
    ],
)
def test_a_word_is_read_as_that_word(text: str, reading: str) -> None:
    """Phrases were taken across words, the longest from the left: 本行|政, 罪行|为, 的当|事|人."""
    assert " ".join(Readings().by_character(text)) == reading
    assert " ".join(Readings().syllables(text)) == reading
