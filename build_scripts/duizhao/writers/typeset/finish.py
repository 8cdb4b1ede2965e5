"""What Typst cannot say of a PDF, completed with pikepdf.

1. Named destinations: every identifier is one, `file.pdf#art_13__para_2` (Typst gives
   them to labelled headings only).
2. Structure: an article's number is a heading before its paragraph, not inside it
   (it is set at the head of the first line); a margin number is a label (Lbl).
3. Titles in both languages, in the metadata and in the outline.

Nothing visible changes, and the same input gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from duizhao.ground.problems import DuizhaoError, Position, error

_HEADING = re.compile(r"/H[1-6]$")
_ABOVE = 14.0  # points that a reader should see above the line a destination is on


def finished(
    pdf: bytes,
    places: list[dict[str, Any]],
    *,
    titles: dict[str, str],
    outline: dict[str, str],
    name: str,
) -> bytes:
    """The PDF completed.

    `places` are `{"eids", "at": {"page", "x", "y"}}` with lengths such as "12.5pt",
    `titles` the document's title by language tag, `outline` what the outline's
    entries are to be called instead of what they are.  Raises DuizhaoError where an
    identifier would be a destination twice.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _name_destinations(document, places, name)
        _mend_structure(document, document.Root.StructTreeRoot)
        _rename(document, outline)
        _title(document, titles)
        out = io.BytesIO()
        document.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
        )
    return out.getvalue()


def _points(length: str) -> float:
    return float(length.removesuffix("pt"))


def _name_destinations(document: Pdf, places: list[dict[str, Any]], name: str) -> None:
    found: dict[str, Object] = {}
    pages = [(page.obj, float(page.mediabox[3])) for page in document.pages]
    for place in places:
        at = place["at"]
        page, height = pages[at["page"] - 1]
        top = height - max(_points(at["y"]) - _ABOVE, 0)
        target = Array([page, Name.XYZ, 0, round(top, 2), 0])
        for eid in place["eids"]:
            if eid in found:
                raise DuizhaoError(
                    [
                        error(
                            "print-destination",
                            Position(file=name),
                            f"`{eid}` would stand at two places of the PDF.",
                            "give each provision its own identifier",
                        )
                    ]
                )
            found[eid] = target
    # One leaf, made whole and written in place: a tree that grows name by name takes as
    # long as all the rest, and a first new object has qpdf look at every other.
    names = Array(part for eid in sorted(found) for part in (String(eid), found[eid]))
    document.Root.Names = Dictionary(Dests=Dictionary(Names=names))


def elements(node: Object) -> Iterator[Object]:
    """The structure elements directly below a node, in order."""
    for kid in kids(node):
        if is_element(kid):
            yield kid


def is_element(kid: Any) -> bool:
    """Whether what a node holds is a structure element."""
    return isinstance(kid, Dictionary) and "/S" in kid


def kids(node: Object) -> list[Any]:
    """What a structure node holds: elements, marked-content numbers, references."""
    if "/K" not in node:
        return []
    held = node.K
    return list(held) if isinstance(held, Array) else [held]


def _mend_structure(document: Pdf, node: Object, held: list[Any] | None = None) -> None:
    """Mend what stands below a node; `held` are its kids, where they were asked for already."""
    out: list[Any] = []
    changed = False
    for kid in kids(node) if held is None else held:
        if not is_element(kid):
            out.append(kid)
            continue
        kind, inside = str(kid.S), kids(kid)
        if kind == "/P":
            headings = [e for e in inside if is_element(e) and _HEADING.match(str(e.S))]
            if headings:
                changed = True
                for heading in headings:
                    heading.P = node
                    if "/Lang" in kid and "/Lang" not in heading:
                        heading.Lang = kid.Lang
                out.extend(headings)
                inside = [k for k in inside if not any(_same(k, h) for h in headings)]
                kid.K = Array(inside)
                if not inside:
                    continue
        elif kind == "/Strong":
            kid.S = Name.Lbl
        elif kind == "/Link" and [str(e.S) for e in inside if is_element(e)] == ["/Strong"]:
            out.append(_labelled(document, kid, node))
            changed = True
            continue
        _mend_structure(document, kid, inside)
        out.append(kid)
    if changed:
        node.K = Array(out)


def _labelled(document: Pdf, link: Object, parent: Object) -> Object:
    """Link around Strong becomes Lbl around Link around Span."""
    label = document.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Lbl, P=parent, K=Array([link]))
    )
    link.P = label
    for inner in elements(link):
        inner.S = Name.Span
    return label


def _same(one: Any, other: Object) -> bool:
    return isinstance(one, Dictionary) and one.is_indirect and one.objgen == other.objgen


def _rename(document: Pdf, titles: dict[str, str]) -> None:
    if "/Outlines" not in document.Root:
        return

    def walk(node: Object) -> None:
        child = node.get("/First")
        while child is not None:
            title = str(child.Title)
            child.Title = String(titles.get(title, title))
            walk(child)
            child = child.get("/Next")

    walk(document.Root.Outlines)


def _title(document: Pdf, titles: dict[str, str]) -> None:
    """Write dc:title with one entry a language into the XMP packet."""
    packet = document.Root.Metadata.read_bytes().decode("utf-8")
    entries = "".join(
        f'<rdf:li xml:lang="{_xml(tag)}">{_xml(text)}</rdf:li>' for tag, text in titles.items()
    )
    document.Root.Metadata.write(
        re.sub(
            r"(<dc:title><rdf:Alt>).*?(</rdf:Alt></dc:title>)",
            lambda m: m[1] + entries + m[2],
            packet,
            flags=re.DOTALL,
        ).encode("utf-8")
    )


def _xml(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )
