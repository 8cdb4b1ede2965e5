"""Readings in sentences of real laws; each was read otherwise."""

from __future__ import annotations

import re

import pytest

from duizhao.languages.pinyin import Readings


def read(marked: str) -> list[str]:
    """What is read of the characters in ⟦⟧."""
    text = re.sub("[⟦⟧]", "", marked)
    said = Readings().by_character(text)
    starts = [m.start() - 2 * n for n, m in enumerate(re.finditer("⟦", marked))]
    return [said[start] for start in starts]


@pytest.mark.parametrize(
    ("marked", "reading"),
    [
        ("没收违法所⟦得⟧，并⟦处⟧五千元以下罚款", "dé chǔ"),
        ("可以⟦处⟧5万元以下的罚款", "chǔ"),
        ("由公安机关⟦处⟧警告；对单位⟦处⟧违法所得一倍的罚款", "chǔ chǔ"),
        ("每⟦处⟧五百元，两⟦处⟧以上，街道办事⟦处⟧", "chù chù chù"),
        ("出入口⟦处⟧应当设置标志", "chù"),
        ("建立⟦长⟧效机制，副市⟦长⟧效能", "cháng zhǎng"),
        ("最⟦长⟧不超过一年，⟦长⟧240公分，指挥⟦长⟧", "cháng cháng zhǎng"),
        ("⟦散⟧⟦发⟧广告，分⟦散⟧⟦发⟧展", "sàn fā sàn fā"),
        ("预防接⟦种⟧单位，⟦种⟧质资源", "zhòng zhǒng"),
        ("⟦重⟧整计划，严⟦重⟧", "chóng zhòng"),
        ("禁止倾⟦倒⟧垃圾，⟦倒⟧卖", "dào dǎo"),
        ("退耕⟦还⟧林⟦还⟧草，⟦还⟧应当", "huán huán hái"),
        ("如实⟦供⟧述，⟦供⟧水", "gòng gōng"),
        ("应⟦尽⟧的义务，应⟦尽⟧快", "jìn jǐn"),
        ("派人⟦参⟧加", "cān"),
        ("有计划⟦地⟧组织，客观、公正⟦地⟧叙述，执行⟦地⟧法院", "de de dì"),
        ("每户养犬一⟦只⟧，第三⟦只⟧能，只能养一⟦只⟧", "zhī zhǐ zhī"),
        ("第八章　⟦调⟧　　解", "tiáo"),
        # 为: to be, and for
        ("以人民⟦为⟧中心，以营利⟦为⟧目的", "wéi wéi"),
        ("应当认定⟦为⟧工伤；视⟦为⟧放弃；划分⟦为⟧三类", "wéi wéi wéi"),
        ("有效期⟦为⟧五年；以本规定⟦为⟧准", "wéi wéi"),
        ("行政机关⟦为⟧被申请人。业主⟦为⟧管理责任人", "wéi wéi"),
        ("与付款人签发的金额不符的，⟦为⟧空头支票", "wéi"),
        ("以地震烈度（以等级表示）⟦为⟧指标", "wéi"),
        ("第一条　⟦为⟧保护环境，⟦为⟧公众提供服务", "wèi wèi"),
        ("应当⟦为⟧老年人提供便利；不得⟦为⟧其办理登记", "wèi wèi"),
        ("全心全意⟦为⟧人民服务，⟦为⟧了统一", "wèi wèi"),
        ("以及其他⟦为⟧未成年人提供服务的场所", "wèi"),
        ("行⟦为⟧人作⟦为⟧当事人", "wéi wéi"),
    ],
)
def test_words_and_characters(marked: str, reading: str) -> None:
    assert read(marked) == reading.split()


def test_a_reading_of_an_edition_goes_first() -> None:
    assert Readings({"长效": ("zhǎng", "xiào")}).by_character("长效")[0] == "zhǎng"
    assert Readings({"处五": ("chù", "wǔ")}).syllables("可处五元")[1] == "chù"


def test_search_and_sorting_read_alike() -> None:
    assert Readings().syllables("违法所得") == ["wéi", "fǎ", "suǒ", "dé"]
