"""The files of all laws together: JSON Lines, SQLite, the schema, and the index of every file.

Each law gives its `Share` where its own files are made; here the shares are put together
one after another, so that memory does not grow with the number of laws.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any, Protocol

from duizhao.ground.chunks import divided, joined
from duizhao.languages.law import Law
from duizhao.writers.akn import expression_of
from duizhao.writers.akn.meta import expression_uri, work_uri
from duizhao.writers.downloads import FOLDER, FORMATS, INDEX, Download, Listed
from duizhao.writers.formats.json_law import SCHEMA, schema
from duizhao.writers.formats.tables import (
    Earlier,
    OfLaw,
    Rows,
    lines_of,
    records,
    rows_of,
    write_sqlite,
)

LINES, DATABASE = f"{FOLDER}/laws.jsonl", f"{FOLDER}/laws.sqlite"
_MEDIA = {
    "jsonl": "application/jsonl",
    "sqlite": "application/vnd.sqlite3",
    "json-schema": "application/schema+json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a law gives to these files: rows, JSON Lines, its entry in the index as JSON."""

    rows: Rows
    lines: str
    entry: str


class Given(Protocol):
    """What all laws give, in their order, anew each time it is asked for."""

    def rows(self) -> Iterable[OfLaw]:
        """The rows of each law, where they are asked for."""

    def lines(self) -> Iterable[bytes]:
        """The JSON Lines of each law."""

    def entries(self) -> Iterable[str]:
        """The entry of each law."""


def share_of(law: Law, files: Sequence[Download | Listed], base: str) -> Share:
    """The share of a law whose own files are given; `base` is the site's address, or ""."""
    listed = list(records(law, base))
    return Share(
        rows=rows_of(law, listed),
        lines=lines_of(listed),
        entry=json.dumps(_law(law, files), ensure_ascii=False, indent=1),
    )


def rows_to_bytes(rows: Rows) -> bytes:
    """Rows to be kept."""
    return joined(text.encode("utf-8") for text in (rows.laws, rows.units, rows.notes))


def rows_from_bytes(data: bytes) -> Rows:
    """The rows that were kept."""
    laws, units, notes = (part.decode("utf-8") for part in divided(data))
    return Rows(laws=laws, units=units, notes=notes)


def whole_files() -> tuple[Download, ...]:
    """The files of all laws together, empty: which there are, for the page of a law.

    The last of them is the index, which has the digests of the others.
    """
    named = ((LINES, "jsonl"), (DATABASE, "sqlite"), (f"{FOLDER}/{SCHEMA}", "json-schema"))
    return (
        *(Download(path=path, format=form, language="", data=b"") for path, form in named),
        Download(path=INDEX, format="index", language="", data=b""),
    )


def write_whole(
    site: Path, given: Given, languages: Sequence[str], base: str, earlier: Earlier | None = None
) -> list[Listed]:
    """Write `whole_files` into a site and list them; `languages` are those of the translations.

    Rows that have not changed are taken from the `earlier` database.
    """
    (site / FOLDER).mkdir(parents=True, exist_ok=True)
    write_sqlite(site / DATABASE, given.rows(), languages, earlier)
    with (site / LINES).open("wb") as lines:
        lines.writelines(given.lines())
    (site / FOLDER / SCHEMA).write_text(schema(), encoding="utf-8", newline="\n")
    *files, index = whole_files()
    listed = [_listed(site, each) for each in files]
    with (site / INDEX).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_index(list(map(_file, listed)), given.entries(), base))
    return [*listed, _listed(site, index)]


def _listed(site: Path, each: Download) -> Listed:
    path = site / each.path
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    return Listed(
        path=each.path, format=each.format, language=each.language, size=size, sha256=digest
    )


def _index(files: list[dict[str, Any]], entries: Iterable[str], base: str) -> Iterator[str]:
    """The index as `json.dumps` would write it with an indent of one, law by law."""
    head = {"format": "duizhao-index", "version": 1, "base": base, "files": files, "laws": []}
    start, _, end = json.dumps(head, ensure_ascii=False, indent=1).rpartition("[]")
    yield f"{start}["
    between = "\n  "
    for entry in entries:
        yield between + entry.replace("\n", "\n  ")
        between = ",\n  "
    yield f"\n ]{end}\n"


def _law(law: Law, files: Sequence[Download | Listed]) -> dict[str, Any]:
    metadata = law.edition.metadata
    witness = (law.witness.name, law.witness.sha256)
    expressions = []
    for code in ("zh", *law.bilingual):
        pair = law.bilingual.get(code)
        title = pair.of("title").text if pair else metadata.title
        made = expression_of(law.edition, pair, witness=witness)
        expressions.append(
            {
                "language": code,
                "title": title,
                "uri": expression_uri(made),
                "page": f"{code}/{law.id}/",
                **({"units": pair.counts()} if pair else {}),
                "files": [_file(each) for each in files if each.language == code],
            }
        )
    return {
        "id": law.id,
        "uri": work_uri(metadata, law.id),
        "kind": metadata.kind,
        "edition": metadata.edition_date,
        "witness": {"name": witness[0], "sha256": witness[1]},
        "expressions": expressions,
        "files": [_file(each) for each in files if each.language not in ("zh", *law.bilingual)],
    }


def _file(each: Download | Listed) -> dict[str, Any]:
    media = FORMATS[each.format].media if each.format in FORMATS else _MEDIA[each.format]
    _, _, other = each.language.partition("-") if each.language.startswith("zh-") else ("", "", "")
    return {
        "format": each.format,
        **({"languages": ["zh", other]} if other else {}),
        "path": each.path,
        "type": media,
        "bytes": each.size,
        "sha256": each.sha256,
    }
