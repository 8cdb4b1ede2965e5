"""Texts as inline markup and back: marks, references, terms, numbers.

An emendation is `<del>` (what the witness has) and `<ins>` (what is published), a lacuna
`<omissis>`, both with a `<noteRef>` to the note that explains them.
"""

from __future__ import annotations

from dataclasses import replace

from duizhao.ground.text import Piece, Text
from duizhao.languages.signs import CHINESE, ENGLISH
from duizhao.writers.akn.expression import Span
from duizhao.writers.akn.tree import Element, node, parts, structure

# Of a further language the element speaks: a file is read back without the catalogs of a site.
_SIGNS = {"zho": CHINESE, "eng": ENGLISH}
_ELSE = replace(CHINESE, lost="[…]", lost_what="[…: {what}]")


def lost(language: str, what: str = "") -> str:
    """The sign of lost text; `what` says which, or is empty."""
    return _SIGNS.get(language, _ELSE).lost_of(what)


def markup(text: Text, spans: tuple[Span, ...], language: str) -> list[Element | str]:
    """The children that stand for a text."""
    out: list[Element | str] = []
    at = 0
    for piece in text:
        end = at + len(piece.text)
        if piece.note or piece.mark:
            out.append(_marked(piece, language))
        else:
            out.extend(_plain(piece.text, at, spans))
        at = end
    return out


def _plain(text: str, offset: int, spans: tuple[Span, ...]) -> list[Element | str]:
    out: list[Element | str] = []
    at = 0
    for span in spans:
        start, end = span.start - offset, span.end - offset
        if start < at or end > len(text):
            continue
        out.extend(parts(text[at:start]))
        out.append(_span(span, text[start:end]))
        at = end
    out.extend(parts(text[at:]))
    return out


def _span(span: Span, words: str) -> Element:
    if span.kind in ("def", "term"):
        return node(span.kind, {"refersTo": f"#{span.targets[0]}"}, *parts(words))
    first, last = span.targets[0], span.targets[-1]
    if len(span.targets) == 1:
        return node("ref", {"href": f"#{first}"}, *parts(words))
    return node("rref", {"from": f"#{first}", "upTo": f"#{last}"}, *parts(words))


def note_ref(note: str) -> list[Element | str]:
    """The mark that leads to a note, if there is one."""
    return [node("noteRef", {"href": f"#note_{note}"})] if note else []


def _marked(piece: Piece, language: str) -> Element:
    reference = note_ref(piece.note)
    if piece.mark == "gap" and not piece.text:
        return node("omissis", {}, lost(language), *reference)
    content: list[Element | str] = list(parts(piece.text))
    if piece.mark == "emendation":
        content = [
            node(tag, {}, *parts(words))
            for tag, words in (("del", piece.original), ("ins", piece.text))
            if words
        ]
    return node("span", {"class": piece.mark or "note"}, *content, *reference)


def unmarked(element: Element, name: str) -> tuple[Text, tuple[Span, ...]]:
    """The text and the spans that an element's children stand for."""
    pieces: list[Piece] = []
    spans: list[Span] = []
    at = 0
    for child in element.children:
        if isinstance(child, Element) and child.tag in ("omissis", "span"):
            pieces.append(_piece(child, name))
        else:
            words = _words([child], name)
            if isinstance(child, Element) and child.tag != "inline":
                spans.append(_read_span(child, at, at + len(words), name))
            if pieces and not (pieces[-1].note or pieces[-1].mark):
                words = pieces.pop().text + words
            pieces.append(Piece(text=words, original=words, line=0, column=0))
        at = sum(len(p.text) for p in pieces)
    return Text(tuple(pieces)), tuple(spans)


def _read_span(child: Element, start: int, end: int, name: str) -> Span:
    if child.tag in ("def", "term"):
        kind, targets = child.tag, [child.get("refersTo")]
    elif child.tag == "ref":
        kind, targets = "ref", [child.get("href")]
    elif child.tag == "rref":
        kind, targets = "ref", [child.get("from"), child.get("upTo")]
    else:
        raise structure(name, child, "This element has no place in a text.")
    return Span(start=start, end=end, kind=kind, targets=tuple(t.lstrip("#") for t in targets))


def _words(children: list[Element | str], name: str) -> str:
    out = ""
    for child in children:
        if isinstance(child, str):
            out += child
        elif child.tag == "inline" and child.get("name") == "character":
            out += chr(int(child.text.removeprefix("U+"), 16))
        elif child.tag in ("def", "ref", "rref", "term"):
            out += _words(child.children, name)
        else:
            raise structure(name, child, "This element has no place in a text.")
    return out


def _piece(child: Element, name: str) -> Piece:
    reference = child.find("noteRef")
    note = reference.get("href").removeprefix("#note_") if reference else ""
    mark = child.get("class").removesuffix("note")
    if child.tag == "omissis":
        text, original, mark = "", "", "gap"
    elif mark == "emendation":
        gone, put = child.find("del"), child.find("ins")
        original = _words(gone.children, name) if gone else ""
        text = _words(put.children, name) if put else ""
    else:
        text = _words([c for c in child.children if c is not reference], name)
        original = text
    return Piece(text=text, original=original, line=0, column=0, note=note, mark=mark)
