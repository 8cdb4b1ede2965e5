"""Pinyin by pypinyin, with readings of this edition where the library's are wrong.

pypinyin's own tables are never changed: `load_phrases_dict` is global to the
process.  A text is cut at the phrases that have a reading of their own instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from duizhao.problems import DuizhaoError, error
from duizhao.toml_file import toml_from_file


@dataclass(frozen=True, slots=True)
class Readings:
    """Phrases with a reading of their own: each character's syllable, with tone marks."""

    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def syllables(self, text: str) -> list[str]:
        """The syllable of each Han character of `text`; other runs stay as they are."""
        if not self.phrases:
            return lazy_pinyin(text, style=Style.TONE)
        pattern = "|".join(map(re.escape, sorted(self.phrases, key=len, reverse=True)))
        out: list[str] = []
        for part in re.split(f"({pattern})", text):
            if part in self.phrases:
                out.extend(self.phrases[part])
            elif part:
                out.extend(lazy_pinyin(part, style=Style.TONE))
        return out

    def word(self, text: str) -> str:
        """A term's pinyin, written together: yíngshāng huánjìng needs its own spaces."""
        return " ".join(self.syllables(text))


def alphabetical(pinyin: str) -> tuple[str, str]:
    """The key that sorts pinyin by its letters first, by its tones second."""
    decomposed = unicodedata.normalize("NFD", pinyin)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return letters.lower(), pinyin


def readings_from_file(path: Path, *, name: str | None = None) -> Readings:
    """Read `seeds/pinyin.toml`: a table [readings] of phrase = "syllable syllable".

    Raises DuizhaoError where it is not TOML, or where a reading has not one syllable
    for each character.
    """
    if not path.exists():
        return Readings()
    toml = toml_from_file(path, name=name or str(path), code="pinyin")
    phrases, problems = {}, []
    for phrase, reading in toml.data.get("readings", {}).items():
        syllables = tuple(str(reading).split())
        if len(syllables) != len(phrase):
            problems.append(
                error(
                    "pinyin-syllables",
                    toml.position("readings", 0, phrase),
                    f"“{phrase}” has {len(phrase)} characters and {len(syllables)} syllables here.",
                    "write one syllable for each character, with spaces between them",
                )
            )
        phrases[phrase] = syllables
    if problems:
        raise DuizhaoError(problems)
    return Readings(phrases)
