"""What a PDF must say, told from the edition alone and not from what was typeset.

One `Expected` a block, in reading order: a unit in one language, an article's
number, an item's number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from duizhao.languages.bilingual import Bilingual
from duizhao.languages.citation import item_number
from duizhao.parser.edition import (
    Annex,
    Article,
    Division,
    Gap,
    Item,
    Node,
    Note,
    Paragraph,
    Table,
    Unit,
)
from duizhao.writers.typeset.data import given_title
from duizhao.writers.typeset.options import columns
from duizhao.writers.typeset.words import (
    GAP,
    NOTE_LABELS,
    UNTRANSLATED,
    Words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A block that must be there: `labels` are the numbers set beside its text."""

    eid: str
    language: str
    text: str
    labels: tuple[str, ...] = ()


class Expectation:
    """Tells what a document holds; `notes` fills with the footnotes it needs, in order."""

    def __init__(self, bilingual: Bilingual, form: str, words: Words | None = None) -> None:
        self.words = words or Words(language=bilingual.language)
        self.bilingual = bilingual
        self.languages = columns(form)
        self.notes: list[Note] = []
        self._shown = {n.id: n for n in bilingual.edition.notes if n.kind in NOTE_LABELS}

    def nodes(self, nodes: Iterable[Node]) -> Iterator[Expected]:
        """Every block of a body."""
        for node in nodes:
            match node:
                case Division():
                    yield from self.heading(node.heading)
                    yield from self.nodes(node.body)
                case Article():
                    yield from self._article(node)
                case Paragraph():
                    yield from self._paragraph(node)
                case Item():
                    yield from self._item(node)
                case Gap():
                    yield from self._gap(node)
                case Table():
                    yield from self._table(node)

    def annex(self, annex: Annex) -> Iterator[Expected]:
        """Every block of an annex."""
        yield from self.heading(annex.heading)
        for block in annex.blocks:
            yield from self.unit(block) if isinstance(block, Unit) else self._table(block)

    def unit(self, unit: Unit) -> Iterator[Expected]:
        """A unit that stands alone."""
        for language in self.languages:
            text, marks = self._say(unit, language)
            yield Expected(eid=unit.eid, language=language, text=text, labels=marks)

    def heading(self, unit: Unit) -> Iterator[Expected]:
        """A heading; the numbers of its notes stand beside it, for it is a name in the outline."""
        for block in self.unit(unit):
            yield replace(block, labels=())
            yield replace(block, text="", labels=block.labels)

    def title(self) -> Iterator[Expected]:
        """The law's title; where the text has none, the one that the editors give."""
        if title := self.bilingual.edition.title:
            yield from self.heading(title)
            return
        given = dict(zip(("zh", "en"), given_title(self.bilingual), strict=True))
        for language in self.languages:
            yield Expected(eid="title", language=language, text=given[language])

    def _mark(self, note_id: str) -> tuple[str, ...]:
        note = self._shown.get(note_id)
        if note is None:
            return ()
        if note not in self.notes:
            self.notes.append(note)
        return (str(self.notes.index(note) + 1),)

    def _say(
        self, unit: Unit, language: str, *, beside: bool = True
    ) -> tuple[str, tuple[str, ...]]:
        """The text of a unit in a language and the numbers of its notes.

        What has no translation is in Chinese, if that does not stand `beside` it.
        """
        pieces = unit.text.pieces
        if language == "zh":
            text = "".join(GAP[0] if p.mark == "gap" else p.text for p in pieces)
            noted = [note for note, _ in groupby(p.note for p in pieces)]
            return text, tuple(m for note in noted for m in self._mark(note))
        chinese = str(unit.text)
        translation = self.bilingual.of(unit.eid)
        text = translation.text
        if chinese and translation.status != "translated":
            text = self.words.other(UNTRANSLATED[translation.status])
            if not beside or len(self.languages) == 1:
                text = f"{chinese} {text}"
        if pieces and pieces[0].mark == "gap":
            text = f"{self.words.other(GAP)} {text}"
        if len(pieces) > 1 and pieces[-1].mark == "gap":
            text = f"{text} {self.words.other(GAP)}"
        return text.strip(), tuple(m for note in unit.text.notes for m in self._mark(note))

    def _article(self, article: Article) -> Iterator[Expected]:
        names = dict(zip(("zh", "en"), self.words.article(article), strict=True))
        about = [
            note.id
            for note in self._shown.values()
            if note.kind == "number" and article.eid in note.targets
        ]
        heads: list[tuple[Expected, tuple[str, ...]]] = []
        for language in self.languages:
            text = names[language]
            marks = tuple(m for note in (*about, *article.head.notes) for m in self._mark(note))
            if article.title:
                title, more = self._say(article.title, language)
                text = f"{text}{'' if language == 'zh' else ' '}{title}"
                marks += more
            heads.append((Expected(eid=article.eid, language=language, text=text), marks))
        blocks = list(self._parts(article))
        begins = article.body and not isinstance(article.body[0], Table)
        first = blocks[: len(self.languages)] if begins else []
        for n, (head, marks) in enumerate(heads):
            yield head
            if first:
                numbers = first[n].labels
                at = int(
                    n == 0 and self._numbered(article) and isinstance(article.body[0], Paragraph)
                )
                yield replace(first[n], labels=(*numbers[:at], *marks, *numbers[at:]))
            elif marks:
                yield Expected(eid=article.eid, language=head.language, text="", labels=marks)
        yield from blocks[len(first) :]

    @staticmethod
    def _numbered(article: Article) -> bool:
        """Whether the article's paragraphs bear numbers in the margin."""
        return sum(isinstance(node, Paragraph) for node in article.body) > 1

    def _parts(self, article: Article) -> Iterator[Expected]:
        for node in article.body:
            if isinstance(node, Paragraph):
                ordinal = "?" if node.ordinal is None else str(node.ordinal)
                yield from self._paragraph(node, ordinal if self._numbered(article) else "")
            else:
                yield from self.nodes((node,))

    def _paragraph(self, paragraph: Paragraph, ordinal: str = "") -> Iterator[Expected]:
        for n, block in enumerate(self.unit(paragraph.lead)):
            number = (ordinal,) if ordinal and n == 0 else ()
            yield replace(block, eid=paragraph.eid, labels=number + block.labels)
        yield from self.nodes(paragraph.items)
        for unit in paragraph.tail:
            yield from self.unit(unit)

    def _item(self, item: Item) -> Iterator[Expected]:
        labels = {"zh": item.number, "en": item_number(item.number, item.eid)}
        for block in self.unit(item.unit):
            yield Expected(eid=item.eid, language=block.language, text=labels[block.language])
            noted = tuple(m for note in item.head.notes for m in self._mark(note))
            marks = block.labels + (noted if block.text else ())
            yield Expected(eid=item.eid, language=block.language, text=block.text, labels=marks)
        for sub in item.subitems:
            yield from self._item(sub)

    def _gap(self, gap: Gap) -> Iterator[Expected]:
        note = self._shown[gap.note]
        what = self.bilingual.of(f"{note.eid}__what").text or note.what
        for language in self.languages:
            other = f"{self.words.other(GAP)} {what}".strip()
            text = GAP[0] + note.what if language == "zh" else other
            yield Expected(eid=gap.eid, language=language, text=text, labels=self._mark(note.id))

    def _table(self, table: Table) -> Iterator[Expected]:
        for language in self.languages:
            statuses = {self.bilingual.of(u.eid).status for line in table.rows for u in line}
            if language != self.languages[0] and "translated" not in statuses:
                continue  # the Chinese was all
            for line in table.rows:
                for unit in line:
                    text, marks = self._say(unit, language, beside=False)
                    yield Expected(eid=unit.eid, language=language, text=text, labels=marks)
