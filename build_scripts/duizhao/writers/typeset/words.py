"""The words that the printed page adds to the law: labels, notices, the colophon.

Messages are English in the code; each has its Chinese here, and an interface
catalog may give another.  In the column of a further language they are what its
catalog says; what that lacks is said in Chinese, the print's other language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from duizhao.languages.ui import Interface, message
from duizhao.parser.edition import Article, Note

#: Stands where text is lost (a lacuna); never part of the law.
GAP = ("〔缺〕", message("[text lost]"))
#: Stands where a translation is missing, awaits review or is out of date.
UNTRANSLATED = {
    "missing": ("〔未译〕", message("[not yet translated]")),
    "fuzzy": ("〔译文待审〕", message("[translation under review]")),
    "stale": ("〔译文已过时〕", message("[translation out of date]")),
}
#: The kinds of note that stand as footnotes, called as the pages of the site call them.
NOTE_LABELS = {
    "emendation": ("更正", message("Correction")),
    "query": ("文字存疑", message("Doubtful wording")),
    "gap": ("原文缺失", message("Text lost")),
    "number": ("条号矛盾", message("Conflicting number")),
}
#: Labels of the notes that only the whole law's apparatus prints.
APPARATUS_LABELS = {
    **NOTE_LABELS,
    "order": ("版面次序", message("Order of the page")),
    "join": ("断句接合", message("Sentence joined")),
    "repetition": ("重复刊印", message("Printed more than once")),
    "furniture": ("非法规文字", message("Not part of the law")),
    "normalisation": ("标点", message("Punctuation")),
}

NOTE = ("编者注", message("Note"))
PROPOSED = ("建议读作“{reading}”。", message("Proposed reading: “{reading}”."))
ARTICLE = message("Article {n}")

_CHINESE = {
    message("Unofficial text"): "非标准文本",
    message("Unofficial text · incomplete source"): "非标准文本，底本不完整",
    message("Unofficial text and translation"): "非标准文本，非官方译文",
    message(
        "Unofficial text and translation · incomplete source"
    ): "非标准文本，非官方译文，底本不完整",
    message("Edition of {date}"): "{date}版",
    message("Contents"): "目录",
    message("Editorial notes"): "编者说明",
    message("Colophon"): "版本说明",
    message("Enacted by"): "制定机关",
    message("Document number"): "文号",
    message("Adopted"): "通过",
    message("Promulgated"): "公布",
    message("In force from"): "施行",
    message("Repealed"): "已废止",
    message("Status"): "状态",
    message("Source"): "底本",
    message("SHA-256 of the source"): "底本校验值",
    message("Date of edition"): "版本日期",
    message("Permanent address"): "永久地址",
    message("Licence"): "许可",
    message("Standing"): "性质",
    message("Signs"): "符号",
    message("Chinese and English"): "汉英对照",
    message("Chinese text with translation"): "原文与译文对照",
    message("lines {lines}"): "底本第 {lines} 行",
    message(
        "This is not the standard text of the law, and the translation is not an official one. A local"
        " regulation’s standard text is the one in the gazette of the standing committee (Legislation"
        " Law of the PRC, article 89)."
    ): (
        "本版不是标准文本，译文不是官方译本。地方性法规以常务委员会公报刊登的文本为标准文本"
        "（《中华人民共和国立法法》第八十九条）。"
    ),
    message(
        "This is not the standard text of the law, and the translation is not an official one."
    ): ("本版不是标准文本，译文不是官方译本。"),
    message(
        "The Chinese text of laws is outside copyright (Copyright Law of the PRC, article 5). The"
        " translation and the notes are published under CC BY 4.0."
    ): (
        "法律、法规的文本不受著作权保护（《中华人民共和国著作权法》第五条）；"
        "译文和注释以 CC BY 4.0 发布。"
    ),
    message(
        "A dotted line marks words that carry an editor’s note. What stands in 〔 〕 or [ ] in colour is"
        " the editors’, not the law’s."
    ): ("加点线的文字有编者注；以彩色排印、置于〔 〕或 [ ] 内的文字为编者所加，不是法规原文。"),
}


def _messages() -> Iterator[str]:
    yield from (GAP[1], NOTE[1], PROPOSED[1], ARTICLE, *_CHINESE)
    yield from (pair[1] for pair in (*UNTRANSLATED.values(), *APPARATUS_LABELS.values()))


def own_words(ui: Interface) -> tuple[tuple[str, str], ...]:
    """What the catalog of a translation's language gives for the words of the page."""
    if is_english(ui.language):
        return ()
    return tuple((each, ui(each)) for each in sorted(set(_messages())) if ui.has(each))


def is_english(language: str) -> bool:
    """Whether a language is that of the messages."""
    return language.partition("-")[0] == "en"


class Words:
    """The page's own words in Chinese and in the translation's language.

    `ui` translates an English message into Chinese (the interface's catalog); where
    it returns the message unchanged, the Chinese of this module is used.  `own` are
    the messages in the translation's language, if that is not English.
    """

    def __init__(
        self,
        ui: Callable[[str], str] | None = None,
        *,
        language: str = "en",
        own: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._ui = ui
        self._own: Mapping[str, str] = dict(own)
        self._english = is_english(language)

    def __call__(self, message: str, **values: str) -> tuple[str, str]:
        """A message as (Chinese, translation's language), with {name} filled in."""
        given = self._ui(message) if self._ui else message
        zh = given if given != message else _CHINESE.get(message, message)
        return zh.format(**values), self.other((zh, message)).format(**values)

    def has(self, message: str) -> bool:
        """Whether the translation's language has a message."""
        return self._english or message in self._own

    def other(self, pair: tuple[str, str]) -> str:
        """Words given as (Chinese, message), in the translation's language."""
        zh, message = pair
        return self._own.get(message, message if self._english else zh)

    def article(self, article: Article) -> tuple[str, str]:
        """How an article is named: as `article_label`, in the translation's language."""
        return article_label(article, self.other(("", ARTICLE)))


def article_label(article: Article, form: str = ARTICLE) -> tuple[str, str]:
    """How an article is named on the page: ("第八条", "Article 8"), brackets if supplied.

    Points that serve as articles (一、) keep their mark: ("一、", "1.").  Without a
    `form` in the translation's language the article is named in Chinese there too.
    """
    ordinal = article.ordinal
    if article.is_point:
        zh, en = f"{article.number}、", f"{ordinal}."
    else:
        zh, en = article.number, form.format(n=ordinal) if form else article.number
    return (f"〔{zh}〕", f"[{en}]") if article.supplied else (zh, en)


def note_label(note: Note, words: Words) -> tuple[str, str]:
    """The label that a note begins with."""
    label = APPARATUS_LABELS.get(note.kind, NOTE)
    return label[0], words.other(label)
