"""Citations of provisions, made from identifiers: 第十三条第二款, Article 13, paragraph 2.

Chinese practice writes the item number without brackets (第一项) and leaves
第一款 out where an article has one paragraph.  English words for the levels are
this edition's: article, paragraph, subparagraph (项), item (目).

A law that names its levels in another way is cited in its own (`levels`): 第六條第一項第二款.

A further language cites with the forms of its interface catalog (`Article {n}`, and
`{whole}, {part}` for their order).  Where its catalog lacks a form that a citation
needs, that provision is cited in Chinese, which every page carries: never in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from duizhao.ground.numerals import chinese, integer
from duizhao.languages.ui import TAGS, Interface, message
from duizhao.parser.edition import Article, Edition, Paragraph, articles, divisions
from duizhao.parser.levels import MAINLAND, levels_of

_PART = re.compile(r"(?P<kind>[a-z]+)_(?P<u>u)?(?P<n>\d+)(?:-(?P<ins>\d+))?$")
_ZH = {
    "art": "条",
    "para": "款",
    "point": "项",
    "indent": "目",
    "part": "编",
    "subpart": "分编",
    "chp": "章",
    "sec": "节",
    "annex": "附件",
}
#: The forms of a citation, by the level in an identifier; {n} is the number: 13, 120-1.
_FORMS = {
    "art": message("Article {n}"),
    "para": message("paragraph {n}"),
    "point": message("subparagraph {n}"),
    "indent": message("item {n}"),
    "part": message("Part {n}"),
    "subpart": message("Subpart {n}"),
    "chp": message("Chapter {n}"),
    "sec": message("Section {n}"),
    "annex": message("Annex {n}"),
}
_UNKNOWN = {
    "art": message("surviving article {n} (number unknown)"),
    "part": message("surviving part {n} (number unknown)"),
    "subpart": message("surviving subpart {n} (number unknown)"),
    "chp": message("surviving chapter {n} (number unknown)"),
    "sec": message("surviving section {n} (number unknown)"),
    "point": message("surviving subparagraph {n} (number unknown)"),
    "indent": message("surviving item {n} (number unknown)"),
    "para": message("surviving paragraph {n} (number unknown)"),
}
_FIXED = {
    "title": ("标题", message("title")),
    "note": ("题注", message("adoption note")),
    "toc": ("目录", message("table of contents")),
    "ann": ("公告", message("announcement")),
    "preamble": ("序言", message("preamble")),
    "closing": ("结尾", message("closing words")),
    "gap": ("缺文", message("gap")),
    "heading": ("标题", message("heading")),
    "short": ("简称", message("short title")),
    "witness": ("底本说明", message("description of the source")),
}
#: A provision within the one above it; a language may turn them round.
_WITHIN = message("{whole}, {part}")

_Say = Callable[[str], str]


def item_number(number: str, eid: str) -> str:
    """The number of an item or subitem in English: (1) for （一）, 1. for 1．, "" for none.

    A line that goes on the item above has no number, though its identifier counts it.
    """
    if not number:
        return ""
    digits = eid.rpartition("_")[2]
    if digits.startswith("u"):  # the number is in doubt, and shown as printed
        digits = str(integer(number.strip("（）()〔〕.．、 　")) or number)
    return f"({digits})" if number[0] in "（(〔" else f"{digits}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A provision's citation within its law, in Chinese and in English, and its identifier.

    `single`: its article has one paragraph, which is not cited.
    """

    zh: str
    en: str
    eid: str
    single: bool = False

    def words(self, ui: Interface) -> tuple[str, str]:
        """The citation in a language, and the tag of the language that it is in."""
        language = ui.language.partition("-")[0]
        if language == "en":
            return self.en, ui.tag
        if ui.language != "zh":
            try:
                return _in_forms(self.eid, _forms_of(ui), single=self.single), ui.tag
            except _FormError:
                pass
        return self.zh, TAGS["zh"]

    def of(self, ui: Interface) -> str:
        """The citation in a language; in Chinese where the language lacks a form for it."""
        return self.words(ui)[0]


class _FormError(Exception):
    """A catalog has no translation of a form."""


def _forms_of(ui: Interface) -> _Say:
    def say(form: str) -> str:
        if not ui.has(form):
            raise _FormError
        return ui(form)

    return say


def cited(eid: str, *, single: bool = False) -> Cited:
    """The citation of an identifier."""
    return Cited(zh=zh_of(eid, single=single), en=en_of(eid, single=single), eid=eid, single=single)


def citations(edition: Edition) -> dict[str, Cited]:
    """The citation of every article, paragraph, item, subitem and division, by identifier."""
    found: dict[str, Cited] = {}
    levels = levels_of(edition)
    for division in divisions(edition.body):
        found[division.eid] = cited(division.eid)
        for part in division.body:
            if isinstance(part, Paragraph):
                _add(found, part, single=True)
    for node in edition.body:  # of a resolution, which has no articles
        if isinstance(node, Paragraph):
            _add(found, node, single=False)
    for article in articles(edition.body):
        found[article.eid] = replace(cited(article.eid), zh=article_zh(article))
        paragraphs = [p for p in article.body if isinstance(p, Paragraph)]
        for paragraph in paragraphs:
            _add(found, paragraph, single=len(paragraphs) == 1 and paragraph.ordinal == 1)
    if levels == MAINLAND:
        return found
    return {eid: replace(each, zh=levels.write(each.zh)) for eid, each in found.items()}


def _add(found: dict[str, Cited], paragraph: Paragraph, *, single: bool) -> None:
    eids = [paragraph.eid]
    for item in paragraph.items:
        eids.append(item.eid)
        eids.extend(sub.eid for sub in getattr(item, "subitems", ()))
    for eid in eids:
        found[eid] = cited(eid, single=single)


def named(article: Article, citation: Cited) -> Cited:
    """How an article is named above its text: by its number as printed, also one in doubt."""
    return cited(f"art_{article.ordinal}") if article.undecided else citation


def article_zh(article: Article) -> str:
    """第十三条, or the number as a decision prints it: 一、."""
    return article.number if article.is_point else zh_of(article.eid)


def zh_of(eid: str, *, single: bool = False) -> str:
    """The Chinese citation of an identifier; `single`: the article has one paragraph."""
    out = ""
    for piece in eid.split("__"):
        match = _PART.fullmatch(piece)
        if not match:
            out += _FIXED.get(re.split(r"[_\d]", piece)[0], (piece, piece))[0]
            continue
        kind, number = match["kind"], int(match["n"])
        if kind in _FIXED:
            out += _FIXED[kind][0]
        elif kind not in _ZH or (kind == "para" and single):
            continue
        elif match["u"]:
            # What survives is counted, so that two paragraphs of one article differ.
            out += (
                f"（现存第{chinese(number)}款，款次不明）"
                if kind == "para"
                else f"（{_ZH[kind]}号不明之{chinese(number)}）"
            )
        else:
            numeral = str(number) if kind == "indent" else chinese(number)
            out += f"第{numeral}{_ZH[kind]}" if kind != "annex" else f"附件{numeral}"
            if match["ins"]:
                out += f"之{chinese(int(match['ins']))}"
    return out


def en_of(eid: str, *, single: bool = False) -> str:
    """The English citation of an identifier: Article 13, paragraph 2, subparagraph 3."""
    return _in_forms(eid, lambda form: form, single=single)


def _in_forms(eid: str, say: _Say, *, single: bool) -> str:
    """The citation of an identifier in the forms that `say` gives."""
    whole = ""
    for part in _parts(eid, say, single=single):
        whole = say(_WITHIN).format(whole=whole, part=part) if whole else part
    return whole


def _parts(eid: str, say: _Say, *, single: bool) -> Iterator[str]:
    for piece in eid.split("__"):
        match = _PART.fullmatch(piece)
        kind = match["kind"] if match else re.split(r"[_\d]", piece)[0]
        if kind in _FIXED:
            yield say(_FIXED[kind][1])
        elif match is None:
            yield piece
        elif kind not in _FORMS or (kind == "para" and single):
            continue
        elif match["u"]:
            yield say(_UNKNOWN.get(kind, _UNKNOWN["para"])).format(n=match["n"])
        else:
            inserted = f"-{match['ins']}" if match["ins"] else ""
            yield say(_FORMS[kind]).format(n=match["n"] + inserted)
