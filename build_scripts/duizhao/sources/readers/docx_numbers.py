"""Word's automatic numbers, rendered as text (numbering.xml; ECMA-376 part 1, 17.9).

A numbered paragraph names a list (numId) and a level (ilvl), itself or through its
style.  The list's level gives the number's format and a pattern such as `第%1条`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from docx.oxml.ns import qn

from duizhao.ground.numerals import chinese

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("一二三四五六七八九十百千万零", "壹贰叁肆伍陆柒捌玖拾佰仟萬零")
_DEEPEST_STYLE = 20  # styles that are based on one another
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
    "koreanDigital2",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """One level of a list: first number, format, pattern, what follows the number.

    `restart` is the lowest level above, from 1, behind which it begins again; 0 for none.
    `for_style` is the style of paragraphs that are numbered so without saying it.
    `legal`: its number is written in Arabic figures, those above in it too.
    """

    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    gap: str = " "
    restart: int = 9
    for_style: str = ""
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, paragraph: Any) -> str:
        """The number that stands before a paragraph, with the gap after it; "" for none."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        named = self.styles.get(style.get(qn("w:val"))) if style is not None else None
        own, level_named = _reference(paragraph.find(qn("w:pPr")))
        number_id = own or (named[0] if named else "")
        if number_id not in self.lists:
            return ""
        depth = level_named if level_named is not None else 0 if own or not named else named[1]
        abstract, levels = self.lists[number_id]
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if depth < min(d, levels.get(d, _Level()).restart)]:
            del counts[deeper]
        if level.style in ("bullet", "none"):
            return ""
        text = level.pattern
        for above in range(depth + 1):
            if f"%{above + 1}" in text:
                other = levels.get(above, _Level())
                value = counts.get(above, other.start)
                style = "decimal" if level.legal else other.style
                text = text.replace(f"%{above + 1}", numeral(value, style))
        return text + level.gap if text else ""


def numeral(value: int, style: str) -> str:
    """`value` in one of Word's number formats; decimal where the format is unknown."""
    if style in _CHINESE and 0 <= value < 100_000_000:
        return chinese(value)
    if style == "chineseLegalSimplified" and 0 <= value < 100_000_000:
        return chinese(value).translate(_LEGAL)
    if style in ("lowerLetter", "upperLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * (1 + (value - 1) // 26)
        return letter if style == "lowerLetter" else letter.upper()
    if style in ("lowerRoman", "upperRoman"):
        return _roman(value) if style == "upperRoman" else _roman(value).lower()
    if style == "ideographTraditional" and 1 <= value <= 10:
        return _STEMS[value - 1]
    if style == "ideographZodiac" and 1 <= value <= 12:
        return _BRANCHES[value - 1]
    if style.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    if style == "decimalFullWidth":
        return "".join(chr(ord(c) + 0xFEE0) for c in str(value))
    return f"{value:02d}" if style == "decimalZero" else str(value)


def _roman(value: int) -> str:
    out = ""
    for size, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        count, value = divmod(value, size)
        out += letters * min(count, 10)
    return out


def numbering_of(part: Any) -> Numbering:
    """The lists and numbered styles of a document's main part; empty where it has none."""
    numbering = Numbering()
    root = next(
        (r.target_part.element for r in part.rels.values() if r.reltype.endswith("/numbering")),
        None,
    )
    if root is None:
        return numbering
    kinds = list(root.iterchildren(qn("w:abstractNum")))
    abstracts = {node.get(qn("w:abstractNumId")): dict(_levels(node)) for node in kinds}
    # A list without levels may name a style of lists, whose list has them.
    styled = {_value(n, "w:styleLink", ""): n.get(qn("w:abstractNumId")) for n in kinds}
    linked = {
        node.get(qn("w:abstractNumId")): styled[name]
        for node in kinds
        if (name := _value(node, "w:numStyleLink", "")) and name in styled
    }
    for node in root.iterchildren(qn("w:num")):
        number_id = node.get(qn("w:numId"))
        abstract = node.find(qn("w:abstractNumId")).get(qn("w:val"))
        abstract = linked.get(abstract, abstract)
        levels = dict(abstracts.get(abstract, {}))
        overrides = list(node.iterchildren(qn("w:lvlOverride")))
        for override in overrides:
            levels.update(_levels(override))
            start = override.find(qn("w:startOverride"))
            depth = int(override.get(qn("w:ilvl"), "0"))
            if start is not None and depth in levels:
                levels[depth] = replace(levels[depth], start=int(start.get(qn("w:val"), "1")))
        # A list that restarts counts for itself; others of one kind count on together.
        numbering.lists[number_id] = (f"{number_id}*" if overrides else abstract, levels)
    numbering.styles.update(_numbered_styles(part, numbering.lists))
    return numbering


def _levels(parent: Any) -> Iterator[tuple[int, _Level]]:
    for node in parent.iterchildren(qn("w:lvl")):
        gap = _value(node, "w:suff", "tab")
        yield (
            int(node.get(qn("w:ilvl"), "0")),
            _Level(
                start=int(_value(node, "w:start", "1")),
                style=_value(node, "w:numFmt", "decimal"),
                pattern=_value(node, "w:lvlText", ""),
                gap="" if gap == "nothing" else " ",
                restart=int(_value(node, "w:lvlRestart", "9")),
                for_style=_value(node, "w:pStyle", ""),
                legal=_value(node, "w:isLgl", "no", given="1") in ("1", "true", "on"),
            ),
        )


def _value(node: Any, name: str, default: str, *, given: str = "") -> str:
    """What a property says; `given` where it stands without saying anything."""
    child = node.find(qn(name))
    return default if child is None else str(child.get(qn("w:val"), given or default))


def _reference(properties: Any) -> tuple[str, int | None]:
    """The list and the level that paragraph properties name, each as far as they do."""
    node = properties.find(qn("w:numPr")) if properties is not None else None
    if node is None:
        return "", None
    level = _value(node, "w:ilvl", "")
    return _value(node, "w:numId", ""), int(level) if level else None


def _numbered_styles(part: Any, lists: Mapping[str, Any]) -> dict[str, tuple[str, int]]:
    """The styles that number their paragraphs: the list, and the level of it.

    What a style does not say itself it has from the one it is based on; a level of a list may
    name the style that it is for.
    """
    own: dict[str, tuple[str, int | None]] = {}
    based: dict[str, str] = {}
    for style in part.styles.element.iterchildren(qn("w:style")):
        style_id = style.get(qn("w:styleId"))
        own[style_id] = _reference(style.find(qn("w:pPr")))
        based[style_id] = _value(style, "w:basedOn", "")
    out = {}
    for style_id in own:
        number_id, depth, at = "", None, style_id
        for _ in range(_DEEPEST_STYLE):
            if at not in own or (number_id and depth is not None):
                break
            number_id, depth = number_id or own[at][0], own[at][1] if depth is None else depth
            at = based.get(at, "")
        levels = lists[number_id][1] if number_id in lists else {}
        named = (deep for deep, level in levels.items() if level.for_style == style_id)
        if number_id:
            out[style_id] = (number_id, next(named, depth or 0))
    return out
