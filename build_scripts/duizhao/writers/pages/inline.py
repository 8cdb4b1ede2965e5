"""Inline Markdown: the text of a unit, escaped, with its terms and editorial marks.

Guarantees: text is text (whatever stands in a source or a translation comes out
literally), and only Markdown that stock Python-Markdown with attr_list renders.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from duizhao.ground.problems import visible
from duizhao.ground.text import Text
from duizhao.languages.glossary import Glossary, Term

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&]")
_ESCAPED = {ord(c): f"\\{c}" for c in "\\`*_{}[]"} | {
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord("&"): "&amp;",
    ord("\n"): " ",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_TO_ESCAPE = re.compile(f"[{re.escape(''.join(map(chr, _ESCAPED)))}{_CONTROL.pattern[1:-1]}]")
_WORD = re.compile(r"\\\{(\w+)\\\}")  # {name}, escaped
_LINE_START = re.compile(r"^(?:([#+\-!])|([=:~|^])|(\d+)([.)]))")


def escape(text: str) -> str:
    """`text` so that Markdown shows it literally wherever in a line it stands."""
    if not _TO_ESCAPE.search(text):
        return text
    return visible_controls(text).translate(_ESCAPED)


def composed(message: str, **markdown: str) -> str:
    """A message of the interface, shown literally also in a table, with Markdown in the place of its {words}."""
    return _WORD.sub(lambda word: markdown.get(word[1], word[0]), cell(message))


def heading(text: str) -> str:
    """`text` escaped for a heading, whose last number signs would be dropped."""
    return escape(text).replace("#", "\\#")


def cell(text: str) -> str:
    """`text` escaped for a cell of a table."""
    return escape(text).replace("|", "&#124;")


def visible_controls(text: str) -> str:
    """`text` with control characters written as escapes; line ends become line feeds."""
    if not _CONTROL.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c if c in "\n\t" or (c >= " " and c != "\x7f") else visible(c) for c in text)


def emphasised(markdown: str, kind: str) -> str:
    """An editorial mark on some words, of a class of its own.

    In HTML, since asterisks beside a mark of punctuation open and close nothing in CommonMark.
    """
    return f'<em class="{kind}">{markdown}</em>'


def line_start(markdown: str) -> str:
    """Markdown that is a block, so that its first characters open no construct.

    Spaces at its end would be a line break.
    """

    def mask(match: re.Match[str]) -> str:
        if match[1]:
            return "\\" + match[1]
        if match[2]:
            return f"&#{ord(match[2])};"
        return f"{match[3]}&#{ord(match[4])};"

    return _LINE_START.sub(mask, markdown.strip())


Show: TypeAlias = Callable[[int, int], str]  # a part of a text as Markdown, from where to where
Link = tuple[int, int, str]  # the first character of what is linked, the one after it, where to


@dataclass(slots=True)
class Terms:
    """The glossary as used by one page: which terms occurred, and under which words."""

    glossary: Glossary
    found: dict[str, Term] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def mark(self, text: str, language: str, show: Show | None = None) -> str:
        """`text` escaped, each term a reference link to its entry on the page.

        `show(start, end)` gives a part of the text otherwise than escaped.
        """
        out, at = [], 0
        part: Show = show or (lambda start, end: escape(text[start:end]))
        for occurrence in self.glossary.occurrences(text, language):
            slug = occurrence.term.slug
            self.found[slug] = occurrence.term
            words = text[occurrence.start : occurrence.end]
            out.append(part(at, occurrence.start))
            if show or _SPECIAL.search(words):
                out.append(f"[{part(occurrence.start, occurrence.end)}](#{slug})")
            else:
                self.labels[words.lower()] = slug
                out.append(f"[{words}][]")
            at = occurrence.end
        out.append(part(at, len(text)))
        return "".join(out)

    def linked(
        self, text: str, language: str, links: Sequence[Link], show: Show | None = None
    ) -> str:
        """`text` as `mark` gives it, with links laid over it; no term is marked within one."""
        out, at = [], 0
        part: Show = show or (lambda start, end: escape(text[start:end]))
        for start, end, href in links:
            out.append(self.mark(text[at:start], language, _from(show, at)))
            out.append(f"[{part(start, end)}]({href}){{.r}}")
            at = end
        return "".join(out) + self.mark(text[at:], language, _from(show, at))

    def definitions(self) -> str:
        """The link definitions that the reference links of the page need."""
        return "\n".join(f"[{label}]: #{slug}" for label, slug in sorted(self.labels.items()))


def _from(show: Show | None, offset: int) -> Show | None:
    """`show` for the text that begins at an offset of its own."""
    return (lambda start, end: show(offset + start, offset + end)) if show else None


Reference = Callable[[str], str]


def inline(
    text: Text,
    terms: Terms,
    reference: Reference,
    gap_label: str,
    links: Sequence[Link] = (),
    show: Show | None = None,
) -> str:
    """The published Chinese of a unit as Markdown.

    `reference(note id)` gives the link to a note; `gap_label` stands where
    text is lost; `links` lead from characters of the text, in order.  `show(start, end)`
    gives a part of the unit's text otherwise than escaped, with pinyin.
    """
    out, plain, at = [], "", 0
    links = _clear(text, links)

    def flush() -> str:
        start = at - len(plain)
        within = [(a - start, b - start, href) for a, b, href in links if start <= a and b <= at]
        return terms.linked(plain, "zh", within, _from(show, start))

    for piece in text:
        if not piece.mark:
            plain += piece.text
            at += len(piece.text)
            continue
        out.append(flush())
        plain = ""
        at += len(piece.text)
        words = gap_label if piece.mark == "gap" else visible_controls(piece.text)
        core = words.strip()
        before, _, after = words.partition(core) if core else (words, "", "")
        inner = escape(core)
        if show and words == piece.text:
            start = at - len(piece.text) + len(before)
            inner = show(start, start + len(core))
        marked = emphasised(inner, piece.mark) if core else ""
        out.append(f"{escape(before)}{marked}{reference(piece.note)}{escape(after)}")
    out.append(flush())
    return "".join(out)


def _clear(text: Text, links: Sequence[Link]) -> list[Link]:
    """Each link on the longest part of its words that no editorial mark stands in.

    A mark leads to its note, and a link cannot stand in a link.  Where a wording is in
    doubt or lost, so is what it leads to: there is no link.
    """
    marks, at = [], 0
    for piece in text:
        if piece.mark:
            marks.append((at, at + len(piece.text), piece.mark))
        at += len(piece.text)
    out = []
    for start, end, href in links:
        inside = [m for m in marks if (m[0] < end and m[1] > start) or start < m[0] == m[1] < end]
        if any(kind != "emendation" for _, _, kind in inside):
            continue
        edges = [start, *(edge for low, high, _ in inside for edge in (low, high)), end]
        low, high = max(zip(edges[::2], edges[1::2], strict=True), key=lambda e: e[1] - e[0])
        if low < high:
            out.append((low, high, href))
    return out


def definition(term: Term, language: str) -> str:
    """A term's definition; in English, and marked so, where the language has none."""
    words = escape(term.definition(language))
    return words if term.defines(language) else f'<span lang="en">{words}</span>'
