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
from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, String

from duizhao.problems import DuizhaoError, Position, error

_HEADING = re.compile(r"/H[1-6]$")
_ABOVE = 14.0  # points that a reader should see above the line a destination is on
_DC = "http://purl.org/dc/elements/1.1/"


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
    for place in places:
        at = place["at"]
        page = document.pages[at["page"] - 1]
        top = float(page.mediabox[3]) - max(_points(at["y"]) - _ABOVE, 0)
        target = Array([page.obj, Name.XYZ, 0, round(top, 2), 0])
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
    if "/Names" not in document.Root:
        document.Root.Names = document.make_indirect(Dictionary())
    tree = NameTree.new(document)
    for eid in sorted(found):
        tree[eid] = found[eid]
    document.Root.Names.Dests = tree.obj


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


def _mend_structure(document: Pdf, node: Object) -> None:
    out: list[Any] = []
    for kid in kids(node):
        if not is_element(kid):
            out.append(kid)
            continue
        if kid.S == Name.P:
            headings = [e for e in elements(kid) if _HEADING.match(str(e.S))]
            for heading in headings:
                heading.P = node
            out.extend(headings)
            rest = [k for k in kids(kid) if not any(_same(k, h) for h in headings)]
            kid.K = Array(rest)
            if not rest:
                continue
        if Name.Strong == kid.S:
            kid.S = Name.Lbl
        inside = [str(e.S) for e in elements(kid)]
        if Name.Link == kid.S and inside == ["/Strong"]:
            out.append(_labelled(document, kid, node))
        else:
            _mend_structure(document, kid)
            out.append(kid)
    if out:
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
