"""A plain scan of the editions: what a query must find, worked out another way.

It shares no code with the search: it walks the editions itself, compares with its
own idea of what counts, and looks through every text for every query.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import snowballstemmer
from pypinyin import Style, lazy_pinyin

from duizhao.languages.bilingual import Translation
from duizhao.languages.glossary import Term
from duizhao.parser.edition import Article, Division, Edition, Gap, Item, Paragraph, Table, Unit
from duizhao.site.pipeline import Site


@dataclass(frozen=True)
class Passage:
    """A provision: its law, its anchor, its texts in Chinese and in English."""

    law: str
    eid: str
    zh: tuple[str, ...]
    en: tuple[str, ...]


def passages(site: Site) -> list[Passage]:
    """Every provision of the site."""
    return [
        passage
        for law in site.laws
        for passage in of_edition(law.edition, law.bilingual["en"].translations)
    ]


def of_edition(  # noqa: C901 - a kind of node a case
    edition: Edition, english: Mapping[str, Translation]
) -> Iterator[Passage]:
    """Every provision of one law."""

    def said(unit: Unit, number: str = "") -> tuple[str, str]:
        translation = english.get(unit.eid)
        return number + str(unit.text), translation.text if translation else ""

    def paragraph(node: Paragraph) -> Iterator[tuple[str, str]]:
        yield said(node.lead)
        stack = list(reversed(node.items))
        while stack:
            item = stack.pop()
            if isinstance(item, Item):
                yield said(item.unit, item.number)
                stack.extend(reversed(item.subitems))
        for unit in node.tail:
            yield said(unit)

    def made(eid: str, texts: list[tuple[str, str]]) -> Passage:
        return Passage(edition.law_id, eid, tuple(t[0] for t in texts), tuple(t[1] for t in texts))

    def below(node: object) -> Iterator[Passage]:
        if isinstance(node, Division):
            yield made(node.eid, [said(node.heading)])
            for child in node.body:
                yield from below(child)
        elif isinstance(node, Article):
            texts = [(node.number, f"Article {node.eid.removeprefix('art_')}")]
            texts += [said(node.title)] if node.title else []
            for part in node.body:
                if isinstance(part, Paragraph):
                    texts.extend(paragraph(part))
                elif isinstance(part, Table):
                    texts.extend(said(cell) for row in part.rows for cell in row)
            yield made(node.eid, texts)
        elif isinstance(node, Paragraph):
            yield made(node.eid, list(paragraph(node)))
        elif isinstance(node, Table):
            yield made(node.eid, [said(cell) for row in node.rows for cell in row])
        else:
            assert isinstance(node, Gap), node

    front = [edition.title] if edition.title else []
    front += [*edition.adoption_note, *(u for a in edition.announcements for u in a)]
    for unit in (*front, *edition.preamble):
        yield made(unit.eid, [said(unit)])
    for node in edition.body:
        yield from below(node)
    for unit in edition.closing:
        yield made(unit.eid, [said(unit)])
    for annex in edition.annexes:
        yield made(annex.eid, [said(annex.heading)])
        for block in annex.blocks:
            cells = [block] if isinstance(block, Unit) else [c for row in block.rows for c in row]
            for cell in cells:
                yield made(cell.eid, [said(cell)])


@cache
def bare(text: str) -> str:
    """A text without what does not count: punctuation, symbols, space, width, case."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in wide if unicodedata.category(c)[0] in "LMN")


def has_chinese(passage: Passage, query: str) -> bool:
    """Whether every word of a query stands in a text of the passage."""
    words = [bare(word) for word in query.split()]
    return all(any(word in bare(text) for text in passage.zh) for word in words if word)


def english_words(text: str) -> list[str]:
    """The words of an English text."""
    return re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKC", text).lower())


_STEM = snowballstemmer.stemmer("english")


def has_english(passage: Passage, query: str, *, stemmed: bool = False) -> bool:
    """Whether the words of a query follow each other in a text of the passage."""

    wanted = _in_words(query, stemmed)
    return any(wanted in _in_words(text, stemmed) for text in passage.en)


@cache
def _in_words(text: str, stemmed: bool) -> str:
    words = english_words(text)
    return " ".join(["", *(_STEM.stemWords(words) if stemmed else words), ""])


@cache
def syllables(run: str) -> list[str]:
    """Chinese characters in pinyin, as it is typed, by their context.

    A phrase that the edition reads otherwise than the library is read as it says.
    """
    own = _own_readings()
    if not own:
        return lazy_pinyin(run, style=Style.NORMAL)
    longest_first = "|".join(sorted(map(re.escape, own), key=len, reverse=True))
    out: list[str] = []
    for part in re.split(f"({longest_first})", run):
        out += own[part] if part in own else lazy_pinyin(part, style=Style.NORMAL)
    return out


@cache
def _own_readings() -> dict[str, list[str]]:
    path = Path(__file__).parents[2] / "seeds" / "pinyin.toml"
    readings = tomllib.loads(path.read_text(encoding="utf-8"))["readings"]
    return {phrase: [_plain(s) for s in text.split()] for phrase, text in readings.items()}


def _plain(syllable: str) -> str:
    """A syllable as it is typed: without its tone, ü as v."""
    apart = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in apart if not unicodedata.combining(c))


def has_spoken(passage: Passage, word: str, letters: str) -> bool:
    """Whether a word stands in the passage and is read so there."""
    for text in passage.zh:
        for run in re.findall(r"[\u4e00-\u9fff]+", text):
            for at in (m.start() for m in re.finditer(f"(?={word})", run)):
                if "".join(syllables(run)[at : at + len(word)]) == letters:
                    return True
    return False


def rendered_otherwise(site: Site, query: str) -> list[Term]:
    """The terms for which the glossary knows the query as another rendering."""
    wanted = _in_words(query, stemmed=True)
    return [
        term
        for term in site.glossary.terms
        for name in (*term.alternatives, *term.forbidden)
        if _in_words(name, stemmed=True) == wanted
    ]


def has_term(passage: Passage, term: Term) -> bool:
    """Whether a term stands in the passage, in either language."""
    names = (term.en, *term.forms)
    return has_chinese(passage, term.zh) or any(
        has_english(passage, name, stemmed=True) for name in names
    )
