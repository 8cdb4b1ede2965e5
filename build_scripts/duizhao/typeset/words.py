"""The words that the printed page adds to the law: labels, notices, the colophon.

Messages are English in the code; each has its Chinese here, and an interface
catalog may give another.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from duizhao.edition import Article, Note

#: Stands where text is lost (a lacuna); never part of the law.
GAP_ZH, GAP_EN = "〔缺〕", "[text lost]"
#: Stands where a translation is missing, awaits review or is out of date.
UNTRANSLATED = {
    "missing": ("〔未译〕", "[not yet translated]"),
    "fuzzy": ("〔译文待审〕", "[translation under review]"),
    "stale": ("〔译文已过时〕", "[translation out of date]"),
}
#: The kinds of note that stand as footnotes, with their labels.
NOTE_LABELS = {
    "emendation": ("校改", "Emendation"),
    "query": ("存疑", "Query"),
    "gap": ("缺文", "Lacuna"),
    "number": ("条号", "Numbering"),
}
#: Labels of the notes that only the whole law's apparatus prints.
APPARATUS_LABELS = {
    **NOTE_LABELS,
    "order": ("次序", "Order"),
    "join": ("接句", "Joined lines"),
    "repetition": ("重复", "Repetition"),
    "furniture": ("版面文字", "Page furniture"),
    "normalisation": ("标点", "Punctuation"),
}

_CHINESE = {
    "Unofficial text": "非标准文本",
    "Unofficial text · incomplete source": "非标准文本 · 底本不完整",
    "Unofficial text and translation": "非标准文本，非官方译文",
    "Unofficial text and translation · incomplete source": "非标准文本，非官方译文，底本不完整",
    "Edition of {date}": "{date} 版",
    "Contents": "目录",
    "Editorial notes": "编者说明",
    "Colophon": "版本说明",
    "Enacted by": "制定机关",
    "Document number": "文号",
    "Adopted": "通过",
    "Promulgated": "公布",
    "In force from": "施行",
    "Source": "底本",
    "SHA-256 of the source": "底本校验值",
    "Date of edition": "版本日期",
    "Permanent address": "永久地址",
    "Licence": "许可",
    "Standing": "性质",
    "Signs": "符号",
    "Chinese and English": "汉英对照",
    "lines {lines}": "底本第 {lines} 行",
    "This is not the standard text of the law, and the translation is not an official one. A local"
    " regulation’s standard text is the one in the gazette of the standing committee (Legislation"
    " Law of the PRC, article 89).": (
        "本版不是标准文本，译文不是官方译本。地方性法规以常务委员会公报刊登的文本为标准文本"
        "（《中华人民共和国立法法》第八十九条）。"
    ),
    "This is not the standard text of the law, and the translation is not an official one.": (
        "本版不是标准文本，译文不是官方译本。"
    ),
    "The Chinese text of laws is outside copyright (Copyright Law of the PRC, article 5). The"
    " translation and the notes are published under CC BY 4.0.": (
        "法律、法规的文本不受著作权保护（《中华人民共和国著作权法》第五条）；"
        "译文和注释以 CC BY 4.0 发布。"
    ),
    "A dotted line marks words that carry an editor’s note. What stands in 〔 〕 or [ ] in colour is"
    " the editors’, not the law’s.": (
        "加点线的文字有编者注；以彩色排印、置于〔 〕或 [ ] 内的文字为编者所加，不是法规原文。"
    ),
}


class Words:
    """The page's own words in Chinese and English.

    `ui` translates an English message into Chinese (the interface's catalog); where
    it returns the message unchanged, the Chinese of this module is used.
    """

    def __init__(self, ui: Callable[[str], str] | None = None) -> None:
        self._ui = ui

    def __call__(self, message: str, **values: str) -> tuple[str, str]:
        """A message as (Chinese, English), with {name} filled in."""
        given = self._ui(message) if self._ui else message
        zh = given if given != message else _CHINESE.get(message, message)
        return zh.format(**values), message.format(**values)


def article_label(article: Article) -> tuple[str, str]:
    """How an article is named on the page: ("第八条", "Article 8"), brackets if supplied.

    Points that serve as articles (一、) keep their mark: ("一、", "1.").
    """
    ordinal = article.eid.rpartition("art_")[2]
    if article.number and not article.number.startswith("第"):
        zh, en = f"{article.number}、", f"{ordinal}."
    else:
        zh, en = article.number, f"Article {ordinal}"
    return (f"〔{zh}〕", f"[{en}]") if article.supplied else (zh, en)


def item_label(eid: str, number: str) -> tuple[str, str]:
    """How an item or subitem is numbered: ("（一）", "(1)"); ("1．", "1.")."""
    ordinal = eid.rpartition("_")[2]
    return number, f"({ordinal})" if re.search(r"[（(]", number) else f"{ordinal}."


def note_label(note: Note) -> tuple[str, str]:
    """The label that a note begins with."""
    return APPARATUS_LABELS.get(note.kind, ("编者注", "Note"))
