"""Editions made at random: every structure, every mark, odd characters."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import strategies as st

from duizhao.ground.numerals import chinese
from duizhao.ground.text import Piece, Text
from duizhao.languages.bilingual import STATUSES, Bilingual, Translation, sources
from duizhao.parser.edition import (
    Annex,
    Article,
    ContentsEntry,
    Division,
    Edition,
    Event,
    Gap,
    Item,
    Metadata,
    Note,
    Paragraph,
    Table,
    Unit,
)
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.site.pipeline import Site
from duizhao.sources.witness import witness_from_file

# Control characters, line ends, astral ones, markup: whatever a source may hold.
CHARACTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(
    "公园管理第一条，。《》<>&\"'\t\n\r\x00\x0b\ufffe\u200b\ufeff\U00020000]]>"
)
WORDS = st.text(CHARACTERS, max_size=12)
PLAIN = st.text("公园管理办法，。第前款条<&", min_size=1, max_size=12)
NOTE_KINDS = ("emendation", "query", "gap", "number", "join")
NOTES = ("n1", "n2", "n3")


@st.composite
def texts(draw: st.DrawFn, words: st.SearchStrategy[str] = WORDS) -> Text:
    """A text of plain and marked pieces."""
    pieces = []
    for _ in range(draw(st.integers(0, 3))):
        mark = draw(st.sampled_from(("", "", "emendation", "query", "gap")))
        text = "" if mark == "gap" else draw(words)
        original = draw(words) if mark == "emendation" else text
        note = draw(st.sampled_from(NOTES)) if mark else ""
        line, column = draw(st.integers(1, 99)), draw(st.integers(0, 9))
        pieces.append(
            Piece(text=text, original=original, line=line, column=column, note=note, mark=mark)
        )
    return Text(tuple(pieces))


def unit(eid: str, role: str) -> st.SearchStrategy[Unit]:
    return texts().map(lambda text: Unit(eid=eid, role=role, text=text))


@st.composite
def units(draw: st.DrawFn, base: str, role: str, most: int = 2) -> tuple[Unit, ...]:
    count = draw(st.integers(0, most))
    return tuple(draw(unit(f"{base}_{n}", role)) for n in range(1, count + 1))


@st.composite
def items(draw: st.DrawFn, base: str, *, sub: bool = False) -> tuple[Item, ...]:
    kind, role = ("indent", "subitem") if sub else ("point", "item")
    made = []
    for number in range(1, draw(st.integers(0, 2)) + 1):
        eid = f"{base}__{kind}_{number}"
        printed = f"{number}．" if sub else f"（{chinese(number)}）"
        made.append(
            Item(
                eid=eid,
                number=printed,
                unit=draw(unit(eid, role)),
                subitems=() if sub else draw(items(eid, sub=True)),
                head=draw(heads(printed)),
            )
        )
    return tuple(made)


@st.composite
def heads(draw: st.DrawFn, number: str) -> Text:
    """The words of a number in the witness; corrected, or with white space after them."""
    kind = draw(st.sampled_from(("", "plain", "emended")))
    if not kind:
        return Text()
    space = Piece(text="　", original="　", line=3, column=4)
    if kind == "plain":
        return Text((Piece(text=number, original=number, line=3, column=0), space))
    wrong = Piece(text=number, original="笫", line=3, column=0, note="n1", mark="emendation")
    return Text((wrong, space))


@st.composite
def paragraphs(draw: st.DrawFn, eid: str, ordinal: int | None) -> Paragraph:
    points = draw(items(eid))
    gap = (Gap(eid=f"{eid}__gap_1", note="n3"),) if draw(st.booleans()) else ()
    return Paragraph(
        eid=eid,
        ordinal=ordinal,
        lead=draw(unit(eid, "paragraph")),
        items=(*points, *gap),
        tail=draw(units(f"{eid}__tail", "tail")),
    )


@st.composite
def tables(draw: st.DrawFn, eid: str) -> Table:
    rows = tuple(
        tuple(draw(unit(f"{eid}__row_{r}__cell_{c}", "cell")) for c in (1, 2))
        for r in range(1, draw(st.integers(1, 2)) + 1)
    )
    return Table(eid=eid, rows=rows)


@st.composite
def articles(draw: st.DrawFn, number: int) -> Article:
    supplied = draw(st.booleans())
    eid, printed = f"art_{number}", f"第{chinese(number)}条"
    count = draw(st.integers(0, 2))
    body: list[Paragraph | Gap | Table] = [
        draw(paragraphs(f"{eid}__para_{n}", n)) for n in range(1, count + 1)
    ]
    if draw(st.booleans()):
        body.append(Gap(eid=f"gap_{number}", note="n3", missing=("art_90", "art_91")))
        body.append(draw(paragraphs(f"{eid}__para_u1", None)))
    if draw(st.booleans()):
        body.append(draw(tables(f"{eid}__table_1")))
    return Article(
        eid=eid,
        number=printed,
        body=tuple(body),
        title=draw(st.none() | unit(f"{eid}__title", "article_title")),
        head=draw(heads(printed)),
        supplied=supplied,
    )


@st.composite
def divisions(draw: st.DrawFn, level: str, kind: str, ordinal: int, first: int) -> Division:
    number = draw(st.sampled_from((f"第{chinese(ordinal)}章", "")))
    title = draw(st.text("总则 附", max_size=4)).strip()
    words = number + draw(st.sampled_from(("", " ", "　"))) + title
    eid = f"{kind}_{ordinal}"
    text = Text((Piece(text=words, original=words, line=7, column=2),)) if words else Text()
    return Division(
        eid=eid,
        level=level,
        ordinal=str(ordinal),
        number=number,
        heading=Unit(eid=f"{eid}__heading", role="heading", text=text),
        title=title,
        body=tuple(draw(articles(first + n)) for n in range(draw(st.integers(0, 2)))),
        supplied=draw(st.booleans()),
    )


RANGES = st.lists(st.tuples(st.integers(1, 9), st.integers(9, 99)), max_size=2).map(tuple)


def notes(note_id: str) -> st.SearchStrategy[Note]:
    return st.builds(
        Note,
        id=st.just(note_id),
        kind=st.sampled_from(NOTE_KINDS),
        zh=WORDS,
        what=WORDS,
        quote=WORDS,
        reading=WORDS,
        certainty=st.sampled_from(("", "certain")),
        lines=RANGES,
        others=RANGES,
        count=st.integers(0, 9),
        targets=st.just(()) | st.just(("art_1", "art_2")),
    )


# The first of all days stands in Akoma Ntoso for a date that is not known.
DATES = st.just("") | st.dates(min_value=date(1, 1, 2)).map(lambda d: d.isoformat())
SAFE = st.text("公园管理条例 <&\"'1\x01\ufffe", max_size=8)
EVENTS = st.builds(
    Event, kind=st.sampled_from(("adopted", "amended", "event")), date=DATES, organ=SAFE, text=SAFE
)
METADATA = st.builds(
    Metadata,
    title=SAFE,
    short_title=SAFE,
    kind=st.sampled_from(("", "law", "local-regulation", "rule", "other")),
    organ=SAFE,
    region=st.sampled_from(("", "cn-xz")),
    adopted=DATES,
    promulgated=DATES,
    effective=DATES,
    effective_rule=st.sampled_from(("", "on promulgation")),
    document_number=SAFE,
    status=st.sampled_from(("", "in force")),
    edition_date=DATES,
    source=SAFE,
    events=st.lists(EVENTS, max_size=2).map(tuple),
)


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """One law."""
    chapters = [draw(divisions("chapter", "chp", n, n * 10)) for n in (1, 2)]
    body: list[Division | Article | Paragraph] = [draw(articles(1)), *chapters]
    if draw(st.booleans()):
        part = draw(divisions("part", "part", 1, 50))
        inner = replace(chapters[0], eid="part_1__chp_1", body=())
        inner = replace(inner, heading=replace(inner.heading, eid="part_1__chp_1__heading"))
        body.append(replace(part, body=(inner, *part.body)))
    annex = Annex(
        eid="annex_1",
        heading=draw(unit("annex_1__heading", "heading")),
        blocks=(*draw(units("annex_1__para", "annex")), draw(tables("annex_1__table_1"))),
    )
    entry = ContentsEntry(
        unit=draw(unit("toc__chp_1", "contents")), level="chapter", target="chp_1"
    )
    return Edition(
        law_id="made",
        metadata=draw(METADATA),
        title=draw(st.none() | unit("title", "title")),
        adoption_note=draw(units("note", "adoption_note")),
        announcements=tuple(
            found for n in (1, 2) if (found := draw(units(f"ann_{n}__para", "announcement")))
        ),
        preamble=(
            *draw(st.just(()) | st.tuples(unit("preamble__heading", "heading"))),
            *draw(units("preamble__para", "preamble")),
        ),
        contents_heading=draw(st.none() | unit("toc", "contents")),
        contents=draw(st.sampled_from([(), (entry,)])),
        body=tuple(body),
        annexes=draw(st.sampled_from([(), (annex,)])),
        closing=draw(units("closing", "closing")),
        notes=tuple(draw(notes(n)) for n in NOTES),
        aliases=draw(st.sampled_from([(), (("art_8", "art_1"),)])),
    )


@st.composite
def pairs(draw: st.DrawFn) -> Bilingual:
    """An edition with a translation in which every status occurs."""
    edition = draw(editions())
    made = {}
    for eid, _ in sources(edition):
        status = draw(st.sampled_from(STATUSES))
        words = draw(WORDS) or "x"
        made[eid] = Translation(text=words if status == "translated" else "", status=status)
    return Bilingual(edition=edition, language="en", translations=made)


def published(*sites: Site) -> Iterator[Bilingual]:
    """The English of every law of the sites."""
    for site in sites:
        for law in site.laws:
            yield law.bilingual["en"]


def untranslated(edition: Edition) -> Bilingual:
    """An edition of which nothing is translated yet."""
    return Bilingual(edition=edition, language="en", translations={})


def corpora_editions(root: Path, count: int = 50) -> Iterator[Edition]:
    """Laws of the collection that lies beside the project, or that DUIZHAO_CORPORA names."""
    folder = Path(os.environ.get("DUIZHAO_CORPORA") or root.parent / "shared/corpora")
    if not (folder / "regulations").is_dir():
        pytest.skip("there is no collection of laws beside the project: set DUIZHAO_CORPORA")
    files = sorted(p for p in folder.glob("[rd]*/*") if p.suffix in (".txt", ".docx"))
    assert files, f"{folder} holds no law"
    for path in random.Random(8).sample(files, min(count, len(files))):  # noqa: S311
        reading = reading_from_witness(witness_from_file(path))
        yield from editions_from_reading(reading, law_id="law").editions
