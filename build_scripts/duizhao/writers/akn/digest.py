"""Digests of the blocks of a file, so that a change made by hand is found and named.

`<proprietary>` lists one for each provision and note, and one for the whole.  They prove
that nobody edited the file by mistake, not who made it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from duizhao.ground.problems import Position, Problem, error
from duizhao.writers.akn.tree import OWN, Element, serialised

DIVISIONS = ("part", "subpart", "chapter", "section", "division")


def seal(root: Element) -> None:
    """Write the digests of a finished tree into its `<proprietary>`."""
    place = _proprietary(root)
    place.children = []
    rows: list[Element | str] = [_row(name, block) for name, block in _blocks(root)]
    place.children = [*rows, _row("", root)]


def changed(root: Element, name: str) -> Iterator[Problem]:
    """A problem for each block that is not what its digest says."""
    place = _proprietary(root)
    told = {e.get("of"): e.get("sha256") for e in place.elements}
    rows, place.children = place.children, []
    blocks = list(_blocks(root))
    faults = 0
    for eid, block in blocks:
        if told.pop(eid, "") != _digest(block):
            faults += 1
            yield _changed(name, block, f"`{eid}` is not as it was published.")
    whole = told.pop("", "")
    for eid in told:
        faults += 1
        yield _changed(name, root, f"`{eid}` was taken out of the file.")
    if not faults and whole != _digest(root):
        yield _changed(name, root, "The file is not as it was published, outside its provisions.")
    place.children = rows


def _changed(name: str, block: Element, message: str) -> Problem:
    place = Position(file=name, line=block.line)
    return error("akn-changed", place, message, "take the file as it was published")


def _proprietary(root: Element) -> Element:
    found = root.find("act", "meta", "proprietary")
    return found if found is not None else Element("proprietary")


def _row(eid: str, block: Element) -> Element:
    return Element("dz:digest", {"xmlns:dz": OWN, "of": eid, "sha256": _digest(block)})


def _digest(block: Element) -> str:
    return hashlib.sha256(serialised(block).encode("utf-8")).hexdigest()[:32]


def _blocks(root: Element) -> Iterator[tuple[str, Element]]:
    """What a reader would name: provisions, headings, notes, the parts before and after."""
    act = root.find("act")
    if act is None:
        return
    for part in act.elements:
        if part.tag == "body":
            yield from _provisions(part)
        elif part.tag == "meta":
            for child in part.elements:
                if child.tag == "notes":
                    yield from ((note.get("eId"), note) for note in child.elements)
                elif child.tag != "proprietary":
                    yield child.tag, child
        elif part.tag == "attachments":
            yield from ((annex.get("eId"), annex) for annex in part.elements)
        else:
            yield part.tag, part


def _provisions(body: Element) -> Iterator[tuple[str, Element]]:
    for number, child in enumerate(body.elements):
        if child.tag in DIVISIONS:
            own = [e for e in child.elements if e.tag in ("num", "heading")]
            head = Element(child.tag, child.attributes, [*own], line=child.line)
            yield child.get("eId"), head
            yield from _provisions(child)
        elif child.tag not in ("num", "heading"):
            yield child.get("eId") or f"{body.get('eId')}#{number}", child
