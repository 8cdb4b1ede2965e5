"""The patterns of the marks that open a unit: 第X章, 第X条, （一）, 1., 附件.

Each pattern says what a mark looks like; whether a 第X条 really opens an article
or is only mentioned is decided by `opens_article`, from what follows it and from
the number of the article before.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

from duizhao.ground.numerals import LOOKALIKES, NUMERAL_CHARACTERS, integer

#: White space, and characters that print as nothing.
SPACE = (
    "".join(chr(c) for c in range(0x3001) if chr(c).isspace())
    + "\u200b\u200c\u200d\u2060\ufeff\u00ad"
)
_CHARACTERS = NUMERAL_CHARACTERS + "".join(LOOKALIKES)
_NUM = rf"[{_CHARACTERS}](?:[ 　]*[{_CHARACTERS}])*"
_PLAIN = rf"[{NUMERAL_CHARACTERS}]+"
ORDINAL = "[第笫苐]"
#: Arrows, signs and pictures that a post sets before a heading, and what joins to them.
PICTURES = "\u2190-\u21ff\u25a0-\u2775\u2794-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d"
#: The points of a list, as they are copied from a page or a document.
BULLETS = "•‣◦▪"
_NUMBERED_MARK = r"[\[［〔](?:注)?[0-9]{1,3}[\]］〕]|[①-⑳]"
#: The mark of a footnote.
NOTE_MARK = rf"(?:{_NUMBERED_MARK}|\*{{1,3}})"
# Marks in a row, star by star: a row of stars would be divided in every way there is.
_NOTE_MARKS = rf"(?:{_NUMBERED_MARK}|\*)+"
_NOTED = re.compile(rf"(?<![①-⑳*]){_NOTE_MARKS}$")
#: The name that stands before a year counted from that of the Republic, and both: 中華民國 113.
REPUBLIC = "(?:中[华華])?民[国國]"
REPUBLIC_YEAR = rf"{REPUBLIC}\s*(?:\d{{1,3}}|[一二三四五六七八九十百〇零]{{1,5}})"
#: How a line ends whose sentence is finished, or what is quoted or named in it.
_FINISHED = ("。", "！", "？", "”", "…", "）", ")", "》")

_KINDS_OF_LAW = (  # noqa: SIM905 -- a list of forty quoted words reads worse
    "法 条例 办法 规定 规则 细则 决定 解释 批复 意见 规章 章程 公约 通知 议定书 条款 方案 决议 纲要"
    " 宪法 法典 答复 复函 的函 解答 修正案 制度 规程 准则 通则 简则 标准 基本法 纪要 协定 的协议 的安排"
    " 守则 命令 指示 补充规定 若干问题"
).split()
#: The end of a law's title: the name of a kind of law, and what may follow it.
TITLE_END = re.compile(
    rf"(?:{'|'.join(_KINDS_OF_LAW)})(?:》?的?(?:批复|决定|决议|解释))?"
    r"(?:[（(](?:试行|暂行|修订|修正|草案|[一二三四五六七八九十]+|\d{4}年?[^）)]{0,8}|附：?[^（）()]{1,60}|[^）)]{1,8})[）)])?"
    rf"(?:{_NOTE_MARKS})?$"
)

#: The titles of texts that have no articles: a standard, a catalogue.
UNDIVIDED = re.compile("(?:标准|目录|规范|规程|纲要|指南)(?:（[^（）]*）)?$")
#: The number of a provision in a rule of an exchange: 2.1.1.
DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,3}){1,3}(?=[\s\u4e00-\u9fff])")
#: A law whose articles are counted on from those of the same title before it.
COUNTED_ON = re.compile("宪法修正案(?:（[^（）]*）)?$")

HEADING = re.compile(
    rf"{ORDINAL}[ 　]*(?P<num>{_NUM})[ 　]*(?P<level>分编|分編|编|編|章|节|節)"
    rf"(?:之(?P<ins>{_PLAIN}))?(?P<gap>[{SPACE}：:]*)(?P<words>.*)"
)
ARTICLE = re.compile(
    rf"{ORDINAL}[ 　]*(?P<num>{_NUM})(?:[-－](?P<dash>[0-9]+))?[ 　]*[条條]"
    rf"(?:[ 　]?之[ 　]?(?P<ins>[一二三四五六七八九十]+))?"
    rf"(?P<gap>(?:[{SPACE}：:]|[.．](?![.．0-9０-９])|、(?!{ORDINAL}|[《“（(前附本]))*)(?P<title>(?:【[^】]{{1,60}}】|〔[^〕]{{2,40}}〕|\[[^\]]{{2,40}}\])[{SPACE}]*)?"
)
#: The title of an article where a text sets them in round brackets: 第一条（目的和依据）.
ROUND_TITLE = re.compile(
    rf"[{SPACE}]*[（(](?!{_NUM}[)）]|以下|下称)[^（()）。；：“”]{{1,30}}[)）][{SPACE}]*"
)
#: What a line that opens an article looks like, for counting how a text sets its heads.
ARTICLE_LINE = re.compile(
    rf"^[{SPACE}{PICTURES}{BULLETS}]*(?:#{{1,6}} +)?(?:\*\*)?{ORDINAL}[ 　]*{_NUM}[ 　]*[条條](?:之[一二三四五六七八九十]+)?(?:\*\*)?(?P<gap>[{SPACE}]?)",
    re.MULTILINE,
)
#: Where a further head may run on inside a line.
RUN_ON = re.compile(rf"{ORDINAL}[ 　]*{_NUM}[ 　]*(?:[条條]|章|节|節|编|編)")
ITEM = re.compile(
    rf"[（(〔]{{1,2}}[ 　]*(?P<num>{_NUM})[ 　]*[)）〕](?:之(?P<ins>[一二三四五六七八九十]+))?[{SPACE}]*"
    rf"(?!(?:、|至|到|和|或|及|以及)[ ]?第?[（(〔]{_NUM}[)）〕]|[项款](?:规定|所列|的|、|至|情形|行为))"
)
SUBITEM = re.compile(rf"(?P<num>[0-9０-９]{{1,3}})(?:[.．、](?![0-9０-９])|[)）])[{SPACE}]*")
#: Classes told together, of which the first is no number of a point: 一、二级公路, 三、四类药品.
_NEIGHBOURS = "|".join(map("、".join, pairwise("一二三四五六七八九十")))
_CLASSES = rf"(?:{_NEIGHBOURS})(?:、[三四五六七八九十])*[级類类等档期审线产项款层号季]"
POINT = re.compile(rf"(?!{_CLASSES})(?P<num>[一二三四五六七八九十百]{{1,5}})[、．][{SPACE}]*")
CIRCLED = re.compile(rf"(?P<num>[①-⑳])[{SPACE}]*")
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
STEM = re.compile(rf"(?:(?P<num>[{STEMS}])、|[（(](?P<inner>[{STEMS}{BRANCHES}])[)）])[{SPACE}]*")
LETTER = re.compile(
    rf"(?:(?P<num>[a-zA-Z])(?:[)）]|[.．、](?![A-Za-z0-9]))|[（(](?P<inner>[a-zA-Z])[)）])[{SPACE}]*"
)
MARKUP = re.compile(
    rf"#{{1,6}}[ \t　]+|[-*+] +|\*\*|> ?|[{PICTURES}{BULLETS}]+[{SPACE}]*(?={ORDINAL})"
    rf"|[{BULLETS}][{SPACE}]+(?=[（(])"
)
#: The title in the record that a Markdown file begins with: title: "某市公园条例".
MATTER_TITLE = re.compile(
    rf"title\s*[:=]\s*(?P<quote>[\"']?)(?P<words>[^\"']*[\u4e00-\u9fff][^\"']*?)(?P=quote)[{SPACE}]*"
)
#: What stands between the cells of a table that is drawn with lines: │ 一类 │ 10元 │, │ ├──┼──┤.
BOX_BAR = re.compile("[｜│┃║├┤┠┨┣┫╟╢╠╣┼╂╋╬┿┝┥]")
BOX_LINES = "─━═"
TABLE_ROW = re.compile(rf"(?:\|.*\||{BOX_BAR.pattern}.*{BOX_BAR.pattern})[{SPACE}]*")
TABLE_RULE = re.compile(r"\|(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*")
#: A line between the rows of a table that is drawn: +----+====+, ------ -----, ├──┼──┤.
DRAWN_RULE = re.compile(
    rf"(?=[^\n]*[｜\u2502\u2503\u250c-\u257f])[｜\u2500-\u257f{SPACE}]+|"
    r"\+(?:[-=:]{2,}\+)+[ \t]*|-{3,}(?: +-{3,})+[ \t]*|-{20,}[ \t]*"
)
#: What a page says of itself in a line of its own: where the text goes on, the page's number.
#: A line of law may begin so and be no such: 转化与运用，促进版权…, 第二页加盖公章.
FURNITURE = re.compile(
    r"[（(【\[]?\s*(?:(?:(?:下转|上接)[^。；，、]{0,12}版|"
    r"[转接续]\s*第?\s*[0-9０-９A-Z一二三四五六七八九十]{1,4}\s*版|"
    r"[-—–－·]+\s*[0-9０-９]{1,4}\s*[-—–－·]+)[^。；，、]{0,10}|"
    r"第?\s*[0-9０-９一二三四五六七八九十]{1,4}\s*页(?:\s*[，,/共]+\s*[0-9一二三四五六七八九十]{1,4}\s*页?)?"
    r"(?:[\s·|｜/—–-][^。；，、]{0,10})?)[)）】\]]?"
    r"|<!--.*-->"
)
RULE = re.compile(r"[-*_=—─~]{3,}|([-*_])(?: +\1){2,}")
ANNEX = re.compile(
    rf"(?:附件|附录|附錄|附表|附图|附注|附)(?:[ 　]*(?:{_NUM}))?(?:[ 　]*[：:．.]|[{SPACE}]+|$)(?![，。]).{{0,60}}"
)
LEVELS = {
    "编": "part", "編": "part", "分编": "subpart", "分編": "subpart",
    "章": "chapter", "节": "section", "節": "section",
}  # fmt: skip

# What follows 第X条 where the article is mentioned: a finer unit, a mark, a connective.
_FINER = rf"(?:第?[ ]?[（(]?{_PLAIN}[）)]?[款项目項条條])"
_AMENDS = (
    rf"(?:修改为|修改為|改为|改為|删去|刪去|移至|并入|增加(?:[一二两三四五第])[款项条句]|作为第|後增加|后增加|前增加"
    rf"|中的[“\"]|[和及与或至到]{ORDINAL}|以及{ORDINAL}|或者{ORDINAL}|至{ORDINAL})"
)
_MARKS = r"[、，,；;。）)》”’—\-－～~]"
_CONNECTS = r"(?:的|所[称列指规述说涉規稱]|规定|規定|之|中[的所规有]|内的|以外|之外|修改|删|作为|同时|应当理解为)"
_MENTION = re.compile(f"{_FINER}|{_AMENDS}|{_MARKS}|{_CONNECTS}")
_MENTION_IN_TURN = re.compile(f"{_AMENDS}|{_MARKS}")
_MENTION_UNSPACED = re.compile(
    rf"{_FINER}|{_AMENDS}|{_MARKS}|[的之]|所[称列指规述说涉規稱]|规定的|規定的|以外|之外|中[的所规]"
)
_HEADING_MENTION = re.compile(
    rf"{_FINER}|{_MARKS}|[和及与或至到]{ORDINAL}|[的之]|所[称列指规]|规定|規定|中的|内容|、"
)


def without_note_mark(text: str) -> str:
    """A text without the marks of footnotes at its end: 第一条①, …制定本规定。[2]."""
    return _NOTED.sub("", text)


def is_finished(text: str) -> bool:
    """Whether a line closes its sentence, or what is quoted or named in it."""
    return without_note_mark(text.rstrip()).endswith(_FINISHED)


class Mark(NamedTuple):
    """The mark of an item: how it is written, its number and that of 之N, where it ends."""

    kind: str
    number: int
    end: int
    inserted: int | None = None


_MARKS_BY_FIRST = (
    ("（(〔", (("item", ITEM), ("stem", STEM), ("letter", LETTER))),
    ("0123456789０１２３４５６７８９", (("subitem", SUBITEM),)),
    ("一二三四五六七八九十百", (("point", POINT),)),
    ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", (("circled", CIRCLED),)),
    (STEMS, (("stem", STEM),)),
    ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", (("letter", LETTER),)),
)
_MARKS_OF = {c: patterns for firsts, patterns in _MARKS_BY_FIRST for c in firsts}
_HIGHEST_ITEM = 200  # （2020） is a year


def mark_at(text: str, start: int, end: int) -> Mark | None:
    """The mark that opens an item at `start`, or None."""
    for kind, pattern in _MARKS_OF.get(text[start], ()):
        match = pattern.match(text, start, end)
        if match is None:
            continue
        named = match.groupdict()
        number = _mark_number(kind, named["num"] or named["inner"])
        if number is None or (kind == "item" and number > _HIGHEST_ITEM):
            return None
        again = integer(named["ins"]) if named.get("ins") else None
        return Mark(kind=kind, number=number, end=match.end(), inserted=again)
    return None


_STOP = rf"(?:(?P<stop>[：:；;。])(?P<gap>[{SPACE}]*)|(?<=[）)])[{SPACE}]+)"
_SENTENCE = re.compile("[“”。]")
_IN_LINE = re.compile(rf"{_STOP}(?=[（(〔①-⑳0-9０-９])")


def marks_in_line(text: str, start: int, end: int, own: Mark | None) -> list[tuple[int, Mark]]:
    """The marks of items that run on in a line, each with its place, behind its `own` mark.

    Outside of quotation marks, the first is 1 after a colon, or the next number after the own
    mark; each other is the next after a semicolon or full stop, or after brackets and a space
    (1．甲（第1条） 2．乙（第2条）).  In a line without a mark, （三） after a semicolon and a space
    goes on with a list from above.
    """
    found: list[tuple[int, Mark]] = []
    lists = [(_style(text, start, own), own.number)] if own else []  # open, each with its last
    depth, counted = 0, start
    for stop in _IN_LINE.finditer(text, own.end if own else start, end):
        at = stop.end()
        depth += text.count("“", counted, at) - text.count("”", counted, at)
        counted = at
        mark = mark_at(text, at, end) if at < end and depth <= 0 else None
        if mark is None or mark.inserted is not None:
            continue
        style = _style(text, at, mark)
        before = (style, mark.number - 1)
        if stop["stop"] in ("：", ":"):
            if mark.number > 1 or any(style == other for other, _ in lists):
                continue
        elif before in lists:
            del lists[lists.index(before) :]
        elif lists or mark.kind != "item" or mark.number == 1 or not stop["gap"]:
            continue
        lists.append((style, mark.number))
        found.append((at, mark))
    alone = len(found) == 1 and found[0][1].number == 1
    return [] if alone and not text[:end].rstrip(SPACE).endswith(("；", ";")) else found


def list_end(text: str, first: int, last: int, end: int) -> int:
    """Where a list in a line ends whose items end with semicolons: after the next full stop.

    `first` is where its first mark stands, `last` where the words of its last item begin.
    """
    depth = 0
    for found in _SENTENCE.finditer(text, first, end):
        if found[0] != "。":
            depth += 1 if found[0] == "“" else -1
        elif depth <= 0:
            return found.end() if found.start() >= last else end
    return end


def _style(text: str, start: int, mark: Mark) -> tuple[str, bool]:
    """How a mark is written: its kind, and whether its number is an Arabic one."""
    return mark.kind, any(c.isdecimal() for c in text[start : mark.end])


def _mark_number(kind: str, text: str) -> int | None:
    """The value of a mark's number: ③ is 3, 丙 and 寅 are 3, c is 3."""
    match kind:
        case "circled":
            return int(unicodedata.numeric(text))
        case "stem":
            return (STEMS if text in STEMS else BRANCHES).index(text) + 1
        case "letter":
            return ord(text.lower()) - ord("a") + 1
        case _:
            return integer(text)


def inserted(match: re.Match[str]) -> int | None:
    """The 之N of an article's head, also where it is written 第120-1條."""
    text = match["ins"] or match["dash"]
    return integer(text) if text else None


def begins_provision(line: str) -> bool:
    """Whether a line begins an article or a point: 第三条　…, 三、…."""
    return bool(ARTICLE_LINE.match(line) or POINT.match(line.strip()))


def opens_article(
    match: re.Match[str], text: str, end: int, after: int | None, *, spaced: bool = False
) -> bool:
    """Whether 第X条 at the start of a line opens an article, rather than mentions one.

    `after` is the number of the article before (None: none yet), `spaced` whether
    this text sets its heads off with a space.  The next number with a space after it
    opens an article unless an amendment of that article follows (第五条修改为); so does
    that with a 、 after it, as in old texts.  Any other opens one unless what follows makes
    it a mention (第五条第二款, 第五条规定); without the space that its text usually sets, it
    must be the next number.
    """
    number = integer(match["num"])
    in_turn = number == (after or 0) + 1 or (after == number and inserted(match) is not None)
    if "、" in match["gap"] and not (in_turn and match.end() < end):
        return False
    if match["title"] or match.end() >= end:
        return True
    if number is None:
        return False
    if in_turn and match["gap"]:
        return not _MENTION_IN_TURN.match(text, match.end(), end)
    if in_turn and not spaced:
        return not _MENTION_UNSPACED.match(text, match.end(), end)
    if _MENTION.match(text, match.end(), end):
        return False
    return in_turn or bool(match["gap"]) or not spaced


def mentions_division(words: str) -> bool:
    """Whether what follows 第X章 without a space makes it a mention (第三章规定的)."""
    return bool(_HEADING_MENTION.match(words))
