"""Markdown of the index: terms, headings and articles by the alphabet, a static search.

The Chinese pages are ordered by pinyin, the others by their own letters.  An article
stands under its title or, having none, under its first words.  Letters share a page of
at most `LONGEST` entries, and a longer letter has several: no page grows with the laws.
Where these begin is told by their lines, and their addresses by the line they begin with: so
a new line changes the page that it is on, and seldom another.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from duizhao.ground.text import HAN
from duizhao.languages.glossary import Glossary
from duizhao.languages.law import View, link
from duizhao.languages.pinyin import Readings, alphabetical
from duizhao.languages.ui import TAGS, Interface
from duizhao.parser.edition import Article, Division, Paragraph, articles, divisions
from duizhao.writers.pages.entries import Entries, Entry, Line
from duizhao.writers.pages.inline import escape, heading

LONGEST = 200  # entries of one page
_ZH = TAGS["zh"]
_FIRST_ZH, _FIRST = 18, 60  # characters of an article that are shown
_SORTED_BY = 8  # Chinese characters that are read for the order
_LEADING = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_NUMBER_ZH = re.compile(r"^第.{1,8}?[编章节]\s*")
_NUMBER = re.compile(r"^\w+ \d+[.:]?\s+")
_DIGEST = 10  # hexadecimal digits in the address of a page that begins within a letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of the index; the first lists the letters."""

    path: str
    title: str
    markdown: str


def alphabet_path(language: str, name: str = "index") -> str:
    """The Markdown file of a page, of the index's first page without a name."""
    return f"{language}/a-z/{name}.md"


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
    together = list(_together(counts))
    where = {
        letter: alphabet_path(ui.language, letters[0]) for letters in together for letter in letters
    }
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
    before, parts = None, _parts(together, entries)
    part = next(parts, None)
    while part:
        after = next(parts, None)
        yield _sheet(ui, part, where, before, after)
        before, part = part, after


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What stands on one page: whole letters with their lines, or one of several pieces of a letter.

    `words` are those that a piece begins with, "" where it begins its letter.
    """

    letters: Mapping[str, Sequence[Line]]
    words: str

    def path(self, language: str) -> str:
        letter, (line, *_) = next(iter(self.letters.items()))
        digest = hashlib.sha256(line.markdown.encode()).hexdigest()[:_DIGEST]
        return alphabet_path(language, f"{letter}-{digest}" if self.words else letter)

    def titled(self, ui: Interface) -> tuple[str, str]:
        """The title, and the heading in Markdown."""
        first, *rest = self.letters
        shown = f"{_shown(first)}–{_shown(rest[-1])}" if rest else _shown(first)
        if not self.words:
            title = ui("Index: {letter}", letter=shown)
            return title, heading(title)
        title = ui("Index: {letter}, from “{words}”", letter=shown, words=self.words)
        marked = heading(title)
        if ui.language != "zh" and HAN.search(self.words):  # it is not translated
            marked = marked.replace(heading(self.words), _span(self.words, _ZH))
        return title, marked


def _together(counts: Mapping[str, int]) -> Iterator[list[str]]:
    """Letters together as far as a page goes; one that is longer is alone."""
    room, size = list[str](), 0
    for letter, count in counts.items():
        if room and size + count > LONGEST:
            yield room
            room, size = [], 0
        room.append(letter)
        size += count
    if room:
        yield room


def _parts(together: Iterable[Sequence[str]], entries: Entries) -> Iterator[_Part]:
    for letters in together:
        if len(letters) > 1:
            yield _Part(letters={letter: list(entries.of(letter)) for letter in letters}, words="")
            continue
        (letter,) = letters
        for number, piece in enumerate(_pieces(entries.of(letter))):
            words = _cut(" ".join(piece[0].words.split()), _FIRST) or "…"
            yield _Part(letters={letter: piece}, words=words if number else "")


def _pieces(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """A letter's lines in pieces of at most `LONGEST`.

    In the second half of what could be on a page, the line with the least digest begins the
    next: wherever the page itself began, that is mostly the same line.
    """
    rest: list[Line] = []
    for line in lines:
        rest.append(line)
        if len(rest) > LONGEST:
            at = min(
                range(LONGEST // 2, LONGEST + 1), key=lambda n: crc32(rest[n].markdown.encode())
            )
            yield rest[:at]
            del rest[:at]
    yield rest


def _sheet(
    ui: Interface,
    part: _Part,
    where: Mapping[str, str],
    before: _Part | None,
    after: _Part | None,
) -> Sheet:
    path = part.path(ui.language)
    title, marked = part.titled(ui)
    names = (f"[{_shown(x)}]({link(path, to, _anchor(x))})" for x, to in where.items())
    blocks = [f"# {marked}", f"{' '.join(names)}\n{{: .letters }}"]
    for letter, own in part.letters.items():
        blocks.append(f"## {heading(_shown(letter))} {{#{_anchor(letter)}}}")
        blocks.append("\n".join(line.markdown for line in own))
    turns = [
        f"[{escape(words)}]({link(path, other.path(ui.language))})"
        for other, words in ((before, ui("Previous page")), (after, ui("Next page")))
        if other
    ]
    if turns:
        blocks.append(" · ".join(turns))
    return Sheet(path=path, title=title, markdown="\n\n".join(blocks) + "\n")


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
            line += f" [{escape(ui('Every place in the laws'))}]({places})"
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
    return (cut.rpartition(" ")[0] if " " in cut and not HAN.search(cut) else cut) + "…"


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
