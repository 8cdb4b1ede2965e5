"""What is wrong with a law catalog: lines that are no PO, entries twice, what may not stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polib

from duizhao.problems import Position, Problem, error

_LINE = re.compile(
    r"\s*(?:(?:msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s*)?\"(?:[^\"\\]|\\.)*\"\s*"
)
# Those that turn the direction of writing, and those that cannot be seen.  The joiners
# U+200C and U+200D are letters to some languages.
_UNSEEN = (
    r"\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffc\U000e0000-\U000e007f"
)
#: What takes no place between the letters beside it.
UNSEEN = re.compile(f"[{_UNSEEN}]")
#: What may not stand in a translation: also control characters, lines' ends, lost letters.
REFUSED = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffd{_UNSEEN}]")


def syntax_problems(source: str, name: str) -> Iterator[Problem]:
    """Lines that are neither comment nor keyword and text in quotation marks.

    Both libraries read on where a quotation mark is missing, and lose a letter.
    """
    for number, line in enumerate(source.split("\n"), 1):
        text = line.rstrip("\r")
        entry = text.lstrip("#~| ") if text.startswith(("#~", "#|")) else text
        if entry.strip() and not entry.startswith("#") and not _LINE.fullmatch(entry):
            yield error(
                "catalog-syntax",
                Position(file=name, line=number, column=1, length=len(text), text=text),
                "This is not a valid line of a PO file.",
                'mend the quotation marks or the keyword; inside a text write \\" for a quotation mark',
            )


def sound_blocks(source: str, broken: set[int]) -> str:
    """A catalog without the entries that hold a broken line; every other line stays in its place.

    Entries are told apart by the empty lines between them.
    """
    lines = source.split("\n")
    begin = 0
    for end in range(len(lines) + 1):
        if end == len(lines) or not lines[end].strip():
            if broken.intersection(range(begin + 1, end + 1)):
                lines[begin:end] = [""] * (end - begin)
            begin = end + 1
    return "\n".join(lines)


def entry_problems(parsed: polib.POFile, name: str, source: str) -> Iterator[tuple[Problem, str]]:
    """The faults of a catalog's entries, each with the identifier of its entry ("" if it has none)."""
    lines = source.split("\n")

    def place(entry: polib.POEntry, fragment: str = "") -> Position:
        number = entry.linenum or 0
        for at in range(max(number - 1, 0), min(number + 60, len(lines))):
            if fragment and fragment in lines[at]:
                return Position(
                    file=name,
                    line=at + 1,
                    column=lines[at].index(fragment) + 1,
                    length=len(fragment),
                    text=lines[at],
                )
        return Position(file=name, line=number, text=lines[number - 1] if number else "")

    seen: set[str] = set()
    for entry in parsed:
        if entry.obsolete:
            continue
        if not entry.msgctxt:
            problem = error(
                "catalog-no-context",
                place(entry, "msgid"),
                "This entry has no msgctxt.",
                "give it the identifier of its provision",
            )
            yield problem, ""
            continue
        if entry.msgctxt in seen:
            problem = error(
                "catalog-duplicate",
                place(entry, entry.msgctxt),
                f"`{entry.msgctxt}` is translated twice.",
                "keep one of the two entries",
            )
            yield problem, entry.msgctxt
        seen.add(entry.msgctxt)
        if match := REFUSED.search(entry.msgstr):
            problem = error(
                "catalog-control-character",
                place(entry, match.group()),
                "The translation holds a character that cannot be seen, or that turns the"
                f" direction of writing (U+{ord(match.group()):04X}).",
                "remove it",
            )
            yield problem, entry.msgctxt
