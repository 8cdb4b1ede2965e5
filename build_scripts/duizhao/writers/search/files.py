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

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from duizhao.ground.folders import named
from duizhao.ground.pool import Workers
from duizhao.languages.glossary import Glossary
from duizhao.languages.pinyin import Readings
from duizhao.writers.search.collection import Collection, digest, usual_readings
from duizhao.writers.search.fold import Syllables
from duizhao.writers.search.gather import LINE, Gathered, alphabets, gathered
from duizhao.writers.search.grams import Alphabet, Counts, alphabet_named, commonness
from duizhao.writers.search.provisions import SearchLaw

#: Characters of text up to which one file holds everything.
SMALL = 300_000

#: Alphabets that threads of one process put down beside each other: each may take 100 MB.
BESIDE = 2

FOLDER = "assets/search"
INDEX = f"{FOLDER}/index.js"


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
    sizes: dict[str, Counts] | None = None,
    handed: Callable[[], None] = lambda: None,
    beside: Path | None = None,
) -> Iterator[tuple[str, str]]:
    """Path below the site's root and content of every file of search.

    The laws are taken once, one after the other, and wait in a temporary folder, so
    that memory does not grow with their number; it is made in the folder `beside`, if given,
    so that what a killed process leaves goes with that.  `workers` that are at work already help,
    where they share this machine's disk.  `small` is `SMALL`, and `common`
    `commonness`, but for tests.  `sizes`, if given, gets what `Alphabet.sizes` is of each
    alphabet by its name, before the index, which is last.  `handed` is called when alphabets
    are handed out.
    """
    got = Collection(glossary, readings, languages)
    if beside:
        beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="duizhao-search-", dir=beside) as place:
        folder = Path(place)
        every = [alphabet_named(name, folder) for name in alphabets(languages)]
        _take(laws, got, every, folder)
        workers = workers or Workers()
        got.usual = workers.ahead(usual_readings, got.characters, readings)
        if got.size <= small:
            yield script(got.numbering, "index", got.all_in_one(_lines(folder / "whole")))
            return
        for name, content in got.parts():
            yield script(got.numbering, name, content)
        for number, portion in enumerate(_lines(folder / "portions")):
            yield script(got.numbering, f"l/{number}", portion)
        for alphabet in every:
            if alphabet.common is not None:
                alphabet.common = common or commonness(sum(got.starts))
        said = {}
        laid = _laid_down(every, workers, handed)
        for alphabet, (counts, keys, own_sizes) in zip(every, laid, strict=True):
            common_keys = "\n".join(keys)
            own = digest([got.numbering, counts, common_keys])
            said[alphabet.name] = [counts, common_keys, own]
            if sizes is not None:
                sizes[alphabet.name] = own_sizes
            for line in _lines(_place(alphabet)):
                part, _, content = line.partition("\t")
                yield script(own, part, content)
        yield script(got.numbering, "index", got.index(said))


def script(numbering: str, name: str, content: str) -> tuple[str, str]:
    """Path and text of the file of a part; `content` is JSON."""
    # U+2028 and U+2029 may stand in JSON and, since ES2019, in scripts.
    return f"{FOLDER}/{name}.js", f'duizhaoSearch.part("{numbering}","{name}",{content});\n'


def content_of(script: str) -> Any:
    """What is in the file of a part.  Raises ValueError where that is cut off."""
    _, _, content = script.removesuffix(");\n").split(",", 2)
    return json.loads(content)


def _take(
    laws: Iterable[Gathered], got: Collection, every: Sequence[Alphabet], folder: Path
) -> None:
    """Add laws to a collection and alphabets; texts wait in a folder: laws, and portions, one a line."""
    with (
        named(folder),
        (folder / "whole").open("w", encoding="utf-8", newline="\n") as whole,
        (folder / "portions").open("w", encoding="utf-8", newline="\n") as portions,
    ):
        for law in laws:
            got.add(law.summary)
            whole.write(f"{law.whole}\n")
            portions.writelines(f"{portion}\n" for portion in law.portions)
            for alphabet in every:
                alphabet.take(law.symbols[alphabet.name])


def _laid_down(
    every: Sequence[Alphabet], workers: Workers, handed: Callable[[], None]
) -> list[tuple[Counts, list[str], Counts]]:
    """What `_put_down` gives of each alphabet, made by processes that are at work already.

    To start some takes longer than to let threads do it: numpy and zlib work beside each other.
    """
    if workers.started:
        laid = [workers.ahead(_put_down, alphabet) for alphabet in every]
        handed()
        return [result() for result in reversed(laid)][::-1]  # the last are begun last
    with ThreadPoolExecutor(BESIDE) as threads:
        return list(threads.map(_put_down, every))


def _put_down(alphabet: Alphabet) -> tuple[Counts, list[str], Counts]:
    """Write the parts of an alphabet into its folder, one a line; its counts, common keys, sizes."""
    place = _place(alphabet)
    with named(alphabet.folder), place.open("w", encoding="utf-8", newline="\n") as file:
        for name, content in alphabet.parts():
            file.write(f"{name}\t{json.dumps(content, **LINE)}\n")
    return alphabet.counts, alphabet.found, alphabet.sizes


def _place(alphabet: Alphabet) -> Path:
    return alphabet.folder / f"{alphabet.name}-parts"


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file that was written here; they end with a line feed and nothing else."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.removesuffix("\n")
