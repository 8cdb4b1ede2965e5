"""Numbers of both languages, compared: what the Chinese says that the English does not.

Only numerals that count, date or refer are read of the Chinese (三个月, 第七条, 百分之二十);
一 and the 一 of 一般 are not.  A year may be of the Republic of China (104 is 2015).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from duizhao.ground.numerals import NUMERAL_CHARACTERS, integer, roman

_C = f"[{NUMERAL_CHARACTERS}萬亿億]"
_N = f"{_C}+(?:[,.]{_C}+)*"
_UNIT = (
    "年|个月|個月|月|日|天|周|週|小时|小時|分钟|分鐘|分之|元|圆|圓|条|條|款|项|項|目|章|节|節|编|編|届|屆|次"
    "|名|人|倍|岁|歲|平方|公里|米|公尺|公斤|吨|噸|种|種|个|個|户|戶|课|課|级|級|职等|職等|期|以上|以下|以内|以內|号|號"
)
_ZH = re.compile(rf"百分之(?P<m>{_N})|(?P<n>{_N})(?P<unit>{_UNIT}|%|％)")
_UNDER_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: n for n, word in enumerate(_UNDER_TWENTY)} | {
    word: 10 * n for n, word in enumerate(_TENS, 2)
}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDINAL = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
    "half": 2, "quarter": 4, "twice": 2, "both": 2, "double": 2, "dozen": 12, "annual": 1, "annually": 1,
    "biennial": 2, "two-thirds": 3, "fourths": 4, "latter": 2, "either": 2,
}  # fmt: skip
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTHS = {word: n for n, word in enumerate(_MONTH_NAMES, 1)}
_EN = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+", re.IGNORECASE)
#: Letters are a Roman numeral after the name of a division only: “I” is a word too.
_ROMAN = re.compile(
    r"\b(?i:book|part|subpart|chapter|section|title|annex|appendix|schedule)s?\s+([IVXLC]+)\b"
    r"|([Ⅰ-ⅿ]+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Numbers of one language that the other has not."""

    missing: tuple[str, ...] = ()  # in the Chinese, not in the English
    extra: tuple[str, ...] = ()  # in the English's digits, not in the Chinese

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra)


def zh_value(text: str) -> Fraction | None:
    """The value of a Chinese or mixed numeral: 三十, 1.5万, 五百萬, 一億."""
    text = text.replace("萬", "万").replace("億", "亿").replace(",", "").strip(".")
    head, mark, tail = text.rpartition("亿")
    if mark:
        high, low = zh_value(head), zh_value(tail) if tail else Fraction(0)
        return None if high is None or low is None else high * 10**8 + low
    head, mark, tail = text.rpartition("万")
    if mark and (re.fullmatch(r"[\d.]+", head) or not tail):
        high, low = zh_value(head), zh_value(tail) if tail else Fraction(0)
        return None if high is None or low is None else high * 10000 + low
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return Fraction(text)
    value = integer(text)
    return None if value is None else Fraction(value)


def zh_numbers(text: str) -> list[tuple[str, frozenset[Fraction]]]:
    """The numbers of a Chinese text: as printed, with the values that may stand for each."""
    text = "".join(text.split())
    found = []
    for match in _ZH.finditer(text):
        printed = match["n"] or match["m"]
        value = zh_value(printed)
        if value is None or value < 2:
            continue
        values = {value}
        if match["unit"] == "年":
            if 20 <= value < 200 and re.search(r"民國|日|月|年", text):
                values.add(value + 1911)
            values.add(value * 12)
        if match["unit"] in ("个月", "個月") and value % 12 == 0:
            values.add(value / 12)
        if match["unit"] == "分之" and value in (2, 3, 4):
            values.add(Fraction(100) / value)
        found.append((match.group(), frozenset(values)))
    return found


def en_numbers(text: str) -> set[Fraction]:
    """Every number of an English text: digits, words, ordinals, months, Roman numerals."""
    found = (roman(match[1] or match[2]) for match in _ROMAN.finditer(text))
    return en_digits(text) | set(_en_words(text)) | {Fraction(n) for n in found if n}


def en_digits(text: str) -> set[Fraction]:
    """The numbers that an English text writes in digits, multiplied out (NT$5 million)."""
    out = set()
    pattern = r"(\d[\d,]*(?:\.\d+)?)\s*(hundred|thousand|million|billion|trillion)?"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        digits = match[1].replace(",", "")
        if len(digits) < 16:
            out.add(Fraction(digits) * _LARGE.get((match[2] or "").lower(), 1))
    return out


def _en_words(text: str) -> list[Fraction]:
    out: list[Fraction] = []
    total, current, open_run = 0, 0, False
    for word in [*_EN.findall(text.lower()), "."]:
        stem = word.removesuffix("ths").removesuffix("th").removesuffix("s")
        if stem.endswith("ie"):
            stem = stem.removesuffix("ie") + "y"
        if word in _SMALL or stem in _SMALL:
            current += _SMALL.get(word, _SMALL.get(stem, 0))
            out.append(Fraction(_SMALL.get(word, _SMALL.get(stem, 0))))
            open_run = True
            continue
        if word in _LARGE and open_run:
            current = max(current, 1) * _LARGE[word]
            if _LARGE[word] >= 1000:
                total, current = total + current, 0
            continue
        if word in _ORDINAL or word.removesuffix("s") in _ORDINAL:
            value = _ORDINAL.get(word, _ORDINAL.get(word.removesuffix("s"), 0))
            out.append(Fraction(value))
            current += value
            open_run = True
            continue
        if word == "and" and open_run:
            continue
        if open_run:
            out.append(Fraction(total + current))
        total, current, open_run = 0, 0, False
        if word in _MONTHS:
            out.append(Fraction(_MONTHS[word]))
    return out


def disagreement(zh: str, en: str) -> Disagreement:
    """What the numbers of a Chinese text and its English do not share."""
    english = en_numbers(en)
    numbers = zh_numbers(zh)
    missing = tuple(p for p, values in numbers if not values & english)
    chinese = {v for _, values in numbers for v in values} | _loose(zh)
    extra = tuple(
        str(int(v)) if v.denominator == 1 else f"{float(v):g}"
        for v in sorted(en_digits(en))
        if v > 1 and v not in chinese
    )
    return Disagreement(missing=missing, extra=extra)


def _loose(zh: str) -> set[Fraction]:
    """Every value that any numeral of a Chinese text may have."""
    out = set()
    for match in re.finditer(_N, "".join(zh.split())):
        value = zh_value(match.group())
        if value is not None:
            out |= {value, value + 1911}
        out |= {v for c in match.group() if (v := zh_value(c)) is not None}
    if "半" in zh:
        out |= {Fraction(2), Fraction(1, 2), Fraction(50), Fraction(6)}
    return out
