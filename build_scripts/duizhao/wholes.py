"""What is made of all laws together, and taken as it stands where nothing that it is made of changed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duizhao.kept_laws import digest_of_object
from duizhao.law_work import name_digest, tools
from duizhao.published import Published, Wanted
from duizhao.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Path, size and SHA-256 of each file, and a text that goes with them."""

    files: tuple[Wanted, ...] = field(repr=False)
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wholes:
    """Writes such files into the site in `target`; `folder` is that of the cache.

    `published` is the site whose place it takes, from which files are linked.  What was made
    is noted when the site is published (`keep`): until then the notes are of the one before.
    """

    target: Path
    published: Published
    folder: Path
    _notes: dict[str, bytes] = field(default_factory=dict, init=False, repr=False)

    def written(self, name: str, made_of: object, make: Callable[[], Whole]) -> Whole:
        """What `make` writes, which is made of plain objects; `name` is what it is kept under.

        It is not called where the published site has the same, and all of its files still stand.
        """
        key = digest_of_object((tools(), made_of))
        said = self._said(name)
        if said.get("key") == key:
            last = _whole(said)
            if self.published.all_linked(self.target, last.files):
                return last
        made = make()
        said = {"tools": tools(), "key": key, "files": made.files, "text": made.text}
        self._notes[name] = json.dumps(said, ensure_ascii=False).encode()
        return made

    def keep(self, target: Path) -> None:
        """Note what was made, which stands in `target` now."""
        for name, note in self._notes.items():
            self._store.put(kept_as(name, target, self._store), note)

    def before(self, name: str) -> Whole | None:
        """What was made for the published site by the same tools, if all of it stands there."""
        said = self._said(name)
        if said.get("tools") != tools():
            return None
        last = _whole(said)
        return last if all(map(self.published.holds, last.files)) else None

    @property
    def _store(self) -> Store:
        return Store(self.folder / "last")

    def _said(self, name: str) -> dict[str, Any]:
        kept = self._store.get(kept_as(name, self.published.folder, self._store))
        said: dict[str, Any] = json.loads(kept or b"{}")
        return said


def kept_as(name: str, site: Path, store: Store) -> str:
    """What a note on a published site is kept under, also where site and cache are moved together."""
    return name_digest(f"\n{name}\n{os.path.relpath(site, store.folder)}")  # of no task


def _whole(said: dict[str, Any]) -> Whole:
    files = tuple((path, size, sha256) for path, size, sha256 in said["files"])
    return Whole(files=files, text=said["text"])
