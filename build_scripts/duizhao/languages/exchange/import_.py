"""An existing translation brought into a catalog, its origin recorded.

What is filled as current and what as fuzzy:

- A pair that names the provision and has its present Chinese keeps the state that its
  file gives it; with another Chinese it is fuzzy and keeps that Chinese as previous.
- A pair without identifier (a memory) is fuzzy where its Chinese is a unit's.
- A text is aligned.  A unit is current only where both texts have the same articles,
  nearly all of them agree, its provision has the same paragraphs and items, and its
  numbers agree; every other pair of one and one is fuzzy.
- What does not fit one to one is reported by provision and filled nowhere.
- A translation that is there is never overwritten by another; it is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polib

from duizhao.ground.problems import Position, Problem, phrase, warning
from duizhao.ground.text import HAN
from duizhao.languages.bilingual import sources
from duizhao.languages.catalog import parsed_catalog, save
from duizhao.languages.catalog_faults import REFUSED, UNSEEN
from duizhao.languages.citation import en_of
from duizhao.languages.exchange.align import Aligned, Alignment, align
from duizhao.languages.exchange.english import Block
from duizhao.languages.exchange.readers import Pair, refused
from duizhao.languages.exchange.renumbered import renumbered
from duizhao.languages.exchange.slots import slots_from_edition
from duizhao.parser.edition import Edition

ORIGIN = "origin: "
_CONTENTS = re.compile(r"(?:table of )?contents", re.IGNORECASE)
_AGREE = 0.8  # share of provisions that must agree before any is taken as current


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """A translation for one unit; `previous` is the Chinese it was made from, if another."""

    eid: str
    target: str
    origin: str
    fuzzy: bool = True
    previous: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a file gives a law: translations, and what did not fit."""

    name: str
    fills: tuple[Fill, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of the translations in the catalog."""

    current: int = 0
    fuzzy: int = 0
    same: int = 0
    kept: int = 0
    problems: list[Problem] = field(default_factory=list)


def tidy(text: str) -> str:
    """One line without what a catalog may not hold: a space for what parts words."""
    return " ".join(REFUSED.sub(" ", UNSEEN.sub("", text)).split())


def import_pairs(edition: Edition, pairs: Sequence[Pair], *, name: str) -> Imported:
    """Translations for an edition from pairs; raises DuizhaoError where they are another law's."""
    known = dict(sources(edition))
    laws = {p.law for p in pairs if p.law}
    if laws and edition.law_id not in laws and any(p.eid for p in pairs):
        raise _wrong_law(name, edition.law_id, f"it is of `{min(laws)}`")
    by_source: dict[str, list[str]] = {}
    for eid, text in known.items():
        by_source.setdefault(tidy(text), []).append(eid)
    fills: dict[str, Fill] = {}
    problems: list[Problem] = []
    same = 0
    for pair in pairs:
        if not pair.target.strip() or (pair.law and pair.law != edition.law_id and pair.eid):
            continue
        if pair.eid in known and tidy(known[pair.eid]) == tidy(pair.source):
            same += 1
            fills[pair.eid] = _fill(pair, pair.eid, name, fuzzy=not pair.done)
        elif pair.eid in known:
            fills[pair.eid] = replace(_fill(pair, pair.eid, name, fuzzy=True), previous=pair.source)
            problems.append(_changed(pair, name))
        elif tidy(pair.source) in by_source:
            same += 1
            for eid in by_source[tidy(pair.source)]:
                fills.setdefault(eid, _fill(pair, eid, name, fuzzy=True))
        elif pair.eid:
            problems.append(_unknown(pair.eid, name, pair.line))
    if not same:
        raise _wrong_law(name, edition.law_id, "none of its Chinese is this law's")
    return Imported(name=name, fills=tuple(fills.values()), problems=tuple(problems))


def _fill(pair: Pair, eid: str, name: str, *, fuzzy: bool) -> Fill:
    return Fill(
        eid=eid,
        target=tidy(pair.target),
        origin=name if pair.eid == eid else f"{name}, the same Chinese",
        fuzzy=fuzzy,
        line=pair.line,
    )


def _wrong_law(name: str, law_id: str, why: str) -> Exception:
    hint = "name the law that it translates, or give another file"
    return refused(
        "exchange-wrong-law", name, f"This is no translation of `{law_id}`: {why}.", hint
    )


def _changed(pair: Pair, name: str) -> Problem:
    return warning(
        "exchange-source-changed",
        Position(file=name, line=pair.line, text=pair.source[:80]),
        f"`{pair.eid}` was translated from another Chinese than the present one.",
        "compare both and review the translation: it is fuzzy",
    )


def _unknown(eid: str, name: str, line: int) -> Problem:
    return warning(
        "exchange-unknown-id",
        Position(file=name, line=line),
        f"`{eid}` is no provision of this law, and its Chinese is not in the law either.",
        "leave it out, or give its translation to the right provision",
    )


def import_text(edition: Edition, blocks: Sequence[Block], *, name: str) -> Imported:
    """Translations for an edition from an English text; raises DuizhaoError where none fits."""
    heads = [b for b in blocks if _CONTENTS.fullmatch(b.text)]
    found = align(slots_from_edition(edition), [b for b in blocks if b not in heads])
    trusted = _trusted(found)
    fills = {
        pair.slots[0].eid: Fill(
            eid=pair.slots[0].eid,
            target=tidy(pair.blocks[0].text),
            origin=f"{name}, line {pair.blocks[0].line}, by {pair.how}",
            fuzzy=not (trusted and pair.how == "structure" and not pair.numbers),
            line=pair.blocks[0].line,
        )
        for pair in found.pairs
        if len(pair.slots) == 1 and len(pair.blocks) == 1
    }
    by_text = {tidy(s.text): s.eid for p in found.pairs for s in p.slots if s.role == "heading"}
    for eid, text in sources(edition):
        heading = fills.get(by_text.get(tidy(text), ""))
        if eid.startswith("toc__") and heading:
            fills[eid] = replace(heading, eid=eid)
        elif eid == "toc" and heads:
            origin = f"{name}, line {heads[0].line}, by structure"
            fills[eid] = Fill(
                eid=eid, target=heads[0].text, origin=origin, fuzzy=not trusted, line=heads[0].line
            )
    if not any(eid.startswith(("art_", "annex_", "chp_", "part_")) for eid in fills):
        raise _wrong_law(name, edition.law_id, "none of its provisions fits")
    return Imported(name=name, fills=tuple(fills.values()), problems=tuple(_misfits(found, name)))


def _trusted(found: Alignment) -> bool:
    """Whether the texts agree so far that a pair made by structure may be current."""
    if not found.complete:
        return False
    good: dict[str, bool] = {}
    for pair in found.pairs:
        if pair.place.startswith("art_"):
            good[pair.place] = good.get(pair.place, True) and (
                pair.how == "structure" and not pair.numbers
            )
    return bool(good) and sum(good.values()) >= _AGREE * len(good)


def _misfits(found: Alignment, name: str) -> Iterator[Problem]:
    """Everything that one text has and the other has not, provision by provision."""
    extra = dict(found.extra)
    for place in found.missing:
        yield warning(
            "import-missing",
            Position(file=name),
            f"{en_of(place)} has no English.",
            "translate it, or look for it under another number",
        )
    for place, line in found.extra:
        yield warning(
            "import-extra",
            Position(file=name, line=line),
            f"{en_of(place)} of the English is not in the Chinese.",
            "check whether it was deleted or renumbered",
        )
    for english, chinese, likeness in renumbered(found):
        yield warning(
            "import-renumbered",
            Position(file=name),
            f"{en_of(english)} of the English may be {en_of(chinese)} of the Chinese"
            f" ({likeness:.0%} alike).",
            "compare the two, and move the translation if it is so",
        )
    for pair in found.pairs:
        if pair.place not in found.missing and pair.place not in extra:
            yield from _misfit(pair, name)


def _misfit(pair: Aligned, name: str) -> Iterator[Problem]:
    first = pair.blocks[0] if pair.blocks else None
    position = Position(
        file=name, line=first.line if first else 0, text=first.raw[:80] if first else ""
    )
    where = pair.slots[0].eid if pair.slots else pair.place
    place = (where != "front" and en_of(where)) or phrase("outside the articles")
    if len(pair.slots) != 1 or len(pair.blocks) != 1:
        english = len(pair.blocks)
        what = f"{len(pair.slots)} units of the Chinese meet {english} of the English"
        if len(pair.slots) == 1:
            what = f"1 unit of the Chinese meets {english} of the English"
        if not pair.blocks:
            what = "there is no English for it"
        elif not pair.slots:
            what = "the English has a paragraph that the Chinese has not"
        hint = "translate the unit by hand; nothing was filled in here"
        yield warning("import-paragraphs", position, f"{place}: {what}.", hint)
    elif pair.numbers:
        missing, extra = ", ".join(pair.numbers.missing), ", ".join(pair.numbers.extra)
        says = "; ".join(
            part
            for part in (
                phrase(f"the English lacks {missing}") if missing else "",
                phrase(f"the Chinese lacks {extra}") if extra else "",
            )
            if part
        )
        hint = "compare both texts; the unit is fuzzy"
        yield warning("import-numbers", position, f"{place}: {says}.", hint)


def apply(path: Path, found: Imported, *, over: bool = False) -> Outcome:
    """Write translations into the catalog at `path`, which is up to date with the edition.

    `over`: also over current translations.
    """
    catalog = parsed_catalog(path.read_bytes().decode("utf-8-sig"))
    entries = {e.msgctxt: e for e in catalog if not e.obsolete}
    out = Outcome()
    for fill in found.fills:
        entry = entries.get(fill.eid)
        if entry is None:
            out.problems.append(_unknown(fill.eid, found.name, fill.line))
        elif entry.msgstr == fill.target and (fill.fuzzy or "fuzzy" not in entry.flags):
            out.same += 1
        elif entry.msgstr and not over and ("fuzzy" not in entry.flags or fill.fuzzy):
            out.kept += 1
            out.problems.append(_kept(fill, found.name))
        else:
            _write(entry, fill)
            out.fuzzy += fill.fuzzy
            out.current += not fill.fuzzy
    save(path, dict(catalog.metadata), list(catalog))
    return out


def _kept(fill: Fill, name: str) -> Problem:
    return warning(
        "import-kept",
        Position(file=name, line=fill.line, text=fill.target[:80]),
        f"`{fill.eid}` has another translation already, which stays.",
        "compare both; --replace takes the file's",
    )


def _write(entry: polib.POEntry, fill: Fill) -> None:
    entry.msgstr = fill.target
    entry.previous_msgid = fill.previous or None
    flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.flags = ["fuzzy", *flags] if fill.fuzzy else flags
    entry.tcomment = with_origin(entry.tcomment, fill.origin)


def with_origin(comment: str, origin: str) -> str:
    """A translator's comment with one line of origin, its own lines kept."""
    kept = [line for line in comment.splitlines() if not line.startswith(ORIGIN)]
    return "\n".join([*kept, ORIGIN + origin])


def english_lines(lines: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Numbered lines without those that are Chinese, as a bilingual text has them."""
    return [(n, t) for n, t in lines if len(HAN.findall(t)) * 3 <= len("".join(t.split()))]
