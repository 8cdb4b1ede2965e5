"""Front matter: what stands before a law's first provision.

Grammar, in any order after the title, each part optional::

    front        := title announcement? note* contents? preamble?
    title        := title line+            until a line ends with the kind of law
    note         := （…通过 …修正）  or  2020年1月1日 …通过   (题注)
    announcement := …公告 | …令   number?  paragraph*  signature? date?
    preamble     := everything else before the first provision
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from duizhao.segments import compact, looks_like_title
from duizhao.text import Text
from duizhao.tokens import Token

KINDS_OF_LAW = (
    "法 条例 办法 规定 规则 细则 决定 解释 批复 意见 规章 章程 公约 通知 议定书 条款 方案 决议 纲要"
    " 宪法 法典 答复 修正案 制度 规程 准则 标准 基本法 纪要 协定 守则 命令 补充规定 若干问题"
).split()
_TITLE_END = re.compile(
    rf"(?:{'|'.join(KINDS_OF_LAW)})(?:》?的?(?:批复|决定|决议|解释))?"
    r"(?:[（(](?:试行|暂行|修订|修正|草案|[一二三四五六七八九十]+|\d{4}年?[^）)]{0,8}|[^）)]{1,8})[）)])?$"
)
_DATE = r"(?:\d{4}|[一二][〇零○Oo\d一二三四五六七八九]{3})\s*年"
_HAPPENED = (
    "通过|批准|公布|发布|施行|修正|修订|修改|印发|颁布|废止|生效|令|公告|会议|制定|实施|备案|签发"
)
_NOTE = re.compile(rf"[（(]?\s*(?:{_DATE}|根据|经|自).*(?:{_HAPPENED})")
_BRACKETED_NOTE = re.compile(rf"[（(].*(?:{_HAPPENED}|{_DATE})")
_ANNOUNCEMENT = re.compile(
    r"(?:公\s*告|令|布告)(?:[（(]?第?\s*[\d〇零一二三四五六七八九十百]+\s*号[)）]?)?$"
)
_NUMBER = re.compile(
    r"[（(〔\[【]?(?:第\s*[\d〇零○一二三四五六七八九十百千]+\s*[号次届]|[^。，]{0,16}[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*第?\s*\d+\s*号)[）)\]】]?"
)
_DAY = re.compile(
    rf"{_DATE}\s*[\d〇零一二三四五六七八九十]+\s*月\s*[\d〇零一二三四五六七八九十]+\s*日"
)


@dataclass(slots=True)
class Front:
    """The parts found, each a list of texts; an announcement is a list of its own."""

    title: list[Text] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    announcements: list[list[Text]] = field(default_factory=list)
    preamble: list[Text] = field(default_factory=list)


def ends_like_title(text: str) -> bool:
    """Whether a short line ends with the name of a kind of law: …条例, …办法（试行）."""
    tight = compact(text)
    return looks_like_title(tight) and bool(_TITLE_END.search(tight))


def is_note(text: str) -> bool:
    """Whether a line is (the beginning of) a 题注: who adopted or amended it, and when."""
    tight = compact(text)
    if tight.endswith("。") and not tight.startswith(("（", "(")):
        return bool(re.match(_DATE, tight)) and len(tight) < 120 and bool(_NOTE.match(tight))
    return bool(_NOTE.match(tight) or _BRACKETED_NOTE.match(tight))


def is_announcement_head(text: str) -> bool:
    """Whether a line opens an announcement or an order: …公告, 中华人民共和国主席令."""
    tight = compact(text)
    return looks_like_title(tight) and bool(_ANNOUNCEMENT.search(tight)) and not _DAY.match(tight)


def is_document_number(text: str) -> bool:
    """Whether a line is a document number alone: 〔2024〕11号, 第四十三号."""
    return bool(_NUMBER.fullmatch(compact(text)))


def is_date(text: str) -> bool:
    """Whether a line is a date alone: 2024年9月26日."""
    return bool(_DAY.fullmatch(compact(text)))


def is_frontish(text: str) -> bool:
    """Whether a line could belong to the front matter of a law."""
    return (
        is_note(text)
        or is_announcement_head(text)
        or is_document_number(text)
        or is_date(text)
        or looks_like_title(text)
        or any(word in text for word in ("现予公布", "特此公告", "现予发布", "予以公布"))
    )


def front_from_tokens(tokens: tuple[Token, ...]) -> Front:
    """Sort the text lines before a law's first provision into their parts."""
    front = Front()
    lines = _joined_rows(tokens)
    index = 0
    while index < len(lines):
        text = str(lines[index])
        announced = front.announcements and not _closed(front.announcements[-1])
        if is_announcement_head(text) and not (announced and len(front.announcements[-1]) < 2):
            front.announcements.append([lines[index]])
        elif announced and _belongs(text, bool(front.title)):
            front.announcements[-1].append(lines[index])
        elif not front.title and looks_like_title(text) and not is_note(text):
            size = _title_size(lines[index:])
            front.title.extend(lines[index : index + size])
            index += size - 1
        elif is_note(text) or is_document_number(text) or (is_date(text) and front.title):
            front.notes.append(lines[index])
            while _open_bracket(front.notes[-1]) and index + 1 < len(lines):
                if looks_like_title(str(lines[index + 1])) or is_note(str(lines[index + 1])):
                    index += 1
                    front.notes.append(lines[index])
                    if "）" in str(lines[index]) or ")" in str(lines[index]):
                        break
                else:
                    break
        else:
            front.preamble.append(lines[index])
        index += 1
    return front


def _joined_rows(tokens: tuple[Token, ...]) -> list[Text]:
    """One text for each row, so that a row's marker and its words stay together."""
    rows: dict[int, Text] = {}
    for token in tokens:
        rows[token.row] = rows.get(token.row, Text()) + token.text
    return [text for text in rows.values() if str(text).strip()]


def _title_size(lines: list[Text]) -> int:
    """How many of the lines make up the title (1 to 4)."""
    for size in range(1, min(4, len(lines)) + 1):
        line = str(lines[size - 1])
        if not looks_like_title(line) or is_note(line) or is_document_number(line):
            return 1
        if ends_like_title("".join(compact(str(part)) for part in lines[:size])):
            return size
    return 1


def _open_bracket(text: Text) -> bool:
    """Whether a bracket opened at the text's start is not closed in it."""
    tight = compact(str(text))
    return tight.startswith(("（", "(")) and not re.search(r"[)）]", tight)


def _closed(announcement: list[Text]) -> bool:
    """Whether an announcement has come to its date."""
    return len(announcement) > 1 and is_date(str(announcement[-1]))


def _belongs(text: str, titled: bool) -> bool:
    """Whether a line goes on with the announcement above it."""
    if is_document_number(text) or is_date(text):
        return True
    if not titled and ends_like_title(text) and not is_announcement_head(text):
        return False
    return not (is_note(text) and compact(text).startswith(("（", "(")))
