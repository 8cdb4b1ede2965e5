"""Numbers in a text with what they count: of Chinese, and of English.

`chinese_quantities` reads 三十日 as 30 days, 五万元 and 5万元 as 50,000 yuan, 百分之二十 and
五分之一 as the share of a fifth, 第十二届 as 12, 三至五年 as 3 years and 5, 2024年9月26日 and
民国一百一十三年九月二十六日 as a date.  Words that hold a numeral but count nothing (一站式,
统一, 零部件, 上一年) are no quantities, and one of a thing is none either: English has an
article there.  `english_quantities` reads the same of English, in figures or in words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from duizhao.ground.numerals import BEFORE_REPUBLIC, DIGITS, integer, roman

TIMES = ("day", "workday", "week", "month", "year", "hour", "minute", "age")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number; `unit` is day, month, yuan, share (of 1), … or "" for a bare number.

    A date has the unit "date" and its value is yyyymmdd, with zeros for what is not
    given.  `figures` says that it is written in figures, `words` how.
    """

    value: Fraction
    unit: str
    words: str
    figures: bool = True


_FIGURES = r"[0-9０-９]+(?:,[0-9]{3})*(?:[.．][0-9０-９]+)?"
_N = rf"(?:{_FIGURES}[百千万亿]*|[〇○零一二三四五六七八九十百千万亿两]+(?:点[〇○零一二三四五六七八九]+)?)"
_DATE_ZH = re.compile(
    rf"(?P<y>[0-9０-９]{{4}}|[〇○零一二三四五六七八九]{{4}})年(?:(?P<m>{_N})月(?:(?P<d>{_N})日)?)?"
    rf"|(?P<m2>{_N})月(?P<d2>{_N})日"
)
#: In a text that counts years from that of the Republic: those after the first without its name.
_DATE_ROC = re.compile(
    rf"民国(?P<y>{_N})年(?:(?P<m>{_N})月(?:(?P<d>{_N})日)?)?|(?:(?P<y2>{_N})年)?(?P<m2>{_N})月(?P<d2>{_N})日"
)
_UNITS_ZH = {
    "个工作日": "workday", "工作日": "workday", "日": "day", "天": "day", "个月": "month",
    "年": "year", "周岁": "age", "岁": "age", "周": "week", "个星期": "week", "个小时": "hour",
    "小时": "hour", "分钟": "minute", "元": "yuan", "%": "share", "％": "share",
}  # fmt: skip
_COUNTED = (
    "届|次|号|版|批|期|行|页|栏|名|人|倍|个|种|类|级|份|家|户|件|组|部|处|条|款|项|章|节|编|米|公里|平方米|平方公里|立方米"
    "|公顷|亩|吨|总吨|千克|公斤|克|毫克|升|毫升|毫米|厘米|公尺|公分|千瓦|伏|方面|套|台|所|座|间|辆|艘|架|枚|株|棵|栋|幢|层|张|篇|册|卷"
    "|以上|以下|以内"
)
_UNIT = rf"(?:{'|'.join(_UNITS_ZH)})(?<!年(?=级))(?<!周(?=[期边围转年密到全]))"
_TO = "(?:至|到|—|－|-|～|~)"
_QUANTITY_ZH = re.compile(
    rf"百分之(?P<percent>{_N})|千分之(?P<mille>{_N})|万分之(?P<myriad>{_N})|(?P<below>{_N})分之(?P<above>{_N})"
    rf"|(?P<first>{_N})(?={_TO}(?P<last>{_N})(?:(?P<later>{_UNIT})|多?(?:{_COUNTED})))"
    rf"|(?P<n>{_N})(?P<unit>{_UNIT})"
    rf"|(?P<ordinal>第)?(?P<counted>{_N})(?=多?(?:{_COUNTED}))"
    rf"|(?P<figures>{_FIGURES}[百千万亿]*)"
)
# Before 一年, 一日: that one is named, not counted.
_NAMED = re.compile("[前后後次翌上下同该每另本某任]$")
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def chinese_quantities(text: str, printed: str) -> Iterator[Quantity]:
    """The quantities in Chinese text, in order, dates first.

    `printed` is the text as it is printed, as long as it is read here.
    """
    dates = _DATE_ROC if "民国" in text else _DATE_ZH
    for match in dates.finditer(text):
        found = match.groupdict("")
        year, month, day = (_value(found[k] or found.get(f"{k}2", "")) or 0 for k in "ymd")
        if dates is _DATE_ROC and year:
            year += BEFORE_REPUBLIC
        yield _date(int(year), int(month), int(day), printed[match.start() : match.end()])
    for match in _QUANTITY_ZH.finditer(dates.sub(_blank, text)):
        words = printed[match.start() : match.end()]
        value, unit = _measured(match)
        named = value == 1 and unit in TIMES and _NAMED.search(text[: match.start()])
        if value is not None and not named:
            yield Quantity(value=value, unit=unit, words=words)


def _measured(match: re.Match[str]) -> tuple[Fraction | None, str]:
    """The value and the unit of what `_QUANTITY_ZH` found; None where nothing is counted."""
    for name, whole in (("percent", 100), ("mille", 1000), ("myriad", 10_000)):
        if match[name]:
            value = _value(match[name])
            return (value / whole if value is not None else None), "share"
    if match["below"]:
        below, above = _value(match["below"]), _value(match["above"])
        return (above / below if below and above else None), "share"
    if match["first"]:
        value = _value(match["first"])
        if value is not None and not match["first"].endswith(tuple(_SCALES)):
            value *= {"万": 10**4, "亿": 10**8}.get(match["last"][-1], 1)  # 三至五万元
        return _of_unit(value, match["later"] or "")
    if match["unit"]:
        return _of_unit(_value(match["n"]), match["unit"])
    if match["counted"] in ("一", "壹") and not match["ordinal"]:
        return None, ""
    return _value(match["counted"] or match["figures"]), ""


def _of_unit(value: Fraction | None, unit: str) -> tuple[Fraction | None, str]:
    kind = _UNITS_ZH.get(unit, "")
    return (value / 100 if value is not None and kind == "share" else value), kind


def _value(numeral: str) -> Fraction | None:
    """A numeral's value; None for what counts nothing: 千 or 万 alone (千家万户), 零 alone (零部件)."""
    if not numeral.strip("百千万亿") or numeral in ("零", "〇", "○"):
        return None
    if found := re.match(_FIGURES, numeral):
        value = Fraction(unicodedata.normalize("NFKC", found[0]).replace(",", ""))
        for scale in numeral[found.end() :]:
            value *= _SCALES[scale]
        return value
    whole, point, decimals = numeral.partition("点")
    high, hundred_millions, low = whole.rpartition("亿")
    parts = [integer(high), integer(low) if low else 0] if hundred_millions else [0, integer(whole)]
    if None in parts:
        return None
    total = Fraction((parts[0] or 0) * 10**8 + (parts[1] or 0))
    if point:
        figures = "".join(str(DIGITS[c]) for c in decimals)
        total += Fraction(int(figures), 10 ** len(figures))
    return total


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
_TWO = {
    "both": 2, "twice": 2, "double": 2, "twofold": 2, "once": 1, "pair": 2, "secondary": 2,
    "triple": 3, "threefold": 3, "tertiary": 3,
}  # fmt: skip
_SCALE = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_WORD = "|".join(sorted([*_SMALL, *_ORDINAL, *_SCALE, *_TWO], key=len, reverse=True))
_ORDINAL_PARTS = "thirds?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
#: Words that are numbers or end one, as alternatives of a regular expression.
NUMBER_WORDS = _WORD
_PARTS = (
    rf"(?:half|halves|quarters?|hundredths?|thousandths?|ten[\s-]thousandths?|{_ORDINAL_PARTS})"
)
_UNITS_EN = (
    r"(?P<unit>(?:working|business)[\s-]+days?|workdays?|(?:natural|calendar|consecutive)?\s*days?"
    r"|weeks?|months?|years?\s+(?:of\s+age|old)|years?|hours?|minutes?|yuan|RMB|percent|per\s+cent"
    r"|per\s+mille|per\s+thousand|per\s+ten\s+thousand)"
)
#: “a third party” is no third of anything.
_NO_PART = rf"(?!an?[\s-](?:{_ORDINAL_PARTS.replace('s?', '')})[\s-](?!of\b|or\b|to\b))"
_AND = r"(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+"  # one hundred and five
_NUMBER_EN = re.compile(
    rf"\b{_NO_PART}(?P<top>a|an|{_TOPS})[\s-](?P<part>{_PARTS})\b|(?<![\w./])(?P<above>\d+)/(?P<below>\d+)(?![\w/])"
    rf"|(?:(?P<figures>(?:(?<![\w.])|(?<=RMB)|(?<=CNY)|(?<=USD)|(?<=HKD))\d(?:[\d,]*\d)?(?:\.\d+)?)(?P<th>st|nd|rd|th)?(?P<scale>(?:\s*(?:{'|'.join(_SCALE)})\b)*)"
    rf"|\b(?P<words>(?:{_WORD})(?:(?:[\s-]+|{_AND})(?:{_WORD}))*)\b)"
    rf"(?:(?P<sign>\s*[%‰])|(?:[\s-]+{_UNITS_EN})\b)?"
    r"|\b(?:class|grade|category|type|level|tier|phase|stage|degree|part|group)\s+(?P<roman>(?-i:[IVX]+|[Ⅰ-Ⅻ]))(?!\w)",
    re.IGNORECASE,
)
#: Between two numbers of one unit: three to five years, 10 or 15 days.
_SHARED = re.compile(
    r"\s*,?\s*(?:to|or|and|through|[–—-]|(?:(?:but|and|or)\s+)?(?:not|no)?\s*(?:more|less|fewer|longer|shorter)\s+than)\s*",
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
    text = _DATE_EN.sub(_blank, text)
    found: list[Quantity] = []
    start, listed = len(text), False
    for match in reversed(list(_NUMBER_EN.finditer(text))):
        quantity, between = _counted(match), text[match.end() : start]
        joined = _SHARED.fullmatch(between) or (listed and between.strip() == ",")
        listed = bool(found and joined and not quantity.unit)
        if listed:
            whole = 100 if found[-1].unit == "share" else 1  # 3 to 5 percent
            quantity = replace(quantity, value=quantity.value / whole, unit=found[-1].unit)
        found.append(quantity)
        start = match.start()
    yield from reversed(found)


def _counted(match: re.Match[str]) -> Quantity:
    """The quantity that `_NUMBER_EN` found."""
    words, figures = match.group(), bool(match["figures"] or match["above"])
    value, unit = Fraction(0), ""
    if match["part"]:
        top = _SMALL.get(match["top"].lower(), 1)
        value, unit = Fraction(top, _below(match["part"].lower())), "share"
    elif match["above"]:
        value, unit = Fraction(int(match["above"]), int(match["below"]) or 1), "share"
    elif match["roman"]:
        value = Fraction(roman(match["roman"]) or 0)
    elif match["figures"]:
        value = Fraction(match["figures"].replace(",", ""))
        for scale in match["scale"].lower().split():
            value *= _SCALE[scale]
    else:
        value = Fraction(_spoken(match["words"].lower()))
    unit = unit or _unit(match)
    whole = {"percent": 100, "mille": 1000, "myriad": 10_000}.get(unit)
    if whole:
        value, unit = value / whole, "share"
    return Quantity(value=value, unit=unit, words=words, figures=figures)


_BELOW = {
    "half": 2, "halve": 2, "quarter": 4, "hundredth": 100, "thousandth": 1000,
    "ten-thousandth": 10_000,
}  # fmt: skip


def _below(part: str) -> int:
    stem = "-".join(part.removesuffix("s").split())
    return _BELOW.get(stem) or _ORDINAL.get(stem, 1)


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
        return "mille" if "‰" in match["sign"] else "percent"
    unit = " ".join((match["unit"] or "").lower().split())
    if not unit:
        return ""
    if unit.startswith(("working", "business", "workday")):
        return "workday"
    if "age" in unit or "old" in unit:
        return "age"
    if unit.startswith("per"):
        return {"per mille": "mille", "per thousand": "mille", "per ten thousand": "myriad"}.get(
            unit, "percent"
        )
    if unit in ("yuan", "rmb"):
        return "yuan"
    return unit.split()[-1].removesuffix("s")
