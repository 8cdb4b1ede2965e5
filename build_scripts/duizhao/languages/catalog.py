"""Law catalogs: gettext PO files that hold a law's translation, unit by unit.

msgctxt is the provision's identifier, msgid the Chinese unit.  polib reads and
writes them: Babel loses the previous msgid on a round trip, so it carries the
interface catalogs only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import polib

from duizhao.ground.input_file import bytes_of, is_there
from duizhao.ground.problems import DuizhaoError, Position, Problem, error
from duizhao.languages.catalog_faults import entry_problems, sound_blocks, syntax_problems

_CONTEXT = re.compile(r'msgctxt\s*"(.*)"\s*')


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


def catalog_from_file(
    path: Path, *, language: str, name: str | None = None, faults: list[Problem] | None = None
) -> Catalog:
    """Read a PO file strictly.  A missing file is an empty catalog, a byte order mark no part of it.

    Raises DuizhaoError for a syntax error, a wrong charset, a duplicate entry or
    control characters, each with its line.  Where `faults` is given, they are added
    to it instead, and the entries they stand in are left out: all, for a wrong charset.
    """
    name = name or str(path)
    found: list[Problem] = []
    catalog = _read(path, language, name, found)
    if found and faults is None:
        raise DuizhaoError(found)
    if faults is not None:
        faults += found
    return catalog


def _read(path: Path, language: str, name: str, faults: list[Problem]) -> Catalog:
    nothing = Catalog(path=name, language=language, entries={})
    if not is_there(path):
        return nothing
    try:
        source = bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        faults.append(
            error(
                "catalog-charset",
                Position(file=name),
                f"The catalog is not UTF-8 (byte {reason.start}).",
                "save it as UTF-8",
            )
        )
        return nothing
    if broken := list(syntax_problems(source, name)):
        faults += broken
        source = sound_blocks(source, {p.position.line for p in broken})
    try:
        parsed = parsed_catalog(source)
    except (OSError, ValueError) as reason:
        found = re.search(r"line (\d+)", str(reason))
        number = int(found[1]) if found else 0
        lines = source.split("\n")
        text = lines[number - 1] if 0 < number <= len(lines) else ""
        faults.append(
            error(
                "catalog-syntax",
                Position(file=name, line=number, column=1, length=len(text), text=text),
                "This is not a valid PO entry.",
                "mend the quotation marks or the keyword on this line",
            )
        )
        return nothing
    wrong = set[str]()
    for problem, eid in entry_problems(parsed, name, source):
        faults.append(problem)
        wrong.add(eid)
    lines = source.split("\n")
    places = _places(lines)
    return Catalog(
        path=name,
        language=language,
        entries={
            e.msgctxt: _entry(e, places.get(e.msgctxt, (e.linenum or 0, 0)), lines)
            for e in parsed
            if not e.obsolete and e.msgctxt and e.msgctxt not in wrong
        },
    )


class _Lines(str):
    """A text whose lines end at line feeds only, as those of files and sources do.

    For polib they also end at U+2028, U+0085 and others, which may stand inside a unit:
    what followed, and the character before, was lost.
    """

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: FBT001, FBT002 -- as str has it
        """The lines without their ends; polib asks for no others."""
        if keepends:
            raise NotImplementedError
        return self.split("\n")


def parsed_catalog(source: str) -> polib.POFile:
    """The entries of a PO file's text; raises OSError or ValueError where it is none."""
    return polib.pofile(_Lines(source), wrapwidth=0, check_for_duplicates=False)


def set_aside(path: Path) -> list[tuple[str, str, str]]:
    """Identifier, Chinese and translation of what `translate update` found no place for.

    The catalog at `path` is one that `catalog_from_file` has read; none is an empty one.
    """
    if not path.exists():
        return []
    found = parsed_catalog(path.read_bytes().decode("utf-8-sig"))
    return [(e.msgctxt, e.msgid, e.msgstr) for e in found if e.obsolete and e.msgstr]


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
