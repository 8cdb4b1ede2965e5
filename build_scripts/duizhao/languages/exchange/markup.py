"""XML of exchange files, read without trust and written plainly.

Refused: entities (they expand without bound or fetch files); a DOCTYPE that only names
its DTD, as TMX files have, is allowed and the DTD is not fetched.
"""

from __future__ import annotations

from typing import Any

from duizhao.ground.problems import DuizhaoError, Position, error
from duizhao.ground.text import NO_XML

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def root_from_bytes(data: bytes, *, name: str) -> Any:
    """The root element; raises DuizhaoError where the XML is broken or defines entities."""
    from lxml import etree  # noqa: PLC0415 - megabytes, for few commands

    try:
        root = etree.fromstring(data, untrusting_parser())
    except etree.XMLSyntaxError as reason:
        line = reason.lineno or 0
        lines = data.decode("utf-8", "replace").splitlines()
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        raise DuizhaoError(
            [
                error(
                    "exchange-xml",
                    Position(file=name, line=line, text=text[:200]),
                    f"The XML is broken: {(reason.msg or '').rstrip('.')[:120]}.",
                    "export the file again from the program that wrote it",
                )
            ]
        ) from reason
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise DuizhaoError(
            [
                error(
                    "exchange-entities",
                    Position(file=name),
                    "The file defines entities of its own.",
                    "do not use it; ask for an export without them",
                )
            ]
        )
    return root


def untrusting_parser() -> Any:
    """A parser that fetches nothing, expands nothing and passes over what is no text."""
    from lxml import etree  # noqa: PLC0415 - see above

    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def local(element: Any) -> str:
    """An element's name without its namespace; "" for a comment or instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Any, name: str) -> list[Any]:
    """The child elements of one name, in any namespace."""
    return [child for child in element if local(child) == name]


def descendants(element: Any, name: str) -> list[Any]:
    """All elements of one name below an element, in any namespace."""
    return [found for found in element.iter() if local(found) == name]


def language(element: Any) -> str:
    """The language that an element names (`xml:lang`, or `lang` of old TMX), in small letters."""
    return str(element.get(_LANG) or element.get("lang") or "").lower().replace("_", "-")


def words(element: Any) -> str:
    """The text of an element; codes inside it (bpt, ept, ph, x …) keep no text of their own."""
    out = [element.text or ""]
    for child in element:
        if local(child) in ("g", "mrk", "hi", "sub", "pc", "sm"):
            out.append(words(child))
        out.append(child.tail or "")
    return "".join(out)


def document(root: Any, *, doctype: str = "") -> bytes:
    """A finished file: declaration, optional DOCTYPE, two spaces an indent, a newline."""
    from lxml import etree  # noqa: PLC0415 - see above

    etree.indent(root)
    found: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", doctype=doctype or None
    )
    return found.rstrip(b"\n") + b"\n"


def holdable(text: str) -> str:
    """`text` with U+FFFD, which is passed over on reading, for what XML cannot hold."""
    return NO_XML.sub("\ufffd", text)


def element(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    """A new child; `lang=` becomes xml:lang, `_` in an attribute's name a hyphen."""
    namespace = parent.tag.rpartition("}")[0]
    out = parent.makeelement(f"{namespace}}}{tag}" if namespace else tag)
    parent.append(out)
    for key, value in attributes.items():
        out.set(_LANG if key == "lang" else key.rstrip("_").replace("_", "-"), value)
    if text:
        out.text = holdable(text)
    return out


def new_root(tag: str, *, namespace: str = "", lang: str = "", **attributes: str) -> Any:
    """A root element; children made by `element` are in its namespace."""
    from lxml import etree  # noqa: PLC0415 - see above

    name = f"{{{namespace}}}{tag}" if namespace else tag
    out = etree.Element(name, nsmap={None: namespace} if namespace else None)
    for key, value in attributes.items():
        out.set(key.replace("_", "-"), value)
    if lang:
        out.set(_LANG, lang)
    return out
