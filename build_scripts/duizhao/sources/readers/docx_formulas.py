"""Word's formulas as text (ECMA-376 part 1, 22.1): (a+b)/c, x^2, x_i, √x, [a+b].

Brackets are added only round a part that is neither one character, nor a number or
a word.  The cells of a matrix and the lines of an array stand side by side.
"""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

MATH = qn("m:oMath")
_EQ = re.compile(
    r"\s*eq\b\s*(?P<switches>(?:\\[a-z]+\s*)+)\((?P<first>[^,，()]*)[,，](?P<second>[^()]*)\)\s*",
    re.IGNORECASE,
)
_RINGS = "○〇◯"
_CIRCLED = {
    n: chr(c + n)
    for c, ns in ((0x245F, range(1, 21)), (0x323C, range(21, 36)), (0x328D, range(36, 51)))
    for n in ns
}
_TEXT = (qn("m:t"), qn("w:t"))
_SKIPPED = (qn("w:del"), qn("w:moveFrom"), qn("w:rPr"))
_MARKS = {"sub": "_", "sup": "^"}
_APART = ("m", "mr", "eqArr")


def formula(node: Any) -> str:
    """The text of a formula, or of a part of one."""
    if node.tag in _TEXT:
        return node.text or ""
    if node.tag in _SKIPPED or not isinstance(node.tag, str):
        return ""
    kind = node.tag.rpartition("}")[2]
    if kind == "f":
        line = "¦" if _said(node, "type", "bar") == "noBar" else "/"
        return f"{_part(node, 'num')}{line}{_part(node, 'den')}"
    if kind == "rad":
        degree = _words(node, "deg")
        return f"√({degree}&{_words(node, 'e')})" if degree else f"√{_part(node, 'e')}"
    if kind == "d":
        between = _said(node, "sepChr", "│")
        inside = between.join(map(formula, node.iterchildren(qn("m:e"))))
        return _said(node, "begChr", "(") + inside + _said(node, "endChr", ")")
    if kind in ("limLow", "limUpp"):
        return f"{_words(node, 'e')}{'_' if kind == 'limLow' else '^'}{_part(node, 'lim')}"
    if kind == "acc":
        return _words(node, "e") + _said(node, "chr", "\u0302")
    if kind == "bar":
        return _words(node, "e") + "\u0305\u0332"[_said(node, "pos", "bot") == "bot"]
    inside = (" " if kind in _APART else "").join(filter(None, map(formula, node)))
    if kind == "nary":
        return _said(node, "chr", "∫") + inside
    return _MARKS[kind] + _bracketed(inside) if kind in _MARKS and inside else inside


def _words(node: Any, name: str) -> str:
    """The text of the part of a formula that is called `name`; "" where there is none."""
    found = node.find(qn(f"m:{name}"))
    return "" if found is None else "".join(map(formula, found))


def _part(node: Any, name: str) -> str:
    return _bracketed(_words(node, name))


def _bracketed(text: str) -> str:
    return text if len(text) < 2 or text.isdecimal() or text.isalpha() else f"({text})"


def _said(node: Any, name: str, default: str) -> str:
    """What the properties of a part say of it; `default` where they say nothing."""
    kind = node.tag.rpartition("}")[2]
    found = node.find(f"{qn(f'm:{kind}Pr')}/{qn(f'm:{name}')}")
    return default if found is None else str(found.get(qn("m:val"), default))


def equation(instruction: str) -> str:
    """What a field EQ shows that has no result of its own: a number in a ring, a fraction.

    "" for another field; what is not known here is given as it is written.
    """
    if not re.match(r"\s*eq\b", instruction, re.IGNORECASE):
        return ""
    match = _EQ.fullmatch(instruction)
    if match is None:
        return instruction.strip()
    first, second = match["first"].strip(), match["second"].strip()
    kind = match["switches"].lower()
    if kind.startswith("\\f"):
        return f"{first}/{second}"
    if not kind.startswith("\\o"):
        return instruction.strip()
    ring = first in _RINGS and second.isdecimal()
    return _CIRCLED.get(int(second), first + second) if ring else first + second
