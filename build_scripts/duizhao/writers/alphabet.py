"""Markdown of the index: terms, headings and articles by the alphabet, a static search.

The Chinese pages are ordered by pinyin, the others by their own letters.  An article
stands under its title or, having none, under its first words.  Letters share a page of
at most `LONGEST` entries, and a longer letter has several: no page grows with the laws.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from duizhao.edition import Article, Division, Paragraph, articles, divisions
from duizhao.glossary import Glossary
from duizhao.law import View, link
from duizhao.pinyin import Readings, alphabetical
from duizhao.ui import TAGS, Interface
from duizhao.writers.entries import Entries, Entry
from duizhao.writers.inline import escape, heading

LONGEST = 200  # entries of one page
_ZH = TAGS["zh"]
_FIRST_ZH, _FIRST = 18, 60  # characters of an article that are shown
_SORTED_BY = 8  # Chinese characters that are read for the order
_LEADING = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_NUMBER_ZH = re.compile(r"^第.{1,8}?[编章节]\s*")
_NUMBER = re.compile(r"^\w+ \d+[.:]?\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of the index; the first lists the letters."""

    path: str
    title: str
    markdown: str


def alphabet_path(language: str, letter: str = "", number: int = 1) -> str:
    """The Markdown file of a letter's page, of the index's first page without a letter."""
    return f"{language}/a-z/{letter or 'index'}{f'-{number}' if number > 1 else ''}.md"


def alphabet_sheets(
    ui: Interface,
    pair: Interface,
    entries: Entries,
    glossary: Glossary,
    concordance: Mapping[str, str],
) -> Iterator[Sheet]:
    """Every page of the index; `entries` are those of all laws, to which the terms are added.

    `pair` is the interface in the language beside the Chinese; `concordance` gives a
    term's page there, by its anchor.
    """
    entries.add(_terms(ui, pair, glossary, concordance))
    counts = entries.counts()
    if "other" in counts:
        counts["other"] = counts.pop("other")  # is last
    parts = list(_parts(counts))
    where: dict[str, str] = {}
    for part in parts:
        for letter in part.letters:
            where.setdefault(letter, part.path(ui.language))
    title = ui("Index of terms and articles")
    first = alphabet_path(ui.language)
    blocks = [
        f"# {heading(title)}",
        escape(ui("Terms, headings and articles of all laws. It needs no JavaScript.")),
        "\n".join(
            f"* [{_shown(letter)}]({link(first, path, _anchor(letter))})"
            f" {escape(ui.plural('{n} entry', '{n} entries', counts[letter]))}"
            for letter, path in where.items()
        ),
    ]
    yield Sheet(path=first, title=title, markdown="\n\n".join(blocks) + "\n")
    lines = {letter: entries.of(letter) for letter in counts}
    for at, part in enumerate(parts):
        own = {letter: list(islice(lines[letter], count)) for letter, count in part.letters.items()}
        before, after = parts[at - 1] if at else None, next(iter(parts[at + 1 :]), None)
        yield _sheet(ui, part, own, where, before, after)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What stands on one page: whole letters, or the `number`th piece of one, and how many lines of each."""

    letters: Mapping[str, int]
    number: int

    def path(self, language: str) -> str:
        return alphabet_path(language, next(iter(self.letters)), self.number)

    def title(self, ui: Interface) -> str:
        first, *rest = self.letters
        shown = f"{_shown(first)}–{_shown(rest[-1])}" if rest else _shown(first)
        if self.number > 1:
            return ui("Index: {letter}, page {n}", letter=shown, n=ui.number(self.number))
        return ui("Index: {letter}", letter=shown)


def _parts(counts: Mapping[str, int]) -> Iterator[_Part]:
    """Letters together as far as a page goes; a letter that is longer has pages of its own."""
    room: dict[str, int] = {}
    for letter, count in counts.items():
        if room and sum(room.values()) + count > LONGEST:
            yield _Part(letters=room, number=1)
            room = {}
        if count <= LONGEST:
            room[letter] = count
            continue
        for number, at in enumerate(range(0, count, LONGEST), 1):
            yield _Part(letters={letter: min(LONGEST, count - at)}, number=number)
    if room:
        yield _Part(letters=room, number=1)


def _sheet(
    ui: Interface,
    part: _Part,
    lines: Mapping[str, Sequence[str]],
    where: Mapping[str, str],
    before: _Part | None,
    after: _Part | None,
) -> Sheet:
    path = part.path(ui.language)
    names = (f"[{_shown(x)}]({link(path, to, _anchor(x))})" for x, to in where.items())
    blocks = [f"# {heading(part.title(ui))}", f"{' '.join(names)}\n{{: .letters }}"]
    for letter, own in lines.items():
        blocks.append(f"## {heading(_shown(letter))} {{#{_anchor(letter)}}}")
        blocks.append("\n".join(own))
    turns = [
        f"[{escape(words)}]({link(path, other.path(ui.language))})"
        for other, words in ((before, ui("Previous page")), (after, ui("Next page")))
        if other
    ]
    if turns:
        blocks.append(" · ".join(turns))
    return Sheet(path=path, title=part.title(ui), markdown="\n\n".join(blocks) + "\n")


def _anchor(letter: str) -> str:
    return f"letter-{letter}"


def _terms(
    ui: Interface, pair: Interface, glossary: Glossary, concordance: Mapping[str, str]
) -> Iterator[Entry]:
    for term in glossary.terms:
        rendering = term.rendering(pair.language)
        words, tag = rendering or term.en, pair.tag if rendering else "en"
        zh, other = _span(term.zh, _ZH), _span(words, tag)
        pinyin = _span(term.pinyin, "zh-Latn-pinyin")
        shown = f"{zh} {pinyin} {other}" if ui.language == "zh" else f"{other} {zh} {pinyin}"
        key = alphabetical(term.pinyin) if ui.language == "zh" else (_plain(words), words)
        path = alphabet_path(ui.language)
        target = link(path, f"{ui.language}/glossary.md", term.slug)
        line = f"* [{shown}]({target})"
        if term.slug in concordance:
            places = link(path, concordance[term.slug], term.slug)
            line += f" · [{escape(ui('Every place in the laws'))}]({places})"
        yield Entry(key=key, letter=_letter(key[0]), term=True, markdown=line)


def law_entries(view: View, readings: Readings) -> Iterator[Entry]:
    """The lines of one law: its title, its headings, its articles."""
    edition = view.law.edition
    yield _entry(view, readings, "title", edition.metadata.title, "index", "", "")
    for division in divisions(edition.body):
        yield _node(view, readings, division, division.heading.eid, str(division.heading.text))
    for article in articles(edition.body):
        eid, words = _beginning(article)
        if words:
            yield _node(view, readings, article, eid, words)


def _beginning(article: Article) -> tuple[str, str]:
    """An article's title, or its first words, with the identifier of their unit."""
    if article.title:
        return article.title.eid, str(article.title.text)
    for part in article.body:
        if isinstance(part, Paragraph):
            return part.lead.eid, str(part.lead.text)
    return "", ""


def _node(view: View, readings: Readings, node: Article | Division, eid: str, zh: str) -> Entry:
    name = view.law.cited[node.eid].of(view.ui)
    return _entry(view, readings, eid, zh, view.page_of(node.eid), node.eid, name)


def _entry(
    view: View, readings: Readings, eid: str, zh: str, slug: str, anchor: str, name: str
) -> Entry:
    """A line for a text of the law: in the page's language, in Chinese where not translated."""
    chinese = " ".join(zh.split())
    words = view.words(eid, chinese)
    translated = view.language == "zh" or words != chinese
    plain = (_NUMBER_ZH if words == chinese else _NUMBER).sub("", words)
    if not translated:
        key, letter = ("", chinese), "other"
    elif view.language == "zh":
        spoken = "".join(readings.syllables(plain[:_SORTED_BY]))
        key = (alphabetical(spoken)[0], plain)
        letter = _letter(key[0])
    else:
        key = (_plain(plain), plain)
        letter = _letter(key[0])
    target = link(alphabet_path(view.language), view.path(slug), anchor)
    tag = view.pair_ui.tag if translated and view.language != "zh" else _ZH
    shown = _span(_cut(plain, _FIRST_ZH if words == chinese else _FIRST), tag)
    title = view.title(short=True)
    where = f"{title}{name}"
    if view.language != "zh":
        where = view.ui("{whole}, {part}", whole=title, part=name)
    line = f"* [{shown}]({target})" + (f" {escape(where)}" if name else "")
    return Entry(key=key, letter=letter, term=False, markdown=line)


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = text[:most]
    return (cut.rpartition(" ")[0] if cut.isascii() and " " in cut else cut) + "…"


def _plain(words: str) -> str:
    """How a text in letters is ordered: without its article, in small letters."""
    return _LEADING.sub("", words, count=1).lower() if _LEADING.match(words) else words.lower()


def _letter(key: str) -> str:
    first = unicodedata.normalize("NFD", key.lstrip("“‘\"'([（《 "))[:1].lower()
    return first if "a" <= first <= "z" else "other"


def _shown(letter: str) -> str:
    return "#" if letter == "other" else letter.upper()


def _span(text: str, tag: str) -> str:
    return f'<span lang="{tag}">{escape(text)}</span>'
