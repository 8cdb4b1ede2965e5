"""What a file that is passed on says of itself: what standing its text has, where it comes from.

A line is its Chinese and its English; what is the same in both has no English.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from duizhao.languages.ui import day
from duizhao.parser.edition import Edition, Metadata

Imprint = tuple[tuple[str, str], ...]

_PLACES = ("http://", "https://")


def imprint_of(edition: Edition, *, address: str, witness: str) -> Imprint:
    """The lines of a law; `address` is its page or "", `witness` the SHA-256 of its source."""
    metadata = edition.metadata
    dated = f"{metadata.edition_date} · " if metadata.edition_date else ""
    lines = (
        _force(metadata),
        _lost(sum(note.kind == "gap" for note in edition.notes)),
        (
            "非官方文本，以官方公布的中文为准。",
            "Unofficial; the officially published Chinese prevails.",
        ),
        (address, ""),
        (f"{dated}SHA-256 {witness}", ""),
    )
    return tuple(line for line in lines if line[0])


def _force(metadata: Metadata) -> tuple[str, str]:
    zh, en = repeal(metadata)
    if zh:
        return f"{zh}。", f"{en}."
    since = metadata.effective
    if not since:
        return "", ""
    return f"自{day(since, 'zh')}起施行。", f"In force from {day(since, 'en')}."


def _lost(gaps: int) -> tuple[str, str]:
    if not gaps:
        return "", ""
    places = "1 place, which is" if gaps == 1 else f"{gaps} places, which are"
    return f"底本缺文{gaps}处，均已标明。", f"The source lacks text in {places} marked."


def repeal(metadata: Metadata) -> tuple[str, str]:
    """That a law is repealed, since when if that is known, in Chinese and English; "" if it is not."""
    if metadata.status != "repealed":
        return "", ""
    on = metadata.repealed
    return (
        (f"自{day(on, 'zh')}起废止", f"Repealed on {day(on, 'en')}")
        if on
        else ("已废止", "Repealed")
    )


def repeal_line(metadata: Metadata) -> Iterator[str]:
    """That a law is repealed, to stand before its text as HTML; nothing for one that is not."""
    zh, en = repeal(metadata)
    if zh:
        yield f'<header><p><strong>{zh}</strong> <strong lang="en">{en}</strong></p></header>'


def as_html(imprint: Imprint) -> Iterator[str]:
    """A paragraph a line, on a page in Chinese."""
    for zh, en in imprint:
        words = escape(zh, quote=False)
        if zh.startswith(_PLACES):
            words = f'<a href="{escape(zh)}">{words}</a>'
        yield f'<p>{words} <span lang="en">{escape(en)}</span></p>' if en else f"<p>{words}</p>"


def as_text(imprint: Imprint) -> str:
    """A line of text each: all Chinese first."""
    lines = [*(zh for zh, _ in imprint), *(en for _, en in imprint if en)]
    return "".join(f"{line}\n" for line in lines)
