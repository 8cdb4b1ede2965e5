"""A small XML tree: built by the writer, and what the reader makes of a file.

Guarantees: `tree_from_xml(xml_from_tree(t))` equals `t`; no entity is expanded and no
document type is accepted; characters that XML cannot hold never reach it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from duizhao.ground.problems import DuizhaoError, Position, error
from duizhao.ground.text import NO_XML

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:duizhao:akn:1"
#: elements whose content is text; white space counts in them and in all below them
MIXED = frozenset({"p", "num", "heading", "tocItem"})
_DEEPEST = 100  # elements within elements: of what is written here some twenty
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PLAIN = re.compile("[ !#-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_VALUE = {**_TEXT, '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}


@dataclass(slots=True)
class Element:
    """An element with its attributes in order; `line` is where it stood in a file."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    line: int = field(default=0, compare=False)

    @property
    def elements(self) -> list[Element]:
        """The children that are elements."""
        return [child for child in self.children if isinstance(child, Element)]

    def get(self, name: str) -> str:
        """The value of an attribute, "" where it has none."""
        return self.attributes.get(name, "")

    def find(self, *path: str) -> Element | None:
        """The first element below that is reached by these tags."""
        here: Element | None = self
        for tag in path:
            here = next((e for e in here.elements if e.tag == tag), None) if here else None
        return here

    def all(self, tag: str) -> list[Element]:
        """The children with a tag."""
        return [e for e in self.elements if e.tag == tag]

    @property
    def text(self) -> str:
        """All text in the element."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in the order of the file."""
        yield self
        for child in self.elements:
            yield from child.walk()


def node(tag: str, attributes: dict[str, str] | None = None, *children: Element | str) -> Element:
    """An element; attributes without a value and empty texts are left out."""
    kept = {key: value for key, value in (attributes or {}).items() if value}
    return Element(tag, kept, [c for c in children if c != ""])


def parts(text: str) -> list[Element | str]:
    """Text as children: a character that XML cannot hold becomes an element that names it."""
    out: list[Element | str] = []
    at = 0
    for match in NO_XML.finditer(text):
        out.append(text[at : match.start()])
        out.append(node("inline", {"name": "character"}, f"U+{ord(match.group()):04X}"))
        at = match.end()
    out.append(text[at:])
    return [part for part in out if part != ""]


def xml_from_tree(root: Element) -> str:
    """The whole file."""
    return _DECLARATION + serialised(root) + "\n"


def serialised(element: Element, depth: int = 0, *, mixed: bool = False) -> str:
    """An element as XML: indented, but for mixed content, which keeps its line."""
    given = "".join(f' {k}="{_escaped(v, _VALUE)}"' for k, v in element.attributes.items())
    if not element.children:
        return f"<{element.tag}{given}/>"
    inside = mixed or element.tag in MIXED
    if inside:
        content = "".join(
            _escaped(c, _TEXT) if isinstance(c, str) else serialised(c, mixed=True)
            for c in element.children
        )
    else:
        pad = "\n" + "  " * (depth + 1)
        content = "".join(pad + serialised(c, depth + 1) for c in element.elements)
        content += "\n" + "  " * depth
    return f"<{element.tag}{given}>{content}</{element.tag}>"


def _escaped(text: str, table: dict[str, str]) -> str:
    if _PLAIN.fullmatch(text):  # as nearly all is
        return text
    text = NO_XML.sub(lambda m: f"\\u{ord(m.group()):04x}", text)
    return "".join(table.get(c, c) for c in text)


def tree_from_xml(data: bytes, name: str) -> Element:
    """The tree of a file.  Raises DuizhaoError where it is no XML or declares a document type."""
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    open_elements: list[Element] = []
    roots: list[Element] = []

    def refuse(*_: Any) -> None:
        place = Position(file=name, line=parser.CurrentLineNumber)
        message = "The file declares a document type; entities are never expanded."
        raise DuizhaoError(
            [error("akn-doctype", place, message, "take the file as it was published")]
        )

    def start(tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, attributes, line=parser.CurrentLineNumber)
        if len(open_elements) == _DEEPEST:
            raise structure(name, element, "Too many elements stand within one another.")
        (open_elements[-1].children if open_elements else roots).append(element)
        open_elements.append(element)

    def end(_: str) -> None:
        element = open_elements.pop()
        if not any(e.tag in MIXED for e in (*open_elements, element)):
            loose = [c for c in element.children if isinstance(c, str) and c.strip()]
            if loose:
                raise structure(name, element, f"The text “{loose[0].strip()[:20]}” stands here.")
            element.children = [c for c in element.children if not isinstance(c, str)]

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: _append(open_elements[-1].children, text)
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as reason:
        place = Position(file=name, line=reason.lineno, column=reason.offset + 1)
        raise DuizhaoError(
            [
                error(
                    "akn-syntax",
                    place,
                    f"This is no XML: {expat.ErrorString(reason.code)}.",
                    "take the file as it was published",
                )
            ]
        ) from reason
    return roots[0]


def _append(children: list[Element | str], text: str) -> None:
    if children and isinstance(children[-1], str):
        children[-1] += text
    else:
        children.append(text)


def structure(name: str, element: Element, message: str) -> DuizhaoError:
    """The error that markup is not this project's."""
    place = Position(file=name, line=element.line)
    where = f"<{element.tag}>" + (f" {element.get('eId')}" if element.get("eId") else "")
    hint = "read only files that this project has written"
    return DuizhaoError([error("akn-structure", place, f"{where}: {message}", hint)])
