"""Citations of provisions, made from identifiers: 第十三条第二款, Article 13, paragraph 2.

Chinese practice writes the item number without brackets (第一项) and leaves
第一款 out where an article has one paragraph.  English words for the levels are
this edition's: article, paragraph, subparagraph (项), item (目).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from duizhao.edition import Article, Division, Edition, Paragraph, articles, divisions
from duizhao.numerals import chinese

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
_EN = {
    "art": "Article",
    "para": "paragraph",
    "point": "subparagraph",
    "indent": "item",
    "part": "Part",
    "subpart": "Subpart",
    "chp": "Chapter",
    "sec": "Section",
    "annex": "Annex",
}
_FIXED = {
    "title": ("标题", "title"),
    "note": ("题注", "adoption note"),
    "toc": ("目录", "table of contents"),
    "ann": ("公告", "announcement"),
    "preamble": ("序言", "preamble"),
    "gap": ("缺文", "gap"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A provision's citation within its law, in Chinese and in English."""

    zh: str
    en: str


def citations(edition: Edition) -> dict[str, Cited]:
    """The citation of every article, paragraph, item, subitem and division, by identifier."""
    found: dict[str, Cited] = {}
    for division in divisions(edition.body):
        found[division.eid] = Cited(zh=zh_of(division.eid), en=en_of(division.eid))
        for part in division.body:
            if isinstance(part, Paragraph):
                _add(found, part, single=True)
    for article in articles(edition.body):
        found[article.eid] = Cited(zh=article_zh(article), en=en_of(article.eid))
        paragraphs = [p for p in article.body if isinstance(p, Paragraph)]
        for paragraph in paragraphs:
            _add(found, paragraph, single=len(paragraphs) == 1 and paragraph.ordinal == 1)
    return found


def _add(found: dict[str, Cited], paragraph: Paragraph, *, single: bool) -> None:
    eids = [paragraph.eid]
    for item in paragraph.items:
        eids.append(item.eid)
        eids.extend(sub.eid for sub in getattr(item, "subitems", ()))
    for eid in eids:
        found[eid] = Cited(zh=zh_of(eid, single=single), en=en_of(eid, single=single))


def article_zh(article: Article) -> str:
    """第十三条, or the number as a decision prints it: 一、."""
    return zh_of(article.eid) if article.number.startswith("第") else article.number


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
                f"（条号不明之{chinese(number)}）"
                if kind == "art"
                else f"（现存第{chinese(number)}款，款次不明）"
            )
        else:
            numeral = str(number) if kind == "indent" else chinese(number)
            out += f"第{numeral}{_ZH[kind]}" if kind != "annex" else f"附件{numeral}"
            if match["ins"]:
                out += f"之{chinese(int(match['ins']))}"
    return out


def en_of(eid: str, *, single: bool = False) -> str:
    """The English citation of an identifier: Article 13, paragraph 2, subparagraph 3."""
    out = []
    for piece in eid.split("__"):
        match = _PART.fullmatch(piece)
        if not match:
            out.append(_FIXED.get(re.split(r"[_\d]", piece)[0], (piece, piece))[1])
            continue
        kind = match["kind"]
        if kind in _FIXED:
            out.append(_FIXED[kind][1])
        elif kind not in _EN or (kind == "para" and single):
            continue
        elif match["u"]:
            out.append(f"surviving {_EN[kind].lower()} {match['n']} (number unknown)")
        else:
            suffix = f"-{match['ins']}" if match["ins"] else ""
            out.append(f"{_EN[kind]} {match['n']}{suffix}")
    return ", ".join(out)


def division_path(path: tuple[Division, ...]) -> str:
    """The heading path of a division: 第一编 总则 › 第二章 自然人."""
    return " › ".join(str(d.heading.text) for d in path)
