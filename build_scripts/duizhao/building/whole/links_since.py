"""The links of a site that takes the place of one whose links all lead somewhere.

Of a page that is the same on both only what it leads to can have changed.  So the pages that
are new are read, and where no file is gone and no identifier, the others need not be.  Which
site was checked is kept by the digest of its manifest, which has those of all its files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from duizhao.building.laws.law_work import tools
from duizhao.building.whole.linkcheck import (
    Known,
    Within,
    check_links,
    dead_links,
    file_at,
    identifiers,
    links_within,
    nowhere,
)
from duizhao.building.whole.manifest import NAME, Digests, digest_of
from duizhao.building.whole.published import Published
from duizhao.building.whole.wholes import kept_as
from duizhao.ground.problems import Problem
from duizhao.ground.store import Store

_NAME = "links"
FEW = 300  # pages to be read; of more, reading what is known of all is as fast


def check_links_since(
    before: Published, target: Path, site: Path, files: Digests, known: Known, store: Store
) -> tuple[int, list[Problem]]:
    """What `check_links` gives of a site whose `files`, beside its manifest, are these.

    `before` is the site whose place it takes, that in `target`.  That this one was checked is
    kept in `store`.
    """
    problems = _since(before, site, files) if _checked(before, target, store) else None
    if problems is None:
        _, problems = check_links(site, known)
    if not problems:
        store.put(kept_as(_NAME, target, store), _mark(digest_of(site / NAME)))
    return sum(path.endswith(".html") for path in files), problems


def _checked(site: Published, target: Path, store: Store) -> bool:
    """Whether all links of a site were found to lead somewhere, by the same tools."""
    return bool(site.files) and store.get(kept_as(_NAME, target, store)) == _mark(site.manifest)


def _mark(manifest: str) -> bytes:
    return json.dumps([tools(), manifest]).encode()


def _since(before: Published, site: Path, files: Digests) -> list[Problem] | None:
    """What is wrong with the links of the pages that are new; None where that is not enough."""
    pages = {path for path in files if path.endswith(".html")}
    new = {path for path in pages if before.files.get(path) != files[path]}
    gone = before.files.keys() - files.keys()
    if gone or len(new) > FEW:
        return None
    within, problems = links_within(_read(site, new), new)
    if not _all_kept(before, within):
        return None
    names = {*files, NAME}
    led = (file_at(names, path) for path, fragment in within.outward if fragment)
    asked = {target for target in led if target in pages}
    if len(asked) > FEW:
        return None
    found = Within(ids={name: identifiers(html) for name, html in _read(site, asked)}, outward={})
    dead = [
        where
        for place in nowhere(within.outward, names, [found])
        for where in within.outward[place]
    ]
    problems += dead_links([*within.dead, *dead])
    return sorted(problems, key=lambda problem: problem.position.file)


def _read(site: Path, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    return ((path, (site / path).read_bytes()) for path in sorted(paths))


def _all_kept(before: Published, now: Within) -> bool:
    """Whether pages have all identifiers that they had, as far as that is known."""
    return all(
        (had := _identifiers_before(before, path)) is not None and had.issubset(ids)
        for path, ids in now.ids.items()
        if path in before.files
    )


def _identifiers_before(before: Published, path: str) -> frozenset[str] | None:
    """What a page could be entered at; None where it is gone by now, or another."""
    try:
        html = (before.folder / path).read_bytes()
    except OSError:
        return None
    _, digest = before.files[path]
    return identifiers(html) if hashlib.sha256(html).hexdigest() == digest else None
