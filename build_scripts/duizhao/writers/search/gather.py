"""What search takes of one law, so that a law that did not change is not read again.

A law is gathered where its pages are made; `files` puts the laws together.  Symbols are
numbered within the law here and anew there.
"""

from __future__ import annotations

import hashlib
import json
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from duizhao.ground.writing import unspaced
from duizhao.writers.search.fold import Syllables, folded, folded_translation
from duizhao.writers.search.postings import Words
from duizhao.writers.search.provisions import Provision, SearchLaw, as_taiwan
from duizhao.writers.search.words import words_of

#: Texts in one portion of a law, of provisions in one or several languages.
TOGETHER = 24

#: Letters of the longest prefix of a word that is a key, for a word that is being typed.
PREFIX = 4

LINE: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}
_LETTERS = re.compile("[a-z]+")


class Stream:
    """The documents of a law in one alphabet: their symbols, by number, and their sizes.

    Number 0 is no symbol; it ends each text, and runs end there.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._places: array[int] = array("I")
        self._sizes: array[int] = array("I")

    def add(self, texts: Iterable[Iterable[str]]) -> None:
        """The symbols of the next document's texts; "" is no symbol."""
        numbers, places, start = self._numbers, self._places, len(self._places)
        for text in texts:
            places.extend([numbers.setdefault(s, len(numbers) + 1) if s else 0 for s in text])
            places.append(0)
        self._sizes.append(len(places) - start)

    def taken(self) -> Symbols:
        """What was added."""
        return Symbols(
            names=tuple(self._numbers),
            places=np.frombuffer(self._places, np.uint32),
            sizes=np.frombuffer(self._sizes, np.uint32),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbols:
    """`places` holds numbers: of n the name is the one before the n-th, of 0 there is none."""

    names: Sequence[str]
    places: Words
    sizes: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What of a law is needed where its texts are not.

    `title` is [id, titles, readings in the Chinese one that are not the usual]; `vocabulary`
    are the words in each language of the translations, `letters` the runs of Latin letters in
    the Chinese, `taiwan` is what `as_taiwan` says, `size` is in characters; `digest` is the
    SHA-256 of all that search says of it.
    """

    title: list[Any]
    provisions: int
    taiwan: bool
    size: int
    characters: str
    letters: Sequence[str]
    vocabulary: Sequence[Sequence[str]]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """One law for search.

    `whole` and `portions` are JSON: all of the law, and a few provisions each with the headings
    they stand under (`_portions`).
    """

    summary: Summary
    whole: str
    portions: Sequence[str]
    symbols: Mapping[str, Symbols] = field(repr=False)


def together(languages: Sequence[str]) -> int:
    """How many provisions stand in one portion of a law with these translations."""
    return TOGETHER // (1 + len(languages)) or 1


def columns(languages: Sequence[str]) -> str:
    """A letter for each language of the translations."""
    return "abcdefghijklmnopqrstuvwxyz"[: len(languages)]


def alphabets(languages: Sequence[str]) -> list[str]:
    """The names of all alphabets."""
    names = ["z", "s", "i", "n"]
    for code, column in zip(languages, columns(languages), strict=True):
        names += [f"r{column}"] if unspaced(code) else [f"w{column}", f"v{column}"]
    return names


def gathered(law: SearchLaw, syllables: Syllables, languages: Sequence[str]) -> Gathered:
    """Take a law in."""
    streams = {name: Stream() for name in alphabets(languages)}
    characters: set[str] = set()
    letters: set[str] = set()
    vocabulary: list[set[str]] = [set() for _ in languages]
    size = 0
    rows: list[list[Any]] = []
    for number, provision in enumerate(law.provisions):
        plain = [folded(unit.zh) for unit in provision.units]
        spoken = [syllables.of(unit.zh) for unit in provision.units]
        streams["z"].add(plain)
        streams["s"].add(spoken)
        streams["i"].add([s[:1] for s in text] for text in spoken)
        names = [[law.id]] if number == 0 else []
        if provision.eid.startswith("art_"):
            names += [
                [eid] for eid in dict.fromkeys((provision.eid, *(u.eid for u in provision.units)))
            ]
        streams["n"].add(names)
        for text in plain:
            size += len(text)
            characters.update(text)
            letters.update(_LETTERS.findall(text))
        for n, column in enumerate(columns(languages)):
            others = [unit.others[n] for unit in provision.units if unit.others]
            size += sum(map(len, others))
            if unspaced(languages[n]):
                runs = [folded_translation(text) for text in others]
                streams[f"r{column}"].add(runs)
                characters.update(*runs)
                continue
            words = [words_of(text) for text in others]
            streams[f"w{column}"].add(words)
            begun = {word[:to] for word in set().union(*words) for to in range(1, PREFIX + 1)}
            streams[f"v{column}"].add([prefix] for prefix in sorted(begun))
            vocabulary[n].update(*words)
        unusual = [syllables.exceptions(*text) for text in zip(plain, spoken, strict=True)]
        rows.append(_provision(provision, unusual))
    head = [law.id, list(law.titles), law.effective, law.gaps, law.repealed]
    zh = law.titles[0]
    of_title = syllables.exceptions(folded(zh), syllables.of(zh))
    portions = _portions(head, rows, together(languages))
    whole = json.dumps([*head, rows], **LINE)
    summary = Summary(
        title=[law.id, list(law.titles), *([of_title] if of_title else [])],
        provisions=len(law.provisions),
        taiwan=as_taiwan(law) or False,
        size=size,
        characters="".join(sorted(characters)),
        letters=sorted(letters),
        vocabulary=[sorted(words) for words in vocabulary],
        digest=hashlib.sha256(whole.encode("utf-8")).hexdigest(),
    )
    return Gathered(
        summary=summary,
        whole=whole,
        portions=[json.dumps(each, **LINE) for each in portions],
        symbols={name: stream.taken() for name, stream in streams.items()},
    )


def _portions(head: list[Any], rows: list[list[Any]], size: int) -> Iterator[list[Any]]:
    """The texts of a law, `size` provisions a portion; with the headings these stand under.

    A portion is [id, titles, date of effect, gaps, date of repeal, first provision, {position
    of a heading: [Chinese, [translations]]}, provisions].
    """
    for first in range(0, max(1, len(rows)), size):
        some = rows[first : first + size]
        above = {at: rows[at][5][0][3:5] for row in some for at in row[4]}
        yield [*head, first, above, some]


def _provision(provision: Provision, readings: list[list[int | str]]) -> list[Any]:
    """[slug, eid, citation zh, other, path, units].

    A unit is [eid, citation zh, other, Chinese, [translations], marks, corrected places,
    readings that are not the usual ones], its first three "" where they are the
    provision's; empty values at its end are left out.  “Other” is a list, one for each
    language, where these do not cite alike.
    """
    units = []
    for unit, own in zip(provision.units, readings, strict=True):
        same = unit.eid == provision.eid
        row: list[Any] = ["", "", ""] if same else [unit.eid, *_cited(unit.cited)]
        units.append([*row, unit.zh, list(unit.others) if any(unit.others) else 0])
        units[-1].append(list(unit.marks) or 0)
        units[-1].append([list(place) for place in unit.corrections] or 0)
        units[-1].append(own or 0)
        while len(units[-1]) > 4 and not units[-1][-1]:
            units[-1].pop()
    return [provision.slug, provision.eid, *_cited(provision.cited), list(provision.path), units]


def _cited(cited: tuple[str, ...]) -> list[Any]:
    zh, *others = cited
    return [zh, others[0] if len(set(others)) == 1 else others]
