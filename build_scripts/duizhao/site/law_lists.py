"""What a law gives to lists of all laws: lines of the index, places of terms.

A list is made of these and looks at no law; so a law that did not change is not read for
it again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass

from duizhao.languages.concordance import Occurrence, concordance
from duizhao.languages.law import Law
from duizhao.site.pipeline import Site
from duizhao.writers.pages.alphabet import law_entries
from duizhao.writers.pages.concordance import Places, law_places
from duizhao.writers.pages.entries import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """One law on the lists of one language; `places` by the term's anchor."""

    entries: tuple[Entry, ...]
    places: Mapping[str, Places]


def lists_of(site: Site, law: Law) -> dict[str, Lists]:
    """A law of the site on the lists of each language."""
    found: dict[str, dict[str, list[Occurrence]]] = {}  # by the language beside the Chinese
    out = {}
    for language in site.options.languages:
        view = site.view(law, language)
        pair = view.pair.language
        if pair not in found:
            found[pair] = concordance([law], pair, site.glossary)
        out[language] = Lists(
            entries=tuple(law_entries(view, site.readings)), places=law_places(view, found[pair])
        )
    return out


def lists_to_bytes(lists: Lists) -> bytes:
    """The lists to be kept."""
    entries = [astuple(entry) for entry in lists.entries]
    places = {slug: astuple(places) for slug, places in lists.places.items()}
    return json.dumps([entries, places], ensure_ascii=False).encode("utf-8")


def lists_from_bytes(data: bytes) -> Lists:
    """The lists that were kept."""
    entries, places = json.loads(data)
    return Lists(
        entries=tuple(
            Entry(key=(key[0], key[1]), letter=letter, term=term, markdown=markdown)
            for key, letter, term, markdown in entries
        ),
        places={
            slug: Places(count=count, deviating=deviating, lines=tuple(lines))
            for slug, (count, deviating, lines) in places.items()
        },
    )
