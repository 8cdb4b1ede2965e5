"""What lists of all laws say of a law, so that they are made without reading its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duizhao.editing.decisions import Decisions
from duizhao.languages.bilingual import Bilingual
from duizhao.languages.citing import name_of
from duizhao.languages.leaves import Leaf
from duizhao.parser.edition import Edition, Metadata, units
from duizhao.sources.witness import Witness

_TITLE_MARKS = re.compile("[《》]")
_LONGEST = 200  # characters of a title that is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A law in one translated language: how many units have each status, and its titles.

    `chapters` are the headings of the leaves in order, `organ` and `number` who issued the law
    and under which number, as its announcement is translated; "" where there is no translation.
    """

    counts: Mapping[str, int]
    title: str
    short_title: str
    chapters: tuple[str, ...]
    organ: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A law in short.

    `path` is that of its edition.toml, `witness` the name of its witness, which has `size`
    characters.  `leaves` gives the slug of each leaf and its Chinese heading, "" where it is
    of no division.  `aliases` are rejected identifiers, those they lead to, and the slugs of
    the leaves on which these stand ("" for none).  `named` are the names (`name_of`) that
    stand between the marks of titles, laws or not.
    """

    law_id: str
    path: str
    witness: str
    size: int
    metadata: Metadata
    leaves: tuple[tuple[str, str], ...]
    articles: int
    gaps: int
    doubts: int
    aliases: tuple[tuple[str, str, str], ...]
    named: frozenset[str]
    spoken: Mapping[str, Spoken]


def summary_from_parts(
    decisions: Decisions,
    witness: Witness,
    edition: Edition,
    bilingual: Mapping[str, Bilingual],
    leaves: Sequence[Leaf],
) -> Summary:
    """The summary of the law that has these parts."""
    places = {eid: leaf.slug for leaf in reversed(leaves) for eid in leaf.anchors}
    kinds = [note.kind for note in edition.notes]
    return Summary(
        law_id=edition.law_id,
        path=decisions.path,
        witness=witness.name,
        size=len(witness.text),
        metadata=edition.metadata,
        leaves=tuple((leaf.slug, leaf.heading) for leaf in leaves),
        articles=sum(len(leaf.articles) for leaf in leaves),
        gaps=kinds.count("gap"),
        doubts=kinds.count("query"),
        aliases=tuple((old, new, places.get(new, "")) for old, new in edition.aliases),
        named=frozenset(_named(edition)),
        spoken={code: _spoken(pair, leaves) for code, pair in bilingual.items()},
    )


def _spoken(pair: Bilingual, leaves: Sequence[Leaf]) -> Spoken:
    divisions = [leaf.division for leaf in leaves]
    edition = pair.edition
    said = {
        str(unit.text): pair.of(unit.eid).text
        for part in (*edition.announcements, edition.closing)
        for unit in part
    }
    return Spoken(
        counts=pair.counts(),
        title=pair.of("title").text,
        short_title=pair.of("short_title").text,
        chapters=tuple(pair.of(each.heading.eid).text if each else "" for each in divisions),
        organ=said.get(edition.metadata.organ, ""),
        number=said.get(edition.metadata.document_number, ""),
    )


def _named(edition: Edition) -> Iterator[str]:
    for unit in units(edition):
        text = str(unit.text)
        for opening in re.finditer("《", text):
            # A title may hold another, 关于执行《…》的规定, so it ends with the mark that closes both.
            depth = 0
            for mark in _TITLE_MARKS.finditer(text, opening.start(), opening.end() + _LONGEST):
                depth += 1 if mark.group() == "《" else -1
                if mark.group() == "》":
                    yield name_of(text[opening.end() : mark.start()])
                if not depth:
                    break
