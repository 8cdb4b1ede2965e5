"""Annexes (附件, 附录, 附表): each begins at its line, all lines up to the next are its blocks.

A list of them (附件：1. 甲 ⏎ 2. 乙) that stands before the first (附件1, or 附件 alone), or before
signature and date where none is printed, is none.
Footnotes behind the last article (① …, [2] …) are neither annex nor part of that.
"""

from __future__ import annotations

import re

from duizhao.ground.patterns import NOTE_MARK
from duizhao.ground.text import Text
from duizhao.parser.closings import is_closing, is_signer
from duizhao.parser.drafts import TableDraft, frozen_table
from duizhao.parser.edition import Annex, Table, Unit
from duizhao.parser.front import is_date
from duizhao.parser.organs import is_organ
from duizhao.parser.segments import compact, looks_like_title
from duizhao.parser.tokens import Token, rows_of

_Rows = list[tuple[str, list[Token]]]
_LIST = re.compile(r"附(?:件|录|錄|表|图)?[：:]")
_FIRST = re.compile(r"附(?:件|录|錄|表|图)(?:[（(]?[1１一](?![0-9０-９一二三四五六七八九十])|$)")

_NOTES = re.compile(r"[【\[（(]?(?:注释|註釋|脚注|腳註|尾注|尾註|注)[】\]）)]?[：:]?")
_NOTE = re.compile(NOTE_MARK)
_REFERS = re.compile(rf"(?<=\S){NOTE_MARK}")


def notes_start(tokens: tuple[Token, ...], first: int, end: int) -> int:
    """Where the footnotes begin that stand before `end`, each with its mark in the text above.

    That is `end` where no such line stands there.
    """
    start = end
    marks = set[str]()
    while (above := _row_start(tokens, start)) > first:
        mark = _NOTE.match(_words(tokens[above:start]))
        if mark is None:
            break
        marks.add(mark[0])
        start = above
    text = (str(token.text) for token in tokens[:start] if token.kind != "circled")
    if not marks or not marks.issubset(m for t in text for m in _REFERS.findall(t)):
        return end
    return above if _NOTES.fullmatch(_words(tokens[above:start])) else start


def _row_start(tokens: tuple[Token, ...], end: int) -> int:
    """Where the row begins whose last token stands before `end`."""
    start = end - 1
    while start > 0 and tokens[start - 1].row == tokens[end - 1].row:
        start -= 1
    return start


def _words(tokens: tuple[Token, ...]) -> str:
    return compact("".join(str(token.text) for token in tokens))


def annexes_start(tokens: tuple[Token, ...], first: int) -> tuple[int, int]:
    """Where the list of annexes and the annexes begin, the same place where no list stands.

    Both are the number of tokens where nothing from `first` on is an annex.
    """
    found = [i for i in range(first, len(tokens)) if tokens[i].kind == "annex"]
    if not found:
        return len(tokens), len(tokens)
    listed = found[0]
    if _LIST.match(compact(str(tokens[listed].text))) and _signed(tokens[listed:]):
        return listed, len(tokens)
    if len(found) > 1 and _LIST.match(compact(str(tokens[listed].text))):
        follower = found[1]
        lines = (compact(str(text)) for _, text in rows_of(tokens[listed:follower]))
        names = filter(None, (_LIST.sub("", line) for line in lines))
        if all(map(looks_like_title, names)) and _FIRST.match(compact(str(tokens[follower].text))):
            return listed, follower
    return listed, listed


def _signed(tokens: tuple[Token, ...]) -> bool:
    """Whether a list of annexes, their names alone, ends with signature and date and nothing more."""
    lines = [str(text) for _, text in rows_of(tokens)]
    last = next((n for n, line in enumerate(lines) if is_date(line)), 0)
    organs = next((n for n, line in enumerate(lines) if is_organ(line) or is_signer(line)), last)
    return (
        0 < organs < last
        and all(is_organ(line) or is_signer(line) for line in lines[organs:last])
        and all(map(looks_like_title, lines[1:organs]))
        and all(map(is_closing, lines[last + 1 :]))
    )


def annexes_from_tokens(tokens: tuple[Token, ...]) -> tuple[Annex, ...]:
    """The annexes in `tokens`, whose first is an annex's heading."""
    groups: list[_Rows] = []
    row = -1
    for token in tokens:
        if token.kind == "annex" and token.row != row:
            groups.append([])
        if not groups:
            raise ValueError("an annex begins with its heading")
        if token.row != row:
            groups[-1].append((token.kind, []))
        groups[-1][-1][1].append(token)
        row = token.row
    return tuple(_annex(f"annex_{number}", rows) for number, rows in enumerate(groups, 1))


def _annex(eid: str, rows: _Rows) -> Annex:
    """One annex: its first row is the heading."""
    blocks: list[Unit | Table] = []
    table: TableDraft | None = None
    tables = paragraphs = 0
    for kind, tokens in rows[1:]:
        if kind == "cell":
            if table is None:
                tables += 1
                table = TableDraft(eid=f"{eid}__table_{tables}")
            table.rows.append([token.text for token in tokens])
            continue
        if table is not None:
            blocks.append(frozen_table(table))
            table = None
        paragraphs += 1
        text = _joined(tokens)
        blocks.append(Unit(eid=f"{eid}__para_{paragraphs}", role="annex", text=text.strip()))
    if table is not None:
        blocks.append(frozen_table(table))
    heading = Unit(eid=f"{eid}__heading", role="heading", text=_joined(rows[0][1]).strip())
    return Annex(eid=eid, heading=heading, blocks=tuple(blocks))


def _joined(tokens: list[Token]) -> Text:
    return Text(tuple(piece for token in tokens for piece in token.text))
