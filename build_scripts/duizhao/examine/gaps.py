"""Gaps that an examination finds: cut sentences without continuation, lost numbers.

Each becomes a proposed [[gap]]; whether text is really lost, only an editor can say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duizhao.examine.chain import Link
from duizhao.examine.findings import LawFound, is_join
from duizhao.examine.rows import Row
from duizhao.numerals import chinese


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
    missing: tuple[str, ...] = ()
    confidence: float = 0.5


def gaps_of(law: LawFound, *, turned: bool) -> Iterator[GapFound]:
    """The gaps of one law, in order; `turned`: the page says it continues elsewhere."""
    links = {link.after.head.line: link for link in law.chain.links}
    article: int | None = None
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
                yield _lost(article + 1, row.first - 1, over or previous.line)
            article = row.last
        previous = row
        if row.kind != "heading":
            over = row.line
    if previous is not None:
        yield from _end(law, previous.line, turned=turned)


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


def _lost(first: int, last: int, line: int) -> GapFound:
    a, b = f"第{chinese(first)}条", f"第{chinese(last)}条"
    what = a if first == last else f"{a}至{b}"
    return GapFound(
        id=f"article-{first}" if first == last else f"articles-{first}-{last}",
        what=what,
        why=f"条号在第{line}行之后跳过{what}。可能是缺文，也可能是条号印错。",
        after=line,
        missing=tuple(f"art_{n}" for n in range(first, last + 1)),
        confidence=0.8,
    )


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
