"""Pinyin over the words of a text, as ruby; Markdown has no way of its own to write it.

Guarantee: without what stands in `rt`, the text is the text.
"""

from __future__ import annotations

from duizhao.languages.pinyin import Readings, spelled
from duizhao.writers.pages.inline import escape


class Ruby:
    """One text with its pinyin, of which any part can be shown.

    The whole is read at once: what a character is called depends on its neighbours.
    """

    def __init__(self, text: str, readings: Readings) -> None:
        self._syllables, self._words = readings.read(text)

    def markup(self, start: int, end: int) -> str:
        """`text[start:end]`, escaped, its words under their pinyin; a word may be cut."""
        out, last = "", 0
        for word, said in self._words:
            first, last = last, last + len(word)
            low, high = max(first, start), min(last, end)
            if (low, high) == (first, last):
                out += _under(said, word)
            elif low < high:
                over = spelled(self._syllables[low:high]) if said else ""
                out += _under(over, word[low - first : high - first])
        return out

    @property
    def whole(self) -> str:
        """All of the text."""
        return "".join([_under(said, word) for word, said in self._words])


def _under(pinyin: str, words: str) -> str:
    """Words under their pinyin, if they have any."""
    return f"<ruby>{escape(words)}<rt>{pinyin}</rt></ruby>" if pinyin else escape(words)
