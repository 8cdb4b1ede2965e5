"""Who makes law: the names of organs in a 题注, over an announcement, in a title.

An organ is named as the law itself does it, without 中华人民共和国 and the number of its
sitting (第X届); several that act together are joined by 、.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from duizhao.ground.text import Text
from duizhao.parser.segments import compact

_SITTING = re.compile(r"第?[一二三四五六七八九十百]+届")
_ORGAN = re.compile(
    r"(?:人民代表大会常务委员会|人大常委会|人民代表大会|常务委员会|国务院、?中央军事?委员?会?|国务院|政务院|中央军委"
    r"|人民法院|人民检察院|中国人民银行|中共中央|[证银保]监会|国家[\u4e00-\u9fff]{1,6}委(?!员)|人民政府|委员会|办公厅|办公室|研究室|审判委员会|检察委员会|总局|部|局|署|厅)"
)
#: Organs that stand side by side, or below each other, without a mark between them.
_BODY = "国务院|委员会|军委|部|局|署|法院|检察院|银行|政府"
SIDE_BY_SIDE = re.compile(rf"({_BODY})\s+(?=[\u4e00-\u9fff]{{1,20}}(?:{_BODY}))")
_COURT = re.compile(r"(最高人民(?:法院|检察院))(?:审判|检察)委员会")
_ABOUT = re.compile("关于|印发|转发|批转")
#: How titles call organs for short beside others: 人民银行, 发展改革委, 中央网信办, 全国总工会.
_SHORT = re.compile("[\u4e00-\u9fff]{2,8}(?:委|办|会|联|银行|团中央)")
ISSUED = re.compile(r"(?:令|公告)$")
_ISSUES = re.compile(
    r"(?:公告|令|主席令|文件)(?:[（(]?(?:\d{4}年|[〔\[]\d{4}[〕\]])?第?[\d〇零一二三四五六七八九十百]+号[)）]?(?:[（(].*[)）])?)?$"
)


def organ_in(clause: str) -> str:
    """The organ at the beginning of a clause, its 第X届 left out; "" where there is none."""
    clause = clause.lstrip("，,、由经在：: ")
    clause = re.split(r"[，,。；《（(〔]", clause, maxsplit=1)[0]
    clause = re.split(
        r"第[\d一二三四五六七八九十百]+(?:届)?[^届]{0,6}?次|令|通过|公布|发布|批准|修|转发|批转|印发",
        clause,
        maxsplit=1,
    )[0]
    clause = _SITTING.sub("", clause)
    if court := _COURT.match(clause):
        return court[1]
    ends = [match.end() for match in _ORGAN.finditer(clause)]
    if not ends:
        return ""
    organ = clause[: ends[-1]].removeprefix("中华人民共和国")
    organ = organ.replace("人大常委会", "人民代表大会常务委员会")
    return organ if 2 < len(organ) <= 40 and not any(c.isdigit() for c in organ) else ""


def is_organ(text: str) -> bool:
    """Whether a line is the name of an organ alone, as in a signature."""
    tight = compact(text)
    organ = organ_in(tight)
    return (
        len(tight) < 40
        and organ != ""
        and organ == _SITTING.sub("", tight).removeprefix("中华人民共和国")
    )


def announcement_lines(parts: list[Text]) -> list[str]:
    """The lines of an announcement, compact, its head as one: 甲部 ⏎ 乙部 ⏎ 令 is 甲部、乙部令."""
    said = [str(text) for text in parts]
    lines = [compact(SIDE_BY_SIDE.sub(r"\1、", t) if len(t) < 60 else t) for t in said]
    size = next((at for at, line in enumerate(lines) if ISSUED.search(line)), 0)
    if size and all(is_organ(name) for line in lines[:size] for name in line.split("、")):
        joined = "、".join(lines[: size + 1])
        return [re.sub("、(令|公告)$", r"\1", joined), *lines[size + 1 :]]
    return lines


def announcing(lines: list[str]) -> str:
    """The organ, or organs, that sign or head an announcement."""
    heads = _ISSUES.sub("", lines[0]).split("、") if lines else []
    if len(heads) > 1 and all(map(is_organ, heads)):
        return "、".join(map(organ_in, heads))
    for at in (*reversed(range(len(lines))), *range(len(lines[:1]))):
        name = _ISSUES.sub("", lines[at])
        if len(lines[at]) < 40 and is_organ(name):
            return "、".join((*_signing_above(lines[:at], name), organ_in(name)))
    return ""


def _signing_above(lines: list[str], last: str) -> Iterator[str]:
    """The organs, each on a line of its own, that sign above the last, which is of none of them."""
    names = list(takewhile(is_organ, reversed(lines)))
    apart = not last.startswith(("常务委员会", "人民政府", "办公")) and last not in names
    yield from map(organ_in, reversed(names)) if apart else ()


def sending(notice: str) -> str:
    """The organ that the title of a notice begins with: 某市人民政府关于印发…的通知."""
    organ, about, _ = notice.partition("关于")
    return organ_in(organ) if about else ""


def joint(title: list[Text], organ: str) -> str:
    """All the organs that a title names before 关于 or 印发, where `organ` is one of several; else ""."""
    names = _ABOUT.split(" ".join(str(part) for part in title), maxsplit=1)[0]
    parts = re.split(r"[、\s]+", names.strip("、 　"))
    organs = [
        organ_in(part) if is_organ(part) else part
        for part in parts
        if is_organ(part) or _SHORT.fullmatch(part)
    ]
    several = 1 < len(parts) == len(organs) and any(map(is_organ, parts))
    several = several and organ in ("", *organs, "".join(organs))
    return "、".join(organs) if several else ""
