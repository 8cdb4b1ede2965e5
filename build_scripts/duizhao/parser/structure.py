"""Structure: the tokens of one law become divisions, articles, paragraphs, items.

Grammar (编 > 分编 > 章 > 节 > 条 > 款 > 项 > 目)::

    law       := front body annex*
    body      := (division | article | paragraph | table | gap)*
    division  := heading body            of a lower level
    article   := head title? (paragraph | table)*
    paragraph := text items* tail?
    items     := (item text subitem*)*

Rules: a text line opens a paragraph (款), except after items: what is quoted there, or
follows a colon, belongs to the last of them, and is the paragraph's tail where that does
not end its sentence; how items nest, see `lists`.  一、 numbers articles in a law without 条, headings where it is short and 条 follow, items
elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable

from duizhao.ground.numerals import integer
from duizhao.ground.patterns import ARTICLE, is_finished
from duizhao.ground.text import Text
from duizhao.parser.drafts import (
    ArticleDraft,
    DivisionDraft,
    ItemDraft,
    ParagraphDraft,
    TableDraft,
    frozen,
    name_of,
    ordinal_of,
    path_to_last,
    words_of,
)
from duizhao.parser.edition import Article, Division, Gap, Paragraph, Table
from duizhao.parser.lists import ListBuilder
from duizhao.parser.segments import compact, looks_like_title
from duizhao.parser.spans import INDENTED
from duizhao.parser.tokens import Token

_RANK = {"part": 1, "subpart": 2, "chapter": 3, "section": 4, "division": 5, "subdivision": 6}
_PREFIX = {
    "part": "part",
    "subpart": "subpart",
    "chapter": "chp",
    "section": "sec",
    "division": "dvs",
    "subdivision": "sdv",
}
_OF_THE_LAW = ("附则", "附則")
_MARKED = ("item", "subitem", "circled", "stem", "letter")


class BodyBuilder(ListBuilder):
    """Takes the tokens of a law's body one by one; `body` gives the frozen result.

    `points_are` says what 一、 is in this law: "article", "heading" or "item".
    """

    def __init__(self, *, points_are: str) -> None:
        super().__init__(points_are=points_are)
        self._ranks = [0]
        self._undecided = 0
        self._handlers: dict[str, Callable[[Token], None]] = {
            "heading": self._heading,
            "bare": self._heading,
            "article": self._article_head,
            "article_title": self._article_title,
            "cell": self._cell,
            "named_item": self._named_item,
            **dict.fromkeys(_MARKED, self._item),
            "point": self._point,
            "gap": self._gap,
        }
        self._marker: Token | None = None
        self._listed_row = -1  # the last row in which an item got its words

    def feed(self, token: Token) -> None:
        """Take the next token."""
        handler = self._handlers.get(token.kind)
        if handler is None:
            self._text(token)
            return
        self._settle_marker()
        handler(token)

    @property
    def body(self) -> tuple[Division | Article | Paragraph | Gap | Table, ...]:
        """What was built, frozen."""
        self._settle_marker()
        return tuple(frozen(child) for child in self._root.body)

    def _heading(self, token: Token) -> None:
        text = str(token.text)
        level = token.segment.level
        if token.kind == "bare":
            number, title = "", compact(text)
            if title in _OF_THE_LAW and len(self._stack) > 1:
                self._leave_part()
            own = token.ordinal(_PREFIX[level]) if token.identifier else ""
            ordinal = own or str(self._next_ordinal(level))
        else:
            words = text[len(text) - len(words_of(text)) :]
            number = compact(text[: len(text) - len(words)])
            title = name_of(words)
            ordinal = token.ordinal(_PREFIX[level])
        self._open(level, ordinal, number, title, token.text, supplied=token.kind == "bare")

    def _open(
        self, level: str, ordinal: str, number: str, title: str, heading: Text, *, supplied: bool
    ) -> None:
        rank = _RANK[level]
        while len(self._stack) > 1 and self._ranks[-1] >= rank:
            self._stack.pop()
            self._ranks.pop()
        parent = self._stack[-1]
        base = f"{parent.eid}__" if parent.eid else ""
        eid = self._unique(f"{base}{_PREFIX[level]}_{ordinal}")
        draft = DivisionDraft(
            eid=eid,
            level="division" if level == "subdivision" else level,
            ordinal=ordinal,
            number=number,
            heading=heading,
            title=title,
            supplied=supplied,
        )
        parent.body.append(draft)
        self._stack.append(draft)
        self._ranks.append(rank)
        self._article = None

    def _leave_part(self) -> None:
        """Go back to the law itself, where it has parts (编): its 附则 stands beside them."""
        if self._stack[1].level == "part":
            del self._stack[1:], self._ranks[1:]

    def _named_item(self, token: Token) -> None:
        """（一）动产质押 over articles: a heading below that of 一、."""
        current = self._current()
        if not isinstance(current, ParagraphDraft) or not current.items:
            self._text(token)
            return
        item = current.items.pop()
        if not isinstance(item, ItemDraft):
            raise TypeError("a heading's number stands right before its words")
        self._eids.pop(item.eid, None)
        if not current.items and not current.text:
            host = self._host()
            host.body.pop()
            self._paragraphs[id(host)] -= 1
            self._eids.pop(current.eid, None)
        self._open(
            "subdivision",
            str(item.ordinal),
            item.number,
            name_of(str(token.text)),
            item.head + token.text,
            supplied=False,
        )

    def _next_ordinal(self, level: str) -> int:
        """One more than the last division of `level` where a bare 附则 stands."""
        rank = _RANK[level]
        siblings = next(
            (d.body for d in reversed(self._stack) if not d.level or _RANK[d.level] < rank), []
        )
        numbers = [
            integer(d.ordinal) or 0
            for d in siblings
            if isinstance(d, DivisionDraft) and d.level == level
        ]
        return max(numbers, default=0) + 1

    def _article_head(self, token: Token) -> None:
        number = compact(str(token.text)).rstrip("：:、.．")
        self._begin_article(token.ordinal("art"), number, token.text)

    def _begin_article(
        self, ordinal: str, number: str, head: Text, *, supplied: bool = False
    ) -> ArticleDraft:
        eid = f"art_{ordinal}"
        if eid in self._eids:
            self._undecided += 1
            eid = f"art_u{self._undecided}"
        draft = ArticleDraft(eid=self._unique(eid), number=number, head=head, supplied=supplied)
        self._stack[-1].body.append(draft)
        self._article = draft
        return draft

    def _article_title(self, token: Token) -> None:
        if self._article:
            self._article.title = token.text

    def _point(self, token: Token) -> None:
        if self._points_are == "article":
            number = compact(str(token.text)).rstrip("、")
            self._begin_article(token.ordinal("art"), number, token.text)
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
            ordinal = ordinal_of(integer(match["num"]), inserted)
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

    def _settle_marker(self) -> None:
        """A 一、 that waits for its words and gets none is an item without text."""
        if self._marker is not None:
            marker, self._marker = self._marker, None
            self._item(marker)

    def _text(self, token: Token) -> None:
        if self._marker is not None:
            marker = self._marker
            if marker.row == token.row and looks_like_title(str(token.text)):
                self._marker = None
                self._open(
                    "division",
                    marker.ordinal(_PREFIX["division"]),
                    compact(str(marker.text)).rstrip("、．"),
                    name_of(str(token.text)),
                    marker.text + token.text,
                    supplied=False,
                )
                return
            self._settle_marker()
        current = self._current()
        if isinstance(current, ParagraphDraft) and current.items:
            if self._after_items(current, token):
                return
        elif (
            isinstance(current, ParagraphDraft)
            and not current.text
            and isinstance(self._host(), ArticleDraft)
        ):
            current.text = token.text
            return
        if token.quoted or not self._closes_list(token.text):
            self._paragraph(token.text)

    def _after_items(self, current: ParagraphDraft, token: Token) -> bool:
        """Whether a text line after items belongs to them, and has been put there."""
        last = next(reversed(list(path_to_last(current))), None)
        if last is None or (current.tail and token.row != self._listed_row):
            return False
        if not last.text:
            last.text = token.text
            self._listed_row = token.row
        elif token.row == self._listed_row and token.segment.level != INDENTED:
            # behind a list in the same line
            current.tail.append(token.text)
        elif token.quoted or self._leads(current, last, str(token.text)):
            self._put_text_below(current, token.text)
        elif not is_finished(str(last.text)):
            current.tail.append(token.text)
        else:
            return False
        return True

    def _cell(self, token: Token) -> None:
        """A cell of a table; rows that follow one another make one table."""
        host = self._host()
        table = host.body[-1] if host.body else None
        if not isinstance(table, TableDraft) or table.last_row < token.row - 2:
            base = f"{host.eid}__" if host.eid else ""
            table = TableDraft(eid=self._next_eid(f"{base}table"))
            host.body.append(table)
        if table.last_row != token.row:
            table.rows.append([])
            table.last_row = token.row
        table.rows[-1].append(token.text)

    def _next_eid(self, base: str) -> str:
        """A form of `base` with the next number: `base_1`, `base_2`."""
        self._eids[base] = self._eids.get(base, 0) + 1
        return f"{base}_{self._eids[base]}"
