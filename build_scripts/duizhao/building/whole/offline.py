"""What lets the site be read without a network: the service worker and its lists.

Written when the site is finished, for they hold the digests of its files::

    sw.js                 build, digests of the shell and of the list of lists, the worker itself
    offline/<group>.json  {path: digest} of the files of a law, or of another folder
    offline/~<n>.json     {<group>: digest} of such lists
    offline/~.json        {~<n>: digest} of those

`<group>` is the second folder of an address (`zh/<law-id>/chapter-1/`), so both
languages of a law stand in one list; "site" holds what lies higher.  A group of more
than `LONGEST` files is divided by a hash of the path: `<group>~<n>`; the lists themselves
are, by a hash of their name.  So the worker does not grow with the number of laws, every
list is known to belong to its build, and a changed law changes few of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from duizhao.ground.folders import files_below
from duizhao.ground.package import PACKAGE

#: Writes a file, given its path below the site and its bytes: its size and SHA-256.
Put = Callable[[str, bytes], tuple[int, str]]

LONGEST = 400  # files of one list
TOGETHER = 64  # lists in a list of lists, about
HEAVIEST = 2_000_000  # bytes of the search index that a reader gets unasked
FOLDER = "offline"
_DIGITS = 32  # of the SHA-256 in hexadecimal: 128 bits
_VERSION = 12  # digits that an asset's address carries
_SEARCH = "assets/search/index.js"
_KINDS = (".html", ".css", ".js", ".webmanifest")
_ICONS = "assets/app/"
_APART = ("sw.js", "404.html")  # the worker; a page that has no address of its own


def version_of(content: bytes) -> str:
    """What follows the `?` in an asset's address: it changes with the content."""
    return _digest(content)[:_VERSION]


def write_worker(
    site: Path,
    languages: Iterable[str],
    known: Mapping[str, tuple[int, str]] | None = None,
    put: Put | None = None,
) -> dict[str, tuple[int, str]]:
    """Write sw.js and its lists into the finished site; size and SHA-256 of each, by its path.

    `known` gives those of each file there is, unless they are to be read; `put`
    writes them, if they are not to be written plainly.
    """
    files = _files(site, known)
    worker = (PACKAGE / "templates/site/worker.js").read_text("utf-8")
    build = _digest(json.dumps([worker, files], ensure_ascii=False).encode())
    grouped: dict[str, dict[str, str]] = {}
    for path, digest in files.items():
        grouped.setdefault(_group(path), {})[path] = digest
    shards = {
        group: -(-len(some) // LONGEST) for group, some in grouped.items() if len(some) > LONGEST
    }
    lists = {
        name: part
        for group, some in grouped.items()
        for name, part in _divided(group, some, shards.get(group, 1)).items()
    }
    (site / FOLDER).mkdir(exist_ok=True)
    writing = _Writing(put=put or partial(_plainly, site))
    count, root = _write_lists(writing, lists)
    without = {code: f"{code}/offline/" for code in languages if f"{code}/offline/" in files}
    head = {
        "BUILD": build,
        "SHELL": {path: files[path] for path in _shell(site, files, languages)},
        "LISTS": [root, count],
        "SHARDS": shards,
        "WITHOUT": without,
    }
    lines = [f"const {name} = {_json(value)};" for name, value in head.items()]
    writing.write("sw.js", "\n".join([*lines, worker]))
    return writing.written


@dataclass(frozen=True, slots=True)
class _Writing:
    """Writes texts into the site; `written` has their size and SHA-256, by path."""

    put: Put
    written: dict[str, tuple[int, str]] = field(default_factory=dict)

    def write(self, path: str, text: str) -> str:
        """Write a text; its digest as lists give it."""
        self.written[path] = self.put(path, text.encode("utf-8"))
        return self.written[path][1][:_DIGITS]

    def put_list(self, name: str, said: Mapping[str, str]) -> str:
        """Write a list; its digest."""
        return self.write(f"{FOLDER}/{name}.json", _json(said))


def _plainly(site: Path, path: str, data: bytes) -> tuple[int, str]:
    (site / path).write_bytes(data)
    return len(data), hashlib.sha256(data).hexdigest()


def _write_lists(writing: _Writing, lists: Mapping[str, dict[str, str]]) -> tuple[int, str]:
    """Write lists and the lists of these: how many of those, and the digest of their list."""
    count = 1 << (len(lists) // TOGETHER).bit_length()
    parts: dict[str, dict[str, str]] = {f"~{n}": {} for n in range(count)}
    for name, files in lists.items():
        parts[f"~{_fnv(name) % count}"][name] = writing.put_list(name, files)
    names = {name: writing.put_list(name, part) for name, part in parts.items()}
    return count, writing.put_list("~", names)


def _files(site: Path, known: Mapping[str, tuple[int, str]] | None) -> dict[str, str]:
    """The digest of every page, sheet, script, manifest and icon, by its address below the site, in order."""
    found = {}
    for name in files_below(site) if known is None else sorted(known):
        kind = name.endswith(_KINDS) or name.startswith(_ICONS)
        if kind and name not in _APART and not name.startswith(f"{FOLDER}/"):
            found[_address(name)] = (
                _digest((site / name).read_bytes()) if known is None else known[name][1][:_DIGITS]
            )
    return found


def _address(name: str) -> str:
    """A file's address: that of a folder's index page is the folder."""
    folder, _, last = name.rpartition("/")
    return (f"{folder}/" if folder else "") if last == "index.html" else name


def _shell(site: Path, files: Mapping[str, str], languages: Iterable[str]) -> list[str]:
    """What every reader gets: first pages, search, the page shown without a network, assets."""
    pages = ["", *(f"{code}/{rest}" for code in languages for rest in ("", "search/", "offline/"))]
    assets = [p for p in files if p.startswith("assets/") and not p.startswith("assets/search/")]
    index = site / _SEARCH
    small = [_SEARCH] if index.is_file() and index.stat().st_size <= HEAVIEST else []
    return [path for path in (*pages, *assets, *small) if path in files]


def _group(path: str) -> str:
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else "site"


def _divided(group: str, files: Mapping[str, str], count: int) -> dict[str, dict[str, str]]:
    if count == 1:
        return {group: dict(files)}
    out: dict[str, dict[str, str]] = {f"{group}~{n}": {} for n in range(count)}
    for path, digest in files.items():
        out[f"{group}~{_fnv(path) % count}"][path] = digest
    return out


def _fnv(text: str) -> int:
    """FNV-1a of 32 bits, as the worker computes it."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGITS]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
