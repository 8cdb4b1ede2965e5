"""A finished site divided among several addresses: read, written anew, checked.

Pages and files keep their paths; only the address before them changes.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from duizhao.building.whole.manifest import NAME
from duizhao.building.whole.offline import FOLDER, version_of, write_worker
from duizhao.building.whole.publish import publish
from duizhao.building.whole.web.moved import TABLE
from duizhao.building.whole.web.robots import robots_txt
from duizhao.building.whole.web.sitemap import sitemap_files
from duizhao.commands.split.before import before_from_folder, division_digest
from duizhao.commands.split.layout import EACH, ROOT, Layout, folder_of, laws_in
from duizhao.commands.split.links import check_between
from duizhao.commands.split.lists import (
    SITES,
    addresses_anew,
    doorway,
    index_anew,
    manifest_anew,
    mapped,
    redirects_anew,
    rows_anew,
    sites_script,
)
from duizhao.commands.split.pages import Rewriter
from duizhao.commands.verify import check_outputs, manifest_in
from duizhao.ground.package import PACKAGE
from duizhao.ground.problems import DuizhaoError, Position, Problem, error
from duizhao.writers.downloads import INDEX

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d+)?/([A-Za-z0-9._~%\-]+/)*")
#: files, beside pages, in which addresses of laws stand; .xml and .json of a law have none
_NAMING = re.compile(r".*(\.bib|\.csl\.json|/feed(-[\d-]+)?\.xml)|llms\.txt|llms/.*")
#: lists of data, which are written anew in their place
_OF_ALL = ("data/laws.sqlite", "data/laws.jsonl", TABLE, INDEX)
_WORKER = "sw.js"
_LISTS = re.compile(rf"{FOLDER}/[^/]*\.json|{_WORKER}|robots\.txt|sitemap(-\d+)?\.xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """What a division made: the folder and address of each site, its pages, how many laws."""

    folder: Path
    address: str
    pages: int
    laws: int


def divide(site: Path, out: Path, addresses: Sequence[str]) -> list[Divided]:
    """Divide a built site into the folders `root`, `part-1`, … of `out`, one an address.

    The folder `out` is exchanged whole, once every link within and between the sites leads
    somewhere.  Raises DuizhaoError where addresses, site or folder will not do, or a link
    is dead; `out` is then as it was.
    """
    manifest = manifest_in(site)
    problems = [
        *_faults(addresses, manifest),
        *_out_faults(site, out),
        *(p for p in check_outputs(site, manifest) if p.code != "output-extra"),
    ]
    if problems:
        raise DuizhaoError(problems)
    table = site / TABLE
    renamed = json.loads(table.read_bytes())["laws"] if table.is_file() else ()
    laws = laws_in(manifest)
    layout = Layout(
        addresses=tuple(addresses),
        languages=tuple(manifest["options"]["languages"]),
        laws=laws | {each["from"] for each in renamed},
    )

    def build(stage: Path) -> None:
        _write(site, stage, out, manifest, layout)
        if dead := list(check_between(stage, layout.addresses)):
            raise DuizhaoError(dead)

    publish(out, build)
    return [_made(out, layout, laws, number) for number in range(len(addresses))]


def _made(out: Path, layout: Layout, laws: Collection[str], number: int) -> Divided:
    folder = out / folder_of(number)
    own = [law for law in laws if number and layout.part(law) == number]
    pages = sum(1 for _ in folder.rglob("*.html"))
    return Divided(folder=folder, address=layout.addresses[number], pages=pages, laws=len(own))


def _faults(addresses: Sequence[str], manifest: dict[str, Any]) -> Iterator[Problem]:
    """What is wrong with the addresses, for this site."""
    if len(addresses) < 2:
        message = "A site is divided among two addresses or more."
        hint = "name the root first, then an address for each part"
        yield error("split-address", Position(file="--at"), message, hint)
    seen: set[str] = set()
    taken = {path.partition("/")[0] for path in manifest["outputs"]}
    for address in addresses:
        place = Position(file=address)
        if not _ADDRESS.fullmatch(address):
            message = "This is no whole address of a folder."
            hint = "write it as `https://example.org/laws/`, with the closing slash"
            yield error("split-address", place, message, hint)
        if address.lower() in seen:
            message = "This address is named twice."
            yield error("split-address", place, message, "give each part an address of its own")
        seen.add(address.lower())
        for other in addresses:
            inside = address.removeprefix(other) if address.startswith(other) else ""
            if inside and inside.partition("/")[0] in taken:
                message = f"This address lies among the pages of `{other}`."
                yield error("split-address", place, message, "give the part a folder beside them")
    if manifest["options"].get("sites"):
        message = "This site is a part of a divided one."
        hint = "divide the site that `duizhao build` made"
        yield error("split-site", Position(file=NAME), message, hint)
    elif addresses and (built := manifest["options"].get("site_url")) != addresses[0]:
        message = f"The site was built for `{built}`, and the first address is `{addresses[0]}`."
        hint = "name its own address first, or build it with DUIZHAO_SITE_URL set to the first"
        yield error("split-site", Position(file=NAME), message, hint)


def _out_faults(site: Path, out: Path) -> Iterator[Problem]:
    """What is wrong with the folder to write to: nothing but an earlier division is replaced."""
    site, out = site.resolve(), out.resolve()
    place = Position(file=str(out))
    if site.is_relative_to(out) or out.is_relative_to(site):
        message = "The site and the folder for its parts lie in one another."
        yield error("split-out", place, message, "name a folder beside the site")
    elif out.is_file() or (out.is_dir() and any(out.iterdir()) and not _is_divided(out)):
        message = "There is something else here that would be replaced."
        yield error(
            "split-out", place, message, "name a new folder, or that of an earlier division"
        )


def _is_divided(out: Path) -> bool:
    """Whether a folder holds a divided site and nothing else."""
    try:
        root = manifest_in(out / folder_of(ROOT))
    except DuizhaoError:
        return False
    sites = root["options"].get("sites") or []
    return {path.name for path in out.iterdir()} == {folder_of(n) for n in range(len(sites))}


def _write(site: Path, stage: Path, out: Path, manifest: dict[str, Any], layout: Layout) -> None:
    """Write every site below `stage`; what stays as it is in `out` is taken from there."""
    outputs = sorted(manifest["outputs"])
    script = (PACKAGE / "templates/site/sites.js").read_text("utf-8")
    sites = sites_script(script, layout, outputs)
    numbers = range(len(layout.addresses))
    rewriters = [Rewriter(layout=layout, here=number) for number in numbers]
    division = division_digest(layout, sites)
    before = [before_from_folder(out / folder_of(number), division) for number in numbers]
    for path in outputs:
        if not _LISTS.fullmatch(path):
            owner = layout.owner(path)
            digest = manifest["outputs"][path]["sha256"]
            for number in numbers if owner == EACH else (owner,):
                folder = stage / folder_of(number)
                if path in _OF_ALL or not before[number].taken(folder, path, digest):
                    _take(site, folder, path, rewriters[number], sites)
    maps = [path for path in outputs if re.fullmatch(r"sitemap(-\d+)?\.xml", path)]
    rows = list(mapped(site, maps, layout))
    for number, address in enumerate(layout.addresses):
        folder = stage / folder_of(number)
        _put(folder / SITES, sites)
        if number != ROOT:
            for home in ("", *(f"{code}/" for code in layout.languages)):
                html = (site / home / "index.html").read_text("utf-8")
                _put(folder / home / "index.html", doorway(html, f"{layout.addresses[ROOT]}{home}"))
        if maps:
            own = [row for owner, row in rows if owner == number]
            for name, text in sitemap_files(own, address):
                _put(folder / name, text)
            _put(folder / "robots.txt", robots_txt(address))
    _lists_anew(stage, layout)
    for number in numbers:
        folder = stage / folder_of(number)
        if (site / _WORKER).is_file():
            write_worker(folder, layout.languages)
        made = before[number].settled(folder)
        _put(folder / NAME, manifest_anew(made, manifest, layout, number, division))


def _take(site: Path, folder: Path, path: str, rewriter: Rewriter, sites: str) -> None:
    """Take a file over into one site: with its links and addresses, or byte for byte."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.endswith(".html"):
        page = rewriter.page(path, (site / path).read_text("utf-8"))
        _put(target, _knowing_sites(path, page, rewriter, sites))
    elif _NAMING.fullmatch(path):
        _put(target, rewriter.text((site / path).read_text("utf-8")))
    else:
        shutil.copyfile(site / path, target)


def _knowing_sites(path: str, html: str, rewriter: Rewriter, sites: str) -> str:
    """Pages that lead to laws by script, and the page of missing addresses, get that script."""
    missing = path == "404.html"
    if not missing and " data-root=" not in html:
        return html
    address = rewriter.layout.addresses[rewriter.here]
    up = f"/{address.split('/', 3)[3]}" if missing else "../" * path.count("/")
    mark = " data-missing" if missing else ""
    tag = f'  <script src="{up}{SITES}?{version_of(sites.encode())}"{mark}></script>\n'
    return html.replace("</head>", f"{tag}</head>", 1)


def _lists_anew(stage: Path, layout: Layout) -> None:
    """The lists of data, which speak of all sites; the index is the last, for it has digests."""
    root = stage / folder_of(ROOT)

    def written(path: str) -> Path:
        return stage / folder_of(max(layout.owner(path), ROOT)) / path

    index = partial(index_anew, written=written)
    anew: tuple[Callable[[Path, Layout], None], ...]
    anew = (addresses_anew, rows_anew, redirects_anew, index)
    for name, write in zip(_OF_ALL, anew, strict=True):
        if (root / name).is_file():
            write(root / name, layout)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
