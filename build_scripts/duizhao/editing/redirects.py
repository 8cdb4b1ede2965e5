"""`seeds/redirects.toml`: where a law or a provision is now whose identifier has changed.

::

    [[renamed]]                    a law: every page of the old id leads to the new one
    from = "old-id"
    to = "new-id"
    date = 2026-12-01

    [[renamed]]                    an article, or a part of one; `law` is the law's id now
    law = "new-id"
    from = "art_18__para_u1"
    to = "art_18__para_2"
    date = 2026-12-01

What is renamed twice leads to its last name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from duizhao.ground.input_file import is_there
from duizhao.ground.names import law_id_fault
from duizhao.ground.problems import DuizhaoError, Position, Problem, error, phrase
from duizhao.ground.toml_file import TomlFile, table_faults, toml_from_file
from duizhao.parser.edition import Edition, articles, gaps, units

NAME = "redirects.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """A name that was published, `old`, and what it led to on `date` (ISO 8601).

    `law` is the law of a provision, "" where a law itself was renamed.
    """

    law: str
    old: str
    new: str
    date: str
    place: Position = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Redirects:
    """All that was renamed, in the order of the file."""

    entries: tuple[Renamed, ...] = ()

    def of(self, law: str = "") -> dict[str, Renamed]:
        """What was renamed in a law (or laws, for ""), by its old name; `new` is the last name."""
        mine = {each.old: each for each in self.entries if each.law == law}
        return {old: replace(each, new=_last(old, mine)) for old, each in mine.items()}

    def within(self, law: str) -> Redirects:
        """What was renamed in a law, alone."""
        return Redirects(tuple(each for each in self.entries if each.law == law))


def _last(old: str, mine: Mapping[str, Renamed]) -> str:
    """The last name of what was `old`; reading the file has refused circles."""
    while old in mine:
        old = mine[old].new
    return old


def redirects_from_file(path: Path, *, name: str) -> Redirects:
    """Read the file; without one nothing was renamed.  Raises DuizhaoError with all its faults."""
    if not is_there(path):
        return Redirects()
    toml = toml_from_file(path, name=name, code="redirects")
    problems = list(_faults(toml))
    if problems:
        raise DuizhaoError(problems)
    return Redirects(
        tuple(
            Renamed(
                law=row.get("law", ""),
                old=row["from"],
                new=row["to"],
                date=str(row["date"]),
                place=toml.position("renamed", n, "from"),
            )
            for n, row in enumerate(toml.data.get("renamed", []))
        )
    )


def _faults(toml: TomlFile) -> Iterator[Problem]:
    code = "redirects-entry"
    if found := list(table_faults(toml, several=("renamed",), unknown=code, wrong=code)):
        yield from found
        return
    led: dict[tuple[str, str], str] = {}
    for n, row in enumerate(toml.data.get("renamed", [])):
        yield from _of_row(toml, n, row)
        law, old, new = (str(row.get(key, "")) for key in ("law", "from", "to"))
        place = toml.position("renamed", n, "from")
        if (law, old) in led:
            yield _fault(place, f"`{old}` is renamed twice.", "let one entry stand")
        led[law, old] = new
        seen = {old}
        while new and new not in seen:
            seen.add(new)
            new = led.get((law, new), "")
        if new:
            yield _fault(place, f"`{old}` leads to itself.", "name where it is now")


def _of_row(toml: TomlFile, n: int, row: Mapping[str, object]) -> Iterator[Problem]:
    for key, value in row.items():
        place = toml.position("renamed", n, key)
        if key not in ("law", "from", "to", "date"):
            yield _fault(place, f"An entry has no key `{key}`.", "use law, from, to, date")
        elif key == "date":
            if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
                yield _fault(place, "`date` is not a date.", "write date = 2026-12-01")
        elif not isinstance(value, str) or not value:
            yield _fault(place, f"`{key}` must be a text in quotation marks.", "write a name")
        elif (key == "law" or "law" not in row) and law_id_fault(value):
            hint = "use small letters, digits, hyphens; a provision needs `law` too"
            yield _fault(place, f"`{value}` cannot be the id of a law.", hint)
    for key in ("from", "to", "date"):
        if key not in row:
            place = toml.position("renamed", n)
            yield _fault(place, f"An entry needs `{key}`.", f"add `{key} = …`")


def _fault(place: Position, message: str, hint: str) -> Problem:
    return error("redirects-entry", place, message, hint)


def check_laws(redirects: Redirects, ids: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the renamed laws, and with provisions of laws that are not there."""
    yield from _unfit(redirects.of(), ids, ids, phrase("the id of a law of this site"))
    for law in dict.fromkeys(each.law for each in redirects.entries if each.law):
        if law not in ids:
            place = next(each.place for each in redirects.entries if each.law == law)
            message = f"`{law}` is not the id of a law of this site."
            hint = "write the id that the law has now under `law`"
            yield error("redirects-target", place, message, hint)


def with_redirects(edition: Edition, redirects: Redirects) -> Edition:
    """The edition with its old identifiers as aliases.  DuizhaoError where they do not fit it."""
    mine = redirects.of(edition.law_id)
    if not mine:
        return edition
    used = identifiers(edition)
    inside = {eid for eid in used if eid.startswith("art_")}
    problems = list(_unfit(mine, used, inside, phrase("an article of this law, or a part of one")))
    if problems:
        raise DuizhaoError(problems)
    led = tuple((old, each.new) for old, each in mine.items())
    return replace(edition, aliases=(*edition.aliases, *led))


def _unfit(
    mine: Mapping[str, Renamed], used: Collection[str], targets: Collection[str], what: str
) -> Iterator[Problem]:
    for old, each in mine.items():
        if old in used:
            message = f"`{old}` is still in use."
            yield error("redirects-taken", each.place, message, "leave the entry out")
        if each.new not in targets:
            message = f"`{each.new}`, to which `{old}` leads, is not {what}."
            hint = "name where it is now"
            yield error("redirects-target", each.place, message, hint)


def identifiers(edition: Edition) -> set[str]:
    """Every identifier of an edition that has an anchor of its own, rejected numbers too."""
    lacunae = list(gaps(edition.body))
    return {
        *(unit.eid.removesuffix("__heading") for unit in units(edition)),
        *(article.eid for article in articles(edition.body)),
        *(gap.eid for gap in lacunae),
        *(eid for gap in lacunae for eid in gap.missing),
        *(omitted for omitted, _ in edition.aliases),
    }
