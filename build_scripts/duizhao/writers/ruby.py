"""Pinyin over the words of a text, as ruby; Markdown has no way of its own to write it.

Guarantee: without what stands in `rt`, the text is the text.
"""

from __future__ import annotations

import re

from duizhao.pinyin import Readings, spelled
from duizhao.writers.inline import escape

_RT = re.compile(r"<rt>.*?</rt>|</?ruby>")


class Ruby:
    """One text with its pinyin, of which any part can be shown.

    The whole is read at once: what a character is called depends on its neighbours.
    """

    def __init__(self, text: str, readings: Readings) -> None:
        self._text = text
        self._syllables, spoken = readings.read(text)
        self._words: list[tuple[int, int, str]] = []
        at = 0
        for word, said in spoken:
            self._words.append((at, at + len(word), said))
            at += len(word)

    def markup(self, start: int, end: int) -> str:
        """`text[start:end]`, escaped, its words under their pinyin; a word may be cut."""
        out = ""
        for first, last, said in self._words:
            low, high = max(first, start), min(last, end)
            if low >= high:
                continue
            cut = (low, high) != (first, last)
            over = spelled(self._syllables[low:high]) if said and cut else said
            words = escape(self._text[low:high])
            out += f"<ruby>{words}<rt>{over}</rt></ruby>" if over else words
        return out

    @property
    def whole(self) -> str:
        """All of the text."""
        return self.markup(0, len(self._text))


def without_pinyin(markup: str) -> str:
    """Markdown or HTML with ruby as it is without."""
    return _RT.sub("", markup)
