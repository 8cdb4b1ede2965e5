"""What is made of all laws together, and taken as it stands where nothing that it is made of changed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duizhao.building.laws.anew import Step, why
from duizhao.building.laws.bars import noticed
from duizhao.building.laws.law_work import name_digest, tools
from duizhao.building.whole.published import Published, Wanted
from duizhao.ground.problem_words import said
from duizhao.ground.problems import phrase
from duizhao.ground.store import Store
from duizhao.site.kept_laws import digest_of_object

#: What there is of this kind, as a person calls it.
ARCHIVE, INDEX = phrase("archive of the site"), phrase("index of search")
LISTS, PAGES, TABLES = (
    phrase("list of laws"),
    phrase("pages of no law"),
    phrase("tables of all laws"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Path, size and SHA-256 of each file, and a text that goes with them.

    `mended` says that most was taken from what was made before.
    """

    files: tuple[Wanted, ...] = field(repr=False)
    text: str = field(default="", repr=False)
    mended: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wholes:
    """Writes such files into the site in `target`; `folder` is that of the cache.

    `published` is the site whose place it takes, from which files are linked.  What was made
    is noted when the site is published (`keep`): until then the notes are of the one before.
    `steps` tell of each what was done and why.
    """

    target: Path
    published: Published
    folder: Path
    steps: dict[str, Step] = field(default_factory=dict, init=False, repr=False)
    _notes: dict[str, bytes] = field(default_factory=dict, init=False, repr=False)

    def written(self, name: str, made_of: Mapping[str, object], make: Callable[[], Whole]) -> Whole:
        """What `make` writes, which is made of plain objects; `name` is what it is kept under.

        It is not called where the published site has the same, and all of its files still stand.
        `made_of` has what it is made of by the names of `anew.PARTS`.
        """
        parts = {part: digest_of_object(some) for part, some in made_of.items()}
        parts["tools"] = tools()
        note = self._note(name)
        before = note.get("parts")
        if before == parts:
            last = _whole(note)
            if self.published.all_linked(self.target, last.files):
                self.steps[name] = Step(name=name)
                return last
        reasons = why(before, parts)
        doing = said(name)
        with noticed(said(f"making: {doing} …")):
            made = make()
        self.steps[name] = Step(name=name, why=reasons, mended=made.mended)
        note = {"parts": parts, "files": made.files, "text": made.text}
        self._notes[name] = json.dumps(note, ensure_ascii=False).encode()
        return made

    def keep(self, target: Path) -> None:
        """Note what was made, which stands in `target` now."""
        for name, note in self._notes.items():
            self._store.put(kept_as(name, target, self._store), note)

    def before(self, name: str) -> Whole | None:
        """What was made for the published site by the same tools, if all of it stands there."""
        note = self._note(name)
        if note.get("parts", {}).get("tools") != tools():
            return None
        last = _whole(note)
        return last if all(map(self.published.holds, last.files)) else None

    @property
    def _store(self) -> Store:
        return Store(self.folder / "last")

    def _note(self, name: str) -> dict[str, Any]:
        kept = self._store.get(kept_as(name, self.published.folder, self._store))
        note: dict[str, Any] = json.loads(kept or b"{}")
        return note


def kept_as(name: str, site: Path, store: Store) -> str:
    """What a note on a published site is kept under, also where site and cache are moved together."""
    return name_digest(f"\n{name}\n{os.path.relpath(site, store.folder)}")  # of no task


def _whole(note: dict[str, Any]) -> Whole:
    files = tuple((path, size, sha256) for path, size, sha256 in note["files"])
    return Whole(files=files, text=note["text"])
