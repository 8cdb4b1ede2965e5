"""The history of an edition: `history.toml` beside its edition.toml, where there is one.

One `[[change]]` a change that readers should hear of, in its text or its translation::

    [[change]]
    id = "first-edition"          part of its permanent address
    date = 2026-11-24
    kind = "text"                 or "translation"
    zh = "首次发布。"
    en = "First edition."         any language of the site; the Chinese where it has none

A law without the file has one change, the edition of its date.  Nothing asks the clock.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from duizhao.ground.input_file import is_there
from duizhao.ground.names import language_fault
from duizhao.ground.problems import DuizhaoError, Position, Problem, error
from duizhao.ground.toml_file import TomlFile, table_faults, toml_from_file

KINDS = ("text", "translation")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of an edition: its day (ISO 8601), what it is of, and words by language."""

    id: str
    date: str
    kind: str
    words: dict[str, str] = field(hash=False)

    @property
    def anchor(self) -> str:
        """Its anchor on the page about the text."""
        return f"history_{self.id}"

    def said(self, language: str) -> tuple[str, str]:
        """What is said of it in a language and which language that is; Chinese at need."""
        code = language if language in self.words else "zh"
        return self.words.get(code, ""), code


def history_from_file(path: Path, *, name: str) -> tuple[Change, ...]:
    """The changes in a history.toml, the latest first; none where there is no file.

    Raises DuizhaoError with everything that is wrong in it.
    """
    if not is_there(path):
        return ()
    toml = toml_from_file(path, name=name, code="history")
    problems = list(_faults(toml))
    if problems:
        raise DuizhaoError(problems)
    made = [
        Change(
            id=row["id"],
            date=str(row["date"]),
            kind=row["kind"],
            words={k: v.strip() for k, v in row.items() if k not in ("id", "date", "kind")},
        )
        for row in toml.data.get("change", [])
    ]
    return tuple(sorted(made, key=lambda change: (change.date, change.id), reverse=True))


def _faults(toml: TomlFile) -> Iterator[Problem]:
    code = "history-entry"
    if found := list(table_faults(toml, several=("change",), unknown=code, wrong=code)):
        yield from found
        return
    seen: set[str] = set()
    for n, row in enumerate(toml.data.get("change", [])):
        for key, value in row.items():
            place = toml.position("change", n, key)
            day = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
            if key == "date":
                if not day:
                    yield _fault(place, "`date` is not a date.", "write date = 2026-11-24")
            elif not isinstance(value, str) or not value.strip():
                yield _fault(place, f"`{key}` must be a text in quotation marks.", "write words")
            elif key == "kind" and value not in KINDS:
                yield _fault(place, f"`{value}` is no kind of change.", "write text or translation")
            elif key == "id" and (value in seen or not _ID.fullmatch(value)):
                hint = "use small letters, digits and hyphens, once"
                yield _fault(place, f"`{value}` cannot be the id of this change.", hint)
            elif key not in ("id", "kind") and language_fault(key):
                hint = "use id, date, kind, and languages such as zh or en"
                yield _fault(place, f"A change has no key `{key}`.", hint)
        seen.add(str(row.get("id", "")))
        for key in ("id", "date", "kind", "zh"):
            if key not in row:
                yield _fault(
                    toml.position("change", n), f"A change needs `{key}`.", f"add `{key} = …`"
                )


def _fault(place: Position, message: str, hint: str) -> Problem:
    return error("history-entry", place, message, hint)
