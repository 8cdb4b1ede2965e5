"""A law as plain text and as Markdown that reads well as text, zipped.

Plain text is a line a provision: the number of an article stands before its first
paragraph, as in print; what would break a line is written as an escape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from duizhao.ground.text import Text, shown
from duizhao.languages.signs import CHINESE, Signs
from duizhao.writers.formats.archive import zipped
from duizhao.writers.formats.blocks import Block, Said, Sequence, flat, said, untranslated
from duizhao.writers.formats.imprint import Imprint, as_text

_BREAKS = "\n\t\u2028\u2029\x85"
_MARKED = re.compile(r"[\\`*_\[\]]")  # Markdown's own signs: masked with a backslash
_NAMED = re.compile("[<>&#|]")  # those of HTML, headings and tables: written as entities
_FIRST = re.compile(r"[-+=~:\s]|\d+[.)]")  # what makes a list or code at the start of a line
_JOINTS = " \t\n\u3000"
_ARTICLE_THEN = ("paragraph",)


def plain_text(sequence: Sequence, language: str) -> str:
    """The law in one language; without a translation the Chinese, marked."""
    return "".join(f"{line}\n" for line in _lines(sequence, language))


def _lines(sequence: Sequence, language: str) -> Iterator[str]:
    waiting = ""
    for block in sequence.blocks:
        if waiting and block.kind not in _ARTICLE_THEN:
            yield waiting[:-1]
            waiting = ""
        if block.kind == "table":
            for row in block.rows:
                yield "\t".join(_line(cell, language, sequence) for cell in row)
        elif block.kind == "article":
            space = "\u3000" if language == "zh" else " "
            waiting = _line(block, language, sequence) + space
        else:
            yield waiting + _line(block, language, sequence)
            waiting = ""
    if waiting:
        yield waiting[:-1]


def _line(block: Block, language: str, sequence: Sequence) -> str:
    """A block on one line, with its number and the numbers of its notes."""
    own, numbers = language == "zh", sequence.numbers
    signs = CHINESE if own else sequence.signs
    if block.kind == "note":
        number = _noted(signs, numbers[block.eid.removeprefix("note_")])
    else:
        number = one_line(block.number if own else block.english or block.number)
    gap = "" if own and number.endswith(("）", "、", "．", "〕")) else " "
    words = "".join(
        one_line(part) if isinstance(part, str) else _noted(signs, numbers[part[0]])
        for part in _parts(block, sequence, own=own)
    )
    return number + (gap if number and words else "") + words


def _noted(signs: Signs, number: int) -> str:
    """The sign that leads to a note."""
    return signs.note.replace("{n}", str(number))


def _sign(signs: Signs) -> re.Pattern[str]:
    """The signs that lead to notes, in both languages."""
    both = (re.escape(s.note).replace(re.escape("{n}"), r"\d+") for s in (CHINESE, signs))
    return re.compile("|".join(both))


def _parts(block: Block, sequence: Sequence, *, own: bool) -> Iterator[str | tuple[str]]:
    """Words, and notes as tuples, in order; of a translation the notes stand at the end."""
    numbers = sequence.numbers
    if own:
        for piece in block.zh:
            yield CHINESE.lost if piece.mark == "gap" else piece.text
            if piece.note in numbers:
                yield (piece.note,)
    else:
        if mark := untranslated(block, sequence.signs):
            yield f"[{mark}] "
        yield _words(block)
        yield from ((note,) for note in block.zh.notes if note in numbers)
    if block.note in numbers:
        yield (block.note,)


def _words(block: Block) -> str:
    """A translation; where there is none, the Chinese."""
    zh = "".join(CHINESE.lost if piece.mark == "gap" else piece.text for piece in block.zh)
    return block.pair.text if block.pair.status == "translated" else zh


def one_line(text: str) -> str:
    """`text` with what would break a line written as escapes."""
    return "".join(f"\\u{ord(c):04x}" if c in _BREAKS else c for c in shown(text))


def changed_line(text: str, sequence: Sequence, language: str) -> int:
    """The first line that says something else than the law, 0 where there is none.

    All that may stand between one unit and the next is white space and the signs that
    lead to notes or say that a translation is missing.
    """
    sign = _sign(sequence.signs)
    text = sign.sub("", text)
    at = 0
    for block, each in zip(flat(sequence.blocks), said(sequence), strict=True):
        for words in _wanted(block, each, language, sequence.signs):
            start = len(text) - len(text[at:].lstrip(_JOINTS))
            wanted = words.lstrip(_JOINTS)
            if not text.startswith(wanted, start):
                return text.count("\n", 0, start) + 1
            at = start + len(wanted)
    rest = text[at:].lstrip(_JOINTS)
    return text.count("\n", 0, len(text) - len(rest)) + 1 if rest else 0


def _wanted(block: Block, each: Said, language: str, signs: Signs) -> Iterable[str]:
    sign = _sign(signs)
    note = block.kind == "note"  # its number is a sign
    if language == "zh":
        return ["" if note else one_line(each.number), sign.sub("", one_line(each.zh))]
    mark = untranslated(block, signs)
    words = sign.sub("", one_line(_words(block)))
    number = "" if note else one_line(each.english or each.number)
    return [number, f"[{mark}]" if mark else "", words]


def markdown(sequence: Sequence) -> str:
    """Both languages, paragraph under paragraph, the notes as footnotes at the end."""
    out = []
    for block in sequence.blocks:
        if block.kind == "table":
            out.append(_table(block, sequence))
        elif block.kind == "note":
            number = sequence.numbers[block.eid.removeprefix("note_")]
            bare = replace(block, kind="", number="", english="")
            out.append(f"[^{number}]: {' '.join(_both(bare, sequence))}")
        elif block.kind in ("title", "heading", "article"):
            depth = 1 if block.kind == "title" else min(1 + block.level, 6)
            out.append(f"{'#' * depth} {' '.join(_both(block, sequence))}")
        else:
            out.extend(_both(block, sequence))
    return "\n\n".join(out) + "\n"


def _both(block: Block, sequence: Sequence) -> list[str]:
    """A block's two languages, each on one line; what is empty is left out."""
    numbers = sequence.numbers
    notes = "".join(f"[^{numbers[n]}]" for n in (*block.zh.notes, block.note) if n in numbers)
    bare = replace(block, note="", zh=Text(tuple(replace(p, note="") for p in block.zh)))
    zh = _escaped(_line(bare, "zh", sequence)) + notes
    bare = replace(bare, number="")  # it stands once
    if not (block.pair.text or block.english or untranslated(block)):
        return [zh] if zh else []
    if block.pair.status != "translated":
        bare = replace(bare, zh=Text())  # it stands above already
    return [part for part in (zh, _escaped(_line(bare, "", sequence).rstrip(" "))) if part]


def _escaped(text: str) -> str:
    """A line in which Markdown reads nothing but text."""
    first = text[:1] if _FIRST.match(text) else ""
    text = _NAMED.sub(_entity, text.removeprefix(first))
    return (_entity(first) if first else "") + _MARKED.sub(r"\\\g<0>", text)


def _entity(character: str | re.Match[str]) -> str:
    found = character if isinstance(character, str) else character[0]
    return f"&#{ord(found)};"


def _table(block: Block, sequence: Sequence) -> str:
    rows = [[" ".join(_both(cell, sequence)) for cell in row] for row in block.rows]
    width = max((len(row) for row in rows), default=0)
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([*lines[:1], "|" + " --- |" * width, *lines[1:]])


def text_zip(law_id: str, sequence: Sequence, language: str, imprint: Imprint) -> bytes:
    """The three files in one, and the law's imprint, which is none of its text, in a fourth."""
    files = [
        (f"{law_id}.zh.txt", plain_text(sequence, "zh")),
        (f"{law_id}.{language}.txt", plain_text(sequence, language)),
        (f"{law_id}.md", markdown(sequence)),
        (f"{law_id}.imprint.txt", as_text(imprint)),
    ]
    return zipped((name, text.encode("utf-8")) for name, text in files)
