"""Segments: a witness as contiguous spans, each of one kind.

Grammar of a line (spaces may be half- or full-width; NUM is a Chinese or Arabic
numeral, also with spaces inside)::

    line      := space? markup? (heading | bare | articles | marked | furniture | text) space?
    markup    := "#"{1,6} space | "- " | "**"         only before what looks like a heading
    heading   := 第 NUM (编 | 分编 | 章 | 节) space? words     short, without a full stop
    bare      := 目录 | 序言 | 总则 | 附则 …           alone on its line
    articles  := article (article)*                    several may run on in one line
    article   := 第 NUM 条 (之 NUM)? (space | 【title】 | text)
    marked    := item | subitem | point
    item      := （NUM）      subitem := 1. | １． | 1、      point := NUM、
    furniture := (下转第八版) | — 3 — | 第3页 …

Law of the stage: the segments of a witness, joined, are the witness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from duizhao.numerals import NUMERAL_CHARACTERS, integer
from duizhao.witness import Witness

_NUM = rf"[{NUMERAL_CHARACTERS}](?:[ 　]*[{NUMERAL_CHARACTERS}])*"
_SPACE = " \t　\xa0\u200b"

HEADING = re.compile(
    rf"第[ 　]*(?P<num>{_NUM})[ 　]*(?P<level>分编|编|章|节)"
    rf"(?:之(?P<ins>{_NUM}))?(?P<gap>[{_SPACE}]*)(?P<words>.*)"
)
ARTICLE = re.compile(
    rf"第[ 　]*(?P<num>{_NUM})[ 　]*条(?:[ 　]?之(?P<ins>[一二三四五六七八九十]+))?"
    rf"(?P<gap>[{_SPACE}：:]*)(?P<title>【[^】]{{1,60}}】[{_SPACE}]*)?"
)
ITEM = re.compile(
    rf"[（(〔][ 　]*(?P<num>{_NUM})[ 　]*[)）〕](?:之(?P<ins>[一二三四五六七八九十]+))?[{_SPACE}]*"
)
SUBITEM = re.compile(rf"(?P<num>[0-9０-９]{{1,3}})[.．、](?![0-9０-９])[{_SPACE}]*")
POINT = re.compile(rf"(?P<num>[一二三四五六七八九十百]{{1,5}})、[{_SPACE}]*")
MARKUP = re.compile(r"#{1,6}[ \t　]+|[-*+] +|\*\*")
FURNITURE = re.compile(
    r"[（(【\[]?\s*(?:(?:下转|上接|转|接|续)第?[^。；]{0,12}版|"
    r"第?\s*[0-9０-９一二三四五六七八九十]{1,4}\s*页(?:\s*[，,/共]+\s*[0-9一二三四五六七八九十]{1,4}\s*页)?|"
    r"[-—–－·]+\s*[0-9０-９]{1,4}\s*[-—–－·]+)[^。；]{0,10}[)）】\]]?"
)
ANNEX = re.compile(
    rf"(?:附件|附录|附表|附图|附)(?:[ 　]*(?:{_NUM}))?(?:[ 　]*[：:．.]|[ 　]+|$)(?![，。]).{{0,60}}"
)
LEVELS = {"编": "part", "分编": "subpart", "章": "chapter", "节": "section"}
BARE_DIVISIONS = ("总则", "附则")
PREAMBLE_HEADS = ("序言", "前言", "引言")
CONTENTS_HEAD = "目录"
_STOPS = "。；！？，、：;,:"
_LONGEST_HEADING = 60
# What follows 第X条 where a sentence goes on: the article is mentioned, not opened.
_MENTION = re.compile(
    r"(?:第|的|所|规定|之规定|中|内|、|和|及|与|或|至|到|以及|以外|之外|—|-|－|～|，|,|。|；|;|）|\)|》|”|修改|改为|删|增加|作为|后|前)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A span of one line: `kind`, characters `start` to `end`, number if it has one.

    `kind` is blank, space, markup, heading, bare, contents_head, preamble_head,
    article, article_title, item, subitem, point, furniture, annex, text or
    line_end; `number` the parsed numeral, `inserted` that of 之N.
    """

    kind: str
    start: int
    end: int
    level: str = ""
    number: int | None = None
    inserted: int | None = None


def compact(text: str) -> str:
    """`text` without any white space: 总　则 is 总则."""
    return "".join(text.replace("\u200b", "").split())


def segments_of_line(text: str, *, after: int | None = None) -> tuple[Segment, ...]:
    """The segments of one line, covering it without a hole.

    `after` is the number of the article before, which decides what a line that
    begins 第X条 without a space means.
    """
    if not text.strip(_SPACE):
        return (Segment(kind="blank", start=0, end=len(text)),) if text else ()
    start = len(text) - len(text.lstrip(_SPACE))
    end = len(text.rstrip(_SPACE))
    out = [Segment(kind="space", start=0, end=start)] if start else []
    out.extend(_content(text, start, end, after))
    if end < len(text):
        out.append(Segment(kind="space", start=end, end=len(text)))
    return tuple(out)


def _content(text: str, start: int, end: int, after: int | None) -> Iterator[Segment]:
    """Segments of the line between its outer spaces."""
    whole = whole_line(text[start:end])
    if whole is None and (mark := MARKUP.match(text, start)) and mark.end() < end:
        inner_end = end
        if mark.group() == "**" and text.endswith("**", mark.end(), end):
            inner_end = end - 2
        inner = text[mark.end() : inner_end]
        segment = whole_line(inner) or (
            Segment(kind="text", start=0, end=len(inner)) if looks_like_title(inner) else None
        )
        if segment or (mark.group() == "**" and ARTICLE.match(inner)):
            yield Segment(kind="markup", start=start, end=mark.end())
            if segment:
                yield shift(segment, mark.end())
            else:
                yield from _articles(text, mark.end(), inner_end, after)
            if inner_end < end:
                yield Segment(kind="markup", start=inner_end, end=end)
            return
    if whole:
        yield shift(whole, start)
        return
    yield from _articles(text, start, end, after)


def shift(segment: Segment, by: int) -> Segment:
    """The same segment `by` characters further on."""
    return Segment(
        kind=segment.kind,
        start=segment.start + by,
        end=segment.end + by,
        level=segment.level,
        number=segment.number,
        inserted=segment.inserted,
    )


def whole_line(text: str) -> Segment | None:
    """The segment that `text` is as a whole: heading, bare heading, furniture, or None."""
    tight = compact(text)
    size = len(text)
    if tight == CONTENTS_HEAD:
        return Segment(kind="contents_head", start=0, end=size)
    if tight in PREAMBLE_HEADS:
        return Segment(kind="preamble_head", start=0, end=size)
    if tight in BARE_DIVISIONS:
        return Segment(kind="bare", start=0, end=size, level="chapter")
    if text.startswith("第") and (match := HEADING.fullmatch(text)):
        words = match["words"]
        if (
            len(words) <= _LONGEST_HEADING
            and not words.endswith(tuple(_STOPS))
            and "。" not in words
            and (match["gap"] or not words or not _MENTION.match(words))
        ):
            return Segment(
                kind="heading",
                start=0,
                end=size,
                level=LEVELS[match["level"]],
                number=integer(match["num"]),
                inserted=integer(match["ins"]) if match["ins"] else None,
            )
    if FURNITURE.fullmatch(text):
        return Segment(kind="furniture", start=0, end=size)
    return None


def looks_like_title(text: str) -> bool:
    """Whether a line could be a title or a heading: short, without a stop at its end."""
    text = text.strip()
    return 1 < len(text) <= _LONGEST_HEADING and not text.endswith(tuple(_STOPS))


def _articles(text: str, start: int, end: int, after: int | None) -> Iterator[Segment]:
    """One or more articles that begin at `start`, or marked or plain text."""
    match = ARTICLE.match(text, start, end)
    if match is None or not opens_article(match, text, end, after):
        yield from _marked(text, start, end)
        return
    while match:
        number = integer(match["num"])
        head_end = match.end("gap")
        yield Segment(
            kind="article",
            start=match.start(),
            end=head_end,
            number=number,
            inserted=integer(match["ins"]) if match["ins"] else None,
        )
        if match["title"]:
            yield Segment(kind="article_title", start=head_end, end=match.end())
        body = match.end()
        follower = _next_article(text, body, end, number)
        stop = follower.start() if follower else end
        if body < stop:
            yield Segment(kind="text", start=body, end=stop)
        match = follower


def _next_article(text: str, start: int, end: int, number: int | None) -> re.Match[str] | None:
    """The head of article `number` + 1 that runs on in the same line, if there is one."""
    if number is None:
        return None
    at = text.find("第", start, end)
    while at != -1:
        if text[at - 1] in "。；;" + _SPACE and (match := ARTICLE.match(text, at, end)):
            before = text[:at].rstrip(_SPACE)
            if (
                integer(match["num"]) == number + 1
                and not match["ins"]
                and match["gap"]
                and before.endswith("。")
                and not _MENTION.match(text, match.end())
                and _balanced(text[start:at])
            ):
                return match
        at = text.find("第", at + 1, end)
    return None


def _balanced(text: str) -> bool:
    """Whether the double quotation marks in `text` pair."""
    return text.count("“") == text.count("”")


def opens_article(match: re.Match[str], text: str, end: int, after: int | None) -> bool:
    """Whether 第X条 at the start of a line opens an article, rather than mentions one.

    With a space after it, it opens one unless a connective follows.  Without, it
    must also be the next number, or the words after it cannot go on from a mention.
    """
    rest = text[match.end() : end]
    if match["title"] or not rest:
        return True
    if _MENTION.match(rest):
        # 第五条 所称… with a space and in sequence is still a head: 第五条 所有…
        in_turn = after is not None and integer(match["num"]) == after + 1
        return bool(match["gap"]) and in_turn and rest[0] in "所中内后前与或删修增作到规"
    if match["gap"]:
        return True
    number = integer(match["num"])
    return number is not None and (after is None or number == after + 1 or match["ins"] is not None)


def _marked(text: str, start: int, end: int) -> Iterator[Segment]:
    """An item, subitem or numbered point at `start`, or plain text."""
    for kind, pattern in (("item", ITEM), ("subitem", SUBITEM), ("point", POINT)):
        if match := pattern.match(text, start, end):
            number = integer(match["num"])
            if number is None or (kind == "item" and number > 200):
                continue
            inserted = integer(match["ins"]) if kind == "item" and match["ins"] else None
            yield Segment(
                kind=kind, start=start, end=match.end(), number=number, inserted=inserted
            )
            if match.end() < end:
                yield Segment(kind="text", start=match.end(), end=end)
            return
    kind = "annex" if text[start] == "附" and ANNEX.fullmatch(text, start, end) else "text"
    yield Segment(kind=kind, start=start, end=end)


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
