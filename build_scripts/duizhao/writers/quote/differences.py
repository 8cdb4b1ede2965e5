"""Differences: a block of the passage against the published text, character by character.

=========== ===============================================================
same        nothing but white space differs
width       full-width for half-width, or the reverse
case        capital for small, or the reverse
script      a Traditional or other form of the same character
space       in a translation, a space between words more or less
punctuation other punctuation
changed     other characters
added       characters that the text does not have
missing     characters of the text left out
omitted     the same, with dots in their place
source      what the source has where this edition corrects it
=========== ===============================================================
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from duizhao.writers.quote.blocks import Block
from duizhao.writers.quote.corpus import Corpus, Folded, folded_text

WORDS = frozenset(("changed", "added", "missing"))
_SPACES = re.compile(r"\s+")
_PARAGRAPH = re.compile("__para_([0-9]+)$")
_DOTS = re.compile(r"…|⋯|[.]{3}|[。]{3}")  # stand for what is left out
#: in a word at the end of a line; U+FFFE is what a reader of PDF has for such a hyphen
_DIVIDED = re.compile("[-\u2010]\\s*\\n\\s*|\ufffe\\s*")
#: a letter of a script that puts spaces between words
_LETTER = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]+")
#: marks with which a passage is quoted; at its ends they are not the passage's own
_QUOTING = re.compile("[“”‘’「」『』\"'…]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the passage, what the text has there, and where in the text that is."""

    kind: str
    mine: str
    theirs: str
    start: int = 0
    end: int = 0


class Correction(NamedTuple):
    """A corrected place of a text: from, to, what the source has."""

    start: int
    end: int
    original: str


@dataclass(frozen=True, slots=True)
class Source:
    """The units that a block touches as one text; `base` is their place in the stream.

    `ordinals` are the numbers of paragraphs, which a print has in its margin, by where in the
    compared text a paragraph begins; before the number of its article stands that of its first.
    """

    folded: Folded
    base: int
    corrections: tuple[Correction, ...]
    units: tuple[int, ...]
    ordinals: Mapping[int, str]


def source_of(block: Block, corpus: Corpus) -> Source:
    """The text that a block is compared with: whole units, a line each."""
    first, last = corpus.at(block.j0), corpus.at(block.j1 - 1)
    parts, corrections, at = [], [], 0
    ordinals = {}
    for number in range(first, last + 1):
        spot = corpus.spots[number]
        provision = corpus.laws[spot.law].provisions[spot.provision]
        unit = provision.units[spot.unit]
        paragraph = _PARAGRAPH.search(unit.eid)
        ordinal = paragraph[1] if paragraph else "1" if unit.eid == provision.eid else ""
        ordinals[corpus.begins[number] - corpus.begins[first]] = ordinal
        if spot.text == unit.zh:
            corrections += [Correction(at + a, at + b, was) for a, b, was in unit.corrections]
        parts.append(spot.text)
        at += len(spot.text) + 1
    units = tuple(range(first, last + 1))
    text = folded_text("\n".join(parts))
    return Source(text, corpus.begins[first], tuple(corrections), units, ordinals)


def segments_of(
    passage: Folded, block: Block, source: Source, part: tuple[int, int, int, int], *, chinese: bool
) -> list[Segment]:
    """The differences of a block.

    `part` is what of the passage it answers for: first and last characters as compared
    (wider than the block where a few beside it were not found), then as written.
    """
    walk = _Walk(passage, source, chinese)
    low, high, start, end = part
    walk.lead(low, block, start)
    for n, run in enumerate(block.runs):
        if n:
            before = block.runs[n - 1]
            walk.gap(before.i + before.size, run.i, before.j + before.size, run.j)
        walk.run(run.i, run.j, run.size)
    walk.trail(high, block, end)
    merged = _merged(walk.out)
    return [_as_source(s, source) for s in (merged if chinese else _whole_words(merged))]


class _Walk:
    """Goes along passage and text together; `i` counts in one, `j` in the other."""

    def __init__(self, passage: Folded, source: Source, chinese: bool) -> None:  # noqa: FBT001
        self.p, self.t = passage, source.folded
        self.base, self.ordinals = source.base, source.ordinals
        self.chinese = chinese
        self.out: list[Segment] = []

    def add(self, kind: str, mine: tuple[int, int], theirs: tuple[int, int]) -> None:
        """A segment from offsets as written."""
        if mine[0] < mine[1] or theirs[0] < theirs[1]:
            one, two = self.p.text[slice(*mine)], self.t.text[slice(*theirs)]
            self.out.append(Segment(kind, one, two, *theirs))

    def run(self, i: int, j: int, size: int) -> None:
        """Characters that are compared as equal, and what stands between them."""
        p, t = self.p, self.t
        j -= self.base
        for n in range(size):
            a, b = i + n, j + n
            if n:
                if p.start[a] == p.start[a - 1] and t.start[b] == t.start[b - 1]:
                    continue
                self.between((p.end[a - 1], p.start[a]), (t.end[b - 1], t.start[b]))
            mine, theirs = (p.start[a], p.end[a]), (t.start[b], t.end[b])
            self.add(_form(p.text[slice(*mine)], t.text[slice(*theirs)]), mine, theirs)

    def between(self, mine: tuple[int, int], theirs: tuple[int, int]) -> None:
        """What stands between two equal characters."""
        if mine[0] < mine[1] or theirs[0] < theirs[1]:
            one, two = self.p.text[slice(*mine)], self.t.text[slice(*theirs)]
            self.add(_marks(one, two, chinese=self.chinese), mine, theirs)

    def gap(self, i: int, to_i: int, j: int, to_j: int) -> None:
        """Characters on either side that have none on the other."""
        j, to_j = j - self.base, to_j - self.base
        mine = (self.p.end[i - 1], self.p.start[to_i])
        theirs = (self.t.end[j - 1], self.t.start[to_j])
        if i == to_i and j == to_j:
            self.between(mine, theirs)
        elif j == to_j and self.numbered(i, to_i, j):
            self.between((mine[0], self.p.start[i]), theirs)
            self.add("same", (self.p.start[i], mine[1]), (theirs[1], theirs[1]))
        else:
            self.changed(mine, theirs)

    def numbered(self, i: int, to_i: int, j: int) -> bool:
        """Whether characters are the number of the paragraph that begins, on a line's margin."""
        before = self.p.text[: self.p.start[i]].rpartition("\n")[2]
        return not before.strip() and self.p.plain[i:to_i] == self.ordinals.get(j)

    def changed(self, mine: tuple[int, int], theirs: tuple[int, int]) -> None:
        """A stretch with other words: what is equal at its ends is left out."""
        (a, b), (c, d) = mine, theirs
        one, two = self.p.text, self.t.text
        while a < b and c < d and one[a] == two[c]:
            self.add("same", (a, a + 1), (c, c + 1))
            a, c = a + 1, c + 1
        tail = 0
        while a < b - tail and c < d - tail and one[b - 1 - tail] == two[d - 1 - tail]:
            tail += 1
        left, right = one[a : b - tail].strip(), two[c : d - tail].strip()
        kind = "changed" if left and right else "added" if left else "missing"
        if kind == "changed" and _DOTS.search(left) and not folded_text(left).plain:
            kind = "omitted"
        self.add(kind, (a, b - tail), (c, d - tail))
        self.add("same", (b - tail, b), (d - tail, d))

    def lead(self, low: int, block: Block, start: int) -> None:
        """What the passage has before the block: a few characters, or marks."""
        i, j = block.i0, block.j0 - self.base
        room = self._room(i - low, j, -1)
        if low < i and self.numbered(low, i, j):
            self.add("same", (start, self.p.start[i]), (0, 0))
        elif low < i:
            begin = self.t.start[j - room] if room else self.t.start[j]
            self.add("same", (start, self.p.start[low]), (0, 0))
            self.changed((self.p.start[low], self.p.start[i]), (begin, self.t.start[j]))
        else:
            marks = (self.t.end[j - 1] if j else 0, self.t.start[j])
            self.edge((start, self.p.start[i]), marks, "endswith")

    def trail(self, high: int, block: Block, end: int) -> None:
        """What the passage has after the block."""
        i, j = block.i1, block.j1 - self.base
        room = self._room(high - i, j, 1)
        if i < high:
            stop = self.t.end[j + room - 1]
            self.changed((self.p.end[i - 1], self.p.end[high - 1]), (self.t.end[j - 1], stop))
            self.add("same", (self.p.end[high - 1], end), (stop, stop))
        else:
            stop = self.t.start[j] if j < len(self.t.start) else len(self.t.text)
            self.edge((self.p.end[i - 1], end), (self.t.end[j - 1], stop), "startswith")

    def _room(self, wanted: int, j: int, step: int) -> int:
        """How many characters of the text a few stray ones may stand for: three at most."""
        there = j if step < 0 else len(self.t.plain) - j
        return min(wanted, there) if wanted <= 3 else 0

    def edge(self, mine: tuple[int, int], theirs: tuple[int, int], fits: str) -> None:
        """Marks at an end: those of quoting are the writer's; fewer than the text has are none."""
        one = _SPACES.sub("", self.p.text[slice(*mine)])
        two = _SPACES.sub("", self.t.text[slice(*theirs)])
        bare = _QUOTING.sub("", one)
        if not bare or getattr(two, fits)(one) or getattr(two, fits)(bare):
            self.add("same", mine, (0, 0))
        elif getattr(_wide(two), fits)(_wide(bare)):
            self.add("width", mine, theirs)
        else:
            self.add("punctuation", mine, theirs)


def _wide(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _form(mine: str, theirs: str) -> str:
    """How two forms of one character differ."""
    if mine == theirs:
        return "same"
    one, two = _wide(mine), _wide(theirs)
    return "width" if one == two else "case" if one.lower() == two.lower() else "script"


def _marks(mine: str, theirs: str, *, chinese: bool) -> str:
    """How what stands between two characters differs."""
    one, two = _SPACES.sub("", mine), _SPACES.sub("", theirs)
    if not chinese and _DIVIDED.fullmatch(mine) and theirs in ("", "-"):
        return "same"
    if one == two:
        spaced = bool(_SPACES.search(mine)) != bool(_SPACES.search(theirs))
        return "space" if spaced and not chinese else "same"
    return "width" if _wide(one) == _wide(two) else "punctuation"


def _merged(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Neighbours of one kind as one."""
    last: Segment | None = None
    for one in segments:
        if last and last.kind == one.kind and one.kind in ("same", "width", "case", "script"):
            last = Segment(
                one.kind, last.mine + one.mine, last.theirs + one.theirs, last.start, one.end
            )
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _whole_words(segments: Iterable[Segment]) -> list[Segment]:
    """Segments of which none with other words begins or ends within a word."""
    out: list[Segment] = []
    for segment in segments:
        one: Segment | None = segment
        last = out[-1] if out else None
        if last and WORDS & {last.kind, segment.kind} and _joins(last, segment):
            out.pop()
            if last.kind in WORDS and segment.kind in WORDS:
                last, one = _together(last, segment), None
            elif segment.kind == "same":
                head, one = _split(segment, _letters(segment.mine))
                last = _together(last, head)
            elif last.kind == "same":
                last, tail = _split(last, len(last.mine) - _letters(last.mine[::-1]))
                one = _together(tail, segment)
            out += [last] if last.mine + last.theirs else []
        out += [one] if one and one.mine + one.theirs else []
    return out


def _letters(text: str) -> int:
    """How many letters a text begins with."""
    found = _LETTER.match(text)
    return found.end() if found else 0


def _joins(one: Segment, two: Segment) -> bool:
    """Whether a word goes on from one segment to the next."""
    ends = any(_letters(text[-1:]) for text in (one.mine, one.theirs))
    return ends and any(_letters(text) for text in (two.mine, two.theirs))


def _split(same: Segment, at: int) -> tuple[Segment, Segment]:
    """A segment of kind same in two, at a place between its letters and the rest."""
    before = at if _letters(same.mine) == at else at + len(same.theirs) - len(same.mine)
    middle = same.start + before
    return (
        Segment("same", same.mine[:at], same.theirs[:before], same.start, middle),
        Segment("same", same.mine[at:], same.theirs[before:], middle, same.end),
    )


def _together(one: Segment, two: Segment) -> Segment:
    """Two neighbours, of which one has other words, as one."""
    mine, theirs = one.mine + two.mine, one.theirs + two.theirs
    kind = "changed" if mine.strip() and theirs.strip() else "added" if mine.strip() else "missing"
    return Segment(kind, mine, theirs, one.start, two.end)


def _as_source(segment: Segment, source: Source) -> Segment:
    """The segment, of kind source where the passage has what the source has."""
    text = source.folded.text
    for start, end, original in source.corrections:
        if segment.kind == "same" or segment.start > end or segment.end < start:
            continue
        low, high = min(start, segment.start), max(end, segment.end)
        mine = text[low : segment.start] + segment.mine + text[segment.end : high]
        if mine == text[low:start] + original + text[end:high]:
            return replace(segment, kind="source")
    return segment
