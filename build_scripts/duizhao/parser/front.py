"""Front matter: what stands before a law's first provision.

Grammar, in any order after the title, each part optional::

    front        := notice? title announcement? note* title? contents? preamble?
    notice       := 关于印发《title》的通知 | 转发 organ title 的通知   paragraph*
                    and what else stands over the title
    title        := title line+            until a line ends with the kind of law;
                                           printed once more, it is "repeated"
    note         := （…通过 …修正）  or  2020年1月1日 …通过   (题注)  or  法释〔2024〕3号
    announcement := …公告 | …令   number?  paragraph*  signature? date?
                    or its sentence 《title》已…，现予公布 without a head, over the title
                    or what the press says over it: paragraph* …全文如下。
    preamble     := everything else before the first provision
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from duizhao.ground.patterns import REPUBLIC_YEAR, TITLE_END
from duizhao.ground.text import HAN, Text
from duizhao.parser.notices import TITLE_LINES, bare, notice_size, publishes
from duizhao.parser.segments import compact, looks_like_title

_DATE = rf"(?:\d{{4}}|[一二12][〇零○Oo\d一二三四五六七八九]{{3}}|{REPUBLIC_YEAR})\s*年"
_HAPPENED = "通过|批准|公布|发布|發布|施行|修正|修订|修改|印发|颁布|废止|廢止|生效|令|公告|会议|制定|实施|备案|签发"
_NOTE = re.compile(rf"[（(]?\s*(?:{_DATE}|根据|经|自).*(?:{_HAPPENED})")
_NOTE_SENTENCE = re.compile(rf"{_NOTE.pattern}[^，。；]*。")  # not …发布第3号公告，决定….
_BRACKETED_NOTE = re.compile(rf"[（(].*(?:{_HAPPENED}|{_DATE})")
_ORDERED = r"[（(]?(?:\d{4}年|[〔\[]\d{4}[〕\]])?第?\s*[\d〇零一二三四五六七八九十百]+\s*号[)）]?"
_ANNOUNCEMENT = re.compile(
    rf"(?:公\s*告|令|布告)(?:{_ORDERED}(?:[（(](?!.*(?:根据|公布|发布|施行|通过))[^。；（()）]{{4,80}}(?:[（(][^（()）]{{1,12}}[)）])?[)）])?)?$"
)
#: The head of an order as a page has it, which tells the title as well: 某条例（国务院令 第660号）, 某行令〔2007〕第3号（某办法）.
_TITLED_HEADS = (
    re.compile(rf"(?P<title>\S.{{2,80}}?)\s*[（(][^（()）]{{0,20}}令\s*{_ORDERED}$"),
    re.compile(rf".{{2,30}}令\s*{_ORDERED}\s*[（(](?P<title>[^。；]{{4,80}})[)）]$"),
)
#: What a paper is headed with, over its number: 中国人民银行文件.
_MASTHEAD = re.compile("[\u4e00-\u9fff、]{2,60}文件")
# The title of an announcement that provides for its matter itself: 某局关于…的公告.
_ABOUT = re.compile(
    r"关于(?!印发|下发|发布|公布|颁布|颁发|批转|转发|施行|实施).*(?:公告|通告|布告)$"
)
_NUMBER = re.compile(
    r"[（(〔\[【]?(?:(?:\d{4}\s*年\s*)?第\s*[\d〇零○一二三四五六七八九十百千]+\s*[号次届]|[^。，]{0,16}[〔\[［（(【]\s*\d{2}(?:\d{2})?\s*[〕\]］）)】]\s*[\u4e00-\u9fff]{0,6}第?\s*\d+\s*号"
    r"|[^。，]{2,30}(?:公告|通告)\s*\d{4}\s*年\s*第\s*\d+\s*号)[）)\]】]?"
)
_MONTH = re.compile(rf"{_DATE}\s*[\d〇零元一二三四五六七八九十]+\s*月")
#: A day: 2024年9月26日.
DAY = re.compile(rf"{_MONTH.pattern}\s*[\d〇零一二三四五六七八九十]+\s*日")


_HAPPENED_END = re.compile(rf"(?:{_HAPPENED})[）)]?$")
_DONE = re.compile(r"(?:通过|批准|公布|发布|修订|修正|施行)[）)]?")
# The sentence that opens an interpretation or a regulation without articles.
_PURPOSE = re.compile(r"(?:为|根据|依据|按照|鉴于).*(?:制定|解释|规定|如下|办法|条例)")
# From when on a text is in force, below its title: 本修正案自公布之日起实行.
_IN_FORCE = re.compile("本[\u4e00-\u9fff]{1,6}自[^，。；]{2,20}起(?:施行|实行|实施)")
# What a resolution says itself: 1958年9月4日…会议决定批准….
_RESOLVES = re.compile("会议(?:决定|讨论|审议了|认为|听取|同意|原则|审查|通过了)[^》]*。$")
# A line with the title and behind it its 题注, in brackets or not, or its day.
_TITLE_AND_NOTE = tuple(
    re.compile(rf"\s*(\S.{{2,{most}}}?){note}")
    for most, note in (
        (58, rf"\s*([（(]\s*{_DATE}.{{0,400}}(?:{_HAPPENED}).{{0,200}}[）)]\s*)"),
        (58, rf"\s+({DAY.pattern}.{{2,60}}(?:{_HAPPENED})\s*)"),
        (80, rf"\s*({DAY.pattern}\s*)"),
    )
)
_OPENERS, _CLOSERS = "（(《〈<", "）)》〉>"
_BODIES = (
    "委员会", "部", "局", "署", "国务院", "军委", "法院", "检察院", "人民政府", "总局", "银行",
)  # fmt: skip
#: Who issued a text, in a line of its own below the title, as collections print it: 某省人大常委会.
_ISSUER = re.compile(
    rf"(?!各){HAN.pattern}{{0,30}}(?:人民代表大会|人大常委会|厅|办公室|政府|{'|'.join(_BODIES)})"
)
#: A line that ends the title above: （试行）, （二）, （2019年修订）.
_VERSION = re.compile(
    r"[（(](?:试行|暂行|修订[本稿]?|修正[本案]?|草案|征求意见稿|[一二三四五六七八九十]+|\d{4}年?(?:修订|修正|版)?本?)[）)]"
)
#: A line that ends the title above, which seemed to be whole: …若干问题 ⏎ 的规定（二）.
_REST = re.compile(rf"的[^，。；：]{{0,12}}{TITLE_END.pattern}")
# What a title says that goes with the text, or which version it is.
_APPENDED = re.compile(r"（(?:附：?[^（）]+|\d{4}年?[^（）]{0,6})）$")
_HEAD = re.compile("公告|令|布告")
#: How the press ends before a text: 《条例》全文如下。
_FOLLOWS = re.compile(r"(?:全文|内容)(?:刊登|公布|发布|转载)?如下[。：:]?$")
_LONGEST_LEAD = 20  # lines
_MOST_ORGANS = 24  # that issue one announcement
_LONGEST_TITLE_LINE = 140
_NOTE_LINE = 16  # characters of a 题注 at least that fill a line


@dataclass(slots=True)
class Front:
    """The parts found, each a list of texts; an announcement is a list of its own.

    `repeated` holds lines that print the title again; `rest` the lines that belong to
    none of the others.
    """

    title: list[Text] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    announcements: list[list[Text]] = field(default_factory=list)
    repeated: list[Text] = field(default_factory=list)
    rest: list[Text] = field(default_factory=list)


def ends_like_title(text: str) -> bool:
    """Whether a short line ends with the name of a kind of law: …条例, …办法（试行）."""
    tight = compact(text)
    return looks_like_title(tight) and bool(TITLE_END.search(tight))


def is_note(text: str) -> bool:
    """Whether a line is (the beginning of) a 题注: who adopted or amended it, and when."""
    tight = compact(text)
    if tight.endswith(("：", ":")) or _RESOLVES.search(tight):
        return False  # the sentence that opens the text: 根据…，对…作如下修改：
    if _IN_FORCE.fullmatch(tight):
        return True
    if tight.endswith("。") and not tight.startswith(("（", "(")):
        return bool(_MONTH.match(tight)) and len(tight) < 120 and bool(_NOTE_SENTENCE.match(tight))
    return bool(_NOTE.match(tight) or _BRACKETED_NOTE.match(tight))


def is_announcement_head(text: str) -> bool:
    """Whether a line opens an announcement or an order: …公告, 中华人民共和国主席令."""
    tight = compact(text)
    return (
        looks_like_title(tight)
        and bool(_ANNOUNCEMENT.search(tight))
        and not DAY.match(tight)
        and not _ABOUT.search(tight)
    )


def is_document_number(text: str) -> bool:
    """Whether a line is a document number alone: 〔2024〕11号, 第四十三号."""
    return bool(_NUMBER.fullmatch(compact(text)))


def is_date(text: str) -> bool:
    """Whether a line is a date alone: 2024年9月26日."""
    return bool(DAY.fullmatch(compact(text)))


def is_issuer(text: str) -> bool:
    """Whether a line names those who issue a text, and says nothing else: 某省人大常委会."""
    return bool(_ISSUER.fullmatch(compact(text)))


def is_frontish(text: str) -> bool:
    """Whether a line could belong to the front matter of a law."""
    return (
        is_note(text)
        or is_announcement_head(text)
        or is_document_number(text)
        or is_date(text)
        or looks_like_title(text)
        or any(word in text for word in ("现予公布", "特此公告", "现予发布", "予以公布"))
        or bool(_PURPOSE.match(text.strip()))
    )


def front_from_lines(lines: list[Text]) -> Front:
    """Sort the lines before a law's first provision into their parts."""
    front = Front()
    lines = [part for line in lines for part in _title_and_note(line)]
    start = index = notice_size(lines)
    while index < len(lines):
        index += _take(front, lines, index)
    if start:
        front.announcements.insert(0, lines[:start])
    if not front.title and front.announcements:
        _take_title(front, front.announcements[0])
    return front


def _take_title(front: Front, announcement: list[Text]) -> None:
    """Make what the head of an order tells of its title the title, which stands nowhere else."""
    text = str(announcement[0])
    for pattern in _TITLED_HEADS:
        found = pattern.fullmatch(text.strip())
        if found and ends_like_title(found["title"]):
            at = text.index(found["title"])
            end = at + len(found["title"])
            front.title.append(announcement[0].cut(at, end))
            announcement[0] = announcement[0].cut(0, at) + announcement[0].cut(end, len(text))
            return


def _title_and_note(line: Text) -> list[Text]:
    """A line that holds the title and its 题注 or its day, as two; any other as it is."""
    text = str(line)
    match = next((found for each in _TITLE_AND_NOTE if (found := each.fullmatch(text))), None)
    if match is None or not ends_like_title(match[1]):
        return [line]
    return [line.cut(0, match.end(1)), line.cut(match.start(2), len(text))]


def _take(front: Front, lines: list[Text], index: int) -> int:
    """Put the line at `index` (and what goes with it) where it belongs; how many were taken."""
    line, text = lines[index], str(lines[index])
    announced = bool(front.announcements) and not _closed(front.announcements[-1])
    if front.rest:
        front.rest.append(line)
    elif _numbers_title(front, text):
        front.notes.append(line)
    elif (size := _announcement_head_size(lines, index)) and not (
        announced and len(front.announcements[-1]) < 2
    ):
        front.announcements.append(lines[index : index + size])
        return size
    elif announced and _belongs(text, titled=bool(front.title)):
        front.announcements[-1].append(line)
    elif size := _lead_size(lines[index : index + _LONGEST_LEAD]):
        front.announcements.append(lines[index : index + size])
        return size
    elif publishes(lines, index, front.title) and any(is_date(str(at)) for at in lines[index:]):
        front.announcements.append([line])
    elif (
        not front.title
        and not is_note(text)
        and not is_document_number(text)
        and (size := _title_size(lines[index:]))
    ):
        front.title.extend(lines[index : index + size])
        return size
    elif size := _repeats_title(front, lines, index):
        front.repeated.extend(lines[index : index + size])
        return size
    elif size := _rest_of_note(front, lines[index : index + TITLE_LINES]):
        for part in lines[index : index + size]:
            front.notes[-1] = front.notes[-1].strip() + part.strip()
        return size
    elif (
        is_note(text)
        or is_document_number(text)
        or (front.title and _are_issuers(lines[index : index + 2]))
        or (front.title and (_HAPPENED_END.search(text.strip()) or _is_dated(text)))
    ):
        front.notes.append(line)
    else:
        front.rest.append(line)
    return 1


def _lead_size(lines: list[Text]) -> int:
    """How many lines are what the press says before the text that it prints in full; 0 for none."""
    joined = ""
    if not str(lines[0]).strip().endswith(("。", "：", ":")):
        return 0  # a title, which is said to follow as well
    for size, line in enumerate(lines, 1):
        joined += bare(line)
        if _FOLLOWS.search(joined):
            below = lines[size:]
            title = "".join(map(bare, below[: _title_size(below)])) if below else ""
            return size if ends_like_title(title) and title in joined else 0
    return 0


def _are_issuers(lines: list[Text]) -> bool:
    """Whether the first of the lines names who issued the text, and does not begin a sentence.

    Several that stand apart begin none: 某法院 某检察院.
    """
    names = str(lines[0]).split()
    apart = len(names) > 1 and all(map(is_issuer, names))
    sentence = str(lines[-1]).strip().endswith(("。", "；", "，", "：", ":", ";", ","))
    return is_issuer(str(lines[0])) and (apart or not sentence)


def _numbers_title(front: Front, text: str) -> bool:
    """Whether a line is the number of an announcement, right below its title."""
    titled = bool(front.title) and bool(_ABOUT.search(compact(str(front.title[-1]))))
    return titled and not front.announcements and is_document_number(text)


def _announcement_head_size(lines: list[Text], index: int) -> int:
    """How many lines open an announcement: 1, or those of organs over 公告 or their last 令; 0 for none."""
    if is_announcement_head(str(lines[index])):
        return 1
    if _has_masthead(lines[index : index + 2]):
        return 2
    above = ""
    for size, line in enumerate(lines[index : index + _MOST_ORGANS + 1], 1):
        tight = compact(str(line))
        joint = is_announcement_head(tight) and not tight.startswith(above)
        if size > 1 and (_HEAD.fullmatch(tight) or joint):
            return size
        if not (tight.endswith(_BODIES) or is_issuer(tight)) or not looks_like_title(tight):
            break
        above = tight
    return 0


def _is_dated(text: str) -> bool:
    """Whether a line begins with a day and is no sentence: 1984年1月7日 国务院."""
    tight = compact(text)
    if re.fullmatch(rf"{_DATE}[\d月日]*", tight):
        return True  # broken off within the date
    return bool(DAY.match(tight)) and len(tight) < 80 and not tight.endswith(("。", "：", "，"))


def _title_size(lines: list[Text]) -> int:
    """How many of the lines make up the title; 0 where the first is none."""
    joined = ""
    for size, line in enumerate(lines[:TITLE_LINES], 1):
        text = str(line).strip()
        if size > 1 and (is_note(text) or is_document_number(text) or is_date(text)):
            break
        joined += compact(text)
        if text.endswith(("。", "；", "：", ":", "，")) or len(text) > _LONGEST_TITLE_LINE:
            break
        if TITLE_END.search(joined) or _ABOUT.search(joined):
            below = compact(str(lines[size])) if size < len(lines) else ""
            return size + bool(_VERSION.fullmatch(below) or _REST.fullmatch(below))
    return 1 if looks_like_title(str(lines[0])) else 0


def _repeats_title(front: Front, lines: list[Text], index: int) -> int:
    """How many lines from `index` on print the title once more."""
    if not front.title:
        return 0
    whole = "".join(bare(part) for part in front.title)
    title, joined = _APPENDED.sub("", whole), ""
    for size, line in enumerate(lines[index : index + TITLE_LINES], 1):
        joined += bare(line)
        if joined in (title, whole):
            below = lines[index + size : index + size + 1]
            return size + (joined + "".join(map(bare, below)) == whole != joined)
        if not whole.startswith(joined):
            return 0
    return 0


def _rest_of_note(front: Front, lines: list[Text]) -> int:
    """How many of the lines finish the 题注 above, which is broken over lines; 0 for none."""
    if not front.notes or is_issuer(str(front.notes[-1])):
        return 0
    above = compact(str(front.notes[-1]))
    for size, line in enumerate(lines, 1):
        tight = compact(str(line))
        if re.match(_DATE, tight) or tight.endswith(("：", "。")) or is_announcement_head(tight):
            return 0
        if _goes_on_with_note(above, tight):
            return size
        whole = _HAPPENED_END.search(above) and not above.endswith("会议")
        if size == 1 and (whole or len(above) < _NOTE_LINE):
            return 0
        above += tight
    return 0


def _goes_on_with_note(above: str, tight: str) -> bool:
    """Whether a line finishes the 题注 above, both without spaces."""
    opened = sum(map(above.count, _OPENERS)) > sum(map(above.count, _CLOSERS))
    unfinished = not _HAPPENED_END.search(above) and not above.endswith(
        ("）", ")", "》", "日", "号")
    )
    closes = bool(_HAPPENED_END.search(above + tight)) or tight.startswith(("〈", "》", "〉"))
    unfinished = unfinished or bool(_DONE.fullmatch(tight))  # …第三次会议 ⏎ 通过
    named = unfinished and looks_like_title(tight) and tight.endswith(_BODIES)
    return (opened and len(tight) < _LONGEST_TITLE_LINE) or (unfinished and closes) or named


def _has_masthead(lines: list[Text]) -> bool:
    """Whether a paper's masthead and number stand in the first two lines."""
    text = [compact(str(line)) for line in lines]
    return bool(text[1:]) and bool(_MASTHEAD.fullmatch(text[0])) and is_document_number(text[1])


def _closed(announcement: list[Text]) -> bool:
    """Whether an announcement has come to its end: its date, or 全文如下, or a masthead’s number."""
    last = str(announcement[-1]).strip()
    masthead = len(announcement) == 2 and _has_masthead(announcement)
    return masthead or (len(announcement) > 1 and is_date(last)) or bool(_FOLLOWS.search(last))


def _belongs(text: str, *, titled: bool) -> bool:
    """Whether a line goes on with the announcement above it."""
    if is_document_number(text) or is_date(text):
        return True
    if not titled and ends_like_title(text) and not is_announcement_head(text):
        return False
    return not (is_note(text) and compact(text).startswith(("（", "(")))
