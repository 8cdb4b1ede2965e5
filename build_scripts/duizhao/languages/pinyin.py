"""Pinyin by pypinyin, with readings of this edition where the library's are wrong.

pypinyin's own tables are never changed: `load_phrases_dict` is global to the
process.  A text is cut at the phrases that have a reading of their own instead.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import TypeAlias

from duizhao.ground.input_file import is_there
from duizhao.ground.problems import DuizhaoError, counted, error
from duizhao.ground.text import HAN
from duizhao.ground.toml_file import table_faults, toml_from_file
from duizhao.languages.division import division
from duizhao.languages.phrases import load_small
from duizhao.languages.readings import given

_VOWEL = re.compile(r"[aāáǎàoōóǒòeēéěèê]")  # begins a syllable only after an apostrophe
#: a word and its pinyin, "" for what is not read, such as punctuation
Spoken: TypeAlias = tuple[str, str]

_ORIGINAL = {("一", "yí"): "yī", ("一", "yì"): "yī", ("不", "bú"): "bù"}
_REMEMBERED = 1_000  # texts: those of a law
_RUNS, _WORDS = 4_000, 50_000  # of Han characters, and words, whose reading is remembered
_EITHER = "为处"  # alone, they are read in one way as often as in the other
_SPACED = re.compile(rf"(?<!{HAN.pattern}){HAN.pattern}(?:\s+{HAN.pattern})+(?!{HAN.pattern})")
_JOINTS = re.compile(r"[\s’'-]")


@dataclass(frozen=True, slots=True)
class Readings:
    """Phrases with a reading of their own: each character's syllable, with tone marks.

    `words` are phrases whose division into words is given, with each word's pinyin.
    """

    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[Spoken, ...]] = field(default_factory=dict)
    # A text stands on several pages: what was said of it is remembered, and goes nowhere.
    _said: dict[str, tuple[tuple[str, ...], list[Spoken]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __reduce__(self) -> tuple[object, ...]:
        return Readings, (self.phrases, self.words)

    def syllables(self, text: str) -> list[str]:
        """The syllable of each Han character of `text`; other runs stay as they are."""
        out: list[str] = []
        for part in _split(text, self.phrases):
            if part in self.phrases:
                out.extend(self.phrases[part])
            elif part:
                out.extend(_spoken(part))
        if len(out) == len(text):
            for at, syllable in self._given(text):
                out[at] = syllable
        return out

    def _given(self, text: str) -> Iterator[tuple[int, str]]:
        """What `given` says of the characters that are in no phrase of this edition."""
        at, own = 0, set[int]()
        for part in _split(text, self.phrases):
            if part in self.phrases:
                own.update(range(at, at + len(part)))
            at += len(part)
        yield from ((place, said) for place, said in given(text).items() if place not in own)

    def by_character(self, text: str) -> tuple[str, ...]:
        """One syllable for each character of `text`, "" where it is none that is read.

        Tones are the original ones (GB/T 16159, 6.5), not as they change in speech.
        """
        out: list[str] = []
        for part in _split(text, self.phrases):
            if part in self.phrases:
                out.extend(map(_original, part, self.phrases[part]))
                continue
            for at, run in enumerate(_runs().split(part)):
                out.extend(_originals(run) if at % 2 else [""] * len(run))
        for place, syllable in self._given(text):
            out[place] = syllable
        for match in _SPACED.finditer(text):  # 调　解 in a heading is one word
            said = iter(self.by_character("".join(match[0].split())))
            at = match.start()
            out[at : match.end()] = ["" if c.isspace() else next(said) for c in match[0]]
        return tuple(out)

    def spoken(self, text: str) -> list[Spoken]:
        """`text` cut into words, each with its pinyin written by GB/T 16159.

        The words joined are the text.
        """
        return self.read(text)[1]

    def read(self, text: str) -> tuple[tuple[str, ...], list[Spoken]]:
        """What `by_character` and `spoken` say of a text."""
        found = self._said.get(text)
        if found is None:
            if len(self._said) >= _REMEMBERED:
                self._said.clear()  # memory must not grow with the laws
            by_character = self.by_character(text)
            found = self._said[text] = (by_character, self._divided(text, by_character))
        return found

    def _divided(self, text: str, by_character: tuple[str, ...]) -> list[Spoken]:
        out: list[Spoken] = []
        at = 0
        for part in _split(text, self.words):
            if part in self.words:
                out.extend(self.words[part])
                at += len(part)
                continue
            for word, hyphen in division(part):
                said = by_character[at : at + len(word)]
                at += len(word)
                out.append((word, spelled(said, hyphen) if all(said) else ""))
        return out

    def word(self, text: str) -> str:
        """A term's pinyin by words: yíngshāng huánjìng; what is not read stays as it is."""
        out, after = "", False
        for word, said in self.spoken(text):
            out += f"{' ' if after and said else ''}{said or word}"
            after = bool(said)
        return out


def _split(text: str, phrases: Collection[str]) -> list[str]:
    if not phrases:
        return [text]
    pattern = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    return re.split(f"({pattern})", text)


@lru_cache(maxsize=_WORDS)
def spelled(syllables: tuple[str, ...], hyphen: int = 0) -> str:
    """Syllables written together, with the apostrophe where it is needed.

    `hyphen` is the syllable before which a hyphen stands, 0 for none.
    """
    out = ""
    for at, syllable in enumerate(syllables):
        if at and at == hyphen:
            out += "-"
        elif at and _VOWEL.match(syllable):
            out += "’"
        out += syllable
    return out


def _spoken(text: str) -> list[str]:
    """What `lazy_pinyin` says of the text, which reads one word after the other.

    No word goes beyond a run of Han characters; the same runs stand in many texts.
    """
    out: list[str] = []
    for at, part in enumerate(_runs().split(text)):
        if part:
            out.extend(_run(part) if at % 2 else _read(part))
    return out


def load() -> None:
    """Load the dictionaries, which else are loaded when a text is read for the first time.

    It takes half as long again, and half the memory: for a process that reads much, or is forked.
    """
    load_small()
    Readings().read("拼音")


@cache
def _runs() -> re.Pattern[str]:
    """Runs of Han characters, as pypinyin sees them.

    Its tables take a third of a second to load: no command does it that reads nothing out.
    """
    from pypinyin.constants import RE_HANS  # noqa: PLC0415

    return re.compile(f"({RE_HANS.pattern.removeprefix('^').removesuffix('$')})")


def _original(character: str, syllable: str) -> str:
    return _ORIGINAL.get((character, syllable), syllable)


def _originals(run: str) -> tuple[str, ...]:
    """What `by_character` says of a run of Han characters."""
    out: list[str] = []
    for syllable in _run(run):
        at = len(out)
        if run.startswith(syllable, at):  # characters that have no reading
            out += [""] * len(syllable)
        else:
            out.append(_original(run[at : at + 1], syllable))
    return tuple(out)


@lru_cache(maxsize=_RUNS)
def _run(run: str) -> tuple[str, ...]:
    """The syllables of a run of Han characters, in the phrases that pypinyin finds in it.

    It takes the longest from the left: 罪行|为 in 犯罪行为, 目的 in 项目的.  A word of the text
    that such a phrase cuts through, or leaves over, is read as that word.
    """
    if len(run) == 1:
        return _read(run)
    found, phrases = _by_phrases(run)
    if len(found) != len(run):
        return found  # characters that have no reading, several in one piece
    out = list(found)
    words = list(accumulate((len(word) for word, _ in division(run)), initial=0))
    bounds = set(words)
    wrong = [(a, b) for a, b in pairwise(phrases) if not (a in bounds and b in bounds)]
    firsts, lasts = [a for a, _ in wrong], [b for _, b in wrong]
    for start, end in pairwise(words):
        near = wrong[bisect_right(lasts, start) : bisect_left(firsts, end)]
        if any(_misread(run[start:end], start, end, phrase) for phrase in near):
            read = _alone(run[start:end])
            out[start:end] = read if len(read) == end - start else out[start:end]
    return tuple(out)


@lru_cache(maxsize=_WORDS)
def _alone(word: str) -> tuple[str, ...]:
    """The syllables of a word, whatever stands beside it: the same few are asked for in most runs."""
    return _by_phrases(word)[0]


def _by_phrases(run: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The syllables of a run, and where the phrases that they were found in begin and end."""
    from pypinyin.seg.mmseg import seg  # noqa: PLC0415

    phrases = tuple(seg.cut(run))
    ends = accumulate(map(len, phrases), initial=0)
    return tuple(chain.from_iterable(map(_read, phrases))), tuple(ends)


def _misread(word: str, start: int, end: int, phrase: tuple[int, int]) -> bool:
    """Whether a phrase that is not made of whole words took a word, or a part of it, for its own."""
    first, last = phrase
    if len(word) == 1:
        return first <= start < last and word not in _EITHER
    return first < end and start < last and not first <= start < end <= last


@lru_cache(maxsize=_WORDS)
def _read(word: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    return tuple(lazy_pinyin(word, style=Style.TONE))


def alphabetical(pinyin: str) -> tuple[str, str]:
    """The key that sorts pinyin by its letters first, by its tones second."""
    decomposed = unicodedata.normalize("NFD", pinyin)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return letters.lower(), pinyin


def readings_from_file(path: Path, *, name: str | None = None) -> Readings:
    """Read `seeds/pinyin.toml`.

    A table [readings] of phrase = "syllable syllable", and a table [words] of phrase =
    its pinyin as it is written, by words.  Raises DuizhaoError where it is not TOML or has
    other tables, where a reading has not one syllable for each character, or where the
    words do not spell what is read.
    """
    if not is_there(path):
        return Readings()
    toml = toml_from_file(path, name=name or str(path), code="pinyin")
    once = ("readings", "words")
    problems = list(table_faults(toml, once=once, unknown="pinyin-syntax", wrong="pinyin-syntax"))
    if problems:
        raise DuizhaoError(problems)
    phrases = {}
    for phrase, reading in toml.data.get("readings", {}).items():
        syllables = tuple(reading.split()) if isinstance(reading, str) else ()
        if len(syllables) != len(phrase):
            problems.append(
                error(
                    "pinyin-syllables",
                    toml.position("readings", 0, phrase),
                    f"“{phrase}” has {counted(len(phrase), 'character', 'characters')} and"
                    f" {counted(len(syllables), 'syllable', 'syllables')} here.",
                    "write one syllable for each character, with spaces between them",
                )
            )
        phrases[phrase] = syllables
    readings = Readings(phrases)
    words = {}
    for phrase, written in toml.data.get("words", {}).items():
        words[phrase] = _written(phrase, str(written), readings)
        if "".join(word for word, _ in words[phrase]) != phrase:
            read = " ".join(readings.syllables(phrase))
            problems.append(
                error(
                    "pinyin-words",
                    toml.position("words", 0, phrase),
                    f"“{written}” does not spell “{phrase}”, which is read {read}.",
                    "write its words as they are read; a reading of its own goes into [readings]",
                )
            )
    if problems:
        raise DuizhaoError(problems)
    return Readings(phrases, words)


def _written(phrase: str, written: str, readings: Readings) -> tuple[Spoken, ...]:
    """The words of `phrase` as `written` divides them; they are not all of it if it errs."""
    syllables = readings.by_character(phrase)
    out: list[Spoken] = []
    at = 0
    for word in written.split():
        letters = _JOINTS.sub("", word).lower()
        end = at
        while end < len(syllables) and letters.startswith("".join(syllables[at : end + 1])):
            end += 1
        if "".join(syllables[at:end]) != letters:
            return ()
        out.append((phrase[at:end], word))
        at = end
    return tuple(out)
