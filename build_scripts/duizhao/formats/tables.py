"""All laws as tables: JSON Lines, and SQLite with full-text search, for Datasette and others."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duizhao.citation import Cited, en_of, zh_of
from duizhao.edition import Unit, units
from duizhao.law import Law

#: what SQLite says of the disk, as the system says it
_REFUSED = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.ENOSPC,  # of a write that was cut short
    sqlite3.SQLITE_READONLY: errno.EACCES,
}


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
            "url": f"{base}zh/{law.id}/{_page(law, unit)}#{eid}",
            "zh": str(unit.text),
        }
        for code, pair in law.bilingual.items():
            made = pair.of(unit.eid)
            record[code] = made.text
            record[f"{code}_status"] = made.status
        record["notes"] = list(unit.text.notes)
        record["lines"] = list(unit.text.lines)
        yield record


def _page(law: Law, unit: Unit) -> str:
    leaf = law.leaf_of(unit.eid) or law.leaf_of(unit.eid.removesuffix("__heading"))
    return f"{leaf.slug}/" if leaf else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What a law gives to the tables: rows of each as JSON, and its units as JSON Lines."""

    laws: str
    units: str
    notes: str
    lines: str


def tables_of(law: Law, base: str) -> Tables:
    """The rows of one law; `base` is the site's address, or ""."""
    m = law.edition.metadata
    titles = [pair.of("title").text for pair in law.bilingual.values()]
    row = [law.id, m.title, *titles, m.kind, m.organ, m.region, m.adopted, m.promulgated]
    row += [m.effective, m.document_number, m.edition_date, law.witness.name, law.witness.sha256]
    listed = list(records(law, base))
    notes = [[law.id, n.id, n.kind, n.zh, n.quote, n.reading] for n in law.edition.notes]
    return Tables(
        laws=_json([row]),
        units=_json([_unit(record) for record in listed]),
        notes=_json(notes),
        lines="".join(f"{_json(record)}\n" for record in listed),
    )


def _unit(record: dict[str, Any]) -> list[Any]:
    """A record as a row of `units`, in which a list is written as JSON."""
    return [json.dumps(v) if isinstance(v, list) else v for v in record.values()]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def write_sqlite(path: Path, laws: Iterable[Tables], languages: Sequence[str]) -> None:
    """Write a database: `laws`, `units`, `notes`, and `search` (FTS5, trigrams) over the texts.

    `languages` are those of the translations.  The same laws give the same bytes with the
    same version of SQLite.  Raises OSError where the disk does not take it.
    """
    database = sqlite3.connect(path, isolation_level=None)
    try:
        _fill(database, laws, languages)
        database.execute("VACUUM")
    except sqlite3.OperationalError as reason:
        if (number := _REFUSED.get(reason.sqlite_errorcode & 0xFF)) is None:
            raise
        raise OSError(number, str(reason), str(path)) from reason
    finally:
        database.close()


def _fill(database: sqlite3.Connection, laws: Iterable[Tables], languages: Sequence[str]) -> None:
    columns = [name for code in languages for name in (code, f"{code}_status")]
    texts = ", ".join(f'"{name}" TEXT' for name in columns)
    titles = ", ".join(f'"title_{code}" TEXT' for code in ("zh", *languages))
    database.executescript(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; BEGIN;"
        f"CREATE TABLE laws (id TEXT PRIMARY KEY, {titles}, kind TEXT, organ TEXT, region TEXT,"
        " adopted TEXT, promulgated TEXT, effective TEXT, number TEXT, edition TEXT,"
        " witness TEXT, witness_sha256 TEXT);"
        "CREATE TABLE units (id INTEGER PRIMARY KEY, law TEXT REFERENCES laws(id), eid TEXT,"
        f" role TEXT, citation_zh TEXT, citation_en TEXT, url TEXT, zh TEXT, {texts},"
        " notes TEXT, lines TEXT, UNIQUE (law, eid));"
        "CREATE TABLE notes (law TEXT REFERENCES laws(id), id TEXT, kind TEXT, zh TEXT,"
        " quote TEXT, reading TEXT, PRIMARY KEY (law, id));"
    )
    named = {table: _columns(database, table) for table in ("laws", "units", "notes")}
    for law in laws:
        for table, rows in (("laws", law.laws), ("units", law.units), ("notes", law.notes)):
            _insert(database, table, named[table], rows)
    names = ", ".join(f'"{code}"' for code in ("zh", *languages))
    database.execute(  # the names are language codes, which `names` has checked
        f"CREATE VIRTUAL TABLE search USING fts5({names}, content='units', content_rowid='id',"
        " tokenize='trigram')"
    )
    database.execute("INSERT INTO search(search) VALUES ('rebuild')")
    database.execute("COMMIT")


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
