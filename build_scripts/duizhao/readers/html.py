"""Web pages: the text of a page's blocks, one line each, rows of tables as `| a | b |`.

The page's furniture is left out: scripts, navigation, headers, footers, forms.  Where
the page marks its main part (main, article), only that is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from duizhao.problems import Position
from duizhao.readers.plain import text_from_plain
from duizhao.readers.refusal import refusal

_DROPPED = "script, style, noscript, template, nav, aside, form, iframe, svg, head"
_AROUND = "header, footer"  # of the page; those of its main part belong to the text
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure"  # noqa: SIM905 -- forty quoted words read worse
    " footer h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section table tbody td tfoot th thead"
    " tr ul".split()
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_SPACES = re.compile(r"[ \t\r\n]+")
_NUMBERED = re.compile(r"[（(]?[0-9０-９一二三四五六七八九十]+[)）.．、]")


def text_from_html(data: bytes, *, name: str) -> str:
    """The text of an HTML page; raises DuizhaoError where its encoding is unknown."""
    tree = LexborHTMLParser(_decoded(data, name))
    main = tree.css_first("main") or tree.css_first("article")
    root = main or tree.body or tree.root
    if root is None:
        return ""
    for node in root.css(_DROPPED if main else f"{_DROPPED}, {_AROUND}"):
        node.decompose()
    lines: list[str] = []
    current: list[str] = []
    for piece in _pieces(root):
        if piece is None:
            _end_line(current, lines)
        else:
            current.append(piece)
    _end_line(current, lines)
    return "\n".join(lines)


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


def _pieces(root: LexborNode) -> Iterator[str | None]:
    """The text of a node and what is below it; None where a line ends."""
    stack: list[LexborNode | None] = [root]
    while stack:
        node = stack.pop()
        if node is None:
            yield None
            continue
        tag = node.tag or ""
        if tag == "-text":
            yield node.text_content or ""
            continue
        if tag == "br":
            yield None
            continue
        if tag == "tr":
            yield None
            yield _row(node)
            yield None
            continue
        block = tag in _BLOCKS
        if block:
            yield None
            stack.append(None)
            if tag == "li" and (number := _list_number(node)):
                yield number
        stack.extend(reversed(list(node.iter(include_text=True))))


def _row(node: LexborNode) -> str:
    """A table's row as one line; a row of one cell is plain text."""
    cells = [
        _tidy(cell.text(separator=" ")).replace("|", "｜")
        for cell in node.iter(include_text=False)
        if cell.tag in ("td", "th")
    ]
    if len(cells) < 2:
        return cells[0] if cells else ""
    return "| " + " | ".join(cells) + " |" if any(cells) else ""


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
