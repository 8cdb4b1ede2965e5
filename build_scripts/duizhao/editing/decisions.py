"""Editorial decisions: `edition.toml`, read strictly.

Every decision is small, explicit, quoted and justified.  Tables:

======== ==================================================================
law      what cannot be read from the text, or overrides it
witness  file, sha256, description
read     line ranges in reading order, each with the words it begins and ends with
join     a sentence cut by a column: the last words before, the first after
omit     lines not printed: a repetition (of which lines) or page furniture
emend    from, to: a correction that is certain and mechanical
query    wording that is kept, the doubt and (if there is one) a proposal
gap      what is lost, where, and how that is known
======== ==================================================================

An unknown key, a missing one, or a value of the wrong type is an error with
its line.  Explanations (`why`) are Chinese; their English is in the catalogs.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from duizhao.ground.problems import DuizhaoError, Position, Problem, error, phrase
from duizhao.ground.toml_file import TomlFile, table_faults, toml_from_file, toml_from_text
from duizhao.sources.witness import Witness

LineRange = tuple[int, int]
#: What stands as the description of a witness until an editor has described it.
TO_DESCRIBE = "（请说明底本的来源和性质）"


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessSource:
    """[[witness]]: the file below the folder of seeds, the digest it must have."""

    file: str
    sha256: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """[[read]]: lines (first, last) next in reading order."""

    lines: str
    begins: str
    ends: str
    id: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """[[join]]: line `right` goes on where line `left` stops; without `why` readers see no note."""

    id: str
    left: int
    right: int
    left_ends: str
    right_begins: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Omit:
    """[[omit]]: lines that are not printed; `repeats` names the lines printed instead."""

    id: str
    lines: str
    begins: str
    ends: str
    why: str
    repeats: str = ""
    kind: str = "repetition"  # or "furniture", or "number": a rejected article number
    aliases: tuple[str, ...] = ()
    leads_to: str = ""  # the identifier that the aliases lead to


@dataclass(frozen=True, slots=True, kw_only=True)
class Emend:
    """[[emend]]: `old` becomes `new` on one line, or everywhere (`count` times)."""

    id: str
    old: str
    new: str
    why: str
    certainty: str
    line: int = 0
    everywhere: bool = False
    count: int = 1
    keeps_translation: bool = False  # what was translated before says the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """[[query]]: wording kept as it stands, the doubt, and a proposal if there is one."""

    id: str
    line: int
    text: str
    why: str
    proposal: str = ""
    identifier: str = ""  # of a number: what bears it is art_u1 until it is decided


@dataclass(frozen=True, slots=True, kw_only=True)
class GapDecision:
    """[[gap]]: text lost after line `after` of the reading (0: before line `before`).

    `quote` is how the line beside it ends (or begins).  `cuts` says which
    neighbour is cut: "left", "right", "both" or "none"; `supplies` names the
    article that begins in the lost text; `within` is "article" or "division".
    """

    id: str
    what: str
    why: str
    quote: str
    after: int = 0
    before: int = 0
    cuts: str = "none"
    supplies: str = ""
    block: bool = True
    within: str = "division"
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LawEntry:
    """[law]: what the text does not say, and overrides of what it does."""

    id: str
    region: str = ""
    short_title: str = ""
    title: str = ""
    kind: str = ""
    organ: str = ""
    adopted: str = ""
    promulgated: str = ""
    effective: str = ""
    document_number: str = ""
    status: str = ""
    edition_date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The whole of one edition.toml; `toml` knows where everything stands in it."""

    path: str
    law: LawEntry
    witness: tuple[WitnessSource, ...]
    read: tuple[Read, ...]
    join: tuple[Join, ...]
    omit: tuple[Omit, ...]
    emend: tuple[Emend, ...]
    query: tuple[Query, ...]
    gap: tuple[GapDecision, ...]
    toml: TomlFile

    def position(self, table: str, index: int, key: str = "") -> Position:
        """Where a table, or the value of a key of it, stands in edition.toml."""
        return self.toml.position(table, index, key)

    def position_of(self, name: str) -> Position:
        """Where the id of a decision stands in edition.toml; the file where it has none there."""
        for table in _TABLES:
            for index, entry in enumerate(getattr(self, table)):
                if getattr(entry, "id", "") == name:
                    return self.position(table, index, "id")
        return Position(file=self.path)


_TABLES: dict[str, type] = {
    "witness": WitnessSource,
    "read": Read,
    "join": Join,
    "omit": Omit,
    "emend": Emend,
    "query": Query,
    "gap": GapDecision,
}
_RENAMED = {"old": "from", "new": "to"}  # `from` is a Python keyword
T = TypeVar("T")


def line_range(text: str) -> LineRange | None:
    """First and last line of "12-30" or "12"; None where it is neither."""
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", text)
    if not match:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return (first, last) if 0 < first <= last else None


def lines_of(lines: str) -> range:
    """The line numbers of a range as written in edition.toml."""
    first, last = line_range(lines) or (1, 0)
    return range(first, last + 1)


def decisions_from_file(path: Path, *, name: str | None = None) -> Decisions:
    """Read and check an edition.toml.  Raises DuizhaoError with every fault in it."""
    return _decisions(toml_from_file(path, name=name or str(path), code="edition"))


def decisions_from_toml(source: str, *, path: str) -> Decisions:
    """The same from the text of the file; `path` names it in messages."""
    return _decisions(toml_from_text(source, path=path, code="edition"))


def _decisions(toml: TomlFile) -> Decisions:
    problems = list(
        table_faults(
            toml,
            once=("law",),
            several=_TABLES,
            unknown="edition-unknown-key",
            wrong="edition-type",
        )
    )
    law = _table(LawEntry, toml, "law", 0, toml.data.get("law"), problems)
    tables: dict[str, tuple[Any, ...]] = {}
    for table, cls in _TABLES.items():
        entries = toml.data.get(table, [])
        if not isinstance(entries, list):
            continue  # `table_faults` names it
        made = [_table(cls, toml, table, n, entry, problems) for n, entry in enumerate(entries)]
        tables[table] = tuple(filter(None, made))
    if not problems:
        problems.extend(_dates(law, toml))
    problems.extend(_duplicate_ids(tables, toml))
    if problems or law is None:
        raise DuizhaoError(problems)
    return Decisions(path=toml.path, law=law, toml=toml, **tables)


def _dates(law: LawEntry | None, toml: TomlFile) -> Iterator[Problem]:
    """Dates are dates: the pages write them in words."""
    for key in _DATES:
        value = getattr(law, key, "")
        try:
            dt.date.fromisoformat(value or "2000-01-01")
        except ValueError:
            yield error(
                "edition-type",
                toml.position("law", 0, key),
                f"`{key}` is not a date.",
                "write year-month-day: 2024-09-26",
            )


_DATES = ("adopted", "promulgated", "effective", "edition_date")


def _table(
    cls: type[T], toml: TomlFile, table: str, index: int, raw: object, problems: list[Problem]
) -> T | None:
    """One table as a dataclass; what is wrong with it goes to `problems`."""
    if raw is None:
        problems.append(
            error(
                "edition-missing-key",
                toml.position(table, index),
                f"[{table}] is missing.",
                f"add a [{table}] table",
            )
        )
    if not isinstance(raw, dict):
        return None  # `table_faults` names what is no table
    hints = get_type_hints(cls)
    names = {_RENAMED.get(f.name, f.name): f for f in fields(cls)}  # type: ignore[arg-type]
    before = len(problems)
    values: dict[str, object] = {}
    for key, given in raw.items():
        if key not in names:
            problems.append(
                error(
                    "edition-unknown-key",
                    toml.position(table, index, key, of_key=True),
                    f"[[{table}]] has no key `{key}`.",
                    f"use one of: {', '.join(names)}",
                )
            )
            continue
        wanted = hints[names[key].name]
        value = str(given) if isinstance(given, dt.date) else given
        kind = list if wanted == tuple[str, ...] else wanted
        if type(value) is not kind or (
            isinstance(value, list) and not all(isinstance(v, str) for v in value)
        ):
            problems.append(
                error(
                    "edition-type",
                    toml.position(table, index, key),
                    f"`{key}` must be {_TYPE_NAMES[kind]}.",
                    "correct the value",
                )
            )
            continue
        values[names[key].name] = tuple(value) if isinstance(value, list) else value
    for key, f in names.items():
        required = f.default is MISSING
        if required and key not in raw:
            problems.append(
                error(
                    "edition-missing-key",
                    toml.position(table, index),
                    f"[[{table}]] needs `{key}`.",
                    f"add `{key} = …`",
                )
            )
    return cls(**values) if len(problems) == before else None


_TYPE_NAMES: dict[object, str] = {
    str: phrase("a text in quotation marks"),
    int: phrase("a whole number"),
    bool: phrase("true or false"),
    list: phrase("a list of texts"),
}


def _duplicate_ids(tables: dict[str, tuple[Any, ...]], toml: TomlFile) -> list[Problem]:
    """Decision ids name notes and anchors, so each may stand once, as a slug."""
    seen: set[str] = set()
    out = []
    for table, entries in tables.items():
        for index, entry in enumerate(entries):
            name = getattr(entry, "id", "")
            if not name:
                continue
            if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
                out.append(
                    error(
                        "decision-id",
                        toml.position(table, index, "id"),
                        f"`{name}` is not a decision id.",
                        "use small letters, digits and hyphens",
                    )
                )
            elif name in seen:
                out.append(
                    error(
                        "duplicate-id",
                        toml.position(table, index, "id"),
                        f"The id `{name}` is used by another decision.",
                        "give each decision an id of its own",
                    )
                )
            seen.add(name)
    return out


def lines_read(decisions: Decisions, witness: Witness) -> tuple[int, ...]:
    """The numbers of the non-blank lines that are printed, in reading order.

    Without a [[read]] all lines are, in their own order, but those omitted.
    """
    if not decisions.read:
        skipped = set(lines_omitted(decisions))
        return tuple(
            line.number for line in witness.lines if not line.blank and line.number not in skipped
        )
    return tuple(
        number
        for read in decisions.read
        for number in lines_of(read.lines)
        if not witness.line(number).blank
    )


def lines_omitted(decisions: Decisions) -> tuple[int, ...]:
    """The numbers of the lines that a decision omits."""
    return tuple(number for omit in decisions.omit for number in lines_of(omit.lines))


def normalised(decisions: Decisions, text: str) -> str:
    """A witness line with the corrections made everywhere; its length stays the same."""
    for emend in decisions.emend:
        if emend.everywhere:
            text = text.replace(emend.old, emend.new)
    return text


def quoted_at(decisions: Decisions, text: str, quote: str) -> tuple[int, ...]:
    """Where words stand in a witness line, quoted as published or else as printed."""
    for form in (normalised(decisions, text), text):
        found = tuple(m.start() for m in re.finditer(re.escape(quote), form)) if quote else ()
        if found:
            return found
    return ()
