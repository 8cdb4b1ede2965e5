"""Gaps that an examination finds: cut sentences without continuation, lost numbers.

Each becomes a proposed [[gap]]; whether text is really lost, only an editor can say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from duizhao.editing.examine.chain import Link
from duizhao.editing.examine.findings import LawFound, is_join
from duizhao.editing.examine.rows import Row, misread_head
from duizhao.ground.numerals import chinese
from duizhao.ground.patterns import COUNTED_ON
from duizhao.parser.segments import segments_of_line
from duizhao.sources.witness import WitnessLine

_GOES_ON = ("text", "item", "subitem")


class Misread(NamedTuple):
    """The number of an article that is badly printed: its line, how it stands, what is meant."""

    line: int
    printed: str
    meant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapFound:
    """A proposed gap, in the terms of edition.toml; `what` and `why` are Chinese."""

    id: str
    what: str
    why: str
    after: int = 0
    before: int = 0
    cuts: str = "none"
    supplies: str = ""
    block: bool = True
    missing: tuple[str, ...]
    confidence: float


def gaps_of(law: LawFound, *, turned: bool) -> Iterator[GapFound]:
    """The gaps of one law, in order; `turned`: the page says it continues elsewhere.

    Each has an identifier of its own, though the same numbers be missed in two places.
    """
    seen = Counter[str]()
    for gap in _gaps(law, turned=turned):
        seen[gap.id] += 1
        yield gap if seen[gap.id] == 1 else replace(gap, id=f"{gap.id}-{seen[gap.id]}")


def _gaps(law: LawFound, *, turned: bool) -> Iterator[GapFound]:
    links = {link.after.head.line: link for link in law.chain.links}
    article: int | None = None
    if beginning := _beginning(law):
        before, article = beginning
        yield before
    previous = None
    over = 0  # the last line that is no heading: lost articles stood before the heading
    for row in law.rows:
        link = links.get(row.line)
        supplied: int | None = None
        if link is not None and previous is not None:
            gap = _at_link(link, previous, article)
            if gap is not None:
                yield gap
                if gap.supplies:
                    supplied = link.after.expects
        if supplied is not None:
            article = supplied
        if row.kind == "article" and row.first is not None:
            if article is not None and row.first > article + 1 and previous is not None:
                yield lost_between(article + 1, row.first - 1, over or previous.line)
            article = row.last
        previous = row
        if row.kind != "heading":
            over = row.line
    if previous is not None:
        yield from _end(law, previous.line, turned=turned)


def _beginning(law: LawFound) -> tuple[GapFound, int] | None:
    """The articles before the first on the page, where that is not article 1; the last of them.

    With the beginning of an article that goes on in the first line.
    """
    rows = law.rows
    at = next((n for n, row in enumerate(rows) if row.kind in ("article", *_GOES_ON)), 0)
    first = next((row for row in rows if row.kind == "article"), None)
    last = (first.first or 1) - (not first.inserted) if first else 0
    if not last or COUNTED_ON.search(law.title):
        return None
    goes_on = rows[at].kind in _GOES_ON
    while at and _stands_over(rows[at - 1], rows[at]):
        at -= 1
    chapters = _chapters_before(law, rows[at])
    return lost_beginning(rows[at].line, last, goes_on=goes_on, chapters=chapters), last


def _chapters_before(law: LawFound, first: Row) -> dict[int, str]:
    """The chapters whose heading is lost before the law's `first` row, by their numbers.

    Where that is in a chapter whose heading stands above it all before; else chapter 1,
    where the next is chapter 2.
    """
    if any(row.kind == "heading" and row.level == "part" for row in law.rows):
        return {}  # chapters may begin anew in each part
    body = [row for run in law.chain.runs for row in run.chapters]
    number = (body[0].first or 1) if body else 1
    if number > 2 and body[0] is not first:
        return {}
    return {n: law.chain.contents.get(n, f"第{chinese(n)}章的标题") for n in range(1, number)}


def lost_beginning(
    line: int, last: int, *, goes_on: bool = False, chapters: Mapping[int, str] | None = None
) -> GapFound:
    """The gap before `line`, with which a law begins on the page: articles 1 to `last` are lost.

    Of the last only the beginning where `line` goes on with it; `chapters` are those whose
    headings stood before, by number.
    """
    number = f"第{chinese(last)}条"
    whole = last - goes_on
    parts = [*(chapters or {}).values()]
    parts += [_from_to(1, whole)] if whole else []
    parts += [f"{number}的条号和开头"] if goes_on else []
    seen = "没有条号，其后是" if goes_on else "之后的第一个条号是"
    return GapFound(
        id="beginning-of-the-law",
        what="、".join(parts),
        why=f"本法规在底本中从第{line}行开始，这一行{seen}第{chinese(last + 1)}条；"
        "前面的文字不在底本中，也可能是条号漏印或者印错。",
        before=line,
        cuts="right" if goes_on else "none",
        supplies=number if goes_on else "",
        missing=(
            *(f"chp_{n}" for n in chapters or ()),
            *(f"art_{n}" for n in range(1, whole + 1)),
        ),
        confidence=0.8,
    )


def _stands_over(above: Row, row: Row) -> bool:
    """Whether a row is a heading of what the next row begins, and not a line of the contents."""
    return above.kind == "heading" and (row.kind != "heading" or above.level != row.level)


def _at_link(link: Link, previous: Row, article: int | None) -> GapFound | None:
    """The gap between two runs, if a sentence is cut or a number begins unseen."""
    run = link.after
    begins_unseen = run.goes_on and run.expects is not None and run.expects != article
    if is_join(link):
        return None
    number = f"第{chinese(run.expects)}条" if begins_unseen and run.expects else ""
    first = (article or 0) + 1
    missing = tuple(f"art_{n}" for n in range(first, run.expects or 0)) if begins_unseen else ()
    line = previous.line
    # A cut row that is left out as a repetition leaves no sentence open.
    if not link.before.end.closed and previous is link.before.end:
        rest = f"，以及{number}的条号和开头" if number else ""
        return GapFound(
            id=f"after-line-{line}",
            what=f"第{line}行之后的文字{rest}",
            why=f"第{line}行在句中断开，底本中没有找到能与之相接的文字。",
            after=line,
            cuts="left",
            supplies=number,
            missing=missing,
            confidence=link.confidence,
        )
    if begins_unseen:
        return GapFound(
            id=f"before-line-{run.head.line}",
            what=f"{number}的条号和开头",
            why=f"第{run.head.line}行没有条号，其后是第{chinese(run.first or 0)}条，"
            f"所以它属于{number}；前面的文字不在底本中。",
            before=run.head.line,
            cuts="right",
            supplies=number,
            block=False,
            missing=missing,
            confidence=link.confidence,
        )
    return None


def lost_between(first: int, last: int, line: int) -> GapFound:
    """The gap behind `line`, the last before it, where articles `first` to `last` are lost."""
    what = _from_to(first, last)
    return GapFound(
        id=f"article-{first}" if first == last else f"articles-{first}-{last}",
        what=what,
        why=f"条号在第{line}行之后跳过{what}。可能是缺文，也可能是条号漏印或者印错。",
        after=line,
        missing=tuple(f"art_{n}" for n in range(first, last + 1)),
        confidence=0.8,
    )


def between_articles(
    first: int, last: int, lines: Sequence[WitnessLine]
) -> Iterator[GapFound | Misread]:
    """What became of the articles `first` to `last`, which none of the `lines` begins.

    A number in them may be misread; the others are lost behind the line before.
    """
    lines = [line for line in lines if not _is_heading(line.text)]
    missing = first
    for number in range(first, last + 1):
        if (misread := _misread(number, lines)) is None:
            continue
        before = max((line.number for line in lines if line.number < misread.line), default=0)
        if missing < number and before:
            yield lost_between(missing, number - 1, before)
        yield misread
        missing = number + 1
        lines = [line for line in lines if line.number >= misread.line]
    if missing <= last:
        yield lost_between(missing, last, lines[-1].number)


def _is_heading(text: str) -> bool:
    """Whether a line is the heading of a division."""
    return any(s.kind in ("heading", "bare") for s in segments_of_line(text))


def _misread(number: int, lines: Sequence[WitnessLine]) -> Misread | None:
    """The one line that opens with an article's number and another character for 条, as 第三務."""
    found = [(line, head) for line in lines if (head := misread_head(number, line.text))]
    if len(found) != 1:
        return None
    line, printed = found[0]
    return Misread(line.number, printed, f"第{chinese(number)}条")


def _from_to(first: int, last: int) -> str:
    a, b = f"第{chinese(first)}条", f"第{chinese(last)}条"
    return a if first == last else f"{a}至{b}"


def _end(law: LawFound, line: int, *, turned: bool) -> Iterator[GapFound]:
    """Chapters that the contents name and the text does not reach."""
    reached = law.chain.chapter or 0
    lost = [n for n in sorted(law.chain.contents) if n > reached]
    if not lost and not turned:
        return
    names = "、".join(law.chain.contents[n] for n in lost)
    yield GapFound(
        id="rest-of-the-law",
        what=f"第{line}行之后的全部文字" + (f"，包括{names}" if names else ""),
        why="目录所列的这些章不在底本中。" if lost else "版面注明文字转到别处，后文不在底本中。",
        after=line,
        missing=tuple(f"chp_{n}" for n in lost),
        confidence=0.95 if lost else 0.7,
    )
