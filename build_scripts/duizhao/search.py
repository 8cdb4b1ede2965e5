"""Search records: one a unit of text, scanned whole by the browser.

Complete by construction: the script looks for the query in every record's text,
so whatever stands in a provision is found, and nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.citation import Cited, citations, en_of, zh_of
from duizhao.edition import Edition, Unit, units_of
from duizhao.law import Law
from duizhao.pipeline import Site


def search_records(site: Site) -> dict[str, object]:
    """The records: `languages`, `laws` and `units`.

    A law is {id, title: by language}.  A unit is [index of law, address below the
    law's, identifier, citation zh, citation en, Chinese, translation in each other
    language].
    """
    others = [code for code in site.options.languages if code != "zh"]
    laws: list[dict[str, object]] = []
    rows: list[list[object]] = []
    for number, law in enumerate(site.laws):
        titles = {code: site.view(law, code).title() for code in site.options.languages}
        laws.append({"id": law.id, "title": titles})
        cited = citations(law.edition)
        for slug, unit in _units(law):
            eid, citation = _place(unit, cited)
            words = [law.bilingual[code].of(unit.eid).text for code in others]
            rows.append(
                [
                    number,
                    slug,
                    eid,
                    citation.zh,
                    citation.en,
                    " ".join(str(unit.text).split()),
                    *words,
                ]
            )
    return {"languages": others, "laws": laws, "units": rows}


def _units(law: Law) -> Iterator[tuple[str, Unit]]:
    """Every unit that stands on a page of the law, with the page's address."""
    for unit in _front(law.edition):
        yield "", unit
    for leaf in law.leaves:
        if leaf.division:
            yield f"{leaf.slug}/", leaf.division.heading
        for node in leaf.body:
            for unit in units_of(node):
                yield f"{leaf.slug}/", unit
    for annex in law.edition.annexes:
        for unit in units_of(annex):
            yield f"{law.leaves[-1].slug}/", unit


def _front(edition: Edition) -> Iterator[Unit]:
    if edition.title:
        yield edition.title
    yield from edition.adoption_note
    for announcement in edition.announcements:
        yield from announcement
    yield from edition.preamble


def _place(unit: Unit, cited: dict[str, Cited]) -> tuple[str, Cited]:
    """The identifier that a hit leads to, and its citation."""
    eid = unit.eid.removesuffix("__heading")
    while eid not in cited and unit.role in ("tail", "article_title", "cell") and "__" in eid:
        eid = eid.rpartition("__")[0]
    return eid, cited.get(eid) or Cited(zh=zh_of(eid), en=en_of(eid))
