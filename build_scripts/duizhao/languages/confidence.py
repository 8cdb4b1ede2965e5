"""How sure the two texts of an article and of its paragraphs are, and of those of a resolution.

From notes and statuses; nothing is judged here: the Chinese is as sure as the notes on it
say, the translation as its catalog's entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from duizhao.languages.bilingual import STATUSES, Bilingual
from duizhao.parser.edition import (
    Article,
    Division,
    Edition,
    Gap,
    Node,
    Paragraph,
    Unit,
    articles,
    item_heads,
    units_of,
)

#: what makes the Chinese less sure, the worst first: text lost, the number contradicted
#: or supplied, wording doubtful, wording corrected
DOUBTS = ("gap", "number", "supplied", "query", "emendation")
AS_PRINTED = "printed"
_WORST = ("missing", "stale", "fuzzy", "translated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """How sure one article, or one paragraph, is.

    `doubts` counts the places of each kind of DOUBTS that occurs, none where the Chinese
    stands as printed; `translation` is the worst status of its units, "" where it has no
    words to translate.
    """

    doubts: Mapping[str, int]
    translation: str

    @property
    def chinese(self) -> tuple[str, ...]:
        """What is said of the Chinese."""
        return tuple(self.doubts) or (AS_PRINTED,)

    @property
    def keys(self) -> tuple[str, ...]:
        """What is said of it: of the Chinese, then of the translation."""
        return (*self.chinese, self.translation) if self.translation else self.chinese


def confidence_of(article: Article, edition: Edition, pair: Bilingual) -> Confidence:
    """How sure an article and its translation are."""
    kinds = _kinds_in(article, edition, {*article.head.notes})
    kinds += [n.kind for n in edition.notes if n.kind == "number" and article.eid in n.targets]
    if article.supplied:
        kinds.append("supplied")
    return _confidence(kinds, units_of(article), pair)


def paragraph_confidence(paragraph: Paragraph, edition: Edition, pair: Bilingual) -> Confidence:
    """How sure a paragraph with its items is; an article's number is no matter of it."""
    kinds = [edition.note(note).kind for note in _notes_in(paragraph)]
    return _confidence(kinds, units_of(paragraph), pair)


def _notes_in(paragraph: Paragraph) -> set[str]:
    """The notes on a paragraph, on its items and their numbers, and between them."""
    notes = {note for unit in units_of(paragraph) for note in unit.text.notes}
    notes.update(note for _, head in item_heads(paragraph.items) for note in head.notes)
    notes.update(item.note for item in paragraph.items if isinstance(item, Gap))
    return notes


def _kinds_in(article: Article, edition: Edition, notes: set[str]) -> list[str]:
    """The kinds of some notes and of all on what stands below an article's number."""
    for part in article.body:
        if isinstance(part, Gap):
            notes.add(part.note)
        elif isinstance(part, Paragraph):
            notes |= _notes_in(part)
    notes.update(note for unit in units_of(article) for note in unit.text.notes)
    return [edition.note(note).kind for note in notes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """Paragraphs of an article that do not all say what their article says, and of what.

    `paragraphs` is empty where the article speaks for all; else each says its own on the
    sides that differ.
    """

    paragraphs: Mapping[str, Confidence]
    chinese: bool
    translation: bool


def differing(article: Article, edition: Edition, pair: Bilingual) -> Differing:
    """Where the paragraphs of an article are not as sure as the article, or as each other."""
    parts = {p.eid: paragraph_confidence(p, edition, pair) for p in paragraphs_in(article)}
    of_text = _of_text(article, edition)
    chinese = len(parts) > 1 and any(part.chinese != of_text for part in parts.values())
    statuses = {part.translation for part in parts.values()} - {""}
    translation = len(parts) > 1 and len(statuses) > 1
    return Differing(
        paragraphs=parts if chinese or translation else {},
        chinese=chinese,
        translation=translation,
    )


def paragraphs_in(article: Article) -> Sequence[Paragraph]:
    """The paragraphs of an article."""
    return [part for part in article.body if isinstance(part, Paragraph)]


def paragraphs_alone(body: Iterable[Node]) -> Iterator[Paragraph]:
    """The paragraphs that are in no article: of a resolution, or of a chapter without articles."""
    for node in body:
        if isinstance(node, Paragraph):
            yield node
        elif isinstance(node, Division):
            yield from paragraphs_alone(node.body)


def _of_text(article: Article, edition: Edition) -> tuple[str, ...]:
    """What an article says of its wording: what it says of its number left out."""
    kinds = _kinds_in(article, edition, set())
    return tuple(kind for kind in DOUBTS if kind in kinds) or (AS_PRINTED,)


def _confidence(kinds: Sequence[str], units: Iterable[Unit], pair: Bilingual) -> Confidence:
    statuses = {pair.of(unit.eid).status for unit in units if str(unit.text)}
    return Confidence(
        doubts={kind: kinds.count(kind) for kind in DOUBTS if kind in kinds},
        translation=next((status for status in _WORST if status in statuses), ""),
    )


def confidence_counts(edition: Edition, pair: Bilingual) -> dict[str, int]:
    """How many articles each thing is said of; an article with several doubts counts in each."""
    counts = dict.fromkeys((AS_PRINTED, *DOUBTS, *STATUSES), 0)
    for article in articles(edition.body):
        for key in confidence_of(article, edition, pair).keys:
            counts[key] += 1
    return counts


def paragraph_counts(edition: Edition, pair: Bilingual) -> dict[str, int]:
    """How many paragraphs each thing is said of, by themselves or by their article."""
    counts = dict.fromkeys((AS_PRINTED, *DOUBTS, *STATUSES), 0)
    for article in articles(edition.body):
        differs, of_text = differing(article, edition, pair), _of_text(article, edition)
        for paragraph in paragraphs_in(article):
            own = paragraph_confidence(paragraph, edition, pair)
            for key in own.chinese if differs.chinese else of_text:
                counts[key] += 1
            if own.translation:
                counts[own.translation] += 1
    for paragraph in paragraphs_alone(edition.body):
        for key in paragraph_confidence(paragraph, edition, pair).keys:
            counts[key] += 1
    return counts
