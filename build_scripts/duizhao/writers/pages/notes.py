"""Notes: what kind they are called, what they say, which article they are about."""

from __future__ import annotations

from duizhao.languages.law import View
from duizhao.languages.ui import TAGS
from duizhao.parser.edition import Edition, Note, articles, units_of
from duizhao.writers.pages.inline import composed, escape

_ZH = TAGS["zh"]


def kind_name(view: View, note: Note) -> str:
    """What a reader calls this kind of note."""
    names = {
        "emendation": view.ui("Correction"),
        "query": view.ui("Doubtful wording"),
        "gap": view.ui("Text lost"),
        "number": view.ui("Conflicting number"),
        "repetition": view.ui("Printed more than once"),
        "join": view.ui("Sentence joined"),
        "order": view.ui("Order of the page"),
        "normalisation": view.ui("Punctuation"),
        "furniture": view.ui("Not part of the law"),
    }
    return names[note.kind]


def note_words(view: View, note: Note) -> str:
    """A note's explanation, with the words it quotes and what it proposes."""
    out = escape(view.words(note.eid, note.zh).strip())
    if note.kind == "query" and note.reading:
        # The quotation marks are the sentence's: in the type of the Chinese they stand far off.
        reading = f'<span lang="{_ZH}">{escape(note.reading)}</span>'
        gap = "" if out.endswith("。") else " "
        out += gap + composed(view.ui("Proposed reading: “{reading}”."), reading=reading)
    return out


def notes_by_target(edition: Edition) -> dict[str, list[Note]]:
    """Notes that no mark in the text refers to, by the article they are about."""
    found: dict[str, list[Note]] = {}
    for note in edition.notes:
        targets = note.targets if note.kind in ("number", "repetition", "join") else ()
        if note.kind == "order" and note.lines:
            first = note.lines[0][0]
            targets = tuple(
                article.eid
                for article in articles(edition.body)
                if any(first in unit.text.lines for unit in units_of(article))
            )
        for target in targets:
            found.setdefault(target, []).append(note)
    return found
