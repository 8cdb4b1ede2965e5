"""Search records: one a paragraph, item or heading, scanned whole by the browser.

Complete by construction: the script looks for the query in every record's text,
so whatever stands in a provision is found.
"""

from __future__ import annotations

from duizhao.citation import citations
from duizhao.edition import Unit, units_of
from duizhao.law import Law
from duizhao.pipeline import Site


def search_records(site: Site) -> dict[str, object]:
    """The records: `laws` (id, titles by language) and `units`.

    A unit is [index of law, slug of page, identifier, citation zh, citation en,
    Chinese, translation].
    """
    laws: list[dict[str, object]] = []
    rows: list[list[object]] = []
    for number, law in enumerate(site.laws):
        titles = {code: site.view(law, code).title() for code in site.options.languages}
        laws.append({"id": law.id, "title": titles})
        rows.extend(_rows(law, number))
    return {"laws": laws, "units": rows}


def _rows(law: Law, number: int) -> list[list[object]]:
    cited = citations(law.edition)
    pair = next(iter(law.bilingual.values()))
    out: list[list[object]] = []
    for leaf in law.leaves:
        found: list[Unit] = [leaf.division.heading] if leaf.division else []
        for node in leaf.body:
            found.extend(units_of(node))
        for unit in found:
            eid = unit.eid.removesuffix("__heading")
            target = eid if eid in cited else eid.rpartition("__")[0]
            citation = cited.get(target)
            out.append(
                [
                    number,
                    leaf.slug,
                    target,
                    citation.zh if citation else "",
                    citation.en if citation else "",
                    str(unit.text),
                    pair.of(unit.eid).text,
                ]
            )
    return out
