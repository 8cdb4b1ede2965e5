"""Small texts as `duizhao parse` reads them, and what of them tests compare."""

from __future__ import annotations

from typing import Any

from duizhao.editing.parse_json import parse_json
from duizhao.sources.witness import witness_from_text

Json = dict[str, Any]


def laws(*lines: str) -> list[Json]:
    """The laws of a text, of which every line is accounted for."""
    found = parse_json(witness_from_text("\n".join(lines), name="x"))
    assert found["lines"]["unaccounted"] == 0
    result: list[Json] = found["laws"]
    return result


def law(*lines: str) -> Json:
    """The only law of a text."""
    (only,) = laws(*lines)
    return only


def shape(article: Json) -> list[Any]:
    """Paragraphs as text, or as (text, items, tail); items as number or (number, subitems)."""

    def item(node: Json) -> Any:
        below = [item(sub) for sub in node["subitems"]]
        return (node["number"], below) if below else node["number"]

    return [
        (p["text"], [item(i) for i in p["items"]], p["tail"]) if p.get("items") else p.get("text")
        for p in article["paragraphs"]
    ]
