"""What a file that is passed on says of itself: what standing its text has, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from duizhao.languages.ui import day
from duizhao.parser.edition import Edition, Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What stands in each file of a law.

    `standing` are sentences, each in Chinese and English; `address` is the law's page, or "";
    `source` the day of the edition and the SHA-256 of its source, the same in both languages.
    """

    standing: tuple[tuple[str, str], ...]
    address: str
    source: str

    @property
    def chinese(self) -> tuple[str, ...]:
        """Its sentences in Chinese."""
        return tuple(zh for zh, _ in self.standing)

    @property
    def english(self) -> tuple[str, ...]:
        """The same in English."""
        return tuple(en for _, en in self.standing)

    @property
    def origin(self) -> tuple[str, ...]:
        """Where it is published, if that is known, and of what it was made."""
        return (self.address, self.source) if self.address else (self.source,)


def imprint_of(edition: Edition, *, address: str, witness: str) -> Imprint:
    """The imprint of a law; `witness` is the SHA-256 of its source."""
    metadata = edition.metadata
    sentences = (
        _force(metadata),
        _lost(sum(note.kind == "gap" for note in edition.notes)),
        (
            "非官方文本，以官方公布的中文为准。",
            "Unofficial; the officially published Chinese prevails.",
        ),
    )
    dated = f"{metadata.edition_date} · " if metadata.edition_date else ""
    return Imprint(
        standing=tuple(sentence for sentence in sentences if sentence[0]),
        address=address,
        source=f"{dated}SHA-256 {witness}",
    )


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
    """A paragraph a sentence, on a page in Chinese."""
    for zh, en in imprint.standing:
        yield f'<p>{zh} <span lang="en">{en}</span></p>'
    if imprint.address:
        address = escape(imprint.address)
        yield f'<p><a href="{address}">{address}</a></p>'
    yield f"<p>{escape(imprint.source)}</p>"


def as_text(imprint: Imprint) -> str:
    """A line a sentence: Chinese, English, then what is the same in both."""
    lines = (*imprint.chinese, *imprint.english, *imprint.origin)
    return "".join(f"{line}\n" for line in lines)
