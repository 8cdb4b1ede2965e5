"""The files of search, from laws, glossary and readings.

`assets/search/index.js` is loaded first.  On a small site it holds everything; on
a large one it says where the rest is (`grams` tells what a key is)::

    d/<alphabet><n>-<part>.js     rows of keys of n symbols
    p/<alphabet><n>-<part>.js     places of common words
    w/<language>-<letter>.js      words with stems
    l/<number>.js                 the texts of some provisions of one law
    t/<number>.js                 the titles of some laws
    terms.js                      glossary

Alphabets are `z` characters, `s` syllables, `i` first letters, `wa` words and `va`
prefixes of the first language of the translations, or `ra` its characters where it has
no spaces between words; `n` identifiers of laws, articles and what is in these.

All call `duizhaoSearch.part(build, name, content)`; `build` is a digest of all that
the files are made of, so parts of two builds are never mixed.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duizhao.glossary import Glossary, Term
from duizhao.pinyin import Readings
from duizhao.search.fold import Syllables, exceptions, folded, lookalikes, usual_syllables, variants
from duizhao.search.gather import LINE, Gathered, alphabets, gathered
from duizhao.search.grams import LARGER, Alphabet, commonness
from duizhao.search.provisions import SearchLaw
from duizhao.search.words import Stems, unspaced

#: Characters of text up to which one file holds everything.
SMALL = 300_000

#: Texts in one part of a law, of provisions in one or several languages.
TOGETHER = 24

#: Laws whose titles are in one part.
TITLES = 2_000

#: Of how the files are written; another number makes another build of the same laws.
FORMAT = 3

FOLDER = "assets/search"


@dataclass(slots=True, kw_only=True)
class _Together:
    """What the laws add up to; their texts wait in a file, a line each."""

    languages: Sequence[str]
    texts: Path
    alphabets: dict[str, Alphabet]
    digest: Any = field(default_factory=hashlib.sha256)
    readings: dict[str, Counter[str]] = field(default_factory=dict)
    size: int = 0
    starts: list[int] = field(default_factory=list)
    titles: list[list[Any]] = field(default_factory=list)
    characters: set[str] = field(default_factory=set)
    letters: set[str] = field(default_factory=set)  # runs of Latin letters in the Chinese
    vocabulary: list[set[str]] = field(default_factory=list)


def search_files(
    laws: Iterable[SearchLaw],
    glossary: Glossary,
    readings: Readings,
    languages: Sequence[str],
    *,
    small: int = SMALL,
    common: int | None = None,
) -> Iterator[tuple[str, str]]:
    """Path below the site's root and content of every file of search, from laws as read."""
    found = (gathered(law, Syllables(readings), languages) for law in laws)
    return files_from_gathered(found, glossary, languages, small=small, common=common)


def files_from_gathered(
    laws: Iterable[Gathered],
    glossary: Glossary,
    languages: Sequence[str],
    *,
    small: int = SMALL,
    common: int | None = None,
) -> Iterator[tuple[str, str]]:
    """Path below the site's root and content of every file of search.

    The laws are taken once, one after the other, and wait in a temporary folder, so
    that memory does not grow with their number.  `small` is `SMALL`, and `common`
    `commonness`, but for tests.
    """
    with tempfile.TemporaryDirectory(prefix="duizhao-search-") as folder:
        got = _together(laws, languages, Path(folder))
        for alphabet in got.alphabets.values():
            if alphabet.common is not None:
                alphabet.common = common or commonness(sum(got.starts))
        usual = usual_syllables(got.readings)
        head: dict[str, Any] = {
            "languages": list(languages),
            "unspaced": [unspaced(code) for code in languages],
            "variants": variants(got.characters),
            "lookalikes": lookalikes(got.characters),
            "letters": sorted(got.letters),
            "readings": [f"{s}{''.join(c)}" for s, c in _by_syllable(usual).items()],
        }
        terms = [_term(term, languages) for term in glossary.terms]
        got.digest.update(json.dumps([FORMAT, head, terms], **LINE).encode())
        build = got.digest.hexdigest()[:16]
        for name, content in _parts(got, head, terms, usual, small):
            # U+2028 and U+2029 may stand in JSON and, since ES2019, in scripts.
            line = json.dumps(content, **LINE)
            yield f"{FOLDER}/{name}.js", f'duizhaoSearch.part("{build}","{name}",{line});\n'


def _together(laws: Iterable[Gathered], languages: Sequence[str], folder: Path) -> _Together:
    got = _Together(
        languages=languages,
        texts=folder / "texts",
        alphabets={name: _alphabet(name, folder) for name in alphabets(languages)},
        vocabulary=[set() for _ in languages],
    )
    with got.texts.open("wb") as file:
        for law in laws:
            got.digest.update(law.line)
            file.write(law.line + b"\n")
            got.starts.append(law.provisions)
            got.titles.append(law.title)
            got.size += law.size
            got.characters.update(law.characters)
            got.letters.update(law.letters)
            for known, words in zip(got.vocabulary, law.vocabulary, strict=True):
                known.update(words)
            for character, counts in law.readings.items():
                got.readings.setdefault(character, Counter()).update(counts)
            for name, alphabet in got.alphabets.items():
                alphabet.take(law.symbols[name])
    return got


def _alphabet(name: str, folder: Path) -> Alphabet:
    match name[0]:
        case "s":
            return Alphabet(name=name, folder=folder, between=" ", part=LARGER)
        case "i":
            return Alphabet(name=name, folder=folder, part=LARGER)
        case "n" | "v":
            return Alphabet(name=name, folder=folder, common=None, placed="none")
        case "w":
            return Alphabet(name=name, folder=folder, between=" ", placed="all")
    return Alphabet(name=name, folder=folder)


def _texts(got: _Together, usual: dict[str, str]) -> Iterator[tuple[list[Any], list[Any]]]:
    """Of every law its head and its provisions, with readings that are not the usual ones.

    Empty values at the end of a unit are left out.
    """
    with got.texts.open("rb") as file:
        for line in file:
            head, rows = json.loads(line)
            for provision, spoken in rows:
                for unit, syllables in zip(provision[-1], spoken, strict=True):
                    plain = folded(unit[3])
                    own = syllables.split(" ") if plain else []
                    unit.append(exceptions(plain, own, usual) or 0)
                    while len(unit) > 4 and not unit[-1]:
                        unit.pop()
            yield head, [provision for provision, _ in rows]


def _by_syllable(common: dict[str, str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for character, syllable in common.items():
        if syllable:
            out.setdefault(syllable, []).append(character)
    return dict(sorted(out.items()))


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


def _parts(
    got: _Together, head: dict[str, Any], terms: list[Any], usual: dict[str, str], small: int
) -> Iterator[tuple[str, Any]]:
    """Name and content of every part, that which is loaded first at the end."""
    known = list(zip(got.languages, got.vocabulary, strict=True))
    if got.size <= small:
        words = [Stems(code).table(some) for code, some in known]
        laws = [[*of, rows] for of, rows in _texts(got, usual)]
        yield "index", head | {"laws": laws, "terms": terms, "words": words}
        return
    tables = []
    for code, vocabulary in known:
        for letter, some in _by_letter(vocabulary).items():
            tables.append(f"{code}-{ord(letter):x}")
            yield f"w/{tables[-1]}", Stems(code).table(some)
    for number, first in enumerate(range(0, len(got.titles), TITLES)):
        yield f"t/{number}", [_title(row, usual) for row in got.titles[first : first + TITLES]]
    yield "terms", terms
    together = TOGETHER // (1 + len(got.languages)) or 1
    yield from _portions(_texts(got, usual), together)
    for alphabet in got.alphabets.values():
        yield from alphabet.parts()
    where = {name: [a.counts, "\n".join(a.found)] for name, a in got.alphabets.items()}
    yield (
        "index",
        head
        | {
            "tables": tables,
            "titles": TITLES,
            "starts": got.starts,
            "together": together,
            "alphabets": where,
        },
    )


def _title(row: list[Any], usual: dict[str, str]) -> list[Any]:
    """A law's id and titles, and the readings in the Chinese one that are not the usual ones."""
    law, titles, spoken = row
    own = exceptions(folded(titles[0]), spoken.split(" "), usual) if spoken else []
    return [law, titles, own] if own else [law, titles]


def _portions(
    laws: Iterable[tuple[list[Any], list[Any]]], together: int
) -> Iterator[tuple[str, Any]]:
    """The texts of the laws, `together` provisions a part; with the headings these stand under.

    A part is [id, titles, date of effect, gaps, date of repeal, first provision, {position of a heading:
    [Chinese, [translations]]}, provisions].
    """
    number = 0
    for head, rows in laws:
        for first in range(0, max(1, len(rows)), together):
            some = rows[first : first + together]
            above = {at: rows[at][5][0][3:5] for row in some for at in row[4]}
            yield f"l/{number}", [*head, first, above, some]
            number += 1


def _by_letter(known: Iterable[str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for word in sorted(known):
        out.setdefault(word[0], []).append(word)
    return out
