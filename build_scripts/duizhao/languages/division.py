"""Running Chinese divided into words, as pinyin is written by GB/T 16159.

A dictionary (rjieba) finds the words.  Compounds of four syllables and more are divided
where they are made of words (市场 主体), an idiom of two halves takes a hyphen, and so
does 第 before its number (dì-shísān); numbers stand together up to the hundreds.

Guarantee: joined, the words are the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from types import ModuleType

_HAN_RUN = re.compile("([\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+)")
_NUMERALS = "〇零一二两三四五六七八九十百千万亿"
_NUMBER = re.compile(rf"(第[{_NUMERALS}]+|[{_NUMERALS}]{{2,}}(?![\u4e00-\u9fff]*化))")
_GROUPS = re.compile(r"[^百千万亿]*[百千万亿]+|[^百千万亿]+")
_APART = "本相"  # before a word they are words of their own: 本条例, 相适应


@cache
def _jieba() -> ModuleType:
    import rjieba  # noqa: PLC0415 - that takes a tenth of a second: it loads its dictionary

    return rjieba


def division(text: str) -> Iterator[tuple[str, int]]:
    """The words of `text`, and before which syllable of each a hyphen stands; 0 for none."""
    for at, run in enumerate(_HAN_RUN.split(text)):
        if at % 2:
            yield from _of_run(run)
        elif run:
            yield run, 0


@lru_cache(maxsize=4_000)
def _of_run(run: str) -> tuple[tuple[str, int], ...]:
    """The words of Han characters; the same runs stand in many texts."""
    out: list[tuple[str, int]] = []
    for part in _NUMBER.split(run):
        if _NUMBER.fullmatch(part):
            groups = enumerate(_GROUPS.findall(part))
            out += [(digits, int(part[0] == "第" and not group)) for group, digits in groups]
        else:
            out += _words(part)
    return tuple(out)


def _words(text: str) -> Iterator[tuple[str, int]]:
    for word, kind in _jieba().tag(text) if text else ():
        divided = _divided(word)
        idiom = kind == "i" and len(word) == 4 and len(divided) == 1
        for piece in divided:
            yield piece, 2 if idiom else 0


def _divided(word: str) -> list[str]:
    """A long compound as the words it is made of, whole where it is not made of words."""
    if word[0] in _APART and len(word) > 2 and _jieba().has_word(word[1:]):
        return [word[0], *_divided(word[1:])]
    return _parts(word) or [word] if len(word) > 3 else [word]


def _parts(word: str) -> list[str]:
    """`word` as dictionary words of two and three characters, [] where it is none such."""
    if 2 <= len(word) <= 3:
        return [word] if _jieba().has_word(word) else []
    for size in (2, 3):
        rest = _parts(word[size:]) if _jieba().has_word(word[:size]) else []
        if rest:
            return [word[:size], *rest]
    return []
