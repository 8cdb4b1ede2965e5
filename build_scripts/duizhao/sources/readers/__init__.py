"""Readers: from the bytes of a file to the lines of a witness.

One module a format; `text_from_bytes` chooses by what the bytes are, then by the
file's name.  A reader gives the text as it stands and never mends it: one line for
each line of a text, each paragraph or table row of a .docx or an .html.
"""

from __future__ import annotations

from duizhao.ground.input_file import LARGEST
from duizhao.ground.patterns import SPACE
from duizhao.ground.problems import DuizhaoError, Position, phrase
from duizhao.sources.readers.html import text_from_html
from duizhao.sources.readers.mhtml import is_mhtml, text_from_mhtml
from duizhao.sources.readers.plain import text_from_plain
from duizhao.sources.readers.refusal import refusal

_HTML = (".html", ".htm", ".xhtml")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"%PDF-", phrase("a PDF"), phrase("save its text as .txt or .docx first")),
    (b"{\\rtf", phrase("RTF"), phrase("save it as .docx in a word processor")),
    (b"\x1f\x8b", phrase("a gzip archive"), phrase("unpack it")),
    (b"7z\xbc\xaf", phrase("a 7-Zip archive"), phrase("unpack it")),
    (b"Rar!", phrase("a RAR archive"), phrase("unpack it")),
    (b"\x89PNG", phrase("a picture"), phrase("give the recognised text")),
    (b"\xff\xd8\xff", phrase("a picture"), phrase("give the recognised text")),
)


def text_from_bytes(data: bytes, *, name: str) -> str:
    """The text of a file's bytes, one line a paragraph.

    Raises DuizhaoError with one problem where the bytes are empty, too many, of no
    format that is read here, in no known encoding, or broken.
    """
    place = Position(file=name)
    if not data.strip():
        raise refusal("witness-empty", place, "The file is empty.", "give a file with text")
    if len(data) > LARGEST:
        raise too_large(len(data), name=name)
    for magic, what, hint in _FOREIGN:
        if data.startswith(magic):
            raise refusal("witness-format", place, f"This is {what}, not a text.", hint)
    if data.startswith(_OLE):
        raise _ole(data, place)
    if data.startswith(b"PK\x03\x04") or name.lower().endswith(".docx"):
        from duizhao.sources.readers.docx import text_from_docx  # noqa: PLC0415 - slow to import

        text = text_from_docx(data, name=name)
    elif is_mhtml(data):
        text = text_from_mhtml(data, name=name)
    elif name.lower().endswith(_HTML) or data[:512].lstrip().lower().startswith(_OPENINGS):
        text = text_from_html(data, name=name)
    else:
        text = text_from_plain(data, name=name)
    if not text.strip(SPACE):
        raise refusal("witness-empty", place, "The file holds no text.", "give a file with text")
    return text


_OPENINGS = (b"<!doctype html", b"<html", b"\xef\xbb\xbf<!doctype html", b"\xef\xbb\xbf<html")


def too_large(size: int, *, name: str) -> DuizhaoError:
    """The error for a file of `size` bytes, more than any law has."""
    return refusal(
        "witness-too-large",
        Position(file=name),
        f"The file has {size / 1048576:.0f} MB; at most {LARGEST // 1048576} MB are read.",
        "split it into one file a law",
    )


def _ole(data: bytes, place: Position) -> DuizhaoError:
    """The error for an OLE container: an encrypted .docx, or an old .doc."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return refusal(
            "docx-encrypted",
            place,
            "The document is protected by a password.",
            "save it without the password",
        )
    return refusal(
        "witness-format",
        place,
        "This is a document in the old binary .doc format.",
        "save it as .docx in a word processor",
    )
