"""Search records: one a unit of text, scanned whole by the browser.

Complete by construction: the script looks for the query in every record's text,
so whatever stands in a provision is found, and nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from duizhao.citation import Cited, citations, en_of, zh_of
from duizhao.edition import (
    Article,
    Division,
    Edition,
    Gap,
    Item,
    Node,
    Paragraph,
    Unit,
    units_of,
)
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
        rows.extend([number, *record] for record in _records(law, others))
    return {"languages": others, "laws": laws, "units": rows}


def _records(law: Law, others: list[str]) -> Iterator[list[object]]:
    """The records of a law, in reading order, without the number of the law."""
    cited = citations(law.edition)
    printed = _numbers(law.edition)
    for slug, unit in _units(law):
        eid, citation = _place(unit, cited)
        if isinstance(unit, Article):
            words = [unit.number, *(citation.en for _ in others)]
        else:
            chinese = printed.get(unit.eid, "") + " ".join(str(unit.text).split())
            words = [chinese, *(law.bilingual[code].of(unit.eid).text for code in others)]
        yield [slug, eid, citation.zh, citation.en, *words]


def _numbers(edition: Edition) -> dict[str, str]:
    """The numbers that items print before their text, by the unit's identifier."""
    found: dict[str, str] = {}

    def add(items: Iterable[Item | Gap]) -> None:
        for item in items:
            if isinstance(item, Item):
                found[item.unit.eid] = item.number
                add(item.subitems)

    for node in _flat(edition.body):
        if isinstance(node, Paragraph):
            add(node.items)
    return found


def _flat(body: Iterable[Node]) -> Iterator[Node]:
    """Every node above the items, in reading order."""
    for node in body:
        yield node
        if isinstance(node, Division | Article):
            yield from _flat(node.body)


def _units(law: Law) -> Iterator[tuple[str, Unit | Article]]:
    """Every unit and article's number that stands on a page of the law, with its address."""
    for unit in _front(law.edition):
        yield "", unit
    for leaf in law.leaves:
        if leaf.division:
            yield f"{leaf.slug}/", leaf.division.heading
        for node in _flat(leaf.body):
            if isinstance(node, Division):
                yield f"{leaf.slug}/", node.heading
            elif isinstance(node, Article):
                yield f"{leaf.slug}/", node
                if node.title:
                    yield f"{leaf.slug}/", node.title
            else:
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


def _place(unit: Unit | Article, cited: dict[str, Cited]) -> tuple[str, Cited]:
    """The identifier that a hit leads to, and its citation."""
    eid = unit.eid.removesuffix("__heading")
    role = unit.role if isinstance(unit, Unit) else "article"
    while eid not in cited and role in ("tail", "article_title", "cell") and "__" in eid:
        eid = eid.rpartition("__")[0]
    return eid, cited.get(eid) or Cited(zh=zh_of(eid), en=en_of(eid))
