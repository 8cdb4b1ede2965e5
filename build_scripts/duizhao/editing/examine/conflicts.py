"""Numbers that a draft would give twice, as doubts: both texts are printed, and none is chosen.

Of the texts under one number one keeps its identifier, the others get provisional ones
(`art_u1`, `chp_u1`); all are doubted.  A list that begins anew within a paragraph stands
below a gap, for what opens it is not there.  Which is right an editor decides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from duizhao.ground.numerals import chinese, integer
from duizhao.ground.text import Text
from duizhao.parser.edition import (
    Article,
    Division,
    Edition,
    Item,
    Node,
    Paragraph,
    articles,
    divisions,
)

LEVELS = {"part": "编", "subpart": "分编", "chp": "章", "sec": "节"}
_UNDECIDED = re.compile(r"(?:^|__)([a-z]+)_u(\d+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """A number in doubt: `text` is printed on line `line`, and on the lines `others` too.

    `identifier` is that of the provision until the number is decided, "" for the one that
    keeps its own; `read` is the number that its neighbours prove, "" where none do.
    """

    line: int
    text: str
    others: tuple[int, ...]
    identifier: str = ""
    read: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """An item on line `line`, in an article or not: it is of another list than those above."""

    line: int
    number: str
    in_article: bool


class _Bearer(NamedTuple):
    """What bears a number: the number as printed, the identifier that it makes."""

    head: Text
    eid: str

    @property
    def line(self) -> int:
        return self.head.lines[0] if self.head.lines else 0

    @property
    def prefix(self) -> str:
        return self.eid.rpartition("__")[2].partition("_")[0]

    @property
    def number(self) -> int | None:
        return integer(self.eid.rpartition("_")[2].partition("-")[0])


def doubts_of(edition: Edition, misread: Mapping[int, str]) -> Iterator[Doubted | Reopened]:
    """The numbers that stand over several texts, and those that are misread.

    `misread` gives the number that an article's neighbours prove, by its line.  What has a
    provisional identifier is doubted already.
    """
    for bearers in (_articles(edition), _contents(edition), _divisions(edition)):
        yield from _doubted(bearers, misread)
    yield from _doubted_items(edition)


def _doubted(bearers: Sequence[_Bearer], misread: Mapping[int, str]) -> Iterator[Doubted]:
    misread = {**misread, **_proved(bearers)}
    sharing: dict[str, list[int]] = defaultdict(list)
    for at, bearer in enumerate(bearers):
        if not _is_misread(bearer, misread):
            sharing[bearer.eid].append(at)
    keeps = {
        max(same, key=lambda at: (not bearers[at].line, _fits(bearers, at), -at))
        for same in sharing.values()
    }
    names = _Names(bearer.eid for bearer in bearers)
    for at, bearer in enumerate(bearers):
        read = misread[bearer.line] if _is_misread(bearer, misread) else ""
        others = () if read else tuple(bearers[n].line for n in sharing[bearer.eid] if n != at)
        if bearer.line and (read or others):
            yield Doubted(
                line=bearer.line,
                text=bearer.head.original.strip(),
                others=tuple(line for line in others if line),
                identifier="" if at in keeps else names.next(bearer.prefix),
                read=read,
            )


class _Names:
    """Provisional identifiers, counted on from those that are given."""

    def __init__(self, given: Iterable[str]) -> None:
        self._last = Counter[str]()
        for eid in given:
            if match := _UNDECIDED.search(eid):
                self._last[match[1]] = max(self._last[match[1]], int(match[2]))

    def next(self, prefix: str) -> str:
        """The next one of a kind: art_u1, art_u2."""
        self._last[prefix] += 1
        return f"{prefix}_u{self._last[prefix]}"


def _is_misread(bearer: _Bearer, misread: Mapping[int, str]) -> bool:
    return bearer.line in misread and not _UNDECIDED.search(bearer.eid)


def _proved(bearers: Sequence[_Bearer]) -> dict[int, str]:
    """By line, the numbers of headings that stand twice and are the next: 第二章, 第二章, 第四章."""
    siblings: dict[str, list[_Bearer]] = defaultdict(list)
    for bearer in bearers:
        siblings[bearer.eid.rpartition("_")[0]].append(bearer)
    out = {}
    for above, same in siblings.items():
        level = LEVELS.get(above.rpartition("__")[2])
        for before, bearer, after in zip(same, same[1:], same[2:], strict=False):
            number = before.number or 0
            if level and bearer.eid == before.eid and after.number == number + 2:
                out[bearer.line] = f"第{chinese(number + 1)}{level}"
    return out


def _fits(bearers: Sequence[_Bearer], at: int) -> int:
    """How many of its neighbours a number goes on from, or to."""
    number = bearers[at].number
    if number is None:
        return 0
    before = bearers[at - 1].number if at else 0
    after = bearers[at + 1].number if at + 1 < len(bearers) else None
    return (before == number - 1) + (after == number + 1)


def _articles(edition: Edition) -> list[_Bearer]:
    return [_Bearer(article.head, _eid(article)) for article in articles(edition.body)]


def _eid(article: Article) -> str:
    """The identifier that the number makes; the article's own where that is decided."""
    if not article.undecided or article.head.notes:
        return article.eid
    return f"art_{article.ordinal}"


def _divisions(edition: Edition) -> list[_Bearer]:
    return [
        _Bearer(_number_in(division.heading.text, division.number), _once(division.eid))
        for division in divisions(edition.body)
    ]


def _contents(edition: Edition) -> list[_Bearer]:
    return [_Bearer(entry.unit.text, _once(entry.unit.eid)) for entry in edition.contents]


def _once(eid: str) -> str:
    """An identifier as its number makes it, given before or not."""
    above, within, last = eid.rpartition("__")
    return f"{above}{within}{last.partition('-dup')[0]}"


def _number_in(heading: Text, number: str) -> Text:
    """The piece of a heading that is its number; spaces may stand in it."""
    words, at = str(heading), 0
    for character in number:
        at = words.find(character, at) + 1
    return heading.cut(0, at)


def _doubted_items(edition: Edition) -> Iterator[Doubted | Reopened]:
    """The items whose number stands in their list already.

    Right after the item that has it one of the two is misprinted; elsewhere a list begins anew.
    """
    lists = [*_lists(edition.body, in_article=False)]
    names = _Names(item.eid for items, _ in lists for item in items)
    for items, in_article in lists:
        seen: set[str] = set()
        before: Item | None = None
        for item in items:
            own = _once(item.eid)
            if own in seen and before is not None and _once(before.eid) == own:
                prefix = own.rpartition("__")[2].partition("_")[0]
                lines = [(i.head.lines or (0,))[0] for i in (before, item)]
                name = names.next(prefix)
                one, other = _printed(before), _printed(item)
                yield Doubted(line=lines[0], text=one, others=(lines[1],))
                yield Doubted(line=lines[1], text=other, others=(lines[0],), identifier=name)
            elif own in seen:
                seen.clear()
                line = (item.head.lines or (0,))[0]
                yield Reopened(line=line, number=_printed(item), in_article=in_article)
            seen.add(own)
            before = item


def _printed(item: Item) -> str:
    return item.head.original.strip()


def _lists(body: Sequence[Node], *, in_article: bool) -> Iterator[tuple[list[Item], bool]]:
    """Every list of items with whether it stands in an article."""
    for node in body:
        match node:
            case Division() | Article():
                yield from _lists(node.body, in_article=isinstance(node, Article))
            case Paragraph():
                yield from _lists(node.items, in_article=in_article)
            case Item():
                yield from _lists(node.subitems, in_article=in_article)
    if items := [node for node in body if isinstance(node, Item)]:
        yield items, in_article
