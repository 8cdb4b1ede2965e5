"""The text of a tagged PDF, block by block, as a screen reader takes it.

The logical structure gives the order, the languages and what is a block; each
glyph gives its characters through its font's own ToUnicode table.  Running heads
and feet are artifacts: no part of it.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf

from duizhao.writers.typeset.finish import is_element, kids

_INLINE = {"/Span", "/Link", "/Em", "/Strong", "/Reference", "/Quote", "/Code"}
_OPERATORS = "BDC BMC EMC Tf Tj TJ"
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_GLYPH = struct.Struct(">H")


@dataclass(slots=True)
class Block:
    """A heading, paragraph, list label, list body, cell or note, with its text.

    `parts` are (language, text); `labels` the numbers set in it that are not its
    text: the margin number, the marks of footnotes.  `note` is true inside a note;
    `page` is the 0-based page that the block begins on.
    """

    kind: str
    note: bool
    parts: list[tuple[str, str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    page: int = -1
    label_pages: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The block's text."""
        return "".join(text for _, text in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What is read of a PDF in one go: its blocks and its destinations."""

    blocks: list[Block]
    destinations: dict[str, int]


def contents_from_pdf(pdf: bytes) -> Contents:
    """All that a tagged PDF is compared by."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return Contents(blocks=_blocks(document), destinations=_destinations(document))


def blocks_from_pdf(pdf: bytes) -> list[Block]:
    """Every block of a tagged PDF that holds text, in logical order."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return _blocks(document)


def destinations_from_pdf(pdf: bytes) -> dict[str, int]:
    """Every named destination with its 0-based page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return _destinations(document)


def _blocks(document: Pdf) -> list[Block]:
    reader = _Reader(document)
    language = str(document.Root.get("/Lang", ""))
    found: list[Block] = []
    reader.walk(document.Root.StructTreeRoot, language, Block("", note=False), found)
    return [block for block in found if block.parts or block.labels]


def _destinations(document: Pdf) -> dict[str, int]:
    numbers = {page.obj.objgen: n for n, page in enumerate(document.pages)}
    tree = pikepdf.NameTree(document.Root.Names.Dests)
    return {str(name): numbers[target[0].objgen] for name, target in tree.items()}


@dataclass(slots=True)
class _Sequence:
    """A marked-content sequence: its own language, "" where it has none, and its text."""

    language: str
    text: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, document: Pdf) -> None:
        self._pages: dict[tuple[int, int], dict[int, _Sequence]] = {}
        self._fonts: dict[tuple[int, int], dict[int, str]] = {}
        self._numbers = {page.obj.objgen: n for n, page in enumerate(document.pages)}
        for page in document.pages:
            self._pages[page.obj.objgen] = self._page(page)

    def walk(
        self,
        node: Object,
        language: str,
        block: Block,
        out: list[Block],
        page: Object | None = None,
    ) -> None:
        """Add the text below `node` to `block`, and new blocks to `out`."""
        page = node.get("/Pg", page)
        for kid in kids(node):
            if isinstance(kid, int):
                self._add(block, language, page, kid)
            elif not is_element(kid):
                if kid.get("/Type") == Name.MCR:
                    self._add(block, language, kid.get("/Pg", page), int(kid.MCID))
            else:
                self._element(kid, str(kid.get("/Lang", language)), block, out, page)

    def _element(
        self, kid: Object, language: str, block: Block, out: list[Block], page: Object | None
    ) -> None:
        kind = str(kid.S)
        if kind in _INLINE:
            self.walk(kid, language, block, out, page)
        elif kind == "/Lbl" and block.kind in ("P", "LBody", "TD", "TH"):
            label = Block("Lbl", note=block.note)
            self.walk(kid, language, label, out, page)
            block.labels.append(label.text)
            block.label_pages.append(label.page)
        else:
            inner = Block(kind[1:], note=block.note or kind == "/Note")
            later: list[Block] = []
            out.append(inner)
            self.walk(kid, language, inner, later, page)
            out.extend(later)

    def _add(self, block: Block, language: str, page: Object | None, number: int) -> None:
        if page is None or number not in self._pages[page.objgen]:
            return
        sequence = self._pages[page.objgen][number]
        block.page = self._numbers[page.objgen] if block.page < 0 else block.page
        block.parts.append((sequence.language or language, "".join(sequence.text)))

    def _page(self, page: pikepdf.Page) -> dict[int, _Sequence]:
        """The text of each marked-content sequence of a page."""
        out: dict[int, _Sequence] = {}
        open_marks: list[_Sequence | None] = []
        fonts = page.obj.Resources.get("/Font", Dictionary())
        table: dict[int, str] = {}
        for instruction in pikepdf.parse_content_stream(page, _OPERATORS):
            operands = instruction.operands
            current = open_marks[-1] if open_marks else None
            match str(instruction.operator):
                case "BDC" | "BMC":
                    properties = operands[1] if len(operands) > 1 else Dictionary()
                    if "/MCID" in properties:
                        language = str(properties.get("/Lang", ""))
                        current = out.setdefault(int(properties.MCID), _Sequence(language))
                    if current and "/ActualText" in properties:
                        current.text.append(str(properties.ActualText))
                        current = None  # its glyphs are spoken for
                    open_marks.append(current)
                case "EMC":
                    open_marks.pop()
                case "Tf":
                    table = self._font(fonts[str(operands[0])])
                case _:
                    if current:
                        current.text.append(_decoded(operands[0], table))
        return {number: sequence for number, sequence in out.items() if sequence.text}

    def _font(self, font: Object) -> dict[int, str]:
        if font.objgen not in self._fonts:
            cmap = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
            self._fonts[font.objgen] = dict(_to_unicode(cmap))
        return self._fonts[font.objgen]


def _decoded(shown: Any, table: dict[int, str]) -> str:
    """The characters of the glyphs that are shown, two bytes a glyph."""
    strings = shown if isinstance(shown, pikepdf.Array) else [shown]
    raw = b"".join([bytes(string) for string in strings if isinstance(string, pikepdf.String)])
    return "".join(
        [table.get(code, "\ufffd") for (code,) in _GLYPH.iter_unpack(raw[: len(raw) & ~1])]
    )


def _to_unicode(cmap: bytes) -> Iterator[tuple[int, str]]:
    """The entries of a ToUnicode table (ISO 32000-1, 9.10.3)."""
    for section in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        found = _HEX.findall(section)
        for code, text in zip(found[::2], found[1::2], strict=False):
            yield int(code, 16), _utf16(text)
    for section in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for line in re.findall(
            rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(\[.*?\]|<[0-9A-Fa-f]+>)", section, re.DOTALL
        ):
            first, last, target = int(line[0], 16), int(line[1], 16), line[2]
            texts = _HEX.findall(target)
            for n in range(last - first + 1):
                if target.startswith(b"["):
                    yield first + n, _utf16(texts[n])
                else:
                    start = _utf16(texts[0])
                    yield first + n, start[:-1] + chr(ord(start[-1]) + n)


def _utf16(text: bytes) -> str:
    return bytes.fromhex(text.decode("ascii")).decode("utf-16-be")
