"""Plain text and Markdown: find the encoding, decode strictly, or say why not.

Read are UTF-8 with or without a byte order mark, UTF-16 and UTF-32 with one (UTF-16
also without), GB18030 (hence GB2312 and GBK) and Big5.  Nothing is ever replaced: a
file that is no valid text in any of them is refused.
"""

from __future__ import annotations

import codecs

from duizhao.ground.problems import Position
from duizhao.sources.readers.refusal import refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# Characters that every Chinese text is full of, simplified and traditional.
_FREQUENT = frozenset(
    "的一是在不有和人这中大为上个国以要时用生到作地于出就分对成会可主发年动同工也能下过产种而方后多"
    "定行学法所民得经十三之进等部度家力水化高自二理起小物现实加量都体制机当使点从业本应开合还因由其"
    "外政四日社事平全表与关各重新内数正利或但第条章款项规律例办施职责任务处罚依据县级市区省院检察审"
    "這為個國時對會發動過產種後學經進現實體機當從業應開還關數條項規辦處據縣級區審權務員機構單位設"
    "，。、；：（）《》“”　\n\r ，"
)
_LEAST = 0.3  # share of frequent characters among the non-ASCII ones of a Chinese text
_SAMPLE = 65536


def text_from_plain(data: bytes, *, name: str) -> str:
    """The text in `data`; raises DuizhaoError where it is binary or in no known encoding."""
    text = _marked(data, name) or _utf8(data) or _legacy(data, name)
    if "\x00" in text or _controls(text) > len(text) // 500:
        raise refusal(
            "witness-binary",
            Position(file=name),
            "The file is binary data, not a text.",
            "give a .txt, .md, .html or .docx",
        )
    return text


def _marked(data: bytes, name: str) -> str | None:
    """The text of a file that begins with a byte order mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as reason:
                raise refusal(
                    "witness-encoding",
                    Position(file=name, line=data.count(b"\n", 0, reason.start) + 1),
                    f"The file says it is {encoding}, but byte {reason.start} is not.",
                    "save the file as UTF-8 again",
                ) from reason
    return None


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _legacy(data: bytes, name: str) -> str:
    """The text in the encoding under which it reads as Chinese, refused where none does."""
    best, best_share = "", 0.0
    for encoding in _LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = chinese_share(text)
        if share > best_share:
            best, best_share = text, share
    if best_share >= _LEAST:
        return best
    if _controls(data[:_SAMPLE].decode("latin-1")) > min(len(data), _SAMPLE) // 50:
        raise refusal(
            "witness-binary",
            Position(file=name),
            "The file is binary data, not a text.",
            "give a .txt, .md, .html or .docx",
        )
    raise _unknown(data, name)


def _unknown(data: bytes, name: str) -> Exception:
    """The error for an encoding that is not read: where UTF-8 fails, and what it may be."""
    try:
        data.decode("utf-8")
        at = 0
    except UnicodeDecodeError as reason:
        at = reason.start
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import

    guess = from_bytes(data[:_SAMPLE]).best()
    hint = "convert the file to UTF-8"
    if guess is not None:
        hint += f" (it may be {guess.encoding})"
    return refusal(
        "witness-encoding",
        Position(file=name, line=data.count(b"\n", 0, at) + 1),
        f"Byte {at} is not UTF-8, and the file reads as Chinese in no other encoding known here.",
        hint,
    )


def chinese_share(text: str) -> float:
    """The share of the most frequent characters among the non-ASCII ones of a sample."""
    sample = [c for c in text[:_SAMPLE] if not c.isascii()]
    if not sample:
        return 0.0
    return sum(c in _FREQUENT for c in sample) / len(sample)


def _controls(text: str) -> int:
    """How many control characters stand in a text, white space aside."""
    return sum(text.count(chr(c)) for c in range(32) if chr(c) not in "\t\n\r\f\v")
