"""The files of search, from laws, glossary and readings.

`assets/search/index.js` is loaded first.  On a small site it holds everything; on
a large one it says where the rest is: `d/<n>.js` documents, `p/<n>.js` places,
`w/<language>-<letter>.js` words with stems, `l/<n>.js` texts, `terms.js` glossary.
Keys are pairs and single characters of the Chinese, `en:word`, `bo:` with the same of a
translation that has no spaces between words, `0:ying`, `2ying shang`,
`3ys` (pinyin), `law:<id>` and `eid:art_13`.  All call `duizhaoSearch.part(build, name, content)`; `build` is the digest of all
contents, so that parts of two builds are never mixed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from duizhao.glossary import Glossary, Term
from duizhao.pinyin import Readings
from duizhao.search.fold import (
    Syllables,
    exceptions,
    folded,
    folded_translation,
    lookalikes,
    variants,
)
from duizhao.search.postings import (
    Places,
    Postings,
    packed,
    pairs,
    runs,
    shard,
    singles,
    syllable_pairs,
    varint,
    words,
)
from duizhao.search.provisions import Provision, SearchLaw
from duizhao.search.words import Stems, unspaced, words_of

#: Characters of text up to which one file holds everything.
SMALL = 300_000

#: Bytes of documents that an average part holds on a large site.
PART = 6_000

FOLDER = "assets/search"


@dataclass(slots=True, kw_only=True)
class _Gathered:
    """What the laws add up to."""

    languages: Sequence[str]
    syllables: Syllables
    size: int = 0
    starts: list[int] = field(default_factory=list)
    plain: list[list[list[str]]] = field(default_factory=list)
    spoken: list[list[list[list[str]]]] = field(default_factory=list)
    characters: set[str] = field(default_factory=set)
    vocabulary: list[set[str]] = field(default_factory=list)


def search_files(
    laws: Sequence[SearchLaw],
    glossary: Glossary,
    readings: Readings,
    languages: Sequence[str],
    *,
    small: int = SMALL,
) -> Iterator[tuple[str, str]]:
    """Path below the site's root and content of every file of search."""
    got = _Gathered(languages=languages, syllables=Syllables(readings))
    got.vocabulary = [set() for _ in languages]
    for law in laws:
        _gather(got, law)
    common = got.syllables.common()
    head: dict[str, Any] = {
        "languages": list(languages),
        "unspaced": [unspaced(code) for code in languages],
        "variants": variants(got.characters),
        "lookalikes": lookalikes(got.characters),
        "readings": [f"{s}{''.join(c)}" for s, c in _by_syllable(common).items()],
    }
    terms = [_term(term, languages) for term in glossary.terms]
    texts = (_law(got, n, law, common) for n, law in enumerate(laws))
    if got.size <= small:
        head |= {"laws": list(texts), "terms": terms, "words": _tables(got)}
        parts: list[tuple[str, Any]] = [("index", head)]
    else:
        parts = list(_parts(got, laws, head, terms))
        parts += [(f"l/{n}", law_text) for n, law_text in enumerate(texts)]
    yield from _written(parts)


def _written(parts: list[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """The parts as scripts that carry the digest of all."""
    digest = hashlib.sha256()
    written = []
    for name, content in parts:
        line = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        digest.update(line.encode())
        written.append((name, line))
    build = digest.hexdigest()[:16]
    for name, line in written:
        # U+2028 and U+2029 may stand in JSON and, since ES2019, in scripts.
        yield f"{FOLDER}/{name}.js", f'duizhaoSearch.part("{build}","{name}",{line});\n'


def _gather(got: _Gathered, law: SearchLaw) -> None:
    got.starts.append(len(law.provisions))
    plain = [[folded(unit.zh) for unit in p.units] for p in law.provisions]
    got.plain.append(plain)
    got.spoken.append([[got.syllables.of(unit.zh) for unit in p.units] for p in law.provisions])
    for texts in plain:
        for text in texts:
            got.size += len(text)
            got.characters.update(text)
    for provision in law.provisions:
        for unit in provision.units:
            for n, text in enumerate(unit.others):
                got.size += len(text)
                if unspaced(got.languages[n]):
                    got.characters.update(folded_translation(text))
                else:
                    got.vocabulary[n].update(words_of(text))


def _law(got: _Gathered, number: int, law: SearchLaw, common: dict[str, str]) -> list[Any]:
    """The texts of a law: id, titles, date of effect, gaps, provisions.

    A provision is [slug, eid, citation zh, other, path, units]; a unit [eid, citation zh,
    other, Chinese, [translations], marks, readings that are not the usual ones], its first
    three "" where they are the provision's.  Empty values at the end are left out.
    “Other” is a list, one for each language, where these do not cite alike.
    """
    provisions = [
        _provision(p, plain, spoken, common)
        for p, plain, spoken in zip(
            law.provisions, got.plain[number], got.spoken[number], strict=True
        )
    ]
    return [law.id, list(law.titles), law.effective, law.gaps, provisions]


def _provision(
    provision: Provision, plain: list[str], spoken: list[list[str]], common: dict[str, str]
) -> list[Any]:
    units = []
    for unit, text, syllables in zip(provision.units, plain, spoken, strict=True):
        same = unit.eid == provision.eid
        row: list[Any] = ["", "", ""] if same else [unit.eid, *_cited(unit.cited)]
        row += [unit.zh, list(unit.others) if any(unit.others) else 0, list(unit.marks) or 0]
        row.append(exceptions(text, syllables, common) or 0)
        while not row[-1]:
            row.pop()
            if len(row) == 4:
                break
        units.append(row)
    return [provision.slug, provision.eid, *_cited(provision.cited), list(provision.path), units]


def _cited(cited: tuple[str, ...]) -> list[Any]:
    zh, *others = cited
    return [zh, others[0] if len(set(others)) == 1 else others]


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


def _tables(got: _Gathered) -> list[str]:
    return [
        Stems(code).table(known) for code, known in zip(got.languages, got.vocabulary, strict=True)
    ]


def _parts(
    got: _Gathered, laws: Sequence[SearchLaw], head: dict[str, Any], terms: list[Any]
) -> Iterator[tuple[str, Any]]:
    """The parts of a large site but for the texts."""
    postings = _postings(got, laws)
    total = sum(map(len, postings.documents.values()))
    count = 1 << max(3, (total // PART).bit_length())
    letters = []
    for code, known in zip(got.languages, got.vocabulary, strict=True):
        for letter, some in _by_letter(known).items():
            letters.append(f"{code}-{ord(letter):x}")
            yield f"w/{letters[-1]}", Stems(code).table(some)
    yield "terms", terms
    starts = b"".join(map(varint, got.starts))
    yield "index", head | {"parts": count, "letters": letters, "starts": packed({"": starts})[2]}
    for name, rows in (("d", postings.documents), ("p", postings.places)):
        shards: list[dict[str, bytes]] = [{} for _ in range(count)]
        for key, data in rows.items():
            shards[shard(key, count)][key] = bytes(data)
        rows.clear()
        for number, own in enumerate(shards):
            yield f"{name}/{number}", packed(own)


def _by_letter(known: Iterable[str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for word in sorted(known):
        out.setdefault(word[0], []).append(word)
    return out


def _postings(got: _Gathered, laws: Sequence[SearchLaw]) -> Postings:
    postings = Postings()
    document = 0
    for law, plain, spoken in zip(laws, got.plain, got.spoken, strict=True):
        postings.add(document, {f"law:{law.id}": []})
        for provision, texts, syllables in zip(law.provisions, plain, spoken, strict=True):
            postings.add(document, pairs(texts))
            postings.add(document, singles(texts))
            if provision.eid.startswith("art_"):
                postings.add(document, {f"eid:{provision.eid}": []})
            found: Places = {}
            for key, place in syllable_pairs(syllables):
                at = found.setdefault(key, [])
                if place >= 0:
                    at.append(place)
            postings.add(document, found)
            for n, code in enumerate(got.languages):
                own = [u.others[n] for u in provision.units if u.others]
                if unspaced(code):
                    postings.add(document, runs(map(folded_translation, own), code))
                else:
                    postings.add(document, words(map(words_of, own), code))
            document += 1
    return postings
