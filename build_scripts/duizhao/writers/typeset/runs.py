"""Runs: a unit's text cut where its look or its language changes, as plain data.

A run is `{"t": text, "l": language, "m": look, "n": notes}`.  `m` is "" for the law's
own words, "query" or "emendation" under a dotted line, "sign" for what the editors
put, "untranslated" for Chinese that stands where a translation is missing.  Each
note is `{"id", "first"}`: a footnote where it is first marked, a reference after.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from duizhao.ground.text import Text
from duizhao.languages.bilingual import Bilingual
from duizhao.languages.pinyin import Readings
from duizhao.parser.edition import Note, Unit
from duizhao.writers.typeset.words import GAP, NOTE_LABELS, UNTRANSLATED, Words

Run: TypeAlias = dict[str, Any]

_HAN = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff"
_CONTROL_SPACE = re.compile(r"[\t-\r\x85\u2028\u2029]+")
_HAN_RUN = re.compile(f"([{_HAN}](?:[{_HAN}“”‘’…—·]*[{_HAN}])?)")


class Marks:
    """Which notes have had their footnote, in the order of the page."""

    def __init__(self, notes: tuple[Note, ...]) -> None:
        self._shown = {n.id: n for n in notes if n.kind in NOTE_LABELS}
        self.order: list[Note] = []

    def mark(self, note_id: str) -> list[dict[str, Any]]:
        """The mark of a note: one, or none for a note that has no footnote."""
        note = self._shown.get(note_id)
        if note is None:
            return []
        first = note not in self.order
        if first:
            self.order.append(note)
        return [{"id": note.id, "first": first}]

    def at(self, eid: str, kind: str) -> list[dict[str, Any]]:
        """Marks of the notes of one kind that are about a provision."""
        found = (n for n in self._shown.values() if n.kind == kind and eid in n.targets)
        return [mark for note in found for mark in self.mark(note.id)]


def run(text: str, language: str, look: str = "", notes: list[dict[str, Any]] | None = None) -> Run:
    """One run; a tab or a line's end inside a text is set as a space."""
    return {"t": _CONTROL_SPACE.sub(" ", text), "l": language, "m": look, "n": notes or []}


def with_pinyin(runs: list[Run], readings: Readings | None) -> list[Run]:
    """The runs with their words and what is said for each: `"w": [[word, pinyin], …]`.

    The editors' signs have none, a number that they supply has; a word that two runs
    share is cut there.
    """
    if readings:
        for one in runs:
            if one["m"] != "sign" or one["t"][1:2] == "第":
                one["w"] = [list(word) for word in readings.spoken(one["t"])]
    return runs


def runs_by_script(text: str, language: str, look: str = "") -> list[Run]:
    """Words of the page; Han characters inside another language are marked as Chinese."""
    if language == "zh":
        return [run(text, "zh", look)] if text else []
    return [
        run(part, "zh" if n % 2 else language, look)
        for n, part in enumerate(_HAN_RUN.split(text))
        if part
    ]


def runs_from_text(text: Text, marks: Marks) -> list[Run]:
    """The Chinese of a unit, with its gaps as signs and its notes marked."""
    out: list[Run] = []
    pieces = text.pieces
    for index, piece in enumerate(pieces):
        following = pieces[index + 1].note if index + 1 < len(pieces) else ""
        notes = marks.mark(piece.note) if piece.note and piece.note != following else []
        if piece.mark == "gap":
            out.append(run(GAP[0], "zh", "sign", notes))
        elif out and out[-1]["m"] == piece.mark and not out[-1]["n"]:
            out[-1]["t"] += piece.text
            out[-1]["n"] = notes
        else:
            out.append(run(piece.text, "zh", piece.mark, notes))
    return out


def runs_from_translation(
    bilingual: Bilingual, unit: Unit, marks: Marks, words: Words, *, beside: bool
) -> list[Run]:
    """The translation of a unit, or its Chinese with a sign that says why.

    The sign is alone where the Chinese stands `beside` it.
    A gap is shown where it stands at the beginning or the end; notes are marked at
    the end, for where in the English a doubtful Chinese word falls is not known.
    """
    pieces = unit.text.pieces
    notes = [mark for note in unit.text.notes for mark in marks.mark(note)]
    chinese = str(unit.text)
    translation = bilingual.of(unit.eid)
    out: list[Run] = []
    language, lost = bilingual.language, words.other(GAP)
    if pieces and pieces[0].mark == "gap":
        out.extend(runs_by_script(lost + (" " if chinese else ""), language, "sign"))
    if chinese and translation.status == "translated":
        out.extend(runs_by_script(translation.text, language))
    elif chinese:
        why = words.other(UNTRANSLATED[translation.status])
        if not beside:
            out.append(run(chinese, "zh", "untranslated"))
            why = f" {why}"
        out.extend(runs_by_script(why, language, "sign"))
    if len(pieces) > 1 and pieces[-1].mark == "gap":
        out.extend(runs_by_script(f" {lost}", language, "sign"))
    if out:
        out[-1]["n"] = notes
    return out
