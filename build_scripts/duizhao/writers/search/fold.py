"""Texts as they are compared: what counts as the same character.

Guarantees of `folded`: full-width is half-width (NFKC), capital is small,
Traditional is Simplified (OpenCC's characters); punctuation and white space are
gone.  `docs/assets/search-text.js` does the same with the table of `variants`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from opencc import OpenCC

from duizhao.languages.pinyin import Readings

#: Characters that scans and typists confuse; each group is tried for each other.
LOOKALIKES = (
    "己已巳 末未 士土 日曰 人入八 千干于 大太犬 天夫 刀力 兔免 戍戌戊 治冶 侯候 微徽 拆折析 贷货 "
    "拨拔 暖缓 徒徙 育盲 侍待恃 抉扶 住往 部郎 问间 闭闲 辨辩辫 蓝篮 竟竞 券卷 清请情晴睛 代伐 "
    "名各 主王玉 目自 白百 未来 市布 项顶 淮准 现规 没设 员负 外处 证征 攻政 可司 衣农 社杜 "
    "巨区 材村 冈网罔 恪格 埋理 陪院 坏环 镜境 眼服 菅营 杈权 盐监 寨察 捡检险 任仕 例列 童章 "
    "第弟 具县 锁镇 屈居 季委李 氏民 享亨 甲申由 受爱 遇通 休体 买卖 史吏 乌鸟 今令 午牛 历厉 "
    "贫贪 折拆 幻幼 崇祟 施旅 徼激 堤提 划刬 壁璧 粟栗 汩汨 赢羸 薄簿 帐账 度庋 矿旷 哀衷 "
    "载栽 裁栽 场扬 杨扬 拒柜 纪记 讼颂"
)

_CJK = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFAE0))
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_DIAERESIS = "\u0308"
_RUNS = 50_000  # whose readings are remembered
TSHEG = "\u0f0b"


@cache
def simplified() -> dict[str, str]:
    """Traditional characters with the Simplified one that OpenCC gives each alone."""
    traditional = [chr(code) for code in _CJK]
    converted = OpenCC("t2s").convert("\n".join(traditional)).split("\n")
    return {a: b for a, b in zip(traditional, converted, strict=True) if a != b and len(b) == 1}


@cache
def fold_character(character: str) -> str:
    """One character as it is compared; "" where it does not count."""
    small = unicodedata.normalize("NFKC", character).lower()
    return "".join(simplified().get(c, c) for c in small if unicodedata.category(c)[0] in "LNM")


def folded(text: str) -> str:
    """A text as it is compared."""
    return "".join(map(fold_character, text))


def folded_translation(text: str) -> str:
    """A translation without spaces between words, as it is compared.

    As `folded`; but Tibetan syllables stay apart: whatever stands between two of them
    (tsheg, shad, a line’s end) is one tsheg, so that པ་ར is not པར.
    """
    out: list[str] = []
    apart = False
    for character in text:
        plain = fold_character(character)
        if plain:
            if apart and out and _tibetan(out[-1]) and _tibetan(plain[0]):
                out.append(TSHEG)
            out.extend(plain)
            apart = False
        elif unicodedata.category(character) != "Cf":
            apart = True
    return "".join(out)


def _tibetan(character: str) -> bool:
    return "\u0f00" <= character <= "\u0fff"


def variants(characters: Iterable[str]) -> str:
    """The table for the browser: Traditional and Simplified in turn, of what occurs."""
    known = set(characters)
    return "".join(t + s for t, s in simplified().items() if s in known)


def lookalikes(characters: Iterable[str]) -> list[str]:
    """The groups of look-alikes of which some character occurs."""
    known = set(characters)
    return [group for group in LOOKALIKES.split() if known & set(group)]


@cache
def plain_syllable(syllable: str) -> str:
    """A syllable in letters alone: lǜ is lv, nǎo is nao."""
    decomposed = unicodedata.normalize("NFD", syllable).replace(f"u{_DIAERESIS}", "v")
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


class Syllables:
    """The syllable of each compared character, by context.

    `usual` is the reading of a character that stands alone; a text's own list holds what
    differs from it, so that a browser needs little more than the table.
    """

    def __init__(self, readings: Readings) -> None:
        self._readings = readings
        self._runs: dict[str, tuple[str, ...]] = {}
        self._usual: dict[str, str] = {}

    def of(self, text: str) -> list[str]:
        """The syllable of each character of `folded(text)`, "" where it is not Han."""
        plain = folded(text)
        if len(plain) == len(text):
            return self._syllables(plain)
        # Punctuation parts words, so the text is read with it.
        out: list[str] = []
        for character, syllable in zip(text, self._syllables(text), strict=True):
            kept = fold_character(character)
            out.extend([syllable if len(kept) == 1 else ""] * len(kept))
        return out

    def usual(self, character: str) -> str:
        """The syllable of a compared character alone, "" where it is not Han."""
        found = self._usual.get(character)
        if found is None:
            (found,) = self._syllables(character)
            self._usual[character] = found
        return found

    def exceptions(self, plain: str, syllables: Sequence[str]) -> list[int | str]:
        """Place and syllable, in turn, of each character that is read otherwise than usual."""
        out: list[int | str] = []
        for at, (character, syllable) in enumerate(zip(plain, syllables, strict=True)):
            if syllable != self.usual(character):
                out += [at, syllable]
        return out

    def _syllables(self, text: str) -> list[str]:
        out: list[str] = []
        end = 0
        for match in _HAN.finditer(text):
            out.extend([""] * (match.start() - end))
            out.extend(self._run(match.group()))
            end = match.end()
        return out + [""] * (len(text) - end)

    def _run(self, run: str) -> tuple[str, ...]:
        known = self._runs.get(run)
        if known is None:
            found = self._readings.syllables(run)
            if len(found) != len(run):  # a phrase that the library reads as one
                found = [self._readings.syllables(c)[0] for c in run]
            known = tuple(
                s if s.isascii() and s.isalpha() else "" for s in map(plain_syllable, found)
            )
            if len(self._runs) >= _RUNS:
                self._runs.clear()  # memory must not grow with the collection
            self._runs[run] = known
        return known
