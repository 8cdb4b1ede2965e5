"""An expression as Akoma Ntoso 3.0, valid against the official schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from duizhao.ground.text import Text, plain
from duizhao.parser.drafts import name_of
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
from duizhao.parser.segments import compact
from duizhao.writers.akn.digest import seal
from duizhao.writers.akn.expression import Expression
from duizhao.writers.akn.inline import lost, markup, note_ref
from duizhao.writers.akn.meta import meta
from duizhao.writers.akn.tree import AKN, Element, node, parts, xml_from_tree

_DEPTH = {"part": "1", "subpart": "2", "chapter": "3", "section": "4", "division": "5"}
#: The title of an entry of the contents that names no division: 序言.
NO_LEVEL = "preface"
ITEM_TAGS = {"item": "point", "subitem": "indent"}


def akn(made: Expression) -> str:
    """The whole file, the same bytes for the same expression."""
    return xml_from_tree(tree_of(made))


def tree_of(made: Expression) -> Element:
    """The tree of the whole file, digests included."""
    writer = _Writer(made)
    edition = made.edition
    act = node("act", {"name": "act", "contains": "singleVersion"})
    act.children = [
        meta(made, [writer.note(note) for note in edition.notes]),
        *_filled("preface", writer.preface()),
        *_filled("preamble", (writer.of_preamble(unit) for unit in edition.preamble)),
        node("body", {}, *writer.nodes(edition.body)),
        *_filled("conclusions", (writer.p(unit) for unit in edition.closing)),
        *_filled("attachments", (writer.annex(annex) for annex in edition.annexes)),
    ]
    root = Element("akomaNtoso", {"xmlns": AKN}, [act])
    seal(root)
    return root


def _filled(tag: str, children: Iterable[Element]) -> list[Element]:
    found = list(children)
    return [node(tag, {}, *found)] if found else []


class _Writer:
    """One function a kind of node."""

    def __init__(self, made: Expression) -> None:
        self._made = made
        self._notes = {note.id: note for note in made.edition.notes}

    def _inline(self, unit: Unit) -> list[Element | str]:
        return markup(unit.text, self._made.spans.get(unit.eid, ()), self._language(unit))

    def _language(self, unit: Unit) -> str:
        """Of a unit's words, which are Chinese where the translation is missing."""
        return "zho" if unit.eid in self._made.statuses else self._made.language

    def _attributes(self, unit: Unit, owner: str = "") -> dict[str, str]:
        """Of the element that holds a unit's words; a unit without its own id has its owner's."""
        status = self._made.statuses.get(unit.eid, "")
        return {
            "eId": unit.eid if unit.eid != owner else "",
            "class": status,
            "xml:lang": "zho" if status else "",
        }

    def p(self, unit: Unit, owner: str = "") -> Element:
        return node("p", self._attributes(unit, owner), *self._inline(unit))

    def of_preamble(self, unit: Unit) -> Element:
        """A paragraph of the preamble, or its heading (序言)."""
        p = self.p(unit)
        return node("container", {"name": "heading"}, p) if unit.role == "heading" else p

    def preface(self) -> Iterator[Element]:
        edition = self._made.edition
        if edition.title:
            yield node("longTitle", {}, self.p(edition.title))
        if edition.adoption_note:
            notes = [self.p(unit) for unit in edition.adoption_note]
            yield node("container", {"name": "adoptionNote"}, *notes)
        for announcement in edition.announcements:
            yield node("container", {"name": "announcement"}, *(self.p(u) for u in announcement))
        if edition.contents_heading:
            yield node("container", {"name": "contents"}, self.p(edition.contents_heading))
        if edition.contents:
            rows = []
            for entry in edition.contents:
                given = self._attributes(entry.unit)
                given["href"] = f"#{entry.target}"
                given["level"] = _DEPTH.get(entry.level, "1")
                given["title"] = "" if entry.level in _DEPTH else entry.level or NO_LEVEL
                rows.append(node("tocItem", given, *self._inline(entry.unit)))
            yield node("toc", {}, *rows)

    def nodes(self, body: Iterable[Node]) -> Iterator[Element]:
        for child in body:
            match child:
                case Division():
                    yield self.division(child)
                case Article():
                    yield self.article(child)
                case Paragraph():
                    yield self.paragraph(child)
                case Item():
                    yield self.item(child)
                case Gap():
                    yield self.gap(child)
                case Table():
                    yield node(
                        "hcontainer", {"name": "table"}, node("content", {}, self.table(child))
                    )

    def division(self, division: Division) -> Element:
        text = division.heading.text
        at = _split(str(text), division.number)
        number, words = text.cut(0, at), text.cut(at)
        number_words = compact(str(number))
        num = {"title": division.number if division.number != number_words else ""}
        head = self._attributes(division.heading)
        title = division.title
        head["title"] = (title or "\u2205") if title != name_of(str(words)) else ""
        given = {"eId": division.eid, "class": "supplied" if division.supplied else ""}
        nums = []
        if division.number or number:
            nums = [node("num", num, *markup(number, (), self._language(division.heading)))]
        heading = node("heading", head, *markup(words, (), self._language(division.heading)))
        return node(division.level, given, *nums, heading, *self.nodes(division.body))

    def article(self, article: Article) -> Element:
        given = {"eId": article.eid, "class": "supplied" if article.supplied else ""}
        children = [self.num(article.number, article.head)]
        if article.title:
            children.append(
                node("heading", self._attributes(article.title), *self._inline(article.title))
            )
        return node("article", given, *children, *self.nodes(article.body))

    def num(self, number: str, head: Text) -> Element:
        """The number; with its marks where the witness's words were corrected in it."""
        text = head or plain(number)
        content = markup(text, (), "zho")
        return node("num", {"title": number if str(text) != number else ""}, *content)

    def paragraph(self, paragraph: Paragraph) -> Element:
        given = {"eId": paragraph.eid, "class": "" if paragraph.ordinal else "unplaced"}
        lead = self.p(paragraph.lead, paragraph.eid)
        tail = [self.p(unit, paragraph.eid) for unit in paragraph.tail]
        if not paragraph.items:
            return node("paragraph", given, node("content", {}, lead, *tail))
        after = [node("wrapUp", {}, *tail)] if tail else []
        return node(
            "paragraph", given, node("intro", {}, lead), *self.nodes(paragraph.items), *after
        )

    def item(self, item: Item) -> Element:
        lead = self.p(item.unit, item.eid)
        num = self.num(item.number, item.head)
        if item.subitems:
            rest = [node("intro", {}, lead), *self.nodes(item.subitems)]
        else:
            rest = [node("content", {}, lead)]
        return node(ITEM_TAGS[item.unit.role], {"eId": item.eid}, num, *rest)

    def gap(self, gap: Gap) -> Element:
        note = self._notes.get(gap.note)
        what = note.what if note else ""
        words = lost(self._made.language, what)
        sign = node("p", {}, node("omissis", {}, *parts(words), *note_ref(gap.note)))
        missing = [node("p", {"class": "missing"}, " ".join(gap.missing))] if gap.missing else []
        return node(
            "hcontainer", {"name": "gap", "eId": gap.eid}, node("content", {}, sign, *missing)
        )

    def table(self, table: Table) -> Element:
        rows = [node("tr", {}, *(node("td", {}, self.p(c)) for c in row)) for row in table.rows]
        return node("table", {"eId": table.eid}, *rows)

    def annex(self, annex: Annex) -> Element:
        blocks = [self.p(b) if isinstance(b, Unit) else self.table(b) for b in annex.blocks]
        heading = node("heading", self._attributes(annex.heading), *self._inline(annex.heading))
        empty = [node("p", {"class": "empty"})]
        doc = node(
            "doc",
            {"name": "annex"},
            meta(self._made, [], component=annex.eid),
            node("mainBody", {}, *(blocks or empty)),
        )
        return node("attachment", {"eId": annex.eid}, heading, doc)

    def note(self, note: Note) -> Element:
        fields = {
            "why": note.zh,
            "what": note.what,
            "quote": note.quote,
            "reading": note.reading,
            "certainty": note.certainty,
            "lines": _ranges(note.lines),
            "others": _ranges(note.others),
            "count": str(note.count or ""),
        }
        rows = [node("p", {"class": k}, *parts(v)) for k, v in fields.items() if v]
        if note.targets:
            refs = [node("ref", {"href": f"#{t}"}, *parts(t)) for t in note.targets]
            rows.append(node("p", {"class": "targets"}, *refs))
        status = self._made.statuses.get(note.eid, "")
        given = {"eId": note.eid, "class": f"{note.kind} {status}".strip()}
        return node("note", given, *(rows or [node("p")]))


def _split(heading: str, number: str) -> int:
    """Where the number and the white space after it end in a heading; 0 where it has none."""
    for end in range(1, len(heading) + 1):
        if number and compact(heading[:end]).rstrip("、．") == number.rstrip("、．"):
            while end < len(heading) and (heading[end].isspace() or heading[end] in "、．"):
                end += 1  # noqa: PLW2901 - the rest of the number
            return end
    return 0


def _ranges(ranges: tuple[tuple[int, int], ...]) -> str:
    return " ".join(f"{first}-{last}" for first, last in ranges)
