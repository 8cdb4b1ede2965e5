"""The check of a passage: its parts, the provisions they are from, and the verdict."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from duizhao.ground.problems import DuizhaoError, Position, error
from duizhao.ground.text import HAN
from duizhao.languages.locator import in_first_paragraph
from duizhao.writers.quote.blocks import Block, blocks_of, joined, measures, stretched
from duizhao.writers.quote.citations import VERSION, Citation, citations, cited_in, cites, titles_of
from duizhao.writers.quote.corpus import Corpus, Folded, corpus_of, folded_text
from duizhao.writers.quote.differences import WORDS, Segment, segments_of, source_of
from duizhao.writers.quote.languages import LEAST, divided_passage
from duizhao.writers.search.provisions import Provision, SearchLaw, SearchUnit

SHORTEST, LONGEST = 10, 5000  # characters of a passage
AROUND = 4  # characters beside a citation that tell whether it is the law's own
#: what a part is that is found, the worse last
WORSE = ("exact", "source", "abridged", "form", "altered")
_SOFT = re.compile("\u00ad\\s*\\n\\s*")  # a word divided at the end of a line
#: What this site says where text is lost (`signs`): copied along, it is none of the law's words.
_LOST = re.compile(r"〔原文缺(?:：[^〔〕\n]*)?〕|\[text lost(?:: [^\[\]\n]*)?\]")


@dataclass(frozen=True, slots=True)
class Place:
    """A provision or a unit of it: its law, its page and itself."""

    law: SearchLaw
    provision: Provision
    unit: SearchUnit | None  # None for the whole provision

    @property
    def eid(self) -> str:
        """The identifier that a link leads to."""
        return self.unit.eid if self.unit else self.provision.eid

    def __str__(self) -> str:
        return f"{self.law.id}/{self.provision.slug}#{self.eid}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the passage, in Chinese or in translation.

    `status` is exact, source (as the source has it, before a correction), abridged (what
    is left out is marked), form (other punctuation, width or character forms), altered, or
    unknown: not found, without `places`.  `size` counts its compared characters; `also` are
    other provisions that fit as well; `corrected` says that the text is corrected there;
    `other` are versions of the same law in which these words do not stand.

    What is not compared, of size 0, is cited (a citation of what the passage quotes),
    miscited (a citation of something else), or aside (pinyin, an address, a remark).
    """

    status: str
    chinese: bool
    size: int
    segments: tuple[Segment, ...]
    places: tuple[Place, ...] = ()
    also: tuple[Place, ...] = ()
    corrected: bool = False
    other: tuple[SearchLaw, ...] = ()

    @property
    def compared(self) -> bool:
        """Whether it is compared with the laws."""
        return self.status not in ("cited", "miscited", "aside")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a passage is: none, partly, joined, miscited, or its parts' status; its parts.

    `sizes` counts its compared characters in Chinese and in translation.  The parts stand in
    the order of the passage, those in two languages by where each begins.
    """

    status: str
    sizes: tuple[int, int]
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """How many characters are compared."""
        return sum(self.sizes)

    @property
    def joined(self) -> int:
        """How many parts were found, of the language that has more."""
        found = [part.chinese for part in self.parts if part.compared and part.places]
        return max(found.count(True), found.count(False))


def cleaned(text: str) -> str:
    """A passage without what cannot be seen, signs of lost text, and white space at its ends.

    Raises DuizhaoError where it is too short, too long, or has nothing to compare.
    """
    shown = (
        "" if kind in ("Cf", "Cs") else " " if kind == "Cc" and c not in "\n\t" else c
        for c in _LOST.sub("", _SOFT.sub("", text))
        for kind in (unicodedata.category(c),)
    )
    passage = "".join(shown).strip()
    size = len(passage)
    if SHORTEST <= size <= LONGEST:
        if len(folded_text(passage).plain) >= LEAST:
            return passage
        size = 0  # signs alone count nothing, as on the page
    message = f"A passage has {SHORTEST} to {LONGEST:,} characters; this has {size:,}."
    hint = "quote more of it, or check it in parts"
    raise DuizhaoError([error("passage-length", Position(file="passage"), message, hint)])


class Checker:
    """Checks passages against laws; `column` is the translation they may be from."""

    def __init__(self, laws: Sequence[SearchLaw], column: int = 0) -> None:
        self._corpus = cache(lambda chinese: corpus_of(laws, -1 if chinese else column))
        self._titles = titles_of(laws)
        self._laws, self._column = laws, column

    def __call__(self, text: str) -> Check:
        """Check a passage; raises DuizhaoError where it is too short or too long."""
        passage = folded_text(cleaned(text))
        divided = divided_passage(passage, citations(passage, self._titles))
        streams = {said.chinese: self._corpus(said.chinese).stream for said in divided.texts}
        cited = [one for one in divided.cited if not _printed(one, passage, streams)]
        if len(cited) < len(divided.cited):
            divided = divided_passage(passage, cited)
        parts: list[tuple[int, Part]] = []
        likely: set[tuple[int, int]] = set()
        for said in divided.texts:
            corpus = self._corpus(said.chinese)
            own = list(_compared(folded_text(said.text), corpus, likely, chinese=said.chinese))
            at = 0
            for part, block in own:
                parts.append((said.place(at), part))
                at += sum(len(segment.mine) for segment in part.segments)
                if block:
                    spots = corpus.spots[corpus.at(block.j0) : corpus.at(block.j1 - 1) + 1]
                    likely |= {(spot.law, spot.provision) for spot in spots}
        status = _status([part for _, part in parts])
        places = [place for _, part in parts for place in (*part.places, *part.also)]
        for one in divided.cited:
            mine = divided.text[one.start : one.end]
            parts.append((one.start, _cited(one, mine, places, self._laws, self._column)))
        parts.sort(key=lambda each: each[0])
        if status == "exact" and any(part.status == "miscited" for _, part in parts):
            status = "miscited"
        out = [part for _, part in parts]
        if divided.aside:
            out.append(_aside(divided.aside))
        sizes = [sum(p.size for p in out if p.chinese is side) for side in (True, False)]
        return Check(status=status, sizes=(sizes[0], sizes[1]), parts=tuple(out))


def _status(parts: Sequence[Part]) -> str:
    """What compared parts are together: of two languages the worse."""
    found = [part for part in parts if part.places]
    if not found:
        return "none"
    if len(found) < len(parts):
        return "partly"
    if len(found) > len({part.chinese for part in found}):
        return "joined"
    return max((part.status for part in found), key=WORSE.index)


def _compared(
    passage: Folded, corpus: Corpus, likely: AbstractSet[tuple[int, int]], *, chinese: bool
) -> Iterator[tuple[Part, Block | None]]:
    """The parts of a text in one language, each with its block."""
    measured = measures(len(passage.plain), chinese=chinese)
    blocks = joined(blocks_of(passage.plain, corpus, measured, likely), corpus)
    blocks = stretched(blocks, passage.plain, corpus, measured)
    yield from _parts(passage, blocks, corpus, measured.short, chinese=chinese)


def _parts(
    passage: Folded, blocks: Sequence[Block], corpus: Corpus, short: int, *, chinese: bool
) -> Iterator[tuple[Part, Block | None]]:
    """The parts in order; characters between blocks go with a block, or are unknown."""
    size = len(passage.plain)
    if not blocks:
        yield _unknown(passage, 0, size, chinese=chinese), None
        return
    low = 0
    if blocks[0].i0 >= short:
        low = blocks[0].i0
        yield _unknown(passage, 0, low, chinese=chinese), None
    start = passage.start[low] if low else 0
    for n, block in enumerate(blocks):
        stop = blocks[n + 1].i0 if n + 1 < len(blocks) else size
        high = stop if stop - block.i1 < short else block.i1
        end = passage.start[high] if high < size else len(passage.text)
        yield _found(passage, block, corpus, (low, high, start, end), chinese=chinese), block
        if high < stop:
            yield _unknown(passage, high, stop, chinese=chinese), None
        low, start = stop, passage.start[stop] if stop < size else len(passage.text)


def _unknown(passage: Folded, low: int, high: int, *, chinese: bool) -> Part:
    end = passage.start[high] if high < len(passage.plain) else len(passage.text)
    begin = max(passage.start[low], passage.end[low - 1]) if low else 0  # ½ is compared as two
    text = passage.text[begin:end]
    segments = (Segment("unknown", text, ""),)
    return Part(status="unknown", chinese=chinese, size=high - low, segments=segments)


def _aside(text: str) -> Part:
    """What is not compared."""
    chinese = bool(HAN.search(text))
    return Part(status="aside", chinese=chinese, size=0, segments=(Segment("same", text, ""),))


def _cited(
    one: Citation, mine: str, quoted: Sequence[Place], laws: Sequence[SearchLaw], column: int
) -> Part:
    """A citation: whether it is of one of the places that are quoted, and what it is of."""
    own = [law for law in laws if law.id in one.laws]
    own.sort(key=lambda law: all(place.law.id != law.id for place in quoted))
    meant = [place for law in own for place in _meant(one, law, column)]
    known = meant[0].eid if meant else ""
    right = any(
        cites(eid, p.eid)
        for p in quoted
        if p.law.id in one.laws and (eid := cited_in(one, p.law) or known)
    )
    return Part(
        status="cited" if right else "miscited",
        chinese=bool(HAN.search(mine)),
        size=0,
        segments=(Segment("same", mine, ""),),
        places=tuple(meant[:1]),
    )


def _printed(one: Citation, passage: Folded, streams: Mapping[bool, str]) -> bool:
    """Whether a law has the citation itself, with the same characters around it.

    `streams` are those of the languages that the passage has, True for Chinese.
    """
    low, high = (bisect_left(passage.start, at) for at in (one.start, one.end))
    words = passage.plain[max(0, low - AROUND) : high + AROUND]
    return words in streams.get(bool(HAN.search(passage.text, one.start, one.end)), "")


def _meant(one: Citation, law: SearchLaw, column: int) -> Iterator[Place]:
    """What a citation is of in a law."""
    eid = cited_in(one, law)
    cited = (eid, in_first_paragraph(eid)) if eid else ()
    for provision in law.provisions:
        for unit in provision.units:
            said = one.said and folded_text(unit.cited[column + 1]).plain == one.said
            if said or unit.eid in cited:
                yield Place(law, provision, None if unit.eid == provision.eid else unit)


def _found(
    passage: Folded, block: Block, corpus: Corpus, part: tuple[int, int, int, int], *, chinese: bool
) -> Part:
    source = source_of(block, corpus)
    segments = tuple(segments_of(passage, block, source, part, chinese=chinese))
    kinds = {segment.kind for segment in segments} - {"same"}
    first, last = block.j0 - source.base, block.j1 - source.base
    begin, end = source.folded.start[first], source.folded.end[last - 1]
    return Part(
        status=_worst(kinds),
        chinese=chinese,
        size=part[1] - part[0],
        segments=segments,
        places=tuple(_places(corpus, source.units)),
        also=tuple(place for j in block.also[:5] for place in _places(corpus, (corpus.at(j),))),
        corrected=any(c.start < end and begin < c.end for c in source.corrections),
        other=tuple(_other(corpus, block)),
    )


def _worst(kinds: AbstractSet[str]) -> str:
    """What a part with differences of these kinds is."""
    if kinds & WORDS:
        return "altered"
    if kinds - {"source", "omitted"}:
        return "form"
    return "abridged" if "omitted" in kinds else "source" if kinds else "exact"


def _places(corpus: Corpus, units: Sequence[int]) -> Iterator[Place]:
    """The provisions that units of the stream belong to; a single unit by itself."""
    groups: dict[tuple[int, int], list[int]] = {}
    for number in units:
        spot = corpus.spots[number]
        groups.setdefault((spot.law, spot.provision), []).append(spot.unit)
    for (law, provision), some in groups.items():
        own = corpus.laws[law].provisions[provision]
        unit = own.units[some[0]] if len(some) == 1 else None
        yield Place(corpus.laws[law], own, unit)


def _other(corpus: Corpus, block: Block) -> Iterator[SearchLaw]:
    """Other versions of the law, by title, in which these words do not stand."""
    own = corpus.laws[corpus.law(block.j0)]
    title = VERSION.sub("", own.titles[0])
    words = corpus.stream[block.j0 : block.j1]
    for number, law in enumerate(corpus.laws):
        if law is own or not title or VERSION.sub("", law.titles[0]) != title:
            continue
        texts = [s for s, spot in enumerate(corpus.spots) if spot.law == number]
        if texts and words not in corpus.stream[corpus.begins[texts[0]] : corpus.end(texts[-1])]:
            yield law


def as_data(check: Check) -> dict[str, object]:
    """The check as JSON has it; `places` and `also` are addresses below a language."""
    return {
        "status": check.status,
        "language": "both" if all(check.sizes) else "zh" if check.sizes[0] else "other",
        "size": check.size,
        "parts": [
            {
                "status": part.status,
                "language": "zh" if part.chinese else "other",
                "size": part.size,
                "places": [str(place) for place in part.places],
                "also": [str(place) for place in part.also],
                "corrected": part.corrected,
                "other": [law.id for law in part.other],
                "segments": [[s.kind, s.mine, s.theirs] for s in part.segments],
            }
            for part in check.parts
        ],
    }
