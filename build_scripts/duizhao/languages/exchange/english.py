"""An English version of a law as numbered blocks, to be aligned with the Chinese.

Grammar of a line::

    line    := [markdown] ( heading | article | annex | item | text )
    heading := (Part | Subpart | Chapter | Section | Subsection) number [. : -] title
    article := (Article | Art.) integer [- integer] ( end | separator text | Capital… )
    annex   := (Annex | Appendix | Schedule) [number] title
    item    := ["paragraph"] "(" label ")" | label ( "." | ")" | "、" )   label: 3, c, iii, 三

"Article 5 of this Law …" is text: after a head no small letter follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from duizhao.ground.numerals import integer, roman

_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_LEVELS = {"part": "part", "subpart": "subpart", "chapter": "chp", "section": "sec"} | {
    "subsection": "subsec",
    "subparagraph": "subsec",  # 款 over articles, in laws of Taiwan
}
_HEADING = re.compile(
    r"(?P<level>part|subpart|chapter|section|subsection|subparagraph)\s*(?P<open>\()?\s*"
    r"(?P<n>\d+|[ivxlc]+|[Ⅰ-ⅿ]+|[a-z]+)\b\s*\)?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?:article|art\.)\s*(?P<n>\d+)(?:\s*[-‐‑–]\s*(?P<ins>\d+))?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_ANNEX = re.compile(
    r"(?:annex|appendix|schedule)\b\s*(?P<n>\d+)?\s*(?P<rest>[.:：—-]?.*)", re.IGNORECASE
)
_LABEL = r"\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3}"
_ITEM = re.compile(
    rf"(?:(?:(?:sub)?paragraph|item|point)\s*(?=\())?(?:[（(]\s*(?P<round>{_LABEL})\s*[）)]\s*[.、]?|(?P<bare>{_LABEL})(?:[.、．]|\)))\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\(\w+\)\s+[A-Z“]|[^a-z,;()]")  # of the text of an article
_SEPARATOR = re.compile(r"[.:：—–\-\s]+")
_MARKDOWN = re.compile(r"^(?:#{1,6}\s+|>\s*|[*+-]\s+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A line of the English text: what it opens, its number ("" for none), its words.

    `kind` is heading, article, annex, item or text; `key` names what a heading or an
    article opens ("chp_2", "art_13-1"); `label` is an item's number.
    """

    kind: str
    text: str
    line: int = 0
    key: str = ""
    label: int = 0
    raw: str = ""


def _number(text: str) -> int | None:
    """A heading's number: 2, II, Ⅱ, Two."""
    if text.isdecimal():
        return int(text)
    if text.lower() in _WORDS:
        return _WORDS.index(text.lower()) + 1
    return roman(text)


def label_value(label: str, previous: int) -> int:
    """An item's number; `i` after 8 is the letter, else the Roman numeral."""
    if label.isdecimal():
        return int(label)
    letter = ord(label.lower()) - 96 if len(label) == 1 and label.isascii() else 0
    chinese = None if letter else integer(label)  # o may be a misread 〇
    if chinese is not None:
        return chinese
    if letter and (letter == previous + 1 or label.lower() not in "ivx"):
        return letter
    return roman(label) or letter


def blocks_from_lines(lines: Iterable[tuple[int, str]], *, markdown: bool = False) -> list[Block]:
    """The blocks of numbered lines; blank lines are left out."""
    out: list[Block] = []
    previous = 0
    for number, line in lines:
        text = " ".join(line.split())
        if markdown:
            text = _plain(text)
        if not text:
            continue
        for block in _blocks(text, number, previous):
            previous = block.label if block.kind == "item" else 0 if block.key else previous
            out.append(block)
    return out


def _plain(text: str) -> str:
    """A line of Markdown as plain text."""
    text = _MARKDOWN.sub("", text)
    text = re.sub(r"(\*\*|__|`)(.+?)\1", r"\2", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\\([.()#*_\[\]-])", r"\1", text).strip()


def _runs_on(text: str, rest: str) -> bool:
    """Whether what looks like a heading is a sentence: "Chapter 2 of the Law …"."""
    return rest[:1].islower() or text.endswith((".", ";"))


def _blocks(text: str, line: int, previous: int) -> Iterable[Block]:
    if match := _ARTICLE.fullmatch(text):
        rest = match["rest"]
        if not rest or _SEPARATOR.match(rest) or _OPENS.match(rest):
            key = f"art_{match['n']}" + (f"-{match['ins']}" if match["ins"] else "")
            yield Block(kind="article", text="", line=line, key=key, raw=text)
            if rest := _SEPARATOR.sub("", rest, count=1) if _SEPARATOR.match(rest) else rest:
                yield from _blocks(rest, line, 0)
            return
    if (match := _HEADING.fullmatch(text)) and not _runs_on(text, match["rest"]):
        value = _number(match["n"])
        if value:
            key = f"{_LEVELS[match['level'].lower()]}_{value}"
            yield Block(kind="heading", text=text, line=line, key=key, raw=text)
            return
    if (match := _ANNEX.fullmatch(text)) and len(text) < 90 and not text.endswith((".", ";")):
        key = f"annex_{match['n'] or 1}"
        yield Block(kind="annex", text=text, line=line, key=key, raw=text)
        return
    if match := _ITEM.fullmatch(text):
        label = label_value(match["round"] or match["bare"], previous)
        if label and match["rest"]:
            yield Block(kind="item", text=match["rest"], line=line, label=label, raw=text)
            return
    yield Block(kind="text", text=text, line=line, raw=text)
