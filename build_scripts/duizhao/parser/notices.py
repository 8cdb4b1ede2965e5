"""What goes before a law and names it: the notice that sends it out, the sentence that publishes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from duizhao.ground.patterns import without_note_mark
from duizhao.ground.text import Text
from duizhao.parser.segments import compact

TITLE_LINES = 6  # that a title has at most, or that stand over it
_LONGEST = 100  # lines of a notice or an announcement, below which its law's title stands
#: The title of a notice that goes before the text which it sends out.
_SENDS_OUT = re.compile(
    r"关于(?:印发|下发|发布|公布|颁布|颁发|批转|转发|施行|实施)(?P<law>.{3,90}?)的?(?:通知|公告|通告|函|命令)$"
)
#: The same of one that passes on what another organ wrote: 某厅转发某委关于某事意见的通知.
_PASSES_ON = re.compile(r"(?:转发|批转).{2,40}?(?P<law>关于.{3,90}?)的?通知$")
#: What publishes a law, as pages print it that leave the head of the announcement out.
_PUBLISHES = re.compile(r"《(?P<law>.{3,90})》(?:已|业).{2,200}(?:公布|发布|施行|实施)")
#: What a notice prints otherwise in a title than the law: its 的, the marks of what is named in it.
_VARIED = str.maketrans("", "", "的《》〈〉<>")
_TRIAL = re.compile(r"（[^（）]{1,8}）$")


def notice_size(lines: Sequence[Text]) -> int:
    """How many lines are a notice that sends out the law whose title follows; 0 for none."""
    for first in range(min(len(lines), TITLE_LINES)):
        joined = ""
        for last in range(first, min(first + 3, len(lines))):
            joined += bare(lines[last])
            if found := _SENDS_OUT.search(joined) or _PASSES_ON.search(joined):
                law = _law_in(found)
                return next(
                    (at for at in range(last + 1, len(lines)) if _is_title(lines, at, law)), 0
                )
    return 0


def _law_in(found: re.Match[str]) -> str:
    """The title of the law that a notice names, without marks around it and （试行） at its end."""
    return _TRIAL.sub("", _TRIAL.sub("", found["law"]).strip("《》〈〉"))


def _is_title(lines: Sequence[Text], index: int, title: str) -> bool:
    """Whether the lines from `index` on are a title, which may have （试行） at its end."""
    joined, title = "", title.translate(_VARIED)
    for line in lines[index : index + TITLE_LINES]:
        joined += bare(line)
        if _TRIAL.sub("", joined).translate(_VARIED) == title:
            return True
        if not title.startswith(joined.translate(_VARIED)):
            return False
    return False


def publishes(lines: Sequence[Text], index: int, title: Sequence[Text]) -> bool:
    """Whether the line at `index` publishes a law, or sends it out, whose title stands above or below."""
    line = bare(lines[index])
    found = _PUBLISHES.match(line) or _SENDS_OUT.search(line)
    law = _law_in(found) if found else ""
    end = min(len(lines), index + _LONGEST)
    below = (_is_title(lines, at, law) for at in range(index + 1, end))
    return bool(law) and (_is_title(title, 0, law) or any(below))


def bare(text: Text) -> str:
    """A title without the marks that printings differ in, as that of a footnote: 条例[1]."""
    tight = without_note_mark(compact(str(text)))
    return tight.replace("、", "").replace("(", "（").replace(")", "）")
