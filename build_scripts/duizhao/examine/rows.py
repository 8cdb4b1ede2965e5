"""Rows: what each non-blank line of a witness is, by itself.

A row says what the line looks like (an article's head, a heading, front matter,
plain text), the numbers it carries and whether its sentence is closed.
"""

from __future__ import annotations

from dataclasses import dataclass

from duizhao.front import (
    ends_like_title,
    is_announcement_head,
    is_date,
    is_document_number,
    is_note,
)
from duizhao.segments import Segment, compact, segments_of_line
from duizhao.witness import Witness

_CLOSED = tuple("。；：！？”）》…;:!?)")
_FORMULAS = ("特此公告", "现予公布", "现予发布", "予以公布")
_SILENT = ("space", "markup", "blank")
FRONT = ("title", "note", "announcement", "number", "date", "signature", "formula")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a witness.

    `kind` is contents_head, heading, article, item, text, furniture, annex or one of
    `FRONT`; `words` is its text without spaces, marks and article number.
    """

    line: int
    kind: str
    text: str
    words: str
    level: str = ""
    first: int | None = None  # number of the first article or of the heading
    last: int | None = None  # number of the last article on the line
    inserted: bool = False  # 第十条之一 has the number of the article before it
    closed: bool = True


def rows_of(witness: Witness) -> tuple[Row, ...]:
    """The rows of a witness, in its own order."""
    out: list[Row] = []
    for line in witness.lines:
        if not line.blank:
            before = out[-1] if out else None
            out.append(_row(line.number, line.text, before))
    return tuple(out)


def _row(number: int, text: str, before: Row | None) -> Row:
    segments = [s for s in segments_of_line(text) if s.kind not in _SILENT]
    words = compact("".join(text[s.start : s.end] for s in segments if s.kind != "article"))
    first = segments[0] if segments else Segment(kind="text", start=0, end=0)
    heads = [s for s in segments if s.kind == "article"]
    kind = first.kind
    if kind in ("text", "point"):
        kind = _front_kind(text.lstrip("#＃ 　").strip(), before) or "text"
    elif kind == "bare":
        kind = "heading"
    body = kind in ("article", "text", "item", "subitem")
    return Row(
        line=number,
        kind=kind,
        text=text.strip(),
        words=words,
        level=first.level,
        first=heads[0].number if heads else first.number,
        last=heads[-1].number if heads else None,
        inserted=bool(heads and heads[0].inserted),
        closed=not body or text.rstrip().endswith(_CLOSED),
    )


def _front_kind(text: str, before: Row | None) -> str:
    """What part of a law's front matter a line is, "" where it is none."""
    if is_announcement_head(text):
        return "announcement"
    if is_document_number(text):
        return "number"
    if is_date(text):
        return "date"
    if is_note(text) and len(text) < 160:
        return "note"
    if any(formula in text for formula in _FORMULAS) and len(text) < 200:
        return "formula"
    if ends_like_title(text) and "，" not in text and "," not in text:
        return "title"
    in_announcement = before is not None and before.kind in ("formula", "number")
    if in_announcement and len(text) < 40 and not text.endswith(_CLOSED):
        return "signature"
    return ""
