"""A law as .docx: Word's own styles, the language of every run, a bookmark at every unit.

A bookmark holds the words of each unit, another those of its translation, so that the
file can be read back unit by unit and a reference can lead to a provision.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zipfile
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.run import Run

from duizhao.ground.problems import DuizhaoError, Position, error
from duizhao.ground.text import shown
from duizhao.languages.bilingual import Bilingual
from duizhao.languages.signs import CHINESE
from duizhao.languages.ui import TAGS, direction_of, tag_of
from duizhao.parser.edition import Edition
from duizhao.sources.readers.docx import BROKEN, check_archive
from duizhao.writers.formats.archive import zipped
from duizhao.writers.formats.blocks import (
    HEADINGS,
    Block,
    Sequence,
    flat,
    said,
    untranslated,
)
from duizhao.writers.formats.imprint import Imprint, repeal

_ZH, _OTHER, _NOTE = "Law Chinese", "Law Translation", "Law Note"
_FACES = {"ja": "MS Mincho", "ko": "Batang"}
_INDENT = {"item": 0.75, "subitem": 1.5}
_LONGEST_NAME = 40
_NUMBER, _SIGN = "Law Number", "Law Note Sign"


def docx_file(edition: Edition, sequence: Sequence, pair: Bilingual, imprint: Imprint) -> bytes:
    """The file, with the law's imprint at the foot of each page; the same bytes for the same edition."""
    document = Document()
    _set_up(document, edition, pair)
    _foot(document.sections[0].footer, imprint)
    writer = _Writer(document, sequence, pair.language)
    for block in sequence.blocks:
        writer.block(block)
    out = BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        return zipped((name, archive.read(name)) for name in sorted(archive.namelist(), key=_first))


def _first(name: str) -> tuple[bool, str]:
    """The list of content types comes first in a package."""
    return name != "[Content_Types].xml", name


def _set_up(document: Any, edition: Edition, pair: Bilingual) -> None:
    day = dt.date.fromisoformat(edition.metadata.edition_date or "1980-01-01")
    properties = document.core_properties
    properties.title = shown(edition.metadata.title)[:250]
    properties.author = shown(edition.metadata.organ)[:250]
    properties.comments = properties.last_modified_by = ""
    properties.language = TAGS["zh"]
    noon = dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC).replace(tzinfo=None)
    properties.created = properties.modified = noon
    other = tag_of(pair.language)
    for name, language, size in ((_ZH, "zh-CN", 11), (_OTHER, other, 10), (_NOTE, "zh-CN", 9)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size = Pt(size)
        style.paragraph_format.space_after = Pt(4)
        _language(style.element.get_or_add_rPr(), language)
    document.styles.add_style(_NUMBER, WD_STYLE_TYPE.CHARACTER).font.bold = True
    document.styles.add_style(_SIGN, WD_STYLE_TYPE.CHARACTER).font.superscript = True
    for name in ("Title", *(f"Heading {n}" for n in range(1, 7))):
        heading = document.styles[name]
        _language(heading.element.get_or_add_rPr(), "zh-CN", "黑体")
        heading.font.color.rgb = RGBColor(0, 0, 0)
    _plain_title(document.styles["Title"])
    for name in ("Title", "Heading 1"):
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    page = document.sections[0]
    if edition.metadata.status == "repealed":  # every page says it
        for words, language in zip(repeal(edition.metadata), ("zh-CN", "en"), strict=True):
            run = page.header.paragraphs[0].add_run(f"{words} ")
            run.bold = True
            _language(run._r.get_or_add_rPr(), language, "黑体")  # noqa: SLF001 - no other way
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)


def _foot(footer: Any, imprint: Imprint) -> None:
    """The imprint: its Chinese, its English, then what is the same in both, a paragraph each."""
    told = {
        "".join(imprint.chinese): "zh-CN",
        " ".join(imprint.english): "en",
        " · ".join(imprint.origin): "en",
    }
    for number, (words, language) in enumerate(told.items()):
        paragraph = footer.add_paragraph() if number else footer.paragraphs[0]
        run = paragraph.add_run(words)
        run.font.size = Pt(8)
        paragraph.paragraph_format.space_after = Pt(0)
        _language(run._r.get_or_add_rPr(), language)  # noqa: SLF001 - no other way


def _plain_title(style: Any) -> None:
    """The title without the rule that Word's own style draws below it."""
    style.font.size = Pt(18)
    style.font.bold = True
    properties = style.element.get_or_add_pPr()
    for rule in properties.findall(qn("w:pBdr")):
        properties.remove(rule)


def _language(properties: Any, language: str, face: str = "宋体") -> None:
    """The language of a style or run, and a face for the Han characters in it.

    Word asks for the language of three kinds of letters: European, East Asian, and those of
    Arabic, Tibetan and other scripts that are laid out (`bidi`).
    """
    main = language.partition("-")[0]
    face = _FACES.get(main, face)
    fonts = properties.get_or_add_rFonts()
    for theme in ("w:eastAsiaTheme",):
        fonts.attrib.pop(qn(theme), None)
    fonts.set(qn("w:eastAsia"), face)
    if direction_of(language) == "rtl":
        properties.append(OxmlElement("w:rtl"))
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), "en-US" if main == "zh" else language)
    mark.set(qn("w:eastAsia"), language if main in _FACES else "zh-CN")
    if main != "zh":
        mark.set(qn("w:bidi"), language)
    properties.append(mark)


def has_other(block: Block) -> bool:
    """Whether anything is said in the other language."""
    return bool(block.pair.text or block.english or untranslated(block))


class _Writer:
    def __init__(self, document: Any, sequence: Sequence, language: str) -> None:
        self._document = document
        # Looked up once: python-docx searches all styles for every name it is given.
        self._styles = {style.name: style.style_id for style in document.styles}
        self._numbers = sequence.numbers
        self._signs = sequence.signs
        self._tag = tag_of(language)
        self._marks = 0
        self._noted = False  # whether the heading over the notes is written

    def block(self, block: Block) -> None:
        if block.kind == "table":
            self._table(block)
        elif block.kind in HEADINGS:
            deep = 0 if block.kind == "title" else min(block.level, 6)
            paragraph = self._paragraph(self._document, f"Heading {deep}" if deep else "Title")
            self._chinese(paragraph, block)
            if has_other(block):
                between = paragraph.add_run("" if block.kind != "article" else "\u3000")
                if block.kind != "article":
                    between.add_break()
                self._other(paragraph, block)
        else:
            if block.kind == "note" and not self._noted:
                self._noted = True
                self._paragraph(self._document, "Heading 1").add_run("注 Notes")
            style = _NOTE if block.kind == "note" else _ZH
            self._paired(self._paragraph(self._document, style), self._document, block)

    def _paragraph(self, holder: Any, style: str) -> Any:
        made = holder.add_paragraph()
        made._p.style = self._styles[style]  # noqa: SLF001 - see `_styles`
        return made

    def _run(self, paragraph: Any, text: str, style: str) -> Run:
        made: Run = paragraph.add_run(text)
        made._r.style = self._styles[style]  # noqa: SLF001 - see `_styles`
        return made

    def _paired(self, paragraph: Any, holder: Any, block: Block) -> None:
        """The Chinese in a paragraph, the translation in one after it."""
        indent = Cm(_INDENT.get(block.kind, 0))
        self._chinese(paragraph, block)
        made = [paragraph]
        if has_other(block):
            style = _NOTE if block.kind == "note" else _OTHER
            made.append(self._paragraph(holder, style))
            if direction_of(self._tag) == "rtl":
                made[-1]._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 - no other way
            self._other(made[-1], block)
            paragraph.paragraph_format.keep_with_next = True
        for each in made:
            if indent:
                each.paragraph_format.left_indent = indent

    def _chinese(self, paragraph: Any, block: Block) -> None:
        if block.number:
            self._run(paragraph, shown(block.number), _NUMBER)
            paragraph.add_run(" ")
        start = self._mark(paragraph, bookmark(block.eid))
        for piece in block.zh:
            text = CHINESE.lost if piece.mark == "gap" else shown(piece.text)
            if text:
                run = paragraph.add_run(text)
                run.italic = True if piece.mark == "gap" else None
                run.underline = True if piece.mark in ("query", "emendation") else None
            self._reference(paragraph, piece.note)
        self._reference(paragraph, block.note)
        self._mark(paragraph, "", start)

    def _other(self, paragraph: Any, block: Block) -> None:
        runs = []
        if block.english:
            runs = [self._run(paragraph, shown(block.english), _NUMBER), paragraph.add_run(" ")]
        start = self._mark(paragraph, bookmark(block.eid, "tr"))
        if block.pair.text:
            runs.append(paragraph.add_run(shown(block.pair.text)))
        self._mark(paragraph, "", start)
        for run in runs:
            _language(run._r.get_or_add_rPr(), self._tag)  # noqa: SLF001 - no other way
        if mark := untranslated(block, self._signs):
            run = paragraph.add_run(f"[{mark}]")
            run.italic = True
            _language(run._r.get_or_add_rPr(), tag_of(self._signs.language))  # noqa: SLF001 - no other way

    def _mark(self, paragraph: Any, name: str, start: int = 0) -> int:
        """Begin the bookmark `name`, or end the one that began as `start`."""
        self._marks += bool(name)
        mark = OxmlElement("w:bookmarkStart" if name else "w:bookmarkEnd")
        mark.set(qn("w:id"), str(start or self._marks))
        if name:
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)  # noqa: SLF001 - python-docx has no bookmarks
        return self._marks

    def _reference(self, paragraph: Any, note: str) -> None:
        if note in self._numbers:
            self._run(paragraph, f"[{self._numbers[note]}]", _SIGN)

    def _table(self, block: Block) -> None:
        width = max((len(row) for row in block.rows), default=0)
        table = self._document.add_table(rows=0, cols=width, style="Table Grid")
        for row in block.rows:
            for cell, made in zip(row, table.add_row().cells, strict=False):
                made.paragraphs[0].style = _ZH
                self._paired(made.paragraphs[0], made, cell)


def bookmark(eid: str, kind: str = "zh") -> str:
    """The name of a unit's bookmark: Word takes 40 letters, digits and underscores."""
    name = f"{kind}_{eid}".replace("-", "_x_")
    if len(name) > _LONGEST_NAME or not name.isidentifier():
        name = f"{kind}_{hashlib.sha256(eid.encode('utf-8')).hexdigest()[:24]}"
    return name


def expected(sequence: Sequence) -> dict[str, str]:
    """What `read_docx_file` must find for a law: words by bookmark."""
    found: dict[str, str] = {}
    for block, each in zip(flat(sequence.blocks), said(sequence), strict=True):
        found[bookmark(each.eid)] = each.zh
        if has_other(block):
            found[bookmark(each.eid, "tr")] = each.words
    return found


def read_docx_file(data: bytes, name: str) -> dict[str, str]:
    """The words of each bookmark.  Raises DuizhaoError where it is no such file."""
    place = Position(file=name)
    check_archive(data, place)
    try:
        document = Document(BytesIO(data))
    except BROKEN as reason:
        message = f"This is no Word document, or a broken one: {reason}."
        hint = "take the file as it was published"
        raise DuizhaoError([error("docx-broken", place, message, hint)]) from reason
    found: dict[str, str] = {}
    for mark in document.element.body.iter(qn("w:bookmarkStart")):
        text, follower = "", mark.getnext()
        while follower is not None and follower.tag != qn("w:bookmarkEnd"):
            if follower.tag == qn("w:r") and follower.style != _SIGN.replace(" ", ""):
                text += Run(follower, None).text  # type: ignore[arg-type]
            follower = follower.getnext()
        found[mark.get(qn("w:name"))] = text
    return found
