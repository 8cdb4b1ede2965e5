"""Catalogs brought up to date with the edition: `translate update`.

Guarantees: the same input gives the same bytes; what a translator wrote is kept or
becomes obsolete (see `catalog_merge`), header lines and remarks included.

What a translator finds above an entry, each on a line of its own::

    #. 第二条第一款 | Article 2, paragraph 1      the citation
    #. in: 第一章 总则                            the headings above it
    #. before: …制定本条例。                      the end of the unit before
    #. after: 本条例所称营商环境，是指…           the beginning of the unit after
    #. 市场主体 = market entity                   terms with their renderings
    #. page: zh/<law-id>/chapter-1/#art_2__para_1
    #. changed: …社区[-服务-]{+治理+}…            of a fuzzy entry, what changed
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

from duizhao.ground.text import Piece
from duizhao.languages.bilingual import sources
from duizhao.languages.catalog import catalog_from_file, parsed_catalog, save
from duizhao.languages.catalog_merge import Wanted, difference, merged
from duizhao.languages.citation import citations, en_of, zh_of
from duizhao.languages.glossary import Glossary
from duizhao.languages.leaves import leaves
from duizhao.parser.edition import Division, Edition, Node, Note, units, units_of

_SHOWN = 24  # characters of a neighbour
_FRONT = ("title", "note", "ann", "toc", "preamble")


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """What became of a catalog; true where its bytes changed.

    Counts of units: `moved` have a translation from another place, `outdated` are fuzzy now,
    `untranslated` have new Chinese; `aside` are translations that found no place.
    """

    changed: bool
    moved: int
    outdated: int
    untranslated: int
    aside: int

    def __bool__(self) -> bool:
        return self.changed


def update_catalog(path: Path, edition: Edition, glossary: Glossary, *, language: str) -> Updated:
    """Bring the catalog at `path` up to date, and tell what became of it.

    Raises DuizhaoError where the catalog there is not valid.
    """
    catalog_from_file(path, language=language)  # refuses a catalog with faults
    before = path.read_bytes() if path.exists() else b""
    old = parsed_catalog(before.decode("utf-8-sig"))
    known = {e.msgctxt: (e.msgid, e.msgstr, "fuzzy" in e.flags) for e in old if not e.obsolete}
    aside = sum(1 for e in old if e.obsolete)
    entries, obsolete = merged(list(_wanted(edition)), list(old))
    comments = _Comments(edition, glossary, language)
    for entry in entries:
        entry.comment = "\n".join(comments.of(entry))
    header = {
        "Project-Id-Version": edition.law_id,
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    header |= {key: value for key, value in old.metadata.items() if key not in header}
    save(path, header, entries + obsolete, comment=old.header if before else "")
    return _became(
        known, entries, aside=max(0, len(obsolete) - aside), changed=path.read_bytes() != before
    )


def _became(
    known: dict[str, tuple[str, str, bool]],
    entries: list[polib.POEntry],
    *,
    aside: int,
    changed: bool,
) -> Updated:
    """What differs from the Chinese, translation and fuzziness that were there, by identifier."""
    moved = outdated = untranslated = 0
    for entry in entries:
        source, target, was_fuzzy = known.get(entry.msgctxt, ("", "", False))
        fuzzy = "fuzzy" in entry.flags
        moved += bool(entry.msgstr) and not fuzzy and entry.msgstr != target
        outdated += fuzzy and not (was_fuzzy and entry.msgid == source)
        untranslated += not entry.msgstr and entry.msgid != source
    return Updated(
        changed=changed, moved=moved, outdated=outdated, untranslated=untranslated, aside=aside
    )


def _wanted(edition: Edition) -> Iterator[Wanted]:
    """Every unit with its Chinese as it was before corrections that keep a translation."""
    keeping = {n.id: n for n in edition.notes if n.keeps_translation}
    by_eid = {unit.eid: unit.text for unit in units(edition)}
    for eid, text in sources(edition):
        before, names = text, list[str]()
        if keeping and eid in by_eid:
            before = "".join(_uncorrected(piece, keeping, names) for piece in by_eid[eid])
        changed = before != text
        yield Wanted(
            eid=eid,
            text=text,
            before=before if changed else "",
            corrections=tuple(dict.fromkeys(names)),
        )


def _uncorrected(piece: Piece, keeping: dict[str, Note], names: list[str]) -> str:
    """A piece without the corrections that keep a translation; their names go to `names`."""
    if piece.note in keeping:
        names.append(piece.note)
        return piece.original
    if piece.text == piece.original or len(piece.text) != len(piece.original):
        return piece.text
    out = ""
    for new, old in zip(piece.text, piece.original, strict=True):
        note = next((n for n in keeping.values() if (n.quote, n.reading) == (old, new)), None)
        if note and new != old:
            names.append(note.id)
        out += old if note else new
    return out


class _Comments:
    """What a translator is told about each unit of a law."""

    def __init__(self, edition: Edition, glossary: Glossary, language: str) -> None:
        self.edition = edition
        self.glossary = glossary
        self.language = language
        self.cited = citations(edition)
        self.paths = dict(_paths(edition.body, ""))
        self.neighbours: dict[str, tuple[str, str]] = {}
        texts = [(unit.eid, str(unit.text)) for unit in units(edition) if str(unit.text)]
        for n, (eid, _) in enumerate(texts):
            before = texts[n - 1][1] if n else ""
            after = texts[n + 1][1] if n + 1 < len(texts) else ""
            self.neighbours[eid] = (before, after)
        self.pages = {eid: leaf.slug for leaf in leaves(edition) for eid in leaf.eids}
        self.notes = {note.eid for note in edition.notes}

    def of(self, entry: polib.POEntry) -> Iterator[str]:
        """The comment's lines."""
        eid = entry.msgctxt
        if citation := self._citation(eid):
            yield citation
        if path := self.paths.get(eid):
            yield f"in: {path}"
        before, after = self.neighbours.get(eid, ("", ""))
        if before:
            yield f"before: {'…' if len(before) > _SHOWN else ''}{_line(before)[-_SHOWN:]}"
        if after:
            yield f"after: {_line(after)[:_SHOWN]}{'…' if len(after) > _SHOWN else ''}"
        if terms := self._terms(entry.msgid):
            yield terms
        yield f"page: zh/{self.edition.law_id}/{self._place(eid)}"
        if "fuzzy" in entry.flags and entry.previous_msgid:
            yield f"changed: {_line(difference(entry.previous_msgid, entry.msgid))}"

    def _citation(self, eid: str) -> str:
        found = self.cited.get(eid.removesuffix("__heading"))
        if found:
            return f"{found.zh} | {found.en}"
        if eid in self.neighbours and eid.partition("_")[0] in _FRONT:
            return f"{zh_of(eid)} | {en_of(eid)}"
        return ""

    def _place(self, eid: str) -> str:
        """The page and anchor, below the law's address."""
        note = eid.removesuffix("__what")
        if note in self.notes:
            return f"about/#{note}"
        anchor = eid.removesuffix("__heading")
        if eid.startswith("toc__"):
            anchor = "toc"
        if eid in ("short_title", "witness"):
            return ""
        slug = self.pages.get(eid) or self.pages.get(anchor)
        if slug is None and eid.startswith("annex") and self.pages:
            slug = leaves(self.edition)[-1].slug
        return f"{slug}/#{anchor}" if slug else f"#{anchor}"

    def _terms(self, text: str) -> str:
        """The glossary terms in a unit with their renderings."""
        found = dict.fromkeys(o.term for o in self.glossary.occurrences(text, "zh"))
        terms = {term.zh: term.rendering(self.language) or term.en for term in found}
        return "; ".join(f"{zh} = {words}" for zh, words in terms.items())


def _paths(body: tuple[Node, ...], above: str) -> Iterator[tuple[str, str]]:
    """The headings above each unit of a body: 第一编 总则 › 第二章 自然人."""
    for node in body:
        if isinstance(node, Division):
            heading = _line(str(node.heading.text))
            if above:
                yield node.heading.eid, above
            yield from _paths(node.body, f"{above} › {heading}" if above else heading)
        elif above:
            for unit in units_of(node):
                yield unit.eid, above


def _line(text: str) -> str:
    return " ".join(text.split())
