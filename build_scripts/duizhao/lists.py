"""Paragraphs and lists: how items nest, and which text belongs to which.

Items nest by the way their numbers are written, in the order in which the ways first
appear: （一） over 1. in one article, 一、 over （一） in another.  A list that goes on after a
text line takes that line into its last item; a line that stands where the mark of an
item was not printed, as its neighbours prove, is that item.
"""

from __future__ import annotations

from duizhao.drafts import (
    ArticleDraft,
    DivisionDraft,
    ItemDraft,
    ParagraphDraft,
    goes_on,
    ordinal_of,
    path_to_last,
)
from duizhao.edition import Gap
from duizhao.patterns import BRANCHES
from duizhao.text import Text
from duizhao.tokens import Token

_LISTED = ("；", ";")  # how an item ends that is not the last


class ListBuilder:
    """The part of the `structure.BodyBuilder` that knows paragraphs and items."""

    def __init__(self) -> None:
        self._root = DivisionDraft(
            eid="", level="", ordinal="", number="", heading=Text(), title=""
        )
        self._stack = [self._root]
        self._article: ArticleDraft | None = None
        self._eids: dict[str, int] = {}
        self._paragraphs: dict[int, int] = {}  # how many paragraphs a host has

    def _unique(self, eid: str) -> str:
        """`eid`, or a form of it that has not been given yet."""
        self._eids[eid] = self._eids.get(eid, 0) + 1
        return eid if self._eids[eid] == 1 else f"{eid}-dup{self._eids[eid]}"

    def _host(self) -> ArticleDraft | DivisionDraft:
        return self._article or self._stack[-1]

    def _current(self, back: int = 1) -> ParagraphDraft | Gap | None:
        """The last paragraph or gap of the open article or division (or the `back`-th last)."""
        body = self._host().body
        part = body[-back] if len(body) >= back else None
        return part if isinstance(part, ParagraphDraft | Gap) else None

    def _paragraph(self, text: Text) -> ParagraphDraft:
        host = self._host()
        base = f"{host.eid}__" if host.eid else ""
        certain = not isinstance(host, ArticleDraft) or host.certain
        count = 1 + self._paragraphs.get(id(host), 0)
        self._paragraphs[id(host)] = count
        eid = self._unique(f"{base}para_{count if certain else f'u{count}'}")
        draft = ParagraphDraft(eid=eid, ordinal=count if certain else None, text=text)
        host.body.append(draft)
        return draft

    def _item(self, token: Token) -> None:
        style = _style(token)
        number = token.segment.number or 0
        current = self._current()
        if isinstance(current, ParagraphDraft):
            current = self._resumed(current, style, number)
        if not isinstance(current, ParagraphDraft) or current.tail:
            current = self._paragraph(Text())
        open_items = list(path_to_last(current))
        same = next((item for item in open_items if item.style == style), None)
        last = open_items[-1] if open_items else None
        if same is not None:
            depth = same.depth
        elif last is not None and number != 1 and number == last.ordinal + 1:
            depth = last.depth  # the same list, its next number written in another way
        else:
            depth = last.depth + 1 if last is not None else 0
        parent = open_items[depth - 1] if depth else None
        ordinal = ordinal_of(token.segment.number, token.segment.inserted)
        eid = self._unique(
            f"{parent.eid}__indent_{ordinal}" if parent else f"{current.eid}__point_{ordinal}"
        )
        draft = ItemDraft(
            eid=eid,
            number=str(token.text).strip(),
            head=token.text,
            style=style,
            ordinal=number,
            depth=depth,
        )
        if parent:
            parent.below.append(draft)
        else:
            current.items.append(draft)

    def _resumed(self, current: ParagraphDraft, style: str, number: int) -> ParagraphDraft:
        """The paragraph whose list goes on with `number`, what stood between taken into it.

        Text between two items of one list belongs to the first of them: the rest of
        its sentence (until now a tail), or a further paragraph of it.
        """
        if number < 2:
            return current
        if current.tail:
            item = goes_on(current, style, number)
            if item is None:
                self._unmarked_item(current, style, number)
            else:
                for text in current.tail:
                    item.text = item.text + text.strip()
                current.tail.clear()
            return current
        if any(item.style == style for item in path_to_last(current)):
            return current
        if resumed := self._taken_in(style, number):
            return resumed
        before = self._current(2)
        if current.items or not isinstance(before, ParagraphDraft) or before.items:
            return current
        opens = number == 2 and str(before.text).endswith(("：", ":"))
        if opens and not before.tail and str(current.text).endswith(_LISTED):
            self._drop_last(current)
            self._put_unmarked(before, style, 1, current.text)
            return before
        return current

    def _taken_in(self, style: str, number: int) -> ParagraphDraft | None:
        """The paragraph with the list that `number` goes on, those since then in its last item."""
        between: list[ParagraphDraft] = []
        while isinstance(part := self._current(len(between) + 1), ParagraphDraft):
            if part.tail or any(isinstance(item, Gap) for item in part.items):
                return None
            if item := goes_on(part, style, number):
                for paragraph in between:
                    self._drop_last(paragraph)
                for paragraph in reversed(between):
                    self._put_below(item, paragraph)
                return part
            if any(item.style == style for item in path_to_last(part)):
                return None
            between.append(part)
        return None

    def _put_below(self, item: ItemDraft, paragraph: ParagraphDraft) -> None:
        """A further paragraph of an item, with the items that it has itself."""
        count = sum(below.style == "paragraph" for below in item.below) + 2
        draft = ItemDraft(
            eid=self._unique(f"{item.eid}__para_{count}"),
            number="",
            head=Text(),
            style="paragraph",
            ordinal=0,
            depth=item.depth + 1,
            text=paragraph.text,
        )
        draft.below = [i for i in paragraph.items if isinstance(i, ItemDraft)]
        self._rename(draft)
        item.below.append(draft)

    def _rename(self, above: ItemDraft) -> None:
        """Give what is below an item, now deeper than it was, its identifiers."""
        for item in above.below:
            del self._eids[item.eid]
            item.eid = self._unique(f"{above.eid}__indent_{item.eid.rpartition('_')[2]}")
            item.depth = above.depth + 1
            self._rename(item)

    def _drop_last(self, paragraph: ParagraphDraft) -> None:
        """Take back the paragraph that was opened last."""
        host = self._host()
        host.body.pop()
        self._paragraphs[id(host)] -= 1
        del self._eids[paragraph.eid]

    def _unmarked_item(self, paragraph: ParagraphDraft, style: str, number: int) -> None:
        """What looked like a tail is the item before `number`, its mark not printed."""
        before = goes_on(paragraph, style, number - 1)
        if before is None or before.depth or len(paragraph.tail) != 1:
            return
        if str(paragraph.tail[0]).endswith(_LISTED):
            self._put_unmarked(paragraph, style, number - 1, paragraph.tail.pop())

    def _put_unmarked(self, paragraph: ParagraphDraft, style: str, number: int, text: Text) -> None:
        """An item whose place is certain from its neighbours, though its mark is lost."""
        eid = self._unique(f"{paragraph.eid}__point_{number}")
        paragraph.items.append(
            ItemDraft(eid=eid, number="", head=Text(), style=style, ordinal=number, text=text)
        )


def _style(token: Token) -> str:
    """How a mark's number is written; （1） is not （一）, １． is 1, A. is not a), 甲、 not （甲）."""
    mark = str(token.text).strip()
    inner = mark.lstrip("（(〔").strip("）)〕.．、 　")
    match token.kind:
        case "item":
            return "paren-arabic" if inner[:1].isdecimal() else "paren"
        case "subitem":
            return "half-paren" if mark.endswith(("）", ")")) else "subitem"
        case "stem" | "letter":
            case = "upper" if inner.isupper() else "branch" if inner in BRANCHES else ""
            opens, closes = mark.startswith(("（", "(")), mark.endswith(("）", ")"))
            return f"{token.kind}-{case}-{opens:d}{closes:d}"
        case _:
            return token.kind
