"""Rows: what stands on the pages in order, each row a provision in both languages.

A row is plain data for the template::

    kind     heading, paragraph, item, gap, table or block
    eids     identifiers whose destination is the row
    article  {"eid", "zh", "en"} on the first row of an article
    label    {"zh": runs, "en": runs}: number of an article or item
    ordinal  the derived number of a paragraph (款), for the margin
    zh, en   runs; of a table {"zh": rows of cells, "en": …}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from duizhao.languages.bilingual import Bilingual
from duizhao.languages.citation import item_number
from duizhao.languages.pinyin import Readings
from duizhao.parser.edition import Article, Division, Gap, Item, Node, Paragraph, Table, Unit
from duizhao.writers.typeset.runs import (
    Marks,
    Run,
    run,
    runs_by_script,
    runs_from_text,
    runs_from_translation,
    with_pinyin,
)
from duizhao.writers.typeset.words import GAP, Words

Row: TypeAlias = dict[str, Any]

_SHORT_LEAD = 160  # characters


class Rows:
    """Builds the rows of one document.

    `languages` says which columns are printed, so that a footnote stands where it is
    first seen; `words` are the page's own; with `readings` the law's Chinese has its pinyin.
    """

    def __init__(
        self,
        bilingual: Bilingual,
        languages: tuple[str, ...],
        words: Words,
        readings: Readings | None = None,
    ) -> None:
        self.bilingual = bilingual
        self.words = words
        self.readings = readings
        self.languages = languages
        self.marks = Marks(bilingual.edition.notes)
        self.page = ""  # of the site, below the permalink, that holds the rows being built
        self.aliases: dict[str, list[str]] = {}
        for alias, target in bilingual.edition.aliases:
            self.aliases.setdefault(target, []).append(alias)

    def eids(self, *eids: str) -> list[str]:
        """Identifiers with the rejected ones that lead to them."""
        return list(dict.fromkeys(e for eid in eids for e in (eid, *self.aliases.get(eid, ()))))

    def columns(self, unit: Unit, *, beside: bool = True) -> dict[str, list[Run]]:
        """The columns of a unit, which stand `beside` each other where there are two."""
        out = {}
        beside = beside and len(self.languages) > 1
        if "zh" in self.languages:
            out["zh"] = with_pinyin(runs_from_text(unit.text, self.marks), self.readings)
        if "en" in self.languages:
            out["en"] = runs_from_translation(
                self.bilingual, unit, self.marks, self.words, beside=beside
            )
        return out

    def pair(self, words: tuple[str, str], look: str = "") -> dict[str, list[Run]]:
        """The columns of words of the page."""
        by_language = {
            "zh": runs_by_script(words[0], "zh", look),
            "en": runs_by_script(words[1], self.bilingual.language, look),
        }
        return {k: v for k, v in by_language.items() if k in self.languages}

    def unit(self, unit: Unit, kind: str = "block", **more: Any) -> Row:
        """A unit as a row of its own."""
        return {
            "kind": kind,
            "role": unit.role,
            "eids": self.eids(unit.eid),
            **self.columns(unit),
            **more,
        }

    def body(self, nodes: Iterable[Node], level: int) -> Iterator[Row]:
        """Rows of a body; headings in it begin at heading level `level`."""
        for node in nodes:
            match node:
                case Division():
                    yield from self.division(node, level)
                case Article():
                    yield from self.article(node, level)
                case Paragraph():
                    yield from self.paragraph(node, "")
                case Item():
                    yield from self.item(node, 0)
                case Gap():
                    yield self.gap(node)
                case Table():
                    yield self.table(node)

    def heading(self, division: Division, level: int) -> Row:
        """The heading of a division."""
        return {
            "kind": "heading",
            "role": division.level,
            "level": level,
            "eids": self.eids(division.eid, division.heading.eid),
            **self.columns(division.heading),
        }

    def division(self, division: Division, level: int) -> Iterator[Row]:
        """A division with all that is in it."""
        yield self.heading(division, level)
        yield from self.body(division.body, level + 1)

    def article(self, article: Article, level: int) -> Iterator[Row]:
        """An article: its number stands at the head of its first paragraph."""
        zh, en = self.words.article(article)
        head: Row = {
            "article": {
                "eid": article.eid,
                "zh": zh,
                "en": en,
                "level": level,
                "page": self.page,
            },
            "label": self._article_label(article, (zh, en)),
        }
        if article.title:
            head["title"] = self.columns(article.title)
        eids = [article.eid, *([article.title.eid] if article.title else [])]
        several = sum(isinstance(n, Paragraph) for n in article.body) > 1
        rows = [row for node in article.body for row in self._part(node, several=several)]
        if not rows or rows[0]["kind"] == "table":
            rows.insert(0, {"kind": "paragraph", "eids": [], **self._empty()})
        rows[0] |= head
        rows[0]["eids"] = [*self.eids(*eids), *rows[0]["eids"]]
        yield from rows

    def _part(self, node: Paragraph | Gap | Table, *, several: bool) -> Iterator[Row]:
        if isinstance(node, Paragraph):
            ordinal = "?" if node.ordinal is None else str(node.ordinal)
            yield from self.paragraph(node, ordinal if several else "")
        elif isinstance(node, Gap):
            yield self.gap(node)
        else:
            yield self.table(node)

    def _empty(self) -> dict[str, list[Run]]:
        return {language: [] for language in self.languages}

    def _article_label(self, article: Article, words: tuple[str, str]) -> dict[str, list[Run]]:
        out = self.pair(words, "sign" if article.supplied else "")
        for runs in out.values():
            noted = [mark for note in article.head.notes for mark in self.marks.mark(note)]
            runs[-1]["n"] = [*self.marks.at(article.eid, "number"), *noted]
        return self._spoken(out)

    def _spoken(self, columns: dict[str, list[Run]]) -> dict[str, list[Run]]:
        if "zh" in columns:
            columns["zh"] = with_pinyin(columns["zh"], self.readings)
        return columns

    def paragraph(self, paragraph: Paragraph, ordinal: str) -> Iterator[Row]:
        """A paragraph, its items, and what follows them."""
        yield {
            "kind": "paragraph",
            "eids": self.eids(paragraph.eid, paragraph.lead.eid),
            "ordinal": ordinal,
            "page": self.page,
            # A short lead-in does not stand at a page's end without its first item.
            "sticky": bool(paragraph.items) and len(str(paragraph.lead.text)) < _SHORT_LEAD,
            **self.columns(paragraph.lead),
        }
        for item in paragraph.items:
            if isinstance(item, Gap):
                yield self.gap(item)
            else:
                yield from self.item(item, 0)
        for unit in paragraph.tail:
            yield self.unit(unit)

    def item(self, item: Item, depth: int) -> Iterator[Row]:
        """An item and its subitems."""
        columns = self.columns(item.unit)
        for runs in columns.values():  # a list's marker bears no footnote
            noted = [mark for note in item.head.notes for mark in self.marks.mark(note)]
            if runs:
                runs[-1]["n"] = [*runs[-1]["n"], *noted]
        yield {
            "kind": "item",
            "depth": depth,
            "eids": self.eids(item.eid, item.unit.eid),
            "label": self._spoken(self.pair((item.number, item_number(item.number, item.eid)))),
            **columns,
        }
        for sub in item.subitems:
            yield from self.item(sub, depth + 1)

    def gap(self, gap: Gap) -> Row:
        """A lacuna: a sign, what is lost, and the note that tells how that is known."""
        note = self.bilingual.edition.note(gap.note)
        row: Row = {"kind": "gap", "eids": self.eids(gap.eid, *gap.missing)}
        what = self.bilingual.of(f"{note.eid}__what")
        if "zh" in self.languages:
            row["zh"] = [run(GAP[0] + note.what, "zh", "sign", self.marks.mark(gap.note))]
        if "en" in self.languages:
            text = f"{self.words.other(GAP)} {what.text or note.what}".rstrip()
            row["en"] = runs_by_script(text, self.bilingual.language, "sign")
            row["en"][-1]["n"] = self.marks.mark(gap.note)
        return row

    def table(self, table: Table) -> Row:
        """A table, once in each language that it is in."""
        row: Row = {"kind": "table", "eids": self.eids(table.eid)}
        cells = [[self.columns(unit, beside=False) for unit in line] for line in table.rows]
        for language in languages_of_table(table, self.bilingual, self.languages):
            row[language] = [[cell[language] for cell in line] for line in cells]
        row["eids"] += [unit.eid for line in table.rows for unit in line]
        return row


def languages_of_table(
    table: Table, bilingual: Bilingual, languages: tuple[str, ...]
) -> tuple[str, ...]:
    """The languages in which a table is set: no second time in Chinese where no cell is translated."""
    cells = (unit for line in table.rows for unit in line)
    translated = any(bilingual.of(unit.eid).status == "translated" for unit in cells)
    return languages if translated or len(languages) == 1 else languages[:1]
