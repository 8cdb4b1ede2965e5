"""Paragraphs and lists: how items nest, and which text belongs to which.

Items nest by the way their numbers are written, in the order in which the ways first
appear: （一） over 1. in one article, 一、 over （一） in another; 1. may count on from one
（一） to the next.  A list that goes on after
text lines takes them into its last item: the rest of its sentence, or further paragraphs.
Where as many lines as marks are missing stand before an item, they are the items whose
marks were not printed; so are lines without any mark that follow a colon, each but the
last with a semicolon at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from duizhao.ground.patterns import BRANCHES
from duizhao.ground.text import Text
from duizhao.parser.drafts import (
    ArticleDraft,
    DivisionDraft,
    ItemDraft,
    ParagraphDraft,
    goes_on,
    path_to_last,
)
from duizhao.parser.edition import Gap
from duizhao.parser.tokens import Token

_LISTED = ("；", ";")  # how an item ends that is not the last
_COLONS = ("：", ":")
_WHOLE = (*_LISTED, *_COLONS, "。", "！", "？", "”", "…")
#: What amends a law, and a line that goes on with it: 第九条修改为：“…”
_AMENDS = re.compile("修改为|改为|删去|删除|增加")
_FURTHER = re.compile(
    rf"(?:将)?第[一二三四五六七八九十百]+条[^。：“]{{0,40}}?(?:{_AMENDS.pattern})|删去第[一二三四五六七八九十百]+条"
)
_LONGEST_MEMBER = 20  # of a list by commas: 主任，⏎ 副主任若干人，⏎ 委员若干人。
_NAME = re.compile("[^，。；：、,;:]{1,11}")
_TITLE = re.compile("[^，。；：,;:]{1,40}")  # where 一、 stands for 条, items may be headed so


class ListBuilder:
    """The part of the `structure.BodyBuilder` that knows paragraphs and items."""

    def __init__(self, *, points_are: str) -> None:
        self._points_are = points_are
        self._name = _TITLE if points_are == "article" else _NAME
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
            self._lead_list(current, style)
        if not isinstance(current, ParagraphDraft) or current.tail:
            current = self._paragraph(Text())
        open_items = list(path_to_last(current))
        same = next((item for item in open_items if item.style == style), None)
        last = open_items[-1] if open_items else None
        if same is not None:
            depth = same.depth
        elif last is not None and style in _styles(last.depth, current.items):
            depth = last.depth + 1  # 3. under （二） where 1. and 2. are under （一）
        elif (
            last is not None
            and 1 < number == last.ordinal + 1
            and not str(last.text).endswith(_COLONS)
        ):
            depth = last.depth  # the same list, its next number written in another way
        else:
            depth = last.depth + 1 if last is not None else 0
        parent = open_items[depth - 1] if depth else None
        above, kind = (parent.eid, "indent") if parent else (current.eid, "point")
        eid = self._unique(f"{above}__{kind}_{token.ordinal(kind)}")
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
        """The paragraph whose list goes on with `number`, what stood between taken into it."""
        if number < 2 or (not current.tail and goes_on(current, style, number)):
            return current
        between: list[ParagraphDraft] = []
        while isinstance(part := self._current(len(between) + 1), ParagraphDraft):
            if any(isinstance(item, Gap) for item in part.items):
                break
            if item := goes_on(part, style, number):
                self._take_tail(part)
                for paragraph in self._dropped(between):
                    self._put_below(item, paragraph)
                return part
            lines = [*part.tail, *(p.text for p in reversed(between))]
            last = next((i.ordinal for i in path_to_last(part) if i.style == style), 0)
            if last or (str(part.text).endswith(_COLONS) and not part.items):
                plain = not any(p.items or p.tail for p in between) and all(map(_is_item, lines))
                if plain and lines and len(lines) == number - 1 - last:
                    self._dropped(between)
                    part.tail.clear()
                    for ordinal, text in enumerate(lines, last + 1):
                        self._put_unmarked(part, style, ordinal, text)
                    return part
                break
            if part.tail:
                break
            between.append(part)
        return current

    def _lead_list(self, current: ParagraphDraft, style: str) -> None:
        """Where a heading, （一）…, and lines below it lead a list, these lines are the item's."""
        path = list(path_to_last(current))
        headed = bool(current.tail and path) and self._is_name(path[-1])
        if headed and self._points_are == "article" and all(i.style != style for i in path):
            self._take_tail(current)

    def _closes_list(self, text: Text) -> bool:
        """Whether `text` is the last of lines that are listed without marks, now items.

        Of a list within another it is not told where it ends, so it stays as it is.
        """
        if not str(text).endswith("。"):
            return False
        between: list[ParagraphDraft] = []
        ends = _LISTED if len(str(text)) > _LONGEST_MEMBER else (*_LISTED, "，")
        while (part := self._plain(len(between) + 1)) and str(part.text).endswith(ends):
            if str(part.text).endswith("，") and len(str(part.text)) > _LONGEST_MEMBER:
                return False
            if str(part.text).startswith(("（", "(", "〔", "[")):
                return False  # a mark of a kind that is not known
            between.append(part)
        if not (between and part and str(part.text).endswith(_COLONS)):
            return False
        above = self._plain(len(between) + 2)
        if above and str(above.text).endswith((*_LISTED, *_COLONS)):
            return False
        lines = [*(paragraph.text for paragraph in self._dropped(between)), text]
        for ordinal, line in enumerate(lines, 1):
            self._put_unmarked(part, "unmarked", ordinal, line)
        return True

    def _plain(self, back: int) -> ParagraphDraft | None:
        """The `back`-th last paragraph of the open article or division, if it is text alone."""
        part = self._current(back)
        if isinstance(part, ParagraphDraft) and not part.items and not part.tail:
            return part
        return None

    def _take_tail(self, paragraph: ParagraphDraft) -> None:
        """Give what looked like the tail of a paragraph to its last item."""
        for text in paragraph.tail:
            *_, last = path_to_last(paragraph)
            if not (self._is_name(last) or str(last.text).endswith(_WHOLE)):  # its line was broken
                last.text = last.text + text.strip()
            else:
                self._put_text_below(paragraph, text)
        paragraph.tail.clear()

    def _put_text_below(self, paragraph: ParagraphDraft, text: Text) -> None:
        """A further paragraph of the last item of `paragraph`."""
        *_, item = (i for i in path_to_last(paragraph) if i.style != "paragraph")
        self._put_below(item, ParagraphDraft(eid="", ordinal=None, text=text))

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

    def _dropped(self, last: list[ParagraphDraft]) -> list[ParagraphDraft]:
        """The paragraphs that were opened last, the last first, in order, once taken back."""
        host = self._host()
        for paragraph in last:
            host.body.pop()
            self._paragraphs[id(host)] -= 1
            del self._eids[paragraph.eid]
        return last[::-1]

    def _put_unmarked(self, paragraph: ParagraphDraft, style: str, number: int, text: Text) -> None:
        """An item whose place is certain from its neighbours, though its mark is lost."""
        eid = self._unique(f"{paragraph.eid}__point_{number}")
        paragraph.items.append(
            ItemDraft(eid=eid, number="", head=Text(), style=style, ordinal=number, text=text)
        )

    def _leads(self, paragraph: ParagraphDraft, last: ItemDraft, line: str) -> bool:
        """Whether a line behind the `last` item of a paragraph belongs to that.

        It does behind a colon, behind a line of it that is listed, behind a mere name where
        an item above is a name with such lines, and where it amends a law further.
        """
        text = str(last.text)
        if _FURTHER.match(line) and _AMENDS.search(text):
            return True
        if text.endswith(_COLONS) or (last.style == "paragraph" and text.endswith(_LISTED)):
            return True
        return (
            last is paragraph.items[-1]
            and self._is_name(last)
            and any(
                self._is_name(item) and item.below and item.below[0].style == "paragraph"
                for item in paragraph.items
                if isinstance(item, ItemDraft)
            )
        )

    def _is_name(self, item: ItemDraft) -> bool:
        """Whether an item is a mere name, too short for a line that was broken off."""
        return self._name.fullmatch(str(item.text)) is not None


def _is_item(text: Text) -> bool:
    """Whether a text ends as an item does."""
    return str(text).endswith((*_LISTED, "。"))


def _styles(depth: int, items: Iterable[ItemDraft | Gap]) -> Iterator[str]:
    """How the marks are written that stand right below the items of a depth."""
    for item in items:
        if isinstance(item, ItemDraft):
            if item.depth == depth + 1:
                yield item.style
            yield from _styles(depth, item.below)


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
