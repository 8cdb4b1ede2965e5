"""robots.txt: where programs find what there is."""

from __future__ import annotations


def robots_txt(base: str) -> str:
    """Everything may be read; the site map says what there is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"
