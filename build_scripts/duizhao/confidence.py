"""How sure the two texts of an article are, from its notes and its translation's status.

Nothing is judged here: the Chinese is as sure as the notes on it say, the translation
as its catalog's entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from duizhao.bilingual import STATUSES, Bilingual
from duizhao.edition import Article, Edition, Gap, Paragraph, articles, units_of

#: what makes the Chinese less sure, the worst first: text lost, the number contradicted
#: or supplied, wording doubtful, wording corrected
DOUBTS = ("gap", "number", "supplied", "query", "emendation")
AS_PRINTED = "printed"
_WORST = ("missing", "stale", "fuzzy", "translated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """How sure one article is.

    `doubts` counts the places of each kind of DOUBTS that occurs, none where the Chinese
    stands as printed; `translation` is the worst status of its units, "" where it has no
    words to translate.
    """

    eid: str
    doubts: Mapping[str, int]
    translation: str

    @property
    def keys(self) -> tuple[str, ...]:
        """What is said of it: of the Chinese, then of the translation."""
        chinese = tuple(self.doubts) or (AS_PRINTED,)
        return (*chinese, self.translation) if self.translation else chinese


def confidence_of(article: Article, edition: Edition, pair: Bilingual) -> Confidence:
    """How sure an article and its translation are."""
    notes = set(article.head.notes)
    for unit in units_of(article):
        notes.update(unit.text.notes)
    notes.update(_gaps(article))
    kinds = [edition.note(note).kind for note in notes]
    kinds += [n.kind for n in edition.notes if n.kind == "number" and article.eid in n.targets]
    if article.supplied:
        kinds.append("supplied")
    statuses = {pair.of(unit.eid).status for unit in units_of(article) if str(unit.text)}
    return Confidence(
        eid=article.eid,
        doubts={kind: kinds.count(kind) for kind in DOUBTS if kind in kinds},
        translation=next((status for status in _WORST if status in statuses), ""),
    )


def _gaps(article: Article) -> Iterator[str]:
    """The notes of the lacunae between an article's paragraphs and items."""
    for part in article.body:
        if isinstance(part, Gap):
            yield part.note
        elif isinstance(part, Paragraph):
            yield from (item.note for item in part.items if isinstance(item, Gap))


def confidence_counts(edition: Edition, pair: Bilingual) -> dict[str, int]:
    """How many articles each thing is said of; an article with several doubts counts in each."""
    counts = dict.fromkeys((AS_PRINTED, *DOUBTS, *STATUSES), 0)
    for article in articles(edition.body):
        for key in confidence_of(article, edition, pair).keys:
            counts[key] += 1
    return counts
