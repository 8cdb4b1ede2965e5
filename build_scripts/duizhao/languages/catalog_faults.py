"""What is wrong with a catalog: lines that are no PO, entries twice, what may not stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from gettext import c2py
from string import Formatter

import polib
from babel.messages.catalog import Message

from duizhao.ground.input_file import MERGE, MERGED
from duizhao.ground.problems import Position, Problem, error

_LINE = re.compile(
    r"\s*(?:(?:msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s*)?\"(?:[^\"\\]|\\.)*\"\s*"
)
_QUOTED = re.compile(r'(?m)^"(.*)"\r?$')
_PLURALS = re.compile(r"Plural-Forms:\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;\\]*)")
_MOST_FORMS = 6  # Arabic has them
_NUMBERS = 1_000  # rules look at the last two or three digits
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
                MERGE
                if MERGED.match(text)
                else 'mend the quotation marks or the keyword; inside a text write \\" for a quotation mark',
            )


def plural_problems(source: str, name: str) -> Iterator[Problem]:
    """A rule for plurals, in the head of a catalog, that is none, or names a form that is not there.

    Babel and Python's gettext take it as it is, and stop at it or do not come to an end.
    """
    head = source.lstrip("\r\n").partition("\n\n")[0]
    said = _PLURALS.search("".join(_QUOTED.findall(head)))
    if said and not _is_rule(int(said[1][:9]), said[2]):
        lines = source.split("\n")
        number = next(n for n, line in enumerate(lines, 1) if "Plural-Forms" in line)
        place = Position(file=name, line=number, text=lines[number - 1])
        hint = "write nplurals and plural as gettext has them for the language"
        yield error("catalog-syntax", place, "This is no rule for plurals.", hint)


def _is_rule(forms: int, rule: str) -> bool:
    """Whether a rule, in the C of gettext, gives one of so many forms for each number."""
    try:
        form_of = c2py(rule)
        chosen = {form_of(n) for n in range(_NUMBERS)}
    except (ValueError, ArithmeticError):
        return False
    return forms <= _MOST_FORMS and chosen <= set(range(forms))


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


def field_problems(messages: Iterable[Message], name: str, source: str) -> Iterator[Problem]:
    """Messages of the interface whose translation fills in others than they do: {n}, {places}.

    A form of a plural may leave some out: “one provision”.
    """
    lines = source.split("\n")
    for message in messages:
        given, said = (_several(each) for each in (message.id, message.string))
        if not message.id or message.fuzzy or not any(said):
            continue
        wanted = {field for text in given for field in _fields(text) or ()}
        for text in filter(None, said):
            found = _fields(text)
            if found is not None and (found <= wanted if len(given) > 1 else found == wanted):
                continue
            number = _line_of(lines, message.lineno or 1, text)
            shown = ", ".join(sorted(wanted)) or "-"
            yield error(
                "catalog-placeholder",
                Position(file=name, line=number, text=lines[number - 1]),
                f"The translation of “{given[0]}” must have the same words in braces: {shown}.",
                "write them as the message does",
            )


def _several(texts: str | Iterable[str] | None) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def _fields(text: str) -> set[str] | None:
    """The fields that a message fills in, as they are written; None where braces do not pair."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return None
    return {
        f"{{{field}{'!' + turned if turned else ''}{':' + form if form else ''}}}"
        for _, field, form, turned in parts
        if field is not None
    }


def _line_of(lines: list[str], start: int, text: str) -> int:
    """The line (from 1) of an entry's translation; that of its message where it cannot be told."""
    rows = range(start, min(start + 60, len(lines)) + 1)
    said = [n for n in rows if lines[n - 1].startswith("msgstr")]
    alike = [n for n in said if text and text in lines[n - 1]]
    return next(iter(alike or said), start)
