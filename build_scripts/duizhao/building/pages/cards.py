"""The picture that goes with a link: for each law its titles, its date, what is lost.

Set by Typst from the model, 1200 by 630 pixels; no browser is needed.  A picture is kept
under the digest of what it shows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from duizhao.building.pages.card_files import SITE, card_path
from duizhao.building.prints.print_jobs import tools_or_fonts
from duizhao.ground.pool import Workers
from duizhao.ground.store import Store
from duizhao.languages.law import View, repeal
from duizhao.languages.summary import Summary
from duizhao.languages.ui import Interface
from duizhao.site.pipeline import Site
from duizhao.writers.typeset.compile import card_png, templates

WIDTH, HEIGHT = 1200, 630
FEW = 16  # pictures for which starting processes takes longer than the work


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A picture to be made: where it stands, what it shows as JSON, of what it is."""

    path: str
    words: str
    name: str

    @property
    def key(self) -> str:
        """What the picture is kept under."""
        made_with = f"\0{tools_or_fonts(())}\0".encode()
        return hashlib.sha256(self.words.encode("utf-8") + made_with + _template()).hexdigest()


def cards_of(site: Site) -> Iterator[Card]:
    """The site's own picture and that of every law."""
    first = site.options.languages[0]
    zh, pair = site.interfaces[first], site.pair_ui(first)
    yield Card(path=SITE, words=_json(_site_data(zh, pair)), name="site")
    for law in site.laws:
        words = _json(_law_data(site.view(law, first)))
        yield Card(path=card_path(law.id), words=words, name=law.id)


def make_cards(site: Site, cache: Path, workers: Workers) -> list[str]:
    """Make the pictures that are not kept; the paths of all.

    Raises DuizhaoError where Typst refuses.
    """
    store, some = Store(cache / "cards"), list(cards_of(site))
    there = store.names()
    missing = [card for card in some if card.key not in there]
    made = workers.mapped(_made, missing, name=lambda card: card.name, alone=len(missing) < FEW)
    for card, png in zip(missing, made, strict=True):
        store.put(card.key, png)
    store.prune({card.key for card in some})
    return [card.path for card in some]


def cards(site: Site, cache: Path) -> Iterator[tuple[str, bytes]]:
    """Path and PNG of every law's picture, and of the site's own; one that is damaged made again.

    Raises DuizhaoError where Typst refuses.
    """
    store = Store(cache / "cards")
    for card in cards_of(site):
        kept = store.get(card.key)
        if kept is None:
            kept = _made(card)
            store.put(card.key, kept)
        yield card.path, kept


@cache
def _template() -> bytes:
    return (templates() / "card.typ").read_bytes()


def _made(card: Card) -> bytes:
    return card_png(json.loads(card.words), name=card.name)


def _site_data(zh: Interface, pair: Interface) -> dict[str, object]:
    words = "Chinese law in two languages, paragraph by paragraph"
    return {
        "zh": zh(words),
        "other": pair(words),
        "tag": pair.tag.partition("-")[0],
        "facts": [],
    }


def _law_data(view: View) -> dict[str, object]:
    law, pair = view.law.summary, view.pair_ui
    return {
        "zh": law.metadata.title,
        "other": law.spoken[pair.language].title,
        "tag": pair.tag.partition("-")[0],
        "facts": [_facts(ui, law) for ui in (view.ui, pair)],
    }


def _facts(ui: Interface, law: Summary) -> str:
    """One line: from when it is in force or repealed, what is lost, what this text is not."""
    gone, effective = repeal(ui, law.metadata), law.metadata.effective
    words = [gone] if gone else []
    if effective and not gone:
        words.append(ui("In force from {date}", date=ui.date(effective)))
    if law.gaps:
        lost = ("Text incomplete: {n} gap in the source", "Text incomplete: {n} gaps in the source")
        words.append(ui.plural(*lost, law.gaps))
    return "  ·  ".join([*words, ui("Unofficial translation")])


def _json(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)
