"""References in an English translation: those that the Chinese makes certain, and no others.

An English citation is taken only where the Chinese of the same unit cites the same
provision: numbers are compared with the targets of the Chinese references, and “the
preceding paragraph” with 前款 in turn.  What could be of another law is left alone::

    place    := [item of] [paragraph of] Article N | Article N[, paragraph P][, item I] | Article N(P)(I)
                (also with a comma for of: Paragraph 3, Article 46)
    list     := Articles N, N and N
    relative := the preceding paragraph, two paragraphs, Article, item | paragraph P of this Article
                | this Article | this Chapter
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from duizhao.ground.numerals import integer
from duizhao.parser.references import Reference

_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_NTH = "|".join(_ORDINALS)
_ITEM = r"(?:sub-?paragraph|item|point)s?"
_P = rf"(?:paragraph\s+\(?(?P<{{0}}>\d+)\)?|(?:the\s+)?(?P<{{1}}>{_NTH})\s+paragraph)"
_I = rf"{_ITEM}\s+\(?(?P<{{0}}>\d+)\)?"
_OF = r"(?:,?\s+(?:of|in|under)(?:\s+the)?\s+|,\s+(?:the\s+)?)"
_PLACE = re.compile(
    rf"(?:{_I.format('i1')}{_OF})?(?:{_P.format('p1', 'w1')}{_OF})?"
    r"(?:Article\s+(?P<a>\d+(?:-\d+)?)|(?P<own>this\s+Article))"
    rf"(?:,?\s+{_P.format('p2', 'w2')})?(?:,?\s+{_I.format('i2')})?"
    r"(?:\((?P<p3>\d+)\))?(?:\((?P<i3>\d+)\))?",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"Articles\s+\d+(?:-\d+)?(?:(?:,\s*(?:and|or)?|\s+and|\s+or|\s+to|\s+through|\s*[–-])\s*\d+(?:-\d+)?)+",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?:the\s+)?(?:preceding|foregoing|previous)\s+(?:(?:\w+)\s+)?"
    r"(?P<level>paragraph|article|sub-?paragraph|item)s?\b|this\s+(?P<this>chapter|section|part)\b",
    re.IGNORECASE,
)
_LEVELS = {"款": "paragraph", "条": "article", "项": "item", "章": "chapter", "节": "section", "编": "part"}  # fmt: skip
_RELATIVE_ZH = re.compile(r"(?:前|上)[一二两三四五六七八九十几各]*(款|条|项)|本(章|节|编)")
_ARTICLE_ZH = re.compile(r"第([一二三四五六七八九十百千零〇两0-9]+)条")

Span = tuple[int, int, str]


def spans_en(
    text: str, references: Sequence[Reference], loose: Sequence[Reference]
) -> tuple[Span, ...]:
    """Start, end and target of each citation in `text`, in order.

    `references` are those of the Chinese of the same unit, `loose` those that lead to
    nothing certain: the articles that these name are left alone.
    """
    inside = [r for r in references if r.kind == "internal"]
    away = [r for r in (*references, *loose) if r.kind != "internal"]
    taken = {integer(n) for r in away for n in _ARTICLE_ZH.findall(r.said)}
    targets = [target for r in inside for target in r.targets]
    if not targets:
        return ()
    found = [*_places(text, inside, targets, taken), *_lists(text, targets, taken)]
    found += _relative(text, inside)
    out: list[Span] = []
    for span in sorted(found):
        if not out or span[0] >= out[-1][1]:
            out.append(span)
    return tuple(out)


def _places(
    text: str, inside: list[Reference], targets: list[str], taken: set[int | None]
) -> Iterator[Span]:
    own = [t for r in inside if r.said.startswith("本条") for t in r.targets]
    for match in _PLACE.finditer(text):
        if match["a"] and int(match["a"].partition("-")[0]) in taken:
            continue
        paragraph = match["p1"] or match["p2"] or match["p3"] or ""
        word = match["w1"] or match["w2"]
        paragraph = str(_ORDINALS.index(word.lower()) + 1) if word else paragraph
        item = match["i1"] or match["i2"] or match["i3"] or ""
        known = targets if match["a"] else own
        if target := _certain(known, match["a"] or "", paragraph, item):
            yield match.start(), match.end(), target


def _certain(known: list[str], article: str, paragraph: str, item: str) -> str:
    """The provision with these numbers that is, or holds, one of those known."""
    for target in known:
        parts = dict(part.rpartition("_")[::2] for part in target.split("__"))
        if article and parts.get("art") != article:
            continue
        if paragraph and parts.get("para") != paragraph:
            continue
        if item and parts.get("point") != item:
            continue
        end = "point" if item else "para" if paragraph else "art"
        kept = target.split("__")
        while kept and not kept[-1].startswith(end + "_"):
            kept.pop()
        if kept:
            return "__".join(kept)
    return ""


def _lists(text: str, targets: list[str], taken: set[int | None]) -> Iterator[Span]:
    for match in _LIST.finditer(text):
        for number in re.finditer(r"\d+(?:-\d+)?", match.group()):
            if int(number.group().partition("-")[0]) in taken:
                continue
            if target := _certain(targets, number.group(), "", ""):
                yield match.start() + number.start(), match.start() + number.end(), target


def _relative(text: str, inside: list[Reference]) -> Iterator[Span]:
    """“The preceding paragraph” for 前款, in turn where there are as many of both."""
    zh: dict[str, list[str]] = {}
    for reference in inside:
        if match := _RELATIVE_ZH.match(reference.said):
            zh.setdefault(_LEVELS[match[1] or match[2]], []).append(reference.targets[0])
    en: dict[str, list[re.Match[str]]] = {}
    for match in _RELATIVE.finditer(text):
        level = (match["level"] or match["this"]).lower()
        level = "item" if level.startswith("sub") else level
        en.setdefault(level, []).append(match)
    for level, matches in en.items():
        known = zh.get(level, [])
        if known and (len(known) == len(matches) or len(set(known)) == 1):
            for at, match in enumerate(matches):
                yield match.start(), match.end(), known[min(at, len(known) - 1)]
