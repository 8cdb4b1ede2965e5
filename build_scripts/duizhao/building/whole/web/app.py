"""What lets a browser install the site: a web manifest a language, and its icons.

The icons are set by Typst, like the pictures of links; without Typst there is the one
drawing that pages have.  Addresses in a manifest are relative to it and, like those of
sheets and scripts, carry a version, so that the service worker can keep the files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from duizhao.building.prints.print_jobs import tools_or_fonts
from duizhao.building.whole.offline import version_of
from duizhao.ground.store import Store
from duizhao.languages.ui import Interface
from duizhao.site.pipeline import Site
from duizhao.writers.typeset.compile import icon_png, templates

FOLDER = "assets/app"
#: by name: pixels of a side, and whether the ground reaches the edges, which a system cuts
ICONS: Mapping[str, tuple[int, bool]] = {
    "icon-192": (192, False),
    "icon-512": (512, False),
    "maskable-512": (512, True),
    "touch-180": (180, True),  # iOS; not in the manifest
}
_PAPER = "#fcfbf8"  # as in partials/head.html


def app_files(site: Site, cache: Path, *, pictures: bool) -> Iterator[tuple[str, bytes]]:
    """Path below the site's root and bytes of the manifests and, with `pictures`, the icons.

    Raises DuizhaoError where Typst refuses.
    """
    icons = dict(_icons(Store(cache / "icons"))) if pictures else {}
    yield from icons.items()
    for ui in site.interfaces.values():
        text = json.dumps(_manifest(ui, icons), ensure_ascii=False, indent=1)
        yield f"{FOLDER}/{ui.language}.webmanifest", f"{text}\n".encode()


def _icons(store: Store) -> Iterator[tuple[str, bytes]]:
    template = (templates() / "icon.typ").read_bytes()
    for name, (side, whole) in ICONS.items():
        made_with = f"{side} {whole}\0{tools_or_fonts(())}\0".encode()
        key = hashlib.sha256(made_with + template).hexdigest()
        kept = store.get(key)
        if kept is None:
            kept = icon_png(side, whole=whole)
            store.put(key, kept)
        yield f"{FOLDER}/{name}.png", kept


def _manifest(ui: Interface, icons: Mapping[str, bytes]) -> dict[str, object]:
    """The manifest in one language; both have the whole site as their scope."""
    return {
        "name": f"{ui('duizhao')} · {ui('Chinese law in two languages')}",
        "short_name": ui("duizhao"),
        "description": ui("Chinese law in two languages, paragraph by paragraph"),
        "lang": ui.tag,
        "dir": ui.direction,
        "start_url": f"../../{ui.language}/",
        "scope": "../../",
        "display": "minimal-ui",  # a reader goes back, and sees the address that is cited
        "background_color": _PAPER,
        "theme_color": _PAPER,
        "icons": [*_listed(icons), {"src": "../icon.svg", "sizes": "any", "type": "image/svg+xml"}],
        "shortcuts": [
            {"name": ui(name), "url": f"../../{ui.language}/{folder}/"}
            for name, folder in (("Search", "search"), ("Check a quotation", "quote"))
        ],
    }


def _listed(icons: Mapping[str, bytes]) -> Iterator[dict[str, str]]:
    for path, data in icons.items():
        name = path.rpartition("/")[2]
        side, whole = ICONS[name.removesuffix(".png")]
        if name.startswith("touch"):
            continue
        yield {
            "src": f"{name}?{version_of(data)}",
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": "maskable" if whole else "any",
        }
