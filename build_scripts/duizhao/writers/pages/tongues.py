"""Chinese among the words of another language: marked as such, for it is read out and set otherwise.

Where a law has no translation, its Chinese titles and headings stand on pages of other
languages; and notes of the editors quote it.  Guarantee: no word is changed, only wrapped.
"""

from __future__ import annotations

import re
from html import escape

from duizhao.ground.text import HAN
from duizhao.languages.division import division
from duizhao.languages.ui import TAGS

_ZH = TAGS["zh"]
_WRITTEN_SO = ("zh", "ja", "ko")  # languages whose own words may be Han characters
_HAN = HAN.pattern.strip("[]")
#: A run of Chinese with the marks inside it, and those at its ends that come in pairs.
_RUN = re.compile(
    rf"[《〈「『（〔]*[{_HAN}](?:[{_HAN}《》〈〉「」『』（）〔〕，、。；：？！…—·“”‘’\s\d]*[{_HAN}）〕》〉」』])?"
)
#: What says itself that it is Chinese, as the texts of a provision do, or has a spoken name.
_SAID = re.compile(
    r'(<(?:p class="(?:zh|en)\b|p\b[^>]* lang="zh)[^>]*>[^<]*(?:<(?!/p>)[^<]*)*</p>'
    r'|<span\b[^>]*(?: class="(?:zh|witness)\b| lang="zh)[^>]*>[^<]*(?:<(?!/span>)[^<]*)*</span>'
    r'|<a\b[^>]* (?:aria-label=|lang="zh)[^>]*>[^<]*</a>|<(?:code|i|b) [^>]*lang="zh[^>]*>[^<]*</(?:code|i|b)>)'
)
_WORDS = re.compile(rf"(?:^|(?<=>))[^<{_HAN}]*[{_HAN}][^<]*")
#: Words that no line begins with, if another can be broken: they belong to what they follow.
_CLOSING = "的等及和与或之"


def marked(text: str, page: str) -> str:
    """Words as HTML on a page whose language has the tag `page`, their Chinese marked."""
    html = escape(text)
    return html if page.startswith(_WRITTEN_SO) else _marked(html)


def marked_html(html: str, page: str) -> str:
    """The HTML of a page's content, its Chinese marked where no element says yet that it is."""
    if page.startswith(_WRITTEN_SO):
        return html
    parts = _SAID.split(html)
    parts[::2] = [_WORDS.sub(lambda m: _marked(m[0]), part) for part in parts[::2]]
    return "".join(parts)


def _marked(html: str) -> str:
    return _RUN.sub(lambda m: f'<span lang="{_ZH}">{m[0]}</span>', html)


def by_words(text: str) -> str:
    """Chinese as HTML that may be broken between words, where style says: nowhere else."""
    out = ""
    for word, _ in division(text):
        if out and HAN.match(out[-1]) and HAN.match(word) and word not in _CLOSING:
            out += "<wbr>"
        out += escape(word)
    return out
