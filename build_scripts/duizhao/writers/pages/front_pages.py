"""The home page and the page of search of a language for which nobody has written them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from duizhao.languages.ui import Interface
from duizhao.writers.pages.inline import escape


def front_pages(interfaces: Iterable[Interface]) -> Iterator[tuple[str, str]]:
    """Path and Markdown of the pages that every language of a site needs."""
    for ui in interfaces:
        home = ui("Chinese law in two languages, paragraph by paragraph")
        for name, title in (("index", home), ("search", ui("Search"))):
            head = f"---\ntitle: {json.dumps(title)}\n---\n"
            yield f"{ui.language}/{name}.md", f"{head}\n# {escape(title)}\n"
