"""Numerals of Chinese law: 第一百二十条 is 120, and 120 is 一百二十.

Grammar of what is read::

    numeral := positional | digits | arabic
    positional := [section 万] section          一万二千
    section    := groups of  digit? (千|百|十)  and a last digit, 零/〇 between
    digits     := (〇|零|一|…|九){2,}            二〇二四
    arabic     := [0-9０-９]+
"""

from __future__ import annotations

import unicodedata

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2}
_LONGEST = 8  # digits: a numeral of sections ends there too
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
BEFORE_REPUBLIC = 1911  # the years from that of the Republic: 民国一年 is 1912
_UNITS = {"十": 10, "百": 100, "千": 1000}

#: Characters that may stand in a numeral, for use inside a regular expression's brackets.
NUMERAL_CHARACTERS = "〇○零一二三四五六七八九十百千万两兩0-9０-９"

#: What scans and typists put for a numeral, and the numeral that is meant.
LOOKALIKES = {
    "—": "一", "―": "一", "─": "一", "ー": "一", "－": "一", "⼀": "一",
    "ニ": "二", "⼆": "二", "ミ": "三", "⼋": "八", "⼗": "十", "＋": "十", "†": "十",
    "O": "〇", "o": "〇", "Ｏ": "〇", "О": "〇",
}  # fmt: skip
_LOOKALIKE = str.maketrans(LOOKALIKES)


def integer(text: str) -> int | None:
    """The value of a Chinese or Arabic numeral, or None where it is not one.

    What is read can be written: `chinese` goes as far.  Spaces inside (第 十 条) are ignored;
    look-alikes (ニ for 二) are read as meant.
    """
    known = _COMMON.get(text)
    if known is not None:
        return known
    text = "".join(text.split()).translate(_LOOKALIKE)
    if not text:
        return None
    if all(c.isdecimal() for c in text):
        return int(unicodedata.normalize("NFKC", text)) if len(text) <= _LONGEST else None
    if all(c in DIGITS for c in text):
        digits = "".join(str(DIGITS[c]) for c in text)
        return int(digits) if len(digits) <= _LONGEST else None
    head, _, tail = text.rpartition("万")
    high = _section(head) if head else 0
    low = _section(tail) if tail else 0
    if high is None or low is None or (text.startswith("万")):
        return None
    return high * 10000 + low


def _section(text: str) -> int | None:
    """The value of a numeral below 10,000 written with 千百十, or None."""
    total, digit, last_unit = 0, None, 10000
    for c in text:
        if c in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[c]
        elif c in _UNITS:
            unit = _UNITS[c]
            if unit >= last_unit:
                return None
            total += (1 if digit in (None, 0) else digit or 1) * unit
            digit, last_unit = None, unit
        else:
            return None
    return total + (digit or 0)


def chinese(value: int) -> str:
    """`value` (0 to 99,999,999) as a Chinese numeral as laws write it: 十, 一百零二.

    Raises ValueError outside that range.
    """
    if not 0 <= value < 100_000_000:
        raise ValueError(f"no Chinese numeral for {value}")
    if value == 0:
        return "零"
    if value >= 10000:
        high, low = divmod(value, 10000)
        zero = "零" if 0 < low < 1000 else ""
        return chinese(high) + "万" + zero + (chinese_section(low) if low else "")
    text = chinese_section(value)
    return text[1:] if 10 <= value < 20 else text


def chinese_section(value: int) -> str:
    """`value` (1 to 9,999) with every digit written: 12 is 一十二."""
    out, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            out += ("零" if pending_zero and out else "") + "零一二三四五六七八九"[digit] + name
            pending_zero = False
        else:
            pending_zero = True
    return out


def roman(text: str) -> int | None:
    """The value of a Roman numeral below 400, of letters or of signs (Ⅳ), or None."""
    values = [_ROMAN.get(c) for c in unicodedata.normalize("NFKC", text).lower()]
    total, known = 0, [v for v in values if v is not None]
    if not known or len(known) != len(values):
        return None
    for value, after in zip(known, [*known[1:], 0], strict=True):
        total += -value if value < after else value
    return total


# The numerals that laws are full of, read once.
_COMMON: dict[str, int] = {}
_COMMON.update({chinese(value): value for value in range(1, 1300)})
