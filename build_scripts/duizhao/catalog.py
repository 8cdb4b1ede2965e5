"""Law catalogs: gettext PO files that hold a law's translation, unit by unit.

msgctxt is the provision's identifier, msgid the Chinese unit.  polib reads and
writes them: Babel loses the previous msgid on a round trip, so it carries the
interface catalogs only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

from duizhao.problems import DuizhaoError, Position, Problem, error

_TAG = re.compile(r"</?[A-Za-z][^>\n]*>")
_LINE = re.compile(
    r"\s*(?:(?:msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s*)?\"(?:[^\"\\]|\\.)*\"\s*"
)
_CONTEXT = re.compile(r'msgctxt\s*"(.*)"\s*')
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One translated unit as the catalog has it."""

    eid: str
    source: str
    target: str
    fuzzy: bool
    line: int
    text: str = ""  # the line itself, for messages
    target_line: int = 0
    target_text: str = ""  # the line that the translation begins on
    remarks: tuple[str, ...] = ()  # the translator's own comment lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """One law's translation into one language, by identifier."""

    path: str
    language: str
    entries: dict[str, Entry]


def catalog_from_file(path: Path, *, language: str, name: str | None = None) -> Catalog:
    """Read a PO file strictly.  A missing file is an empty catalog.

    Raises DuizhaoError for a syntax error, a wrong charset, a duplicate entry or
    control characters, each with its line.
    """
    name = name or str(path)
    if not path.exists():
        return Catalog(path=name, language=language, entries={})
    try:
        source = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as reason:
        raise DuizhaoError(
            [
                error(
                    "catalog-charset",
                    Position(file=name),
                    f"The catalog is not UTF-8 (byte {reason.start}).",
                    "save it as UTF-8",
                )
            ]
        ) from reason
    try:
        if faults := list(syntax_problems(source, name)):
            raise DuizhaoError(faults)
        parsed = polib.pofile(source, wrapwidth=0, check_for_duplicates=False)
    except (OSError, ValueError) as reason:
        found = re.search(r"line (\d+)", str(reason))
        number = int(found[1]) if found else 0
        lines = source.splitlines()
        text = lines[number - 1] if 0 < number <= len(lines) else ""
        raise DuizhaoError(
            [
                error(
                    "catalog-syntax",
                    Position(file=name, line=number, column=1, length=len(text), text=text),
                    "This is not a valid PO entry.",
                    "mend the quotation marks or the keyword on this line",
                )
            ]
        ) from reason
    problems = list(_entry_problems(parsed, name, source))
    if problems:
        raise DuizhaoError(problems)
    lines = source.split("\n")
    places = _places(lines)
    return Catalog(
        path=name,
        language=language,
        entries={
            e.msgctxt: _entry(e, places.get(e.msgctxt, (e.linenum or 0, 0)), lines)
            for e in parsed
            if not e.obsolete and e.msgctxt
        },
    )


def _places(lines: list[str]) -> dict[str, tuple[int, int]]:
    """The lines on which each entry's msgctxt and msgstr stand."""
    found: dict[str, tuple[int, int]] = {}
    eid = ""
    for number, line in enumerate(lines, 1):
        if match := _CONTEXT.fullmatch(line):
            eid = match[1]
            found[eid] = (number, 0)
        elif eid and line.startswith("msgstr"):
            found[eid] = (found[eid][0], number)
            eid = ""
    return found


def _entry(entry: polib.POEntry, place: tuple[int, int], lines: list[str]) -> Entry:
    number, target = place
    return Entry(
        eid=entry.msgctxt,
        source=entry.msgid,
        target=entry.msgstr,
        fuzzy="fuzzy" in entry.flags,
        line=number,
        text=lines[number - 1] if number else "",
        target_line=target,
        target_text=lines[target - 1] if target else "",
        remarks=tuple(entry.tcomment.splitlines()),
    )


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


def _entry_problems(parsed: polib.POFile, name: str, source: str) -> Iterator[Problem]:
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
            yield error(
                "catalog-no-context",
                place(entry, "msgid"),
                "This entry has no msgctxt.",
                "give it the identifier of its provision",
            )
            continue
        if entry.msgctxt in seen:
            yield error(
                "catalog-duplicate",
                place(entry, entry.msgctxt),
                f"`{entry.msgctxt}` is translated twice.",
                "keep one of the two entries",
            )
        seen.add(entry.msgctxt)
        if match := _CONTROL.search(entry.msgstr):
            yield error(
                "catalog-control-character",
                place(entry, match.group()),
                f"The translation holds a control character (U+{ord(match.group()):04X}).",
                "remove it",
            )


def save(
    path: Path, header: dict[str, str], entries: list[polib.POEntry], *, comment: str = ""
) -> None:
    """Write a catalog: no wrapping, no dates, one entry a unit, `comment` at its head."""
    out = polib.POFile(wrapwidth=0)
    out.header = comment
    out.metadata = header
    out.extend(entries)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = out.__unicode__()
    path.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8", newline="\n")
