"""Numbers: those of articles, items and divisions must run on without gap or repetition.

Codes: number-gap, number-repeated, number-disorder, number-lookalike, number-spaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from duizhao.editing.checks.context import Checked
from duizhao.ground.numerals import LOOKALIKES, NUMERAL_CHARACTERS, chinese, integer
from duizhao.ground.patterns import ARTICLE, COUNTED_ON, HEADING, inserted
from duizhao.ground.problems import Problem, Severity, warning
from duizhao.ground.text import Text
from duizhao.parser.edition import Article, Division, Gap, Item, Node, Paragraph, divisions, gaps

_LEVELS = (("part", "编"), ("subpart", "分编"), ("chapter", "章"), ("section", "节"))
_HIGHEST_START = 30  # a list that begins higher goes on from another
_AMENDS = re.compile(
    "(?:修改|修正|改|作)为[^。；]{0,30}[：:]$|增加[^。；]{0,30}[条款项目][^。；]{0,20}[：:]$"
)
_NUMERAL = re.compile(rf"[{NUMERAL_CHARACTERS}]+")
_SPACED = re.compile(r"[第笫苐][ 　\t]+|[ 　\t]+[条章节编條節編]")
_LOOKALIKE = re.compile(f"[笫苐{''.join(LOOKALIKES)}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbered:
    """A numbered thing: its value, that of 之N, as printed, where."""

    number: int
    inserted: int
    printed: str
    text: Text
    path: tuple[str, ...] = ()
    lost_before: bool


def check_numbers(law: Checked) -> Iterator[Problem]:
    """Every break in the numbering, and every number that is badly printed."""
    articles = list(_articles(law.edition.body, (), [False]))
    begins = articles[0].number if articles else 1
    before = begins - 1 if COUNTED_ON.search(law.edition.metadata.title) else 0
    yield from _sequence(law, articles, Severity.ERROR, "第{}条", last=before)
    counted: dict[str, int] = {}
    named = {eid for gap in gaps(law.edition.body) for eid in gap.missing}
    for path, body in _families(law.edition.body, ()):
        for level, name in _LEVELS:
            found = [d for d in body if isinstance(d, Division) and d.level == level]
            numbered = list(_divisions(found, path, named))
            # 章 may count on from one 编 to the next.
            goes_on = level == "chapter" and numbered and numbered[0].number != 1
            before = counted.get(level, 0) if goes_on else 0
            yield from _sequence(law, numbered, Severity.ERROR, f"第{{}}{name}", last=before)
            if numbered:
                counted[level] = numbered[-1].number
    lists: dict[str, int] | None = None if any(ARTICLE.match(a.printed) for a in articles) else {}
    for paragraph, path in _paragraphs(law.edition.body, ()):
        yield from _items(law, paragraph.items, path, lists, str(paragraph.lead.text))
    yield from _printed(law, articles)


def _articles(
    body: tuple[Node, ...], path: tuple[str, ...], lost: list[bool]
) -> Iterator[_Numbered]:
    """The articles in order; `lost` carries whether a lacuna stands before the next."""
    for node in body:
        match node:
            case Gap():
                lost[0] = True
            case Division():
                yield from _articles(node.body, (*path, str(node.heading.text)), lost)
            case Article() if node.undecided and node.head.notes:
                lost[0] = True  # it is told by a decision, and what follows it may be next to it
            case Article():
                match = ARTICLE.match(node.number)
                number = integer(match["num"]) if match else integer(node.number)
                if number is not None:
                    yield _Numbered(
                        number=number,
                        inserted=(inserted(match) if match else 0) or 0,
                        printed=node.number,
                        text=node.head,
                        path=(*path, node.number),
                        lost_before=lost[0] or node.supplied,
                    )
                lost[0] = any(isinstance(part, Gap) for part in node.body)


def _families(
    body: tuple[Node, ...], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[Node, ...]]]:
    """Each list of divisions with the headings above it."""
    yield path, body
    for node in body:
        if isinstance(node, Division):
            yield from _families(node.body, (*path, str(node.heading.text)))


def _divisions(
    found: list[Division], path: tuple[str, ...], named: Container[str]
) -> Iterator[_Numbered]:
    """Divisions of one level; of those in doubt none, and no gap that decisions have `named`."""
    undecided, last = False, 0
    for division in found:
        base, _, extra = division.ordinal.partition("-")
        number = integer(base) or 0
        if division.ordinal.startswith("u"):
            undecided = True
            continue
        above = division.eid.rpartition("_")[0]
        lost = range(last + 1, number)
        yield _Numbered(
            number=number,
            inserted=integer(extra) or 0,
            printed=division.number,
            text=division.heading.text,
            path=path,
            lost_before=undecided or bool(lost and all(f"{above}_{n}" in named for n in lost)),
        )
        undecided, last = False, number


def _paragraphs(
    body: tuple[Node, ...], path: tuple[str, ...]
) -> Iterator[tuple[Paragraph, tuple[str, ...]]]:
    for node in body:
        match node:
            case Paragraph():
                yield node, path
            case Division():
                yield from _paragraphs(node.body, (*path, str(node.heading.text)))
            case Article():
                yield from _paragraphs(node.body, (*path, node.number))


def _items(
    law: Checked,
    items: Sequence[Item | Gap],
    path: tuple[str, ...],
    lists: dict[str, int] | None,
    lead: str,
) -> Iterator[Problem]:
    """The breaks in a list; `lists` has the last number of each way of writing it.

    A text without 条 may count its items on from 一、 to 二、 (3. under 二、 behind 2. under
    一、); one with 条 begins anew in each, and has no `lists`.
    """
    numbered = []
    undecided = False
    for index, item in enumerate(items):
        if isinstance(item, Item) and item.number:
            base, _, extra = re.split(r"_(?=[^_]*$)", item.eid)[1].partition("-")
            undecided = undecided or base.startswith("u")
            if base.isdecimal():
                numbered.append(
                    _Numbered(
                        number=int(base),
                        inserted=int(extra) if extra.isdecimal() else 0,
                        printed=item.number,
                        text=item.head,
                        path=path,
                        lost_before=undecided or (index > 0 and isinstance(items[index - 1], Gap)),
                    )
                )
                undecided = False
        if isinstance(item, Item):
            below = (*path, item.number) if item.number else path
            yield from _items(law, item.subitems, below, lists, str(item.unit.text))
    if not numbered:
        return
    way = _NUMERAL.sub("", unicodedata.normalize("NFKC", numbered[0].printed))  # 3． as 3.
    before = lists.get(way, 0) if lists and numbered[0].number > 1 else 0
    if _AMENDS.search(lead):
        before = numbered[0].number - 1
    goes_on = numbered[0].number == before + 1
    if goes_on or numbered[0].number <= _HIGHEST_START:
        last = before if goes_on else 0
        yield from _sequence(law, numbered, Severity.WARNING, "item {}", last=last)
    if lists is not None:
        lists[way] = numbered[-1].number


def _sequence(
    law: Checked, things: list[_Numbered], severity: Severity, form: str, *, last: int
) -> Iterator[Problem]:
    """The breaks in one sequence of numbers that follows `last`."""
    last_inserted = 0
    seen: set[tuple[int, int]] = set()
    for index, thing in enumerate(things):
        key = (thing.number, thing.inserted)
        follower = things[index + 1] if index + 1 < len(things) else None
        expected = (last, last_inserted + 1) if thing.inserted else (last + 1, 0)
        if key == expected or thing.lost_before:
            pass
        elif key in seen:
            yield _problem(
                law,
                "number-repeated",
                severity,
                thing,
                f"{thing.printed} stands here a second time.",
                "decide which of the two has the number; leave the other out or correct it",
            )
            continue
        elif (
            not thing.inserted
            and follower is not None
            and follower.number == last + 2
            and thing.number != last + 1
        ):
            wanted = form.format(chinese(last + 1))
            yield _problem(
                law,
                "number-disorder",
                severity,
                thing,
                f"{thing.printed} stands where {wanted} is expected.",
                f"the number may be misprinted for {wanted}",
            )
            key = (last + 1, 0)
        elif thing.number > last or (thing.inserted and thing.number == last):
            yield _gap(law, severity, thing, last, expected, form)
        else:
            yield _problem(
                law,
                "number-disorder",
                severity,
                thing,
                f"{thing.printed} comes after {form.format(chinese(last))}.",
                "put it in its place, or correct the number",
            )
        seen.add(key)
        last, last_inserted = key


def _gap(
    law: Checked,
    severity: Severity,
    thing: _Numbered,
    last: int,
    expected: tuple[int, int],
    form: str,
) -> Problem:
    first = form.format(chinese(max(expected[0], 1)))
    final = form.format(chinese(thing.number - 1)) if thing.number - 1 > last + 1 else ""
    lost = f"{first}—{final}" if final else first
    if thing.inserted:
        lost = f"之{chinese(max(1, thing.inserted - 1))}"
    after = f"after {form.format(chinese(last))}" if last else "at the beginning"
    return _problem(
        law,
        "number-gap",
        severity,
        thing,
        f"{lost} is missing {after}: the next is {thing.printed}.",
        "find the lost text, or record a gap",
    )


def _printed(law: Checked, articles: list[_Numbered]) -> Iterator[Problem]:
    """Numbers with look-alike characters, and with spaces that others have not."""
    heads = [(thing.text, thing.path) for thing in articles]
    heads.extend((d.heading.text, ()) for d in divisions(law.edition.body) if d.number)
    spaced = []
    for text, path in heads:
        words = str(text)
        match = ARTICLE.match(words) or HEADING.match(words)
        if match is None:
            continue
        stop = match.start("gap")
        for hit in _LOOKALIKE.finditer(words, 0, stop):
            yield warning(
                "number-lookalike",
                law.position(text, hit.start(), 1, path),
                f"“{hit.group()}” in {words[:stop]} only looks like the character meant.",
                f"read it as “{LOOKALIKES.get(hit.group(), '第')}”",
            )
        if space := _SPACED.search(words, 0, stop):
            spaced.append((text, path, space, words[:stop]))
    if len(spaced) * 2 < len(heads):  # else the text sets all its numbers so
        for text, path, space, number in spaced:
            yield warning(
                "number-spaced",
                law.position(text, space.start(), len(space.group()), path),
                f"A space stands inside {number}.",
                "leave the space out",
            )


def _problem(
    law: Checked, code: str, severity: Severity, thing: _Numbered, message: str, hint: str
) -> Problem:
    return Problem(
        code=code,
        severity=severity,
        position=law.position(thing.text, 0, max(1, len(thing.printed)), thing.path),
        message=message,
        hint=hint,
    )
