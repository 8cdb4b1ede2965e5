"""From the plain HTML of a generated page to the page's own structure.

The Markdown stays readable: margin, Chinese and translation are blocks that follow
each other.  Here they become rows, an article becomes a section, links get names
that a screen reader can speak, and a term's links after the first in a paragraph are told
apart (`a.u`; links to terms are those whose address begins with `#t`)::

    section.article
      div.row.head    a.n  h2 (span.zh span.en)  p.sure (span.zh span.en)  div.k
      div.row#eid     a.n  p.zh  p.en …  p.sure  div.k
      details.by      what cites the article
      div.notes       p.note#…  with a link back to its first reference
    section.terms.legend, section.terms

`a.n` is the permanent link, in the margin; `div.k` holds the links to the other
language (`a.x`), between chapter and whole law (`a.w`), between the chapter with pinyin
and without (`a.p`), and to the line of the source (`a.l`).  What the page's own language
is, is said once, by the page: no block repeats it.

Guarantee: no word of the law or of its notes is changed, only wrapped.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from itertools import pairwise
from urllib.parse import unquote

from duizhao.languages.ui import PINYIN as PINYIN_TAG
from duizhao.languages.ui import direction_of
from duizhao.writers.pages.tongues import by_words, marked_html
from duizhao.writers.spoken import Spoken

_LINK = re.compile(
    r'<a (?:class="(?P<kind>[pw])" )?href="(?P<href>[^"]*)"(?: id="(?P<id>[^"]*)")?>(?P<label>[^<]*)</a>'
)
_ENCODED = re.compile(r"(?:%[89A-F][0-9A-F])+")
_TO_LINE = re.compile(r"#L\d+$")
_IN_A_LANGUAGE = re.compile(r'(<(?:p|h[1-6]|a|strong)\b[^>]*) lang="([^"]*)"')
_ANCHOR = re.compile(r'<span id="[^"]*"></span>')
#: What stands up to the end of an element: one `<` at a time, since a lazy dot asks at every character.
_TO_P = r"[^<]*(?:<(?!/p>)[^<]*)*"
_HEAD = re.compile(
    r'<h(?P<level>[2-6]) class="art"(?P<rest>[^>]*)>(?P<words>[^<]*(?:<(?!/h[2-6]>)[^<]*)*)</h(?P=level)>\s*'
    rf'<p class="m">(?P<links>{_TO_P})</p>(?:\s*<p class="sure">(?P<sure>{_TO_P})</p>)?'
)
# The words are read out once: what is over them says the same.
_RT = f'<rt lang="{PINYIN_TAG}" aria-hidden="true">'
_ROW = re.compile(  # begins with what all of its parts begin with, which is found fast
    rf'<p class="(?:m(?P<kind>[^"]*)">(?P<links>{_TO_P})</p>\s*<p class=")?'
    rf'(?:sure own">(?P<own>{_TO_P})</p>\s*<p class=")?'
    rf'(?P<texts>(?:zh|en)\b[^"]*"[^>]*>{_TO_P}</p>\s*'
    rf'(?:<p class="(?:zh|en)\b[^"]*"[^>]*>{_TO_P}</p>\s*)*)'
)
_HEADING = re.compile(
    r'<(?P<tag>h[1-6]|p class="over")(?P<rest>[^>]*)>'
    r"(?P<words>[^<]*(?:<(?!/(?:h[1-6]|p)>)[^<]*)*)</(?P<end>h[1-6]|p)>"
)
_UNTRANSLATED = re.compile(  # beside each paragraph, and what the mark beside each article means
    r'<p class="en untranslated\b[^"]*"[^>]*>[^<]*</p>\s*'
    r'|<li id="sure-missing">[^<]*(?:<(?!/li>)[^<]*)*</li>\s*'
)
_SPAN = re.compile(r'<span lang="([^"]*)">')
_TITLE = re.compile(  # begins with what is seldom there: a page is looked through in no time
    r'<h1(?:( id="(?:title|text)"[^>]*><span class="zh"[^>]*>)([^<]+)'
    r"|(>)([^<：]+：[^<]+))"  # of a source, which has the titles of its laws
)
_SECTION = re.compile(r'<(?:div class="row head"|h[2-6] class="division"|h2 id="(?:sure|terms)")')
_NOTES = re.compile(r"<blockquote>\s*(?P<notes><p class=\"note .*?)</blockquote>", re.DOTALL)
_NOTE = re.compile(
    rf'<p class="note (?P<kind>\w+)" id="(?P<id>[^"]*)">(?P<number>\d+)\. (?P<words>{_TO_P})</p>'
)
_REFERENCE = re.compile(r'<a class="ref" href="#(?P<id>[^"]*)">(?P<number>\d+)</a>')
_SOLE = re.compile(r'^<a href="#art_[^_"]*__para_1" id="[^"]*">·</a>')
_TERM = re.compile(r'<a href="#(term-[^"]*)">')
_EXPLAINED = re.compile(r'<li id="(term-[^"]*)"')
_TO_TERM = 'href="#term-'
_PARAGRAPH = re.compile(rf"<p\b[^>]*>{_TO_P}</p>|<li\b[^>]*>[^<]*(?:<(?!/li>)[^<]*)*</li>")
_BLOCK = re.compile(r'<(?:p(?! class="over")|li|td)\b[^>]*\blang="(?P<tag>[^"]*)"')
_CHINESE_PART = '<span class="zh">'  # of a heading in two languages, which runs as the page does
_BY = re.compile(r'<p class="by"><strong>(?P<head>.*?)</strong> (?P<links>.*?)</p>', re.DOTALL)
_TABLE = re.compile(r"<table>(?P<rows>.*?)</table>", re.DOTALL)
_IN_A_CELL = re.compile(r'<span\b[^>]*\blang="(?P<tag>[^"]*)"')


def decorated(html: str, spoken: Spoken, kind: str = "leaf") -> str:
    """The page's HTML with sections, rows, names and first terms.

    `spoken` says what is said of the law's provisions; `kind` is that of the page.
    """
    ui, pair_ui = spoken.ui, spoken.pair_ui
    page = _Page(spoken)
    if spoken.alone:
        html = _UNTRANSLATED.sub("", html)
    html = _HEAD.sub(page.head, html)
    html = _ROW.sub(page.row, html)
    html = _HEADING.sub(_heading, html)
    html = _TITLE.sub(
        lambda m: f"<h1{m[1] or m[3]}{by_words(unescape(m[2] or m[4]))}", html, count=1
    )
    if _TO_TERM in html:
        html = _PARAGRAPH.sub(_first_terms, html)
    html = _REFERENCE.sub(page.reference, html)
    html = _NOTES.sub(page.notes, html)
    html = _BY.sub(
        r'<details class="by"><summary>\g<head></summary><p>\g<links></p></details>', html
    )
    html = _TABLE.sub(lambda m: page.table(m, kind), html)
    html = pinyin_unspoken(html)
    if {ui.direction, pair_ui.direction} != {"ltr"}:  # as the Chinese runs
        html = _BLOCK.sub(lambda m: _directed(m, ui.direction), html)
    if ui.direction == "rtl":
        html = html.replace(_CHINESE_PART, f'{_CHINESE_PART[:-1]} dir="ltr">')
    html = marked_html(html, ui.tag)
    if kind != "leaf":
        return html
    html = _IN_A_LANGUAGE.sub(lambda m: m[1] if m[2] == ui.tag else m[0], html)
    return _sections(_numbered_terms(html))


def pinyin_unspoken(html: str) -> str:
    """Words under their pinyin, which is not read out as well."""
    return html.replace("<rt>", _RT)


class _Page:
    """What the replacements on one page share."""

    def __init__(self, spoken: Spoken) -> None:
        self.ui = spoken.ui
        self.spoken = spoken
        self.referred: set[str] = set()
        self.tables = 0

    def head(self, match: re.Match[str]) -> str:
        """The heading of an article and its links, in one row."""
        eid, margin, tools = self._links(match["links"])
        tag = f"h{match['level']}"
        return (
            f'<div class="row head"{self.spoken.data(eid)}>{margin}'
            f'<{tag} class="art"{match["rest"]}>{match["words"]}</{tag}>'
            f"{self.spoken.sure(match['sure'] or '')}{tools}</div>"
        )

    def row(self, match: re.Match[str]) -> str:
        """One provision: its permanent link, its texts beside each other, its other links."""
        texts = f'<p class="{match["texts"].strip()}'
        solo = " solo" if 'class="en' not in texts else ""
        if match["links"] is None:
            return f'<div class="row front{solo}">{texts}</div>\n'
        eid, margin, tools = self._links(match["links"])
        sure = self.spoken.sure(match["own"] or "")
        if not match["kind"] and _SOLE.search(match["links"]):
            # the one paragraph of its article: the heading has the same links
            return f'<div class="row sole{solo}" id="{eid}">{texts}{sure}</div>\n'
        return (
            f'<div class="row{match["kind"]}{solo}" id="{eid}"{self.spoken.data(eid)}>'
            f"{margin}{texts}{sure}{tools}</div>\n"
        )

    def _links(self, html: str) -> tuple[str, str, str]:
        """Identifier, permanent link, and the links that follow the texts."""
        link, eid, margin, tools = self.spoken.link, "", "", ""
        for said, given, _, label in _LINK.findall(html):
            href = _readable(given)
            if href.startswith("#") and not eid:
                eid = href[1:]
                margin = link("n", eid, href, label)
                continue
            unsaid = "l" if "#L" in href and _TO_LINE.search(href) else "x"
            tools += link(said or unsaid, eid, href, label)
        anchors = "".join(_ANCHOR.findall(html)) if "<span" in html else ""
        kept = tools or self.spoken.data(eid)  # the button to copy it is put there
        return eid, margin + anchors, f'<div class="k">{tools}</div>' if kept else ""

    def reference(self, match: re.Match[str]) -> str:
        """A reference to a note; the first is what the note leads back to."""
        note, number = match["id"], match["number"]
        ident = "" if note in self.referred else f' id="ref_{note}"'
        self.referred.add(note)
        spoken = escape(self.ui("Note {n}", n=number))
        return f'<a class="ref"{ident} href="#{note}" aria-label="{spoken}">{number}</a>'

    def notes(self, match: re.Match[str]) -> str:
        """The notes that follow an article."""
        notes = _NOTE.sub(self._note, match["notes"])
        return f'<div class="notes" role="note">{notes}</div>'

    def _note(self, match: re.Match[str]) -> str:
        note, number = match["id"], match["number"]
        spoken = escape(self.ui("Back to the reference to note {n}", n=number))
        back = f' <a class="back" href="#ref_{note}" aria-label="{spoken}">↩</a>'
        return (
            f'<p class="note {match["kind"]}" id="{note}"><span class="no">{number}</span> '
            f"{match['words']}{back if note in self.referred else ''}</p>"
        )

    def table(self, match: re.Match[str], kind: str) -> str:
        """A table of the law may be wider than the page; the others have a shape of their own."""
        if kind == "leaf":
            self.tables += 1
            name = escape(self.ui("Table {n}", n=self.tables))
            rows = _IN_A_CELL.sub(lambda m: _directed(m, self.ui.direction), match["rows"])
            return (
                f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">'
                f'<table class="law">{rows}</table></div>'
            )
        return f'<table class="{kind}">{match["rows"]}</table>'


def _readable(href: str) -> str:
    """An address with Chinese as it is, a third as long: each provision has one to its source."""
    if "%" not in href:
        return href
    path, mark, fragment = href.partition("#")
    return f"{_path_readable(path)}{mark}{fragment}"


@lru_cache(maxsize=1024)
def _path_readable(path: str) -> str:
    """All provisions lead to the same page."""
    return _ENCODED.sub(lambda m: unquote(m.group(), errors="strict"), path)


def _heading(match: re.Match[str]) -> str:
    """A heading in two languages: each in a span with its class."""
    words, rest = match["words"], match["rest"]
    if " lang=" in rest:
        first, space, second = words.partition(' <span lang="')
        words = f"{_CHINESE_PART}{first}</span>"
        if space:
            words += f"{space}{second}"
    words = _SPAN.sub(lambda m: f'<span class="{_class(m[1])}" lang="{m[1]}">', words)
    return f"<{match['tag']}{rest}>{words}</{match['end']}>"


def _class(tag: str) -> str:
    if tag.endswith("pinyin"):
        return "py"
    return "zh" if tag.startswith("zh") else "en"


def _sections(html: str) -> str:
    """Each article with its paragraphs and notes in a section, the terms in another."""
    out = []
    begins = [0, *(match.start() for match in _SECTION.finditer(html)), len(html)]
    for part in (html[begin:end] for begin, end in pairwise(begins)):
        if part.startswith('<div class="row head"'):
            out.append(f'<section class="article">{part.rstrip()}</section>\n')
        elif part.startswith(('<h2 id="terms"', '<h2 id="sure"')):
            kind = "terms" if part.startswith('<h2 id="terms"') else "terms legend"
            out.append(f'<section class="{kind}">{_light(part.rstrip())}</section>\n')
        else:
            out.append(part)
    return "".join(out)


def _light(html: str) -> str:
    """A list of words as keywords and words of another language, which have the shorter names."""
    for name, short in (("strong", "b"), ("em", "i")):
        html = html.replace(f"<{name}>", f"<{short}>").replace(f"<{name} ", f"<{short} ")
        html = html.replace(f"</{name}>", f"</{short}>")
    return html


def _directed(match: re.Match[str], page: str) -> str:
    """A block in a language that is written the other way than the page says so."""
    direction = direction_of(match["tag"])
    return match.group() if direction == page else f'{match.group()} dir="{direction}"'


def _numbered_terms(html: str) -> str:
    """The page's own list of terms with short identifiers: a page names them hundreds of times."""
    for number, slug in enumerate(_EXPLAINED.findall(html), 1):
        html = html.replace(f'href="#{slug}"', f'href="#t{number}"')
        html = html.replace(f'id="{slug}"', f'id="t{number}"')
    return html


def _first_terms(match: re.Match[str]) -> str:
    """Give a term's links after the first in a paragraph the class u."""
    paragraph: str = match[0]
    if _TO_TERM not in paragraph:
        return paragraph
    seen: set[str] = set()

    def mark(match: re.Match[str]) -> str:
        slug = match[1]
        if slug in seen:
            return f'<a class="u" href="#{slug}">'
        seen.add(slug)
        return match[0]

    return _TERM.sub(mark, paragraph)
