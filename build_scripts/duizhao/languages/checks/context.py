"""What every check of a translation is given: a unit's Chinese beside its translation."""

from __future__ import annotations

from dataclasses import dataclass

from duizhao.ground.problems import Position, Problem, warning
from duizhao.languages.catalog import Entry
from duizhao.parser.levels import MAINLAND, Levels


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A translated unit; `is_law` tells the law's own text from the editor's notes.

    `levels` are how the law names what is below its articles.
    """

    file: str
    language: str
    entry: Entry
    is_law: bool
    levels: Levels = MAINLAND

    @property
    def eid(self) -> str:
        """The unit's identifier."""
        return self.entry.eid

    @property
    def source(self) -> str:
        """The Chinese."""
        return self.entry.source

    @property
    def read(self) -> str:
        """The Chinese as a law of the mainland says it, as long as it is."""
        return self.levels.read(self.source)

    @property
    def target(self) -> str:
        """The translation."""
        return self.entry.target

    @property
    def is_note(self) -> bool:
        """Whether this is an editor's note, which may quote Chinese words."""
        return self.eid.startswith("note_")

    def place(self, words: str = "") -> Position:
        """The line of the catalog on which `words` stand, or the translation begins."""
        text = self.entry.target_text
        raw = words.replace("\\", "\\\\").replace('"', '\\"')
        at = text.find(raw) if raw else -1
        return Position(
            file=self.file,
            line=self.entry.target_line or self.entry.line,
            column=at + 1,
            length=len(raw) or 1,
            text=text,
        )


def finding(code: str, pair: Pair, message: str, hint: str, words: str = "") -> Problem:
    """A warning about a translation, at `words` of it."""
    return finding_at(code, pair.eid, pair.place(words), message, hint)


def finding_at(code: str, eid: str, place: Position, message: str, hint: str) -> Problem:
    """A warning about the translation of a unit."""
    return warning(code, place, f"{eid}: {message}", hint)
