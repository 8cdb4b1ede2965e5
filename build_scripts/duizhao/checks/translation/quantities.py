"""Numbers in a text with what they count: of Chinese, and of English.

`chinese_quantities` reads 三十日 as 30 days, 五万元 as 50,000 yuan, 百分之二十 as 20
percent, 三分之二 as two thirds, 第十二届 as 12, 2024年9月26日 as a date.  Words that hold
a numeral but count nothing (一站式, 统一, 第一责任人) are no quantities, and one of a
thing is none either: English has an article there.
`english_quantities` reads the same of English, in figures or in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from duizhao.numerals import integer

TIMES = ("day", "workday", "week", "month", "year", "hour", "minute", "age")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number; `unit` is day, month, yuan, percent, … or "" for a bare number.

    A date has the unit "date" and its value is yyyymmdd, with zeros for what is not
    given.  `figures` says that it is written in figures, `words` how.
    """

    value: Fraction
    unit: str
    words: str
    figures: bool = True


_N = r"(?:[0-9０-９]+(?:[.．][0-9０-９]+)?|[〇○零一二三四五六七八九十百千万亿两]+)"
_DATE_ZH = re.compile(
    rf"(?P<y>[0-9０-９]{{4}}|[〇○零一二三四五六七八九]{{4}})年(?:(?P<m>{_N})月(?:(?P<d>{_N})日)?)?"
    rf"|(?P<m2>{_N})月(?P<d2>{_N})日"
)
_UNITS_ZH = {
    "个工作日": "workday", "工作日": "workday", "日": "day", "天": "day", "个月": "month",
    "年": "year", "周岁": "age", "岁": "age", "周": "week", "个星期": "week", "个小时": "hour",
    "小时": "hour", "分钟": "minute", "元": "yuan", "%": "percent", "％": "percent",
}  # fmt: skip
_COUNTED = (
    "届|次|号|版|批|期|行|页|栏|名|人|倍|个|种|类|级|份|家|户|件|组|部|处|条|款|项|章|节|编|米|公里|平方米"
    "|公顷|吨|千克|方面|套|台|所|座|间|辆|张|篇|册|卷"
)
_QUANTITY_ZH = re.compile(
    rf"百分之(?P<percent>{_N})|千分之(?P<mille>{_N})|(?P<below>{_N})分之(?P<above>{_N})"
    rf"|(?P<n>{_N})(?P<unit>{'|'.join(_UNITS_ZH)})"
    rf"|(?P<ordinal>第)?(?P<counted>{_N})(?=多?(?:{_COUNTED}))"
    rf"|(?P<figures>[0-9０-９]+(?:[.．][0-9０-９]+)?)"
)


def chinese_quantities(text: str) -> Iterator[Quantity]:
    """The quantities in Chinese text, in order, dates first."""
    for match in _DATE_ZH.finditer(text):
        year = _value(match["y"] or "0") or 0
        month = _value(match["m"] or match["m2"] or "0") or 0
        day = _value(match["d"] or match["d2"] or "0") or 0
        yield _date(int(year), int(month), int(day), match.group())
    for match in _QUANTITY_ZH.finditer(_DATE_ZH.sub(_blank, text)):
        words, unit = match.group(), ""
        value: Fraction | None
        if match["percent"]:
            value, unit = _value(match["percent"]), "percent"
        elif match["mille"]:
            found = _value(match["mille"])
            value, unit = (found / 10 if found is not None else None), "percent"
        elif match["below"]:
            below, above = _value(match["below"]), _value(match["above"])
            value, unit = (above / below if below and above else None), "fraction"
        elif match["unit"]:
            value, unit = _value(match["n"]), _UNITS_ZH[match["unit"]]
        else:
            value = _value(match["counted"] or match["figures"])
            if match["counted"] in ("一", "壹") and not match["ordinal"]:
                continue
        if value is not None:
            yield Quantity(value=value, unit=unit, words=words)


def _value(numeral: str) -> Fraction | None:
    """A numeral's value; None for 千 or 万 alone, which count nothing (千家万户)."""
    if not numeral.strip("百千万亿"):
        return None
    if re.fullmatch(r"[0-9０-９]+(?:[.．][0-9０-９]+)?", numeral):
        return Fraction(numeral.replace("．", "."))
    high, hundred_millions, low = numeral.partition("亿")
    if hundred_millions:
        first, second = integer(high), integer(low) if low else 0
        return Fraction(first * 10**8 + second) if first and second is not None else None
    if re.fullmatch(r"[0-9０-９]+[百千万]+", numeral):
        return None
    value = integer(numeral)
    return Fraction(value) if value is not None else None


def _date(year: int, month: int, day: int, words: str) -> Quantity:
    return Quantity(value=Fraction(year * 10000 + month * 100 + day), unit="date", words=words)


def _blank(match: re.Match[str]) -> str:
    return "\N{NO-BREAK SPACE}" * len(match.group())


_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join(_MONTHS)
_DATE_EN = re.compile(
    rf"\b(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y>\d{{4}}))?\b"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{_MONTH})(?:,?\s+(?P<y2>\d{{4}}))?\b"
    rf"|\b(?P<m3>{_MONTH}),?\s+(?P<y3>\d{{4}})\b"
    r"|\b(?P<y4>\d{4})-(?P<m4>\d{2})-(?P<d4>\d{2})\b",
    re.IGNORECASE,
)
_SMALL = {
    word: n
    for n, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
}  # fmt: skip
_TOPS = "|".join(_SMALL)  # of a fraction: “twenty-fifth” is an ordinal
_TENS = {w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}  # fmt: skip
_SMALL |= _TENS
_ORDINAL = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19,
} | {word.removesuffix("y") + "ieth": n for word, n in _TENS.items()}  # fmt: skip
_TWO = {"both": 2, "twice": 2, "double": 2, "twofold": 2, "once": 1, "pair": 2}
_SCALE = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_WORD = "|".join(sorted([*_SMALL, *_ORDINAL, *_SCALE, *_TWO], key=len, reverse=True))
_PARTS = (
    r"(?:half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)"
)
_UNITS_EN = (
    r"(?P<unit>(?:working|business)[\s-]+days?|workdays?|(?:natural|calendar|consecutive)?\s*days?"
    r"|weeks?|months?|years?\s+(?:of\s+age|old)|years?|hours?|minutes?|yuan|RMB|percent|per\s+cent)"
)
_NUMBER_EN = re.compile(
    rf"\b(?P<top>a|an|{_TOPS})[\s-](?P<part>{_PARTS})\b"
    rf"|(?:(?P<figures>(?<![\w.])\d[\d,]*(?:\.\d+)?)(?P<th>st|nd|rd|th)?(?P<scale>(?:\s+(?:{'|'.join(_SCALE)}))*)"
    rf"|\b(?P<words>(?:{_WORD})(?:(?:[\s-]+(?:and\s+)?)(?:{_WORD}))*)\b)"
    rf"(?:(?P<sign>\s*%)|(?:[\s-]+{_UNITS_EN})\b)?",
    re.IGNORECASE,
)


def english_quantities(text: str) -> Iterator[Quantity]:
    """The quantities in English text, in order, dates first."""
    for match in _DATE_EN.finditer(text):
        year, month, day = (
            next((match[k] for k in keys if match[k]), "0")
            for keys in (("y", "y2", "y3", "y4"), ("m", "m2", "m3", "m4"), ("d", "d2", "d4"))
        )
        number = int(month) if month.isdigit() else _MONTHS.index(month.lower()) + 1
        yield _date(int(year), number, int(day), match.group())
    for match in _NUMBER_EN.finditer(_DATE_EN.sub(_blank, text)):
        if match["part"]:
            top = _SMALL.get(match["top"].lower(), 1)
            value = Fraction(top, _below(match["part"].lower()))
            yield Quantity(value=value, unit="fraction", words=match.group(), figures=False)
            continue
        if match["figures"]:
            value = Fraction(match["figures"].rstrip(",").replace(",", ""))
            for scale in match["scale"].lower().split():
                value *= _SCALE[scale]
        else:
            value = Fraction(_spoken(match["words"].lower()))
        yield Quantity(
            value=value,
            unit=_unit(match),
            words=match.group(),
            figures=bool(match["figures"]),
        )


def _below(part: str) -> int:
    stem = part.removesuffix("s")
    return {"half": 2, "halve": 2, "quarter": 4}.get(stem) or _ORDINAL.get(stem, 1)


def _spoken(words: str) -> int:
    """Two hundred and five is 205."""
    total = group = 0
    for word in re.split(r"[\s-]+", words):
        if word in _SCALE:
            group = max(group, 1) * _SCALE[word]
            if _SCALE[word] > 100:
                total, group = total + group, 0
        elif word != "and":
            group += _SMALL.get(word) or _ORDINAL.get(word) or _TWO.get(word) or 0
    return total + group


def _unit(match: re.Match[str]) -> str:
    if match["sign"]:
        return "percent"
    unit = " ".join((match["unit"] or "").lower().split())
    if not unit:
        return ""
    if unit.startswith(("working", "business", "workday")):
        return "workday"
    if "age" in unit or "old" in unit:
        return "age"
    if unit.startswith("per"):
        return "percent"
    if unit in ("yuan", "rmb"):
        return "yuan"
    return unit.split()[-1].removesuffix("s")
