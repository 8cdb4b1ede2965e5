"""Read back: proof that a PDF says what the edition says, unit by unit.

Guarantees, where `read_back` yields nothing:

1. The PDF's blocks, in their logical order, are the edition's: every unit in every
   language of the form, every number, nothing else before the colophon.
2. Every block is marked with its language, and Chinese inside English as Chinese.
3. Every note has its footnote, in full, in every language of the form, and every
   place that it is about bears its number.
4. Every identifier is a named destination.

The text compared is the characters of each glyph by the font's own table.  A run of
white space (a tab, a line's end) counts as one space, none at a unit's ends; the marks
that turn the direction of writing, which Typst sets round Chinese in a line from right to
left, count as nothing; of what is written from right to left the order of the characters
is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from duizhao.ground.problems import Position, Problem, error, phrase
from duizhao.ground.text import HAN
from duizhao.languages.bilingual import Bilingual
from duizhao.languages.leaves import Leaf, leaves
from duizhao.parser.edition import Edition, Note, divisions, units
from duizhao.writers.typeset.data import note_text, subtags
from duizhao.writers.typeset.expected import Expectation, Expected
from duizhao.writers.typeset.law_data import has_head
from duizhao.writers.typeset.words import Words, note_label

if TYPE_CHECKING:
    from duizhao.writers.typeset.pdf_text import Block, Contents

_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SHORT = 12  # characters: a text as short may well stand twice
_LATIN = re.compile("[A-Za-z]{2}")
_FAULT = "this is a fault of the typesetting; nothing is published"
#: Blocks of Unicode whose letters are written from right to left (bidirectional R and AL).
_FROM_THE_RIGHT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def read_back(
    pdf: bytes, bilingual: Bilingual, leaf: Leaf, form: str, words: Words | None = None
) -> Iterator[Problem]:
    """Where the PDF of a chapter departs from the edition; nothing, if it does not."""
    edition, expectation = bilingual.edition, Expectation(bilingual, form, words)
    expected = _begun(expectation, edition)
    for division in leaf.above:
        expected.extend(expectation.heading(division.heading))
    if leaf.division:
        expected.extend(expectation.nodes((leaf.division,)))
    else:
        expected.extend(expectation.nodes(leaf.body))
    for unit in leaf.closing:
        expected.extend(expectation.unit(unit))
    for annex in leaf.annexes:
        expected.extend(expectation.annex(annex))
    name = f"{edition.law_id}/{leaf.slug}.pdf"
    eids = set(leaf.eids) | {a for a, target in edition.aliases if target in leaf.eids}
    yield from compare(_contents(pdf), expected, expectation, eids=eids, name=name)


def _begun(expectation: Expectation, edition: Edition) -> list[Expected]:
    """What every print of a law begins with: its title and the adoption note."""
    notes = (each for unit in edition.adoption_note for each in expectation.unit(unit))
    return [*expectation.title(), *notes]


def read_back_law(
    pdf: bytes, bilingual: Bilingual, form: str, words: Words | None = None
) -> Iterator[Problem]:
    """Where the PDF of a whole law departs from the edition; nothing, if it does not."""
    edition, expectation = bilingual.edition, Expectation(bilingual, form, words)
    expected = _begun(expectation, edition)
    for announcement in edition.announcements:
        head = has_head(announcement)
        for n, unit in enumerate(announcement):
            expected.extend((expectation.heading if head and n == 0 else expectation.unit)(unit))
    if edition.contents and edition.contents_heading:
        expected.extend(expectation.heading(edition.contents_heading))
    contents = _contents(pdf)
    pages = contents.destinations
    for entry in edition.contents:
        *others, last = expectation.unit(entry.unit)
        page = str(pages[entry.target] + 1) if entry.target in pages else "—"
        expected += [*others, replace(last, labels=(*last.labels, page))]
    for unit in edition.preamble:
        is_head = unit.role == "heading"
        expected.extend((expectation.heading if is_head else expectation.unit)(unit))
    expected.extend(expectation.nodes(edition.body))
    for unit in edition.closing:
        expected.extend(expectation.unit(unit))
    for annex in edition.annexes:
        expected.extend(expectation.annex(annex))
    eids = {eid for leaf in leaves(edition) for eid in leaf.eids}
    eids |= {division.eid for division in divisions(edition.body)}
    eids |= {alias for alias, target in edition.aliases if target in eids}
    eids |= {unit.eid for unit in units(edition)}
    yield from compare(contents, expected, expectation, eids=eids, name=f"{edition.law_id}.pdf")
    said = {tidy(block.text) for block in contents.blocks}
    for note in edition.notes:
        for language, text in _whole_note(note, expectation).items():
            if language in expectation.languages and tidy(text) not in said:
                yield error(
                    "print-note",
                    Position(file=f"{edition.law_id}.pdf", text=text, path=(note.eid,)),
                    f"The note `{note.id}` is not in the PDF in full.",
                    _FAULT,
                )


def _contents(pdf: bytes) -> Contents:
    from duizhao.writers.typeset.pdf_text import contents_from_pdf  # noqa: PLC0415 - slow to import

    return contents_from_pdf(pdf)


def compare(
    contents: Contents,
    expected: list[Expected],
    expectation: Expectation,
    *,
    eids: set[str],
    name: str,
) -> Iterator[Problem]:
    """Where a PDF departs from what is expected of it."""
    law = [block for block in contents.blocks if not block.note]
    notes = [block for block in contents.blocks if block.note and block.kind != "Lbl"]
    expected = [e for e in expected if e.text or e.labels]
    yield from _compare_texts(
        law[: len(expected)], expected, subtags(expectation.bilingual.language)[0] or "", name
    )
    said = {tidy(e.text) for e in expected if len(e.text) > _SHORT}
    for block in law[len(expected) :]:
        if tidy(block.text) in said:
            yield _departure(tidy(block.text), None, name)
    yield from _compare_notes(notes, expectation, name)
    missing = sorted(eids - contents.destinations.keys())
    for eid in missing:
        yield error(
            "print-destination",
            Position(file=name, path=(eid,)),
            f"`{eid}` is no destination of the PDF.",
            _FAULT,
        )


def tidy(text: str) -> str:
    """A text as it is compared: a run of white space is one space, none at the ends.

    A PDF holds what is written from right to left line by line as it is seen, in another
    order than it is read: of such a text the characters are compared, in their own order.
    """
    text = _DIRECTION.sub("", text)
    if _FROM_THE_RIGHT.search(text):
        return "".join(sorted("".join(text.split())))
    return " ".join(text.split())


def _compare_texts(
    found: list[Block], expected: list[Expected], language: str, name: str
) -> Iterator[Problem]:
    there = [tidy(block.text) for block in found]
    wanted = [tidy(e.text) for e in expected]
    matches: list[tuple[str, int, int, int, int]] = [("equal", 0, len(there), 0, len(wanted))]
    if there != wanted:
        matches = list(SequenceMatcher(None, there, wanted, autojunk=False).get_opcodes())
    for kind, a, b, c, d in matches:
        if kind == "equal":
            for block, unit in zip(found[a:b], expected[c:d], strict=True):
                yield from _compare_block(block, unit, language, name)
            continue
        for n in range(max(b - a, d - c)):
            text = there[a + n] if a + n < b else ""
            unit_there = expected[c + n] if c + n < d else None
            yield _departure(text, unit_there, name)


def _departure(there: str, unit: Expected | None, name: str) -> Problem:
    if unit is None:
        return error(
            "print-text",
            Position(file=name, text=there),
            "The PDF has a text that the edition has not, or not here.",
            _FAULT,
        )
    wanted = tidy(unit.text)
    at = next((n for n, (x, y) in enumerate(zip(there, wanted, strict=False)) if x != y), None)
    at = min(len(there), len(wanted)) if at is None else at
    return error(
        "print-text",
        Position(file=name, column=at + 1, text=wanted, path=(unit.eid, unit.language)),
        f"The PDF has not the text of `{unit.eid}` ({unit.language}):"
        f" from character {at + 1} it has “{there[at : at + 12]}”.",
        _FAULT,
    )


def _compare_block(block: Block, unit: Expected, language: str, name: str) -> Iterator[Problem]:
    place = Position(file=name, text=block.text, path=(unit.eid, unit.language))
    # A line's end cuts a run of one language into parts: they are judged together.
    for tag, parts in groupby(block.parts, key=itemgetter(0)):
        text = "".join(part for _, part in parts)
        wrong = HAN.search(text) and not tag.startswith("zh")
        if not wrong and unit.language != "zh":
            wrong = _LATIN.search(text) and not HAN.search(text) and not tag.startswith(language)
        if not wrong and unit.language == "zh":
            wrong = not tag.startswith("zh")
        if wrong:
            yield error(
                "print-language",
                place,
                f"“{text[:20]}” in `{unit.eid}` is marked as {tag}.",
                _FAULT,
            )
    if tuple(block.labels) != unit.labels:
        yield error(
            "print-mark",
            place,
            f"`{unit.eid}` bears {', '.join(block.labels) or 'no number'}"
            f" and must bear {', '.join(unit.labels) or phrase('none')}.",
            _FAULT,
        )


def _whole_note(note: Note, expectation: Expectation) -> dict[str, str]:
    label = note_label(note, expectation.words)
    words = note_text(expectation.bilingual, note, expectation.words)
    return {"zh": f"{label[0]}：{words[0]}", "en": f"{label[1]}: {words[1]}"}


def _compare_notes(notes: list[Block], expectation: Expectation, name: str) -> Iterator[Problem]:
    wanted = []
    for note in expectation.notes:
        whole = _whole_note(note, expectation)
        wanted += [(note, tidy(whole[language])) for language in expectation.languages]
    there = [tidy(block.text) for block in notes]
    for note, text in wanted:
        if text not in there:
            yield error(
                "print-note",
                Position(file=name, text=text, path=(note.eid,)),
                f"The note `{note.id}` is not in the PDF in full.",
                _FAULT,
            )
    for text in sorted(set(there) - {text for _, text in wanted}):
        yield error(
            "print-note",
            Position(file=name, text=text),
            "The PDF has a note that is not known.",
            _FAULT,
        )
