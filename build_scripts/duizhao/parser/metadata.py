"""Metadata read from a law's own words: title, kind, organ, region, dates, amendments.

Sources of the rules: 立法法 (2023) art. 61 (a date of effect must be stated) and
art. 65 (the 题注 gives organ and date of adoption, then of each amendment); the kinds
are those of its chapters II to V.

Grammar of a 题注 (spaces, brackets and line ends do not count)::

    note  := event+
    event := (根据 | 经)? date organ? 第…次会议? (《关于修改…的决定》)? what
    what  := 通过 | 批准 | 修正 | 修订 | 修改 | 公布 | 发布 | 施行 | 废止 …
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from duizhao.ground.numerals import BEFORE_REPUBLIC, integer
from duizhao.ground.patterns import REPUBLIC, REPUBLIC_YEAR, without_note_mark
from duizhao.ground.text import Text
from duizhao.parser.closings import is_signer
from duizhao.parser.edition import Event, Metadata, Node, articles, units_of
from duizhao.parser.front import Front, is_date, is_issuer
from duizhao.parser.organs import (
    ISSUED,
    SIDE_BY_SIDE,
    announcement_lines,
    announcing,
    is_organ,
    joint,
    organ_in,
    sending,
)
from duizhao.parser.segments import compact

#: A day; the years of the Republic (民国) began with 1912.
_DATE = re.compile(
    r"(?P<y>\d{4}|[一二][〇零○Oo0０一二三四五六七八九]{3}"
    rf"|{REPUBLIC_YEAR})年"
    r"(?P<m>元|[\d一二三四五六七八九十]+)月(?P<d>[\d一二三四五六七八九十]+)日"
)
_REPUBLIC = re.compile(REPUBLIC)
#: What happened, by the word for it; the later in a clause decides.
_EVENTS = (
    ("adopted", "通过"),
    ("adopted", "制定"),
    ("approved", "批准"),
    ("amended", "修正"),
    ("amended", "修改"),
    ("revised", "修订"),
    ("promulgated", "公布"),
    ("promulgated", "发布"),
    ("promulgated", "發布"),
    ("promulgated", "颁布"),
    ("promulgated", "印发"),
    ("promulgated", "公告"),
    ("effective", "施行"),
    ("effective", "实施"),
    ("effective", "生效"),
    ("repealed", "废止"),
    ("repealed", "廢止"),
)
#: Characters of the name in a number; also in brackets: 法（办）发〔1988〕6号.
_OF_NAME = r"(?:[\u4e00-\u9fff]|[（(][\u4e00-\u9fff]{1,3}[）)])"
_NUMBER = re.compile(
    r"(?P<order>[^\s，。（(《》]{0,30}?(?:令|公告))?(?P<no>[（(]?(?:\d{4}年|[〔（(\[]?[一二三四五六七八九十]+届[）)〕\]]?)?"
    r"第[\d〇零一二三四五六七八九十百]+号[）)]?)"
    rf"|{_OF_NAME}{{0,12}}[〔\[［【（(]\d{{2}}(?:\d{{2}})?[〕\]］】）)][\u4e00-\u9fff]{{0,6}}第?\d+号"
)
_IN_NOTE = re.compile(
    r"(?P<order>[\u4e00-\u9fff][\u4e00-\u9fff、]{1,28}?令)[（(]?(?P<no>(?:\d{4}年)?第?[\d〇零一二三四五六七八九十百]+号)[）)]?"
    r"|(?P<turned>[\u4e00-\u9fff][\u4e00-\u9fff、]{1,28}?第[\d〇零一二三四五六七八九十百]+号令)"
    rf"|(?P<paper>{_OF_NAME}{{0,8}}[〔\[［【]\d{{2}}(?:\d{{2}})?[〕\]］】][\u4e00-\u9fff]{{0,6}}第?\d+号)"
)
_OPENERS = ("（", "(", "〔", "[", "［", "【")  # of a number without a name: 〔2019〕第4号
_TITLED = re.compile(r"(?<=号)[（(].*[）)]$")  # …令〔2007〕第3号（某办法）
#: Who issued a paper stands before its number: 最高人民法院以法发〔1993〕15号.
_BEFORE_PAPER = re.compile("^.*(?:法院|检察院|政府|委员会|国务院|办公厅|以)(?=.)")
#: What the same clause says of its effect: …公布　自公布之日起施行, …发布施行.
_AT_ONCE = re.compile(
    r"(?:自(?:公布|发布|發布|颁布|印发|批准|通过)之?日起(?P<later>[^，。；]{0,12}?)|自?(?:公布|发布)之日)(?:施行|实施|生效|执行|实行)$"
    r"|(?<=[公发發颁]布)(?:施行|实施|执行)$"
)
_IN_MARKS = re.compile("^《([^《》]+)》$")  # a title as it is cited: 《某市公园条例》
_OF_ITSELF = re.compile("本[\u4e00-\u9fff]{2,6}自")
#: A day told behind its name, as treaties have it in collections: 签订日期1991年10月5日.
_NAMED_DAY = re.compile(
    rf"(签订|签署|批准|生效|通过|公布|发布|施行|实施)(?:日期|时间)[：:]?({_DATE.pattern})"
)
_CHANGED_ANEW = re.compile("(修正|修订|修改)后?(?:重新)?[公发颁]布")  # …政务院修正公布
_KINDS = {word: kind for kind, word in _EVENTS}
_CHANGED = re.compile("修正|修订|修改")
_CHANGES = ("amended", "revised")
#: What an announcement says of the text that it publishes: 已于2021年6月2日经…通过.
_ADOPTED = re.compile(
    rf"(?:由|经|(?<!关)于)(?P<before>[^。；]{{0,120}}?)(?P<date>{_DATE.pattern})(?P<after>(?:[^。；年]|\d年(?=第)){{0,60}}?)通过"
)
_AMENDS = re.compile("关于(?:修改|修正|修订)")
_APART = "\0"
# Of any organ but the courts: no legislation by 立法法.
_NO_LAW = ("批复", "复函", "名单", "公告", "通告", "意见", "方案", "纪要")
_NOTICE = "通知"  # of the State Council alone, some count as its regulations
_OF_STATE = re.compile("国务院(?!(?!、?中央军)[\u4e00-\u9fff]{2,12}(?:办公室|局|委员会))")
_BY_STATE = re.compile(r"[（(]\s*国务院批准")  # what a ministry published, on no day that is told
_PARTY = ("中国共产党", "中共")
_NATIONAL = ("全国", "国家", "国务院", "中华人民共和国", "最高人民", "中央", "政务院", "中国")
_REGION = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}?(?:特别行政区|经济特区|自治区|省|市|自治州|自治县|盟|旗|县|区))(?![场级政])"
)
_EFFECTIVE = re.compile(
    rf"(?:[自从由]|于(?=[^，。]{{6,14}}起))(?:(?P<date>{_DATE.pattern})"
    r"|(?P<rule>(?:公布|发布|發布|批准|颁布|印发|公告|下发|下达|发文|签发)之?日)(?P<later>[^，。]{0,12}?))"
    r"起?(?:正式|开始|立即|即|试)?(?:施行|实施|生效|执行|试行|实行)"
)
#: In force from what the note tells: 自国务院批准之日起施行.
_FROM_EVENT = re.compile(
    r"[自从由][\u4e00-\u9fff]{0,30}?(?P<what>批准|通过)之日起?(?:正式|试)?(?:施行|实施|生效|执行|试行|实行)"
)


def iso_date(text: str) -> str:
    """The first date in `text` as ISO 8601; "" where there is none, or no such day (2月30日)."""
    match = _DATE.search(compact(text))
    if match is None:
        return ""
    said = match["y"]
    said = re.sub("[0０]", "〇", said) if said[0] in "一二" else said  # 二00一年, as copies have it
    counted = _REPUBLIC.sub("", said)
    year, month, day = (integer(k) or 0 for k in (counted, match["m"], match["d"]))
    year += BEFORE_REPUBLIC * (counted != said)
    month += match["m"] == "元"
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def events_from_note(note: str) -> tuple[Event, ...]:
    """The events of a 题注, in its order: each date with what happened then.

    The date of coming into force in the same clause is an event of its own.
    """
    tight = _NAMED_DAY.sub(r"\2\1", compact(SIDE_BY_SIDE.sub(rf"\1{_APART}", note)))
    matches = list(_DATE.finditer(tight))
    out: list[Event] = []
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(tight)
        clause = re.sub(r"(?:根据|经|自|并经|和|及|以及|，|；)+$", "", tight[match.start() : end])
        clause = clause.strip("（）()　，,；;、")
        before = tight[max(0, match.start() - 1) : match.start()]
        at_once = _AT_ONCE.search(clause, match.end() - match.start() + 2)
        clause = clause[: at_once.start()].rstrip("，,；;、") if at_once else clause
        rest = clause[match.end() - match.start() :]
        spoken = re.sub(r"《[^》]*(?:》|$)", "", rest)
        found = [(spoken.rfind(word), kind) for kind, word in _EVENTS if word in spoken]
        kind = max(found)[1] if found else "event"
        if kind == "event" and _NUMBER.fullmatch(rest):
            kind = "promulgated"  # 1994年4月22日 法发〔1994〕9号: date and number of one paper
        if before == "自" and kind == "promulgated":
            kind = "effective"
        if kind == "event" and clause.endswith("会议"):
            # 最高人民法院…会议、最高人民检察院…会议通过: one word for both.
            follows = tight[end:]
            kind = next((k for k, word in _EVENTS if word in follows), kind)
        if kind == "adopted" and "通过的《" in clause:
            # 通过的《修正案》、…通过的《决定》修正: what was adopted amends this law.
            changed = _CHANGED.search(re.sub(r"《[^》]*》", "", tight[end:]))
            kind = _KINDS[changed.group()] if changed else kind
        organ, text = organ_in(rest.replace(_APART, "、")), clause.replace(_APART, "")
        date = iso_date(match.group())
        out.append(Event(kind=kind, date=date, organ=organ, text=text))
        if at_once and not at_once["later"]:
            out.append(Event(kind="effective", date=date, text=at_once[0]))
    return tuple(out)


def _each_its_own(events: list[Event]) -> tuple[Event, ...]:
    """The events; 某市…通过、某省…批准的《决定》修正 is the amendment of one, approved by the other.

    A meeting on a line of its own did what that of the next line did: …会议 ⏎ …会议通过.
    """
    for at, (above, event) in enumerate(pairwise(tuple(events))):
        if above.kind == "event" and above.text.endswith("会议"):
            events[at] = replace(above, kind=event.kind)
    for at, event in enumerate(events):
        if at and event.kind == "promulgated" and (anew := _CHANGED_ANEW.search(event.text)):
            events[at] = replace(event, kind=_KINDS[anew[1]])
    for at, (above, event) in enumerate(pairwise(tuple(events))):
        own = any(e.kind == "adopted" for e in events[:at])  # the law itself
        if own and above.kind == "adopted" and event.kind in _CHANGES and "批准的" in event.text:
            events[at : at + 2] = replace(above, kind=event.kind), replace(event, kind="approved")
    return tuple(events)


def kind_of_law(title: str, organ: str = "") -> str:
    """The kind of instrument, by 立法法 terms; "" where title and organ do not tell.

    law, administrative-regulation, local-regulation, rule, judicial-interpretation or
    decision.
    """
    name = re.sub(r"[（(][^）)]*[）)]$", "", without_note_mark(title))
    if title.startswith(("最高人民法院", "最高人民检察院")) or organ.startswith("最高人民"):
        return "judicial-interpretation"
    if name.endswith(("决定", "决议")):
        return "decision"
    of_party = name.startswith(_PARTY) or (organ.startswith(_PARTY) and "国务院" not in organ)
    if name.endswith(_NO_LAW) or of_party or (name.endswith(_NOTICE) and organ != "国务院"):
        return ""
    if organ.startswith(("全国人民代表大会", "全国人大")) or re.search(
        r"(?<![办辦方])(?:法|法典|宪法)$", name
    ):
        return "law"
    if _OF_STATE.search(organ) or organ.startswith(("政务院", "中央人民政府")):
        return "administrative-regulation"
    if "人民代表大会" in organ or "常务委员会" in organ:
        return "local-regulation"
    if organ:
        return "rule"
    if name.startswith("中华人民共和国") and name.endswith(("条例", "实施细则")):
        return "administrative-regulation"
    if region_of(title) and name.endswith("条例"):
        return "local-regulation"
    return ""


def region_of(title: str, organ: str = "") -> str:
    """The region whose organ made the law; "" for the whole country, or where it is not told."""
    for text in (organ, title):
        if text.startswith(_NATIONAL):
            return ""
        match = _REGION.match(text)
        if match:
            return match.group()
    return ""


def effective_in(text: str) -> tuple[str, str]:
    """Date and rule of coming into force that a sentence states; ("", "") for none.

    The rule is "on promulgation" or "after promulgation".
    """
    tight = compact(text)
    found = None
    for match in _EFFECTIVE.finditer(tight):
        if found is None or re.search(r"(?:本|《)[^，。；]{0,40}$", tight[: match.start()]):
            found = match
    if found is None:
        return "", ""
    if found["date"]:
        return iso_date(found["date"]), ""
    return "", "after promulgation" if found["later"] else "on promulgation"


def metadata_from_law(
    front: Front, body: tuple[Node, ...], closing: Sequence[Text] = (), *, fallback_title: str
) -> Metadata:
    """What the law says of itself: its front matter, its last articles, its closing lines."""
    title = "".join(compact(str(t)) for t in front.title) or fallback_title
    title = _IN_MARKS.sub(r"\1", title)
    notes = [_in_lines(note) for note in front.notes]
    events = _each_its_own([event for note in notes for event in events_from_note(note)])
    announced = [line for parts in front.announcements for line in announcement_lines(parts)]
    adopted, adopting = _adopted_in(announced, title)
    organ = (
        next((e.organ for e in events if e.organ), "")
        or announcing(announced)
        or adopting
        or announcing([compact(SIDE_BY_SIDE.sub(r"\1、", str(t))) for t in closing])
        or sending("".join(announced[:3]))
        or organ_in(title.partition("关于")[0] if "关于" in title else "")
        or next(("、".join(map(organ_in, n.split())) for n in notes if is_issuer(n)), "")
    )
    region = region_of(title)
    organ = organ[max(0, organ.find(region)) :]  # 某省某市人大常委会, in collections
    if region and organ.startswith(("市", "省", "县", "自治")):
        organ = region + organ.lstrip("省市县自治州区")
    organ = joint(front.title, organ) or organ
    first = {e.kind: e.date for e in reversed(events)}
    promulgated = first.get("promulgated", "")
    if announced and not promulgated:
        promulgated = next((iso_date(t) for t in reversed(announced) if _DATE.fullmatch(t)), "")
    if not promulgated and not adopted and "adopted" not in first:
        promulgated = _signed_on(closing, issued="关于" in title and organ != "")
    last = (*map(str, closing), *_last_sentences(body), *announced)
    effective, rule = _effective(last)
    if not effective and not rule:
        effective = first.get("effective", "")
    if not effective and (word := _from_event(last)):
        effective = first.get(_KINDS[word], "")
    if rule == "on promulgation" and not effective:
        effective = promulgated
    return Metadata(
        title=title,
        kind=kind_of_law(title, "国务院" if any(map(_BY_STATE.match, notes)) else organ),
        organ=organ,
        region=region_of(title, organ),
        adopted=first.get("adopted", "") or adopted,
        promulgated=promulgated,
        effective=effective,
        effective_rule=rule,
        document_number=_document_number(announced, notes),
        status="repealed" if "repealed" in first else "",
        events=events,
    )


def _in_lines(text: Text) -> str:
    """A text with the ends of the lines that it was joined of."""
    lines: dict[int, str] = {}
    for piece in text:
        lines[piece.line] = lines.get(piece.line, "") + piece.text
    return "\n".join(lines.values())


def _signed_on(closing: Sequence[Text], *, issued: bool) -> str:
    """The date below the signature at a law's end, or there alone where its head says who issued it."""
    for above, text in pairwise(str(text) for text in closing):
        if (is_organ(above) or is_signer(above)) and (date := iso_date(text)):
            return date
    alone = issued and closing and is_date(str(closing[0]))
    return iso_date(str(closing[0])) if alone else ""


def _adopted_in(announced: list[str], title: str) -> tuple[str, str]:
    """The date of adoption that an announcement gives, and the organ; "" for what it does not.

    What it says of an act that amends the law of this title tells the organ alone.
    """
    for line in announced:
        if match := _ADOPTED.search(line):
            organ = organ_in(match["before"]) or organ_in(match["after"])
            amends = _AMENDS.search(line, 0, match.start())
            own = amends is None or amends.group() in title
            return (iso_date(match["date"]) if own else ""), organ
    return "", ""


def _last_sentences(body: tuple[Node, ...]) -> list[str]:
    """The texts of the last articles, the last first: there the date of effect stands.

    Of a text without articles what says so of itself: 本决定自2025年6月1日起施行.
    """
    last = list(articles(body))[-3:]
    said = [str(u.text) for node in reversed(last or body) for u in units_of(node)]
    return said if last else [text for text in said if _OF_ITSELF.match(text.strip())]


def _effective(texts: Iterable[str]) -> tuple[str, str]:
    """The first date or rule of coming into force among `texts`."""
    return next((found for text in texts if any(found := effective_in(text))), ("", ""))


def _from_event(texts: Iterable[str]) -> str:
    """批准 or 通过, where a text is in force from that day; else ""."""
    return next((m["what"] for text in texts if (m := _FROM_EVENT.search(compact(text)))), "")


def _document_number(announced: list[str], notes: list[str]) -> str:
    """The number of the order or announcement: 〔2024〕11号, 国务院令第175号."""
    above = ""
    for line in (_TITLED.sub("", line) for line in announced):
        if match := _NUMBER.fullmatch(line) or _NUMBER.fullmatch(_unbracketed(line)):
            ordered = match.group().startswith(_OPENERS) and above.endswith("令")
            bare = match["no"] and not match["order"] and ISSUED.search(above)
            issued = above if bare or ordered else ""
            return issued + _unbracketed(match.group())
        above = line
    for note in notes:
        tight = re.sub(r"《[^》]*》", "", compact(note))
        if match := _IN_NOTE.search(_DATE.sub("，", tight)):
            whole = _BEFORE_PAPER.sub("", match["paper"] or "") or match["turned"]
            return whole or match["order"] + match["no"]
        if match := _NUMBER.fullmatch(tight):
            return _unbracketed(match.group())
    return ""


def _unbracketed(number: str) -> str:
    """A number without the brackets around the whole of it: （第45号）, but （十三届）第45号."""
    return number[1:-1] if re.fullmatch(r"[（(][^（()）]*[）)]", number) else number
