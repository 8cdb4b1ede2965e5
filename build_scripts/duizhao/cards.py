"""The picture that goes with a link: for each law its titles, its date, what is lost.

Set by Typst from the model, 1200 by 630 pixels; no browser is needed.  A picture is kept
under the digest of what it shows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from duizhao.law import View
from duizhao.pipeline import Site
from duizhao.store import Store
from duizhao.typeset.compile import card_png, templates
from duizhao.ui import Interface

SITE = "assets/cards/site.png"
WIDTH, HEIGHT = 1200, 630


def card_path(law_id: str) -> str:
    """Where a law's picture stands, below the site's root."""
    return f"assets/cards/{law_id}.png"


def cards(site: Site, cache: Path) -> Iterator[tuple[str, bytes]]:
    """Path and PNG of every law's picture, and of the site's own.

    Raises DuizhaoError where Typst refuses.
    """
    first = site.options.languages[0]
    zh, pair = site.interfaces[first], site.pair_ui(first)
    store = Store(cache / "cards")
    yield SITE, _kept(store, _site_data(zh, pair), "site")
    for law in site.laws:
        yield card_path(law.id), _kept(store, _law_data(site.view(law, first)), law.id)


def _site_data(zh: Interface, pair: Interface) -> dict[str, object]:
    words = "Chinese law in two languages, paragraph by paragraph"
    return {
        "zh": zh(words),
        "other": pair(words),
        "tag": pair.tag.partition("-")[0],
        "facts": [],
    }


def _law_data(view: View) -> dict[str, object]:
    metadata, pair = view.law.edition.metadata, view.pair_ui
    gaps = sum(note.kind == "gap" for note in view.law.edition.notes)
    return {
        "zh": metadata.title,
        "other": view.pair.of("title").text,
        "tag": pair.tag.partition("-")[0],
        "facts": [_facts(ui, metadata.effective, gaps) for ui in (view.ui, pair)],
    }


def _facts(ui: Interface, effective: str, gaps: int) -> str:
    """One line: since when it is in force, what is lost, what this text is not."""
    words = [ui("In force since {date}", date=ui.date(effective))] if effective else []
    if gaps:
        lost = ("Text incomplete: {n} gap in the source", "Text incomplete: {n} gaps in the source")
        words.append(ui.plural(*lost, gaps))
    return "  ·  ".join([*words, ui("Unofficial translation")])


def _kept(store: Store, data: dict[str, object], name: str) -> bytes:
    words = json.dumps(data, ensure_ascii=False, sort_keys=True)
    template = (templates() / "card.typ").read_bytes()
    key = hashlib.sha256(words.encode("utf-8") + b"\0" + template).hexdigest()
    kept = store.get(key)
    if kept is None:
        kept = card_png(data, name=name)
        store.put(key, kept)
    return kept
