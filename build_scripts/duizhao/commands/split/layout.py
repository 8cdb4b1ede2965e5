"""Whose file a path of the site is: of the root, of one part, or of each."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from duizhao.commands.split.rule import part_of

ROOT = 0
EACH = -1
_SOURCE = "source"  # below a language: the pages of the witnesses
_OFFLINE = "offline"  # below a language: what is kept for reading without a network
_BY_LAW = ("data", "pdf")  # folders that have a folder for each law
_CARDS, _RECORDS = "assets/cards/", "assets/search"
_NOT_FOUND = "404.html"


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A divided site: its addresses, the root first; its languages; laws, renamed ones too."""

    addresses: tuple[str, ...]
    languages: tuple[str, ...]
    laws: frozenset[str]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The part of each law."""
        return {law: self.part(law) for law in sorted(self.laws)}

    def part(self, key: str) -> int:
        """The number of the part that a law lies at, or the page of a source of this name."""
        return part_of(key, len(self.addresses) - 1)

    def owner(self, path: str) -> int:
        """Whose a file or folder is, by its path below the site: ROOT, EACH or a part's number."""
        first, _, rest = path.strip("/").partition("/")
        second, _, third = rest.partition("/")
        if first in self.languages:
            if second == _OFFLINE:
                return EACH
            if second == _SOURCE:
                return self.part(third.partition("/")[0]) if third else ROOT
            return self.numbers.get(second, ROOT)
        if first in _BY_LAW:
            return self.numbers.get(second, ROOT)
        if path.startswith(_CARDS):
            return self.numbers.get(posixpath.splitext(path.removeprefix(_CARDS))[0], EACH)
        if first == "assets":
            return ROOT if path.startswith(_RECORDS + "/") or path == _RECORDS else EACH
        return EACH if path == _NOT_FOUND else ROOT

    def own_folders(self, paths: Iterable[str]) -> list[str]:
        """The names below a language that are the root's, or of each."""
        found = {
            path.split("/")[1]
            for path in paths
            if path.split("/")[0] in self.languages and self.owner(path) in (ROOT, EACH)
        }
        return sorted(found)


def folder_of(number: int) -> str:
    """The folder that a site is written to."""
    return f"part-{number}" if number else "root"


def laws_in(manifest: Mapping[str, Any]) -> frozenset[str]:
    """The ids of all laws of a site: an edition lies in a folder of its law's name."""
    return frozenset(
        posixpath.basename(posixpath.dirname(path))
        for path, row in manifest["inputs"].items()
        if row.get("kind") == "edition"
    )
