"""Databases of SQLite; what a disk refuses is said as the system says it."""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

#: What SQLite says of the disk, as the system says it.
_REFUSED = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.ENOSPC,  # of a write that was cut short
    sqlite3.SQLITE_READONLY: errno.EACCES,
}


@contextmanager
def written(path: Path | None = None) -> Iterator[sqlite3.Connection]:
    """A new database, written in one transaction; without a path it is gone when it is closed.

    Such a one waits on disk where memory is short.  `executescript` would end the transaction.
    Raises OSError where the disk does not take it.
    """
    with closing(sqlite3.connect(path or "", isolation_level=None, uri=True)) as database:
        try:
            database.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; BEGIN;")
            yield database
            database.execute("COMMIT")
        except sqlite3.OperationalError as reason:
            if (number := _REFUSED.get(reason.sqlite_errorcode & 0xFF)) is None:
                raise
            raise OSError(number, str(reason), str(path or tempfile.gettempdir())) from reason
