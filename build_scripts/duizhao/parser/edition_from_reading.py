"""From a reading to editions: split the laws, then front, contents, body, annexes.

Guarantee: every token of the reading goes into exactly one edition, or into
`Structured.omitted`; `line_account` proves it for each witness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from duizhao.ground.text import Text
from duizhao.parser.annexes import annexes_from_tokens, annexes_start, notes_start
from duizhao.parser.closings import is_closing, is_sides, is_signer
from duizhao.parser.contents import contents_from_tokens
from duizhao.parser.edition import Edition, Unit
from duizhao.parser.front import (
    Front,
    ends_like_title,
    front_from_lines,
    is_announcement_head,
    is_date,
    is_frontish,
)
from duizhao.parser.headings import headings_from_tokens
from duizhao.parser.metadata import metadata_from_law
from duizhao.parser.organs import is_organ
from duizhao.parser.reading import Reading
from duizhao.parser.segments import Segment, compact, looks_like_title
from duizhao.parser.structure import BodyBuilder
from duizhao.parser.tokens import Token, rows_of, tokens_from_reading

_OPENERS = ("heading", "bare", "article", "gap")
_OMITTED = ("furniture", "invisible")
#: How a reply closes, above the request that is attached.
_REPLIED = re.compile("(?:特?此复|特此(?:批复|答复|函复|复函))。?$")
_REPLY = re.compile("关于.*(?:批复|复函|答复|复电)$|^[^。，]*的(?:批复|复函|答复)$")
_TITLED = 6  # lines at the head of a reply
_TITLE_LINES = 3
_SIGNED_BY = 9  # lines, at most, from where and for whom a treaty is signed to its end
_LONGEST_FRONT = 60  # tokens between a title and the law's first provision


@dataclass(frozen=True, slots=True, kw_only=True)
class Structured:
    """The laws found in a reading, and what was left out of them.

    `omitted` are tokens that no edition prints; the kind of each is the reason:
    furniture, invisible or title-repeated.
    """

    editions: tuple[Edition, ...]
    omitted: tuple[Token, ...]


def editions_from_reading(reading: Reading, *, law_id: str = "law") -> Structured:
    """Every law of a reading, in order of appearance.

    With several laws each gets `law_id` with its number: law-1, law-2.
    """
    tokens = tokens_from_reading(reading)
    omitted = [t for t in tokens if t.kind in _OMITTED]
    rest = headings_from_tokens(tuple(t for t in tokens if t.kind not in _OMITTED))
    parts = split_laws(rest)
    single = len(parts) == 1
    editions = []
    for number, part in enumerate(parts, 1):
        name = law_id if single else f"{law_id}-{number}"
        edition, repeated = edition_from_tokens(part, law_id=name)
        editions.append(edition)
        omitted.extend(
            Token(
                kind="title-repeated",
                row=-1,
                segment=Segment(kind="text", start=0, end=len(str(text))),
                text=text,
            )
            for text in repeated
        )
    return Structured(editions=tuple(editions), omitted=tuple(omitted))


def split_laws(tokens: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """Cut a reading where a new law begins.

    A law begins at a title that stands after provisions and is followed by front
    matter and a first provision, or where a second 目录 comes after provisions.  A law
    printed whole under 附： or 附件： of a decision is a law of its own.
    """
    starts, seen_provision, in_annex = [0], False, False
    titled = bool(tokens) and tokens[0].kind == "text"
    alone = re.compile("附件?(?:[：:].*)?" if "的决定" in _over_points(tokens) else "附[：:]*")
    for index, token in enumerate(tokens):
        if token.kind in ("article", "gap") or (token.kind == "point" and titled):
            seen_provision = True
        elif token.kind == "annex":
            in_annex = alone.fullmatch(compact(str(token.text))) is None
        elif seen_provision and (
            token.kind == "contents_head"
            or (not in_annex and token.kind == "text" and _opens_law(tokens, index))
        ):
            starts.append(_with_announcement(tokens, index, starts[-1]))
            seen_provision = in_annex = False
    return [tokens[a:b] for a, b in zip(starts, [*starts[1:], len(tokens)], strict=True)]


def _with_announcement(tokens: tuple[Token, ...], index: int, floor: int) -> int:
    """The start of the title whose 目录 is at `index`: front lines above it belong to it."""
    if tokens[index].kind != "contents_head":
        return index
    start = index
    for at in range(index - 1, floor, -1):
        if tokens[at].kind != "text" or tokens[at - 1].row == tokens[at].row:
            break
        if ends_like_title(str(tokens[at].text)):
            start = at
    return start


def _opens_law(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the text at `index` is the title of a further law."""
    if index and tokens[index - 1].row == tokens[index].row:
        return False
    if is_announcement_head(str(tokens[index].text)):
        return _announces_law(tokens, index)
    joined, last = "", index
    for last in range(index, min(index + _TITLE_LINES, len(tokens))):
        text = str(tokens[last].text)
        if tokens[last].kind != "text" or not looks_like_title(text) or is_date(text):
            return False  # a signature's organ and date are no title
        joined += compact(str(tokens[last].text))
        if ends_like_title(joined):
            break
    else:
        return False
    if _approved(tokens[:index], tokens[last + 1 : last + _LONGEST_FRONT], joined):
        return True
    for follower in tokens[last + 1 : last + _LONGEST_FRONT]:
        if follower.kind in ("contents_head", "preamble_head"):
            return True
        if follower.kind == "point":  # 一、 of what a notice sends out, below its date
            return follower.segment.number == 1 and is_date(str(tokens[index - 1].text))
        if follower.kind in ("heading", "article"):
            return follower.segment.number == 1 and follower.segment.level in (
                "",
                "part",
                "chapter",
            )
        if follower.kind != "text" or not is_frontish(str(follower.text)):
            return False
    return False


def _approved(above: tuple[Token, ...], below: tuple[Token, ...], title: str) -> bool:
    """Whether a decision by 一、 names the text whose title this is, and 第一条 stands below it."""
    first = next((t for t in below if t.kind not in ("text", "item")), None)
    if first is None or first.kind != "article" or first.segment.number != 1:
        return False
    named = any(f"《{title}》" in compact(str(t.text)) for t in above)
    return named and not any(t.kind == "article" for t in above)


def _announces_law(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the announcement at `index` goes before a further law."""
    titled = False
    for follower in tokens[index + 1 : index + _LONGEST_FRONT]:
        if follower.kind in ("contents_head", "preamble_head"):
            return titled
        if follower.kind in ("heading", "article"):
            return titled and follower.segment.number == 1
        text = str(follower.text)
        if follower.kind != "text" or not is_frontish(text):
            return False
        titled = titled or ends_like_title(text)
    return False


def edition_from_tokens(tokens: tuple[Token, ...], *, law_id: str) -> tuple[Edition, list[Text]]:
    """The edition of one law from its tokens, and the lines that print its title again."""
    own = _own_end(tokens)
    points = points_are(tokens[:own])
    first = _first_provision(tokens[:own], points)
    list_start, annex_start = annexes_start(tokens, first)
    sorted_front = _sort_front(tokens[:first])
    lines = [text for _, text in rows_of(tuple(sorted_front.others)) if text]
    front = front_from_lines(lines)
    builder = BodyBuilder(points_are=points)
    preamble = list(sorted_front.preamble)
    attached: tuple[Token, ...] = ()
    if first == own and front.rest:
        # No provision at all: what is not front matter is the body.
        attached = tokens[own:]
        start = _row_of(sorted_front.others, front.rest[0])
        tokens, first = tuple(t for t in sorted_front.others if t.row >= start), 0
        list_start = annex_start = len(tokens)
    else:
        preamble = [
            Unit(eid="", role="preamble", text=text.strip()) for text in front.rest
        ] + preamble
    notes = notes_start(tokens, first, list_start)
    body_end = _closing_start(tokens, first, notes)
    for token in tokens[first:body_end]:
        builder.feed(token)
    body = builder.body
    said = tuple(text.strip() for _, text in rows_of(tokens[body_end:notes]))
    closing = (*said, *(text.strip() for _, text in rows_of(tokens[notes:annex_start])))
    signed = tuple(text.strip() for _, text in rows_of(tokens[list_start:annex_start]))
    head = sorted_front.head
    annexes = annexes_from_tokens(tokens[annex_start:] or attached)
    before = tuple(_numbered_preamble(preamble))
    edition = Edition(
        law_id=law_id,
        metadata=metadata_from_law(front, body, (*said, *signed), fallback_title=law_id),
        title=_title(front),
        adoption_note=tuple(
            Unit(eid="note" if n == 1 else f"note_{n}", role="adoption_note", text=text.strip())
            for n, text in enumerate(front.notes, 1)
        ),
        announcements=tuple(
            tuple(
                Unit(eid=f"ann_{n}__para_{k}", role="announcement", text=text.strip())
                for k, text in enumerate(parts, 1)
            )
            for n, parts in enumerate(front.announcements, 1)
        ),
        preamble=before,
        contents_heading=Unit(eid="toc", role="contents", text=head.text.strip()) if head else None,
        contents=contents_from_tokens(sorted_front.entries, before, body, annexes),
        body=body,
        closing=tuple(
            Unit(eid=f"closing__para_{n}", role="closing", text=text)
            for n, text in enumerate(closing, 1)
        ),
        annexes=annexes,
    )
    return edition, front.repeated


def _own_end(tokens: tuple[Token, ...]) -> int:
    """Where the provisions end that are a text's own, though its annexes have more: else its end.

    Under a decision by 一、 stand the texts that it amended, under a reply the request.
    """
    annex = next((i for i, t in enumerate(tokens) if t.kind == "annex"), len(tokens))
    above = [t for t in tokens[:annex] if t.kind != "contents"]
    if any(t.kind in _OPENERS for t in above):
        return len(tokens)
    said = [compact(str(t.text)) for t in above]
    replied = any(map(_REPLIED.match, said)) or any(map(_REPLY.search, said[:_TITLED]))
    amends = re.search("(?:修改|修正|修订|废止|清理|失效).*的决定", _over_points(tokens))
    return annex if amends or replied else len(tokens)


def _over_points(tokens: tuple[Token, ...]) -> str:
    """The title and what looks like it above the first 一、, without spaces; "" for none."""
    point = next((i for i, t in enumerate(tokens) if t.kind in (*_OPENERS, "point")), 0)
    lines = (str(t.text) for t in tokens[:point])
    return "".join(compact(line) for line in lines if looks_like_title(line))


def _closing_start(tokens: tuple[Token, ...], first: int, end: int) -> int:
    """Where the lines begin that close the document: 本决定自…施行, signature, date."""
    nearest = range(max(first + 1, end - _SIGNED_BY), end)
    start = next((i for i in nearest if _signed_from(tokens[i:end])), end)
    while start - 1 > first:
        token = tokens[start - 1]
        text = str(token.text)
        alone = token.kind == "text" and tokens[start - 2].row != token.row
        signs = start < end and (is_organ(text) or is_signer(text))
        if not alone or not (is_closing(text) or signs):
            break
        start -= 1
    above = str(tokens[start - 1].text).rstrip() if start > first else ""
    if above.endswith(("：", ":")):  # the law names what follows
        while start < end and not is_date(str(tokens[start].text)):
            start += 1
    return start


def _signed_from(tokens: tuple[Token, ...]) -> bool:
    """Whether two sides sign in these lines: below the first there are names alone."""
    below = (str(token.text) for token in tokens[1:])
    return is_sides(str(tokens[0].text)) and all(map(looks_like_title, below))


def _row_of(tokens: list[Token], text: Text) -> int:
    """The row of the token that begins with a text's first piece."""
    piece = text.pieces[0]
    return next(t.row for t in tokens if t.text.pieces[:1] == (piece,))


def _numbered_preamble(units: list[Unit]) -> Iterator[Unit]:
    """The preamble's units with their identifiers."""
    count = 0
    for unit in units:
        if unit.role == "heading":
            yield replace(unit, eid="preamble__heading")
        else:
            count += 1
            yield replace(unit, eid=f"preamble__para_{count}")


def points_are(tokens: Sequence[Token]) -> str:
    """What 一、 is in a law: "article" where no 条 exist, "heading" over them, or "item"."""
    points = [i for i, t in enumerate(tokens) if t.kind == "point"]
    if not any(t.kind in ("article", "gap") for t in tokens):
        return "article"
    before_first = next((i for i, t in enumerate(tokens) if t.kind == "article"), len(tokens))
    short = [
        i
        for i in points
        if i + 1 < len(tokens)
        and tokens[i + 1].row == tokens[i].row
        and looks_like_title(str(tokens[i + 1].text))
    ]
    over_articles = any(
        i < before_first or (i + 2 < len(tokens) and tokens[i + 2].kind == "article") for i in short
    )
    return "heading" if over_articles and len(short) * 2 > len(points) else "item"


def _first_provision(tokens: tuple[Token, ...], points: str) -> int:
    """Index of the first token of the body."""
    openers = (*_OPENERS, "point") if points in ("article", "heading") else _OPENERS
    return next((i for i, t in enumerate(tokens) if t.kind in openers), len(tokens))


@dataclass(slots=True)
class _SortedFront:
    """Contents heading, contents entries, what stands under 序言, and the other tokens."""

    head: Token | None = None
    entries: list[Token] = field(default_factory=list)
    preamble: list[Unit] = field(default_factory=list)
    others: list[Token] = field(default_factory=list)


def _sort_front(tokens: tuple[Token, ...]) -> _SortedFront:
    out = _SortedFront()
    in_preamble = False
    row = -1
    for token in tokens:
        if token.kind == "contents_head" and out.head is None:
            out.head, in_preamble = token, False
        elif token.kind == "contents":
            out.entries.append(token)
        elif token.kind == "preamble_head":
            in_preamble = True
            out.preamble.append(Unit(eid="", role="heading", text=token.text.strip()))
        elif in_preamble and token.row == row:
            last = out.preamble[-1]
            out.preamble[-1] = replace(last, text=last.text + token.text)
        elif in_preamble:
            out.preamble.append(Unit(eid="", role="preamble", text=token.text.strip()))
        else:
            out.others.append(token)
        row = token.row
    return out


def _title(front: Front) -> Unit | None:
    if not front.title:
        return None
    pieces = tuple(piece for part in front.title for piece in part.strip())
    return Unit(eid="title", role="title", text=Text(pieces))
