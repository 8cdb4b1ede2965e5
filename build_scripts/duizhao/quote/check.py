"""The check of a passage: its parts, the provisions they are from, and the verdict."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from duizhao.problems import DuizhaoError, Position, error
from duizhao.quote.blocks import Block, blocks_of, joined, measures, stretched
from duizhao.quote.corpus import Corpus, Folded, corpus_of, folded_text
from duizhao.quote.differences import WORDS, Segment, segments_of, source_of
from duizhao.search.provisions import Provision, SearchLaw, SearchUnit

SHORTEST, LONGEST = 10, 5000  # characters of a passage
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_VERSION = re.compile(r"[（(][^（）()]*[）)]$")


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
    """A part of the passage.

    `status` is exact, source (as the source has it, before a correction), form (other
    punctuation, width or character forms), altered, or unknown: not found, without
    `places`.  `size` counts its compared characters; `also` are other provisions that fit
    as well; `corrected` says that the text is corrected there; `other` are versions of the
    same law in which these words do not stand.
    """

    status: str
    size: int
    segments: tuple[Segment, ...]
    places: tuple[Place, ...] = ()
    also: tuple[Place, ...] = ()
    corrected: bool = False
    other: tuple[SearchLaw, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a passage is: none, partly, joined, or its one part's status; its parts in order."""

    status: str
    chinese: bool
    size: int
    parts: tuple[Part, ...]


def cleaned(text: str) -> str:
    """A passage without what cannot be seen, and without white space at its ends.

    Raises DuizhaoError where it is too short, too long, or has nothing to compare.
    """
    shown = (
        "" if kind in ("Cf", "Cs") else " " if kind == "Cc" and c not in "\n\t" else c
        for c in text
        for kind in (unicodedata.category(c),)
    )
    passage = "".join(shown).strip()
    size = len(passage)
    if SHORTEST <= size <= LONGEST:
        if len(folded_text(passage).plain) >= SHORTEST // 2:
            return passage
        size = 0  # signs alone count nothing, as on the page
    message = f"A passage has {SHORTEST} to {LONGEST:,} characters; this has {size:,}."
    hint = "quote more of it, or check it in parts"
    raise DuizhaoError([error("passage-length", Position(file="passage"), message, hint)])


class Checker:
    """Checks passages against laws; `column` is the translation they may be from."""

    def __init__(self, laws: Sequence[SearchLaw], column: int = 0) -> None:
        self._corpus = cache(lambda chinese: corpus_of(laws, -1 if chinese else column))

    def __call__(self, text: str) -> Check:
        """Check a passage; raises DuizhaoError where it is too short or too long."""
        passage = folded_text(cleaned(text))
        chinese = len(_HAN.findall(passage.plain)) * 3 >= len(passage.plain)
        return _check(passage, self._corpus(chinese), chinese=chinese)


def _check(passage: Folded, corpus: Corpus, *, chinese: bool) -> Check:
    size = len(passage.plain)
    measured = measures(size, chinese=chinese)
    blocks = joined(blocks_of(passage.plain, corpus, measured), corpus)
    blocks = stretched(blocks, passage.plain, corpus, measured)
    parts = tuple(_parts(passage, blocks, corpus, measured.short, chinese=chinese))
    found = [part for part in parts if part.places]
    if not found:
        status = "none"
    elif len(found) < len(parts):
        status = "partly"
    else:
        status = "joined" if len(found) > 1 else found[0].status
    return Check(status=status, chinese=chinese, size=size, parts=parts)


def _parts(
    passage: Folded, blocks: Sequence[Block], corpus: Corpus, short: int, *, chinese: bool
) -> Iterator[Part]:
    """The parts in order; characters between blocks go with a block, or are unknown."""
    size = len(passage.plain)
    if not blocks:
        yield _unknown(passage, 0, size)
        return
    low = 0
    if blocks[0].i0 >= short:
        low = blocks[0].i0
        yield _unknown(passage, 0, low)
    start = passage.start[low] if low else 0
    for n, block in enumerate(blocks):
        stop = blocks[n + 1].i0 if n + 1 < len(blocks) else size
        high = stop if stop - block.i1 < short else block.i1
        end = passage.start[high] if high < size else len(passage.text)
        yield _found(passage, block, corpus, (low, high, start, end), chinese=chinese)
        if high < stop:
            yield _unknown(passage, high, stop)
        low, start = stop, passage.start[stop] if stop < size else len(passage.text)


def _unknown(passage: Folded, low: int, high: int) -> Part:
    end = passage.start[high] if high < len(passage.plain) else len(passage.text)
    text = passage.text[passage.start[low] if low else 0 : end]
    return Part(status="unknown", size=high - low, segments=(Segment("unknown", text, ""),))


def _found(
    passage: Folded, block: Block, corpus: Corpus, part: tuple[int, int, int, int], *, chinese: bool
) -> Part:
    source = source_of(block, corpus)
    segments = tuple(segments_of(passage, block, source, part, chinese=chinese))
    kinds = {segment.kind for segment in segments} - {"same"}
    first, last = block.j0 - source.base, block.j1 - source.base
    begin, end = source.folded.start[first], source.folded.end[last - 1]
    return Part(
        status="altered"
        if kinds & WORDS
        else "form"
        if kinds - {"source"}
        else "source"
        if kinds
        else "exact",
        size=part[1] - part[0],
        segments=segments,
        places=tuple(_places(corpus, source.units)),
        also=tuple(place for j in block.also[:5] for place in _places(corpus, (corpus.at(j),))),
        corrected=any(c.start < end and begin < c.end for c in source.corrections),
        other=tuple(_other(corpus, block)),
    )


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
    title = _VERSION.sub("", own.titles[0])
    words = corpus.stream[block.j0 : block.j1]
    for number, law in enumerate(corpus.laws):
        if law is own or not title or _VERSION.sub("", law.titles[0]) != title:
            continue
        texts = [s for s, spot in enumerate(corpus.spots) if spot.law == number]
        if texts and words not in corpus.stream[corpus.begins[texts[0]] : corpus.end(texts[-1])]:
            yield law


def as_data(check: Check) -> dict[str, object]:
    """The check as JSON has it; `places` and `also` are addresses below a language."""
    return {
        "status": check.status,
        "language": "zh" if check.chinese else "other",
        "size": check.size,
        "parts": [
            {
                "status": part.status,
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
