"""Sentences: cut off, begun in the middle, and brackets or quotation marks without a pair.

Codes: paragraph-unfinished, paragraph-fragment, brackets-unpaired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from duizhao.editing.checks.context import Checked
from duizhao.ground.patterns import ARTICLE, TITLE_END, without_note_mark
from duizhao.ground.problems import Problem, warning
from duizhao.ground.text import Text
from duizhao.parser.provisions import Place
from duizhao.parser.segments import looks_like_title

_ITEMS = ("item", "subitem")
_ROLES = ("paragraph", *_ITEMS, "tail", "preamble")
_CLOSED = tuple("。！？：；…”）)》〉】’:;!?")
# An item may end with a comma or without a mark where the list goes on.
_CLOSED_ITEM = (*_CLOSED, "，", "、", ",")
_FRAGMENT = re.compile(
    r"[，。；、）》”’：？！,;:)]|的(?!确|士)|和(?!解|平|谐|睦|田|县)|及(?!时|格|早)|以及|地得|之[一间内外日]"
)
_OPENERS = "（(《〈【〔[［"
_CLOSERS = dict(zip("）)》〉】〕]］", "（（《〈【〔[［", strict=True))  # and what each closes
_SAME = {"(": "（"}
_MARKS = re.compile("[（(《〈【〔\\[［）)》〉】〕\\]］]")
_LIST_MARK = re.compile(r"(?<![0-9A-Za-z一-鿿])[0-9a-zA-Zⅰ-ⅿ]{1,2}[)）]|[0-9]+[)）]")
_IN_BRACKETS = re.compile(r"[（(][^（()）]*[）)]$")
_FORMULA = re.compile("[^，。；]*[＝=×÷][^，。；]*")
_LAST_SHOWN = 12
#: What a sentence has that was cut off, and a heading has not.
_SENTENCE = re.compile("应当|可以|不得|必须|有权|[的、和与及或在为对将被]$")


def check_sentences(law: Checked) -> Iterator[Problem]:
    """Paragraphs and items that stop without a mark, and paragraphs that start within a sentence."""
    places = tuple(p for p in law.places if p.unit.role in _ROLES and p.unit.text)
    recited, quoted = _recites(places), _quoted(places)
    for index, place in enumerate(places):
        text = str(place.unit.text)
        if not text or (recited and place.unit.role == "preamble" and text.endswith("，")):
            continue
        if index in quoted and looks_like_title(text) and not _SENTENCE.search(text):
            continue  # a heading, or a line of an annex, that a decision inserts
        follower = places[index + 1] if index + 1 < len(places) else None
        closed = _CLOSED_ITEM if place.unit.role in _ITEMS else _CLOSED
        unfinished = not without_note_mark(text).endswith(closed) and not (
            _is_label(place, text) or _FORMULA.fullmatch(text)
        )
        if (
            unfinished
            and not _of_bare_list(place, places[index - 1 : index], follower)
            and not _heads(place, follower)
        ):
            yield _unfinished(law, place, text, follower)
        if place.unit.role == "paragraph" and (match := _FRAGMENT.match(text)):
            yield warning(
                "paragraph-fragment",
                law.position(place.unit.text, 0, len(match.group()), place.path),
                f"The paragraph begins in the middle of a sentence: {text[:_LAST_SHOWN]}…",
                "join it to the line that it continues, or record a gap before it",
            )


def _quoted(places: tuple[Place, ...]) -> frozenset[int]:
    """The indexes of places at whose end a quotation is open that the same article closes."""
    found, run, article = set[int](), list[int](), ""
    for index, place in enumerate(places):
        text = str(place.unit.text)
        if place.article != article:
            article, run = place.article, []
        if text.rfind("“") > text.rfind("”") or (run and "”" not in text):
            run.append(index)
        elif "”" in text:
            found.update(run)
            run = []
    return frozenset(found)


def _recites(places: tuple[Place, ...]) -> bool:
    """Whether the preamble is the recitals of a treaty: 查…， ⏎ 鉴于…， ⏎ 议定条款如下：."""
    said = [str(place.unit.text) for place in places if place.unit.role == "preamble"]
    return bool(said) and said[-1].endswith("：") and sum(t.endswith("，") for t in said) > 1


def _is_label(place: Place, text: str) -> bool:
    """A short line of words alone, as in a list of names or a form: no sentence to finish."""
    listed = place.unit.role == "preamble" and "，" not in text  # the standards that one cites
    return not place.article and (len(text) < 30 or listed)


def _heads(place: Place, follower: Place | None) -> bool:
    """A heading over what follows: the first line of 一、 or of （一）, that of a 条 over items."""
    if follower is None or place.article != follower.article:
        return False
    if ARTICLE.match(place.number) and (
        place.unit.role != "paragraph" or follower.unit.role not in _ITEMS
    ):
        return False
    first = place.unit.role == "paragraph" and place.paragraph == "1"
    text = str(place.unit.text).strip()
    return (first or place.unit.role in _ITEMS) and (
        looks_like_title(text) and _SENTENCE.search(text) is None
    )


def _of_bare_list(place: Place, before: tuple[Place, ...], follower: Place | None) -> bool:
    """An item without a mark in a list whose items have none, or are laws: 某办法（1982年发布）."""
    others = [*before, *([follower] if follower else [])]
    if _names_law(place) and any(map(_names_law, others)):
        return True
    if place.unit.role not in _ITEMS or len(str(place.unit.text)) >= 30:
        return False
    if follower is not None and follower.unit.role in _ITEMS:
        return True
    return any(
        other.unit.role in _ITEMS and not str(other.unit.text).endswith(_CLOSED) for other in before
    )


def _names_law(place: Place) -> bool:
    """Whether an item is the title of a law alone, with what follows it in brackets."""
    text = _IN_BRACKETS.sub("", str(place.unit.text))
    return place.unit.role in _ITEMS and TITLE_END.search(text) is not None


def _unfinished(law: Checked, place: Place, text: str, follower: Place | None) -> Problem:
    hint = "find where the sentence goes on, or record a gap"
    if follower is not None and follower.unit.role in ("paragraph", "tail", "preamble"):
        hint = (
            f"it may go on at line {follower.unit.text.lines[0] if follower.unit.text.lines else 0}"
            f" ({str(follower.unit.text)[:_LAST_SHOWN]}…)"
        )
    return warning(
        "paragraph-unfinished",
        law.position(place.unit.text, len(text) - 1, 1, place.path),
        f"The text stops without a closing mark: …{text[-_LAST_SHOWN:]}",
        hint,
    )


def check_brackets(law: Checked) -> Iterator[Problem]:
    """Brackets without their pair in a unit, quotation marks without it in an article."""
    article, opened = "", list[tuple[Text, int, Place]]()
    for place in law.places:
        text = str(place.unit.text)
        if place.article != article:
            yield from _quotations(law, opened)
            article, opened = place.article, []
        if place.unit.role in (*_ROLES, "heading") and _MARKS.search(text):
            yield from _unpaired(law, place, text)
        if "“" in text or "”" in text:
            for at, mark in enumerate(text):
                if mark == "“":
                    # Each quoted paragraph opens with “, and only the last one closes.
                    if not (opened and at == 0):
                        opened.append((place.unit.text, at, place))
                elif mark == "”":
                    if opened:
                        opened.pop()
                    else:
                        yield _bracket(law, place.unit.text, at, mark, place)
    yield from _quotations(law, opened)


def _quotations(law: Checked, opened: list[tuple[Text, int, Place]]) -> Iterator[Problem]:
    for text, at, place in opened:
        yield _bracket(law, text, at, "“", place)


def _unpaired(law: Checked, place: Place, text: str) -> Iterator[Problem]:
    stack: list[tuple[str, int]] = []
    for match in _MARKS.finditer(text):
        mark, at = match.group(), match.start()
        if mark in _OPENERS:
            stack.append((_SAME.get(mark, mark), at))
        elif stack and stack[-1][0] == _CLOSERS[mark]:
            stack.pop()
        elif not (mark in "）)" and _LIST_MARK.search(text, max(0, at - 3), at + 1)):
            yield _bracket(law, place.unit.text, at, mark, place)
    for mark, at in stack:
        yield _bracket(law, place.unit.text, at, mark, place)


def _bracket(law: Checked, text: Text, at: int, mark: str, place: Place) -> Problem:
    return warning(
        "brackets-unpaired",
        law.position(text, at, 1, place.path),
        f"“{mark}” has no pair.",
        "find the other half, or take this one for a misprint",
    )
