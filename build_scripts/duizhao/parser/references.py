"""References: the citations in a law's text, found and resolved, never guessed.

Grammar (NUM is a Chinese numeral; a list's later members inherit what they leave out)::

    citation := law? place | relative | law | annex (`annexes_cited`)
    law      := 《title》 | 本法 | 本条例 … | a law's name right before 第X条 (刑法第二百条)
    place    := 第NUM条 (之NUM)? (第NUM款)? (第NUM项 | 第（NUM）项)? (第NUM目)?
    relative := 前款 | 前两款 | 前条 | 前项 | 本条 | 本款 | 本章 | 第NUM款 | 第NUM项, with what is below
    list     := place ((、| 和 | 或者 | 以及 | 至) place)*

What comes out is a `Reference`: internal with the identifiers it leads to, external
with the law's title, dangling where this law has no such provision, or ambiguous
where the words do not say which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from duizhao.ground.numerals import integer
from duizhao.parser.annexes_cited import annexes_cited
from duizhao.parser.edition import Edition
from duizhao.parser.law_names import HEADED, KINDS, OWN, THIS, named_before
from duizhao.parser.provisions import Place, Provisions, placed_units

_NUM = "[一二三四五六七八九十百千零〇两0-9]+"
_NTH = _NUM.replace("两", "")
_LIST = rf"[（(]?{_NTH}[）)]?(?:(?:、|和|至|到|及|或者|或)[（(]?{_NTH}[）)]?)*两?"
_ATOM = re.compile(
    rf"《(?P<title>[^《》]{{1,80}}(?:《[^《》]{{1,60}}》[^《》]{{0,40}})?)》(?:[（(][^）)]{{1,16}}[）)])?"
    rf"|第(?P<article>{_NUM})条(?:之(?P<ins>[一二三四五六七八九十]+))?"
    rf"|第(?P<paragraph>{_LIST})款"
    rf"|第(?P<item>{_LIST})项(?:之(?P<itemins>[一二三四五六七八九十]+))?"
    rf"|第(?P<subitem>{_NUM})目"
    rf"|第(?P<division>{_NUM})(?P<level>编|章|节)(?=[的规、和及至与或第，。；中]|$)"
    rf"|[前上](?P<back>{_NUM}|几|各)?(?P<relative>款|条|项)(?![件目项])"
    rf"|{THIS}(?P<own>条|款|项|章|节|编)(?!例|件|目|程|约|款)"
    rf"|(?P<self>{OWN})"
    rf"|(?P<that>该(?:{KINDS}))(?=第{_NUM}[条章])"
)
_LINK = re.compile(
    r"(?:“[^”]{0,40}”|前段|[后後]段|但[书書]|本文)?(?:、|和|及|与|或者|或|以及|，|至|到|—|－|-)?"
)
_RANGES = ("至", "到", "—", "－", "-")
_ONE = re.compile(rf"(至|到)?[^{_NUM[1:-2]}至到]*({_NUM})")
_LONGEST_RANGE = 400
_WINDOW = 48  # characters before a citation in which the words that govern it stand
_SAME = re.compile("[同该]一?[条款项]$")
_LISTED = re.compile("[^，。；：、]{0,16}(?:、|和|与|及|或|或者|以及)")
_NOWHERE = "?"  # instead of the division that a chain names and the law has not


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A citation: characters `start` to `end` of a unit's published text.

    `kind` is internal, external, dangling or ambiguous; `targets` are identifiers of
    this law; `title` is the cited law's where it is another one, `named` the article,
    paragraph and item that it names of that, each "" where it names none; `read` is its
    text as a law of the mainland says it (`levels`), "" where it does.
    """

    start: int
    end: int
    text: str
    kind: str
    read: str = ""
    targets: tuple[str, ...] = ()
    title: str = ""
    named: tuple[str, str, str] = ("", "", "")

    @property
    def said(self) -> str:
        """Its text as a law of the mainland says it."""
        return self.read or self.text


@dataclass(slots=True)
class _State:
    """What the last atom of a chain has fixed.

    `law` is None for this law; `named` says whether 本法 or 第X条 stands in the chain, so
    that a place which does not exist is a fault and no mere doubt; `anchored` whether
    the chain says of which article it speaks (本条, 前款); `under` is the division that the
    chain named last, `within` those in one of which the next must be; `level` is that of the
    last atom: 0 law, 1 article, 2 paragraph, 3 item, 4 subitem.
    """

    law: str | None = None
    article: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    level: int = 0
    end: int = -1
    start: int = 0
    unknown: bool = False
    own: bool = False
    named: bool = False
    anchored: bool = False
    under: str = ""
    within: tuple[str, ...] = ()


def references_in(
    edition: Edition, places: Iterable[Place] | None = None
) -> Iterator[tuple[Place, Reference]]:
    """Every citation in the body of a law, with the place of the unit it stands in.

    `places` are the units to look at; all of the law's where it is left out.
    """
    provisions = Provisions(edition)
    article, elsewhere = "", False
    for place in placed_units(edition) if places is None else places:
        if place.article != article:
            article, elsewhere = place.article, False
        if place.unit.role in ("paragraph", "item", "subitem", "tail", "preamble"):
            for reference in references_of_text(
                str(place.unit.text), place, provisions, elsewhere=elsewhere
            ):
                elsewhere = elsewhere or leads_away(reference, place)
                yield place, reference


def leads_away(reference: Reference, place: Place) -> bool:
    """Whether a citation names another article, so that a later bare 第一项 may be of it."""
    own = f"art_{place.article}"
    return "条" in reference.said and not any(
        target == own or target.startswith(f"{own}__") for target in reference.targets
    )


def references_of_text(
    text: str, place: Place, provisions: Provisions, *, elsewhere: bool
) -> Iterator[Reference]:
    """The citations in `text`, which stands at `place` of the law of `provisions`.

    `elsewhere` says that the article has cited another one before.
    """
    if any(mark in text for mark in ("第", "《", "前", "本", "上", "该", "附")):
        read = provisions.levels.read(text)
        for made in _with_annexes(read, place, provisions, elsewhere=elsewhere):
            yield _verbatim(made, text, read)


def _with_annexes(
    text: str, place: Place, provisions: Provisions, *, elsewhere: bool
) -> Iterator[Reference]:
    """The citations in `text` in order; what cites an annex is no citation of another law."""
    annexes = [
        Reference(start=start, end=end, text=text[start:end], kind="internal", targets=targets)
        for start, end, targets in annexes_cited(text, provisions)
    ]
    others = _read(text, place, provisions, elsewhere=elsewhere)
    free = (r for r in others if not any(a.start < r.end and r.start < a.end for a in annexes))
    yield from sorted((*annexes, *free), key=lambda r: r.start) if annexes else free


def _verbatim(made: Reference, text: str, read: str) -> Reference:
    """A reference with the words of `text`, which was read as `read`."""
    if read == text:
        return made
    at = read.rfind(made.title, 0, made.end)
    title = text[at : at + len(made.title)] if made.title and at >= 0 else made.title
    return replace(made, text=text[made.start : made.end], read=made.text, title=title)


def _read(
    text: str, place: Place, provisions: Provisions, *, elsewhere: bool
) -> Iterator[Reference]:
    """The citations in `text`, which says what a law of the mainland says."""
    pending: Reference | None = None
    state = _State()
    last_title = ""
    away = -1  # where a place in another law ended
    foreign = provisions.interprets  # whether a bare 第X条 may be of another law
    for atom in _ATOM.finditer(text):
        link = text[state.end : atom.start()] if state.end >= 0 else None
        if atom["title"]:
            last_title = atom["title"]
            state = _State(law=last_title, start=atom.start(), end=atom.end())
        elif atom["self"]:
            state = _State(start=atom.start(), end=atom.end(), own=True)
            continue
        elif atom["that"]:
            state = _State(
                law=last_title or atom["that"],
                start=atom.start(),
                end=atom.end(),
                unknown=not last_title,
            )
        else:
            joined = link if _joined(state, link) else None
            state = _next(state, atom, text, place, provisions, link=joined)
        made = _resolved(state, atom, text, place, provisions)
        led = not state.own and _goes_on(text, state.start, away)
        if led and made.kind == "internal":
            made = replace(made, kind="ambiguous", targets=())
        if led or (made.kind == "external" and state.level > 0):
            away = made.end
        if atom["division"] or atom["own"]:
            state.under = made.targets[0] if made.targets else _NOWHERE
        made = _doubted(made, state, foreign=foreign, elsewhere=elsewhere)
        foreign = foreign or (made.kind == "external" and state.level > 0)
        elsewhere = elsewhere or leads_away(made, place)
        if pending and made.start == pending.start:
            pending = made
        elif pending and link in _RANGES:
            pending = _range(pending, made, provisions, text)
        else:
            if pending:
                yield pending
            pending = made
    if pending:
        yield pending


def _next(
    state: _State,
    atom: re.Match[str],
    text: str,
    place: Place,
    provisions: Provisions,
    *,
    link: str | None,
) -> _State:
    """The chain's state after an atom that names a provision; `link` is None where it breaks."""
    new = _State(start=atom.start(), end=atom.end())
    heads = link is not None and state.level == 0 and bool(HEADED.fullmatch(link))
    lists = link is not None and state.level > 0
    if atom["article"] or atom["division"]:
        new.level, new.named, new.anchored = 1, True, True
        if atom["article"]:
            number, inserted = integer(atom["article"]), integer(atom["ins"] or "")
            new.article = f"{number}-{inserted}" if inserted else f"{number}"
        elif lists:
            new.within = _above(state.under) if link else (state.under,)
        if heads or lists:
            new.law, new.unknown, new.own = state.law, state.unknown, state.own
            new.start = state.start if heads else new.start
        if not (heads or lists) or (lists and not link):
            new.law = named_before(text, atom.start()) or new.law
        return new
    if atom["relative"] or atom["own"]:
        return _nearby(new, atom, place, provisions)
    new.level = 2 if atom["paragraph"] else 3 if atom["item"] else 4
    if lists:
        new.law, new.article = state.law, state.article
        new.unknown, new.own, new.named = state.unknown, state.own, state.named
        new.anchored = state.anchored
        new.paragraphs = state.paragraphs if new.level > 2 else ()
        new.items = state.items if new.level > 3 else ()
        if not link and state.level < new.level:
            new.start = state.start
    else:
        new.article = place.article
        new.paragraphs = (place.paragraph,) if new.level > 2 else ()
        new.items = (place.item,) if new.level > 3 else ()
    if new.level == 2:
        new.paragraphs = _values(atom["paragraph"])
    elif new.level == 3:
        inserted = integer(atom["itemins"] or "")
        new.items = tuple(f"{v}-{inserted}" if inserted else v for v in _values(atom["item"]))
    return new


def _doubted(made: Reference, state: _State, *, foreign: bool, elsewhere: bool) -> Reference:
    """A reference as it is where the words may be of another law or article."""
    if made.kind == "dangling" and not state.own and foreign:
        return replace(made, kind="ambiguous")
    if made.kind == "internal" and state.level > 1 and elsewhere and not state.anchored:
        return replace(made, kind="ambiguous", targets=())
    return made


def _goes_on(text: str, start: int, away: int) -> bool:
    """Whether what begins at `start` may be of what was cited before it, of another law or article.

    刑法第一条、第二条之罪、第三条: all three are of 刑法; 第二款第一项及该款第二项 are of paragraph 2.
    """
    before = text[max(0, start - _WINDOW) : start]
    if _SAME.search(before):
        return True
    return 0 <= away < start and bool(_LISTED.fullmatch(text[away:start]))


def _joined(state: _State, link: str | None) -> bool:
    """Whether what stands between two atoms goes on the chain."""
    if link is None:
        return False
    headed = state.level == 0 and HEADED.fullmatch(link)
    return bool(_LINK.fullmatch(link) or headed) or link == "的"


def _nearby(new: _State, atom: re.Match[str], place: Place, provisions: Provisions) -> _State:
    """A chain that begins with 前款, 前条, 本条 and the like."""
    new.level = {"款": 2, "项": 3}.get(atom["relative"] or atom["own"] or "", 1)
    new.article, new.anchored = place.article, True
    if atom["relative"] == "条":  # 前两条 are not one article
        before = [] if atom["back"] else provisions.before("条", None, place) or []
        new.article = before[0].removeprefix("art_") if before else ""
    elif atom["relative"] == "款" and place.paragraph.isdecimal() and not atom["back"]:
        new.paragraphs = (str(int(place.paragraph) - 1),)
    elif atom["own"] == "款":
        new.paragraphs = (place.paragraph,)
    return new


def _above(eid: str) -> tuple[str, ...]:
    """The divisions in which a division is, the nearest first; "" is the law."""
    parts = eid.split("__")
    return tuple("__".join(parts[:n]) for n in range(len(parts) - 1, -1, -1))


def _values(numbers: str) -> tuple[str, ...]:
    """The ordinals in 四、五 or 一至三."""
    out: list[int] = []
    for link, numeral in _ONE.findall(numbers):
        value = integer(numeral) or 0
        if link in ("至", "到") and out and 0 < value - out[-1] < _LONGEST_RANGE:
            out.extend(range(out[-1] + 1, value))
        out.append(value)
    return tuple(map(str, out))


def _resolved(
    state: _State, atom: re.Match[str], text: str, place: Place, provisions: Provisions
) -> Reference:
    """The reference that a chain ending with `atom` makes."""
    base = Reference(
        start=state.start, end=state.end, text=text[state.start : state.end], kind="ambiguous"
    )
    if state.law is not None:
        if state.unknown:
            return replace(base, title=state.law)
        if state.law in provisions.titles:
            return _here(base, state, provisions) if state.level else replace(base, kind="internal")
        return replace(base, kind="external", title=state.law, named=_named(state))
    if atom["division"]:
        number = integer(atom["division"])
        return _targets(base, provisions.division(atom["level"], number, place, state.within))
    if atom["own"] in ("章", "节", "编"):
        return _targets(base, provisions.enclosing(atom["own"], place))
    if atom["own"] == "条":
        return _targets(base, [f"art_{place.article}"] if place.article else None)
    if atom["own"]:
        return _targets(base, [place.eid] if place.eid else None)
    if atom["relative"]:
        return _targets(base, provisions.before(atom["relative"], atom["back"], place))
    return _here(base, state, provisions)


def _named(state: _State) -> tuple[str, str, str]:
    """The first place that a chain names."""
    first = [found[0] if found else "" for found in (state.paragraphs, state.items)]
    return state.article, first[0], first[1]


def _here(base: Reference, state: _State, provisions: Provisions) -> Reference:
    """A place in this law, or the finding that this law has no such place."""
    if not state.article or not provisions.has_articles:
        return base  # an amending decision: 第X条 is of the law that it amends
    targets: list[str] = []
    for paragraph in state.paragraphs or ("",):
        for item in state.items or ("",):
            found = provisions.find(state.article, paragraph, item)
            if not found and item and not (state.named or state.anchored):
                found = provisions.find(state.article, "", item)
            if found is None and state.named:
                return replace(base, kind="dangling")
            if not found:
                return base
            targets.extend(found)
    return replace(base, kind="internal", targets=tuple(targets))


def _targets(base: Reference, targets: list[str] | None) -> Reference:
    if not targets:
        return base
    return replace(base, kind="internal", targets=tuple(targets))


def _range(first: Reference, last: Reference, provisions: Provisions, text: str) -> Reference:
    """第X条至第Y条 as one reference, with all that lies between."""
    joined = replace(first, end=last.end, text=text[first.start : last.end])
    if first.kind != "internal" or last.kind != "internal":
        kinds = [each.kind for each in (first, last) if each.kind != "internal"]
        worst = "dangling" if "dangling" in kinds else kinds[0]
        return replace(joined, kind=worst, targets=())
    between = provisions.between(first.targets[0], last.targets[-1], _LONGEST_RANGE)
    return replace(joined, targets=tuple(between or (*first.targets, *last.targets)))
