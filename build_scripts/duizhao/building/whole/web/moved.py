"""Where old addresses lead: `data/redirects.json`, and a page at each address of a renamed law."""

from __future__ import annotations

import base64
import hashlib
import json
import posixpath
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from duizhao.building.pages.theme import language_of
from duizhao.languages.ui import Interface
from duizhao.site.pipeline import Site

TABLE = "data/redirects.json"
# A refresh loses what follows the `#` of an address, the provision: with scripts it is kept.
_SCRIPT = "location.replace(document.links[0].href+location.hash)"
_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.7 serif;max-width:36rem;margin:4rem auto;padding:0 1rem}"
)


def moved_files(site: Site, pages: Mapping[str, str], base: str) -> Iterator[tuple[str, str]]:
    """Path below the site's root and text of each file.

    `pages` gives, by source, the address of each page below `base`, the site's own or "".
    """
    yield TABLE, json.dumps(_table(site, base), ensure_ascii=False, indent=1) + "\n"
    for old, each in site.redirects.of().items():
        for source, given in sorted(pages.items()):
            url = given.removeprefix("./")
            language, _, rest = url.partition("/")
            if language == language_of(site, source) and rest.startswith(f"{each.new}/"):
                at = f"{language}/{old}/{rest.removeprefix(f'{each.new}/')}"
                path = at if at.endswith(".html") else f"{at}index.html"
                ui = site.interfaces[language]
                title = site.view(site.law(each.new), language).title()
                yield (
                    path,
                    _page(ui, title, posixpath.relpath(url, posixpath.dirname(path)), base + url),
                )


def _table(site: Site, base: str) -> dict[str, Any]:
    """What leads where; of rejected numbers too, which are decided in edition.toml."""
    provisions = []
    for law in site.laws:
        renamed = site.redirects.of(law.id)
        for old, new, slug in law.summary.aliases:
            day = {"date": renamed[old].date} if old in renamed else {}
            page = f"{law.id}/{slug}/" if slug else f"{law.id}/"
            pages = {code: f"{code}/{page}#{new}" for code in site.options.languages}
            provisions.append({"law": law.id, "from": old, "to": new, **day, "pages": pages})
    laws = [
        {
            "from": old,
            "to": each.new,
            "date": each.date,
            "pages": {code: f"{code}/{each.new}/" for code in site.options.languages},
        }
        for old, each in site.redirects.of().items()
    ]
    head = {"format": "duizhao-redirects", "version": 1, "base": base}
    return {**head, "laws": laws, "provisions": provisions}


def _page(ui: Interface, title: str, target: str, address: str) -> str:
    """A page that leads to `target`, relative to it; `address` is the whole address."""
    allowed = f"script-src {_digest(_SCRIPT)}; style-src {_digest(_STYLE)}"
    policy = f"default-src 'none'; {allowed}; require-trusted-types-for 'script'"
    href = escape(f"{target}/" if not target.endswith(".html") else target)
    canonical = f'<link rel="canonical" href="{escape(address)}">\n' if "://" in address else ""
    moved = escape(ui("This page has moved"))
    return f"""<!doctype html>
<html lang="{ui.tag}" dir="{ui.direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{moved} · {escape(title)}</title>
{canonical}<style>{_STYLE}</style>
<noscript><meta http-equiv="refresh" content="0; url={href}"></noscript>
</head>
<body>
<main>
<h1>{moved}</h1>
<p><a href="{href}">{escape(title)}</a></p>
</main>
<script>{_SCRIPT}</script>
</body>
</html>
"""


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
