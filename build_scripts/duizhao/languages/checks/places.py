"""Provisions that a text names: 第十三条第二款, and Article 13, paragraph 2.

A place is a level and a number: ("article", "13"), ("paragraph", "2").  A range or a
list gives what is written of it, its ends or its members.
"""

from __future__ import annotations

import re

from duizhao.ground.numerals import integer, roman

_N = r"[一二三四五六七八九十百千零〇0-9]+"
_LIST = rf"[（(]?{_N}[）)]?(?:[、和至到及或者]+[（(]?{_N}[）)]?)*"
_LEVELS_ZH = {
    "条": "article", "款": "paragraph", "项": "item", "目": "item", "章": "chapter",
    "节": "section", "编": "part", "分编": "subpart",
}  # fmt: skip
_ZH = re.compile(
    rf"第\s*(?P<numbers>{_LIST})\s*两?(?P<level>分编|[条款项目章节编])(?:之(?P<ins>[一二三四五六七八九十]+))?"
)
_ANNEX_ZH = re.compile(rf"附[件表录图]\s*(?P<number>{_N})(?!份)")
_RELATIVE_ZH = re.compile(
    r"(?P<back>前)(?P<count>[两二三四五六七八九十0-9]+)?(?P<of>[款条项])|(?P<own>本)(?P<level>[条款项章节])(?!例|件|目|程)"
)
_LEVELS_EN = {
    "article": "article", "art.": "article", "paragraph": "paragraph", "subparagraph": "item",
    "sub-paragraph": "item", "item": "item", "sub-item": "item", "subitem": "item",
    "point": "item", "chapter": "chapter", "section": "section", "part": "part", "book": "part",
    "subpart": "subpart", "sub-part": "subpart",
    "annex": "annex", "annexe": "annex", "appendix": "annex", "appendice": "annex", "schedule": "annex", "attachment": "annex",
}  # fmt: skip
_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_LEVEL_EN = "|".join(sorted(map(re.escape, _LEVELS_EN), key=len, reverse=True))
_ROMAN = "[IVX]{1,6}|[Ⅰ-Ⅻ]"
_NUMBER_EN = rf"(?:\(?\d+(?:-\d+)?\)?|\b(?:{'|'.join(_WORDS[1:])})\b|(?-i:(?:{_ROMAN})(?![\w.]\w)))"
_ONE_EN = re.compile(rf"\d+(?:-\d+)?|\b(?i:{'|'.join(_WORDS[1:])})\b|{_ROMAN}")
# Spaces belong to the word before them: else a row of words would be divided in every way.
_AND = r"\s*(?:(?:,|to|and|or|through|–|-)\s*(?:the\s+)?)+"
_EN = re.compile(
    rf"\b(?P<level>{_LEVEL_EN})s?(?:\s+|(?=\d))(?P<numbers>{_NUMBER_EN}(?:{_AND}(?!(?:{_LEVEL_EN})){_NUMBER_EN})*)"
    r"(?P<short>(?:\(\d+\))*)",
    re.IGNORECASE,
)
_ORDINAL_EN = rf"(?:{'|'.join(_ORDINALS[1:])}|\d+(?:st|nd|rd|th))"
_EN_ORDINAL = re.compile(
    rf"\b(?P<numbers>{_ORDINAL_EN}(?:{_AND}{_ORDINAL_EN})*)\s+(?P<level>{_LEVEL_EN})s?\b",
    re.IGNORECASE,
)
# The preceding 5 articles: what 前五条 is.
_BEFORE_EN = "preceding|foregoing|previous"
_RELATIVE_EN = re.compile(
    rf"\b(?:(?:{_BEFORE_EN})\s+[\w-]+|[\w-]+\s+(?:{_BEFORE_EN}))\s+(?:{_LEVEL_EN})s\b",
    re.IGNORECASE,
)

Place = tuple[str, str]


def places_zh(text: str) -> set[Place]:
    """The provisions that Chinese text names by number."""
    found = set()
    for match in _ZH.finditer(text):
        for numeral in re.findall(_N, match["numbers"]):
            inserted = integer(match["ins"] or "")
            number = f"{integer(numeral)}-{inserted}" if inserted else str(integer(numeral))
            found.add((_LEVELS_ZH[match["level"]], number))
    for match in _ANNEX_ZH.finditer(text):
        found.add(("annex", str(integer(match["number"]))))
    return found


def places_en(text: str) -> set[Place]:
    """The provisions that English text names by number."""
    found = set()
    for match in _EN.finditer(text):
        level = _LEVELS_EN[match["level"].lower()]
        for number in _ONE_EN.findall(match["numbers"]):
            word = number.lower()
            value = _WORDS.index(word) if word in _WORDS else roman(number) or number
            found.add((level, str(value)))
        below = ("paragraph", "item", "item") if level == "article" else ("item", "item")
        found.update(zip(below, re.findall(r"\d+", match["short"]), strict=False))
    for match in _EN_ORDINAL.finditer(text):
        for number in re.findall(_ORDINAL_EN, match["numbers"].lower()):
            value = _ORDINALS.index(number) if number in _ORDINALS else int(number[:-2])
            found.add((_LEVELS_EN[match["level"].lower()], str(value)))
    return found


def without_places_zh(text: str) -> str:
    """The text with named provisions blanked, so that their numbers count no more."""
    for pattern in (_RELATIVE_ZH, _ZH, _ANNEX_ZH):
        text = pattern.sub(blank, text)
    return text


def without_places_en(text: str) -> str:
    """The same of English."""
    for pattern in (_RELATIVE_EN, _EN, _EN_ORDINAL):
        text = pattern.sub(blank, text)
    return text


def blank(match: re.Match[str]) -> str:
    """Spaces for what was found, so that all else stays in its place."""
    return " " * len(match.group())


def relative_zh(text: str) -> list[tuple[re.Match[str], re.Pattern[str]]]:
    """Relative references (前款, 本条) with what their English must look like."""
    out = []
    for match in _RELATIVE_ZH.finditer(text):
        if match["own"]:
            level = _LEVELS_ZH[match["level"]]
            level = "(?:subparagraph|item)" if level == "item" else level
            out.append((match, re.compile(rf"\bthis {level}\b", re.IGNORECASE)))
        else:
            level = _LEVELS_ZH[match["of"]]
            level = "(?:subparagraph|item)" if level == "item" else level
            many = rf"(?:\w+\s+)?{level}s" if match["count"] else f"{level}s?"
            out.append(
                (
                    match,
                    re.compile(rf"\b(?:{_BEFORE_EN})\s+{many}\b", re.IGNORECASE),
                )
            )
    return out
