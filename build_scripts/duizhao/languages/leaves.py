"""Leaves: how a law is cut into pages, the same for the site and for print.

A chapter (章) is a leaf, below the address of its part (编); a law or part
without chapters is one leaf, `text`.  Beside its leaves each law has one page with
all of it, `full`: the same provisions under the same identifiers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from duizhao.parser.edition import (
    Annex,
    Article,
    Division,
    Edition,
    Gap,
    Node,
    Unit,
    articles,
    units_of,
)

PINYIN = "pinyin"  # the end of the address of a leaf's page with pinyin
WHOLE = "full"  # the address of the page with the whole law
_SLUGS = {"part": "part", "subpart": "subpart", "chapter": "chapter"}


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One page of a law: its address below the law's, its division, what stands on it.

    `above` are the divisions that the leaf lies in, outermost first; `division` is
    None for text outside any chapter.
    """

    slug: str
    division: Division | None
    above: tuple[Division, ...]
    body: tuple[Node, ...]
    opens: tuple[str, ...] = ()  # divisions above whose first leaf this is
    closing: tuple[Unit, ...] = ()  # what closes the law, and
    annexes: tuple[Annex, ...] = ()  # its annexes, on the last leaf
    front: tuple[Unit, ...] = ()  # what comes before the body, on the whole law's page

    @property
    def heading(self) -> str:
        """The Chinese heading of its division on one line, "" where it is of none."""
        return " ".join(str(self.division.heading.text).split()) if self.division else ""

    @cached_property
    def eids(self) -> frozenset[str]:
        """Every identifier of a provision on this leaf."""
        found: set[str] = set()
        if self.division:
            found.add(self.division.eid)
        found.update(unit.eid.removesuffix("__heading") for unit in self.front)
        for node in self.body:
            found.update(_eids(node))
        found.update(unit.eid for unit in self.closing)
        for annex in self.annexes:
            found.update(_eids(annex))
        return frozenset(found)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every identifier that has its anchor on the leaf's page."""
        return self.eids | set(self.opens)

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The articles on the leaf, in order."""
        return tuple(articles(self.body))


def _eids(node: Node | Unit | Annex) -> Iterator[str]:
    yield node.eid
    if isinstance(node, Gap):
        yield from node.missing
        return
    if isinstance(node, Article | Division):
        for child in node.body:
            yield from _eids(child)
    if not isinstance(node, Unit):
        for unit in units_of(node):
            yield unit.eid


def leaves(edition: Edition) -> tuple[Leaf, ...]:
    """The leaves of an edition, in reading order.

    What closes the law and its annexes stand on the last.
    """
    out = list(_leaves(edition.body, "", ()))
    if not out:
        return ()
    seen: set[str] = set()
    for at, leaf in enumerate(out):
        opens = tuple(d.eid for d in leaf.above if d.eid not in seen)
        seen.update(opens)
        out[at] = replace(leaf, opens=opens)
    out[-1] = replace(out[-1], closing=edition.closing, annexes=edition.annexes)
    return tuple(out)


def with_pinyin(leaf: Leaf) -> str:
    """The address of a leaf's page with pinyin, below the law's."""
    return f"{leaf.slug}/{PINYIN}"


def whole(edition: Edition) -> Leaf:
    """The whole law as one leaf, with what the overview shows before its contents."""
    announced = tuple(unit for announcement in edition.announcements for unit in announcement)
    return Leaf(
        slug=WHOLE,
        division=None,
        above=(),
        body=edition.body,
        closing=edition.closing,
        annexes=edition.annexes,
        front=(*edition.adoption_note, *announced, *edition.preamble),
    )


def _leaves(body: tuple[Node, ...], base: str, above: tuple[Division, ...]) -> Iterator[Leaf]:
    loose: list[Node] = []
    count = 0

    def flush() -> Iterator[Leaf]:
        nonlocal count
        if loose:
            count += 1
            slug = base + ("text" if count == 1 else f"text-{count}")
            yield Leaf(slug=slug, division=None, above=above, body=tuple(loose))
            loose.clear()

    for node in body:
        if isinstance(node, Division) and node.level in _SLUGS:
            yield from flush()
            slug = f"{base}{_SLUGS[node.level]}-{node.ordinal}"
            if node.level == "chapter":
                yield Leaf(slug=slug, division=node, above=above, body=node.body)
            elif any(isinstance(n, Division) and n.level in _SLUGS for n in node.body):
                yield from _leaves(node.body, f"{slug}/", (*above, node))
            else:
                yield Leaf(slug=slug, division=node, above=above, body=node.body)
        else:
            loose.append(node)
    yield from flush()
