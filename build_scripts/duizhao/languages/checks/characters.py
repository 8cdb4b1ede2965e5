"""Characters: nothing Chinese left over, marks in pairs, no word twice, the right ending."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from duizhao.ground.problems import Problem, Severity, counted, phrase
from duizhao.languages.checks.context import Pair, finding

_HAN = "\u2e80-\u2fdf\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WIDE = "，。；：？！、（）《》〈〉「」『』【】〔〕．％～\u3000\uff01-\uff5e"
_CHINESE = re.compile(rf"[{_HAN}](?:[{_HAN}{_WIDE}…—“”]*[{_HAN}])?")
_FULL_WIDTH = re.compile(rf"[{_WIDE}]")
#: languages that are written with Chinese characters or full-width marks themselves
HAN_LANGUAGES = ("zh", "yue", "lzh", "ja", "ko", "wuu", "nan")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_STRAIGHT = re.compile(r"[\"']")
_DOUBLED = re.compile(r"\b([^\W\d_]+)\s+\1\b", re.IGNORECASE)
_MAY_REPEAT = ("that", "had")
_SPACES = re.compile(r"  +|\s+(?=[,.;:?!)\]”])|(?<=[(\[“])\s+|^\s+|\s+$")
# What browsers would read as a tag or a character reference; “a < b” and “R&D” are words.
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#x[0-9A-Fa-f]+);")
_ENDS = {"。": ".", "；": ";", ";": ";", "：": ":", ":": ":", "！": "!", "？": "?"}
_AFTER = "”’)]）】》」』\"'"


def check_left_over(pair: Pair) -> Iterator[Problem]:
    """Chinese characters and full-width marks.

    An editor's note may quote Chinese words, if its own Chinese has them.
    """
    if pair.language.partition("-")[0] in HAN_LANGUAGES:
        return
    text = pair.target
    for match in _CHINESE.finditer(pair.target):
        words = match.group()
        if pair.is_note and words in pair.source:
            text = text.replace(words, " " * len(words), 1)
        else:
            yield finding(
                "translation-chinese-left",
                pair,
                f"“{words}” is Chinese.",
                "translate it; only a note may quote Chinese, and then words of its own",
                words,
            )
            text = text.replace(words, " " * len(words), 1)
    for mark in dict.fromkeys(_FULL_WIDTH.findall(text)):
        yield finding(
            "translation-full-width",
            pair,
            f"“{mark}” (U+{ord(mark):04X}) is a full-width mark.",
            "use the mark of the language of the translation",
            mark,
        )


def check_markup(pair: Pair) -> Iterator[Problem]:
    """Tags and character references that the Chinese has not: they would be shown as they stand."""
    for words in dict.fromkeys(_MARKUP.findall(pair.target)):
        if words not in pair.source:
            yield replace(
                finding(
                    "translation-markup",
                    pair,
                    f"“{words}” is markup, and would be shown as it stands.",
                    "write the character that is meant; if the words are meant, record an exception",
                    words,
                ),
                severity=Severity.ERROR,
            )


def check_brackets(pair: Pair) -> Iterator[Problem]:
    """Brackets without a partner."""
    open_ones: list[str] = []
    wrong = ""
    for c in pair.target:
        if c in _BRACKETS.values():
            open_ones.append(c)
        elif c in _BRACKETS and (not open_ones or open_ones.pop() != _BRACKETS[c]):
            wrong = wrong or c
    wrong = wrong or (open_ones[0] if open_ones else "")
    if wrong:
        yield finding(
            "translation-brackets",
            pair,
            f"A bracket “{wrong}” has no partner.",
            "close or remove it",
            wrong,
        )


def check_quotation_marks(pair: Pair) -> Iterator[Problem]:
    """Straight marks, marks without a partner, quotations that the Chinese has not."""
    text = pair.target
    if match := _STRAIGHT.search(text):
        yield finding(
            "translation-quotation-marks",
            pair,
            "A quotation mark or apostrophe is straight.",
            "write “ ”, ‘ ’ and ’",
            match.group(),
        )
    depth = 0
    for c in text:
        depth += (c == "“") - (c == "”")
        if depth not in (0, 1):
            break
    if depth:
        yield finding(
            "translation-quotation-marks",
            pair,
            "A quotation mark has no partner.",
            "close or remove it",
            "“" if depth > 0 else "”",
        )
    elif pair.is_law and text.count("“") != (
        quoted := pair.source.count("“") + pair.source.count("「")
    ):
        yield finding(
            "translation-quotation-marks",
            pair,
            f"The Chinese has {counted(quoted, 'quotation', 'quotations')}, the English {text.count('“')}.",
            "quote what the Chinese quotes, and nothing else",
        )


def check_doubled_words(pair: Pair) -> Iterator[Problem]:
    """The same word twice in a row."""
    for match in _DOUBLED.finditer(pair.target):
        if match[1].lower() not in _MAY_REPEAT:
            yield finding(
                "translation-doubled-word",
                pair,
                f"“{match.group()}” has a word twice.",
                "remove one; if the Chinese repeats it, record an exception",
                match.group(),
            )


def check_spaces(pair: Pair) -> Iterator[Problem]:
    """Two spaces, spaces at an end, or before a mark."""
    for match in _SPACES.finditer(pair.target):
        yield finding(
            "translation-spaces",
            pair,
            "There is a space too many.",
            "remove it",
            match.group() if len(match.group()) > 1 else "",
        )


def check_end(pair: Pair) -> Iterator[Problem]:
    """Another mark at the end than the Chinese has."""
    wanted = _ENDS.get(pair.source.rstrip(_AFTER)[-1:], "")
    given = pair.target.rstrip(_AFTER)[-1:]
    if given not in _ENDS.values() and given not in ",.":
        given = ""
    if wanted == ";" and re.search(r"[;,]\s+(?:and|or)$", pair.target):
        given = ";"
    if wanted != given:
        yield finding(
            "translation-end-punctuation",
            pair,
            f"The Chinese ends {_with(wanted)}, the English {_with(given)}.",
            "end as the Chinese does: 。 is a full stop, ； a semicolon, ： a colon",
            pair.target[-8:] if given else "",
        )


def _with(mark: str) -> str:
    return phrase(f"with “{mark}”") if mark else phrase("without a mark")
