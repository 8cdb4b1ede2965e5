"""The stable JSON of `duizhao parse`: what the parser made of a file, with an account of it.

::

    parse(witness)  = {"laws": [law…], "problems": [problem…], "lines": lines}
    law             = {"title", "adoption_note", "metadata", "announcements": [block…],
                       "preamble": [block…], "contents": [entry…], "counts", "divisions": […],
                       "articles": [article…], "other": […], "closing": [block…],
                       "annexes": [annex…], "problems": [problem…], "lines": lines}
    article         = {"eid", "number", "title", "path": [heading…], "paragraphs": [part…]}
    part            = {"kind": "paragraph", "eid", "text", "items": [item…], "tail": text | null}
                    | {"kind": "table", "eid", "rows": [[text…]…]}
                    | {"kind": "gap", "eid", "what"}
    item            = {"kind": "item", "eid", "number", "text", "subitems": [item…]}
    block           = {"eid", "text"}
    annex           = {"eid", "heading", "blocks": [{"kind": "paragraph"|"table", …}]}
    lines           = {"total", "used", "omitted", "unaccounted"}   non-blank lines

`other` holds the paragraphs that stand in no article.  The account is taken from the
pieces that the editions really carry, see `line_account`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from duizhao.editing.checks import check_structured
from duizhao.editing.line_account import LineAccount, account_of
from duizhao.ground.problems import Problem
from duizhao.parser.edition import (
    Annex,
    Article,
    Division,
    Edition,
    Gap,
    Item,
    Paragraph,
    Table,
    Unit,
    divisions,
)
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.sources.witness import Witness

Json = dict[str, Any]

#: The names that the contract gives to the levels of division.
_COUNTED = {"part": "book", "subpart": "subbook", "chapter": "chapter", "section": "section"}


def parse_json(witness: Witness) -> Json:
    """The contract's JSON object for a witness, parsed with no editorial decision.

    Raises nothing for any text: what is wrong with it stands under "problems".
    """
    structured = editions_from_reading(reading_from_witness(witness))
    account = account_of(witness, structured)
    problems = tuple(check_structured(witness, structured))
    laws = []
    lines = [p.position.line for p in problems]  # in order, so that each law's are a slice
    for index, edition in enumerate(structured.editions):
        first, last = account.ranges[index]
        own = problems[bisect_left(lines, first) : bisect_right(lines, last)]
        laws.append(law_json(edition, own, account.within(first, last)))
    return {
        "laws": laws,
        "problems": [problem_json(p) for p in (*problems, *account.problems)],
        "lines": lines_json(account),
    }


def law_json(edition: Edition, problems: Iterable[Problem], account: LineAccount) -> Json:
    """One law; `problems` and `account` are those of its own lines."""
    meta = edition.metadata
    return {
        "title": str(edition.title.text) if edition.title else "",
        "adoption_note": "\n".join(str(u.text) for u in edition.adoption_note),
        "metadata": {
            "kind": meta.kind,
            "organ": meta.organ,
            "region": meta.region,
            "adopted": meta.adopted,
            "promulgated": meta.promulgated,
            "effective": meta.effective,
            "effective_rule": meta.effective_rule,
            "document_number": meta.document_number,
            "status": meta.status,
            "events": [
                {"kind": e.kind, "date": e.date, "organ": e.organ, "text": e.text}
                for e in meta.events
            ],
        },
        "announcements": [block_json(u) for parts in edition.announcements for u in parts],
        "preamble": [block_json(u) for u in edition.preamble],
        "contents": [
            {"level": e.level, "text": str(e.unit.text), "target": e.target}
            for e in edition.contents
        ],
        "counts": counts(edition),
        "divisions": [
            {
                "eid": d.eid,
                "level": _COUNTED.get(d.level, d.level),
                "number": d.number,
                "title": d.title,
            }
            for d in divisions(edition.body)
        ],
        "articles": [article_json(a, path) for a, path in articles_in(edition.body)],
        "other": [
            {**part_json(part), "path": list(path)} for part, path in others_in(edition.body)
        ],
        "closing": [block_json(u) for u in edition.closing],
        "annexes": [annex_json(a) for a in edition.annexes],
        "problems": [problem_json(p) for p in problems],
        "lines": lines_json(account),
    }


Body = tuple[Division | Article | Paragraph | Gap | Table, ...]


def articles_in(
    body: Body, path: tuple[str, ...] = ()
) -> Iterator[tuple[Article, tuple[str, ...]]]:
    """Every article of a body with the headings above it, outermost first."""
    for node in body:
        if isinstance(node, Article):
            yield node, path
        elif isinstance(node, Division):
            yield from articles_in(node.body, (*path, str(node.heading.text)))


def others_in(
    body: Body, path: tuple[str, ...] = ()
) -> Iterator[tuple[Paragraph | Gap | Table, tuple[str, ...]]]:
    """Every paragraph, gap and table of a body that stands in no article."""
    for node in body:
        if isinstance(node, Division):
            yield from others_in(node.body, (*path, str(node.heading.text)))
        elif not isinstance(node, Article):
            yield node, path


def counts(edition: Edition) -> dict[str, int]:
    """How many of each kind the edition has; paragraphs, items and subitems of the body."""
    found = dict.fromkeys(
        (*_COUNTED.values(), "article", "paragraph", "item", "subitem", "annex"), 0
    )
    for division in divisions(edition.body):
        if division.level in _COUNTED:
            found[_COUNTED[division.level]] += 1
    parts = [part for part, _ in others_in(edition.body)]
    for article, _ in articles_in(edition.body):
        found["article"] += 1
        parts.extend(article.body)
    for part in parts:
        if isinstance(part, Paragraph):
            found["paragraph"] += 1
            for item in part.items:
                _count_item(item, found)
    found["annex"] = len(edition.annexes)
    return found


def _count_item(item: Item | Gap, found: dict[str, int]) -> None:
    if isinstance(item, Item):
        # Text without a number of its own is no item more, see `structure`.
        found["subitem" if item.unit.role == "subitem" else "item"] += bool(item.number)
        for sub in item.subitems:
            _count_item(sub, found)


def article_json(article: Article, path: tuple[str, ...]) -> Json:
    """One article (条)."""
    return {
        "eid": article.eid,
        "number": article.number,
        "title": str(article.title.text).strip("【】〔〕[]（）()") if article.title else None,
        "path": list(path),
        "paragraphs": [part_json(part) for part in article.body],
    }


def part_json(part: Paragraph | Gap | Table) -> Json:
    """One paragraph (款), table or gap."""
    match part:
        case Gap():
            return gap_json(part)
        case Table():
            return table_json(part)
        case Paragraph():
            return {
                "kind": "paragraph",
                "eid": part.eid,
                "text": str(part.lead.text),
                "items": [
                    gap_json(item) if isinstance(item, Gap) else item_json(item)
                    for item in part.items
                ],
                "tail": "\n".join(str(unit.text) for unit in part.tail) or None,
            }


def item_json(item: Item) -> Json:
    """One item (项) or subitem (目)."""
    return {
        "kind": "item",
        "eid": item.eid,
        "number": item.number,
        "text": str(item.unit.text),
        "subitems": [item_json(sub) for sub in item.subitems],
    }


def gap_json(gap: Gap) -> Json:
    """A place where text is lost."""
    return {"kind": "gap", "eid": gap.eid, "what": list(gap.missing)}


def table_json(table: Table) -> Json:
    """A table, row by row."""
    return {
        "kind": "table",
        "eid": table.eid,
        "rows": [[str(cell.text) for cell in row] for row in table.rows],
    }


def annex_json(annex: Annex) -> Json:
    """One annex (附件)."""
    return {
        "eid": annex.eid,
        "heading": str(annex.heading.text),
        "blocks": [
            table_json(block)
            if isinstance(block, Table)
            else {"kind": "paragraph", **block_json(block)}
            for block in annex.blocks
        ],
    }


def block_json(unit: Unit) -> Json:
    """A unit of text outside the articles."""
    return {"eid": unit.eid, "text": str(unit.text)}


def problem_json(problem: Problem) -> Json:
    """A problem as the contract has it."""
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "line": problem.position.line,
        "column": problem.position.column,
        "message": problem.message,
        "hint": problem.hint,
    }


def lines_json(account: LineAccount) -> dict[str, int]:
    """The account's totals, non-blank lines of the witness."""
    return {
        "total": account.total,
        "used": account.used,
        "omitted": account.omitted,
        "unaccounted": account.unaccounted,
    }
