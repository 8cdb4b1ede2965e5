"""The manifest: what a published folder was made of and what it holds, digest by digest.

`manifest.json` stands at the site's root::

    manifest  version of this form
    tool      name and version of the program, digest of its code, versions of its libraries
    options   of the build
    inputs    path below the folder of mkdocs.yml → kind, sha256, bytes
    outputs   path below the site's root → sha256, bytes, from (inputs of this page or file)

An output without `from` is made of everything.  The file itself is no output.  Nothing
in it depends on the clock or the machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

from duizhao.ground.folders import files_below
from duizhao.ground.libraries import library_versions
from duizhao.ground.package import PACKAGE
from duizhao.languages.law import Law
from duizhao.languages.print_files import PRINTS
from duizhao.site.options import Options
from duizhao.site.pipeline import Site

NAME = "manifest.json"
FORM = 1
OPTIONS = "mkdocs.yml"
FONT = "font"  # what an input is that the PDFs are set in


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Where the inputs stand below the folder of mkdocs.yml."""

    docs: str
    theme: str
    seeds: str
    translations: str


#: Size in bytes and SHA-256 of files, by path below the site's root.
Digests = Mapping[str, tuple[int, str]]


def manifest_of(
    site: Site,
    folders: Folders,
    *,
    url: str,
    sources: Mapping[str, str],
    outputs: Digests,
    last: Callable[[], Digests],
    fonts: Iterable[Path],
) -> Iterator[str]:
    """The text of the manifest of a site whose files, but for this one, are `outputs`, piece by piece.

    `url` is the address that it is published at; `sources` gives, for pages written by
    hand, the path of the page and of its source in the folder of docs.  `last` gives more
    outputs, when it is asked, which is late.  `fonts` are those that the PDFs are set in; where
    they lie below the folder of mkdocs.yml they are inputs.
    """
    root = site.options.root
    own_fonts = sorted(path for font in fonts if (path := _below(root, font)))
    found = [*_inputs(root, folders), *((FONT, path) for path in own_fonts)]
    inputs = {
        path: {"kind": kind, **_fingerprint(root / path)}
        for kind, path in sorted(found, key=lambda one: one[1])
    }
    origin = _Origin(site, folders, sources, inputs, own_fonts)
    listed = [(path, origin.of(path)) for path in outputs]
    content = {
        "manifest": FORM,
        "tool": {
            "name": "duizhao",
            "version": version("duizhao"),
            "code": code_digest(),
            "libraries": library_versions(),
        },
        "options": {
            "site_url": url,
            "languages": list(site.options.languages),
            "pdf": site.options.pdf,
            **asdict(folders),
        },
        "inputs": inputs,
        "outputs": {},
    }
    start, _, end = json.dumps(content, ensure_ascii=False, indent=1).rpartition("{}")
    more = last()
    listed += [(path, origin.of(path)) for path in more]
    listed.sort()
    yield f"{start}{{"
    for number, (path, made_of) in enumerate(listed):
        measures = more.get(path) or outputs[path]
        yield f"{',' if number else ''}\n  {_output(path, *measures, made_of)}"
    yield f"\n }}{end}\n"


def _output(path: str, size: int, digest: str, origin: str) -> str:
    """An output with its path as `json.dumps` writes it with an indent of one.

    That takes it twenty times as long, and a large site has a hundred thousand of them.
    """
    return f'{_string(path)}: {{\n   "sha256": "{digest}",\n   "bytes": {size}{origin}\n  }}'


def _from(inputs: Iterable[str]) -> str:
    """What an output says of the inputs that it is made of."""
    made = ",".join(f"\n    {_string(each)}" for each in inputs)
    return f',\n   "from": [{made}\n   ]' if made else ""


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def inputs_below(root: Path, folders: Folders) -> dict[str, str]:
    """The inputs that stand below `root` now: path → SHA-256."""
    return {path: digest_of(root / path) for _, path in _inputs(root, folders)}


def input_kinds(root: Path, folders: Folders) -> dict[str, str]:
    """What each input that stands below `root` now is: path → kind."""
    return {path: kind for kind, path in _inputs(root, folders)}


def kind_of(path: str, folders: Folders) -> str:
    """What a path below the folder of mkdocs.yml is as an input; "" where it is none."""
    if path == OPTIONS:
        return "options"
    for kind, folder in _places(folders):
        below = path.removeprefix(f"{folder}/")
        hidden = "/." in f"/{below}"
        if below != path and not hidden and (kind != "catalog" or path.endswith(".po")):
            return _kind(kind, path)
    return ""


def _places(folders: Folders) -> Iterator[tuple[str, str]]:
    """Kinds of inputs and the folders that they stand in, inner ones first."""
    for kind, folder in (
        ("theme", folders.theme),
        ("witness", f"{folders.seeds}/witnesses"),
        ("edition", folders.seeds),
        ("catalog", folders.translations),
        ("page", folders.docs),
    ):
        if folder:
            yield kind, folder


def _inputs(root: Path, folders: Folders) -> Iterator[tuple[str, str]]:
    """Kind and path of every input; hidden files and their folders are none."""
    seen = set()
    for _, folder in _places(folders):
        for below in files_below(root / folder, through_links=True):
            path = f"{folder}/{below}"
            kind = kind_of(path, folders)
            if kind and path not in seen:
                seen.add(path)
                yield kind, path
    yield "options", OPTIONS


def _kind(kind: str, path: str) -> str:
    name = PurePosixPath(path).name
    if kind == "edition":
        return {"edition.toml": "edition", "glossary.toml": "glossary"}.get(name, "seed")
    return "interface" if kind == "catalog" and name == "ui.po" else kind


class _Origin:
    """Which of the inputs outputs come from."""

    def __init__(
        self,
        site: Site,
        folders: Folders,
        sources: Mapping[str, str],
        inputs: Container[str],
        fonts: Iterable[str],
    ) -> None:
        self._site, self._folders, self._sources, self._inputs = site, folders, sources, inputs
        self._by_id = {law.id: law for law in site.laws}
        self._by_witness: dict[str, list[str]] = {}
        for law in site.laws:
            self._by_witness.setdefault(PurePosixPath(law.summary.witness).stem, []).append(law.id)
        self._fonts = fonts
        # Most outputs have theirs in common with others.
        self._known: dict[tuple[tuple[str, ...], str, bool], str] = {}

    def of(self, path: str) -> str:
        """What an output says of its inputs; nothing where it is made of all of them."""
        folders = self._folders
        if path in self._sources:
            return self._there([f"{folders.docs}/{self._sources[path]}"])
        parts = path.split("/")
        laws = [part for part in dict.fromkeys(parts) if part in self._by_id]
        if "source" in parts[:-1]:
            laws = self._by_witness.get(parts[parts.index("source") + 1], [])
        if not laws:
            return self._there([f"{folders.docs}/{path}"])
        languages = self._site.options.languages
        printed = parts[0] == PRINTS
        key = tuple(laws), parts[0] if parts[0] in languages else "", printed
        if key not in self._known:
            every = (_of_law(self._by_id[law], folders, key[1], languages) for law in laws)
            fonts = self._fonts if printed else ()
            self._known[key] = self._there(chain(chain.from_iterable(every), fonts))
        return self._known[key]

    def _there(self, paths: Iterable[str]) -> str:
        return _from(path for path in dict.fromkeys(paths) if path in self._inputs)


def _of_law(law: Law, folders: Folders, page: str, languages: Iterable[str]) -> Iterator[str]:
    """A law's witness, edition and catalogs: on pages of one language, of its pair alone."""
    others = [code for code in languages if code != "zh"]
    pair = [page] if page in others else others[:1] if page else others
    yield law.summary.path
    yield law.summary.witness
    yield from (f"{folders.translations}/{code}/LC_MESSAGES/{law.id}.po" for code in pair)
    if page:
        yield f"{folders.translations}/{page}/LC_MESSAGES/ui.po"
    yield f"{folders.seeds}/glossary.toml"


def folders_of(options: Options, docs: Path, theme: str | None) -> Folders:
    """Where the inputs stand, from the configuration's absolute folders."""
    root = options.root
    return Folders(
        docs=_below(root, docs),
        theme=_below(root, Path(theme)) if theme else "",
        seeds=options.seeds,
        translations=options.translations,
    )


def _below(root: Path, folder: Path) -> str:
    """A folder's path below the root; "" where it lies elsewhere, as a shared theme may."""
    inside = folder.resolve().is_relative_to(root)
    return folder.resolve().relative_to(root).as_posix() if inside else ""


def _fingerprint(path: Path) -> dict[str, Any]:
    size, digest = measured(path)
    return {"sha256": digest, "bytes": size}


def measured(path: Path) -> tuple[int, str]:
    """Size in bytes and SHA-256 of a file."""
    return path.stat().st_size, digest_of(path)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def code_digest() -> str:
    """The digest of this package: every module and template with its path."""
    total = hashlib.sha256()
    for path in files_below(PACKAGE):
        if path.endswith((".py", ".typ")):
            total.update(f"{path}\0{digest_of(PACKAGE / path)}\n".encode())
    return total.hexdigest()
