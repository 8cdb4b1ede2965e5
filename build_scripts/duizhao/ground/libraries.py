"""The libraries that decide the bytes of a site, beside this package's own code."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

LIBRARIES = (
    "babel",
    "cmarkgfm",
    "fontpkg-noto-sans",
    "fontpkg-noto-serif",
    "jinja2",
    "lxml",
    "markdown",
    "mkdocs",
    "mkdocs-material",
    "numpy",
    "opencc",
    "pikepdf",
    "polib",
    "pylopdf-fonts-zh-cn",
    "pypinyin",
    "python-docx",
    "rjieba",
    "snowballstemmer",
    "typst",
)


@cache
def library_versions() -> dict[str, str]:
    """Their versions here, by name."""
    return {name: version(name) for name in LIBRARIES}
