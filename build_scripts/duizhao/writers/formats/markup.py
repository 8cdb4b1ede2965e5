"""A law as well-formed HTML blocks, for the file on its own and for EPUB, and read back.

Every unit is an element with `lang` that holds its number in `<b>` and its words in
`<span data-eid="…">`, its translation likewise, so that what a reader sees can be read
back unit by unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from duizhao.ground.problems import DuizhaoError, Position, error
from duizhao.ground.text import Piece, shown
from duizhao.languages.exchange.markup import local, untrusting_parser
from duizhao.languages.signs import CHINESE
from duizhao.languages.ui import TAGS, directed, tag_of
from duizhao.writers.formats.blocks import HEADINGS, Block, Said, Sequence, untranslated

if TYPE_CHECKING:
    from lxml import etree

ZH = TAGS["zh"]
DOCTYPE = "<!DOCTYPE html>\n"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Markup:
    """Blocks as HTML; `notes_at` is the file that has the notes, `text_of` one for each eid."""

    def __init__(self, sequence: Sequence, language: str) -> None:
        self._numbers = sequence.numbers
        self._signs = sequence.signs
        self._tag = tag_of(language)
        self._referred = set[str]()
        self.notes_at = ""  # the file that holds the notes; "" where it is this one
        self.file = ""  # the file that is being written
        self._places: dict[str, str] = {}

    def html(self, blocks: Iterable[Block]) -> Iterator[str]:
        """One string a block."""
        for block in blocks:
            ident = escape(block.eid)
            if block.kind == "table":
                rows = "".join(
                    "<tr>" + "".join(f"<td>{self._both(c)}</td>" for c in row) + "</tr>"
                    for row in block.rows
                )
                yield f'<table id="{ident}"><tbody>{rows}</tbody></table>'
            elif block.kind in HEADINGS:
                deep = 1 if block.kind == "title" else min(1 + block.level, 6)
                yield f'<h{deep} class="{block.kind}" id="{ident}">{self._both(block, "span")}</h{deep}>'
            else:
                kind = escape(block.kind)
                back = self._back(block) if block.kind == "note" else ""
                yield f'<div class="pair {kind}" id="{ident}">{self._both(block, "p", back)}</div>'

    def _both(self, block: Block, tag: str = "p", back: str = "") -> str:
        """Both languages; `back` stands at the end of the Chinese, where every note has words."""
        zh = "".join(self._piece(piece) for piece in block.zh) + self._reference(block.note)
        out = self._one(block.eid, tag, ZH, block.number, zh, after=back)
        if block.pair.text or block.english or untranslated(block):
            words = escape(shown(block.pair.text), quote=False)
            # Where no style is heeded, the languages of a heading stand on lines of their own.
            out += "<br/>" if tag == "span" else ""
            out += self._one(block.eid, tag, self._tag, block.english, words, self._mark(block))
        return out

    def _mark(self, block: Block) -> str:
        """Why there is no translation, "" where there is one."""
        words = escape(untranslated(block, self._signs), quote=False)
        return f"<i {directed(tag_of(self._signs.language))}>{words}</i>" if words else ""

    @staticmethod
    def _one(
        eid: str, tag: str, lang: str, number: str, words: str, mark: str = "", after: str = ""
    ) -> str:
        number = f"<b>{escape(shown(number), quote=False)}</b>" if number else ""
        return f'<{tag} {directed(lang)}>{number}<span data-eid="{escape(eid)}">{words}</span>{mark}{after}</{tag}>'

    def _piece(self, piece: Piece) -> str:
        text = escape(shown(piece.text), quote=False)
        if piece.mark == "gap":
            text = f'<em class="gap">{CHINESE.lost}</em>'
        elif piece.mark and text:
            text = f'<span class="{escape(piece.mark)}">{text}</span>'
        return text + self._reference(piece.note)

    def _reference(self, note: str) -> str:
        """The number that leads to a note."""
        if note not in self._numbers:
            return ""
        ident = ""
        if note not in self._places:
            self._places[note] = self.file
            ident = f' id="ref_{escape(note)}"'
        target = f"{self.notes_at}#note_{escape(note)}"
        link = f'<a{ident} role="doc-noteref" href="{target}">[{self._numbers[note]}]</a>'
        return f"<sup>{link}</sup>"

    def _back(self, block: Block) -> str:
        note = block.eid.removeprefix("note_")
        if note not in self._places:
            return ""
        target = f"{self._places[note]}#ref_{escape(note)}"
        label = "回到正文 Back to the text"
        return f' <a class="back" role="doc-backlink" aria-label="{label}" href="{target}">↩</a>'


def tree_of(text: str, name: str) -> etree._Element:
    """The tree of a file that was written here; DuizhaoError names what is wrong, and where.

    It may declare no entity and no document type but the empty one of HTML.
    """
    from lxml import etree  # noqa: PLC0415 - megabytes, where no such file is made

    body = text.removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n').removeprefix(DOCTYPE)
    at = body.upper().find("<!DOCTYPE")
    skipped = text[: len(text) - len(body)].count("\n")
    if at >= 0 or "<!ENTITY" in body.upper():
        place = Position(file=name, line=body.count("\n", 0, max(at, 0)) + 1 + skipped)
        message = "The file declares a document type; entities are never expanded."
        raise DuizhaoError([error("markup-doctype", place, message, HINT)])
    try:
        return etree.fromstring(body.encode("utf-8"), untrusting_parser())
    except etree.XMLSyntaxError as reason:
        place = Position(file=name, line=(reason.lineno or 1) + skipped)
        message = f"This is not well-formed: {reason.msg}."
        raise DuizhaoError([error("markup-syntax", place, message, HINT)]) from reason


HINT = "take the file as it was published"


def said_in(root: etree._Element) -> list[Said]:
    """What a reader is told, unit by unit, in the order of the file."""
    found: list[Said] = []
    for node in root.iter("{*}span"):
        eid = node.get("data-eid")
        holder = node.getparent()
        if eid is None or holder is None:
            continue
        lang = holder.get("lang") or holder.get(_XML_LANG)
        number = "".join("".join(b.itertext()) for b in holder.findall("{*}b"))
        words = _words(node)
        if lang == ZH:
            found.append(Said(eid, number, words, "", ""))
        elif found and found[-1].eid == eid and not (found[-1].english or found[-1].words):
            found[-1] = found[-1]._replace(english=number, words=words)
        else:
            found.append(Said(eid, "", "", number, words))
    return found


def _words(node: Any) -> str:
    """The text in an element, without the numbers that lead to notes."""
    out = node.text or ""
    for child in node:
        if local(child) != "sup":
            out += _words(child)
        out += child.tail or ""
    return str(out)
