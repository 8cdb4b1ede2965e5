"""What a web page, or a copy of its text, says around a law: the way to it, buttons, its foot.

Only lines before the first provision and after the head of the last are looked at, and only
those that say nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from duizhao.patterns import ARTICLE_LINE, POINT
from duizhao.segments import compact

_LONGEST = 200  # characters
_HERE = r"您?(?:现在|当前)?的?(?:所在)?的?位置是?[：:]"
#: The way to a page, without spaces: 首页>法规>正文.
_PATH = re.compile(
    rf"(?:{_HERE})?(?:(?:网站|本站)?首页(?:[-/|｜]+[^-/|｜。]{{1,40}})*"
    rf"|[^>＞›»→。]{{0,12}}首页(?:[>＞›»→]+[^>＞›»→。]{{1,40}})+)|{_HERE}[^。]{{0,80}}"
)
_NEIGHBOUR = re.compile(r"[上下]一[篇条页](?:[：:][^。]{0,100})?")
_FOOT = re.compile(
    r"(?:版权所有|copyright\b|©|技术支持[：:])[^。]{0,120}|分享(?:到|至)[：:]?[^。]{0,40}"
    r"|[^。]{0,120}(?:[A-Z]?ICP备|公网安备|网站标识码)[^。]{0,60}",
    re.IGNORECASE,
)
_LABEL = (
    r"(?:发布|更新)?(?:时间|日期)|(?:信息|文章|稿件)?来源|作者|责任编辑|字体|字号"
    r"|(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?"
)
_TOLD = re.compile(rf"[【\[［]?(?:{_LABEL})\s*[：:][^。]{{0,160}}")
_LABELS = re.compile(rf"(?:{_LABEL})\s*[：:]")
_COUNTED = re.compile(r"(?:字体|字号|责任编辑|(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?)\s*[：:]")
#: Words of buttons: those that a law's annex may have as a line, too, do not tell them alone.
_BUTTON = re.compile(
    r"(?P<sure>(?:打印|关闭|收藏|保存)(?:本页|此页|该页|页面|本?窗口|本文)|加入收藏|设为首页|网站首页"
    r"|返回(?:首页|顶部|列表|上一?页|上一级)|回到顶部|网站地图|联系我们|关于我们|复制链接|分享到)"
    r"|(?P<other>打印|关闭|收藏|保存|下载|首页|繁体|简体|字体|字号|[大中小])"
)
_BETWEEN = re.compile(r"[\s|｜/／·•、:：【】\[\]［］（）()〖〗]*")


def navigation_rows(lines: Sequence[str]) -> frozenset[int]:
    """The rows of lines that lead through a site, or speak of the page; none without provisions."""
    provisions = [row for row, line in enumerate(lines) if _begins_provision(line)]
    if not provisions:
        return frozenset()
    outside = (*range(provisions[0]), *range(provisions[-1] + 1, len(lines)))
    return frozenset(row for row in outside if _is_navigation(lines[row].strip()))


def _begins_provision(line: str) -> bool:
    return bool(ARTICLE_LINE.match(line) or POINT.match(line.strip()))


def _is_navigation(line: str) -> bool:
    """Whether a line says nothing but what belongs to a page."""
    if len(line) > _LONGEST:
        return False
    whole = _PATH.fullmatch(compact(line)) or _NEIGHBOUR.fullmatch(line) or _FOOT.fullmatch(line)
    told = _TOLD.fullmatch(line) and (_COUNTED.search(line) or len(_LABELS.findall(line)) > 1)
    return bool(whole or told) or _is_buttons(line)


def _is_buttons(line: str) -> bool:
    """Whether a line is the words of buttons: 【大 中 小】 打印本页 | 关闭窗口."""
    found: list[re.Match[str]] = []
    at = _match_end(line, 0)
    while at < len(line) and (word := _BUTTON.match(line, at)):
        found.append(word)
        at = _match_end(line, word.end())
    words = {word[0] for word in found}
    sure = any(word["sure"] for word in found) or {"打印", "关闭"} <= words
    return at == len(line) and (sure or {"大", "中", "小"} <= words)


def _match_end(line: str, at: int) -> int:
    match = _BETWEEN.match(line, at)
    return match.end() if match else at
