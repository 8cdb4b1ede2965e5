"""Web archives (.mht, .mhtml): a page that a browser saved as one file (RFC 2557)."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

from duizhao.ground.problems import Position
from duizhao.sources.readers.html import text_from_html
from duizhao.sources.readers.refusal import refusal

_HEAD = 4096
_ARCHIVE = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z-]*:[^\n]*\n|[ \t][^\n]*\n|\r?\n)*")


def is_mhtml(data: bytes) -> bool:
    """Whether bytes begin with the headers of a web archive."""
    header = _HEADER.match(data.lstrip()[:_HEAD])
    return header is not None and _ARCHIVE.search(header[0]) is not None


def text_from_mhtml(data: bytes, *, name: str) -> str:
    """The text of the page that an archive holds; raises DuizhaoError where it holds none."""
    try:
        page = _page(message_from_bytes(data.lstrip()))
    except (MessageError, ValueError, LookupError, RecursionError):
        page = None
    if page is None:
        raise refusal(
            "witness-format",
            Position(file=name),
            "This web archive holds no page.",
            "save the page as .html in a browser",
        )
    return text_from_html(page, name=name)


def _page(archive: Message) -> bytes | None:
    """The first page in an archive, in UTF-8 where the archive says how it is encoded."""
    for part in archive.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                charset = part.get_content_charset()
                return page.decode(charset).encode("utf-8-sig") if charset else page
    return None
