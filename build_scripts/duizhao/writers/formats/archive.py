"""Zip files that are the same bytes for the same content."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO

_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can say


def zipped(files: Iterable[tuple[str, bytes]], *, stored: frozenset[str] = frozenset()) -> bytes:
    """The files in their order; those in `stored` are not compressed."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, _DAY)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, how, 9)
    return out.getvalue()
