"""A database that the disk does not take is told as the system tells it."""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from pathlib import Path

import pytest

from duizhao.ground.databases import written


def _too_large(path: Path | None) -> None:
    with written(path) as database:
        database.execute("PRAGMA max_page_count = 3")
        database.execute("CREATE TABLE x (y)")
        database.execute("INSERT INTO x VALUES (zeroblob(100000))")


@pytest.mark.parametrize("name", ["laws.sqlite", ""])
def test_a_full_disk(tmp_path: Path, name: str) -> None:
    path = tmp_path / name if name else None
    with pytest.raises(OSError, match="full") as caught:
        _too_large(path)
    assert caught.value.errno == errno.ENOSPC
    assert caught.value.filename == (str(path) if path else tempfile.gettempdir())


def test_a_fault_of_the_program_is_none_of_the_disk() -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), written() as database:
        database.execute("SELECT * FROM x")


def test_what_was_written_is_there(tmp_path: Path) -> None:
    path = tmp_path / "laws.sqlite"
    with written(path) as database:
        database.execute("CREATE TABLE x AS SELECT 1 AS y")
    assert sqlite3.connect(path).execute("SELECT y FROM x").fetchall() == [(1,)]
