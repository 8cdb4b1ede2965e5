"""What the laws of a site add up to for search, law by law, and the files made of that alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from duizhao.ground.writing import unspaced
from duizhao.languages.glossary import Glossary, Term
from duizhao.languages.pinyin import Readings
from duizhao.writers.search.fold import Syllables, lookalikes, variants
from duizhao.writers.search.gather import LINE, Summary, together
from duizhao.writers.search.words import Stems

#: Laws whose titles are in one part.
TITLES = 2_000

#: Of how the files are written; another number makes another build of the same laws.  The
#: script that reads them has it too (`search-parts.js`).
FORMAT = 13

_DIGITS = 16  # of a SHA-256 in hexadecimal


@dataclass
class Collection:
    """The laws of a site; `languages` are those of the translations.

    `usual` gives what `usual_readings` says of all characters, where it is being found already.
    """

    glossary: Glossary = field(repr=False)
    readings: Readings = field(repr=False)
    languages: Sequence[str]
    usual: Callable[[], list[str]] | None = None
    size: int = 0  # characters
    starts: list[int] = field(default_factory=list)  # provisions of each law
    titles: list[list[Any]] = field(default_factory=list)
    _taiwan: list[int] = field(default_factory=list)  # places of laws that name levels so
    _digests: list[str] = field(default_factory=list)
    characters: set[str] = field(default_factory=set)
    _letters: set[str] = field(default_factory=set)  # runs of Latin letters in the Chinese
    _vocabulary: list[set[str]] = field(default_factory=list)

    def add(self, law: Summary) -> None:
        """The next law."""
        self.size += law.size
        if law.taiwan:
            self._taiwan.append(len(self.starts))
        self.starts.append(law.provisions)
        self.titles.append(law.title)
        self._digests.append(law.digest)
        self.characters.update(law.characters)
        self._letters.update(law.letters)
        self._vocabulary = self._vocabulary or [set() for _ in self.languages]
        for known, words in zip(self._vocabulary, law.vocabulary, strict=True):
            known.update(words)

    @property
    def numbering(self) -> str:
        """The digest of what numbers of provisions mean: the laws, and how many each has."""
        return digest([FORMAT, self.languages, [row[0] for row in self.titles], self.starts])

    def parts(self) -> Iterator[tuple[str, str]]:
        """Name and content of each part for which no text is needed."""
        for name, words in self._tables.items():
            yield f"w/{name}", json.dumps(words, **LINE)
        for number, first in enumerate(range(0, len(self.titles), TITLES)):
            yield f"t/{number}", json.dumps(self.titles[first : first + TITLES], **LINE)
        yield "terms", json.dumps(self._terms, **LINE)

    def index(self, alphabets: dict[str, Any]) -> str:
        """The index of all parts; `alphabets` is what is said of each."""
        index = {
            "tables": list(self._tables),
            "titles": TITLES,
            "starts": self.starts,
            "together": together(self.languages),
            "alphabets": alphabets,
        }
        return json.dumps(self._head | index, **LINE)

    def all_in_one(self, laws: Iterable[str]) -> str:
        """The index that has everything in it; `laws` are the texts."""
        words = [Stems(code).table(some) for code, some in self._known]
        rest = json.dumps(self._head | {"terms": self._terms, "words": words}, **LINE)
        return f'{rest[:-1]},"laws":[{",".join(laws)}]}}'

    @cached_property
    def _head(self) -> dict[str, Any]:
        head: dict[str, Any] = {
            "format": FORMAT,
            "languages": list(self.languages),
            "unspaced": [unspaced(code) for code in self.languages],
            "variants": variants(self.characters),
            "lookalikes": lookalikes(self.characters),
            "letters": sorted(self._letters),
            "taiwan": self._taiwan,
            "readings": self.usual()
            if self.usual
            else usual_readings(self.characters, self.readings),
        }
        return head | {"build": digest([self._digests, head, self._terms])}

    @cached_property
    def _terms(self) -> list[list[Any]]:
        return [_term(term, self.languages) for term in self.glossary.terms]

    @property
    def _known(self) -> list[tuple[str, set[str]]]:
        """The words of each language."""
        return list(zip(self.languages, self._vocabulary, strict=True))

    @cached_property
    def _tables(self) -> dict[str, str]:
        return {
            f"{code}-{ord(letter):x}": Stems(code).table(some)
            for code, vocabulary in self._known
            for letter, some in _by_letter(vocabulary).items()
        }


def digest(said: list[Any]) -> str:
    """The digest of plain values, of so many digits as files of search carry."""
    return hashlib.sha256(json.dumps(said, **LINE).encode()).hexdigest()[:_DIGITS]


def usual_readings(characters: Iterable[str], readings: Readings) -> list[str]:
    """The usual readings: each syllable with the characters that have it."""
    syllables = Syllables(readings)
    out: dict[str, str] = {}
    for character in sorted(characters):
        if syllable := syllables.usual(character):
            out[syllable] = out.get(syllable, syllable) + character
    return [out[syllable] for syllable in sorted(out)]


def _term(term: Term, languages: Sequence[str]) -> list[Any]:
    """A glossary term: Chinese, English, pinyin, definitions, forms, alternatives, anchor.

    Last, where the glossary has it in further languages, by the language's place:
    [rendering, forms, definition], the definition "" where it has none.
    """
    wider = [a for a in dict.fromkeys((*term.alternatives, *term.forbidden)) if a != term.en]
    definitions = [term.definition_zh, term.definition_en]
    row = [term.zh, term.en, term.pinyin, *definitions, list(term.forms), wider, term.slug]
    others = {
        n: [other.words, list(other.forms), other.definition]
        for n, code in enumerate(languages)
        if (other := term.others.get(code))
    }
    return [*row, others] if others else row


def _by_letter(known: Iterable[str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for word in sorted(known):
        out.setdefault(word[0], []).append(word)
    return out
