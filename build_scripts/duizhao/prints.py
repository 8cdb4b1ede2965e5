"""Prints: the PDFs of all laws, set again only where their input changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from duizhao.pipeline import Site


def prints(site: Site, site_url: str, cache: Path) -> Iterator[tuple[str, bytes]]:
    """Each print as (path below the site's root, bytes)."""
    del site, site_url, cache
    yield from ()
