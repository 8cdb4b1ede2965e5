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

All call `duizhaoSearch.part(numbering, name, content)`.  `numbering` is a digest of what
gives the numbers in a part their meaning: the laws and how many provisions each has and, for
rows of keys, into how many parts they are divided and which are common.  So a part of another
numbering is refused, and one that a change does not touch keeps its bytes.  The index says of
which `build` it is, a digest of all that the files are made of: it follows the address of
each part, and a browser keeps none of another build.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duizhao.glossary import Glossary, Term
from duizhao.pinyin import Readings
from duizhao.pool import Workers
from duizhao.search.fold import Syllables, lookalikes, variants
from duizhao.search.gather import LINE, Gathered, alphabets, gathered, together
from duizhao.search.grams import LARGER, Alphabet, commonness
from duizhao.search.provisions import SearchLaw
from duizhao.search.words import Stems, unspaced

#: Characters of text up to which one file holds everything.
SMALL = 300_000

#: Laws whose titles are in one part.
TITLES = 2_000

#: Of how the files are written; another number makes another build of the same laws.
FORMAT = 8

_DIGITS = 16  # of a SHA-256 in hexadecimal

#: Alphabets that threads of one process put down beside each other: each may take 100 MB.
BESIDE = 2

FOLDER = "assets/search"
INDEX = f"{FOLDER}/index.js"


@dataclass(slots=True, kw_only=True)
class _Together:
    """What the laws add up to; their texts wait in a file, a line each."""

    languages: Sequence[str]
    folder: Path
    alphabets: dict[str, Alphabet]
    digest: Any = field(default_factory=hashlib.sha256)
    size: int = 0
    starts: list[int] = field(default_factory=list)
    titles: list[list[Any]] = field(default_factory=list)
    characters: set[str] = field(default_factory=set)
    letters: set[str] = field(default_factory=set)  # runs of Latin letters in the Chinese
    vocabulary: list[set[str]] = field(default_factory=list)

    @property
    def whole(self) -> Path:
        """Where the laws wait, one a line."""
        return self.folder / "whole"

    @property
    def portions(self) -> Path:
        """Where their portions wait, one a line."""
        return self.folder / "portions"


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
    syllables = Syllables(readings)
    found = (gathered(law, syllables, languages) for law in laws)
    return files_from_gathered(found, glossary, readings, languages, small=small, common=common)


def files_from_gathered(
    laws: Iterable[Gathered],
    glossary: Glossary,
    readings: Readings,
    languages: Sequence[str],
    *,
    small: int = SMALL,
    common: int | None = None,
    workers: Workers | None = None,
) -> Iterator[tuple[str, str]]:
    """Path below the site's root and content of every file of search.

    The laws are taken once, one after the other, and wait in a temporary folder, so
    that memory does not grow with their number.  `workers` that are at work already help,
    where they share this machine's disk.  `small` is `SMALL`, and `common`
    `commonness`, but for tests.
    """
    with tempfile.TemporaryDirectory(prefix="duizhao-search-") as folder:
        got = _together(laws, languages, Path(folder))
        for alphabet in got.alphabets.values():
            if alphabet.common is not None:
                alphabet.common = common or commonness(sum(got.starts))
        head: dict[str, Any] = {
            "languages": list(languages),
            "unspaced": [unspaced(code) for code in languages],
            "variants": variants(got.characters),
            "lookalikes": lookalikes(got.characters),
            "letters": sorted(got.letters),
            "readings": _by_syllable(got.characters, Syllables(readings)),
        }
        terms = [_term(term, languages) for term in glossary.terms]
        got.digest.update(json.dumps([FORMAT, head, terms], **LINE).encode())
        head["build"] = got.digest.hexdigest()[:_DIGITS]
        for numbering, name, content in _parts(got, head, terms, small, workers or Workers()):
            # U+2028 and U+2029 may stand in JSON and, since ES2019, in scripts.
            script = f'duizhaoSearch.part("{numbering}","{name}",{content});\n'
            yield f"{FOLDER}/{name}.js", script


def _together(laws: Iterable[Gathered], languages: Sequence[str], folder: Path) -> _Together:
    got = _Together(
        languages=languages,
        folder=folder,
        alphabets={name: _alphabet(name, folder) for name in alphabets(languages)},
        vocabulary=[set() for _ in languages],
    )
    with (
        got.whole.open("w", encoding="utf-8", newline="\n") as whole,
        got.portions.open("w", encoding="utf-8", newline="\n") as portions,
    ):
        for law in laws:
            got.digest.update(law.whole.encode("utf-8"))
            whole.write(f"{law.whole}\n")
            portions.writelines(f"{portion}\n" for portion in law.portions)
            got.starts.append(law.provisions)
            got.titles.append(law.title)
            got.size += law.size
            got.characters.update(law.characters)
            got.letters.update(law.letters)
            for known, words in zip(got.vocabulary, law.vocabulary, strict=True):
                known.update(words)
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


def _by_syllable(characters: Iterable[str], syllables: Syllables) -> list[str]:
    """The usual readings: each syllable with the characters that have it."""
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


def _parts(
    got: _Together, head: dict[str, Any], terms: list[Any], small: int, workers: Workers
) -> Iterator[tuple[str, str, str]]:
    """Numbering and name of every part, and its content as JSON; the index is last."""
    known = list(zip(got.languages, got.vocabulary, strict=True))
    numbering = _digest([FORMAT, got.languages, [row[0] for row in got.titles], got.starts])
    if got.size <= small:
        words = [Stems(code).table(some) for code, some in known]
        rest = json.dumps(head | {"terms": terms, "words": words}, **LINE)
        laws = ",".join(_lines(got.whole))
        yield numbering, "index", f'{rest[:-1]},"laws":[{laws}]}}'
        return
    tables = []
    for code, vocabulary in known:
        for letter, some in _by_letter(vocabulary).items():
            tables.append(f"{code}-{ord(letter):x}")
            yield numbering, f"w/{tables[-1]}", json.dumps(Stems(code).table(some), **LINE)
    for number, first in enumerate(range(0, len(got.titles), TITLES)):
        yield numbering, f"t/{number}", json.dumps(got.titles[first : first + TITLES], **LINE)
    yield numbering, "terms", json.dumps(terms, **LINE)
    for number, portion in enumerate(_lines(got.portions)):
        yield numbering, f"l/{number}", portion
    where = {}
    every = list(got.alphabets.values())
    for alphabet, (counts, common) in zip(every, _laid_down(every, workers), strict=True):
        keys = "\n".join(common)
        own = _digest([numbering, counts, keys])
        where[alphabet.name] = [counts, keys, own]
        for line in _lines(_place(alphabet)):
            part, _, content = line.partition("\t")
            yield own, part, content
    index = {
        "tables": tables,
        "titles": TITLES,
        "starts": got.starts,
        "together": together(got.languages),
        "alphabets": where,
    }
    yield numbering, "index", json.dumps(head | index, **LINE)


def _digest(said: list[Any]) -> str:
    return hashlib.sha256(json.dumps(said, **LINE).encode()).hexdigest()[:_DIGITS]


def _laid_down(
    every: Sequence[Alphabet], workers: Workers
) -> list[tuple[list[list[int]], list[str]]]:
    """What `_put_down` gives of each alphabet, made by processes that are at work already.

    To start some takes longer than to let threads do it: numpy and zlib work beside each other.
    """
    if workers.started:
        return list(workers.mapped(_put_down, every, name=_name))
    with ThreadPoolExecutor(BESIDE) as threads:
        return list(threads.map(_put_down, every))


def _put_down(alphabet: Alphabet) -> tuple[list[list[int]], list[str]]:
    """Write the parts of an alphabet into its folder, one a line; its counts and common keys."""
    with _place(alphabet).open("w", encoding="utf-8", newline="\n") as file:
        for name, content in alphabet.parts():
            file.write(f"{name}\t{json.dumps(content, **LINE)}\n")
    return alphabet.counts, alphabet.found


def _place(alphabet: Alphabet) -> Path:
    return alphabet.folder / f"{alphabet.name}-parts"


def _name(alphabet: Alphabet) -> str:
    return f"{FOLDER}/{alphabet.name}"


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file that was written here; they end with a line feed and nothing else."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.removesuffix("\n")


def _by_letter(known: Iterable[str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for word in sorted(known):
        out.setdefault(word[0], []).append(word)
    return out
