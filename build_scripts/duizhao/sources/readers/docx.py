"""Word documents: paragraphs, automatic numbers, tables, notes, text boxes, formulas.

One line a paragraph (a line break inside it begins another), one line `| a | b |` a
table row, with empty cells where a merged one reaches to; a table of one column is plain
paragraphs.  Automatic numbers are rendered
as Word shows them, and tracked changes as if all were accepted.  Footnotes, then endnotes
follow at the end under 附注, their places marked ［注1］ and ［尾注1］, counted as they come in
the text.  Left out: headers, footers, comments, deleted and hidden
text, readings above characters (ruby), pictures and the words in them, charts, WordArt,
other documents embedded whole.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from duizhao.ground.problems import Position
from duizhao.sources.readers.docx_formulas import MATH, equation, formula
from duizhao.sources.readers.docx_numbers import Numbering, numbering_of
from duizhao.sources.readers.refusal import refusal

_LARGEST = 256 * 1024 * 1024  # bytes unpacked; a code of law has about one megabyte
_LARGEST_PART = 96 * 1024 * 1024
_MOST_PARTS = 10_000  # a book of law with pictures has hundreds
_SKIPPED = (
    *map(qn, ("w:del", "w:moveFrom", "w:delText", "w:pPr", "w:rPr", "w:rt")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
#: what python-docx lets through where a file is broken
BROKEN = (
    OpcError,
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    AttributeError,
    TypeError,
    IndexError,
    SyntaxError,  # lxml's errors of syntax are SyntaxErrors
    EOFError,
    NotImplementedError,
    RuntimeError,  # an encrypted member, or nesting without end
)
_P, _TBL, _TC, _TR = qn("w:p"), qn("w:tbl"), qn("w:tc"), qn("w:tr")
_R, _BOX = qn("w:r"), qn("w:txbxContent")
_MARKS = {qn("w:footnoteReference"): "注", qn("w:endnoteReference"): "尾注"}
#: of a paragraph whose end is deleted or moved away, and of a deleted row
_NO_END = tuple("/".join(map(qn, ("w:pPr", "w:rPr", change))) for change in ("w:del", "w:moveFrom"))
_DELETED_ROW = f"{qn('w:trPr')}/{qn('w:del')}"
#: what may stand round the rows of a table and the cells of a row
_AROUND = tuple(map(qn, ("w:sdt", "w:sdtContent", "w:customXml")))


@dataclass(slots=True, kw_only=True)
class _State:
    """The lists of a document, and the notes that were come across: by kind, the number of each."""

    numbering: Numbering
    notes: dict[str, dict[str, int]] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)  # that are open, by what is told of them

    def told(self, instruction: str) -> str:
        """A part of what the innermost open field is to show, which shows nothing itself."""
        if self.fields:
            self.fields[-1] += instruction
        return ""

    def mark(self, mark: str) -> str:
        """The text of a field that ends without a result of its own."""
        if mark == "begin":
            self.fields.append("")
        elif self.fields and mark == "separate":
            self.fields[-1] = ""  # the result follows
        elif self.fields and mark == "end":
            return equation(self.fields.pop())
        return ""

    def note(self, node: Any) -> int:
        """The number of the note that is referred to: they are counted as Word shows them."""
        seen = self.notes.setdefault(node.tag, {})
        return seen.setdefault(node.get(qn("w:id")), len(seen) + 1)


def text_from_docx(data: bytes, *, name: str) -> str:
    """The text of a .docx; raises DuizhaoError where it is broken, protected or a bomb."""
    place = Position(file=name)
    check_archive(data, place)
    try:
        document = Document(io.BytesIO(data))
        state = _State(numbering=numbering_of(document.part))
        lines = list(_blocks(document.element.body, state))
        lines.extend(_notes(document.part, state))
    except BROKEN as reason:
        raise refusal(
            "docx-broken",
            place,
            f"The document cannot be read: {_first_line(reason)}.",
            "open it in a word processor and save it as .docx again",
        ) from reason
    return "\n".join(lines)


def _first_line(reason: BaseException) -> str:
    lines = str(reason).strip().splitlines()
    return (lines[0] if lines else type(reason).__name__).rstrip(".")[:120]


def check_archive(data: bytes, place: Position) -> None:
    """Refuse what is no whole .docx archive, or unpacks to more than a law can hold."""
    broken = "open it in a word processor and save it as .docx again"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if any(member.flag_bits & 1 for member in members):
                raise refusal(
                    "docx-encrypted",
                    place,
                    "The document is protected by a password.",
                    "save it without the password",
                )
            sizes = [member.file_size for member in members]
            names = {member.filename for member in members}
            if sum(sizes) > _LARGEST or max(sizes, default=0) > _LARGEST_PART:
                raise refusal(
                    "docx-too-large",
                    place,
                    f"The document unpacks to {sum(sizes) / 1048576:.0f} MB.",
                    "it is no law, or made to do harm; do not open it",
                )
            if len(members) > _MOST_PARTS:
                raise refusal(
                    "docx-too-large",
                    place,
                    f"The document has {len(members)} parts.",
                    "it is no law, or made to do harm; do not open it",
                )
            if "word/document.xml" not in names and "[Content_Types].xml" not in names:
                raise refusal(
                    "witness-format",
                    place,
                    "This archive is no Word document.",
                    "give the .docx itself",
                )
            for part in ("document", "numbering", "footnotes", "endnotes"):
                if f"word/{part}.xml" in names:
                    with archive.open(f"word/{part}.xml") as stream:
                        if b"<!ENTITY" in stream.read(65536):
                            raise refusal(
                                "docx-too-large",
                                place,
                                "The document defines entities that expand without bound.",
                                "it is made to do harm; do not open it",
                            )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as reason:
        raise refusal(
            "docx-broken", place, "The document is truncated or no .docx at all.", broken
        ) from reason


def _blocks(parent: Any, state: _State) -> Iterator[str]:
    """The lines of every paragraph and table below a body, cell or text box."""
    before: list[Any] = []  # paragraphs that go on in the next, since their end is deleted
    for child in parent:
        tag = child.tag
        if tag == _P:
            before.append(child)
            if any(child.find(path) is not None for path in _NO_END):
                continue
        elif tag in _SKIPPED or not isinstance(tag, str) or not len(child):
            continue
        if before:
            yield from _paragraph(before, state)
            before = []
        if tag == _TBL:
            yield from _table(child, state)
        elif tag != _P:
            yield from _blocks(child, state)  # content controls, insertions
    if before:
        yield from _paragraph(before, state)


def _paragraph(parts: list[Any], state: _State) -> Iterator[str]:
    """A paragraph's lines, then those of the text boxes anchored in it.

    Of its parts the last has its properties, as Word has it.
    """
    boxes: list[Any] = []
    text = "".join(word for part in parts for word in _runs(part, boxes, state))
    number = state.numbering.label(parts[-1]) if text.strip() else ""
    yield from (number + text).split("\n")
    for box in boxes:
        yield from _blocks(box, state)


def _runs(node: Any, boxes: list[Any], state: _State) -> Iterator[str]:
    """The text below a node; text boxes are set aside."""
    for child in node:
        tag = child.tag
        if tag in _SHOWN:
            yield _SHOWN[tag](child, state)
        elif tag == _BOX:
            boxes.append(child)
        elif tag in _SKIPPED or (tag == _R and _hidden(child)):
            continue
        elif len(child):
            yield from _runs(child, boxes, state)


def _break(node: Any, _: _State) -> str:
    return "" if node.get(qn("w:type")) == "page" else "\n"


def _note(node: Any, state: _State) -> str:
    return f"［{_MARKS[node.tag]}{state.note(node)}］"


def _symbol(node: Any, _: _State) -> str:
    """A character of a symbol font, often a private one, which the checks then name."""
    code = int(node.get(qn("w:char"), "0"), 16)
    if 0xD800 <= code < 0xE000:
        raise ValueError(f"no character U+{code:04X}")
    return chr(code) if code else ""


#: What a node shows that holds no others, by its tag.
_SHOWN: dict[str, Callable[[Any, _State], str]] = {
    qn("w:t"): lambda node, _: node.text or "",
    **dict.fromkeys(map(qn, ("w:tab", "w:ptab")), lambda *_: "\t"),
    **dict.fromkeys(map(qn, ("w:br", "w:cr")), _break),
    qn("w:noBreakHyphen"): lambda *_: "-",
    **dict.fromkeys(_MARKS, _note),
    qn("w:fldChar"): lambda node, state: state.mark(node.get(qn("w:fldCharType"))),
    qn("w:instrText"): lambda node, state: state.told(node.text or ""),
    qn("w:sym"): _symbol,
    MATH: lambda node, _: formula(node),
}


def _hidden(run: Any) -> bool:
    properties = run.find(qn("w:rPr"))
    vanish = properties.find(qn("w:vanish")) if properties is not None else None
    return vanish is not None and vanish.get(qn("w:val")) not in ("0", "false", "off")


def _table(table: Any, state: _State) -> Iterator[str]:
    """A line for each row; a table of one column is plain paragraphs."""
    rows = [_by_column(row) for row in within(table, _TR) if row.find(_DELETED_ROW) is None]
    if max(map(len, rows), default=0) == 1:
        for row in rows:
            for cell in row.values():
                yield from _blocks(cell, state)
        return
    columns = sorted(set[int]().union(*rows))  # of the grid, but for those where no cell begins
    for row in rows:
        cells = [_cell(row[at], state) if at in row else "" for at in columns]
        if any(cells):
            yield "| " + " | ".join(cells) + " |"


def _by_column(row: Any) -> dict[int, Any]:
    """The cells of a row by the column of the table's grid that they begin in."""
    cells: dict[int, Any] = {}
    column = _columns(row, "w:trPr/w:gridBefore", 0)
    for cell in within(row, _TC):
        cells[column] = cell
        column += max(_columns(cell, "w:tcPr/w:gridSpan", 1), 1)
    return cells


def _columns(node: Any, path: str, otherwise: int) -> int:
    """How many columns a property of a row or cell says."""
    found = node.find("/".join(map(qn, path.split("/"))))
    return otherwise if found is None else int(found.get(qn("w:val"), otherwise))


def within(node: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, those in content controls too."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            yield from within(child, tag)


def _cell(cell: Any, state: _State) -> str:
    """A cell's text on one line; a cell merged into the one above it is empty."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    if merge is not None and merge.get(qn("w:val")) != "restart":
        return ""
    return _one_line(cell, state).replace("|", "｜")


def _one_line(parent: Any, state: _State) -> str:
    words = (line.strip() for line in _blocks(parent, state))
    return " ".join(word for word in words if word)


def _notes(part: Any, state: _State) -> Iterator[str]:
    """The footnotes and the endnotes that are referred to, under 附注."""
    notes = []
    for kind in ("footnote", "endnote"):
        mark = qn(f"w:{kind}Reference")
        numbers = state.notes.get(mark, {})
        for relation in part.rels.values():
            if numbers and relation.reltype.endswith(f"/{kind}s"):
                root = parse_xml(relation.target_part.blob)
                texts = {note.get(qn("w:id")): note for note in root.iterchildren(qn(f"w:{kind}"))}
                notes += [
                    f"［{_MARKS[mark]}{number}］{_one_line(texts[note], state)}"
                    for note, number in numbers.items()
                    if note in texts
                ]
    if notes:
        yield "附注："
        yield from notes
