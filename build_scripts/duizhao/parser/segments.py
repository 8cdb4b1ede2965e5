"""Segments: a witness as contiguous spans, each of one kind.

Grammar of a line (spaces may be half- or full-width; NUM is a Chinese or Arabic
numeral, also with spaces inside)::

    line      := space? markup? (heading | bare | articles | marked | row | furniture | text) space?
    markup    := "#"{1,6} space | "- " | "**" | 🔸    only before what looks like a heading
               | title: "…"
    heading   := 第 NUM (编 | 分编 | 章 | 节) space? words     short, without a full stop
    bare      := 目录 | 序言 | 总则 | 附则 …           alone on its line
    articles  := article (heading? article)*          several may run on in one line
    article   := 第 NUM 条 (之 NUM)? (space | 【title】 | words)
    marked    := (item | point | subitem | circled | stem | letter)? words
    words     := text (item text)* tail?               as far as items run on, see `patterns`
    item      := （NUM）      subitem := 1. | １． | 1、 | 1）      point := NUM、
    circled   := ①           stem := 甲、 | （甲） | （子）      letter := a) | A. | （a）
    row       := "|" (cell "|")+                      a row of a Markdown table
    furniture := (下转第八版) | — 3 — | 第3页 …

Law of the stage: the segments of a witness, joined, are the witness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from duizhao.ground.numerals import integer
from duizhao.ground.patterns import (
    ARTICLE,
    BULLETS,
    DRAWN_RULE,
    FURNITURE,
    HEADING,
    LEVELS,
    MARKUP,
    MATTER_TITLE,
    ORDINAL,
    PICTURES,
    RULE,
    RUN_ON,
    SPACE,
    TABLE_ROW,
    TITLE_END,
    inserted,
    mark_at,
    mentions_division,
    opens_article,
)
from duizhao.parser.runs import marked, words
from duizhao.parser.spans import BOLD, HEADS, Segment, cells_of_row, with_stars, within_markup
from duizhao.sources.witness import Witness

__all__ = [
    "ARTICLE",
    "MARKUP",
    "Segment",
    "compact",
    "looks_like_title",
    "segments",
    "segments_of_line",
    "whole_line",
    "without_page",
]

_PAGE = re.compile(r"[.．·…•—_-]*[（(]?[0-9]{0,4}[)）]?$")
# 总则 and 附则 may stand without a number, in a contents with dots and a page.
_BARE = re.compile(rf"[总附總]\s*[则則][{SPACE}.．·…（(—-]*[0-9]{{0,4}}[)）]?")
PREAMBLE_HEADS = ("序言", "前言", "引言")
CONTENTS_HEADS = ("目录", "目錄", "目次")
_STOPS = ("。", "；", "！", "？", "，", "、", "：", ";", ",", ":")
_LONGEST_HEADING = 60
_HASHES = re.compile(r"[ \t]+#{1,6}$")  # that close a heading: ## 第一章 总则 ##
_POINT_ALONE = re.compile("[一二三四五六七八九十百]{1,5}")  # ## 三, without a mark of its own
_FIRST_OF_MARKUP = re.compile(f"[-#*+>{PICTURES}{BULLETS}]")
_FIRST_OF_FURNITURE = frozenset(
    "（(【[下上转接续第0123456789０１２３４５６７８９一二三四五六七八九十-—–－·*_=─~"
)
_LONGEST_MARK = 12
_DIVISIONS = frozenset(LEVELS.values())  # as many headings may stand over one article
#: The title that a line begins with whose end was lost: 某管理办法 in 某管理办法第一条　为了….
_TITLED = re.compile(
    rf"(?![本将对在]|违反|根据|依照|按照|符合|适用)[^\s，。；：“”]{{2,60}}{TITLE_END.pattern.removesuffix('$')}"
)
#: What the first article runs on behind: the law's title, or what is said of its adoption.
_BEFORE_FIRST = re.compile(
    rf"(?:[：:]|通过|批准|公布|发布|施行|修正|修订|{TITLE_END.pattern.removesuffix('$')})[{SPACE}]+$"
)
_ENDING = 60  # characters of it that are looked at
_BEFORE_RUN_ON = frozenset("。；;”）)" + SPACE)


def compact(text: str) -> str:
    """`text` without any white space: 总　则 is 总则."""
    return "".join(text.replace("\u200b", "").split())


def without_page(text: str) -> str:
    """The words of an entry of the contents, compact, without its dots and page number."""
    return _PAGE.sub("", compact(text))


def segments_of_line(
    text: str, *, after: int | None = None, spaced: bool = False
) -> tuple[Segment, ...]:
    """The segments of one line, covering it without a hole.

    `after` is the number of the article before, `spaced` whether the text sets its
    article heads off with a space: they decide what 第X条 at the line's start means.
    """
    inner = text.strip(SPACE)
    if not inner:
        if not text:
            return ()
        kind = "invisible" if text.strip() else "blank"
        return (Segment(kind=kind, start=0, end=len(text)),)
    start = text.index(inner[0])
    end = start + len(inner)
    out = [Segment(kind="space", start=0, end=start)] if start else []
    first, last = _tags(text, start, end)
    if start < first:
        out.append(Segment(kind="markup", start=start, end=first))
    out.extend(_content(text, first, last, after, spaced=spaced))
    if last < end:
        out.append(Segment(kind="markup", start=last, end=end))
    if end < len(text):
        out.append(Segment(kind="space", start=end, end=len(text)))
    return tuple(out)


def _content(
    text: str, start: int, end: int, after: int | None, *, spaced: bool
) -> Iterator[Segment]:
    """Segments of the line between its outer spaces."""
    if apart := list(_apart(text, start, end)):
        yield from apart
        return
    first = text[start]
    if _FIRST_OF_MARKUP.match(first) and (mark := MARKUP.match(text, start)) and mark.end() < end:
        inner_end = end
        begin = start if mark.group() == "**" else mark.end()
        if bold := _bold(text, begin, end, after, spaced=spaced):
            if begin > start:
                yield Segment(kind="markup", start=start, end=begin)
            yield from bold
            return
        if mark.group() == "**" and text.endswith("**", mark.end(), end):
            inner_end = end - 2
        elif first == "#" and (closing := _HASHES.search(text, mark.end(), end)):
            inner_end = closing.start()
        inner = text[mark.end() : inner_end]
        if first == "#" and _ALL_BOLD.fullmatch(inner):  # ## **第一章　总则**
            yield Segment(kind="markup", start=start, end=mark.end() + 2)
            yield from _unmarked(text, mark.end() + 2, inner_end - 2, after, spaced=spaced)
            yield Segment(kind="markup", start=inner_end - 2, end=end)
            return
        if first == "#" and _POINT_ALONE.fullmatch(inner):
            yield Segment(kind="markup", start=start, end=mark.end())
            yield Segment(kind="point", start=mark.end(), end=end, number=integer(inner))
            return
        if first in "#>" or looks_like_title(inner) or _MARKED.match(inner):
            yield Segment(kind="markup", start=start, end=mark.end())
            yield from _unmarked(text, mark.end(), inner_end, after, spaced=spaced)
            if inner_end < end:
                yield Segment(kind="markup", start=inner_end, end=end)
            return
    yield from _unmarked(text, start, end, after, spaced=spaced)


def _tags(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the words of a line begin and end between what HTML sets around them: &emsp;, <br>."""
    before, behind = _ENTITIES.match(text, start, end), _BREAK.search(text, start, end)
    first = before.end() if before and text[start] in "&<" else start
    last = behind.start() if behind and text[end - 1] == ">" else end
    return (first, last) if first < last else (start, end)


def _apart(text: str, start: int, end: int) -> Iterator[Segment]:
    """The segments of a line that is known as a whole: a row, a rule, furniture, a record's title."""
    first = text[start]
    boxed = first == "｜" or "\u2500" <= first <= "\u257f"
    # Between rows of a table.
    drawn = (boxed or first in "+-") and DRAWN_RULE.fullmatch(text, start, end)
    if (first == "|" or (boxed and not drawn)) and TABLE_ROW.fullmatch(text, start, end):
        yield from cells_of_row(text, start, end)
    elif drawn or text[start:end] in (">", "|"):  # or between lines of a quotation, of a table
        yield Segment(kind="markup", start=start, end=end)
    elif first in "-<*" and (
        FURNITURE.fullmatch(text, start, end) or RULE.fullmatch(text, start, end)
    ):
        yield Segment(kind="furniture", start=start, end=end)
    elif first == "t" and (matter := MATTER_TITLE.fullmatch(text, start, end)):
        yield from within_markup(start, matter.span("words"), end)


def _bold(text: str, start: int, end: int, after: int | None, *, spaced: bool) -> list[Segment]:
    """The segments of **第一条** 甲。 or **（一）** 甲；, one of what only mentions an article."""
    head = BOLD.match(text, start, end)
    if head is None:
        return []
    plain = text[start + 2 : head.end() - 2] + text[head.end() : end]
    parts = list(_unmarked(plain, 0, len(plain), after, spaced=spaced))
    if parts[0].kind not in HEADS:
        return [Segment(kind="text", start=start, end=end)]
    return list(with_stars(parts, start, head.end()))


_ALL_BOLD = re.compile(r"\*\*[^*]+\*\*")
_ENTITIES = re.compile(rf"(?:(?:&(?:nbsp|emsp|ensp|#160|#12288|#x3000);|<br ?/?>)[{SPACE}]*)+")
_BREAK = re.compile(rf"(?:[{SPACE}]*<br ?/?>)+$")
_MARKED = re.compile(rf"{ORDINAL}|[（(“]")
_CONTENTS = re.compile(rf"(?:{'|'.join(CONTENTS_HEADS)})[{SPACE}：:]*(?={ORDINAL})")


def _unmarked(
    text: str, start: int, end: int, after: int | None, *, spaced: bool
) -> Iterator[Segment]:
    """Segments of what stands behind a line's Markdown marks."""
    head = _CONTENTS.match(text, start, end) if text[start] == "目" else None
    first = head.end() if head else start
    if text[first] in "第笫苐" and (parts := _headings_in_line(text, first, end)):
        if head:
            yield Segment(kind="contents_head", start=start, end=first)
        yield from parts
        return
    if end - start <= _LONGEST_HEADING + _LONGEST_MARK:
        whole = whole_line(text[start:end])
        if whole:
            yield whole._replace(start=whole.start + start, end=whole.end + start)
            return
    yield from _articles(text, start, end, after, spaced=spaced)


def _headings_in_line(text: str, start: int, end: int) -> list[Segment]:
    """The headings of a contents printed in one line: 第一章 总则 第二章 …; else nothing."""
    if text.find("。", start, end) != -1 or HEADING.match(text, start, end) is None:
        return []
    places = [start]
    places.extend(
        match.start()
        for match in RUN_ON.finditer(text, start + 1, end)
        if text[match.start() - 1] in SPACE and HEADING.match(text, match.start(), end)
    )
    if len(places) < 2:
        return []
    out = []
    for first, last in zip(places, [*places[1:], end], strict=True):
        stop = first + len(text[first:last].rstrip(SPACE))
        whole = whole_line(text[first:stop])
        if whole is None or whole.kind != "heading":
            return []
        out.append(whole._replace(start=first, end=stop))
        if stop < last:
            out.append(Segment(kind="space", start=stop, end=last))
    return out


def whole_line(text: str) -> Segment | None:
    """The segment that `text` is as a whole: heading, bare heading, furniture, or None."""
    size = len(text)
    if text[0] in "第笫苐" and (match := HEADING.fullmatch(text)):
        words = match["words"]
        if (
            len(words) <= _LONGEST_HEADING
            and not words.endswith(("。", "；", "，", "：", ";", ",", ":"))
            and "。" not in words
            and (match["gap"] or not words or not mentions_division(words))
        ):
            return Segment(
                kind="heading",
                start=0,
                end=size,
                level=LEVELS[match["level"]],
                number=integer(match["num"]),
                inserted=integer(match["ins"]) if match["ins"] else None,
            )
    if size <= _LONGEST_MARK:
        tight = compact(text)
        for kind, names in (("contents_head", CONTENTS_HEADS), ("preamble_head", PREAMBLE_HEADS)):
            if tight in names:
                return Segment(kind=kind, start=0, end=size)
    if text[0] in "总附總" and _BARE.fullmatch(text):
        return Segment(kind="bare", start=0, end=size, level="chapter")
    if text[0] in _FIRST_OF_FURNITURE and (FURNITURE.fullmatch(text) or RULE.fullmatch(text)):
        return Segment(kind="furniture", start=0, end=size)
    return None


def looks_like_title(text: str) -> bool:
    """Whether a line could be a title or a heading: short, without a stop at its end."""
    text = text.strip()
    return 1 < len(text) <= _LONGEST_HEADING and not text.endswith(_STOPS)


def _articles(
    text: str, start: int, end: int, after: int | None, *, spaced: bool
) -> Iterator[Segment]:
    """One or more articles that begin at `start`, or marked or plain text."""
    head = ARTICLE.match(text, start, end) if text[start] in "第笫苐" else None
    if head is not None and not opens_article(head, text, end, after, spaced=spaced):
        head = None
    number = integer(head["num"]) if head else after
    run_on = _run_on(text, start, end, number) if text.find("第", start + 1, end) > 0 else []
    first = run_on[0][0].start if run_on else end
    if head is not None:
        yield from _article(text, head, first)
    elif first > start:
        yield from marked(text, start, first)
    for index, (segment, match) in enumerate(run_on):
        stop = run_on[index + 1][0].start if index + 1 < len(run_on) else end
        if match is None:
            yield segment
        else:
            yield from _article(text, match, stop)


def _article(text: str, match: re.Match[str], stop: int) -> Iterator[Segment]:
    """An article's head, title and the text up to `stop`."""
    head_end = match.end("gap")
    yield Segment(
        kind="article",
        start=match.start(),
        end=head_end,
        number=integer(match["num"]),
        inserted=inserted(match),
    )
    if match["title"]:
        yield Segment(kind="article_title", start=head_end, end=match.end())
    if match.end() < stop:
        mark = mark_at(text, match.end(), stop)
        own = mark if mark and mark.kind == "item" and mark.number == 1 else None
        yield from words(text, match.end(), stop, own=own)


def _run_on(
    text: str, start: int, end: int, number: int | None
) -> list[tuple[Segment, re.Match[str] | None]]:
    """Heads that run on inside a line: each the next article in turn, a heading before it.

    The line may begin with such a heading, or with the law's title, whose line end was lost.
    """
    out: list[tuple[Segment, re.Match[str] | None]] = []
    expected = (number or 0) + 1
    counted, depth = start, 0
    headings: list[int] = []
    for place in RUN_ON.finditer(text, start, end):
        at = place.start()
        titled = not (number or headings) and _TITLED.fullmatch(text, start, at) is not None
        joined = titled or (headings and _named(text, [headings[-1], at]))
        if at > start and text[at - 1] not in _BEFORE_RUN_ON and not joined:
            continue
        depth += text.count("“", counted, at) - text.count("”", counted, at)
        counted = at
        if depth > 0:
            continue
        match = ARTICLE.match(text, at, end)
        if match is None:
            headings.append(at)
            continue
        if integer(match["num"]) != expected or match["ins"]:
            continue
        named = _named(text, [*headings[-len(_DIVISIONS) :], at])
        titled = titled or (
            expected == 1 and _BEFORE_FIRST.search(text, max(start, at - _ENDING), at) is not None
        )
        if not (named or titled or text[:at].rstrip(SPACE).endswith(("。", "；", "”", "）"))):
            continue
        if not opens_article(match, text, end, expected - 1):
            continue
        out.extend((heading, None) for heading in named)
        out.append((Segment(kind="article", start=at, end=match.end()), match))
        expected += 1
        headings = []
    return out


def _named(text: str, places: list[int]) -> list[Segment]:
    """The headings that follow one another up to the last of `places`, which is an article's."""
    out: list[Segment] = []
    for first, last in reversed(list(pairwise(places))):
        short = last - first <= _LONGEST_HEADING + _LONGEST_MARK
        whole = whole_line(text[first:last].rstrip(SPACE)) if short else None
        if whole is None or whole.kind != "heading":
            break
        out.insert(0, whole._replace(start=first, end=last))
    return out


def segments(witness: Witness) -> Iterator[tuple[int, Segment, str]]:
    """Every segment of a witness as (line number, segment, its text), line ends included."""
    after: int | None = None
    for line in witness.lines:
        for segment in segments_of_line(line.text, after=after):
            if segment.kind == "article" and segment.number is not None:
                after = segment.number
            yield line.number, segment, line.text[segment.start : segment.end]
        if len(line.raw) > len(line.text):
            end = Segment(kind="line_end", start=len(line.text), end=len(line.raw))
            yield line.number, end, line.raw[len(line.text) :]
