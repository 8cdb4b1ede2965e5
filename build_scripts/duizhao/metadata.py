"""Metadata read from a law's own words: title, kind, organ, dates, amendments.

Sources of the rules: 立法法 (2023) art. 61 (a date of effect must be stated) and
art. 65 (the 题注 gives organ and date of adoption, then of each amendment).
"""

from __future__ import annotations

import re

from duizhao.edition import Event, Metadata, Node
from duizhao.front import Front
from duizhao.numerals import integer
from duizhao.segments import compact

_DATE = re.compile(
    r"(?P<y>\d{4}|[一二][〇零○一二三四五六七八九]{3})年(?P<m>[\d一二三四五六七八九十]+)月(?P<d>[\d一二三四五六七八九十]+)日"
)
_EVENTS = (
    ("approved", "批准"),
    ("amended", "修正"),
    ("revised", "修订"),
    ("amended", "修改"),
    ("adopted", "通过"),
    ("promulgated", "公布"),
    ("promulgated", "发布"),
    ("promulgated", "颁布"),
    ("effective", "施行"),
    ("effective", "起实施"),
    ("repealed", "废止"),
)
_NUMBER = re.compile(
    r"(?:[^\s，。（(]{0,12})?[〔\[（(]\d{4}[〕\]）)]第?\d+号|第[\d〇零一二三四五六七八九十百]+号"
)
_ORGAN = re.compile(
    r"日?(?P<organ>[^\d，。（(]*?(?:人民代表大会常务委员会|人民代表大会|常务委员会|国务院|最高人民法院|最高人民检察院|"
    r"人民政府|委员会|部|总局|署|局|办公厅|审判委员会))"
)


def iso_date(text: str) -> str:
    """The first date in `text` as ISO 8601, or "" where there is none."""
    match = _DATE.search(compact(text))
    if match is None:
        return ""
    year, month, day = (integer(match[k]) or 0 for k in ("y", "m", "d"))
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def events_from_note(note: str) -> tuple[Event, ...]:
    """The events of a 题注, in its order: each date with what happened then."""
    tight = compact(note)
    matches = list(_DATE.finditer(tight))
    out = []
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(tight)
        clause = tight[match.start() : end].strip("（）()　，,；;")
        kind = next((kind for kind, word in _EVENTS if word in clause), "")
        organ = _ORGAN.match(tight[match.end() - 1 : end])
        out.append(
            Event(
                kind=kind or "event",
                date=iso_date(match.group()),
                organ=organ["organ"].lstrip("日") if organ else "",
                text=clause,
            )
        )
    return tuple(out)


def kind_of_law(title: str, organ: str = "") -> str:
    """The kind of instrument a title names, by 立法法 terms; "" where it does not tell."""
    if title.startswith(("最高人民法院", "最高人民检察院")):
        return "judicial-interpretation"
    if re.search(r"(?:决定|决议)$", title):
        return "decision"
    if re.search(r"(?:法|法典|宪法)(?:[（(].*[）)])?$", title) and not title.endswith("办法"):
        return "law"
    if "国务院" in organ or title.startswith(("国务院", "中华人民共和国")):
        return "administrative-regulation"
    if "人民代表大会" in organ:
        return "local-regulation"
    if organ:
        return "rule"
    return ""


def metadata_from_law(front: Front, body: tuple[Node, ...], *, fallback_title: str) -> Metadata:
    """What the law says of itself: its front matter, and its last article."""
    del body
    title = "".join(compact(str(t)) for t in front.title) or fallback_title
    events = tuple(e for note in front.notes for e in events_from_note(str(note)))
    announced = [compact(str(t)) for parts in front.announcements for t in parts]
    organ = events[0].organ if events else ""
    dates = {e.kind: e.date for e in reversed(events)}
    number = next((m.group() for t in announced if (m := _NUMBER.fullmatch(t))), "")
    promulgated = dates.get("promulgated", "")
    effective = dates.get("effective", "")
    rule = ""
    for text in announced:
        if match := re.search(r"自([^，。]*?日)起(?:施行|实施)", text):
            effective = iso_date(match[1]) or effective
            if not iso_date(match[1]) and "公布" in match[1]:
                rule = "on promulgation"
    if announced and not promulgated:
        promulgated = next((iso_date(t) for t in reversed(announced) if _DATE.fullmatch(t)), "")
    return Metadata(
        title=title,
        kind=kind_of_law(title, organ),
        organ=organ,
        adopted=dates.get("adopted", ""),
        promulgated=promulgated,
        effective=effective,
        effective_rule=rule,
        document_number=number,
        events=events,
    )
