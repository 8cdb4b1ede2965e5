"""The division before this one, from which a site takes the files that stay as they are.

What a file is made of is its file in the undivided site, and what is the same for all of
them: where everything lies, and the program.  The manifest of a part has the digest of both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from duizhao.building.whole.manifest import NAME, code_digest, measured
from duizhao.building.whole.published import Published, published_from_folder
from duizhao.commands.split.layout import Layout
from duizhao.commands.verify import manifest_in
from duizhao.ground.folders import files_below
from duizhao.ground.problems import DuizhaoError


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """One site of the division before: what stands there, and what each file was `made_of`.

    That is a SHA-256 by path, of those alone that this division would make in the same way.
    """

    published: Published
    made_of: Mapping[str, str] = field(repr=False)

    def taken(self, site: Path, path: str, digest: str) -> bool:
        """Link a file into `site` if it was made of what has that digest; whether it was."""
        now = self.published.files.get(path)
        if now is None or self.made_of.get(path) != digest:
            return False
        return self.published.link(site, (path, *now))

    def settled(self, site: Path) -> dict[str, tuple[int, str]]:
        """Size and SHA-256 of each file of a finished site; those that came out as they were are linked."""
        found = {}
        for path in files_below(site):
            if path in self.published.taken:
                found[path] = self.published.files[path]
            elif path != NAME:
                found[path] = measured(site / path)
                self._keep(site, path, *found[path])
        return found

    def _keep(self, site: Path, path: str, size: int, digest: str) -> None:
        if self.published.holds((path, size, digest)):
            made = (site / path).rename(site / f"{path}.made")
            if self.published.link(site, (path, size, digest)):
                made.unlink()
            else:  # not every disk has links
                made.rename(site / path)


def before_from_folder(folder: Path, division: str) -> Before:
    """What stands in the folder of a site; nothing where no division has made it."""
    try:
        manifest = manifest_in(folder)
    except DuizhaoError:
        return Before(published=Published(), made_of={})
    same = manifest["options"].get("division") == division
    rows = manifest["outputs"].items() if same else ()
    made_of = {path: row.get("of", row["sha256"]) for path, row in rows}
    return Before(published=published_from_folder(folder), made_of=made_of)


def division_digest(layout: Layout, sites: str) -> str:
    """The digest of all that decides, beside a file itself, what becomes of it; `sites` is the script."""
    parts = layout.addresses, layout.languages, sorted(layout.laws), sites, code_digest()
    return hashlib.sha256(repr(parts).encode()).hexdigest()
