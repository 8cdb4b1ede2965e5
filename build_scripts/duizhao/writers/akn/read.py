"""Akoma Ntoso back to an expression, from the markup alone.

Raises DuizhaoError for what is no XML, declares a document type, was changed by hand, or
is not the markup that this project writes.  What is read is written again and compared, so
nothing in a file that is accepted was overlooked.
"""

from __future__ import annotations

import re

from duizhao.ground.problems import DuizhaoError
from duizhao.ground.text import Text
from duizhao.parser.drafts import name_of
from duizhao.parser.edition import (
    Annex,
    Article,
    ContentsEntry,
    Division,
    Edition,
    Gap,
    Item,
    Note,
    Paragraph,
    Table,
    Unit,
)
from duizhao.parser.segments import compact
from duizhao.writers.akn.digest import DIVISIONS, changed
from duizhao.writers.akn.expression import Expression, Span
from duizhao.writers.akn.inline import unmarked
from duizhao.writers.akn.meta import metadata_from, terms_from, witness_from
from duizhao.writers.akn.tree import Element, serialised, structure, tree_from_xml
from duizhao.writers.akn.write import ITEM_TAGS, NO_LEVEL, tree_of

_LEVELS = {"1": "part", "2": "subpart", "3": "chapter", "4": "section", "5": "division"}
_ROLES = {tag: role for role, tag in ITEM_TAGS.items()}


def expression_from_akn(data: bytes, name: str) -> Expression:
    """The expression that a file holds; `name` is what messages call the file."""
    root = tree_from_xml(data, name)
    problems = list(changed(root, name))
    if problems:
        raise DuizhaoError(problems)
    reader = _Reader(name)
    try:
        made = reader.expression(root)
    except (KeyError, ValueError, AttributeError, IndexError) as reason:
        raise structure(name, root, "The markup is not this project's.") from reason
    _same(tree_of(made), root, name)
    return made


def _same(mine: Element, given: Element, name: str) -> None:
    """Refuse markup that would be written in another way; the innermost element is named."""
    if mine == given:
        return
    pairs = list(zip(mine.elements, given.elements, strict=False))
    alike = mine.tag == given.tag and mine.attributes == given.attributes
    if alike and len(mine.elements) == len(given.elements):
        for a, b in pairs:
            _same(a, b, name)
    raise structure(name, given, f"This would be {serialised(mine, mixed=True)[:80]}.")


class _Reader:
    """One function a kind of node; statuses and spans are gathered by the way."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._statuses: dict[str, str] = {}
        self._spans: dict[str, tuple[Span, ...]] = {}

    def expression(self, root: Element) -> Expression:
        act = self._need(root, "act")
        head = self._need(act, "meta")
        law_id, metadata = metadata_from(head, self._name)
        language = self._need(head, "identification", "FRBRExpression", "FRBRlanguage")
        preface = act.find("preface") or Element("preface")
        named: dict[str, list[Element]] = {}
        for container in preface.all("container"):
            named.setdefault(container.get("name"), []).append(container)
        title = preface.find("longTitle", "p")
        contents = [*named.get("contents", ())]
        edition = Edition(
            law_id=law_id,
            metadata=metadata,
            title=self.unit(title, "title") if title else None,
            adoption_note=self.units(named.get("adoptionNote", []), "adoption_note"),
            announcements=tuple(
                self.units([c], "announcement") for c in named.get("announcement", ())
            ),
            preamble=tuple(
                self.unit(e.elements[0], "heading")
                if e.tag == "container"
                else self.unit(e, "preamble")
                for e in (act.find("preamble") or Element("preamble")).elements
            ),
            contents_heading=self.unit(contents[0].elements[0], "contents") if contents else None,
            contents=tuple(self.entry(item) for toc in preface.all("toc") for item in toc.elements),
            body=tuple(self.hier(e) for e in self._need(act, "body").elements),
            annexes=tuple(self.annex(e) for part in act.all("attachments") for e in part.elements),
            closing=self.units([act.find("conclusions") or Element("conclusions")], "closing"),
            notes=tuple(self.note(e) for part in head.all("notes") for e in part.elements),
            aliases=tuple(
                (e.get("href").lstrip("#"), e.get("for").lstrip("#"))
                for part in head.all("analysis")
                for rows in part.elements
                for e in rows.elements
            ),
        )
        return Expression(
            language=language.get("language"),
            edition=edition,
            witness=witness_from(head),
            statuses=self._statuses,
            spans=self._spans,
            terms=terms_from(head),
        )

    def _need(self, element: Element, *path: str) -> Element:
        found = element.find(*path)
        if found is None:
            raise structure(self._name, element, f"There is no <{path[-1]}>.")
        return found

    def unit(self, element: Element, role: str, owner: str = "") -> Unit:
        eid = element.get("eId") or owner
        text, spans = unmarked(element, self._name)
        if spans:
            self._spans[eid] = spans
        if element.get("class"):
            self._statuses[eid] = element.get("class")
        return Unit(eid=eid, role=role, text=text)

    def units(self, holders: list[Element], role: str) -> tuple[Unit, ...]:
        return tuple(self.unit(p, role) for holder in holders for p in holder.elements)

    def entry(self, item: Element) -> ContentsEntry:
        title = item.get("title")
        level = "" if title == NO_LEVEL else title or _LEVELS[item.get("level")]
        unit = self.unit(item, "contents")
        return ContentsEntry(unit=unit, level=level, target=item.get("href").lstrip("#"))

    def hier(self, element: Element) -> Division | Article | Paragraph | Gap | Table:
        match element.tag:
            case "article":
                return self.article(element)
            case "paragraph":
                return self.paragraph(element)
            case "hcontainer" if element.get("name") == "gap":
                return self.gap(element)
            case "hcontainer" if element.get("name") == "table":
                return self.table(self._need(element, "content", "table"))
            case tag if tag in DIVISIONS:
                return self.division(element)
        raise structure(self._name, element, "This element has no place here.")

    def division(self, element: Element) -> Division:
        num, heading = element.find("num"), self._need(element, "heading")
        first = unmarked(num, self._name)[0] if num else Text()
        words = self.unit(heading, "heading")
        title = heading.get("title") or name_of(str(words.text))
        eid = element.get("eId")
        return Division(
            eid=eid,
            level=element.tag,
            ordinal=eid.rpartition("__")[2].partition("_")[2].partition("-dup")[0],
            number=(num.get("title") if num else "") or compact(str(first)),
            heading=Unit(eid=words.eid, role="heading", text=_joined(first, words.text)),
            title="" if title == "\u2205" else title,
            body=tuple(self.hier(e) for e in element.elements if e.tag not in ("num", "heading")),
            supplied=element.get("class") == "supplied",
        )

    def article(self, element: Element) -> Article:
        number, head = self.number(self._need(element, "num"))
        heading = element.find("heading")
        body = [self.hier(e) for e in element.elements if e.tag not in ("num", "heading")]
        return Article(
            eid=element.get("eId"),
            number=number,
            head=head,
            title=self.unit(heading, "article_title") if heading else None,
            body=tuple(n for n in body if not isinstance(n, Division | Article)),
            supplied=element.get("class") == "supplied",
        )

    def number(self, num: Element) -> tuple[str, Text]:
        text = unmarked(num, self._name)[0]
        return num.get("title") or str(text), text if text.notes else Text()

    def paragraph(self, element: Element) -> Paragraph:
        eid = element.get("eId")
        first = element.find("intro") or self._need(element, "content")
        after = element.find("wrapUp")
        tail = after.elements if after else first.elements[1:]
        ordinal = re.search(r"para_(\d+)$", eid)
        placed = ordinal and element.get("class") != "unplaced"
        items = [e for e in element.elements if e.tag not in ("intro", "content", "wrapUp")]
        return Paragraph(
            eid=eid,
            ordinal=int(ordinal[1]) if ordinal and placed else None,
            lead=self.unit(first.elements[0], "paragraph", eid),
            items=tuple(self.gap(e) if e.tag == "hcontainer" else self.item(e) for e in items),
            tail=tuple(self.unit(p, "tail", eid) for p in tail),
        )

    def item(self, element: Element) -> Item:
        eid = element.get("eId")
        number, head = self.number(self._need(element, "num"))
        holder = element.find("intro") or self._need(element, "content")
        rest = [e for e in element.elements if e.tag in _ROLES]
        return Item(
            eid=eid,
            number=number,
            unit=self.unit(holder.elements[0], _ROLES[element.tag], eid),
            subitems=tuple(self.item(e) for e in rest),
            head=head,
        )

    def gap(self, element: Element) -> Gap:
        rows = self._need(element, "content").elements
        missing = [e for e in rows if e.get("class") == "missing"]
        ref = self._need(rows[0], "omissis").find("noteRef")
        return Gap(
            eid=element.get("eId"),
            note=ref.get("href").removeprefix("#note_") if ref else "",
            missing=tuple(missing[0].text.split()) if missing else (),
        )

    def table(self, element: Element) -> Table:
        rows = (
            tuple(self.unit(td.elements[0], "cell") for td in tr.elements)
            for tr in element.elements
        )
        return Table(eid=element.get("eId"), rows=tuple(rows))

    def annex(self, element: Element) -> Annex:
        body = self._need(element, "doc", "mainBody").elements
        blocks = [e for e in body if e.get("class") != "empty" or e.get("eId")]
        return Annex(
            eid=element.get("eId"),
            heading=self.unit(self._need(element, "heading"), "heading"),
            blocks=tuple(
                self.table(e) if e.tag == "table" else self.unit(e, "annex") for e in blocks
            ),
        )

    def note(self, element: Element) -> Note:
        kind, _, status = element.get("class").partition(" ")
        if status:
            self._statuses[element.get("eId")] = status
        rows = {e.get("class"): e for e in element.elements}
        words = {k: str(unmarked(e, self._name)[0]) for k, e in rows.items() if k != "targets"}
        targets = rows["targets"].elements if "targets" in rows else []
        return Note(
            id=element.get("eId").removeprefix("note_"),
            kind=kind,
            zh=words.get("why", ""),
            what=words.get("what", ""),
            quote=words.get("quote", ""),
            reading=words.get("reading", ""),
            certainty=words.get("certainty", ""),
            lines=_ranges(words.get("lines", "")),
            others=_ranges(words.get("others", "")),
            count=int(words.get("count", "0")),
            targets=tuple(e.get("href").lstrip("#") for e in targets),
        )


def _joined(first: Text, second: Text) -> Text:
    """Two texts as one, plain pieces that meet made one."""
    pieces = [*first, *second]
    if first and second:
        a, b = first.pieces[-1], second.pieces[0]
        if not (a.note or a.mark or b.note or b.mark):
            whole = Text(
                (type(a)(text=a.text + b.text, original=a.text + b.text, line=0, column=0),)
            )
            pieces = [*first.pieces[:-1], *whole, *second.pieces[1:]]
    return Text(tuple(pieces))


def _ranges(words: str) -> tuple[tuple[int, int], ...]:
    pairs = (word.partition("-") for word in words.split())
    return tuple((int(first), int(last)) for first, _, last in pairs)
