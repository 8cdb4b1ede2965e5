"""Rows: what each non-blank line of a witness is.

A row says what the line looks like (an article's head, a heading, front matter,
plain text), the numbers it carries, whether its sentence is closed, and, on a page
set in narrow lines, whether it only goes on with the line above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from duizhao.editing.examine.across import columns_across
from duizhao.ground.numerals import NUMERAL_CHARACTERS, chinese
from duizhao.ground.patterns import ARTICLE_LINE, ORDINAL, SPACE
from duizhao.ground.text import HAN
from duizhao.parser.front import (
    ends_like_title,
    is_announcement_head,
    is_date,
    is_document_number,
    is_note,
)
from duizhao.parser.navigation import navigation_rows
from duizhao.parser.page_marks import page_rows
from duizhao.parser.segments import Segment, compact, segments_of_line
from duizhao.parser.tokens import heads_are_spaced
from duizhao.sources.witness import Witness, WitnessLine

_CLOSED = tuple("。；：！？”）》…;:!?)")
_FORMULAS = ("特此公告", "现予公布", "现予发布", "予以公布")
_BODY = ("article", "text", "item", "subitem")
_ENDS = (
    "。",
    "：",
    "！",
    "？",
    "!",
    "?",
    ":",
    "。”",
    "。）",
)  # a line that ends so may end its paragraph
_INDENT = ("　", "  ")
_UPRIGHT = 3  # lines of one character each, from which on they are print that runs downward
_NARROWEST = 12  # characters; below it lists of names, not lines of a column
_NARROW_LINES = 20  # so many lines of one length show that a page is set in columns
_RAGGED = 4  # characters by which a full line may fall short, for marks and Latin letters
_HANGING = 2  # characters by which it may be longer, for marks that hang over
# The parts of a newspaper, with which a page is headed.
_PART = "(?:要闻|新闻|时政|综合|法规|法治|公告|公示|广告|专版|特刊)"
# A page number alone, as 7 or A03, or over a part of the paper; the head of a page with the day of
# the week, who made the page.
_FURNITURE = re.compile(
    r"^(?:\d{1,3}|[A-H]\d{1,2})$|^第?\s*[\d一二三四五六七八九十]{1,3}\s*版$|^[^。；]{0,40}日[^。；]{0,8}星期[一二三四五六日天][^。；]{0,20}$"
    r"|^(?:责任编辑|责编|本版编辑|版式|校对|美编)[^。；]{0,30}$"
    rf"|^(?:[A-H]?\d{{1,2}}|第?\d{{1,2}}版)\s*{_PART}{{1,2}}$|^{_PART}[·・]{_PART}$"
)
# How news, captions, personal notices and advertisements begin or end, which no law does.
_NOTICE = re.compile(
    r"^[□■▲△▼◆◇●○★☆◎]\s*|^本报讯|^本报.{0,4}记者|^新华社.{0,8}\d+日电|^(?:图为|上图|下图|左图|右图)[^，。；]|^天气预报"
    r"|^(?:遗失声明|招租|招聘|启事)[：:]|声明作废。?$|(?:记者|通讯员)[^，。；：]{1,30}[摄文]$"
    r"|告诉记者|记者(?:了解到|在现场|从[^，。；]{2,20}获悉)"
    r"|(?:热线|电话|邮编|微信|传真)\s*[：:]?\s*[\d-]{6,}"
)
# What stands behind 第三 where no article begins: a finer unit, a division, a count.
_NO_ARTICLE = frozenset(
    "条款條项項目章节節编編批次届屆号號年季月天日期名位个個类類种種级級部分方人者者产產业業"
)
_SILENT = ("space", "markup", "blank")
_UNSEEN = (*_SILENT, "invisible")
_NUMERAL = re.compile(rf"{ORDINAL}([{NUMERAL_CHARACTERS}]+)[条條]")
# What stands in no line of a table: marks, a whole date.
_NO_CELL = re.compile(r"[。，；：、]|\d年\d")
_CELLS, _FIGURES = 3, 2  # so many cells, and of these with figures, are a line of a table
_UNIT = re.compile("[十百千]")
# A heading where a law has no chapters: 一、一般规定, over an article.
_POINT_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、[^，。；：,;:]{1,24}$")
FRONT = ("title", "note", "announcement", "number", "date", "signature", "formula")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a witness.

    `kind` is contents_head, heading, article, item, text, furniture, notice (news, tables and
    advertisements), annex or one of `FRONT`; `words` is its text without spaces, marks and article number.  `first` is
    the number of the first article, of the heading or of the item.
    """

    line: int
    kind: str
    text: str
    words: str
    level: str = ""
    first: int | None = None
    last: int | None = None  # number of the last article on the line
    inserted: bool = False  # 第十条之一 has the number of the article before it
    closed: bool = True
    wrapped: bool = False  # the paragraph of the line above goes on in this line
    across: bool = False  # a column begins that was read across with others
    printed: int | None = None  # the article's number as it is printed, where it is misread
    head: str = ""  # the article's head as it is printed, where its 条 is misread


def rows_of(witness: Witness) -> tuple[Row, ...]:
    """The rows of a witness, in its own order: of lines without words, none.

    Columns that were read across stand one after the other.
    """
    measure = Measure(witness)
    out: list[Row] = []
    texts = [line.text for line in witness.lines]
    around = navigation_rows(texts) | page_rows(texts)
    written = [line for line in witness.lines if not line.blank and has_words(line.text)]
    upright = _upright([line.text.strip() for line in written])
    columns = [[*range(len(written))]]
    spaced, article = heads_are_spaced([line.text for line in written]), None
    if measure.length:
        full = measure.is_full
        apart = {
            at
            for at, line in enumerate(written)
            if at in upright or line.number - 1 in around or _is_apart(line.text)
        }
        lines = [line.text for line in written]
        columns = columns_across(lines, full, set_in=measure.set_in, apart=apart)
    for number, column in enumerate(columns):
        for place, at in enumerate(column):
            line, below = written[at], column[place + 1 : place + 2]
            before = out[-1] if out and place else None
            after = written[below[0]].text if below else ""
            segments = segments_of_line(line.text, after=article, spaced=spaced)
            row = _row(line, segments, before, after, measure)
            if line.number - 1 in around:
                row = replace(row, kind="furniture", closed=True)
            elif at in upright:
                row = replace(row, kind="notice", closed=True, wrapped=False)
            article = row.last or article
            out.append(replace(row, across=number > 0 and not place))
    return _with_numbers_read(_with_heads_read(out))


def _upright(texts: Sequence[str]) -> frozenset[int]:
    """The places of lines of one character each, one below the other: a print that runs downward."""
    alone = [len(text) == 1 and bool(HAN.match(text)) for text in texts]
    found: set[int] = set()
    start = 0
    for at in range(len(texts) + 1):
        if at == len(texts) or not alone[at]:
            found.update(range(start, at) if at - start >= _UPRIGHT else ())
            start = at + 1
    return frozenset(found)


def has_words(text: str) -> bool:
    """Whether a line has words, and not marks and invisible characters alone."""
    return any(s.kind not in _UNSEEN and s.start < s.end for s in segments_of_line(text))


def invisible_lines(witness: Witness) -> tuple[int, ...]:
    """The numbers of the lines that look blank and are not: a draft sets them aside."""
    return tuple(
        line.number
        for line in witness.lines
        if not line.blank and any(s.kind == "invisible" for s in segments_of_line(line.text))
    )


class Measure:
    """The length of a page's lines in characters, 0 where each line is a paragraph.

    A page is set in narrow lines where many lines that end within a sentence are of
    one length; `indents` says whether its paragraphs begin with spaces, `set_in` whether
    all of them do.
    """

    def __init__(self, witness: Witness) -> None:
        texts = [line.text.rstrip() for line in witness.lines if not line.blank]
        sizes = Counter(len(text) for text in texts if not text.endswith(_CLOSED))
        self.length = max(sizes, key=lambda size: (_about(sizes, size), size), default=0)
        many = _about(sizes, self.length)
        if self.length < _NARROWEST or many < _NARROW_LINES or 2 * many < sizes.total():
            self.length = 0
        self.indents = 10 * sum(t.startswith(_INDENT) for t in texts) > len(texts)
        heads = [t.startswith(_INDENT) for t in texts if ARTICLE_LINE.match(t)]
        self.set_in = self.indents and 10 * sum(heads) >= 9 * len(heads) > 0

    def is_full(self, text: str) -> bool:
        """Whether a line of a page set in narrow lines fills its column."""
        return bool(self.length) and len(text.rstrip()) >= self.length - _RAGGED

    def goes_on(self, before: Row | None, text: str) -> bool:
        """Whether a line of plain text goes on with the paragraph of the line before."""
        if before is None or before.kind not in (*_BODY, "notice"):
            return False
        if not self.is_full(before.text):
            return False
        if before.kind == "notice" and len(before.text) > self.length + _HANGING:
            return False  # it was not cut to the width of this page
        if self.set_in and text.startswith(_INDENT):
            return False
        ended = before.text.endswith(_ENDS)
        return not ended or (self.indents and not text.startswith(_INDENT))


def _about(sizes: Counter[int], size: int) -> int:
    """How many lines are of a length or a little shorter or longer."""
    return sum(sizes[near] for near in range(size - 2, size + 3))


def misread_head(number: int, text: str) -> str:
    """What opens a line that has an article's number and another character for 条, as 第三務."""
    head = re.match(rf"[{SPACE}]*({ORDINAL}{chinese(number)}([\u4e00-\u9fff]))[{SPACE}]", text)
    return head[1] if head and head[2] not in _NO_ARTICLE else ""


def _with_heads_read(rows: list[Row]) -> list[Row]:
    """The rows with each article whose 条 was misread, and whose number goes on, as an article."""
    last = None
    for at, row in enumerate(rows):
        if row.kind == "article":
            last = row.last
        elif last is not None and row.kind == "text" and (head := misread_head(last + 1, row.text)):
            last += 1
            words = row.words.removeprefix(compact(head))
            article = replace(row, kind="article", words=words, wrapped=False)
            rows[at] = replace(article, first=last, last=last, head=head)
    return rows


def _with_numbers_read(rows: list[Row]) -> tuple[Row, ...]:
    """The rows with each misread number mended: 20, 20, 22 where the second is 21.

    Only where one character was misread, and the number after agrees, or none is written so:
    五千二 is 五十二.
    """
    heads = [at for at, row in enumerate(rows) if row.kind == "article"]
    for before, at, after in zip(heads, heads[1:], [*heads[2:], None], strict=False):
        last, row = rows[before].last, rows[at]
        if last is None or row.first is None or row.first != row.last or row.inserted:
            continue
        if row.first == last + 1 or row.words == rows[before].words:
            continue
        numeral = _NUMERAL.match(compact(row.text))
        printed = numeral[1] if numeral else chinese(row.first)
        agrees = after is not None and rows[after].first == last + 2
        unwritten = _UNIT.search(printed) and printed != chinese(row.first)
        if (agrees or unwritten) and _one_character_apart(printed, chinese(last + 1)):
            rows[at] = replace(row, first=last + 1, last=last + 1, printed=row.first)
    return tuple(rows)


def _one_character_apart(one: str, other: str) -> bool:
    """Whether one character was changed, lost or added between two numerals."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _row(
    line: WitnessLine,
    segments: Sequence[Segment],
    before: Row | None,
    after: str,
    measure: Measure,
) -> Row:
    """The row of a line between the row `before` and the text `after` it."""
    text = line.text
    segments = [s for s in segments if s.kind not in _SILENT]
    words = compact("".join(text[s.start : s.end] for s in segments if s.kind != "article"))
    first = segments[0] if segments else Segment(kind="text", start=0, end=0)
    heads = [s for s in segments if s.kind == "article"]
    kind = "furniture" if _FURNITURE.search(text.strip()) else first.kind
    words_alone = text.lstrip("#＃ 　").strip()
    over_a_law = _begins_law(words_alone, after)
    apart = _is_apart(text) or over_a_law
    wrapped = kind in ("text", "point") and not apart and measure.goes_on(before, text)
    if wrapped:
        kind = "notice" if before is not None and before.kind == "notice" else "text"
    elif kind in ("text", "point") and _POINT_HEADING.match(words_alone) and _is_article(after):
        kind = "heading"
    elif kind in ("text", "point"):
        kind = _front_kind(words_alone, before) or "text"
        below = before is not None and before.kind in FRONT
        apart = over_a_law if kind == "title" else below
        if kind in ("title", "note") and not apart and measure.is_full(text):
            kind = "text"  # a sentence, cut behind 应当依法, or that begins 经国务院批准
        if kind == "text" and (_NOTICE.search(text.strip()) or _is_of_table(text)):
            kind = "notice"
    elif kind == "bare":
        kind = "heading"
    body = kind in _BODY
    return Row(
        line=line.number,
        kind=kind,
        text=text.strip(),
        words=words,
        level=first.level,
        first=heads[0].number if heads else first.number,
        last=heads[-1].number if heads else None,
        inserted=bool(heads and heads[0].inserted),
        closed=not body or text.rstrip().endswith(_CLOSED),
        wrapped=wrapped,
    )


def _is_of_table(text: str) -> bool:
    """Whether a line is one of a table, as prices and results have them."""
    cells = text.split()
    figures = sum(any(sign.isdecimal() for sign in cell) for cell in cells)
    return len(cells) >= _CELLS and figures >= _FIGURES and not _NO_CELL.search(text)


def _opening(text: str) -> Segment | None:
    """What a line opens with."""
    return next((s for s in segments_of_line(text) if s.kind not in _SILENT), None)


def _is_article(text: str) -> bool:
    """Whether a line opens an article."""
    first = _opening(text)
    return first is not None and first.kind == "article"


def _is_apart(text: str) -> bool:
    """Whether a line is the page's own, news or an advertisement, whatever stands around it."""
    return bool(_FURNITURE.search(text.strip()) or _NOTICE.search(text.strip()))


def _begins_law(text: str, after: str) -> bool:
    """Whether a line is a title that stands over what a law begins with."""
    if _front_kind(text, None) != "title":
        return False
    below = after.lstrip("#＃ 　").strip()
    first = _opening(after)
    opens = first is not None and first.kind in ("heading", "article") and first.number == 1
    contents = first is not None and first.kind == "contents_head"
    return (
        opens or contents or _front_kind(below, None) in ("note", "announcement", "number", "date")
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
