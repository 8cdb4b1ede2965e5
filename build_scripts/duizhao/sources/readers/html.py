"""Web pages: the text of a page's blocks, one line each, rows of tables as `| a | b |`.

Where a merged cell reaches to, a row has empty ones.  The page's furniture is left out:
scripts, navigation, headers, footers, controls of forms.  Where the page marks one main part
(main, article) and no article of a law opens outside it, only that is read, with what stands
between it and the law's title: its h1, or the title of the page where no text has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from duizhao.ground.patterns import ARTICLE_LINE, TITLE_END
from duizhao.ground.problems import Position
from duizhao.sources.readers.plain import text_from_plain
from duizhao.sources.readers.refusal import refusal

_DROPPED = frozenset(
    "script style noscript template nav aside iframe svg head"  # noqa: SIM905 -- as below
    " button select textarea datalist".split()
)
_AROUND = ("header", "footer")  # of the page; those of a part of it belong to the text
_PARTS = ("main", "article", "section")
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure"  # noqa: SIM905 -- forty quoted words read worse
    " footer h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section table tbody td tfoot th thead"
    " tr ul".split()
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_LONGEST_TITLE = 100  # characters
_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_COLUMNS, _MOST_ROWS = 63, 9999  # that a cell is taken to have; more would do harm
#: By column of a table, how many rows more a cell from above reaches down.
_Reaching: TypeAlias = dict[int, int]
_NUMBERED = re.compile(r"[（(]?[0-9０-９一二三四五六七八九十]+[)）.．、]")


def text_from_html(data: bytes, *, name: str) -> str:
    """The text of an HTML page; raises DuizhaoError where its encoding is unknown."""
    tree = LexborHTMLParser(_decoded(data, name))
    root = tree.body or tree.root
    if root is None:
        return ""
    head = _head(tree)
    title = _lines(head) if head else []
    for node in list(_furniture(root, {each.mem_id for each in _above(head)})):
        node.decompose()
    text = _lines(root)
    return "\n".join(_titled(_main(root, text), text, title))


def _main(root: LexborNode, text: list[str]) -> list[str]:
    """The lines of the one main part of a page that has the lines `text`, or all of them."""
    for part in ("main", "article"):
        found = root.css(part)
        if len(found) == 1:
            main = _lines(found[0])
            if main and _opened(main) == _opened(text):
                return main
    return text


def _head(tree: LexborHTMLParser) -> LexborNode | None:
    """The node that has the title of a law: the page's h1, or its title in the browser."""
    named = [node for node in tree.css("h1") if _names_law(node)]
    if not named:
        page = tree.css_first("head > title")
        return page if page is not None and _names_law(page) else None
    first, *others = named
    outside = any(node.tag in _DROPPED for node in _above(first))
    several = any(_tight(_lines(node)) != _tight(_lines(first)) for node in others)
    return None if outside or several else first


def _names_law(node: LexborNode) -> bool:
    """Whether nothing but a law's title stands in a node, not the kind of law alone."""
    words = _tight(_lines(node))
    end = TITLE_END.search(words)
    return end is not None and end.start() > 0 and len(words) <= _LONGEST_TITLE


def _above(node: LexborNode | None) -> Iterator[LexborNode]:
    """The nodes that a node lies in."""
    while node is not None and (node := node.parent) is not None:
        yield node


def _titled(main: list[str], text: list[str], title: list[str]) -> list[str]:
    """The lines of the main part with the title that it lacks, and what stands between them.

    `text` is that of the whole page.
    """
    first = next((n for n, line in enumerate(main) if ARTICLE_LINE.match(line)), len(main))
    over = _tight(main[:first])
    if not title or _tight(title) in over or any(TITLE_END.search(line) for line in main[:first]):
        return main
    begin, end = _place(title, text), _place(main, text)
    return [*(text[begin:end] if 0 <= begin < end else title), *main]


def _place(lines: list[str], text: list[str]) -> int:
    """Where lines stand in a text, -1 where nowhere."""
    starts = range(len(text) - len(lines) + 1)
    return next((at for at in starts if text[at : at + len(lines)] == lines), -1)


def _tight(lines: list[str]) -> str:
    """Lines in one, without any space."""
    return "".join("".join(lines).split())


def _furniture(root: LexborNode, kept: set[int]) -> Iterator[LexborNode]:
    """The nodes below a page's root that are no text of it; `kept` are some that are."""
    stack = [(root, False)]
    while stack:
        node, within = stack.pop()
        for child in node.iter(include_text=False):
            tag = child.tag or ""
            control = tag in _DROPPED or (tag == "label" and "for" in child.attributes)
            around = tag in _AROUND and not within and child.mem_id not in kept
            if control or around:
                yield child
            else:
                stack.append((child, within or tag in _PARTS))


def _opened(text: list[str]) -> int:
    """How many articles of a law open in lines."""
    return sum(ARTICLE_LINE.match(line) is not None for line in text)


def _lines(root: LexborNode, *, rows: bool = True) -> list[str]:
    """The lines of a node's blocks, without the empty ones."""
    lines: list[str] = []
    current: list[str] = []
    for piece in _pieces(root, rows=rows):
        if piece is None:
            _end_line(current, lines)
        else:
            current.append(piece)
    _end_line(current, lines)
    return lines


def _decoded(data: bytes, name: str) -> str:
    """The page as text: by its byte order mark, what it says of itself, or its bytes."""
    said = _CHARSET.search(data[:4096])
    if said and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        encoding = said[1].decode("ascii").lower()
        if encoding in ("gb2312", "gbk", "gb18030"):
            encoding = "gb18030"
        elif encoding == "big5":
            encoding = "big5hkscs"
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as reason:
            raise refusal(
                "witness-encoding",
                Position(file=name, line=data.count(b"\n", 0, reason.start) + 1),
                f"The page says it is {encoding}, but byte {reason.start} is not.",
                "save the page as UTF-8",
            ) from reason
        except (LookupError, UnicodeError):
            pass  # an encoding nobody knows, or Python's "undefined": judge by the bytes
    return text_from_plain(data, name=name)


def _pieces(root: LexborNode, *, rows: bool) -> Iterator[str | None]:
    """The text of a node and what is below it; None where a line ends.

    `rows`: rows of tables are a line each, else each cell is.
    """
    stack: list[tuple[LexborNode | None, bool]] = [(root, False)]  # and whether its lines stay
    reaching: dict[int, _Reaching] = {}  # by the part of a table
    while stack:
        node, kept = stack.pop()
        if node is None:
            yield None
            continue
        tag = node.tag or ""
        kept = kept or tag == "pre"
        if tag == "-text":
            first, *others = (node.text_content or "").split("\n") if kept else [node.text_content]
            yield first or ""
            for line in others:
                yield from (None, line)
            continue
        if tag == "br":
            yield None
            continue
        if rows and tag == "tr" and node.parent is not None:
            cells = _cells(node)
            row = _laid(cells, reaching.setdefault(node.parent.mem_id, {}))
            if len(cells) > 1 or _is_rest(cells, row):
                yield None
                yield _row(row)
                yield None
                continue
        block = tag in _BLOCKS
        if block:
            yield None
            stack.append((None, False))
            if tag == "li" and (number := _list_number(node)):
                yield number
        stack.extend((child, kept) for child in reversed(list(node.iter(include_text=True))))


def _cells(row: LexborNode) -> list[LexborNode]:
    """The cells of a table's row; with one alone it is no row, but lays out the page."""
    return [cell for cell in row.iter(include_text=False) if cell.tag in ("td", "th")]


def _laid(cells: list[LexborNode], reaching: _Reaching) -> list[LexborNode | None]:
    """A row's cells by column, None where one beside or above it reaches to.

    `reaching` is that of the rows above, and is brought up to this row.
    """
    row: list[LexborNode | None] = []
    begun: _Reaching = {}
    for cell in cells:
        while reaching.get(len(row)):
            row.append(None)
        across, down = _span(cell, "colspan"), _span(cell, "rowspan")
        begun.update(dict.fromkeys(range(len(row), len(row) + across), down - 1))
        row += [cell, *[None] * (across - 1)]
    while reaching.get(len(row)):
        row.append(None)
    left = {column: rows - 1 for column, rows in reaching.items() if rows > 1}
    reaching.clear()
    reaching.update(left | {column: rows for column, rows in begun.items() if rows})
    return row


def _span(cell: LexborNode, name: str) -> int:
    """How many columns or rows a cell takes."""
    said = (cell.attributes.get(name) or "").strip()
    most = _MOST_COLUMNS if name == "colspan" else _MOST_ROWS
    return min(max(int(said), 1), most) if said.isascii() and said.isdecimal() else 1


def _is_rest(cells: list[LexborNode], row: list[LexborNode | None]) -> bool:
    """Whether a cell alone is what merged ones left of a row: it does not hold the page."""
    left = next((column for column, cell in enumerate(row) if cell is not None), 0)
    return bool(cells) and left > 0 and len(_lines(cells[0], rows=False)) == 1


def _row(cells: list[LexborNode | None]) -> str:
    """A table's row as one line."""
    lines = (_lines(cell, rows=False) if cell is not None else [] for cell in cells)
    words = [" ".join(line).replace("|", "｜") for line in lines]
    return "| " + " | ".join(words) + " |" if any(words) else ""


def _list_number(node: LexborNode) -> str:
    """The number that a browser shows before an item of an ordered list."""
    parent = node.parent
    if parent is None or parent.tag != "ol" or _NUMBERED.match(_tidy(node.text())):
        return ""
    start = parent.attributes.get("start") or "1"
    first = int(start) if start.isdecimal() and len(start) < 6 else 1
    before = 0
    sibling = node.prev
    while sibling is not None:
        before += sibling.tag == "li"
        sibling = sibling.prev
    return f"{first + before}. "


def _tidy(text: str) -> str:
    """Text as a browser shows it: runs of spaces are one, none between two Chinese lines."""
    return _SPACES.sub(" ", _BETWEEN_WIDE.sub("", text)).strip(" ")


def _end_line(current: list[str], lines: list[str]) -> None:
    """Close the line that is being read, unless nothing stands on it."""
    text = _tidy("".join(current))
    current.clear()
    if text:
        lines.append(text)
