"""The site map, with each page in its other languages (sitemaps.org, xhtml:link).

Up to 50,000 addresses, and well below 50 MB, it is one file; beyond, `sitemap.xml` is an
index of `sitemap-1.xml` and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

MOST, LARGEST = 50_000, 45_000_000  # addresses and bytes of a file
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A page: its address, the day it is of, and (language tag, address) of each language."""

    url: str
    day: str
    others: tuple[tuple[str, str], ...] = ()


def sitemap_files(
    pages: Iterable[Address], base: str, *, most: int = MOST
) -> Iterator[tuple[str, str]]:
    """Path below the site's root and text of each file; `base` is the site's address.

    Pages are taken as they are needed, and a file at a time is held.
    """
    parts = _parts(pages, most)
    text, number = _text(next(parts)), 0
    for number, part in enumerate(parts, 1):
        yield f"sitemap-{number}.xml", text
        text = _text(part)
    if not number:
        yield "sitemap.xml", text
        return
    yield f"sitemap-{number + 1}.xml", text
    rows = (
        f" <sitemap><loc>{escape(base)}sitemap-{n}.xml</loc></sitemap>\n"
        for n in range(1, number + 2)
    )
    yield "sitemap.xml", f"{_HEAD}<sitemapindex {_SPACE}>\n{''.join(rows)}</sitemapindex>\n"


def _parts(pages: Iterable[Address], most: int) -> Iterator[list[str]]:
    part: list[str] = []
    size = 0
    for page in pages:
        row = _row(page)
        length = len(row.encode())
        if len(part) == most or size + length > LARGEST:
            yield part
            part, size = [], 0
        part.append(row)
        size += length
    yield part


def _text(rows: list[str]) -> str:
    space = f'{_SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"{_HEAD}<urlset {space}>\n{''.join(rows)}</urlset>\n"


def _row(page: Address) -> str:
    links = "".join(
        f'  <xhtml:link rel="alternate" hreflang="{tag}" href="{escape(url)}"/>\n'
        for tag, url in page.others
    )
    day = f"  <lastmod>{page.day}</lastmod>\n" if page.day else ""
    return f" <url>\n  <loc>{escape(page.url)}</loc>\n{day}{links} </url>\n"
