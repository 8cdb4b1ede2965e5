"""Tables of all laws and entries for reference managers: complete, the same bytes, read back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.property.made import CHARACTERS, corpora_editions, pairs, untranslated

from duizhao.ground.problems import DuizhaoError
from duizhao.languages.bilingual import STATUSES, Bilingual
from duizhao.languages.law import Law
from duizhao.languages.leaves import leaves
from duizhao.parser.edition import Event, Metadata, units
from duizhao.site.pipeline import Site
from duizhao.writers.formats.bibliography import bibtex, bibtex_fields, csl, read_bibtex
from duizhao.writers.formats.tables import (
    Earlier,
    OfLaw,
    Rows,
    lines_of,
    records,
    rows_of,
    write_sqlite,
)

BASE = "https://example.org/"


def json_lines(laws: Iterable[Law], base: str) -> str:
    return "".join(lines_of(records(law, base)) for law in laws)


def read_rows(laws: Iterable[Law], base: str) -> list[OfLaw]:
    return [(law.id, partial(_rows, law, base)) for law in laws]


def _rows(law: Law, base: str) -> Rows:
    return rows_of(law, list(records(law, base)))


def sqlite_file(laws: Iterable[Law], base: str, languages: tuple[str, ...]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "laws.sqlite"
        write_sqlite(path, read_rows(laws, base), languages)
        return path.read_bytes()


def wanted(site: Site) -> list[tuple[str, str, str, str]]:
    return [
        (law.id, unit.eid, str(unit.text), law.bilingual["en"].of(unit.eid).text)
        for law in site.laws
        for unit in units(law.edition)
    ]


def test_json_lines_has_every_unit(real: Site, tiny: Site) -> None:
    for site in (real, tiny):
        rows = [json.loads(line) for line in json_lines(site.laws, BASE).splitlines()]
        assert [(r["law"], r["eid"], r["zh"], r["en"]) for r in rows] == wanted(site)
        assert all(r["en_status"] in STATUSES for r in rows)
        for row in rows:
            law = site.law(row["law"])
            eid = row["url"].rpartition("#")[2]
            leaf = law.leaf_of(eid)
            assert row["url"].startswith(f"{BASE}zh/{law.id}/{f'{leaf.slug}/' if leaf else ''}#")


def opened(site: Site, tmp_path: Path) -> sqlite3.Connection:
    data = sqlite_file(site.laws, BASE, ("en",))
    assert data == sqlite_file(site.laws, BASE, ("en",))
    path = tmp_path / "laws.sqlite"
    path.write_bytes(data)
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def test_the_database_has_every_unit_and_finds_it(real: Site, tmp_path: Path) -> None:
    database = opened(real, tmp_path)
    try:
        rows = database.execute("SELECT law, eid, zh, en FROM units ORDER BY id").fetchall()
        assert rows == wanted(real)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for words, column in (("负面清单", 2), ("negative list", 3)):
            found = database.execute(
                "SELECT law, eid FROM search JOIN units ON units.id = search.rowid"
                " WHERE search MATCH ? ORDER BY units.id",
                (f'"{words}"',),
            ).fetchall()
            direct = [r[:2] for r in wanted(real) if words in r[column].lower()]
            assert found == direct
            assert found
        notes = database.execute("SELECT law, id FROM notes").fetchall()
        assert sorted(notes) == sorted((w.id, n.id) for w in real.laws for n in w.edition.notes)
    finally:
        database.close()


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (1,), (0,)])
def test_rows_taken_from_an_earlier_database_make_the_same(
    real: Site, tiny: Site, order: tuple[int, ...], tmp_path: Path
) -> None:
    """Whichever laws are new, gone or elsewhere."""
    before, now = (*real.laws, *tiny.laws), (*reversed(tiny.laws), *real.laws)
    path, again = tmp_path / "earlier.sqlite", tmp_path / "again.sqlite"
    path.write_bytes(sqlite_file([before[n] for n in order], BASE, ("en",)))
    same = [before[0].id, "unknown"]
    read: list[str] = []

    def noted(law_id: str, rows: Callable[[], Rows]) -> Rows:
        read.append(law_id)
        return rows()

    laws = [(law_id, partial(noted, law_id, rows)) for law_id, rows in read_rows(now, BASE)]
    write_sqlite(again, laws, ("en",), Earlier(path=path, same=same))
    assert again.read_bytes() == sqlite_file(now, BASE, ("en",))
    assert read == [law.id for law in now if law is not before[0] or 0 not in order]


WORDS = st.text(CHARACTERS, max_size=20)


@given(st.builds(Metadata, title=WORDS, organ=WORDS, document_number=WORDS), WORDS)
def test_bibtex_is_read_back(metadata: Metadata, title: str) -> None:
    text = bibtex("law", metadata, title, BASE)
    assert read_bibtex(text, "law.bib") == bibtex_fields(metadata, title, BASE)
    assert text.count("{") == text.count("}")


def test_bibtex_masks_what_tex_reads() -> None:
    made = bibtex("x", Metadata(title="100% {a} \\ & _ #"), "", "")
    assert r"100\% \textbraceleft{}a\textbraceright{} \textbackslash{} \& \_ \#" in made


def test_bibtex_changed_into_something_else_is_refused() -> None:
    made = bibtex("x", Metadata(title="a", organ="b"), "", "")
    with pytest.raises(DuizhaoError) as reason:
        read_bibtex(made.replace("author =", "author:"), "law.bib")
    problem = reason.value.problems[0]
    assert (problem.code, problem.position.line) == ("bibtex-syntax", 3)


def test_the_entry_of_a_law(real: Site) -> None:
    law = real.laws[0]
    (entry,) = json.loads(csl(law.id, law.edition.metadata, "x", f"{BASE}zh/{law.id}/"))
    assert entry["type"] == "legislation"
    assert entry["title"] == law.edition.metadata.title
    assert entry["issued"] == {"date-parts": [[2024, 9, 26]]}
    assert "original-date" not in entry
    assert entry["URL"] == f"{BASE}zh/{law.id}/"


def test_an_amended_law_is_of_the_date_of_its_wording() -> None:
    """A text of 2020 was cited as of 1984."""
    law = Metadata(
        title="某法",
        adopted="1984-03-12",
        effective="1985-04-01",
        events=(
            Event(kind="adopted", date="1984-03-12"),
            Event(kind="amended", date="2020-10-17"),
            Event(kind="amended", date="2008-12-27"),
            Event(kind="effective", date="2021-06-01"),
        ),
    )
    (entry,) = json.loads(csl("x", law, "", BASE))
    assert entry["issued"] == {"date-parts": [[2020, 10, 17]]}
    assert entry["original-date"] == {"date-parts": [[1984, 3, 12]]}
    fields = bibtex_fields(law, "", BASE)
    assert (fields["date"], fields["origdate"]) == ("2020-10-17", "1984-03-12")


def _law(tiny: Site, pair: Bilingual) -> Law:
    """A law of an edition that was made; its witness and decisions are another's."""
    (law, *_) = tiny.laws
    edition = pair.edition
    return replace(law, edition=edition, bilingual={"en": pair}, leaves=leaves(edition))


@settings(max_examples=25, suppress_health_check=[*HealthCheck])
@given(pairs())
def test_any_edition_stands_in_the_tables_unit_by_unit(tiny: Site, pair: Bilingual) -> None:
    laws = (_law(tiny, pair),)
    wanted = [(u.eid, str(u.text), pair.of(u.eid).text) for u in units(pair.edition)]
    lines = json_lines(laws, BASE)
    assert lines.count("\n") == len(wanted)
    rows = [json.loads(line) for line in lines.split("\n")[:-1]]
    assert [(r["eid"], r["zh"], r["en"]) for r in rows] == wanted
    database = sqlite3.connect(":memory:")
    database.deserialize(sqlite_file(laws, BASE, ("en",)))
    rows = database.execute("SELECT eid, zh, en FROM units ORDER BY id").fetchall()
    assert rows == wanted
    found = database.execute("SELECT count(*) FROM search").fetchone()
    assert found == (len(wanted),)
    database.close()


@pytest.mark.corpora
def test_laws_of_the_corpora_stand_in_the_tables(root: Path, tiny: Site) -> None:
    for edition in corpora_editions(root):
        laws = (_law(tiny, untranslated(edition)),)
        wanted = [(u.eid, str(u.text)) for u in units(edition)]
        lines = json_lines(laws, BASE).split("\n")[:-1]
        assert [(r["eid"], r["zh"]) for r in map(json.loads, lines)] == wanted
        database = sqlite3.connect(":memory:")
        database.deserialize(sqlite_file(laws, BASE, ("en",)))
        assert database.execute("SELECT eid, zh FROM units ORDER BY id").fetchall() == wanted
        database.close()


def test_a_line_of_the_contents_has_the_address_of_the_contents(tiny: Site) -> None:
    found = {each["eid"]: each["url"] for each in records(tiny.laws[0], BASE)}
    first = f"{BASE}zh/example-parks/"
    assert found["toc__chp_1"] == f"{first}#toc"
    assert found["title"] == f"{first}#title"
    assert found["chp_1__heading"] == f"{first}chapter-1/#chp_1"
