"""Previews: what a page carries of the provisions that it cites and that stand elsewhere.

A script shows them beside the citation; without one, and for what stands on the page
itself, they are not needed.  Nothing is fetched, so they work from a folder too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duizhao.languages.law import View
from duizhao.languages.leaves import WHOLE, Leaf
from duizhao.languages.ui import TAGS
from duizhao.parser.edition import Article, Division, Item, Node, Paragraph, units_of

_LONGEST = 600  # characters of Chinese; the rest is a link away


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A provision's identifier, its citation, and its texts: (class, language tag, words)."""

    eid: str
    name: str
    texts: tuple[tuple[str, str, str], ...]


def previews(view: View, leaf: Leaf) -> tuple[Preview, ...]:
    """The provisions that citations on a leaf lead to and that stand on other pages."""
    law = view.law
    if leaf.slug == WHOLE:
        return ()
    wanted = {
        reference.targets[0]: None
        for node in leaf.body
        for unit in units_of(node)
        for reference in law.citing.of_unit.get(unit.eid, ())
        if reference.kind == "internal"
    }
    if not wanted:
        return ()
    nodes = law.once(
        ("nodes",), lambda: {node.eid: node for other in law.leaves for node in _nodes(other)}
    )
    return tuple(
        Preview(eid=eid, name=law.cited[eid].of(view.ui), texts=tuple(_texts(view, nodes[eid])))
        for eid in wanted
        if eid in nodes and eid in law.cited and eid not in leaf.anchors
    )


def _nodes(leaf: Leaf) -> Iterator[Division | Article | Paragraph | Item]:
    for top in (*leaf.above, leaf.division):
        if top is not None:
            yield top
    yield from _below(leaf.body)


def _below(nodes: tuple[Node, ...]) -> Iterator[Division | Article | Paragraph | Item]:
    for node in nodes:
        match node:
            case Division() | Article():
                yield node
                yield from _below(node.body)
            case Paragraph():
                yield node
                yield from _below(node.items)
            case Item():
                yield node
                yield from _below(node.subitems)


def _texts(
    view: View, node: Division | Article | Paragraph | Item
) -> Iterator[tuple[str, str, str]]:
    """The texts of a provision, a division's heading alone; long ones are broken off."""
    numbers = {item.unit.eid: item.number for item in _below((node,)) if isinstance(item, Item)}
    size = 0
    for unit in [node.heading] if isinstance(node, Division) else units_of(node):
        chinese = str(unit.text)
        if not chinese:
            continue
        if size > _LONGEST:
            yield "zh", TAGS["zh"], "……"
            return
        size += len(chinese)
        yield "zh", TAGS["zh"], numbers.get(unit.eid, "") + chinese
        if words := view.pair.of(unit.eid).text:
            yield "en", view.pair_ui.tag, words
