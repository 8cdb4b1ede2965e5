"""All laws as tables: JSON Lines, and SQLite with full-text search, for Datasette and others."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duizhao.ground.databases import written
from duizhao.languages.citation import Cited, en_of, zh_of
from duizhao.languages.law import Law
from duizhao.parser.edition import units

#: The tables, and which of their columns has the id of a law.
_LAW = {"laws": "id", "units": "law", "notes": "law"}


def records(law: Law, base: str) -> Iterator[dict[str, Any]]:
    """One record a unit: law, identifier, citations, address, texts, status, notes, lines."""
    cited = law.cited
    for unit in units(law.edition):
        eid = unit.eid.removesuffix("__heading")
        place = cited.get(eid) or Cited(eid=eid, zh=zh_of(eid), en=en_of(eid))
        record: dict[str, Any] = {
            "law": law.id,
            "eid": unit.eid,
            "role": unit.role,
            "citation_zh": place.zh,
            "citation_en": place.en,
            "url": f"{base}zh/{law.id}/{_place(law, unit.eid)}",
            "zh": str(unit.text),
        }
        for code, pair in law.bilingual.items():
            made = pair.of(unit.eid)
            record[code] = made.text
            record[f"{code}_status"] = made.status
        record["notes"] = list(unit.text.notes)
        record["lines"] = list(unit.text.lines)
        yield record


def _place(law: Law, eid: str) -> str:
    """Where a unit stands below its law; the contents are one list on its first page."""
    target = eid.removesuffix("__heading")
    leaf = law.leaf_of(eid) or law.leaf_of(target)
    return f"{leaf.slug}/#{target}" if leaf else f"#{'toc' if target.startswith('toc') else target}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a law gives to each of the tables, as JSON."""

    laws: str
    units: str
    notes: str


def rows_of(law: Law, listed: Iterable[dict[str, Any]]) -> Rows:
    """The rows of a law whose `records` are given."""
    m = law.edition.metadata
    titles = [pair.of("title").text for pair in law.bilingual.values()]
    row = [law.id, m.title, *titles, m.kind, m.organ, m.region, m.adopted, m.promulgated]
    row += [
        m.effective,
        m.status,
        m.repealed,
        m.document_number,
        m.edition_date,
        law.witness.name,
        law.witness.sha256,
    ]
    notes = [[law.id, n.id, n.kind, n.zh, n.quote, n.reading] for n in law.edition.notes]
    units = [_unit(record) for record in listed]
    return Rows(laws=_json([row]), units=_json(units), notes=_json(notes))


def lines_of(listed: Iterable[dict[str, Any]]) -> str:
    """Records as JSON Lines."""
    return "".join(f"{_json(record)}\n" for record in listed)


def _unit(record: dict[str, Any]) -> list[Any]:
    """A record as a row of `units`, in which a list is written as JSON."""
    return [json.dumps(v) if isinstance(v, list) else v for v in record.values()]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


#: A law's id, and what reads its rows.
OfLaw = tuple[str, Callable[[], Rows]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The database that was written, with the same languages, of another state of the laws.

    `same` are the ids of those whose rows have not changed since.
    """

    path: Path
    same: Collection[str]


def write_sqlite(
    path: Path, laws: Iterable[OfLaw], languages: Sequence[str], earlier: Earlier | None = None
) -> None:
    """Write a database: `laws`, `units`, `notes`, and `search` (FTS5, trigrams) over the texts.

    `languages` are those of the translations; rows of the same laws are taken from the
    `earlier` database.  The same laws give the same bytes with the same version of SQLite.
    Raises OSError where the disk does not take it.
    """
    with written(path) as database:
        _fill(database, laws, languages, _Taken(database, earlier) if earlier else None)


def _fill(
    database: sqlite3.Connection,
    laws: Iterable[OfLaw],
    languages: Sequence[str],
    taken: _Taken | None,
) -> None:
    columns = [name for code in languages for name in (code, f"{code}_status")]
    texts = ", ".join(f'"{name}" TEXT' for name in columns)
    titles = ", ".join(f'"title_{code}" TEXT' for code in ("zh", *languages))
    database.execute(
        f"CREATE TABLE laws (id TEXT PRIMARY KEY, {titles}, kind TEXT, organ TEXT, region TEXT,"
        " adopted TEXT, promulgated TEXT, effective TEXT, status TEXT, repealed TEXT, number TEXT, edition TEXT,"
        " witness TEXT, witness_sha256 TEXT)"
    )
    database.execute(
        "CREATE TABLE units (id INTEGER PRIMARY KEY, law TEXT REFERENCES laws(id), eid TEXT,"
        f" role TEXT, citation_zh TEXT, citation_en TEXT, url TEXT, zh TEXT, {texts},"
        " notes TEXT, lines TEXT, UNIQUE (law, eid))"
    )
    database.execute(
        "CREATE TABLE notes (law TEXT REFERENCES laws(id), id TEXT, kind TEXT, zh TEXT,"
        " quote TEXT, reading TEXT, PRIMARY KEY (law, id))"
    )
    named = {table: _columns(database, table) for table in _LAW}
    for law_id, read in laws:
        if taken and taken.has(law_id):
            for table, columns in named.items():
                taken.insert(law_id, table, columns)
        else:
            rows = read()
            for table, columns in named.items():
                _insert(database, table, columns, getattr(rows, table))
    names = ", ".join(f'"{code}"' for code in ("zh", *languages))
    database.execute(  # the names are language codes, which `names` has checked
        f"CREATE VIRTUAL TABLE search USING fts5({names}, content='units', content_rowid='id',"
        " tokenize='trigram')"
    )
    # The parts of the index are not merged while it grows, which takes as long again: there is
    # one for each of some seven laws, and a word is still found in milliseconds.
    database.execute("INSERT INTO search(search, rank) VALUES ('automerge', 0)")
    database.execute("INSERT INTO search(search, rank) VALUES ('crisismerge', 1000)")
    database.execute("INSERT INTO search(search) VALUES ('rebuild')")


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table, without the number of a row, which numbers itself."""
    listed = database.execute(f"PRAGMA table_info({table})")
    return [f'"{name}"' for _, name, kind, *_ in listed if kind != "INTEGER"]


def _insert(database: sqlite3.Connection, table: str, columns: Sequence[str], rows: str) -> None:
    """Add rows given as JSON: in one step, beside which other threads work."""
    into = f"INSERT INTO {table} ({', '.join(columns)})"
    if r"\u0000" in rows:  # there a text would end
        marks = ", ".join("?" * len(columns))
        database.executemany(f"{into} VALUES ({marks})", json.loads(rows))
    else:
        values = ", ".join(f"json_extract(value, '$[{n}]')" for n in range(len(columns)))
        database.execute(f"{into} SELECT {values} FROM json_each(?)", (rows,))  # noqa: S608 - own names


class _Taken:
    """Rows of an earlier database, which stand there law by law."""

    def __init__(self, database: sqlite3.Connection, earlier: Earlier) -> None:
        self._database, self._same = database, earlier.same
        database.execute("ATTACH ? AS earlier", (f"{earlier.path.as_uri()}?mode=ro&immutable=1",))
        self._rows = {table: self._spans(table, column) for table, column in _LAW.items()}

    def _spans(self, table: str, column: str) -> dict[str, tuple[int, int]]:
        """The first row of each law in a table, and the last."""
        found = self._database.execute(
            f"SELECT {column}, min(rowid), max(rowid) FROM earlier.{table} GROUP BY {column}"  # noqa: S608 - own names
        )
        return {law_id: (first, last) for law_id, first, last in found}

    def has(self, law_id: str) -> bool:
        """Whether the rows of a law are there, and the same."""
        return law_id in self._same and law_id in self._rows["laws"]

    def insert(self, law_id: str, table: str, columns: Sequence[str]) -> None:
        """Add a law's rows to a table, in their order; it may have none there."""
        if span := self._rows[table].get(law_id):
            names = ", ".join(columns)
            self._database.execute(
                f"INSERT INTO {table} ({names}) SELECT {names} FROM earlier.{table}"  # noqa: S608 - own names
                " WHERE rowid BETWEEN ? AND ? ORDER BY rowid",
                span,
            )
