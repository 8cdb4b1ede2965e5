"""Characters that do not belong in a Chinese text, or are not what they look like.

Codes: halfwidth-punctuation, foreign-word, invisible-character, character-lookalike.
Where one sort stands all over a text, it is reported once, with the count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from duizhao.editing.checks.context import Checked
from duizhao.ground.problems import Problem, Severity
from duizhao.parser.provisions import Place

_HAN = "㐀-鿿"
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
_HALFWIDTH = re.compile(
    rf"(?<=[{_HAN}）”》])[,;:?!](?=[{_HAN}（“《]|\s|$)|(?<=[{_HAN}])\.(?=[{_HAN}]|\s|$)"
    rf"|\((?=[{_HAN}])|(?<=[{_HAN}])\)"
)
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]{3,}(?:[ '-][A-Za-zÀ-ÖØ-öø-ÿ]+)*")
_KNOWN = re.compile(
    r"[A-Z][A-Z0-9-]*s?|(?:km|cm|mm|kg|mg|ml|kV|kW|kWh|MW|MPa|kPa|Pa|Hz|MHz|GHz|dB|lux|ppm|pH|mol|bit"
    r"|Mbps|Gbps|com|www|http|https|cn|gov|org|App|Wi|Fi|WiFi|wifi|max|min|lg|log|sin|cos)",
)
_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u00ad\u061c\u180e\ue000-\uf8ff\ufff9-\ufffd"
    r"\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LETTER = re.compile(rf"(?<=[{_HAN}])[\u0400-\u04ff\u2e80-\u2fdf](?=[{_HAN}])|[\u2e80-\u2fdf]")
# Pairs that scans confuse, where the neighbours leave no doubt.
_CONFUSED = (
    (re.compile(r"自[已巳](?![经有建被取依由])|[已巳](?=方|身|见)"), "己"),
    (re.compile(r"(?<!自)[己巳](?=经|婚|满|被|建|取得|依法|由)"), "已"),
    (re.compile(r"编篡"), "编纂"),
    (re.compile(r"纂(?=改|夺)"), "篡"),
    (re.compile(r"末(?=经|按|依法|满|成年|履行|取得|能)"), "未"),
    (re.compile(r"人民政俯|人民法阮"), ""),
    (re.compile(r"(?<![\dA-Za-z])[12](?=[\dOoIl〇○]{3}年)\d*[OoIl〇○][\dOoIl〇○]*年"), ""),
)
# What any of them begins with, so that most texts are passed over at a glance.
_SUSPECT = re.compile(
    r"[,;:?!.()A-Za-zÀ-ÿ\x00-\x1f\x7f-\x9f\u00ad\u0400-\u04ff\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u2e80-\u2fdf\ue000-\uf8ff\ufeff\ufff9-\ufffd\u061c\u180e\U000e0000-\U000e007f]"
)
_MAYBE_CONFUSED = re.compile(
    r"自[已巳]|[已巳][方任身见]|[己巳][经婚满被有建取依由]|篡|纂[改夺]|末[经按依满成履取能]|政俯|法阮|(?<!\d)(?:(?![12])\d)*[12]\d*+[OoIl〇○]"
)
_COSMETIC = ("halfwidth-punctuation",)
_MANY = 8


@dataclass(slots=True)
class _Found:
    code: str
    place: Place
    offset: int
    length: int
    message: str
    hint: str
    sort: str


def check_characters(law: Checked) -> Iterator[Problem]:
    """Every such character of a law; a sort that stands more than eight times only once."""
    found: list[_Found] = []
    for place in law.places:
        text = str(place.unit.text)
        if text:
            found.extend(_in_text(place, text))
    sorts: dict[tuple[str, str], int] = {}
    for hit in found:
        sorts[hit.code, hit.sort] = sorts.get((hit.code, hit.sort), 0) + 1
    told: set[tuple[str, str]] = set()
    for hit in found:
        key = (hit.code, hit.sort)
        count = sorts[key]
        if count > _MANY and key in told:
            continue
        told.add(key)
        message = hit.message if count <= _MANY else f"{hit.message} It stands {count} times."
        yield Problem(
            code=hit.code,
            severity=Severity.INFO if hit.code in _COSMETIC else Severity.WARNING,
            position=law.position(hit.place.unit.text, hit.offset, hit.length, hit.place.path),
            message=message,
            hint=hit.hint,
        )


def check_invisible(law: Checked) -> Iterator[Problem]:
    """Only what nobody can see or what turns the direction of writing; each sort once."""
    told = set[str]()
    for problem in check_characters(law):
        if problem.code == "invisible-character" and problem.message[:8] not in told:
            told.add(problem.message[:8])
            yield problem


def invisible_in(text: str) -> str:
    """The first character of a text that nobody can see; "" where there is none."""
    match = _INVISIBLE.search(text) or _CONTROL.search(text)
    return match.group() if match else ""


def _in_text(place: Place, text: str) -> Iterator[_Found]:
    if _SUSPECT.search(text):
        yield from _suspect(place, text)
    if _MAYBE_CONFUSED.search(text):
        for pattern, meant in _CONFUSED:
            for match in pattern.finditer(text):
                yield _found(
                    "character-lookalike",
                    place,
                    match,
                    f"“{match.group()}” may be misread.",
                    f"“{meant}” is likely" if meant else "compare the source",
                )


def _suspect(place: Place, text: str) -> Iterator[_Found]:
    for match in _HALFWIDTH.finditer(text):
        mark = match.group()
        yield _found(
            "halfwidth-punctuation",
            place,
            match,
            f"“{mark}” is half-width in Chinese text.",
            f"“{_WIDE[mark]}” is the full-width mark",
        )
    if not text.isascii():
        yield from _foreign(place, text)
    for pattern in (_INVISIBLE, _CONTROL):
        for match in pattern.finditer(text):
            yield _found(
                "invisible-character",
                place,
                match,
                f"U+{ord(match.group()):04X} prints as nothing, or as a sign that is not known.",
                "leave it out, or put the character that is meant",
            )
    for match in _LETTER.finditer(text):
        name = unicodedata.name(match.group(), "a sign without a name").lower()
        yield _found(
            "character-lookalike",
            place,
            match,
            f"“{match.group()}” is {name}, not a Chinese character.",
            "put the character that it looks like",
        )


def _foreign(place: Place, text: str) -> Iterator[_Found]:
    for match in _WORD.finditer(text):
        words = re.split(r"[ '-]", match.group())
        if not all(_KNOWN.fullmatch(word) for word in words):
            yield _found(
                "foreign-word",
                place,
                match,
                f"“{match.group()}” is a foreign word in Chinese text.",
                "compare the source: it may be a misread character or a running head",
            )


def _found(code: str, place: Place, match: re.Match[str], message: str, hint: str) -> _Found:
    return _Found(
        code=code,
        place=place,
        offset=match.start(),
        length=len(match.group()),
        message=message,
        hint=hint,
        sort=match.group(),
    )
