"""Names of laws in running text: what a law calls itself, and 刑法 before 第二百条.

A name without 《》 is found from its end, the kind of law that it is, and cut where the
words that lead to it end (依照, 违反, 以及).
"""

from __future__ import annotations

import re

_NUM = "[一二三四五六七八九十百千零〇两0-9]+"
#: The kinds of law, one of which a name ends with: alternatives of a regular expression.
KINDS = (
    "宪法|法典|基本法|法|条例|办法|规定|规则|细则|决定|解释|章程|公约|意见|标准|方案|安排|规程"
    "|通则|准则|守则|修正案|宪章|条约|协定|议定书"
)
#: 本 as in 本法, 造成本法, not as in 基本法, 基本条款, 文本, 成本.
THIS = "(?<![基资版文样日根副正标剧原书课脚])(?<!(?<![造构])成)本"
#: What a law calls itself: 本法, 本实施办法.
OWN = rf"{THIS}(?:自治|单行|实施|暂行|试行|若干|补充|议事|组织|选举)*(?:{KINDS})"
_PART = r"(?:[\u4e00-\u9fff]{1,8}编)?(?:分则|总则|附则)?"
#: What may stand between a law's name and 第X条: 《民法典》总则编第X条, 《某法》的第X条.
HEADED = re.compile(rf"{_PART}中?的?")
_NAME = re.compile(
    rf"(?P<name>[\u4e00-\u9fff、]{{0,24}}(?:{KINDS}))(?:[（(][^（）()]{{1,16}}[）)])?"
    rf"{_PART}(?:第{_NUM}[编章节])*$"
)
_WINDOW = 48  # characters before 第X条 in which the name of its law stands
# What goes before a law's name; not where it is of the name: 普及法, 自由贸易港法, 共和国.
_LEAD = re.compile(
    r".*(?:依照|依(?![法据照])|根据|按照|未按|违反|违背|涉嫌|(?<!法律)适用|准用|不受|参照|符合|依据|基于|(?<!强制)执行|遵守|以及|或者"
    r"|(?<![行勇])为(?!老)|视同|于(?!洪)|按(?![揭摩])|了|履行|比照|(?<!环境)(?<!人工)影响|从事|(?<!基)因(?![公私])|(?<!罪)犯(?!罪)"
    r"|属于|采取|触犯|构成|认定为|援引|适用于|没有|是指|遇有|超过|撤销|承担|达到|包括|修订|隐瞒"
    r"|实施(?!细则|办法|条例|规定|方案)|(?<![国所私共反])有(?![线限机])|即|除|但|就|(?<!可)以"
    r"|(?<!自)由|对(?!外|台)|将|在|(?<!共)和(?!平|解|谐)|与|(?<!普)及|、|的|中(?![华国央外小医药]))"
    r"(?=[\u4e00-\u9fff]{2})"
)


def named_before(text: str, at: int) -> str | None:
    """The name of another law that stands right before 第X条, None where none does."""
    match = _NAME.search(text[max(0, at - _WINDOW) : at])
    if match is None or re.search(rf"{OWN}(?:规定)?$", match["name"]):
        return None
    name = match["name"]
    lead = _LEAD.match(name)
    name = name[lead.end() :] if lead else name
    return name if len(name) > 1 else None
