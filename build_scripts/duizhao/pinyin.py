"""Pinyin by pypinyin, with readings of this edition where the library's are wrong.

pypinyin's own tables are never changed: `load_phrases_dict` is global to the
process.  A text is cut at the phrases that have a reading of their own instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pypinyin import Style, lazy_pinyin
from pypinyin.contrib.mmseg import seg

from duizhao.problems import DuizhaoError, error
from duizhao.toml_file import toml_from_file

_HAN_RUN = re.compile("[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+")
_DIGIT = "[一二两三四五六七八九]"
_NUMERAL = f"{_DIGIT}?[百千]|{_DIGIT}?十{_DIGIT}?|[零〇]|{_DIGIT}"
_ORDINAL, _NUMBER = re.compile(f"第(?:{_NUMERAL})"), re.compile(_NUMERAL)
_LONGEST_WORD = 4  # characters: above that a word is a phrase
#: Pinyin is written in the original tones (GB/T 16159, 6.5).
_ORIGINAL = {("一", "yí"): "yī", ("一", "yì"): "yī", ("不", "bú"): "bù"}


@dataclass(frozen=True, slots=True)
class Readings:
    """Phrases with a reading of their own: each character's syllable, with tone marks.

    `words` are words that are written together, beside those that pypinyin knows.
    """

    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    def with_words(self, more: Iterable[str]) -> Readings:
        """The same readings with more words that are written together."""
        return Readings(self.phrases, self.words | frozenset(more))

    def spoken(self, text: str) -> list[tuple[str, str]]:
        """`text` cut into words, each with its pinyin; "" for what is no Han character.

        The words joined are the text.  Words are ordinals (第十三 dì-shísān), the words
        known here, and those of pypinyin's own segmentation (GB/T 16159).
        """
        out: list[tuple[str, str]] = []
        at = 0
        for run in _HAN_RUN.finditer(text):
            if run.start() > at:
                out.append((text[at : run.start()], ""))
            out.extend(self._spoken_run(run[0]))
            at = run.end()
        if at < len(text):
            out.append((text[at:], ""))
        return out

    def _spoken_run(self, run: str) -> Iterator[tuple[str, str]]:
        syllables = self.syllables(run)
        if len(syllables) != len(run):  # a character without a reading
            syllables = ["".join(self.syllables(c)) for c in run]
        at = 0
        for word in self._cut(run):
            said = [_ORIGINAL.get((c, s), s) for c, s in zip(word, syllables[at:], strict=False)]
            joined = "".join(
                f"’{s}" if n and unicodedata.normalize("NFD", s)[0] in "aoe" else s
                for n, s in enumerate(said)
            )
            if _ORDINAL.fullmatch(word):
                joined = f"{said[0]}-{''.join(said[1:])}"
            yield word, "" if joined == word else joined
            at += len(word)

    def _cut(self, run: str) -> Iterator[str]:
        """The words of a run of Han characters; those of four characters in halves."""
        at = 0
        loose = ""  # what pypinyin is to cut
        while at < len(run):
            ordinal = _ORDINAL.match(run, at)
            word = ordinal[0] if ordinal else self._known(run, at)
            if not word:
                loose += run[at]
                at += 1
                continue
            yield from seg.cut(loose) if loose else ()
            loose = ""
            yield from (word[:2], word[2:]) if self._halved(word, ordinal) else (word,)
            at += len(word)
            while ordinal and (more := _NUMBER.match(run, at)):
                yield more[0]
                at = more.end()
        yield from seg.cut(loose) if loose else ()

    def _known(self, run: str, at: int) -> str:
        """The longest known word that begins at a place, "" if none."""
        longest = min(_LONGEST_WORD, len(run) - at)
        found = (run[at : at + n] for n in range(longest, 1, -1))
        return next((word for word in found if word in self.words), "")

    @staticmethod
    def _halved(word: str, ordinal: object) -> bool:
        return len(word) == _LONGEST_WORD and not ordinal

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

    `words`, a text of words with spaces between them, says what is written together.

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
    return Readings(phrases, frozenset(str(toml.data.get("words", "")).split()))
