"""From a reading to editions: split the laws, then front, contents, body, annexes.

Guarantee: every token of the reading goes into exactly one edition, or into
`Structured.furniture`; `accounting` proves it for each witness.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duizhao.edition import (
    Annex,
    ContentsEntry,
    Division,
    Edition,
    Metadata,
    Unit,
    divisions,
)
from duizhao.front import (
    Front,
    ends_like_title,
    front_from_tokens,
    is_frontish,
)
from duizhao.metadata import metadata_from_front
from duizhao.reading import Reading
from duizhao.segments import compact, looks_like_title
from duizhao.structure import BodyBuilder
from duizhao.text import Text
from duizhao.headings import headings_from_tokens
from duizhao.tokens import Token, tokens_from_reading

_OPENERS = ("heading", "bare", "article", "gap")
_LONGEST_FRONT = 60  # tokens between a title and the law's first provision


@dataclass(frozen=True, slots=True, kw_only=True)
class Structured:
    """The laws found in a reading, and the page furniture that belongs to none."""

    editions: tuple[Edition, ...]
    furniture: tuple[Token, ...]

    @property
    def omitted(self) -> tuple[Token, ...]:
        """Tokens that no edition prints; the kind of each is the reason."""
        return self.furniture


def editions_from_reading(reading: Reading, *, law_id: str = "law") -> Structured:
    """Every law of a reading, in order of appearance.

    With several laws each gets `law_id` with its number: law-1, law-2.
    """
    tokens = headings_from_tokens(tokens_from_reading(reading))
    furniture = tuple(t for t in tokens if t.kind == "furniture")
    rest = tuple(t for t in tokens if t.kind != "furniture")
    parts = split_laws(rest)
    single = len(parts) == 1
    editions = tuple(
        edition_from_tokens(part, law_id=law_id if single else f"{law_id}-{n}")
        for n, part in enumerate(parts, 1)
    )
    return Structured(editions=editions, furniture=furniture)


def split_laws(tokens: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """Cut a reading where a new law begins.

    A law begins at a title that stands after provisions and is followed by front
    matter and a first provision, or where a second 目录 comes after provisions.
    """
    starts, seen_provision, in_annex = [0], False, False
    for index, token in enumerate(tokens):
        if token.kind in ("article", "gap"):
            seen_provision = True
        elif token.kind == "annex":
            in_annex = True
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
    token = tokens[index]
    if not ends_like_title(str(token.text)) or (index and tokens[index - 1].row == token.row):
        return False
    for follower in tokens[index + 1 : index + _LONGEST_FRONT]:
        if follower.kind in ("contents_head", "preamble_head"):
            return True
        if follower.kind in ("heading", "article"):
            return follower.segment.number == 1 and follower.segment.level in (
                "",
                "part",
                "chapter",
            )
        if follower.kind != "text" or not is_frontish(str(follower.text)):
            return False
    return False


def edition_from_tokens(tokens: tuple[Token, ...], *, law_id: str) -> Edition:
    """The edition of one law from its tokens."""
    points = points_are(tokens)
    first = _first_provision(tokens, points)
    annex_start = next(
        (i for i, t in enumerate(tokens) if i >= first and t.kind == "annex"), len(tokens)
    )
    front_tokens = tokens[:first]
    head, entries, front_text, preamble = _sort_front(front_tokens)
    front = front_from_tokens(tuple(front_text))
    builder = BodyBuilder(points_are=points)
    for token in tokens[first:annex_start]:
        builder.feed(token)
    body = builder.body
    announcements = tuple(
        tuple(
            Unit(eid=f"ann_{n}__para_{k}", role="announcement", text=text.strip())
            for k, text in enumerate(parts, 1)
        )
        for n, parts in enumerate(front.announcements, 1)
    )
    front.preamble.extend(preamble)
    return Edition(
        law_id=law_id,
        metadata=_metadata(front, law_id),
        title=_title(front),
        adoption_note=tuple(
            Unit(eid="note" if n == 1 else f"note_{n}", role="adoption_note", text=text.strip())
            for n, text in enumerate(front.notes, 1)
        ),
        announcements=announcements,
        preamble=tuple(
            Unit(eid=f"preamble__para_{n}", role="preamble", text=text.strip())
            for n, text in enumerate(front.preamble, 1)
        ),
        contents_heading=Unit(eid="toc", role="contents", text=head.text.strip()) if head else None,
        contents=_contents(entries, body),
        body=body,
        annexes=_annexes(tokens[annex_start:]),
    )


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


def _sort_front(
    tokens: tuple[Token, ...],
) -> tuple[Token | None, list[Token], list[Token], list[Text]]:
    """Contents heading, contents entries, other front lines, and the text under 序言."""
    head, entries, rest, preamble = None, list[Token](), list[Token](), list[Text]()
    in_preamble = False
    for token in tokens:
        if token.kind == "contents_head" and head is None:
            head, in_preamble = token, False
        elif token.kind == "contents":
            entries.append(token)
        elif token.kind == "preamble_head" or in_preamble:
            in_preamble = True
            preamble.append(token.text)
        else:
            rest.append(token)
    return head, entries, rest, preamble


def _title(front: Front) -> Unit | None:
    if not front.title:
        return None
    text = Text()
    for part in front.title:
        text = text + part.strip()
    return Unit(eid="title", role="title", text=text)


def _metadata(front: Front, law_id: str) -> Metadata:
    return metadata_from_front(front, fallback_title=law_id)


def _contents(entries: list[Token], body: tuple[object, ...]) -> tuple[ContentsEntry, ...]:
    """Contents entries, each with the division it leads to."""
    found: dict[tuple[str, str], str] = {}
    for division in divisions(body):  # type: ignore[arg-type]
        found.setdefault((division.level, division.heading.eid), division.eid)
    by_words = {_heading_key(d): d.eid for d in reversed(list(divisions(body)))}  # type: ignore[arg-type]
    by_eid = {d.eid for d in divisions(body)}  # type: ignore[arg-type]
    out, path = [], dict[str, str]()
    seen: dict[str, int] = {}
    for token in entries:
        level = token.segment.level
        number = token.segment.number
        inserted = token.segment.inserted
        words = compact(str(token.text))
        ordinal = f"{number}-{inserted}" if inserted else f"{number}" if number else words
        eid = _entry_eid(level, ordinal, path)
        seen[eid] = seen.get(eid, 0) + 1
        unique = eid if seen[eid] == 1 else f"{eid}-dup{seen[eid]}"
        target = eid if eid in by_eid else by_words.get(words, "") if not number else ""
        out.append(
            ContentsEntry(
                unit=Unit(eid=f"toc__{unique}", role="contents", text=token.text.strip()),
                level=level,
                target=target,
            )
        )
    return tuple(out)


_PREFIXES = {"part": "part", "subpart": "subpart", "chapter": "chp", "section": "sec"}
_LEVELS = tuple(_PREFIXES)


def _entry_eid(level: str, ordinal: str, path: dict[str, str]) -> str:
    """The identifier that the division named in a contents entry has in the body."""
    if level not in _PREFIXES:
        return f"entry_{ordinal}"
    rank = _LEVELS.index(level)
    for lower in _LEVELS[rank:]:
        path.pop(lower, None)
    above = [path[name] for name in _LEVELS[:rank] if name in path]
    path[level] = f"{_PREFIXES[level]}_{ordinal}"
    return "__".join([*above, path[level]])


def _heading_key(division: Division) -> str:
    return compact(str(division.heading.text))


def _annexes(tokens: tuple[Token, ...]) -> tuple[Annex, ...]:
    """The annexes: each begins at a line 附件…, all lines up to the next are its blocks."""
    out: list[Annex] = []
    groups: list[list[Text]] = []
    rows: dict[int, tuple[str, Text]] = {}
    for token in tokens:
        kind, text = rows.get(token.row, (token.kind, Text()))
        rows[token.row] = (kind, text + token.text)
    for kind, text in rows.values():
        if kind == "annex":
            groups.append([text])
        else:
            groups[-1].append(text)
    for number, (heading, *blocks) in enumerate(groups, 1):
        eid = f"annex_{number}"
        out.append(
            Annex(
                eid=eid,
                heading=Unit(eid=f"{eid}__heading", role="heading", text=heading.strip()),
                blocks=tuple(
                    Unit(eid=f"{eid}__para_{k}", role="annex", text=block.strip())
                    for k, block in enumerate(blocks, 1)
                ),
            )
        )
    return tuple(out)
