"""Structure: the tokens of one law become divisions, articles, paragraphs, items.

Grammar (编 > 分编 > 章 > 节 > 条 > 款 > 项 > 目)::

    law       := front body annex*
    body      := (division | article | paragraph | gap)*
    division  := heading body            of a lower level
    article   := head title? paragraph*
    paragraph := text items* tail?
    items     := (item text subitem*)*

Rules: a text line opens a paragraph (款), except after items whose last does not
end its sentence: there it is the paragraph's tail.  一、 numbers articles in a law
without 条, headings where it is short and 条 follow, items elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from duizhao.edition import Article, Division, Gap, Item, Paragraph, Table, Unit
from duizhao.numerals import chinese, integer
from duizhao.segments import ARTICLE, compact, looks_like_title
from duizhao.text import Text
from duizhao.tokens import Token

_RANK = {"part": 1, "subpart": 2, "chapter": 3, "section": 4, "division": 5}
_PREFIX = {
    "part": "part",
    "subpart": "subpart",
    "chapter": "chp",
    "section": "sec",
    "division": "dvs",
}
_ENDS = ("。", "！", "？", "”", "…", "）", ")", "》")


@dataclass(slots=True)
class _ItemDraft:
    eid: str
    number: str
    head: Text
    text: Text = field(default_factory=Text)
    subitems: list[_ItemDraft] = field(default_factory=list)


@dataclass(slots=True)
class _ParagraphDraft:
    eid: str
    ordinal: int | None
    text: Text
    items: list[_ItemDraft | Gap] = field(default_factory=list)
    tail: list[Text] = field(default_factory=list)


@dataclass(slots=True)
class _ArticleDraft:
    eid: str
    number: str
    head: Text
    supplied: bool = False
    title: Text | None = None
    body: list[_ParagraphDraft | Gap] = field(default_factory=list)
    certain: bool = True  # whether the ordinals of further paragraphs are known


@dataclass(slots=True)
class _DivisionDraft:
    eid: str
    level: str
    ordinal: str
    number: str
    heading: Text
    title: str
    supplied: bool = False
    body: list[_DivisionDraft | _ArticleDraft | _ParagraphDraft | Gap] = field(default_factory=list)


class BodyBuilder:
    """Takes the tokens of a law's body one by one; `body` gives the frozen result.

    `points_are` says what 一、 is in this law: "article", "heading" or "item".
    """

    def __init__(self, *, points_are: str) -> None:
        self._points_are = points_are
        self._root = _DivisionDraft(
            eid="", level="", ordinal="", number="", heading=Text(), title=""
        )
        self._stack = [self._root]
        self._article: _ArticleDraft | None = None
        self._eids: dict[str, int] = {}
        self._undecided = 0
        self._last: tuple[str, int] = ("", 0)
        self._open_article_row = -1
        self._handlers: dict[str, Callable[[Token], None]] = {
            "heading": self._heading,
            "bare": self._heading,
            "article": self._article_head,
            "article_title": self._article_title,
            "item": self._item,
            "circled": self._item,
            "stem": self._item,
            "letter": self._item,
            "subitem": self._item,
            "point": self._point,
            "gap": self._gap,
        }
        self._marker: Token | None = None

    def feed(self, token: Token) -> None:
        """Take the next token."""
        handler = self._handlers.get(token.kind)
        if handler is None:
            self._text(token)
            return
        self._marker = None
        handler(token)

    @property
    def body(self) -> tuple[Division | Article | Paragraph | Gap | Table, ...]:
        """What was built, frozen."""
        return tuple(_frozen(child) for child in self._root.body)

    def _unique(self, eid: str) -> str:
        """`eid`, or a form of it that has not been given yet."""
        self._eids[eid] = self._eids.get(eid, 0) + 1
        return eid if self._eids[eid] == 1 else f"{eid}-dup{self._eids[eid]}"

    def _heading(self, token: Token) -> None:
        text = str(token.text)
        level = token.segment.level
        if token.kind == "bare":
            number, title = "", compact(text)
            ordinal = str(self._next_ordinal(level))
        else:
            words = text[len(text) - len(_after_number(text)) :]
            number = compact(text[: len(text) - len(words)])
            title = _title(words)
            ordinal = _ordinal(token.segment.number, token.segment.inserted)
        self._open(level, ordinal, number, title, token.text, supplied=token.kind == "bare")

    def _open(
        self, level: str, ordinal: str, number: str, title: str, heading: Text, *, supplied: bool
    ) -> None:
        rank = _RANK[level]
        while len(self._stack) > 1 and _RANK[self._stack[-1].level] >= rank:
            self._stack.pop()
        parent = self._stack[-1]
        base = f"{parent.eid}__" if parent.eid else ""
        eid = self._unique(f"{base}{_PREFIX[level]}_{ordinal}")
        draft = _DivisionDraft(
            eid=eid,
            level=level,
            ordinal=ordinal,
            number=number,
            heading=heading,
            title=title,
            supplied=supplied,
        )
        parent.body.append(draft)
        self._stack.append(draft)
        self._article = None

    def _next_ordinal(self, level: str) -> int:
        """One more than the last division of `level` where a bare 附则 stands."""
        rank = _RANK[level]
        siblings = next(
            (d.body for d in reversed(self._stack) if not d.level or _RANK[d.level] < rank), []
        )
        numbers = [
            integer(d.ordinal) or 0
            for d in siblings
            if isinstance(d, _DivisionDraft) and d.level == level
        ]
        return max(numbers, default=0) + 1

    def _article_head(self, token: Token) -> None:
        number = compact(str(token.text)).rstrip("：:")
        ordinal = _ordinal(token.segment.number, token.segment.inserted)
        self._begin_article(ordinal, number, token.text)

    def _begin_article(
        self, ordinal: str, number: str, head: Text, *, supplied: bool = False
    ) -> _ArticleDraft:
        eid = f"art_{ordinal}"
        if eid in self._eids:
            self._undecided += 1
            eid = f"art_u{self._undecided}"
        draft = _ArticleDraft(eid=self._unique(eid), number=number, head=head, supplied=supplied)
        self._stack[-1].body.append(draft)
        self._article = draft
        return draft

    def _article_title(self, token: Token) -> None:
        if self._article:
            self._article.title = token.text

    def _point(self, token: Token) -> None:
        if self._points_are == "article":
            self._begin_article(
                str(token.segment.number), compact(str(token.text)).rstrip("、"), token.text
            )
        elif self._points_are == "heading":
            self._marker = token
        else:
            self._item(token)

    def _gap(self, token: Token) -> None:
        lacuna = token.lacuna
        if lacuna is None:
            return
        gap = Gap(eid=f"gap_{lacuna.id}", note=lacuna.id, missing=lacuna.missing)
        if lacuna.supplies:
            match = ARTICLE.fullmatch(lacuna.supplies)
            if match is None:
                raise ValueError(f"not an article number: {lacuna.supplies}")
            inserted = integer(match["ins"]) if match["ins"] else None
            ordinal = _ordinal(integer(match["num"]), inserted)
            draft = self._begin_article(ordinal, lacuna.supplies, Text(), supplied=True)
            draft.certain = False
            if lacuna.block:
                draft.body.append(gap)
        elif lacuna.block and lacuna.within == "article" and self._article:
            self._article.body.append(gap)
            self._article.certain = False
        elif lacuna.block:
            self._stack[-1].body.append(gap)
            self._article = None

    def _text(self, token: Token) -> None:
        if self._marker is not None:
            marker, self._marker = self._marker, None
            words = str(token.text)
            if looks_like_title(words) and self._points_are == "heading":
                number = compact(str(marker.text)).rstrip("、")
                self._open(
                    "division",
                    str(marker.segment.number),
                    number,
                    _title(words),
                    marker.text + token.text,
                    supplied=False,
                )
                return
            if self._points_are == "heading":
                self._item(marker)
        current = self._paragraphs()[-1] if self._paragraphs() else None
        if isinstance(current, _ParagraphDraft) and current.items:
            last = _last_item(current)
            if last is not None and not last.text and not current.tail:
                last.text = token.text
                return
            ended = last is None or str(last.text).endswith(_ENDS) or current.tail
            if not ended:
                current.tail.append(token.text)
                return
        elif (
            isinstance(current, _ParagraphDraft)
            and not current.text
            and not isinstance(self._host(), _DivisionDraft)
        ):
            current.text = token.text
            return
        self._paragraph(token.text)

    def _host(self) -> _ArticleDraft | _DivisionDraft:
        return self._article or self._stack[-1]

    def _paragraphs(self) -> list[_ParagraphDraft | Gap]:
        """The paragraphs and gaps of the open article, or of the open division."""
        body = self._host().body
        return [part for part in body[-1:] if isinstance(part, _ParagraphDraft | Gap)]

    def _paragraph(self, text: Text) -> _ParagraphDraft:
        host = self._host()
        base = f"{host.eid}__" if host.eid else ""
        certain = not isinstance(host, _ArticleDraft) or host.certain
        count = 1 + sum(isinstance(p, _ParagraphDraft) for p in host.body)
        ordinal = count if certain else None
        eid = self._unique(f"{base}para_{count if certain else f'u{count}'}")
        draft = _ParagraphDraft(eid=eid, ordinal=ordinal, text=text)
        host.body.append(draft)
        return draft

    def _item(self, token: Token) -> None:
        bodies = self._paragraphs()
        current = bodies[-1] if bodies else None
        if not isinstance(current, _ParagraphDraft) or current.tail:
            current = self._paragraph(Text())
        number = str(token.text).strip()
        ordinal = _ordinal(token.segment.number, token.segment.inserted)
        last = _last_item(current, top=True)
        if token.kind == "subitem" and last is not None and last.number[0] in "（(〔":
            eid = self._unique(f"{last.eid}__indent_{ordinal}")
            last.subitems.append(_ItemDraft(eid=eid, number=number, head=token.text))
            return
        eid = self._unique(f"{current.eid}__point_{ordinal}")
        current.items.append(_ItemDraft(eid=eid, number=number, head=token.text))


def _last_item(paragraph: _ParagraphDraft, *, top: bool = False) -> _ItemDraft | None:
    """The last item of a paragraph (or its last subitem, unless `top`), None for a gap."""
    last = paragraph.items[-1] if paragraph.items else None
    if not isinstance(last, _ItemDraft):
        return None
    return last.subitems[-1] if last.subitems and not top else last


def _ordinal(number: int | None, inserted: int | None) -> str:
    """120 and 1 as the identifier's "120-1"."""
    return f"{number}-{inserted}" if inserted else f"{number}"


def _after_number(heading: str) -> str:
    """The words of a heading, after 第X章."""
    from duizhao.segments import HEADING

    match = HEADING.fullmatch(heading)
    return match["words"] if match else heading


def _title(words: str) -> str:
    """The words of a heading as a name: 总　　则 is 总则, other spacing stays."""
    parts = words.split()
    return "".join(parts) if all(len(p) == 1 for p in parts) else words.strip()


def article_number(value: int) -> str:
    """第X条 for an integer."""
    return f"第{chinese(value)}条"


def _frozen(
    draft: _DivisionDraft | _ArticleDraft | _ParagraphDraft | Gap,
) -> Division | Article | Paragraph | Gap:
    match draft:
        case Gap():
            return draft
        case _ParagraphDraft():
            lead = Unit(eid=draft.eid, role="paragraph", text=draft.text.strip())
            tail = tuple(
                Unit(eid=f"{draft.eid}__wrap_{n}", role="tail", text=t.strip())
                for n, t in enumerate(draft.tail, 1)
            )
            return Paragraph(
                eid=draft.eid,
                ordinal=draft.ordinal,
                lead=lead,
                items=tuple(i if isinstance(i, Gap) else _frozen_item(i) for i in draft.items),
                tail=tail,
            )
        case _ArticleDraft():
            title = draft.title
            return Article(
                eid=draft.eid,
                number=draft.number,
                head=draft.head,
                supplied=draft.supplied,
                title=Unit(eid=f"{draft.eid}__title", role="article_title", text=title.strip())
                if title
                else None,
                body=tuple(_frozen_part(p) for p in draft.body),
            )
        case _DivisionDraft():
            return Division(
                eid=draft.eid,
                level=draft.level,
                ordinal=draft.ordinal,
                number=draft.number,
                heading=Unit(
                    eid=f"{draft.eid}__heading", role="heading", text=draft.heading.strip()
                ),
                title=draft.title,
                supplied=draft.supplied,
                body=tuple(_frozen(child) for child in draft.body),
            )


def _frozen_part(draft: _ParagraphDraft | Gap) -> Paragraph | Gap:
    frozen = _frozen(draft)
    if not isinstance(frozen, Paragraph | Gap):
        raise TypeError("an article holds paragraphs and gaps")
    return frozen


def _frozen_item(draft: _ItemDraft) -> Item:
    role = "subitem" if "__indent_" in draft.eid else "item"
    return Item(
        eid=draft.eid,
        number=draft.number,
        head=draft.head,
        unit=Unit(eid=draft.eid, role=role, text=draft.text.strip()),
        subitems=tuple(_frozen_item(sub) for sub in draft.subitems),
    )
