"""What is written anew for each site: lists, site map, manifest, the way to the others."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from selectolax.lexbor import LexborHTMLParser

from duizhao.building.whole.manifest import Digests, digest_of
from duizhao.building.whole.web.sitemap import Address
from duizhao.commands.split.layout import ROOT, Layout

SITES = "assets/sites.js"
_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_LINK = "{http://www.w3.org/1999/xhtml}link"


def sites_script(script: str, layout: Layout, paths: Iterable[str]) -> str:
    """`assets/sites.js`, completed with what it must know; nothing of it grows with the laws."""
    head = {
        "addresses": layout.addresses,
        "languages": layout.languages,
        "own": layout.own_folders(paths),
    }
    return f"const SITES = {json.dumps(head, ensure_ascii=False)};\n{script}"


def doorway(home: str, target: str) -> str:
    """A page at the first address of a part, which has no home: it leads to the root's.

    `home` is the HTML of that home page, whose language and title are taken.
    """
    page = LexborHTMLParser(home)
    html = page.css_first("html")
    given = html.attributes if html else {}
    language, direction = (escape(given.get(name) or "") for name in ("lang", "dir"))
    title = page.css_first("title")
    words, href = escape(title.text(strip=True) if title else target), escape(target)
    return f"""<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{words}</title>
<link rel="canonical" href="{href}">
<meta http-equiv="refresh" content="0; url={href}">
</head>
<body>
<main>
<h1><a href="{href}">{words}</a></h1>
</main>
</body>
</html>
"""


def mapped(site: Path, names: Iterable[str], layout: Layout) -> Iterator[tuple[int, Address]]:
    """The addresses of the site maps in their order, each with the site it lies at now.

    `names` are the files of the undivided site that have addresses.
    """
    base = layout.addresses[ROOT]

    def there(address: str) -> str:
        owner = layout.owner(address.removeprefix(base))
        return layout.addresses[max(owner, ROOT)] + address.removeprefix(base)

    for name in names:
        for row in ET.parse(site / name).getroot().iter(f"{_LOC}url"):  # noqa: S314 - our own
            address = row.findtext(f"{_LOC}loc") or ""
            others = ((e.get("hreflang", ""), there(e.get("href", ""))) for e in row.iter(_LINK))
            day = row.findtext(f"{_LOC}lastmod") or ""
            owner = layout.owner(address.removeprefix(base))
            yield (
                max(owner, ROOT),
                Address(url=there(address), day=day, others=tuple(others)),
            )


def index_anew(file: Path, layout: Layout, written: Callable[[str], Path]) -> None:
    """`data/index.json`: a law has its `base`, and files have the length and digest they have now.

    `written` finds where a file of the list stands, by its path.
    """
    index = json.loads(file.read_bytes())
    for law in index["laws"]:
        law["base"] = layout.addresses[layout.part(law["id"])]
    lists = [index["files"]]
    for law in index["laws"]:
        lists += [law["files"], *(each["files"] for each in law["expressions"])]
    for each in (each for some in lists for each in some):
        path = written(each["path"])
        each |= {"bytes": path.stat().st_size, "sha256": digest_of(path)}
    _write(file, index)


def redirects_anew(file: Path, layout: Layout) -> None:
    """`data/redirects.json`: what is said of a law has the `base` of its pages."""
    table = json.loads(file.read_bytes())
    for each in table["laws"]:
        each["base"] = layout.addresses[layout.part(each["to"])]
    for each in table["provisions"]:
        each["base"] = layout.addresses[layout.part(each["law"])]
    _write(file, table)


def rows_anew(file: Path, layout: Layout) -> None:
    """`data/laws.jsonl`: each provision has the address it has now."""
    base = layout.addresses[ROOT]
    part = file.with_name(f"{file.name}.new")
    with file.open(encoding="utf-8") as rows, part.open("w", encoding="utf-8", newline="\n") as out:
        for row in map(json.loads, rows):
            row["url"] = layout.addresses[layout.part(row["law"])] + row["url"].removeprefix(base)
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    part.replace(file)


def addresses_anew(database: Path, layout: Layout) -> None:
    """`data/laws.sqlite`: each provision has the address it has now."""
    base = layout.addresses[ROOT]
    with closing(sqlite3.connect(database, isolation_level=None)) as open_:
        laws = [law for (law,) in open_.execute("SELECT id FROM laws ORDER BY id")]
        open_.execute("BEGIN")
        for law in laws:
            values = (layout.addresses[layout.part(law)], len(base) + 1, law)
            open_.execute("UPDATE units SET url = ? || substr(url, ?) WHERE law = ?", values)
        open_.execute("COMMIT")
        open_.execute("VACUUM")


def manifest_anew(
    files: Digests, manifest: Mapping[str, Any], layout: Layout, number: int, division: str
) -> str:
    """The manifest of one finished site of these `files`, made of the same inputs as the whole.

    A file that is not as it was in the whole says `of` which digest it is there.
    """
    told = manifest["outputs"]
    outputs = {}
    for path, (size, digest) in files.items():
        was = told.get(path, {"sha256": digest})
        row = {"sha256": digest, "bytes": size}
        row |= {"of": was["sha256"]} if was["sha256"] != digest else {}
        outputs[path] = row | ({"from": was["from"]} if was.get("from") else {})
    options = {
        **manifest["options"],
        "site_url": layout.addresses[number],
        "sites": list(layout.addresses),
        "division": division,
    }
    return _json({**manifest, "options": options, "outputs": outputs})


def _write(file: Path, content: object) -> None:
    file.write_text(_json(content), encoding="utf-8", newline="\n")


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
