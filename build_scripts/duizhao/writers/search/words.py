"""Words of a translation: how a text is cut into them, and what counts as one word.

Stems are Snowball's (`snowballstemmer`); a browser gets them as a table of the
words that occur, so it needs no stemmer of its own that might disagree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

#: Snowball's name of a language; one that is not here is compared word by word.
_ALGORITHMS = {"en": "english", "fr": "french", "de": "german", "ru": "russian", "es": "spanish"}


@cache
def _word() -> re.Pattern[str]:
    """Letters, digits, and the marks that belong to letters (Tibetan vowels)."""
    marks = "".join(
        chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"
    )
    return re.compile(rf"(?:[^\W_]|[{re.escape(marks)}])+")


def words_of(text: str) -> list[str]:
    """The words of a text in order, in small letters; punctuation parts them."""
    return [unicodedata.normalize("NFKC", w).lower() for w in _word().findall(text)]


class Stems:
    """The stem of each word of one language."""

    def __init__(self, language: str) -> None:
        import snowballstemmer  # noqa: PLC0415 - slow to import: it loads every language

        name = _ALGORITHMS.get(language)
        self._stemmer = snowballstemmer.stemmer(name) if name else None
        self._known: dict[str, str] = {}

    def of(self, word: str) -> str:
        """A word's stem; the word itself in a language without a stemmer."""
        if word not in self._known:
            self._known[word] = self._stemmer.stemWord(word) if self._stemmer else word
        return self._known[word]

    def table(self, words: Iterable[str]) -> str:
        """Words with their stems, with spaces between.

        A word is followed by how many of its last letters the stem drops, and what it has
        in their place: `policies-2`, `happy-1i`; a word that is its own stem stands alone.
        """
        out = []
        for word in sorted(set(words)):
            stem = self.of(word)
            same = _same(word, stem)
            out.append(word if stem == word else f"{word}-{len(word) - same}{stem[same:]}")
        return " ".join(out)


def _same(one: str, other: str) -> int:
    """How many letters two words begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
