"""A passage divided into stretches of one language and script.

=========== ===============================================================
zh          Chinese
other       a translation
pinyin      readings between or beside the characters: not compared
citation    of what is quoted (`quote.citations`)
aside       an address, and a remark in brackets that stands by a citation
=========== ===============================================================

1. Joined, the stretches are the passage.
2. A line has one language where it can: a few foreign letters within a sentence (a name,
   an abbreviation) stay with it.
3. A passage in one language without pinyin, citations and addresses is one stretch.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from duizhao.ground.text import HAN
from duizhao.writers.quote.citations import Citation
from duizhao.writers.quote.corpus import Folded, folded_text

_KANA = re.compile("[\u3040-\u30ff]")  # in a line with these, Han is not Chinese
_LINK = re.compile(r"https?://\S+")
_REMARK = re.compile(r"[(（][^()（）\n]*[)）]")
_CLOSING = re.compile(r"(?s:.*)[。，、；：？！）》〉」』】”’]")
_OPENING = re.compile(r"[（(《〈“‘「『【\[]")
_APOSTROPHES = "'’-"
_TONES = "\u0304\u0301\u030c\u0300"
_SURE = "\u0304\u030c"  # tones that the languages of Europe hardly write on vowels
_SYLLABLE = re.compile(
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan"
    "|ai|ei|ao|ou|an|en|in|un|vn|ia|ie|iu|ua|uo|ui|ue|ve|er|[aoeiuv])r?"
)
LEAST = 5  # compared characters of a text in one language
_WORD = 24  # letters of the longest word of pinyin
_LEAST_WORDS, _LEAST_LETTERS, _LEAST_HAN = 2, 8, 3  # of another language within a line


class Stretch(NamedTuple):
    """A stretch of the passage: from, to, and what it is."""

    kind: str
    start: int
    end: int


class _Run(NamedTuple):
    """Letters of one kind (zh, other, pinyin) with what stands between them: words, letters."""

    kind: str
    start: int
    end: int
    words: int
    letters: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a passage says in one language, its stretches put together.

    `seams` say where each begins in `text`, and where in the passage that is.
    """

    chinese: bool
    text: str
    seams: tuple[tuple[int, int], ...]

    def place(self, at: int) -> int:
        """Where in the passage a place of the text is."""
        mine, theirs = max(seam for seam in self.seams if seam[0] <= at)
        return theirs + at - mine


@dataclass(frozen=True, slots=True)
class Divided:
    """A passage by languages, the one with more to compare first; its citations; the rest."""

    text: str
    texts: tuple[Said, ...]
    cited: tuple[Citation, ...]
    aside: str


def divided_passage(passage: Folded, cited: Sequence[Citation]) -> Divided:
    """Divide a passage, which is cleaned; `cited` are its citations."""
    text = passage.text
    stretches = divided(passage, cited)
    said = [_said(text, stretches, kind) for kind in ("zh", "other")]
    sizes = [len(folded_text(one.text).plain) for one in said]
    if max(sizes) < LEAST:  # nothing but citations: they are what is looked for
        chinese = len(HAN.findall(passage.plain)) * 3 >= len(passage.plain)
        return Divided(text, (Said(chinese, text, ((0, 0),)),), (), "")
    kept = {one.chinese for one, size in zip(said, sizes, strict=True) if size >= LEAST}
    shown = {"citation", *(kind for kind in ("zh", "other") if (kind == "zh") in kept)}
    rest = [s for s in stretches if s.kind not in shown]
    texts = [one for one in said if one.chinese in kept]
    if sizes[0] * 3 < sizes[1]:
        texts.reverse()
    return Divided(text, tuple(texts), tuple(cited), _aside(text, rest))


def _aside(text: str, stretches: Sequence[Stretch]) -> str:
    """What is not compared, a line each; pinyin in a row is one."""
    out, last = "", ""
    for one in stretches:
        mine = text[one.start : one.end].strip()
        if mine:
            out += (" " if one.kind == last == "pinyin" else "\n") + mine
            last = one.kind
    return out.strip()


def _said(text: str, stretches: Sequence[Stretch], kind: str) -> Said:
    """Stretches of one language as one text; words that were apart stay so."""
    out, seams, chinese = "", [], kind == "zh"
    for one in stretches:
        if one.kind != kind:
            continue
        mine = text[one.start : one.end]
        if out and not chinese and not (out[-1].isspace() or mine[0].isspace()):
            out += "\n"
        seams.append((len(out), one.start))
        out += mine
    return Said(chinese, out, tuple(seams))


def divided(passage: Folded, cited: Sequence[Citation]) -> list[Stretch]:
    """The stretches of a passage in its order; `cited` are its citations."""
    text = passage.text
    cuts = sorted((*(Stretch("citation", c.start, c.end) for c in cited), *_asides(text, cited)))
    cuts.sort(key=lambda cut: cut.start)
    bare = list(text)
    for cut in cuts:
        bare[cut.start : cut.end] = "\n" * (cut.end - cut.start)
    found: list[Stretch] = []
    for stretch in _stretches("".join(bare)):
        at = stretch.start
        for cut in cuts:
            if at < cut.end and cut.start < stretch.end:
                found += [Stretch(stretch.kind, at, cut.start)] if at < cut.start else []
                at = cut.end
        found += [Stretch(stretch.kind, at, stretch.end)] if at < stretch.end else []
    return sorted((*found, *cuts), key=lambda one: one.start)


def _asides(text: str, cited: Sequence[Citation]) -> Iterator[Stretch]:
    """Addresses, and what stands in brackets behind a citation on a line of its own."""
    taken = [(one.start, one.end) for one in cited]
    for one in cited:
        line = _REMARK.match(text, one.end)
        if line and text[one.end - 1] == "\n" and text[line.end() : line.end() + 1] in ("", "\n"):
            taken.append(line.span())
            yield Stretch("aside", *line.span())
    for match in _LINK.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield Stretch("aside", *match.span())


def _stretches(text: str) -> list[Stretch]:
    """The stretches of a text without citations."""
    runs = _settled(_with_pinyin(_runs(text), text), text)
    if not runs:
        return [Stretch("other", 0, len(text))]
    ends = [_cut(text, one, two) for one, two in pairwise(runs)]
    starts = [0, *ends]
    return [
        Stretch(run.kind, start, end)
        for run, start, end in zip(runs, starts, [*ends, len(text)], strict=True)
        if start < end
    ]


def _runs(text: str) -> list[_Run]:
    """Han characters in a row, and words."""
    found: list[_Run] = []
    at = 0
    for line in text.split("\n"):
        chinese = not _KANA.search(line)
        start, kind = at, ""
        for n, character in enumerate([*line, " "], at):
            own = _kind(character, chinese=chinese)
            inner = kind == "other" and character in _APOSTROPHES
            if own == kind or (inner and _kind(text[n + 1 : n + 2], chinese=chinese) == "other"):
                continue
            if kind:
                found.append(_word(kind, start, n, text))
            start, kind = n, own
        at += len(line) + 1
    return found


def _kind(character: str, *, chinese: bool) -> str:
    if not character or unicodedata.category(character)[0] not in "LM":
        return ""
    return "zh" if chinese and HAN.match(character) else "other"


def _word(kind: str, start: int, end: int, text: str) -> _Run:
    return _Run(kind, start, end, 1, len(folded_text(text[start:end]).plain))


def _with_pinyin(words: Sequence[_Run], text: str) -> list[_Run]:
    """Runs of words of one kind; those of pinyin by themselves, if there are any."""
    spelled = [_spelled(text[w.start : w.end]) if w.kind == "other" else "" for w in words]
    sure = any(s and any(tone in s for tone in _SURE) for s in spelled)
    kinds = []
    for n, word in enumerate(words):
        toned = bool(spelled[n]) and any(tone in spelled[n] for tone in _TONES)
        kinds.append("pinyin" if sure and toned else word.kind)
    if sure:  # a syllable without a tone stands between others, or alone between characters
        for n in range(1, len(words)):
            beside = {kinds[n - 1], *kinds[n + 1 : n + 2]}
            if kinds[n] == "other" and spelled[n].islower() and "other" not in beside:
                kinds[n] = "pinyin" if _SYLLABLE.fullmatch(spelled[n]) else "other"
    runs = _joined([word._replace(kind=kind) for word, kind in zip(words, kinds, strict=True)])
    return _joined(
        [
            run._replace(kind="other") if _foreign(runs, n, text) else run
            for n, run in enumerate(runs)
        ]
    )


def _foreign(runs: Sequence[_Run], n: int, text: str) -> bool:
    """Whether what is spelled like pinyin is a word or two within a line of another language."""
    run = runs[n]
    if run.kind != "pinyin" or run.words > _LEAST_WORDS:
        return False
    before = n > 0 and runs[n - 1].kind == "other" and "\n" not in text[runs[n - 1].end : run.start]
    after = n + 1 < len(runs) and runs[n + 1].kind == "other"
    return before or (after and "\n" not in text[run.end : runs[n + 1].start])


def _spelled(word: str) -> str:
    """A word that may be pinyin, decomposed, with v for ü; "" for another."""
    apart = unicodedata.normalize("NFD", word).replace("u\u0308", "v").replace("U\u0308", "v")
    letters = "".join(c for c in apart if c not in _TONES and c not in _APOSTROPHES).lower()
    if not 0 < len(letters) <= _WORD:
        return ""
    reached = {0}
    for at in range(len(letters)):
        if at in reached:
            ends = range(at + 1, min(at + 7, len(letters)) + 1)
            reached |= {end for end in ends if _SYLLABLE.fullmatch(letters[at:end])}
    return apart if len(letters) in reached else ""


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    """Neighbours of one kind as one."""
    out: list[_Run] = []
    for run in runs:
        if out and out[-1].kind == run.kind:
            last = out.pop()
            words, letters = last.words + run.words, last.letters + run.letters
            out.append(_Run(run.kind, last.start, run.end, words, letters))
        else:
            out.append(run)
    return out


def _settled(runs: Sequence[_Run], text: str) -> list[_Run]:
    """Runs with those joined to others that are too short to be of a language of their own."""
    out: list[_Run] = []
    for line in _lines(runs, text):
        own = [n for n, run in enumerate(line) if _stands(line, n)]
        if own:
            nearest = [max((k for k in own if k <= n), default=own[0]) for n in range(len(line))]
            kinds = [line[n].kind for n in nearest]
        else:
            han = sum(run.letters for run in line if run.kind == "zh")
            kinds = ["zh" if 3 * han >= sum(run.letters for run in line) else "other"] * len(line)
        out += [run._replace(kind=kind) for run, kind in zip(line, kinds, strict=True)]
    out += [run for run in runs if run.kind == "pinyin"]
    out = sorted(out, key=lambda run: run.start)
    if not any(run.kind in ("zh", "other") for run in out):  # nothing but pinyin
        out = [run._replace(kind="other") for run in out]
    for n, run in enumerate(out):  # an abbreviation that alone stands on a line
        if run.kind == "other" and run.letters <= _LEAST_HAN and len(out) > 1:
            out[n] = run._replace(kind=out[n - 1].kind if n else out[1].kind)
    return _joined(out)


def _lines(runs: Sequence[_Run], text: str) -> Iterator[list[_Run]]:
    """Runs, those of pinyin aside, between which no line ends."""
    line: list[_Run] = []
    for run in runs:
        if run.kind == "pinyin":
            continue
        if line and "\n" in text[line[-1].end : run.start]:
            yield line
            line = []
        line.append(run)
    if line:
        yield line


def _stands(line: Sequence[_Run], n: int) -> bool:
    """Whether a run is of a language of its own: it has its line, begins it, or is long."""
    run = line[n]
    if len(line) == 1:
        return True
    if run.kind == "zh":
        return run.letters >= _LEAST_HAN - (n == 0)
    long = run.words >= _LEAST_WORDS and run.letters >= _LEAST_LETTERS
    return long or run.letters > 2 * _LEAST_LETTERS


def _cut(text: str, one: _Run, two: _Run) -> int:
    """Where one run ends and the next begins, in what stands between them."""
    low = one.end
    between = text[low : two.start]
    if two.kind == "pinyin":
        return low + len(re.sub(r"\s*[(（]?\s*$", "", between))
    if one.kind == "pinyin":
        before = text[: one.start].rstrip(" \t")
        only = re.match(r"\s*[)）]\s*" if before[-1:] in ("(", "（") else r"\s*$", between)
        if only or before[-1:] not in ("", "\n"):
            return low + only.end() if only else low
    closed = _CLOSING.match(between)
    begin = closed.end() if closed else 0  # what closes a sentence belongs to it, and its line
    if "\n" in between[begin:]:
        return low + between.index("\n", begin) + 1
    opening = _OPENING.search(between, begin)
    if opening:
        return low + opening.start()
    return low + len(between.rstrip("0123456789"))
